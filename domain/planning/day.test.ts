import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { startOfLocalDay } from "../shared/instant.ts";
import { byBuildings, inOrder, planAround } from "./change.ts";
import { beliefsOf } from "./beliefs.ts";
import { countedOf } from "./counting.ts";
import { countsOf, planBuilding, planSituation } from "./fixtures.ts";
import { FEWEST_DOORS, groundOf, type PlacedDoor, planDoor } from "./ground.ts";
import { packRates, unpackRates } from "./packed.ts";
import { morningOf } from "./plan.ts";
import { cityRates } from "./rates.ts";
import { checkWeek, rosterOf, weekLoad } from "./roster.ts";
import { beatsOfTeams, sharesOf } from "./share.ts";
import { RULES, UNTRIED } from "./terms.ts";
import { choicesOf, planUnit } from "./unit.ts";
import { WEEK_LAYOUTS, WEEKS } from "./usual.ts";
import { faultsOf } from "./validate.ts";

function placed(number: number, buildingId: string | null, street: string): PlacedDoor {
  return {
    door: planDoor(
      `d${number}`,
      1,
      { status: "open", absent: UNTRIED, lastAt: null },
      "2026-11-02",
    ),
    buildingId,
    street,
    communityId: "c",
    premises: "walk_up",
    lift: false,
    at: null,
  };
}

test("no building to plan over has fewer than five doors, and no door is lost or doubled", () => {
  const where = fc.tuple(
    fc.constantFrom(null, "b1", "b2", "b3", "b4"),
    fc.constantFrom("东街", "西街"),
  );
  fc.assert(
    fc.property(fc.array(where, { minLength: FEWEST_DOORS, maxLength: 60 }), (all) => {
      const doors = all.map(([buildingId, street], n) => placed(n, buildingId, street));
      const buildings = groundOf(doors);
      assert.ok(buildings.every((building) => building.doors.length >= FEWEST_DOORS));
      assert.deepEqual(
        buildings.flatMap((building) => building.doors.map(({ id }) => id)).toSorted(),
        doors.map(({ door }) => door.id).toSorted(),
      );
    }),
    { numRuns: 100 },
  );
  assert.deepEqual(groundOf([placed(1, "b1", "东街")]), []);
});

test("the usual weeks keep the rules; a fifth evening and both days of a weekend don't", () => {
  for (const layout of WEEK_LAYOUTS) assert.ok(checkWeek(WEEKS[layout], RULES).ok, layout);
  const fifth = { weekday: 5, from: 18 * 60, to: 20 * 60 };
  const evening = checkWeek([...WEEKS.evenings, fifth], RULES);
  assert.equal(evening.ok ? null : evening.refusal.code, "too-many-evenings");
  const sunday = checkWeek([...WEEKS.mixed, { weekday: 7, from: 600, to: 660 }], RULES);
  assert.equal(sunday.ok ? null : sunday.refusal.code, "week-too-long");
});

test("a team's blocks: the sworn decide, and nobody is out alone after eight", () => {
  const weekdayOf = (day: number): number => (day % 7) + 1;
  const officer = { id: "o", sworn: true, week: WEEKS.mixed };
  const auxiliary = { id: "a", sworn: false, week: WEEKS.mixed };
  const ends = (team: (typeof officer)[]): number[] =>
    rosterOf(team, 0, 1, weekdayOf, RULES).map(({ to }) => to);
  assert.deepEqual(ends([officer, auxiliary]), [17.5 * 60, 21.5 * 60]);
  assert.deepEqual(ends([officer]), [17.5 * 60, 20 * 60]);
  assert.deepEqual(ends([auxiliary]), []);
});

test("teams stay in the beat of their members and divide its buildings, alike in doors", () => {
  const beats = [
    { id: "east", doors: 300 },
    { id: "west", doors: 100 },
  ];
  const chosen = beatsOfTeams(
    [
      { id: "t1", beatIds: ["east", "east"] },
      { id: "t2", beatIds: ["west"] },
      { id: "t3", beatIds: [] },
    ],
    beats,
  );
  assert.deepEqual([...chosen.values()], ["east", "west", "east"]);
  const shares = sharesOf(
    [0, 1, 2, 3].map((index) => planBuilding(index)),
    2,
  );
  assert.deepEqual(
    shares.map((share) => share.map(({ id }) => id)),
    [
      ["b0", "b1"],
      ["b2", "b3"],
    ],
  );
});

test("counts end with the first answer, leave out invited knocks, and know no door", () => {
  const monday = startOfLocalDay("2026-11-02");
  const at = (day: number, hour: number): number => monday + (day * 24 + hour) * 3_600_000;
  const building = planBuilding(0);
  const place = { placeId: "b0d0" };
  const counts = countedOf(
    [building],
    [
      { ...place, at: at(0, 10), outcome: "no_answer", invited: false },
      { ...place, at: at(1, 15), outcome: "no_answer", invited: true },
      { ...place, at: at(2, 19), outcome: "completed_doorstep", invited: false },
      { ...place, at: at(3, 19), outcome: "completed_inside", invited: false },
      { placeId: "b0d1", at: at(0, 10), outcome: "vacant_observed", invited: false },
    ],
  );
  assert.deepEqual(counts[0]?.knocks, [
    { slot: "morning", tries: UNTRIED, knocks: 2, contacts: 0, closed: 1 },
    {
      slot: "early_evening",
      tries: { daytime: 2, evening: 0, weekend: 0 },
      knocks: 1,
      contacts: 1,
      closed: 0,
    },
  ]);
  assert.doesNotMatch(JSON.stringify(counts), /b0d/);
});

test("what is settled stays, the rest is planned around it, and no rule is broken", () => {
  const situation = planSituation({ day: 3 });
  const counts = countsOf(situation);
  const city = cityRates(counts);
  const first = planUnit(city, { situation, counts }, { kept: [], refused: [] });
  const [walk, second] = first.plan.walks;
  assert.ok(walk !== undefined && second !== undefined);
  const again = planUnit(city, { situation, counts }, { kept: [walk], refused: [second.block] });
  assert.deepEqual(again.faults, []);
  assert.deepEqual(again.plan.walks[0], walk);
  assert.deepEqual(
    again.plan.skipped.map(({ reason }) => reason),
    ["refused"],
  );
});

test("what was settled and breaks a rule by now is told, with the rule; the rest stays settled", () => {
  const situation = planSituation({ day: 3 });
  const counts = countsOf(situation);
  const city = cityRates(counts);
  const [walk, second] = planUnit(city, { situation, counts }, { kept: [], refused: [] }).plan
    .walks;
  assert.ok(walk !== undefined && second !== undefined);
  const moved = { ...walk, block: { ...walk.block, from: walk.block.from + 5 } };
  const settled = { kept: [moved], refused: [second.block] };
  const { plan, faults, unkept } = planUnit(city, { situation, counts }, settled);
  assert.deepEqual(faults, []);
  assert.deepEqual(unkept, [{ block: moved.block, faults: ["not-on-roster", "outside-block"] }]);
  assert.deepEqual(
    plan.skipped.map(({ reason }) => reason),
    ["refused"],
  );
  const last = planSituation({ day: 28 });
  const refused = last.blocks.filter(({ day }) => day === 28);
  const night = planUnit(city, { situation: last, counts }, { kept: [], refused });
  assert.deepEqual(night.faults, []);
  assert.deepEqual(
    night.unkept.map(({ faults: of }) => of),
    refused.map(() => ["building-short"]),
  );
});

test("in the last days a walk can't be refused while doors lack their effort", () => {
  const situation = planSituation({ day: 28 });
  const counts = countsOf(situation);
  const beliefs = beliefsOf(cityRates(counts), situation.buildings, counts, RULES);
  const refused = situation.blocks.filter(({ day }) => day === 28);
  const settled = { kept: [], refused };
  const plan = planAround(situation, beliefs, settled, morningOf(situation, beliefs));
  const faults = faultsOf(situation, [], plan).map(({ fault }) => fault);
  assert.ok(faults.includes("effort-missing"), faults.join());
});

test("another order moves the times, and one that is too long shows", () => {
  const situation = planSituation({ day: 3 });
  const counts = countsOf(situation);
  const city = cityRates(counts);
  const { plan, beliefs } = planUnit(city, { situation, counts }, { kept: [], refused: [] });
  const walk = plan.walks.find(
    ({ stops }) => new Set(stops.map(({ buildingId }) => buildingId)).size > 1,
  );
  assert.ok(walk);
  const order = [...new Set(walk.stops.map(({ buildingId }) => buildingId))];
  assert.equal(byBuildings(walk.stops, order.slice(1)), null);
  const stops = byBuildings(walk.stops, order.toReversed()) ?? [];
  const turned = inOrder(situation, beliefs, walk, stops);
  assert.equal(turned.stops[0]?.buildingId, order.at(-1));
  assert.ok(turned.stops.every(({ at }, i) => i === 0 || at >= (turned.stops[i - 1]?.at ?? 0)));
  const late = inOrder(situation, beliefs, walk, [...stops, ...stops, ...stops]);
  assert.ok(late.endsAt > walk.block.to);
  // A reason for each building, of the building or its premises type.
  const choices = choicesOf(city, counts, walk, situation.bookings);
  assert.deepEqual(
    choices.map(({ doors }) => doors).reduce((sum, doors) => sum + doors, 0),
    walk.stops.length,
  );
});

test("rates come back from JSON as they were", () => {
  const city = cityRates(countsOf(planSituation()));
  assert.deepEqual(unpackRates(JSON.parse(JSON.stringify(packRates(city)))), city);
});

test("nobody walks on a public holiday, and a week says how much of each limit it uses", () => {
  const team = [{ id: "a", sworn: true, week: WEEKS.mixed }];
  const weekdayOf = (day: number): number => (day % 7) + 1;
  const days = rosterOf(team, 0, 7, weekdayOf, RULES, (day) => day === 2 || day === 5);
  assert.deepEqual([...new Set(days.map(({ day }) => day))], [0, 1, 3, 4]);
  assert.deepEqual(weekLoad(WEEKS.mixed), { minutes: 2400, evenings: 4, weekendDays: 1 });
});
