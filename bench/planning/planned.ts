/** The planner under test, and the oracle (dB): the same planner with true building rates. */
import { type Beliefs, beliefsOf } from "@wanjia/domain/planning/beliefs";
import { type Feasibility, feasibilityOf } from "@wanjia/domain/planning/feasibility";
import { offerTimes } from "@wanjia/domain/planning/offers";
import { carefulCoverage, coverageOf, standingOf } from "@wanjia/domain/planning/beliefs";
import { type Morning, morningOf, planDay, reasonToSkip } from "@wanjia/domain/planning/plan";
import { cityRates, factorFor } from "@wanjia/domain/planning/rates";
import {
  type Block,
  type BuildingCounts,
  type Costs,
  type Day,
  type KnockCount,
  type PlanBuilding,
  type Rules,
  RULES,
  type Situation,
  SLOTS,
  BAND_OF_SLOT,
  type Slot,
  type Tries,
  triesIn,
} from "@wanjia/domain/planning/terms";
import { faultsOf } from "@wanjia/domain/planning/validate";
import { composeWalk, setsOutAt } from "@wanjia/domain/planning/walk";
import { beginOf } from "@wanjia/domain/planning/moves";
import { mixedRoster } from "./baselines.ts";
import type { Scenario } from "./scenario.ts";
import { type Policy, type View } from "./simulate.ts";
import type { Unit } from "./world.ts";

function costsOf({ costs }: Scenario): Costs {
  const [least, most] = costs.visitMinutes;
  return {
    failedKnock: costs.failedKnockMinutes,
    visit: (least + most) / 2,
    longVisit: most,
    enter: costs.enterMinutes,
    stairsPerFloor: costs.stairsMinutesPerFloor,
    lift: costs.liftMinutes,
    metresPerMinute: costs.metresPerMinute,
    detour: costs.detour,
  };
}

/** Tries of a record by band: what the planner is given of a door. */
function byBand(tries: readonly number[]): Tries {
  const bands = { daytime: 0, evening: 0, weekend: 0 };
  for (let s = 0; s < SLOTS.length; s += 1) bands[BAND_OF_SLOT[SLOTS[s] as Slot]] += tries[s] ?? 0;
  return bands;
}

function buildingsOf({ unit, flats }: View): PlanBuilding[] {
  return unit.buildings.map(({ id, premises, lift, at, flats: of }) => ({
    id,
    premises,
    lift,
    at,
    doors: of.map((flat) => ({
      id: String(flat),
      floor: unit.floorOf[flat] ?? 1,
      state: flats[flat]?.state ?? "closed",
      tries: byBand(flats[flat]?.tries ?? []),
      lastTried: flats[flat]?.lastTried ?? null,
    })),
  }));
}

export function countsOf(
  { unit, flats, knocks }: View,
  maxTries: number = unit.scenario.labour.maxTries,
): BuildingCounts[] {
  const counts = unit.buildings.map(
    () => new Map<string, { -readonly [K in keyof KnockCount]: KnockCount[K] }>(),
  );
  for (const { flat, slot, before, outcome } of knocks) {
    const tries = byBand(before);
    const key = `${slot} ${tries.daytime} ${tries.evening} ${tries.weekend}`;
    const of = counts[unit.buildingOf[flat] ?? 0];
    let count = of?.get(key);
    if (count === undefined) {
      count = { slot: SLOTS[slot] as Slot, tries, knocks: 0, contacts: 0, closed: 0 };
      of?.set(key, count);
    }
    count.knocks += 1;
    if (outcome === "contact") count.contacts += 1;
    if (outcome === "closed") count.closed += 1;
  }
  return unit.buildings.map(({ id, premises, flats: of }, b) => {
    const waiting = new Map<string, { tries: Tries; doors: number }>();
    for (const flat of of) {
      const record = flats[flat];
      if (record === undefined || record.state === "met" || record.state === "booked") continue;
      const tries = byBand(record.tries);
      // Closed before its tries were used up: found empty, and counted so among the knocks.
      if (record.state === "closed" && triesIn(tries) < maxTries) continue;
      const key = Object.values(tries).join();
      const known = waiting.get(key);
      if (known === undefined) waiting.set(key, { tries, doors: 1 });
      else known.doors += 1;
    }
    return {
      buildingId: id,
      premises,
      knocks: [...(counts[b]?.values() ?? [])],
      waiting: [...waiting.values()],
    };
  });
}

/** Rates as they truly are, of each building's flats that are still open. */
function trueRates(beliefs: Beliefs, buildings: readonly PlanBuilding[], unit: Unit): Beliefs {
  const rates = buildings.map(({ doors }) => {
    const open = doors.filter(({ state }) => state === "open");
    return SLOTS.map((slot, s) => {
      let truly = 0;
      let factors = 0;
      for (const { id, tries } of open) {
        truly += unit.truth[Number(id)]?.presence[s] ?? 0;
        factors += factorFor(beliefs.city, slot, tries);
      }
      return factors > 0 ? truly / factors : 0;
    });
  });
  return { ...beliefs, rates };
}

function isIdle({ flats, day }: View): boolean {
  return flats.every(({ lastTried }) => lastTried === null || day - lastTried > IDLE_DAYS);
}

function believedDone(beliefs: Beliefs, { buildings }: Situation): boolean {
  const standing = standingOf(beliefs, buildings);
  const total = (of: "met" | "left"): number => standing.reduce((sum, one) => sum + one[of], 0);
  return coverageOf({ met: total("met"), left: total("left"), doubt: 0 }) >= WANTED;
}

type Roster = (day: Day) => readonly Block[];

/** What the planner is told on a morning: records, appointments, the roster ahead; nothing else. */
export function situationOf(
  view: View,
  roster: Roster,
  maxTries: number = view.unit.scenario.labour.maxTries,
): Situation {
  const { scenario } = view.unit;
  // After the deadline the work goes on as in its last days, and none is left out that may be needed.
  const deadline =
    view.day < scenario.deadlineDays ? scenario.deadlineDays : view.day + AFTER_DEADLINE_DAYS;
  const blocks: Block[] = [];
  // To the end of the campaign, as the product has it: nothing is spared for a day after it.
  for (let day = view.day; day < deadline; day += 1) blocks.push(...roster(day));
  const worked: Block[] = [];
  for (let day = Math.max(0, view.day - 7); day < view.day; day += 1) worked.push(...roster(day));
  return {
    day: view.day,
    deadline,
    station: view.unit.station,
    buildings: buildingsOf(view),
    bookings: view.bookings,
    blocks,
    worked,
    costs: costsOf(scenario),
    rules: rulesOf(scenario, maxTries),
  };
}

const AFTER_DEADLINE_DAYS = 7;
/** Nobody has been tried for so long: beliefs and prices have brought the work to its end. */
const IDLE_DAYS = 7;
/** The share of households to which hours are counted. */
const WANTED = 0.95;

function rulesOf({ labour }: Scenario, maxTries: number): Rules {
  return {
    ...RULES,
    maxTries,
    eveningsPerWeek: labour.eveningsPerWeek,
    weekendDaysPerWeek: labour.weekendDaysPerWeek,
    minutesPerDay: labour.hoursPerDay * 60,
    minutesPerWeek: labour.hoursPerWeek * 60,
  };
}

interface PlannerOptions {
  /** With the truth of this unit: the oracle (dB). */
  readonly oracle?: Unit;
  readonly roster?: Roster;
  readonly maxTries?: number;
  /** Whether it says before the first knock what will come of it. */
  readonly foretells?: boolean;
}

export function planner(
  scenario: Scenario,
  {
    oracle,
    roster = mixedRoster(scenario),
    maxTries = scenario.labour.maxTries,
    foretells = false,
  }: PlannerOptions = {},
): Policy {
  let beliefs: Beliefs | undefined;
  let morning: Morning | undefined;
  let effort = RULES.effort;
  let leftOut: Block | undefined;
  const seenBy = (view: View): Situation => {
    const situation = situationOf(view, roster, maxTries);
    return { ...situation, rules: { ...situation.rules, effort } };
  };
  const faults: string[] = [];
  const foretold: Feasibility[] = [];
  return {
    faults,
    foretold,
    name: oracle === undefined ? "P" : "dB",
    maxTries,
    roster,
    morning(view) {
      let situation = seenBy(view);
      const counts = countsOf(view, maxTries);
      beliefs = beliefsOf(cityRates(counts), situation.buildings, counts, situation.rules);
      if (oracle !== undefined) beliefs = trueRates(beliefs, situation.buildings, oracle);
      if (foretells && view.day === 0) {
        foretold.push(feasibilityOf([{ situation, beliefs }], 0, view.unit.seed));
      }
      // After the deadline neither belief nor price ends the work: whoever is left is tried on and on.
      const isOver = view.day >= scenario.deadlineDays;
      if (isOver && (believedDone(beliefs, situation) || isIdle(view))) {
        effort = maxTries;
        situation = seenBy(view);
      }
      morning = morningOf(situation, beliefs);
      const coverage = carefulCoverage(standingOf(beliefs, situation.buildings));
      const plan = planDay(situation, beliefs, morning);
      faults.push(...faultsOf(situation, coverage, plan).map(({ fault }) => fault));
    },
    begins(view, block) {
      leftOut = undefined;
      if (beliefs === undefined || morning === undefined) return block.from;
      const situation = seenBy(view);
      const begin = beginOf(situation, [], block);
      const walk = composeWalk(situation, beliefs, block, morning.demands, begin);
      const from = setsOutAt(situation, walk, begin);
      if (reasonToSkip(morning, walk, from) !== null) leftOut = block;
      return from;
    },
    walk(view, block, from, now) {
      if (beliefs === undefined || morning === undefined || leftOut === block) return [];
      const stand = { at: from.at, building: from.building?.index ?? null, floor: from.floor };
      const walk = composeWalk(seenBy(view), beliefs, block, morning.demands, { stand, at: now });
      // As on the phone: planned anew when a building is done, for by then doors have opened or not.
      const uninvited = walk.stops.filter(({ reason }) => reason !== "appointment");
      const here = uninvited[0]?.buildingId;
      const until = uninvited.findIndex(({ buildingId }) => buildingId !== here);
      return uninvited
        .slice(0, until === -1 ? undefined : until)
        .map(({ doorId }) => Number(doorId));
    },
    offers(view, flat, earliest) {
      const building = view.unit.buildings[view.unit.buildingOf[flat] ?? 0];
      return offerTimes(situationOf(view, roster, maxTries), building?.id ?? "", earliest);
    },
  };
}
