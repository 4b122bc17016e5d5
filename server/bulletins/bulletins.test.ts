import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Id } from "@wanjia/domain/shared/id";
import { DAY_MS, startOfLocalDay } from "@wanjia/domain/shared/instant";
import type { Bulletin } from "@wanjia/domain/bulletins/terms";
import type { Principal } from "../platform/access.ts";
import { newId } from "../platform/crypto.ts";
import { type Answer, type Client, type TestApp, testApp } from "../testing.ts";
import { holdNewest, saveBulletin } from "./queries.ts";

let app: TestApp;
let officer: Client;
let leader: Client;
let reader: Client;
let path: string;

const MONTH = "2026-10";
const IN_MONTH = startOfLocalDay("2026-10-12");
const AFTER = startOfLocalDay("2026-11-03");
const WORDS = "北门到车棚那一段路灯坏了半个月晚上什么都看不见";
const ENTRY = {
  said: "北门一带夜里太暗",
  did: "请物业换了三盏灯，派出所看过",
  result: "done",
  reason: null,
};

before(async () => {
  app = await testApp();
  app.clock.set(IN_MONTH);
  officer = await app.as("officer");
  for (let n = 0; n < 15; n += 1) {
    app.clock.advance(60_000);
    await raise("opinion", n < 12 ? "patrol" : "traffic", n === 0 ? WORDS : `意见之${n}`);
  }
  for (let n = 0; n < 11; n += 1) {
    app.clock.advance(60_000);
    await raise("hazard", "unlit_path", `路灯不亮之${n}`);
  }
  app.clock.set(AFTER);
  leader = await app.as("leader");
  reader = await app.as("feedback");
  path = `/bulletins/${app.city.communities.east}/${MONTH}`;
});

after(() => app.close());

async function raise(kind: string, subtype: string, text: string): Promise<void> {
  const raised = await officer.post("/matters", {
    id: newId(app.clock.now()),
    kind,
    subtype,
    text,
    placeId: app.city.door("east", 1, 1),
    reporter: "resident",
    feedback: "none",
  });
  assert.equal(raised.status, 200, raised.text);
}

async function step(client: Client, body: object, version?: number): Promise<Answer> {
  const seen = version ?? (await client.get(path)).body.version;
  return client.post(`${path}/steps`, { version: seen, step: body });
}

const board = (month = MONTH, id: Id = app.city.communities.east): Promise<Answer> =>
  app.stranger.get(`/public/bulletins/${id}?month=${month}`);

test("nothing hangs before somebody has written, released, read and published", async () => {
  assert.deepEqual([(await board()).status, (await board()).body.code], [404, "bulletin-unknown"]);
  // A stranger can't tell what isn't there from what nobody has published.
  assert.equal((await board(MONTH, newId(AFTER))).body.code, "bulletin-unknown");
  const seen = await leader.get(path);
  assert.equal(seen.status, 200, seen.text);
  assert.deepEqual([seen.body.version, seen.body.steps], [0, ["write"]]);
  const opinions = seen.body.figures.heard.rows.map(
    (row: { key: string; count: number | null }) => [row.key, row.count],
  );
  // Three of one sort are held back, and the smallest other with them.
  assert.deepEqual(opinions, [
    ["opinion.patrol", 12],
    ["opinion.traffic", null],
    ["hazard.unlit_path", null],
  ]);
  assert.equal(seen.body.figures.heard.total.count, 26);

  const verbatim = await step(leader, {
    type: "write",
    entries: [{ ...ENTRY, said: "路灯坏了半个月，晚上什么都看不见" }],
  });
  assert.deepEqual([verbatim.status, verbatim.body.code], [422, "bulletin-verbatim"]);
  assert.equal((await step(leader, { type: "write", entries: [ENTRY] })).status, 200);
  assert.equal((await step(reader, { type: "publish" })).status, 409);
  assert.equal((await step(leader, { type: "release" })).status, 200);
  assert.equal((await step(leader, { type: "publish" })).status, 403);
  assert.equal((await board()).status, 404, "released is not published");
  const back = await step(reader, { type: "send_back", why: "请写明是哪一段" });
  assert.equal(back.body.returned, "请写明是哪一段", back.text);
  assert.equal((await step(leader, { type: "release" })).status, 200);
  const hung = await step(reader, { type: "publish" });
  assert.deepEqual([hung.status, hung.body.state], [200, "published"], hung.text);
  assert.deepEqual(hung.body.steps, []);

  const { body } = await board();
  assert.deepEqual([body.edition, body.months, body.entries], [1, [MONTH], [ENTRY]]);
  assert.ok(!JSON.stringify(body).includes("意见之"));
  const boards = await app.stranger.get("/public/bulletins");
  assert.deepEqual(
    boards.body.items.map(({ latest }: { latest: string }) => latest),
    [MONTH],
  );
});

test("what hangs is never changed: not by a step, not in the database; a correction hangs beside it", async () => {
  const first = (await board()).body;
  const principal = (): Principal => ({
    bureauId: app.city.bureau,
    memberId: app.city.members.leader.id,
    role: "station_leader",
    scope: "station",
    stationIds: [app.city.stations.first],
    beatIds: [],
    locale: "zh-CN",
  });
  const hung = await app.database.transact(principal(), (tx) =>
    holdNewest(tx, app.city.communities.east, MONTH),
  );
  const changed = app.database.transact(principal(), (tx) =>
    saveBulletin(
      tx,
      { ...(hung as Bulletin), version: (hung?.version ?? 0) + 1, entries: [] },
      newId(AFTER),
    ),
  );
  assert.equal(await changed, false, "the database holds it too");
  // More came in since: a correction keeps the counts all the same.
  app.clock.set(IN_MONTH + DAY_MS);
  await raise("opinion", "patrol", "又有一条");
  app.clock.set(AFTER + DAY_MS);
  const silent = await step(leader, { type: "write", entries: [ENTRY] });
  assert.deepEqual([silent.status, silent.body.edition], [200, 2], silent.text);
  assert.equal((await step(leader, { type: "release" })).body.code, "bulletin-correction-needed");
  const corrected = { ...ENTRY, did: "请物业换了四盏灯，派出所看过" };
  await step(leader, { type: "write", entries: [corrected], correction: "灯是四盏" });
  assert.equal((await board()).body.edition, 1, "the first hangs until the second is published");
  await step(leader, { type: "release" });
  assert.equal((await step(reader, { type: "publish" })).status, 200);
  const second = (await board()).body;
  assert.deepEqual([second.edition, second.correction], [2, "灯是四盏"]);
  assert.deepEqual(second.figures, first.figures);
  const { rows } = await app.database.pool.query<{ entries: object[] }>(
    "select entries from bulletin where edition = 1",
  );
  assert.deepEqual(rows[0]?.entries, [ENTRY]);
});

test("a month that isn't over is not written, and two who write at once don't overwrite each other", async () => {
  const open = `/bulletins/${app.city.communities.east}/2026-11/steps`;
  const write = { version: 0, step: { type: "write", entries: [ENTRY] } };
  assert.equal((await leader.post(open, write)).body.code, "bulletin-month-open");
  const other = `/bulletins/${app.city.communities.east}/2026-09/steps`;
  const [one, two] = await Promise.all([leader.post(other, write), leader.post(other, write)]);
  assert.deepEqual(
    [one.status, two.status].toSorted((a, b) => a - b),
    [200, 409],
  );
});

test("a leader writes for his own communities; nobody else sees a draft", async () => {
  const southLeader = await app.as("southLeader");
  assert.equal((await southLeader.get(path)).status, 404);
  assert.equal((await officer.get(path)).status, 403);
  assert.equal((await (await app.as("foreignOffice")).get(path)).status, 403);
  const mine = await leader.get(`/bulletins?month=${MONTH}`);
  const all = await reader.get(`/bulletins?month=${MONTH}`);
  assert.ok(mine.body.items.length < all.body.items.length);
  assert.ok(
    mine.body.items.every(
      ({ stationId }: { stationId: Id }) => stationId === app.city.stations.first,
    ),
  );
});
