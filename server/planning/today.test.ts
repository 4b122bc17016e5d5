/** A day that is planned anew while it runs, and times that residents agree on meanwhile. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import type { WalkView } from "@wanjia/contract/planning";
import type { Id } from "@wanjia/domain/shared/id";
import { HOUR_MS, type Instant, startOfLocalDay } from "@wanjia/domain/shared/instant";
import type { OpenTx } from "../platform/database.ts";
import { type Client, type TestApp, testApp } from "../testing.ts";
import { addEastBuilding } from "../testing-city.ts";
import { makeWish } from "../appointments/commands.ts";
import { planBureau, planStationAnew } from "./commands.ts";
import { planningJobs } from "./jobs.ts";
import { type Answers, Planner, type Task } from "./planner.ts";
import { openWalks, TOMORROW as DAY } from "./testing.ts";

let app: TestApp;
let leader: Client;
let campaign: Id;
const planner = new Planner();
const { signal } = new AbortController();

before(async () => {
  app = await testApp({ jobs: true });
  const { bureau, members } = app.city;
  for (const number of [2, 3]) {
    await app.database.asSystem(bureau, (tx) => addEastBuilding(tx as OpenTx, number));
  }
  campaign = await openWalks(app, [{ name: "一组", memberIds: [members.colleague.id] }]);
  app.clock.set(atHour(6.5));
  leader = await app.as("leader");
  await plan();
});

after(async () => {
  await planner.close();
  await app.close();
});

function atHour(hour: number): Instant {
  return startOfLocalDay(DAY) + hour * HOUR_MS;
}

function plan(): Promise<void> {
  return planBureau(app.database, planner, app.city.bureau, DAY, signal);
}

async function walks(): Promise<WalkView[]> {
  const query = `campaignId=${campaign}&stationId=${app.city.stations.first}&day=${DAY}`;
  const answer = await leader.get(`/planning/day?${query}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.body.walks;
}

async function stopsOf(walk: WalkView | undefined): Promise<{ door: Id; reason: string }[]> {
  const { rows } = await app.database.pool.query(
    "select place_id as door, reason from walk_stop where walk_id = $1 order by seq",
    [walk?.id],
  );
  return rows;
}

async function knock(placeId: Id): Promise<void> {
  const colleague = await app.as("colleague");
  const at = app.clock.now();
  const answer = await colleague.post("/visits", {
    placeId,
    startedAt: at - 120_000,
    endedAt: at - 60_000,
    team: [app.city.members.colleague.id],
    outcome: "no_answer",
  });
  assert.equal(answer.status, 200, answer.text);
}

test("planned anew while the officer walks, a walk that has begun stays as it is, and no other takes its doors", async () => {
  const [afternoon, evening] = await walks();
  assert.deepEqual([afternoon?.from, evening?.from], [14 * 60, 18 * 60]);
  const [first, second] = await stopsOf(afternoon);
  assert.ok(first && second);
  app.clock.set(atHour(14.5));
  await knock(first.door);
  app.clock.set(atHour(15));
  await plan();
  const [same, later] = await walks();
  assert.deepEqual(same, afternoon);
  const own = new Set((await stopsOf(same)).map(({ door }) => door));
  assert.ok(own.has(first.door));
  assert.deepEqual(
    (await stopsOf(later)).filter(({ door }) => own.has(door)),
    [],
  );

  // It is over: what nobody got to is the evening's, and the past is left as it was.
  app.clock.set(atHour(17.75));
  await plan();
  const [past, now] = await walks();
  assert.deepEqual(past, afternoon);
  const doors = (await stopsOf(now)).map(({ door }) => door);
  assert.ok(doors.includes(second.door), "left over from the afternoon");
  assert.ok(!doors.includes(first.door), "once a day is enough");
});

/** A resident agrees on a time, by telephone with a desk. */
async function agree(placeId: Id, hour: number): Promise<void> {
  const { bureau, stations, beats, buildings } = app.city;
  const door = {
    placeId,
    buildingId: buildings.east,
    stationId: stations.first,
    beatId: beats.east,
  };
  const window = { from: atHour(hour), to: atHour(hour + 1) };
  const look = randomBytes(32).toString("base64url");
  await app.database.asSystem(bureau, async (tx) => {
    const wish = { kind: "visit", window } as const;
    assert.ok((await makeWish(tx, door, wish, { look, origin: "desk", confirmed: true })).ok);
  });
}

const done = new Set<string>();

/** What was asked for since: done at once here, or waited for where the queue took it. How many those were. */
async function planWhatWaits(): Promise<number> {
  const { pool } = app.database;
  const { rows: waiting } = await pool.query(
    "delete from pgboss.job where name = 'planning.station' and state = 'created' returning data",
  );
  const job = planningJobs(app.database)["planning.station"];
  for (const { data } of waiting) await job?.run(data as never, { id: "asked", signal });
  const { rows: taken } = await pool.query(
    "select id from pgboss.job where name = 'planning.station'",
  );
  const fresh = taken.filter(({ id }) => !done.has(id));
  for (const { id } of fresh) {
    done.add(id);
    for (let state = ""; state !== "completed"; await setTimeout(50)) {
      ({ state } = (await pool.query("select state from pgboss.job where id = $1", [id])).rows[0]);
    }
  }
  return waiting.length + fresh.length;
}

async function bookedAt(walk: WalkView | undefined): Promise<Id[]> {
  return (await stopsOf(walk)).flatMap(({ door, reason }) =>
    reason === "appointment" ? [door] : [],
  );
}

test("a time agreed on for a day that is planned already is in its walks within seconds, and out of them again", async () => {
  app.clock.set(atHour(10));
  const [one, two] = [app.city.door("east", 1, 2), app.city.door("east", 1, 3)];
  await agree(one, 15);
  await agree(two, 15.5);
  const asked = await planWhatWaits();
  assert.ok(asked === 1 || asked === 2, `${asked} jobs for two residents`);
  assert.deepEqual(await bookedAt((await walks())[0]), [one, two]);
  // The desk reads of each beside the doors around it, of no door in particular.
  const { choices = [] } = (await walks())[0] ?? {};
  assert.deepEqual(
    choices.flatMap(({ reason, doors, window }) =>
      reason === "appointment" ? [[doors, window]] : [],
    ),
    [
      [1, { from: 15 * 60, to: 16 * 60 }],
      [1, { from: 15.5 * 60, to: 16.5 * 60 }],
    ],
  );

  // One is called off; another is for a day that nobody has planned yet.
  const { items } = (await leader.get("/appointments?state=confirmed")).body;
  const off = items.find(({ placeId }: { placeId: Id }) => placeId === two);
  assert.equal(
    (await leader.post(`/appointments/${off.id}/steps`, { step: "cancel" })).status,
    200,
  );
  assert.ok((await planWhatWaits()) > 0);
  assert.deepEqual(await bookedAt((await walks())[0]), [one]);
  // Somebody who is in today's walk agrees on tomorrow, for which nobody has planned yet: nobody knocks today.
  const ordinary = async () =>
    (await Promise.all((await walks()).map(stopsOf))).flat().map((stop) => stop.door);
  assert.ok((await ordinary()).includes(two));
  await agree(two, 24 + 15);
  assert.ok((await planWhatWaits()) > 0);
  assert.ok(!(await ordinary()).includes(two));
  await agree(two, 24 + 18);
  assert.equal(await planWhatWaits(), 0, "no walk of today has anything to do with it");
});

test("a time in a walk under way is left to the officer's phone; where he pinned the walk, the desk is told to telephone", async () => {
  app.clock.set(atHour(13.5));
  await plan();
  app.clock.set(atHour(14.5));
  const conflicts = async (): Promise<unknown[]> => {
    const query = `campaignId=${campaign}&stationId=${app.city.stations.first}&day=${DAY}`;
    return (await leader.get(`/planning/day?${query}`)).body.conflicts;
  };
  const before = (await walks())[0];
  assert.ok(before);
  await agree(app.city.door("east", 1, 4), 16);
  await planWhatWaits();
  assert.deepEqual((await walks())[0], before);
  assert.deepEqual(await conflicts(), []);

  await app.database.pool.query("update walk set pinned = true where id = $1", [before.id]);
  await plan();
  assert.deepEqual(await conflicts(), [{ name: "东亭花园1幢", from: 16 * 60, to: 17 * 60 }]);
});

test("a walk that somebody changes while it is planned is planned again with his change, and the desk hears of no fault", async () => {
  app.clock.set(atHour(11));
  const was = (await walks()).find(({ state }) => state === "planned");
  assert.ok(was);
  let changes = 0;
  class Interrupted extends Planner {
    override async ask<T extends Task>(task: T): Promise<Answers[T["kind"]]> {
      const answer = await super.ask(task);
      if (task.kind === "plan" && changes === 0) {
        changes += 1;
        const { version, pinned } = was ?? {};
        const change = { version, pinned: !pinned };
        const changed = await leader.post(`/planning/walks/${was?.id}/pin`, change);
        assert.equal(changed.status, 200, changed.text);
      }
      return answer;
    }
  }
  const interrupted = new Interrupted();
  const where = { campaignId: campaign, stationId: app.city.stations.first, day: DAY };
  await planStationAnew(app.database, interrupted, app.city.bureau, where);
  await interrupted.close();
  assert.equal(changes, 1);
  const same = (await walks()).find(({ from }) => from === was.from);
  assert.equal(same?.pinned, !was.pinned);
  const query = `campaignId=${campaign}&stationId=${app.city.stations.first}&day=${DAY}`;
  assert.equal((await leader.get(`/planning/day?${query}`)).body.failedAt, null);
});
