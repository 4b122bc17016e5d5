import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DELIST_CRITERIA } from "@wanjia/domain/listings/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { addDays, localDate } from "@wanjia/domain/shared/instant";
import { newId } from "../platform/crypto.ts";
import { type Client, type TestApp, testApp } from "../testing.ts";
import { plantEstates } from "./testing-estates.ts";

let app: TestApp;
let leader: Client;
let office: Client;
let inspector: Client;
let estates: Record<string, Id>;

before(async () => {
  app = await testApp();
  leader = await app.as("leader");
  office = await app.as("office");
  inspector = await app.as("inspector");
  estates = await plantEstates(app, { 无物业小区: 60, 小院: 12, 对照小区: 80 });
});
after(() => app.close());

const HALF = { measure: "theft", from: "2025-09-01", to: "2026-03-01" } as const;
const YEAR_BEFORE = { measure: "theft", from: "2024-09-01", to: "2025-03-01" } as const;

function count(days: object, counts: Readonly<Record<string, number>>) {
  const rows = Object.entries(counts).map(([estate, n]) => ({ estate, count: n }));
  return office.post("/listings/counts", { ...days, source: "刑侦大队统计", rows });
}

const draft = (estate: string) => ({
  id: newId(app.clock.now()),
  estateId: estates[estate],
  ...HALF,
  causes: ["no_management", "open_access"],
  text: "没有物业，出入口敞开，盗窃上升",
});

async function step(client: Client, id: Id, order: object) {
  const { body } = await client.get(`/listings/${id}`);
  return client.post(`/listings/${id}/steps`, { version: body.version, step: order });
}

test("counts come in by the names of estates, all or none, and small ones are not told", async () => {
  const wrong = await count(HALF, { 无物业小区: 12, 没有的小区: 1 });
  assert.deepEqual([wrong.status, wrong.body.code], [422, "estate-unknown"]);
  assert.deepEqual((await leader.get("/listings/estates")).body.items, [], "all or none");
  assert.equal((await leader.post("/listings/counts", {})).status, 400);
  const saved = await count(HALF, { 无物业小区: 12, 小院: 8, 对照小区: 3 });
  assert.deepEqual(saved.body, { saved: 3 });
  await count(YEAR_BEFORE, { 无物业小区: 9, 小院: 5, 对照小区: 4 });
  const { items } = (await leader.get("/listings/estates")).body;
  const of = (name: string) => items.find(({ estate }: { estate: string }) => estate === name);
  assert.deepEqual(
    [of("无物业小区").count, of("无物业小区").before, of("无物业小区").change.toFixed(3)],
    [12, 9, "0.333"],
  );
  assert.deepEqual([of("对照小区").count, of("对照小区").change], [null, null]);
  assert.deepEqual(
    items.map(({ estate, proposable }: { estate: string; proposable: boolean }) => [
      estate,
      proposable,
    ]),
    [
      ["对照小区", false],
      ["小院", false],
      ["无物业小区", true],
    ],
  );
});

test("an estate is listed jointly, worked on, tested by somebody else and taken off", async () => {
  const small = await leader.post("/listings", draft("小院"));
  assert.deepEqual([small.status, small.body.code], [422, "estate-too-small"]);
  const none = await leader.post("/listings", { ...draft("无物业小区"), from: "2025-01-01" });
  assert.deepEqual([none.status, none.body.code], [422, "no-comparison"]);
  const proposed = await leader.post("/listings", draft("无物业小区"));
  assert.equal(proposed.status, 200, proposed.text);
  const { id } = proposed.body;
  const before = await app.stranger.get("/public/listings");
  assert.deepEqual(before.body.items, [], "what is only proposed is nobody's business");
  const again = await leader.post("/listings", draft("无物业小区"));
  assert.deepEqual([again.status, again.body.code], [409, "already-listed"]);

  const seen = {
    type: "inspect",
    on: localDate(app.clock.now()),
    bodies: ["police", "housing"],
    causes: ["no_management", "cameras"],
    text: "物业撤走，没有业委会",
  };
  assert.equal((await step(leader, id, { ...seen, causes: [] })).status, 400);
  const inspected = await step(leader, id, seen);
  assert.deepEqual(inspected.body.inspections, [
    { on: seen.on, bodies: seen.bodies, causes: seen.causes, text: seen.text },
  ]);
  assert.equal(inspected.body.timeline.at(-1).type, "inspected");

  const alone = { type: "order", number: "3号", bodies: ["police"], street: "锦湖街道" };
  assert.equal((await step(office, id, alone)).body.code, "not-joint");
  const listed = await step(office, id, { ...alone, bodies: ["police", "subdistrict"] });
  assert.equal(listed.body.state, "listed");
  const [hung] = (await app.stranger.get("/public/listings")).body.items;
  assert.deepEqual(
    [hung.estate, hung.number, hung.comparison.count, hung.work, hung.text],
    ["无物业小区", "3号", 12, [], undefined],
    "what hangs at the gate, without what was written inside",
  );
  assert.equal((await leader.get(`/listings/${id}/papers/notice`)).status, 200);
  assert.equal((await leader.get(`/listings/${id}/papers/delisting`)).status, 404);

  const measure = newId(app.clock.now());
  const dueOn = addDays(localDate(app.clock.now()), 20);
  const set = { type: "set_measure", id: measure, body: "subdistrict", text: "成立业委会", dueOn };
  assert.equal((await step(leader, id, set)).status, 200);
  const told = { type: "tell_measure", id: measure, note: "已备案", done: true };
  assert.equal((await step(leader, id, told)).body.measures.done, 1);
  const answers = Object.fromEntries(DELIST_CRITERIA.map((one) => [one, "yes"]));
  const passing = { type: "test", answers, asked: 20, agree: 16, text: "逐项核对" };
  assert.equal((await step(leader, id, passing)).status, 403);
  const tested = await step(inspector, id, passing);
  assert.equal(tested.body.test.passed, true);
  const off = await step(office, id, { type: "delist" });
  assert.deepEqual([off.body.state, off.body.steps], ["delisted", []]);
  const after = await app.stranger.get("/public/listings");
  assert.deepEqual(after.body.items, [], "not a day longer");
  assert.equal((await leader.get(`/listings/${id}/papers/delisting`)).status, 200);
  assert.equal((await leader.get(`/listings/${id}/papers/notice`)).status, 404, "no longer public");
  assert.deepEqual((await leader.get("/listings")).body.onTime, { delisted: 1, due: 1 });

  // What it came to, against the estate that was never listed.
  const on = localDate(app.clock.now());
  const later = { measure: "theft", from: on, to: addDays(on, 181) };
  await count(HALF, { 无物业小区: 12, 对照小区: 10 });
  await count(later, { 无物业小区: 6, 对照小区: 10 });
  const { effect } = (await leader.get(`/listings/${id}`)).body;
  assert.equal(effect.ratio, 0.5);
  assert.ok(effect.low < 0.5 && effect.high > 0.5);
});

test("another station sees neither the counts nor the listings, and an auxiliary nothing at all", async () => {
  const south = await app.as("southOfficer");
  assert.deepEqual((await south.get("/listings")).body.items, []);
  assert.deepEqual((await south.get("/listings/estates")).body.items, []);
  assert.equal((await (await app.as("auxiliary")).get("/listings")).status, 403);
  assert.equal(
    (
      await leader.post("/listings/counts", {
        ...HALF,
        source: "x",
        rows: [{ estate: "小院", count: 1 }],
      })
    ).status,
    403,
  );
});
