import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Id } from "@wanjia/domain/shared/id";
import { newId } from "../platform/crypto.ts";
import { type Client, testApp, type TestApp } from "../testing.ts";

let app: TestApp;
let officer: Client;
let unit: Client;
before(async () => {
  app = await testApp();
  [officer, unit] = [await app.as("officer"), await app.as("detective")];
});
after(() => app.close());

async function raise(text: string): Promise<Id> {
  const id = newId(app.clock.now());
  const raised = await officer.post("/matters", {
    id,
    kind: "hazard",
    subtype: "ebike_charging",
    text,
    placeId: app.city.door("east", 1, 1),
    reporter: "officer",
    feedback: "none",
  });
  assert.equal(raised.status, 200, raised.text);
  return id;
}

async function step(client: Client, id: Id, order: object) {
  const { body } = await client.get(`/matters/${id}`);
  return client.post(`/matters/${id}/steps`, { version: body.version, step: order });
}

test("a business unit sees and handles what was given to it, and nothing beside it", async () => {
  const [mine, other] = [await raise("电动车在门厅充电"), await raise("楼道里堆着纸箱")];
  assert.deepEqual((await unit.get("/matters")).body.items, []);
  assert.equal((await unit.get(`/matters/${mine}`)).status, 404);
  const to = app.city.members.detective.id;
  assert.equal((await step(officer, mine, { type: "assign", to })).status, 200);

  const list = (await unit.get("/matters")).body;
  assert.deepEqual(
    list.items.map(({ id, place }: { id: Id; place: string }) => [id, place !== ""]),
    [[mine, true]],
  );
  assert.equal(list.total.count, 1);
  const found = async (words: string) =>
    (await unit.get(`/matters?words=${encodeURIComponent(words)}`)).body.items.length;
  assert.deepEqual([await found("门厅"), await found("纸箱")], [1, 0]);
  const seen = (await unit.get(`/matters/${mine}`)).body;
  assert.ok(seen.timeline.length > 1);
  assert.equal((await unit.get(`/matters/${other}`)).status, 404);
  assert.equal((await step(unit, other, { type: "note", text: "看一看" })).status, 404);
  const work = (await unit.get("/matters/work")).body.lists;
  for (const [name, { count }] of Object.entries<{ count: number }>(work))
    assert.ok(count <= 1, name);
  assert.notEqual((await unit.get("/matters/export")).status, 200);

  const today = (await unit.get("/duty/today")).body.lists;
  assert.ok(today.some(({ total }: { total: { count: number } }) => total.count === 1));

  const accepted = await step(unit, mine, { type: "accept" });
  assert.equal(accepted.status, 200, accepted.text);
  const noted = await step(unit, mine, { type: "note", text: "已约物业到场" });
  const last = noted.body.timeline.at(-1);
  assert.deepEqual([last.memberId, last.role], [to, "business_unit"]);
  const partner = await app.as("detectivePartner");
  assert.equal((await partner.get(`/matters/${mine}`)).status, 404);
  assert.deepEqual((await partner.get("/matters")).body.items, []);
});

test("what a business unit sends back is no longer its own", async () => {
  const id = await raise("楼顶水箱盖松动");
  await step(officer, id, { type: "assign", to: app.city.members.detective.id });
  const returned = await step(unit, id, { type: "return_assignment", reason: "属物业维修" });
  assert.equal(returned.status, 200, returned.text);
  assert.equal((await unit.get(`/matters/${id}`)).status, 404);
  const { body } = await officer.get(`/matters/${id}`);
  assert.ok(body.timeline.some(({ type }: { type: string }) => type === "assignment_returned"));
});

test("several are handed on together; each that is refused says why, and stays", async () => {
  const [one, two] = [await raise("天台门锁坏了"), await raise("一楼井盖松动")];
  const to = app.city.members.detective.id;
  const unknown = newId(app.clock.now());
  const foreign = await app.as("southOfficer");
  const refusedAll = await foreign.post("/matters/assignments", { to, ids: [one] });
  assert.deepEqual(refusedAll.body.assigned, []);

  const { body } = await officer.post("/matters/assignments", {
    to,
    ids: [one, unknown, two, one],
  });
  assert.deepEqual(body.assigned.toSorted(), [one, two].toSorted());
  assert.deepEqual(
    body.refused.map(({ id, why }: { id: Id; why: string }) => [id, why !== ""]),
    [[unknown, true]],
  );
  for (const id of [one, two]) {
    const { timeline } = (await officer.get(`/matters/${id}`)).body;
    assert.equal(timeline.filter(({ type }: { type: string }) => type === "assigned").length, 1);
  }
  const again = await officer.post("/matters/assignments", { to, ids: [one, two] });
  assert.deepEqual([again.body.assigned.length, again.body.refused.length], [0, 2]);
  assert.equal((await unit.post("/matters/assignments", { to, ids: [one] })).status, 403);
});
