import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { drawRound } from "@wanjia/domain/oversight/draw";
import type { Outcome } from "@wanjia/domain/visits/terms";
import { DAY_MS, localDate, MINUTE_MS } from "@wanjia/domain/shared/instant";
import { type Client, type TestApp, testApp } from "../testing.ts";
import { oversightJobs } from "./jobs.ts";

let app: TestApp;
let asker: Client;
let officer: Client;
let colleague: Client;
let leader: Client;
let southLeader: Client;
let inspector: Client;

before(async () => {
  app = await testApp();
  await signIn();
});
after(() => app.close());

/** Sessions end after a while without work: whoever acts later signs in later. */
async function signIn(): Promise<void> {
  [asker, officer, colleague, leader, southLeader, inspector] = (await Promise.all([
    app.as("feedback"),
    app.as("officer"),
    app.as("colleague"),
    app.as("leader"),
    app.as("southLeader"),
    app.as("inspector"),
  ])) as [Client, Client, Client, Client, Client, Client];
}

async function tend(): Promise<void> {
  await oversightJobs(app.database)["oversight.rounds"]?.run({} as never, {
    id: "1",
    signal: new AbortController().signal,
  });
}

async function later(days: number): Promise<void> {
  app.clock.set(app.clock.now() + days * DAY_MS);
  await signIn();
  await tend();
}

/** The officer is posted to another beat. */
async function move(beat: "east" | "west"): Promise<void> {
  await app.database.pool.query("update posting set beat_id = $1 where member_id = $2", [
    app.city.beats[beat],
    app.city.members.officer.id,
  ]);
  officer = await app.as("officer");
}

async function visit(floor: number, door: number, outcome: Outcome): Promise<string> {
  const startedAt = app.clock.now() - 10 * MINUTE_MS;
  const spoke = outcome.startsWith("completed") || outcome === "refused";
  const answer = await officer.post("/visits", {
    placeId: app.city.door("east", floor, door),
    outcome,
    startedAt,
    endedAt: startedAt + 5 * MINUTE_MS,
    team: [app.city.members.officer.id],
    ...(spoke ? { noticeGiven: "oral_and_card", idShown: true } : {}),
    ...(outcome === "completed_inside" ? { entryConsent: true } : {}),
  });
  assert.equal(answer.status, 200, answer.text);
  return answer.body.id;
}

const no = { found: "home", came: "no", spoke: null, gasCheck: false, gridWorker: true };
const made: Record<string, string> = {};

async function doorOf(place: RegExp) {
  const { items } = (await asker.get("/rechecks/doors")).body;
  return items.find((one: { place: string }) => place.test(one.place));
}

async function findingOf(client: Client, visitId: string | undefined) {
  const { items } = (await client.get("/rechecks/findings")).body;
  const row = items.find((one: { visitId: string }) => one.visitId === visitId);
  return row === undefined ? undefined : (await client.get(`/rechecks/findings/${row.id}`)).body;
}

/** What the list of the day counts, which is what the screen then shows. */
async function waiting(client: Client, path = "/rechecks/findings"): Promise<number> {
  const { lists } = (await client.get("/duty/today")).body;
  const { total } = lists.find(({ key }: { key: string }) => key === "rechecks");
  const { items } = (await client.get(`${path}?todo=true`)).body;
  assert.equal(items.length, total.count);
  return total.count;
}

async function step(client: Client, visitId: string | undefined, order: object) {
  const { id, version } = await findingOf(client, visitId);
  return client.post(`/rechecks/findings/${id}/steps`, { version, step: order });
}

test("the seed's hash is told before the week, the seed to nobody", async () => {
  await tend();
  await tend();
  for (const client of [asker, officer, leader, inspector]) {
    const { items } = (await client.get("/rechecks/rounds")).body;
    assert.equal(items.length, 1);
    assert.match(items[0].commitment, /^[\da-f]{64}$/);
    assert.deepEqual([items[0].seed, items[0].drawnAt], [null, null]);
  }
  assert.equal((await (await app.as("propertyManager")).get("/rechecks/rounds")).status, 403);
});

test("the lot falls on meetings and written-off doors of the week, and those who ask see an address, no record", async () => {
  app.clock.advance(20 * MINUTE_MS);
  made["ghost"] = await visit(1, 1, "completed_doorstep");
  made["real"] = await visit(1, 2, "completed_doorstep");
  made["shop"] = await visit(1, 3, "not_residential");
  await visit(2, 1, "refused");
  await visit(2, 2, "no_answer");
  assert.deepEqual((await asker.get("/rechecks/doors")).body.items, [], "the week is not over");
  await later(7);
  const { items } = (await asker.get("/rechecks/doors")).body;
  assert.deepEqual(items.map(({ place }: { place: string }) => place.slice(-4, -1)).toSorted(), [
    "101",
    "102",
    "103",
  ]);
  for (const one of items) {
    assert.deepEqual(
      Object.keys(one).toSorted(),
      ["answer", "from", "id", "place", "stationName", "to"],
      "nothing of the visit",
    );
    assert.equal((await asker.get(`/visits/${one.id}`)).status, 403);
  }
  assert.equal((await asker.get(`/visits/${made["ghost"]}`)).status, 403);
});

test("until the answers are closed no station learns where it is asked, in the database either", async () => {
  for (const client of [officer, leader, inspector]) {
    assert.equal((await client.get("/rechecks/doors")).status, 403);
    assert.deepEqual((await client.get("/rechecks/findings")).body.items, []);
    const [, round] = (await client.get("/rechecks/rounds")).body.items;
    assert.deepEqual([round.frame, round.asking, round.stations, round.seed], [3, null, [], null]);
  }
  const { inspector: member } = app.city.members;
  const wide = { scope: "bureau", stationIds: [], beatIds: [], locale: "zh-CN" } as const;
  const who = {
    ...wide,
    bureauId: app.city.bureau,
    memberId: member.id,
    role: "inspectorate",
  } as const;
  const { rows } = await app.database.transact(who, (tx) =>
    (
      tx as unknown as { client: { query(text: string): Promise<{ rows: unknown[] }> } }
    ).client.query("select id from recheck_item"),
  );
  assert.deepEqual(rows, []);
});

test("answers are whole, and a week is closed when all were asked", async () => {
  const ghost = await doorOf(/101室$/);
  const [, round] = (await asker.get("/rechecks/rounds")).body.items;
  assert.deepEqual(round.asking, { drawn: 3, asked: 0 });
  const put = (id: string, body: object) => asker.post(`/rechecks/doors/${id}/answer`, body);
  assert.equal((await put(ghost.id, { ...no, came: "yes" })).body.code, "answer-incomplete");
  assert.equal((await put(round.id, no)).status, 404);
  assert.equal((await leader.post(`/rechecks/doors/${ghost.id}/answer`, no)).status, 403);
  assert.equal(await waiting(asker, "/rechecks/doors"), 3);
  assert.equal((await put(ghost.id, no)).status, 200);
  assert.equal(await waiting(asker, "/rechecks/doors"), 2);
  const lock = () => asker.post(`/rechecks/rounds/${round.id}/lock`);
  assert.equal((await lock()).body.code, "answers-missing");
  const phone = { ...no, came: "yes", spoke: "phone" };
  assert.equal((await put((await doorOf(/102室$/)).id, phone)).status, 200);
  assert.equal((await put((await doorOf(/103室$/)).id, { ...no, found: "no_home" })).status, 200);
  assert.deepEqual((await lock()).body, { findings: 2 });
  assert.equal((await lock()).body.code, "round-locked");
  assert.equal((await put(ghost.id, no)).body.code, "round-locked");
  const [current] = (await asker.get("/rechecks/rounds")).body.items;
  const early = await asker.post(`/rechecks/rounds/${current.id}/lock`);
  assert.equal(early.body.code, "round-not-drawn");
});

test("with the seed anybody draws the same lot, and sees that it is the one of the hash", async () => {
  const [, round] = (await officer.get("/rechecks/rounds")).body.items;
  assert.equal(createHash("sha256").update(round.seed).digest("hex"), round.commitment);
  const { rows: frame } = await app.database.pool.query(
    `select id, place_id as "placeId", station_id as "stationId", beat_id as "beatId", outcome from visit
     where outcome in ('completed_doorstep', 'not_residential')`,
  );
  const { rows: items } = await app.database.pool.query("select visit_id as id from recheck_item");
  const ids = (some: readonly { id: string }[]) => some.map(({ id }) => id).toSorted();
  assert.deepEqual(ids(items), ids(drawRound(frame, round.seed)));
  assert.deepEqual(round.stations, [], "of one beat it would be one officer’s count");
  const [, { stations }] = (await leader.get("/rechecks/rounds")).body.items;
  assert.deepEqual(stations, [
    {
      stationName: stations[0].stationName,
      results: { confirmed: 1, different: 1, not_confirmed: 1, unknown: 0, self_corrected: 0 },
    },
  ]);
  const [, south] = (await southLeader.get("/rechecks/rounds")).body.items;
  assert.deepEqual(south.stations, [], "nothing of another station");
});

test("a phone that failed is an explanation that may hold; a visit that was not is found untrue, and nothing follows by itself", async () => {
  for (const client of [colleague, southLeader]) {
    assert.deepEqual((await client.get("/rechecks/findings")).body.items, []);
  }
  const { id } = await findingOf(officer, made["ghost"]);
  for (const client of [colleague, southLeader]) {
    assert.equal((await client.get(`/rechecks/findings/${id}`)).status, 404);
  }
  assert.equal((await asker.get("/rechecks/findings")).status, 403);
  const peerId = app.city.members.colleague.id;
  const decide = (verdict: string) => ({ type: "decide", verdict, peerId, text: "三方看过" });
  const view = { type: "view", text: "当晚在该楼走访" };
  const early = await step(inspector, made["real"], decide("accepted"));
  assert.equal(early.body.code, "explanation-awaited");
  const all = () => Promise.all([officer, leader, inspector].map((client) => waiting(client)));
  assert.deepEqual(await all(), [2, 2, 0]);
  const failed = { type: "explain", why: "device_failed", text: "手机进水，当晚改用电话补问" };
  const withPhone = { ...failed, text: "问13812345678" };
  assert.equal((await step(officer, made["real"], withPhone)).body.code, "text-forbidden");
  const explained = await step(officer, made["real"], failed);
  assert.deepEqual([explained.status, explained.body.state], [200, "explained"], explained.text);
  const stale = { version: 1, step: view };
  const again = await leader.post(`/rechecks/findings/${explained.body.id}/steps`, stale);
  assert.equal(again.body.code, "stale-version");
  assert.equal((await step(officer, made["real"], view)).body.code, "not-permitted");
  assert.equal((await step(leader, made["real"], view)).status, 200);
  const own = { ...decide("accepted"), peerId: app.city.members.officer.id };
  assert.equal((await step(inspector, made["real"], own)).body.code, "peer-unfit");
  const accepted = await step(inspector, made["real"], decide("accepted"));
  assert.deepEqual([accepted.body.state, accepted.body.steps], ["accepted", []], accepted.text);
  assert.deepEqual(await all(), [1, 1, 0]);

  assert.equal((await step(leader, made["ghost"], view)).status, 200);
  await move("west");
  assert.deepEqual(await all(), [1, 0, 0], "his, wherever he works by now");
  await later(8);
  assert.deepEqual(await all(), [1, 0, 1]);
  const upheld = await step(inspector, made["ghost"], decide("upheld"));
  assert.deepEqual([upheld.status, upheld.body.state], [200, "upheld"], upheld.text);
  assert.ok(upheld.body.appealUntil > localDate(app.clock.now()));
  const record = (await leader.get(`/visits/${made["ghost"]}`)).body;
  assert.deepEqual(
    [record.chain.length, record.outcome],
    [1, "completed_doorstep"],
    "the record stands until somebody mends it",
  );
  assert.equal((await findingOf(officer, made["ghost"])).state, "upheld", "his, wherever he works");
  assert.equal(await findingOf(colleague, made["ghost"]), undefined);
  const appealed = await step(officer, made["ghost"], { type: "appeal", text: "请再看一次" });
  assert.equal(appealed.body.state, "appealed");
  assert.deepEqual(await all(), [0, 0, 0], "another inspector’s, not his who decided");
  const same = await step(inspector, made["ghost"], decide("upheld"));
  assert.equal(same.body.code, "decider-cannot-review");
  await move("east");
});

test("who mended his record in time is not asked about it, and an unfinished week closes by itself", async () => {
  app.clock.advance(20 * MINUTE_MS);
  const id = await visit(3, 1, "completed_inside");
  const kept = await visit(3, 2, "completed_inside");
  await later(4);
  const corrected = await officer.post(`/visits/${id}/corrections`, {
    reason: "记错了门，当晚没人应",
    visit: {
      placeId: app.city.door("east", 3, 1),
      outcome: "no_answer",
      startedAt: app.clock.now() - 4 * DAY_MS - 9 * MINUTE_MS,
      team: [app.city.members.officer.id],
    },
  });
  assert.equal(corrected.status, 200, corrected.text);
  await later(4);
  const { items } = (await asker.get("/rechecks/doors")).body;
  assert.deepEqual(
    items.map(({ place }: { place: string }) => place.slice(-4, -1)),
    ["302"],
  );
  await later(22);
  assert.deepEqual((await asker.get("/rechecks/doors")).body.items, []);
  assert.equal(await findingOf(officer, kept), undefined, "nobody was asked: nothing is held");
});
