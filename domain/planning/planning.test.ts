import assert from "node:assert/strict";
import { test } from "node:test";
import { beliefsOf, carefulCoverage, coverageOf, standingOf } from "./beliefs.ts";
import { inOrder } from "./change.ts";
import { forecastOf } from "./calendar.ts";
import { costCurve, feasibilityOf } from "./feasibility.ts";
import { countsOf, planBuilding, planSituation, weekOf } from "./fixtures.ts";
import { labourFault } from "./labour.ts";
import { beginOf } from "./moves.ts";
import { fitClasses } from "./masses.ts";
import { offerTimes } from "./offers.ts";
import { morningOf, planDay } from "./plan.ts";
import { buildingRates, cityRates, factorFor } from "./rates.ts";
import { shownRate, shownRates } from "./shown.ts";
import {
  type Block,
  type BuildingCounts,
  RULES,
  type Situation,
  SLOTS,
  type Slot,
  UNTRIED,
  type Walk,
} from "./terms.ts";
import { faultsOf } from "./validate.ts";

function planned(situation: Situation) {
  const counts = countsOf(situation);
  const beliefs = beliefsOf(cityRates(counts), situation.buildings, counts, situation.rules);
  const coverage = carefulCoverage(standingOf(beliefs, situation.buildings));
  const plan = planDay(situation, beliefs);
  return { plan, coverage, beliefs, faults: faultsOf(situation, coverage, plan) };
}

test("the same situation gives the same plan", () => {
  const situation = planSituation({ day: 4 });
  assert.deepEqual(planned(situation).plan, planned(situation).plan);
});

test("after the tenth day nobody is tried again before a door that was never tried", () => {
  const situation = planSituation({ day: 14 });
  const tried = planBuilding(0, { tries: { daytime: 1, evening: 0, weekend: 0 }, lastTried: 3 });
  const buildings = [tried, ...situation.buildings.slice(1)];
  const { plan } = planned({ ...situation, buildings });
  const reasons = plan.walks.flatMap(({ stops }) => stops.map(({ reason }) => reason));
  assert.equal(reasons[0], "first_try");
});

test("a building believed empty is tried until its doors have had their effort", () => {
  const tries = { daytime: 1, evening: 1, weekend: 1 };
  const buildings = [0, 1].map((b) => planBuilding(b, { tries, lastTried: 10 }));
  // An evening in the last week: four tries are owed, whatever is believed.
  const { plan, faults } = planned(planSituation({ day: 28, buildings }));
  assert.deepEqual(faults, []);
  assert.equal(
    new Set(plan.walks.flatMap(({ stops }) => stops.map(({ doorId }) => doorId))).size,
    48,
  );
});

test("labour rules: a fifth evening, a second weekend day, a short night, a lone evening", () => {
  const days = [0, 1, 2, 3].flatMap(weekOf);
  const on = (day: number, from: number, to: number, crew = ["a", "b"]): Block => ({
    day,
    weekday: (day % 7) + 1,
    from,
    to,
    crew,
  });
  assert.equal(labourFault(RULES, days, on(4, 18 * 60, 20 * 60)), "too-many-evenings");
  assert.equal(labourFault(RULES, weekOf(5), on(6, 600, 720)), "too-many-weekend-days");
  assert.equal(labourFault(RULES, weekOf(0), on(1, 8 * 60, 9 * 60)), "rest-too-short");
  assert.equal(labourFault(RULES, [], on(0, 18 * 60, 21 * 60, ["a"])), "alone-late");
  assert.equal(labourFault(RULES, [], on(0, 18 * 60, 22 * 60)), "outside-hours");
  assert.equal(labourFault(RULES, [], on(0, 18 * 60, 20 * 60, ["a"])), null);
});

function counted(premises: string, slot: Slot, knocks: number, contacts: number): BuildingCounts {
  const buildingId = `${premises}${knocks}${contacts}`;
  const count = { slot, tries: UNTRIED, knocks, contacts, closed: 0 };
  return { buildingId, premises, knocks: [count], waiting: [] };
}

test("many knocks speak for the building, few for its premises type", () => {
  const evening = SLOTS.indexOf("early_evening");
  const quiet = counted("tower", "early_evening", 200, 20);
  const others = [60, 70, 80].map((knocks) =>
    counted("tower", "early_evening", knocks, knocks / 2),
  );
  const few = counted("tower", "early_evening", 2, 0);
  const city = cityRates([quiet, ...others, few]);
  assert.ok((buildingRates(city, quiet)[evening] ?? 1) < 0.13);
  assert.ok((buildingRates(city, few)[evening] ?? 0) > 0.15);
});

test("a wrong label is outspoken by the building's own counts", () => {
  const evening = SLOTS.indexOf("late_evening");
  const towers = [50, 60, 70].map((knocks) =>
    counted("tower", "late_evening", knocks, knocks * 0.6),
  );
  const mislabelled = counted("tower", "late_evening", 120, 12);
  const city = cityRates([...towers, mislabelled]);
  assert.ok((buildingRates(city, mislabelled)[evening] ?? 1) < 0.25);
});

test("failed tries make an answer rarer, and the factor is the city's", () => {
  const city = cityRates([counted("tower", "morning", 100, 30)]);
  const tried = { daytime: 2, evening: 0, weekend: 0 };
  assert.equal(factorFor(city, "morning", UNTRIED), 1);
  assert.ok(factorFor(city, "morning", tried) < 1);
});

test("the share of empty homes is learned from doors that never open", () => {
  const tries = { daytime: 1, evening: 3, weekend: 2 };
  const of = (doors: number, contacts: number) =>
    fitClasses([
      {
        premises: "tower",
        knocks: [{ slot: "early_evening", tries: UNTRIED, knocks: 200, contacts, closed: 0 }],
        waiting: [{ tries, doors }],
      },
    ]).city.at(-1) ?? 0;
  assert.ok(of(100, 100) > 2 * of(10, 190));
});

test("aggregates under five knocks show only at the level of the premises type", () => {
  const few = counted("tower", "sunday", 4, 4);
  const many = counted("tower", "sunday", 5, 0);
  const city = cityRates([few, many]);
  assert.equal(shownRate(city, few, "sunday").level, "premises_type");
  assert.equal(shownRate(city, many, "sunday").level, "building");
  assert.equal(shownRate(city, many, "morning").level, "premises_type");
});

test("many knocks at one door or two are those homes' own affair: the premises type is shown", () => {
  const building = (doors: number) => ({
    buildingId: "b",
    premises: "tower",
    // The last ones of a building that nobody has answered at, evening after evening.
    knocks: [0, 1, 2, 3, 4].map((evening) => ({
      slot: "early_evening" as const,
      tries: { ...UNTRIED, evening },
      knocks: doors,
      contacts: 0,
      closed: 0,
    })),
    waiting: [],
  });
  const levels = [1, 2, 3].map((doors) => {
    const one = building(doors);
    const city = cityRates([one]);
    const believed = [0.9, 0.9, 0.9, 0.9, 0.9, 0.9];
    const told = shownRates(city, "tower", one, believed).includes(0.9);
    return [shownRate(city, one, "early_evening").level, told];
  });
  assert.deepEqual(levels, [
    ["premises_type", false],
    ["premises_type", false],
    ["building", true],
  ]);
});

test("offered times begin beside appointments in the same building", () => {
  const situation = planSituation();
  const booking = { buildingId: "b2", doorId: "b2d5", day: 2, from: 19 * 60, to: 19 * 60 + 30 };
  const [first] = offerTimes({ ...situation, bookings: [booking] }, "b2", 1);
  assert.equal(first?.day, 2);
  assert.ok(Math.abs((first?.from ?? 0) - booking.from) <= 60);
});

test("feasibility: too few hours are plainly not possible, and more days never promise less", () => {
  const situation = planSituation();
  const counts = countsOf(situation);
  const beliefs = beliefsOf(cityRates(counts), situation.buildings, counts, RULES);
  const short = {
    ...situation,
    deadline: 2,
    blocks: situation.blocks.filter(({ day }) => day < 2),
  };
  const answer = feasibilityOf([{ situation: short, beliefs }], 0, 1);
  assert.equal(answer.verdict, "not_possible");
  assert.ok(answer.honestPromise < 0.9);
  assert.ok(answer.coverage.low <= answer.coverage.middle);
  assert.ok(answer.coverage.middle <= answer.coverage.high);
  assert.ok(answer.hoursNeeded.high <= answer.hoursThere);
  // With days enough the rules of the last ones are foretold: what they demand is counted as needed.
  const free = { ...situation, rules: { ...RULES, lastDays: 0 } };
  assert.ok(forecastOf(situation, beliefs).hours >= forecastOf(free, beliefs).hours);
  const curve = costCurve([{ situation, beliefs }], [3, 10, 30]);
  assert.ok((curve[0]?.coverage ?? 1) < (curve[2]?.coverage ?? 0));
});

test("feasibility: what isn't known yet is said with a wide interval, and counts narrow it", () => {
  const situation = planSituation();
  const counts = countsOf(situation);
  const beliefs = beliefsOf(cityRates(counts), situation.buildings, counts, RULES);
  const width = (knocks: number): number => {
    const { coverage, hoursNeeded } = feasibilityOf([{ situation, beliefs }], knocks, 1);
    assert.ok(hoursNeeded.low < hoursNeeded.high);
    return coverage.high - coverage.low;
  };
  assert.ok(width(0) > width(20_000));
  // Nothing is promised that nine beliefs of ten don't bear out.
  const { honestPromise, coverage } = feasibilityOf([{ situation, beliefs }], 0, 1);
  assert.ok(honestPromise < coverage.middle);
});

test("feasibility: between possible and not possible stands what can't be known yet", () => {
  const situation = planSituation();
  const counts = countsOf(situation);
  const beliefs = beliefsOf(cityRates(counts), situation.buildings, counts, RULES);
  const verdicts = [1, 3, 5, 8, 12, 20, 30].map((deadline) => {
    const blocks = situation.blocks.filter(({ day }) => day < deadline);
    return feasibilityOf([{ situation: { ...situation, deadline, blocks }, beliefs }], 0, 1)
      .verdict;
  });
  assert.equal(verdicts[0], "not_possible");
  assert.ok(verdicts.includes("doubtful"), verdicts.join());
});

test("a building is done when the unluckiest of so many would be", () => {
  const one = { met: 9, left: 0.5, doubt: 0.5 };
  assert.deepEqual(carefulCoverage([one]), [coverageOf(one)]);
  const many = carefulCoverage(Array.from({ length: 15 }, () => one));
  assert.ok((many[0] ?? 1) < coverageOf(one));
  assert.equal(carefulCoverage([{ met: 4, left: 0, doubt: 0 }])[0], 1);
});

test("a block that follows on another begins where that one ended; after a break, at the station", () => {
  const crew = ["officer", "auxiliary"];
  const block = (from: number, to: number, of = crew) => ({
    day: 0,
    weekday: 1,
    from,
    to,
    crew: of,
  });
  const situation = planSituation({
    blocks: [block(14 * 60, 17.5 * 60), block(18 * 60, 20 * 60), block(20 * 60, 21.5 * 60)],
  });
  const { walks } = planned(situation).plan;
  assert.equal(walks.length, 3);
  const [afternoon, early, late] = walks as [Walk, Walk, Walk];
  const last = early.stops.at(-1);
  const following = beginOf(situation, walks, late.block);
  assert.equal(situation.buildings[following.stand.building ?? -1]?.id, last?.buildingId);
  assert.equal(following.at, Math.max(20 * 60, early.endsAt));
  assert.deepEqual(beginOf(situation, [afternoon], early.block).stand.at, situation.station);
  // Other people come from the station; so does whoever had nothing to do before.
  const others = beginOf(situation, [early], block(20 * 60, 21.5 * 60, ["other", "third"]));
  assert.deepEqual(others, {
    stand: { at: situation.station, building: null, floor: 0 },
    at: 1200,
  });
  assert.equal(beginOf(situation, [{ ...early, stops: [] }], late.block).stand.building, null);
  // The way counts: from the building it stands in, nobody is at its doors later than from the station.
  const again = inOrder(situation, planned(situation).beliefs, late, late.stops, [early]);
  const fromStation = inOrder(situation, planned(situation).beliefs, late, late.stops);
  assert.deepEqual(again.stops, late.stops);
  assert.notDeepEqual(fromStation.stops, late.stops);
});

test("few doors in an evening that gets better late: the walk begins late, whoever puts it in another order", () => {
  const evening = { day: 0, weekday: 1, from: 18 * 60, to: 21.5 * 60, crew: ["one", "two"] };
  const few = planSituation({ blocks: [evening] });
  const situation = {
    ...few,
    buildings: few.buildings.map((building) => ({
      ...building,
      doors: building.doors.slice(0, 3),
    })),
  };
  const walkWhen = (early: number, late: number): Walk => {
    const counts = countsOf(situation).map((of) => ({
      ...of,
      knocks: [
        { slot: "early_evening", tries: UNTRIED, knocks: 60, contacts: early, closed: 0 },
        { slot: "late_evening", tries: UNTRIED, knocks: 60, contacts: late, closed: 0 },
      ] as const,
    }));
    const beliefs = beliefsOf(cityRates(counts), situation.buildings, counts, RULES);
    const morning = morningOf(situation, beliefs);
    const [walk] = planDay(situation, beliefs, morning).walks;
    assert.ok(walk !== undefined);
    const [first] = inOrder(situation, beliefs, walk, walk.stops.toReversed()).stops;
    assert.equal((first?.at ?? 0) > 19 * 60, (walk.stops[0]?.at ?? 0) > 19 * 60);
    return walk;
  };
  assert.ok((walkWhen(3, 40).stops[0]?.at ?? 0) > 19 * 60);
  assert.ok((walkWhen(40, 3).stops[0]?.at ?? 0) < 19 * 60);
});

test("renaming and shuffling the doors of a floor changes nothing but their names", () => {
  const situation = planSituation();
  const renamed = {
    ...situation,
    buildings: situation.buildings.map((building) => ({
      ...building,
      doors: building.doors.map((door) => ({ ...door, id: `other ${door.id}` })),
    })),
  };
  const shape = (of: Situation) =>
    planned(of).plan.walks.map(({ stops, expectedContacts }) => [
      expectedContacts,
      stops.map(({ at, buildingId }) => [at, buildingId]),
    ]);
  assert.deepEqual(shape(situation), shape(renamed));
});
