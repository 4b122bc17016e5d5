/** One team's day from its counts: planned, checked against every rule, and each choice with its reason. */
import type { Id } from "../shared/id.ts";
import { afterBegun, NOTHING_BEGUN } from "./begun.ts";
import { type Beliefs, beliefsOf, carefulCoverage, standingOf } from "./beliefs.ts";
import { inOrder, isSame, planAround, type Settled } from "./change.ts";
import { morningOf } from "./plan.ts";
import type { CityRates } from "./rates.ts";
import { type ShownRate, shownRate } from "./shown.ts";
import {
  type Block,
  type Booking,
  type BuildingCounts,
  type DayPlan,
  type Minutes,
  type Situation,
  type Slot,
  slotAt,
  type StopReason,
  triesIn,
  type Walk,
} from "./terms.ts";
import { type Fault, faultsOf, type PlanFault } from "./validate.ts";
import type { Demands } from "./walk.ts";

export interface Unit {
  readonly situation: Situation;
  readonly counts: readonly BuildingCounts[];
}

/** What somebody settled that would break a rule by now, and which. */
export interface Unkept {
  readonly block: Block;
  readonly faults: readonly PlanFault[];
}

export interface UnitPlan {
  readonly plan: DayPlan;
  /** Empty, or the plan holds nothing: no plan that breaks a rule is given out. */
  readonly faults: readonly Fault[];
  readonly unkept: readonly Unkept[];
  readonly demands: Demands;
  readonly beliefs: Beliefs;
}

export function planUnit(
  city: CityRates,
  { situation: whole, counts }: Unit,
  settled: Settled,
): UnitPlan {
  const situation = afterBegun(whole, settled.begun ?? NOTHING_BEGUN);
  const beliefs = beliefsOf(city, situation.buildings, counts, situation.rules);
  const coverage = carefulCoverage(standingOf(beliefs, situation.buildings));
  const morning = morningOf(situation, beliefs);
  const planned = (by: Settled): { plan: DayPlan; faults: readonly Fault[] } => {
    const plan = planAround(situation, beliefs, by, morning);
    return { plan, faults: faultsOf(situation, coverage, plan, blocksOf(by)) };
  };
  const kept: Walk[] = [];
  for (const walk of settled.kept.toSorted((a, b) => a.block.from - b.block.from)) {
    kept.push(stillOpen(situation, beliefs, walk, kept));
  }
  let held: Settled = { ...settled, kept };
  let { plan, faults } = planned(held);
  const unkept: Unkept[] = [];
  // What was settled yesterday may break a rule today: then the rule holds, and somebody is told.
  while (faults.length > 0 && blocksOf(held).length > 0) {
    const broken = brokenBy(held, faults);
    unkept.push(...broken);
    held = without(held, broken);
    ({ plan, faults } = planned(held));
  }
  // A plan that breaks a rule isn't given out: nobody can walk it by mistake.
  const sound = faults.length === 0 ? plan : { ...NOTHING_PLANNED, day: situation.day };
  return { plan: sound, faults, unkept, demands: morning.demands, beliefs };
}

const NOTHING_PLANNED = { walks: [], skipped: [], conflicts: [] };

function blocksOf({ kept, refused }: Settled): readonly Block[] {
  return [...kept.map(({ block }) => block), ...refused];
}

/** What of the settled breaks the rules: where they say so, or all of it. */
function brokenBy(held: Settled, faults: readonly Fault[]): readonly Unkept[] {
  const all = blocksOf(held).map((block): Unkept => {
    const own = faults.filter((fault) => fault.block !== undefined && isSame(fault.block, block));
    return { block, faults: distinct(own) };
  });
  const broken = all.filter((one) => one.faults.length > 0);
  return broken.length > 0 ? broken : all.map(({ block }) => ({ block, faults: distinct(faults) }));
}

function distinct(faults: readonly Fault[]): readonly PlanFault[] {
  return [...new Set(faults.map(({ fault }) => fault))];
}

function without({ kept, refused, ...held }: Settled, broken: readonly Unkept[]): Settled {
  const stays = (block: Block): boolean => !broken.some((one) => isSame(one.block, block));
  return {
    ...held,
    kept: kept.filter(({ block }) => stays(block)),
    refused: refused.filter(stays),
  };
}

/** A walk settled earlier, without the doors that were met or closed since. */
function stillOpen(
  situation: Situation,
  beliefs: Beliefs,
  walk: Walk,
  earlier: readonly Walk[],
): Walk {
  const { rules, day } = situation;
  const doors = new Map(
    situation.buildings.flatMap(({ doors: of }) => of.map((door) => [door.id, door] as const)),
  );
  const stops = walk.stops.filter(({ doorId, reason }) => {
    const door = doors.get(doorId);
    if (door === undefined) return false;
    if (reason === "appointment") return door.state === "booked";
    const rested = door.lastTried === null || day - door.lastTried >= rules.daysBetweenTries;
    return door.state === "open" && rested && triesIn(door.tries) < rules.maxTries;
  });
  return stops.length === walk.stops.length
    ? walk
    : inOrder(situation, beliefs, walk, stops, earlier);
}

/** Why a walk goes to a building when it does. */
export interface Choice {
  readonly buildingId: Id;
  readonly at: Minutes;
  readonly doors: number;
  /** For most of its doors. */
  readonly reason: StopReason;
  readonly slot: Slot;
  /** How often somebody answers in this slot: of the building, or of its premises type. */
  readonly level: ShownRate["level"];
  readonly percent: number;
  /** When a resident expects somebody; null where nobody does. */
  readonly window: { readonly from: Minutes; readonly to: Minutes } | null;
}

/** Why a walk goes where it goes: door after door in one building is one choice, an appointment its own. */
export function choicesOf(
  city: CityRates,
  counts: readonly BuildingCounts[],
  { block, stops }: Walk,
  bookings: readonly Booking[],
): Choice[] {
  const runs: (typeof stops)[number][][] = [];
  for (const stop of stops) {
    const run = runs.at(-1);
    const [first] = run ?? [];
    const isBooked = [first, stop].some((one) => one?.reason === "appointment");
    if (run !== undefined && first?.buildingId === stop.buildingId && !isBooked) run.push(stop);
    else runs.push([stop]);
  }
  return runs.map((run): Choice => {
    const [first] = run as [(typeof stops)[number]];
    const slot = slotAt(block.weekday, first.at);
    const of = counts.find(({ buildingId }) => buildingId === first.buildingId);
    const known = of ?? { buildingId: first.buildingId, premises: "", knocks: [], waiting: [] };
    const { level, rate } = shownRate(city, known, slot);
    const booking =
      first.reason === "appointment"
        ? bookings.find(({ doorId, day }) => doorId === first.doorId && day === block.day)
        : undefined;
    const reasons = [...Map.groupBy(run, ({ reason }) => reason)];
    return {
      buildingId: first.buildingId,
      at: first.at,
      doors: run.length,
      reason: reasons.reduce((most, one) => (one[1].length > most[1].length ? one : most))[0],
      slot,
      level,
      percent: Math.round(rate * 100),
      window: booking === undefined ? null : { from: booking.from, to: booking.to },
    };
  });
}
