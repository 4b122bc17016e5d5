import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import type { WalkView } from "@wanjia/contract/planning";
import type { Id } from "@wanjia/domain/shared/id";
import { HOUR_MS, localTime, startOfLocalDay } from "@wanjia/domain/shared/instant";
import type { OpenTx } from "../platform/database.ts";
import { type Client, type TestApp, TEST_NOW, testApp } from "../testing.ts";
import { addEastBuilding } from "../testing-city.ts";
import { makeWish } from "../appointments/commands.ts";
import { planBureau, planStationAnew } from "./commands.ts";
import { workOutOutlook } from "./outlook.ts";
import { Planner } from "./planner.ts";
import { anId, openWalks, type PhonePlan, phonePlan, TOMORROW } from "./testing.ts";

let app: TestApp;
let leader: Client;
let officer: Client;
let campaign: Id;
const planner = new Planner();

before(async () => {
  app = await testApp({ jobs: true });
  [leader, officer] = await Promise.all([app.as("leader"), app.as("officer")]);
  await app.database.asSystem(app.city.bureau, (tx) => addEastBuilding(tx as OpenTx, 2));
  const { members } = app.city;
  campaign = await openWalks(app, [
    { name: "一组", memberIds: [members.officer.id, members.auxiliary.id] },
    { name: "二组", memberIds: [members.colleague.id] },
    { name: "三组", memberIds: [members.westOfficer.id] },
  ]);
});

after(async () => {
  await planner.close();
  await app.close();
});

const signal = new AbortController().signal;

function plan(day = TOMORROW): Promise<void> {
  return planBureau(app.database, planner, app.city.bureau, day, signal);
}

async function dayOf(client = leader, day = TOMORROW) {
  const { stations } = app.city;
  const answer = await client.get(
    `/planning/day?campaignId=${campaign}&stationId=${stations.first}&day=${day}`,
  );
  assert.equal(answer.status, 200, answer.text);
  return answer.body as { walks: WalkView[]; failures: unknown[]; madeAt: number | null };
}

async function walkOf(team: string, client = leader): Promise<WalkView> {
  const { walks } = await dayOf(client);
  const found = walks.find(({ teamName, state }) => teamName === team && state !== "left_out");
  assert.ok(found, `${team} has a walk: ${JSON.stringify(walks)}`);
  return found;
}

function change(walk: WalkView, step: string, body: object = {}, client = leader) {
  return client.post(`/planning/walks/${walk.id}/${step}`, { version: walk.version, ...body });
}

test("the night plans each team's walks, with hours of the roster and a reason for each building", async () => {
  assert.equal((await dayOf()).madeAt, null);
  await plan();
  const { walks, failures, madeAt } = await dayOf();
  assert.equal(madeAt, TEST_NOW);
  assert.deepEqual(failures, []);
  const walk = await walkOf("一组");
  assert.ok(walk.doors > 0);
  assert.equal(walk.choices[0]?.name.startsWith("东亭花园"), true);
  assert.equal(walk.choices[0]?.level, "premises_type", "no knock was made yet");
  // A lone officer's evening ends at eight; a pair goes on.
  const evening = (team: string): number =>
    Math.max(...walks.filter(({ teamName }) => teamName === team).map(({ to }) => to));
  assert.equal(evening("二组"), 20 * 60);
  assert.equal(evening("一组"), 21.5 * 60);
  // The buildings of a beat are divided, and nobody knocks twice.
  const of = (team: string): string[] =>
    walks
      .filter(({ teamName }) => teamName === team)
      .flatMap(({ choices }) => choices.map(({ building }) => building));
  assert.equal(of("一组").filter((building) => of("二组").includes(building)).length, 0);
});

test("two teams of a beat swap, and both read it on their phones; a stranger's beat is refused", async () => {
  const [one, two, west] = [await walkOf("一组"), await walkOf("二组"), await walkOf("三组")];
  const far = await change(two, "swap", { withId: west.id });
  assert.equal(far.body.code, "walk-other-beat");
  assert.match(far.body.detail, /警务区/);

  const swapped = await change(one, "swap", { withId: two.id });
  assert.equal(swapped.status, 200, swapped.text);
  assert.deepEqual(swapped.body.crew, two.crew);
  assert.deepEqual((await dayOf()).walks.find(({ id }) => id === two.id)?.crew, one.crew);
  for (const member of ["auxiliary", "colleague"] as const) {
    const { walks } = await phonePlan(await app.as(member, anId()));
    const told = walks.filter(({ news }) => news?.change === "swapped");
    assert.ok(told.length > 0, `${member} is told that it was swapped`);
    assert.ok(told.every(({ news }) => news?.byId === app.city.members.leader.id));
  }

  const back = await change(swapped.body, "swap", { withId: two.id });
  assert.deepEqual(back.body.crew, one.crew, back.text);
  for (const team of ["一组", "二组"]) {
    const loose = await change(await walkOf(team), "pin", { pinned: false });
    assert.equal(loose.status, 200, loose.text);
  }
  const { walks } = await phonePlan(await app.as("colleague", anId()));
  const last = walks.find(({ changed }) => changed?.change === "unpinned");
  assert.equal(last?.news?.change, "swapped", "a pin doesn't hide what went before");
});

test("what is settled by hand stays when the day is planned anew", async () => {
  const walk = await walkOf("一组");
  const pinned = await change(walk, "pin", { pinned: true });
  assert.equal(pinned.status, 200, pinned.text);
  assert.equal(pinned.body.pinned, true);
  assert.equal(pinned.body.changes.at(-1).change, "pinned");
  assert.equal((await change(walk, "pin", { pinned: true })).body.code, "walk-changed");

  const other = await walkOf("二组");
  const refused = await change(other, "refuse", { reason: "ill" });
  assert.equal(refused.body.state, "refused", refused.text);
  const back = await change(refused.body, "restore");
  assert.equal(back.body.state, "planned", back.text);
  const gone = await change(back.body, "refuse", { reason: "weather" });
  await plan();
  const { walks } = await dayOf();
  assert.equal(walks.find(({ id }) => id === walk.id)?.pinned, true);
  assert.equal(walks.find(({ id }) => id === other.id)?.reason, "weather");
  // Its doors are in the team's other walk by now.
  assert.equal((await change(gone.body, "restore")).body.code, "walk-taken-over");
});

test("an order has every building of the walk, and officers change their own walks alone", async () => {
  const { walks } = await dayOf();
  const walk = walks.find(({ state, doors }) => state === "planned" && doors > 0);
  assert.ok(walk);
  const short = await change(walk, "reorder", { buildings: [] });
  assert.equal(short.body.code, "walk-order-incomplete");
  const buildings = [...new Set(walk.choices.map(({ building }) => building))].toReversed();
  const ordered = await change(walk, "reorder", { buildings });
  assert.equal(ordered.status, 200, ordered.text);
  assert.equal(ordered.body.pinned, true);

  const others = walks.find(
    ({ state, crew }) =>
      state === "planned" && crew.every(({ id }) => id !== app.city.members.officer.id),
  );
  assert.ok(others);
  const status = (await change(others, "pin", { pinned: true }, officer)).status;
  assert.ok(status === 403 || status === 404);
  assert.equal((await dayOf(await app.as("southOfficer"))).walks.length, 0);
});

test("a member's week is set within the rules of labour, and the plan follows it", async () => {
  const { stations, members } = app.city;
  const set = (week: object[]) =>
    leader.put("/planning/roster", {
      campaignId: campaign,
      memberId: members.westOfficer.id,
      week,
    });
  const evenings = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: 18 * 60, to: 20 * 60 }));
  const refused = await set(evenings);
  assert.equal(refused.body.code, "too-many-evenings", refused.text);
  assert.equal((await set([{ weekday: 3, from: 540, to: 720 }])).status, 200);
  await planStationAnew(app.database, planner, app.city.bureau, {
    campaignId: campaign,
    stationId: stations.first,
    day: TOMORROW,
  });
  const walks = (await dayOf()).walks.filter(({ teamName }) => teamName === "三组");
  assert.deepEqual(
    walks.map(({ from, to }) => [from, to]),
    [[540, 720]],
  );
  const roster = await leader.get(
    `/planning/roster?campaignId=${campaign}&stationId=${stations.first}`,
  );
  const west = roster.body.members.find(({ id }: { id: Id }) => id === members.westOfficer.id);
  assert.equal(west.usual, false);
});

test("a settled walk that breaks a rule by the next plan stays at the desk, with the rule", async () => {
  const { members } = app.city;
  const day = "2026-11-12";
  await plan(day);
  const walk = (await dayOf(leader, day)).walks.find(
    ({ teamName, state }) => teamName === "二组" && state === "planned",
  );
  assert.ok(walk);
  assert.equal((await change(walk, "pin", { pinned: true })).status, 200);
  // The roster moves meanwhile: nobody works at that hour any more.
  const week = [{ weekday: 4, from: 540, to: 720 }];
  const set = { campaignId: campaign, memberId: members.colleague.id, week };
  assert.equal((await leader.put("/planning/roster", set)).status, 200);
  for (const turn of ["the morning", "once more"]) {
    await plan(day);
    const { walks, failures } = await dayOf(leader, day);
    assert.deepEqual(failures, []);
    const told: WalkView | undefined = walks.find(({ id }) => id === walk.id);
    assert.ok(told, turn);
    assert.deepEqual([told.state, told.reason, told.pinned], ["left_out", "unkept", false]);
    assert.deepEqual(
      told.changes.map((one) => [one.change, one.by?.id ?? null]),
      [
        ["pinned", members.leader.id],
        ["unkept", null],
      ],
    );
    assert.ok(told.changes[1]?.faults.includes("not-on-roster"));
  }
  // It stands in the way of nothing.
  const now = (await dayOf(leader, day)).walks.find(
    ({ teamName, state }) => teamName === "二组" && state === "planned",
  );
  assert.equal(now?.from, 540);
  const refused = await change(now, "refuse", { reason: "ill" });
  assert.equal(refused.status, 200, refused.text);
});

test("a time that a resident asked for is a window of the plan once the desk confirms it", async () => {
  const { bureau, stations, beats, buildings } = app.city;
  const day = "2026-11-13";
  const placeId = app.city.door("east", 2, 1);
  const door = {
    placeId,
    buildingId: buildings.east,
    stationId: stations.first,
    beatId: beats.east,
  };
  const from = startOfLocalDay(day) + 14 * HOUR_MS;
  const wish = { kind: "visit", window: { from, to: from + HOUR_MS } } as const;
  const look = randomBytes(32).toString("base64url");
  await app.database.asSystem(bureau, async (tx) => {
    const made = await makeWish(tx, door, wish, { look, origin: "desk", confirmed: false });
    assert.ok(made.ok);
  });
  const stopsAt = async (): Promise<number[]> => {
    await plan(day);
    const { rows } = await app.database.pool.query(
      `select s.at_minute as at from walk_stop s join walk w on w.bureau_id = s.bureau_id and w.id = s.walk_id
        where w.day = $1 and s.place_id = $2 and s.reason = 'appointment'`,
      [day, placeId],
    );
    return rows.map(({ at }) => Number(at));
  };
  assert.deepEqual(await stopsAt(), [], "asked for, and nobody has agreed yet");
  const { items } = (await leader.get("/appointments?state=asked")).body;
  const [asked] = items;
  const confirmed = await leader.post(`/appointments/${asked.id}/steps`, { step: "confirm" });
  assert.equal(confirmed.status, 200, confirmed.text);
  const [at = 0] = await stopsAt();
  assert.ok(at >= 14 * 60 && at <= 15 * 60, String(at));
});

test("a resident is offered the times worked out with the plan, and the officer's phone offers the same", async () => {
  await plan();
  const door = app.city.door("east", 2, 2);
  const plate = (await leader.post(`/places/${door}/plates`, {})).body.id;
  const { body } = await app.stranger.post("/public/wishes/offers", { plate });
  const windows = body.windows as { from: number; to: number }[];
  assert.ok(windows.length > 0 && windows.length < 30, JSON.stringify(windows));
  assert.ok(windows.every(({ from, to }) => to - from === HOUR_MS));
  // Somebody works then: Monday to Thursday from two, Friday by day, Saturday.
  assert.ok(windows.every(({ from }) => localTime(from).weekday <= 6));
  assert.ok(windows.every(({ from }) => from >= startOfLocalDay(TOMORROW)));
  const { rows } = await app.database.pool.query(
    "select basis from replan_basis where campaign_id = $1 and beat_id = $2",
    [campaign, app.city.beats.east],
  );
  assert.ok(rows.some(({ basis }) => basis.buildings.some(({ times = [] }) => times.length > 0)));
  // In a beat without a plan it is three windows a day, as before.
  const south = app.city.door("south", 1, 1);
  const southLeader = await app.as("southLeader");
  const other = (await southLeader.post(`/places/${south}/plates`, {})).body.id;
  const usual = await app.stranger.post("/public/wishes/offers", { plate: other });
  assert.equal(usual.body.windows.length, 30);
});

/** A knock in the visit record, at a door of the East building. */
async function knocked(
  [floor, number]: readonly [number, number],
  at: number,
  outcome: "no_answer" | "completed_doorstep",
): Promise<void> {
  const { bureau, stations, beats, buildings, members, door } = app.city;
  await app.database.pool.query(
    `insert into visit (bureau_id, id, station_id, beat_id, building_id, place_id, member_id, visited_at, ended_at, device_at, received_at,
        attempt_no, contact, completed, unaware, place_kind, outcome, time_mode, arranged, campaign_ids, team, details)
      select $1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::uuid, $6::uuid, $7::uuid, t, t, t, t,
        1, $10::boolean, $10::boolean, false, 'dwelling_unit', $11, 'morning', 'none', array[$9::uuid], array[$7::uuid], '{}'
      from to_timestamp($8::float8) t`,
    [
      bureau,
      anId(),
      stations.first,
      beats.east,
      buildings.east,
      door("east", floor, number),
      members.officer.id,
      at / 1000,
      campaign,
      outcome !== "no_answer",
      outcome,
    ],
  );
}

test("counts are kept by building and slot, never by door", async () => {
  const phone = await app.as("officer", anId());
  await knocked([1, 1], startOfLocalDay("2026-11-09") + 10 * HOUR_MS, "no_answer");
  await plan();
  const { rows } = await app.database.pool.query(
    "select building, slot, knocks, contacts from knock_count where bureau_id = $1",
    [app.city.bureau],
  );
  assert.deepEqual(rows, [
    { building: app.city.buildings.east, slot: "morning", knocks: 1, contacts: 0 },
  ]);
  const { rows: columns } = await app.database.pool.query(
    `select table_name, column_name from information_schema.columns
      where table_name in ('knock_count', 'waiting_count') and column_name ~ 'place|door_id|unit'`,
  );
  assert.deepEqual(columns, []);
  const context = await phone.get("/sync/context");
  const { walks, bases } = context.body.sections.plan;
  assert.ok(walks.length > 0 && bases.length > 0);
  assert.ok(walks.some(({ pinned }: { pinned: boolean }) => pinned));
  assert.deepEqual(
    new Set(
      walks.flatMap(({ crew }: { crew: Id[] }) => crew.includes(app.city.members.officer.id)),
    ),
    new Set([true]),
  );
});

test("under five knocks every reply says what the premises type does, and none speaks of a door", async () => {
  const { bureau, buildings } = app.city;
  const { pool } = app.database;
  const phone = await app.as("officer", anId());
  const hour = startOfLocalDay("2026-11-10") + 15 * HOUR_MS;
  const answered = async (doors: readonly (readonly [number, number])[]): Promise<void> => {
    for (const door of doors) await knocked(door, hour, "completed_doorstep");
    await plan();
  };
  const AFTERNOON = 1;
  const ratesOf = ({ bases: [first] }: PhonePlan) => {
    assert.ok(first);
    const { city, buildings: of } = first.basis;
    const east = of.find(({ id }) => id === buildings.east);
    assert.ok(east);
    return { building: east.rates, type: city.byType[east.premises] ?? [] };
  };
  /** All that is told of buildings in any reply: how many knocks it rests on, and at which level it is. */
  const told = async () => {
    const { rows } = await pool.query(
      "select building, slot, sum(knocks)::int as knocks from knock_count where bureau_id = $1 group by 1, 2",
      [bureau],
    );
    const { walks } = await dayOf();
    const walk = walks.find(({ state, doors }) => state === "planned" && doors > 0);
    assert.ok(walk);
    const pinned = await change(walk, "pin", { pinned: !walk.pinned });
    const again = await change(pinned.body, "pin", { pinned: walk.pinned });
    return [...walks, pinned.body as WalkView, again.body as WalkView].flatMap(({ choices }) =>
      choices.map(({ building, slot, level }) => ({
        level,
        knocks: rows.find((row) => row.building === building && row.slot === slot)?.knocks ?? 0,
      })),
    );
  };

  await answered([
    [1, 2],
    [1, 3],
    [1, 4],
    [2, 1],
  ]);
  for (const { knocks, level } of await told()) {
    assert.equal(level, knocks < 5 ? "premises_type" : "building", `${knocks} knocks`);
  }
  const few = ratesOf(await phonePlan(phone));
  assert.deepEqual(few.building, few.type);
  await answered([[2, 3]]);
  const enough = ratesOf(await phonePlan(phone));
  assert.notEqual(enough.building[AFTERNOON], enough.type[AFTERNOON]);
  assert.deepEqual(enough.building.toSpliced(AFTERNOON, 1), enough.type.toSpliced(AFTERNOON, 1));

  // Beside no door stands a figure that could be a rate, on the phone as at the desk.
  const { rows: doors } = await pool.query("select id from door where bureau_id = $1", [bureau]);
  const ids = new Set(doors.map(({ id }) => id as string));
  const besideDoors = (value: unknown): number[] => {
    if (typeof value !== "object" || value === null) return [];
    const parts = Object.values(value);
    const hasDoor = [...parts, ...Object.keys(value)].some((part) => ids.has(part));
    const numbers = parts.filter((part) => typeof part === "number" && part > 0 && part < 1);
    return [...(hasDoor ? (numbers as number[]) : []), ...parts.flatMap(besideDoors)];
  };
  const replies = [await phonePlan(phone), await dayOf()];
  assert.ok(JSON.stringify(replies).includes(app.city.door("east", 3, 1)));
  assert.deepEqual(besideDoors(replies), []);
  assert.deepEqual(besideDoors([{ door: app.city.door("east", 3, 1), hope: 0.4 }]), [0.4]);
});

test("an officer settles his own walk, and everybody who goes it reads on his phone who did", async () => {
  const auxiliary = await app.as("auxiliary", anId());
  const walks = (await dayOf(officer)).walks.filter(({ state }) => state === "planned");
  const own = walks.find(({ crew }) => crew.some(({ id }) => id === app.city.members.officer.id));
  assert.ok(own);
  const seen = async (phone: Client) =>
    (await phonePlan(phone)).walks.find(({ id }) => id === own.id);
  assert.deepEqual((await seen(auxiliary))?.mayChange, false, "an auxiliary doesn't settle walks");
  const gone = await change(own, "refuse", { reason: "weather" }, officer);
  assert.equal(gone.status, 200, gone.text);
  const refused = await seen(auxiliary);
  assert.deepEqual([refused?.state, refused?.changed?.change], ["refused", "refused"]);
  const back = await change(gone.body, "restore", {}, officer);
  assert.equal(back.status, 200, back.text);
});

test("before a campaign: hours needed and there, an honest promise, curves for three weeks", async () => {
  assert.equal((await leader.get(`/campaigns/${campaign}/outlook`)).body.state, "none");
  assert.equal((await leader.post(`/campaigns/${campaign}/outlook`)).body.state, "waiting");
  await workOutOutlook(app.database, planner, app.city.bureau, campaign);
  const { state, outlook } = (await leader.get(`/campaigns/${campaign}/outlook`)).body;
  assert.equal(state, "ready");
  assert.equal(outlook.doors, 32);
  assert.ok(outlook.hoursThere > 0);
  assert.ok(outlook.hoursNeeded.low <= outlook.hoursNeeded.high);
  assert.equal(outlook.curves.length, 3);
  assert.equal((await officer.post(`/campaigns/${campaign}/outlook`)).status, 403);
});
