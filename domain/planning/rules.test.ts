/**
 * In situations that chance drew: no plan that is made breaks a rule, and a plan in which one rule was
 * broken on purpose is seen to break it, each rule of `validate.ts` in turn.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { beliefsOf, carefulCoverage, standingOf } from "./beliefs.ts";
import { countsOf, planBuilding, planSituation } from "./fixtures.ts";
import { labourFault } from "./labour.ts";
import { offerTimes } from "./offers.ts";
import { allHandsOf, mustWork, planDay } from "./plan.ts";
import { cityRates } from "./rates.ts";
import {
  type Block,
  type Booking,
  type DayPlan,
  type DoorState,
  type PlanBuilding,
  type PlanDoor,
  type Situation,
  type SkipReason,
  type Stop,
  triesIn,
  UNTRIED,
  type Walk,
} from "./terms.ts";
import { planUnit } from "./unit.ts";
import { type Fault, faultsOf, PLAN_FAULTS, type PlanFault } from "./validate.ts";

function planned(situation: Situation): Planned {
  const counts = countsOf(situation);
  const beliefs = beliefsOf(cityRates(counts), situation.buildings, counts, situation.rules);
  const coverage = carefulCoverage(standingOf(beliefs, situation.buildings));
  return { situation, plan: planDay(situation, beliefs), coverage };
}

interface Planned {
  readonly situation: Situation;
  readonly plan: DayPlan;
  readonly coverage: readonly number[];
}

function found({ situation, plan, coverage }: Planned): readonly PlanFault[] {
  return faultsOf(situation, coverage, plan).map(({ fault }: Fault) => fault);
}

const states = fc.constantFrom<DoorState>("open", "open", "open", "met", "closed");
const times = fc.nat({ max: 3 });
const somewhere = fc
  .record({
    day: fc.nat({ max: 29 }),
    doors: fc.array(fc.tuple(states, times, times, times, fc.nat({ max: 5 })), {
      minLength: 96,
      maxLength: 96,
    }),
    asks: fc.array(fc.tuple(fc.nat({ max: 95 }), fc.nat({ max: 20 })), { maxLength: 6 }),
    crew: fc.constantFrom<readonly string[]>(["officer", "auxiliary"], ["officer"]),
  })
  .map(({ day, doors, asks, crew }): Situation => {
    const buildings = [0, 1, 2, 3].map((b): PlanBuilding => {
      const building = planBuilding(b);
      return {
        ...building,
        doors: building.doors.map((door, i) => {
          const [state, daytime, evening, weekend, ago] = doors[b * 24 + i] ?? ["open", 0, 0, 0, 0];
          const tries = { daytime, evening, weekend };
          const lastTried = triesIn(tries) === 0 ? null : Math.max(0, day - ago);
          return { ...door, state, tries, lastTried };
        }),
      };
    });
    let situation = planSituation({ day, buildings });
    situation = { ...situation, blocks: situation.blocks.map((block) => ({ ...block, crew })) };
    // Residents choose among the times that they are offered.
    for (const [number, choice] of asks) {
      const b = Math.floor(number / 24);
      const door = situation.buildings[b]?.doors[number % 24];
      const offers = offerTimes(situation, `b${b}`, day);
      const offer = offers[choice % Math.max(1, offers.length)];
      if (door === undefined || door.state !== "open" || offer === undefined) continue;
      const booking: Booking = {
        buildingId: `b${b}`,
        doorId: door.id,
        day: offer.day,
        from: offer.from,
        to: offer.from + 30,
      };
      situation = {
        ...situation,
        bookings: [...situation.bookings, booking],
        buildings: situation.buildings.map((building, i) =>
          i === b
            ? {
                ...building,
                doors: building.doors.map((one) =>
                  one.id === door.id ? { ...one, state: "booked" } : one,
                ),
              }
            : building,
        ),
      };
    }
    return situation;
  });

test("no plan that the planner makes breaks a rule", () => {
  fc.assert(
    fc.property(somewhere, (situation) => {
      assert.deepEqual(found(planned(situation)), []);
    }),
    { numRuns: 150 },
  );
});

test("appointments at times that were offered are all kept", () => {
  fc.assert(
    fc.property(somewhere, (situation) => {
      const { plan } = planned(situation);
      if (plan.skipped.some(({ reason }) => reason === "not_allowed")) return;
      assert.deepEqual(plan.conflicts, []);
    }),
    { numRuns: 80 },
  );
});

/** Windows that nobody offered, at doors of any state: two at once, one before the block, one too far away. */
const anyWindows = fc
  .tuple(
    somewhere,
    fc.array(
      fc.tuple(
        fc.nat({ max: 95 }),
        fc.integer({ min: 13 * 60, max: 22 * 60 }),
        fc.constantFrom(5, 15, 30, 90),
        fc.constantFrom<DoorState>("booked", "booked", "met", "closed"),
      ),
      { minLength: 1, maxLength: 8 },
    ),
  )
  .map(([situation, all]): Situation => {
    // A door has one agreed time.
    const asks = all.filter(([n], i) => all.findIndex(([other]) => other === n) === i);
    const doors = new Map(
      asks.map(([n, , , state]) => [`b${Math.floor(n / 24)}d${n % 24}`, state] as const),
    );
    return {
      ...situation,
      bookings: asks.map(([n, from, minutes]) => ({
        buildingId: `b${Math.floor(n / 24)}`,
        doorId: `b${Math.floor(n / 24)}d${n % 24}`,
        day: situation.day,
        from,
        to: from + minutes,
      })),
      buildings: situation.buildings.map((building) => ({
        ...building,
        doors: building.doors.map((door) => ({ ...door, state: doors.get(door.id) ?? door.state })),
      })),
    };
  });

test("whatever windows were agreed, none that can be kept is given up, and no rule is broken", () => {
  fc.assert(
    fc.property(anyWindows, (situation) => assert.deepEqual(found(planned(situation)), [])),
    { numRuns: 200 },
  );
});

/** A plan with one rule broken, or null where the situation holds nothing to break it with. */
type Breaking = (of: Planned) => Planned | null;

function withFirstStop(change: (stop: Stop, walk: Walk) => Partial<Stop>): Breaking {
  return (of) => {
    const walk = of.plan.walks.find(({ stops }) => isUninvited(stops[0]));
    const [first, ...rest] = walk?.stops ?? [];
    if (walk === undefined || first === undefined) return null;
    return withWalk(of, walk, { stops: [{ ...first, ...change(first, walk) }, ...rest] });
  };
}

function isUninvited(stop: Stop | undefined): boolean {
  return stop !== undefined && stop.reason !== "appointment";
}

function withWalk(of: Planned, walk: Walk, change: Partial<Walk>): Planned {
  const walks = of.plan.walks.map((one) => (one === walk ? { ...one, ...change } : one));
  return { ...of, plan: { ...of.plan, walks } };
}

/** The first uninvited door of the plan, in another state than it was when the plan was made. */
function withDoor(change: (day: number) => Partial<PlanDoor>): Breaking {
  return (of) => {
    const stop = of.plan.walks.flatMap(({ stops }) => stops).find(isUninvited);
    if (stop === undefined) return null;
    const buildings = of.situation.buildings.map((building) => ({
      ...building,
      doors: building.doors.map((door) =>
        door.id === stop.doorId ? { ...door, ...change(of.situation.day) } : door,
      ),
    }));
    return { ...of, situation: { ...of.situation, buildings } };
  };
}

/** The same hours under another law: the first walk's block is worked as it mustn't be. */
function withFirstBlock(change: (block: Block) => Partial<Block>): Breaking {
  return (of) => {
    const walk = of.plan.walks[0];
    if (walk === undefined) return null;
    const changed = { ...walk.block, ...change(walk.block) };
    const blocks = of.situation.blocks.map((one) =>
      one.day === changed.day && one.from === walk.block.from ? changed : one,
    );
    return {
      ...withWalk(of, walk, { block: changed }),
      situation: { ...of.situation, blocks },
    };
  };
}

function withWorked(blocksOf: (walk: Walk) => readonly Block[] | null): Breaking {
  return (of) => {
    const walk = of.plan.walks[0];
    const worked = walk === undefined ? null : blocksOf(walk);
    return worked === null ? null : { ...of, situation: { ...of.situation, worked } };
  };
}

function workedOn(day: number, from: number, to: number): Block {
  return { day, weekday: (((day % 7) + 7) % 7) + 1, from, to, crew: ["a", "b"] };
}

/** All of the day left out, and said to be so for a reason. */
function leftOut(of: Planned, reason: SkipReason): Planned {
  const { blocks, day } = of.situation;
  const skipped = blocks.filter((block) => block.day === day).map((block) => ({ block, reason }));
  return { ...of, plan: { ...of.plan, walks: [], skipped } };
}

/** Everything left out in the last days, while a building is short, or a door lacks its effort. */
function leftOutInTheLastDays(coverage: number): Breaking {
  return (of) => {
    const { situation } = of;
    const believed = situation.buildings.map(() => coverage);
    const allHands = allHandsOf(situation, believed);
    const today = situation.blocks.filter(({ day }) => day === situation.day);
    const isAllowed = (block: Block): boolean =>
      labourFault(situation.rules, situation.worked, block) === null;
    if (!today.some((block) => mustWork(allHands, block) && isAllowed(block))) return null;
    // That a rule forbids the hours is no excuse where none does.
    const reason = situation.day % 2 === 0 ? "low_yield" : "not_allowed";
    return { ...leftOut(of, reason), coverage: believed };
  };
}

const BREAKING: Readonly<Record<PlanFault, Breaking>> = {
  "outside-hours": withFirstBlock(({ to }) => ({ from: 7 * 60, to })),
  "alone-late": withFirstBlock(() => ({ to: 20 * 60 + 30, crew: ["officer"] })),
  "day-too-long": withWorked(({ block }) => [workedOn(block.day, 0, 8 * 60)]),
  "week-too-long": withWorked(({ block }) => [
    workedOn(block.day - block.weekday + 1, 0, block.weekday === 1 ? 1 : 40 * 60),
    ...(block.weekday === 1 ? [workedOn(block.day + 1, 0, 40 * 60)] : []),
  ]),
  "too-many-evenings": (of) => {
    const evening = of.plan.walks.find(
      ({ block }) => block.weekday <= 5 && block.to > 18 * 60,
    )?.block;
    if (evening === undefined) return null;
    const monday = evening.day - evening.weekday + 1;
    const others = [0, 1, 2, 3, 4].map((i) => monday + i).filter((day) => day !== evening.day);
    return {
      ...of,
      situation: {
        ...of.situation,
        worked: others.map((day) => workedOn(day, 19 * 60, 19 * 60 + 1)),
      },
    };
  },
  "too-many-weekend-days": withWorked(({ block }) =>
    block.weekday < 6
      ? null
      : [workedOn(block.day + (block.weekday === 6 ? 1 : -1), 15 * 60, 15 * 60 + 1)],
  ),
  "rest-too-short": withWorked(({ block }) => [
    workedOn(block.day - 1, block.from + 13 * 60 + 1, block.from + 13 * 60 + 2),
  ]),
  "blocks-overlap": withWorked(({ block }) => [workedOn(block.day, block.from, block.from + 1)]),
  "not-on-roster": (of) =>
    of.plan.walks.length === 0 ? null : { ...of, situation: { ...of.situation, blocks: [] } },
  "block-forgotten": (of) =>
    of.plan.walks.length === 0
      ? null
      : { ...of, plan: { ...of.plan, walks: of.plan.walks.slice(1) } },
  "door-elsewhere": withFirstStop(() => ({ doorId: "another unit's" })),
  "door-not-open": withDoor((day) => ({ state: day % 2 === 0 ? "closed" : "met" })),
  "door-twice": (of) => {
    const walk = of.plan.walks[0];
    const last = walk?.stops.at(-1);
    if (walk === undefined || last === undefined) return null;
    return withWalk(of, walk, { stops: [...walk.stops, last] });
  },
  "too-many-tries": withDoor(() => ({ tries: { daytime: 2, evening: 3, weekend: 1 } })),
  "too-soon-again": withDoor((day) => ({ lastTried: day - 1 })),
  "outside-block": withFirstStop((_, { block }) => ({ at: block.to + 1 })),
  "not-in-order": (of) => {
    const walk = of.plan.walks.find(({ stops }) => (stops[0]?.at ?? 0) < (stops.at(-1)?.at ?? 0));
    return walk === undefined ? null : withWalk(of, walk, { stops: walk.stops.toReversed() });
  },
  "appointment-missed": (of) => {
    const walk = of.plan.walks.find(({ stops }) =>
      stops.some(({ reason, doorId, at }) =>
        of.situation.bookings.some(
          (one) =>
            reason === "appointment" && one.doorId === doorId && at >= one.from && at <= one.to,
        ),
      ),
    );
    if (walk === undefined) return null;
    // Left out of the walk; on some days said to be one that couldn't be kept.
    const gone = walk.stops.filter(isUninvited);
    const without = withWalk(of, walk, { stops: gone });
    if (of.situation.day % 2 === 0) return without;
    const conflicts = of.situation.bookings.filter(({ day }) => day === of.situation.day);
    return { ...without, plan: { ...without.plan, conflicts } };
  },
  "appointment-unknown": withFirstStop(() => ({ reason: "appointment" })),
  "first-try-due": (of) => {
    const { situation, plan } = of;
    if (situation.day < situation.rules.firstTryBy) return null;
    const walk = plan.walks.find(({ stops }) => stops.length > 1);
    const [first, second] = walk?.stops ?? [];
    if (walk === undefined || first === undefined || second === undefined) return null;
    // The first door of the walk was never tried, and is left out; the second one is tried again.
    const tried = { tries: { daytime: 1, evening: 0, weekend: 0 }, lastTried: situation.day - 5 };
    const never = { tries: UNTRIED, lastTried: null, state: "open" as const };
    const buildings = situation.buildings.map((building) => ({
      ...building,
      doors: building.doors.map((door) =>
        door.id === first.doorId
          ? { ...door, ...never }
          : door.id === second.doorId
            ? { ...door, ...tried }
            : door,
      ),
    }));
    const stops = [{ ...second, at: walk.block.from + 30, reason: "likely" as const }];
    const broken = withWalk(of, walk, { stops });
    return { ...broken, situation: { ...situation, bookings: [], buildings } };
  },
  "building-short": leftOutInTheLastDays(0.89),
  "effort-missing": leftOutInTheLastDays(1),
};

for (const fault of PLAN_FAULTS) {
  test(`a plan that is made to break it is caught: ${fault}`, () => {
    let broken = 0;
    fc.assert(
      fc.property(somewhere, (situation) => {
        const made = planned(situation);
        const spoilt = BREAKING[fault](made);
        if (spoilt === null) return;
        broken += 1;
        assert.ok(found(spoilt).includes(fault), `${found(spoilt).join()} on day ${situation.day}`);
      }),
      { numRuns: 150 },
    );
    assert.ok(broken > 0, "nothing was broken, so nothing was proved");
  });
}

test("a plan that breaks a rule is not given out, whatever made it", () => {
  // Two times agreed for one door: the planner goes there twice, and no rule lets it.
  const situation = planSituation({ day: 3 });
  const asked = { buildingId: "b0", doorId: "b0d0", day: 3 };
  const bookings: Booking[] = [15, 16].map((hour) => ({
    ...asked,
    from: hour * 60,
    to: hour * 60 + 30,
  }));
  const buildings = situation.buildings.map((building) => ({
    ...building,
    doors: building.doors.map((door) =>
      door.id === asked.doorId ? { ...door, state: "booked" as const } : door,
    ),
  }));
  const twice = { ...situation, bookings, buildings };
  const counts = countsOf(twice);
  const unit = { situation: twice, counts };
  const { plan, faults } = planUnit(cityRates(counts), unit, { kept: [], refused: [] });
  assert.deepEqual(
    faults.map(({ fault }) => fault),
    ["door-twice"],
  );
  assert.deepEqual([plan.walks, plan.skipped, plan.conflicts], [[], [], []]);
});
