/** Every hard rule of `validate.ts`: a good plan, one violation planted, and the fault that names it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { beliefsOf, carefulCoverage, standingOf } from "./beliefs.ts";
import { countsOf, planBuilding, planSituation } from "./fixtures.ts";
import { planDay } from "./plan.ts";
import { cityRates } from "./rates.ts";
import type { Block, Booking, DayPlan, PlanDoor, Situation, Stop, Walk } from "./terms.ts";
import { type Fault, faultsOf, PLAN_FAULTS, type PlanFault } from "./validate.ts";

interface Case {
  readonly situation: Situation;
  readonly plan: DayPlan;
  /** Where left out: as the counts of the situation say. */
  readonly coverage?: readonly number[];
}

function planned(situation: Situation): Required<Case> {
  const counts = countsOf(situation);
  const beliefs = beliefsOf(cityRates(counts), situation.buildings, counts, situation.rules);
  const coverage = carefulCoverage(standingOf(beliefs, situation.buildings));
  return { situation, plan: planDay(situation, beliefs), coverage };
}

/** A Tuesday of the third week: an afternoon and an evening with a walk each. */
const GOOD = planned(planSituation({ day: 15 }));
const [AFTERNOON, EVENING] = GOOD.plan.walks as [Walk, Walk];
const FIRST = AFTERNOON.stops[0] as Stop;

function withWalks(change: (walk: Walk) => Walk, of: Case = GOOD): Case {
  return { ...of, plan: { ...of.plan, walks: of.plan.walks.map(change) } };
}

function withBlocks(change: (block: Block) => Partial<Block>): Case {
  const changed = (block: Block): Block => ({ ...block, ...change(block) });
  return {
    situation: { ...GOOD.situation, blocks: GOOD.situation.blocks.map(changed) },
    plan: {
      ...GOOD.plan,
      walks: GOOD.plan.walks.map((walk) => ({ ...walk, block: changed(walk.block) })),
    },
  };
}

function withFirstDoor(change: Partial<PlanDoor>): Case {
  const buildings = GOOD.situation.buildings.map((building) => ({
    ...building,
    doors: building.doors.map((door) => (door.id === FIRST.doorId ? { ...door, ...change } : door)),
  }));
  return { ...GOOD, situation: { ...GOOD.situation, buildings } };
}

function withStops(change: (stops: readonly Stop[]) => readonly Stop[]): Case {
  return withWalks((walk) => (walk === AFTERNOON ? { ...walk, stops: change(walk.stops) } : walk));
}

function worked(day: number, from: number, to: number): Block {
  return { day, weekday: (day % 7) + 1, from: from * 60, to: to * 60, crew: ["a", "b"] };
}

function withWorked(...blocks: readonly Block[]): Case {
  return { ...GOOD, situation: { ...GOOD.situation, worked: blocks } };
}

/** Everything left out, for such a reason. */
function leftOut(of: Required<Case>, reason: "low_yield" | "refused" | "nothing_open"): Case {
  const { blocks, day } = of.situation;
  const skipped = blocks.filter((block) => block.day === day).map((block) => ({ block, reason }));
  return { ...of, plan: { ...of.plan, walks: [], skipped } };
}

const APPOINTMENT: Booking = {
  buildingId: "b3",
  doorId: "b3d23",
  day: 15,
  from: EVENING.block.from + 60,
  to: EVENING.block.from + 90,
};

/** One door that was never tried, in a building by itself; all others were, some days ago. */
function oneUntried(): Required<Case> {
  const tries = { daytime: 1, evening: 0, weekend: 0 };
  const buildings = [0, 1].map((b) => planBuilding(b, { tries, lastTried: 9 }));
  const alone = planBuilding(2);
  const doors = alone.doors.filter((_, i) => i === 0);
  return planned(planSituation({ day: 15, buildings: [...buildings, { ...alone, doors }] }));
}

/** The last week, every door tried so often, so much of each building believed to be met. */
function lastWeek(times: number, day = 28): Required<Case> {
  const tries = { daytime: 0, evening: times, weekend: 0 };
  const buildings = [0, 1].map((b) => planBuilding(b, { tries, lastTried: 20 }));
  return planned(planSituation({ day, buildings }));
}

const PLANTED: Readonly<Record<PlanFault, Case>> = {
  "outside-hours": withBlocks(() => ({ from: 7 * 60 })),
  "alone-late": withBlocks(() => ({ crew: ["officer"] })),
  "day-too-long": withWorked(worked(15, 8, 13)),
  "week-too-long": withWorked(worked(14, 8, 44)),
  "too-many-evenings": {
    ...withWorked(...[14, 16, 17, 18].map((day) => worked(day, 19, 20))),
  },
  "too-many-weekend-days": (() => {
    const saturday = planned(planSituation({ day: 19 }));
    return {
      ...saturday,
      situation: { ...saturday.situation, worked: [worked(20, 10, 11)] },
    };
  })(),
  "rest-too-short": withWorked({ ...worked(14, 20, 24), to: 28 * 60 }),
  "blocks-overlap": withWorked(worked(15, 15, 16)),
  "not-on-roster": { ...GOOD, situation: { ...GOOD.situation, blocks: [] } },
  "block-forgotten": { ...GOOD, plan: { ...GOOD.plan, walks: [AFTERNOON] } },
  "door-elsewhere": withStops(([first, ...rest]) => [
    { ...(first as Stop), doorId: "nowhere" },
    ...rest,
  ]),
  "door-not-open": withFirstDoor({ state: "closed" }),
  "door-twice": withWalks((walk) => (walk === EVENING ? { ...walk, stops: [FIRST] } : walk)),
  "too-many-tries": withFirstDoor({ tries: { daytime: 2, evening: 2, weekend: 2 } }),
  "too-soon-again": withFirstDoor({ lastTried: 14 }),
  "outside-block": withStops(([first, ...rest]) => [
    { ...(first as Stop), at: AFTERNOON.block.from - 1 },
    ...rest,
  ]),
  "not-in-order": withStops((stops) => stops.toReversed()),
  "appointment-missed": { ...GOOD, situation: { ...GOOD.situation, bookings: [APPOINTMENT] } },
  "appointment-unknown": withStops(([first, ...rest]) => [
    { ...(first as Stop), reason: "appointment" },
    ...rest,
  ]),
  "first-try-due": (() => {
    const due = oneUntried();
    return withWalks(
      (walk) => ({ ...walk, stops: walk.stops.filter(({ buildingId }) => buildingId !== "b2") }),
      due,
    );
  })(),
  "building-short": { ...leftOut(lastWeek(5), "low_yield"), coverage: [0.89, 0.95] },
  "effort-missing": { ...leftOut(lastWeek(3), "low_yield"), coverage: [1, 1] },
};

function found({ situation, plan, coverage = GOOD.coverage }: Case): readonly PlanFault[] {
  return faultsOf(situation, coverage, plan).map(({ fault }: Fault) => fault);
}

test("a good plan has no fault", () => {
  for (const good of [GOOD, oneUntried(), lastWeek(3), lastWeek(5)]) {
    assert.ok(good.plan.walks.length > 0);
    assert.deepEqual(found(good), []);
  }
});

for (const fault of PLAN_FAULTS) {
  test(`planted: ${fault}`, () => assert.ok(found(PLANTED[fault]).includes(fault)));
}

test("in the last days what can be tried is tried, whatever a try was held to be worth", () => {
  // Two days are left, no weekend among them: there is nothing to spare a try for.
  assert.ok(lastWeek(5).plan.walks.length > 0);
  // Of an afternoon and the evening after it, the evening takes the doors that are rather there then.
  const tries = { daytime: 1, evening: 1, weekend: 1 };
  const buildings = [0, 1].map((b) => planBuilding(b, { tries, lastTried: 20 }));
  const { plan } = planned(planSituation({ day: 28, buildings }));
  assert.deepEqual(
    plan.walks.map(({ block }) => block.from >= 18 * 60),
    [true],
  );
});

test("a building that is short is tried in the last days, in the best block that is left", () => {
  const coverage = [0.89, 0.95];
  const on = (day: number): readonly PlanFault[] =>
    found({ ...leftOut(lastWeek(5, day), "nothing_open"), coverage });
  // On the last day nothing better comes; before it a door may wait for the block after this one.
  assert.deepEqual(on(29), ["building-short"]);
  assert.deepEqual(on(28), []);
  assert.deepEqual(found({ ...leftOut(lastWeek(5, 29), "nothing_open"), coverage: [1, 1] }), []);
  const { walks } = lastWeek(5, 29).plan;
  assert.ok(walks.flatMap(({ stops }) => stops).length > 0);
});

test("what an officer refuses is held to the same in the last days", () => {
  const refused = { ...leftOut(lastWeek(3), "refused"), coverage: [1, 1] };
  assert.ok(found(refused).includes("effort-missing"));
});

test("no door without an attempt after day 10: before it any order will do, after it none but firsts", () => {
  const { situation, plan } = PLANTED["first-try-due"];
  const on = (day: number): readonly PlanFault[] =>
    found({
      situation: { ...situation, day, rules: { ...situation.rules, firstTryBy: 10 } },
      plan,
    });
  assert.ok(!on(9).includes("first-try-due"));
  assert.ok(on(10).includes("first-try-due"));
  // A door that can't be reached any more in its block is no reproach.
  const late = plan.walks.map((walk) => ({ ...walk, stops: walk.stops.slice(-1) }));
  const short = late.map((walk) => ({
    ...walk,
    stops: walk.stops.map((stop) => ({ ...stop, at: walk.block.to - 1 })),
  }));
  const far = situation.buildings.map((one) =>
    one.id === "b2" ? { ...one, at: { x: 9e5, y: 0 } } : one,
  );
  assert.ok(
    !found({
      situation: { ...situation, buildings: far },
      plan: { ...plan, walks: short },
    }).includes("first-try-due"),
  );
});
