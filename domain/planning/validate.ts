/** Checks a plan against every hard rule, knowing nothing of how it was made. */
import type { Id } from "../shared/id.ts";
import { bookingsIn, roundOf } from "./appointments.ts";
import { LABOUR_FAULTS, labourFault } from "./labour.ts";
import { beginOf, moveMinutes, type Stand } from "./moves.ts";
import { type AllHands, allHandsOf, isDaytime, mustWork } from "./plan.ts";
import {
  type Block,
  type DayPlan,
  type PlanDoor,
  type Situation,
  type Stop,
  triesIn,
  type Walk,
} from "./terms.ts";
import { isAfter, mayKnock } from "./walk.ts";

export const PLAN_FAULTS = [
  ...LABOUR_FAULTS,
  "not-on-roster",
  "block-forgotten",
  "door-elsewhere",
  "door-not-open",
  "door-twice",
  "too-many-tries",
  "too-soon-again",
  "outside-block",
  "not-in-order",
  "appointment-missed",
  "appointment-unknown",
  "first-try-due",
  "building-short",
  "effort-missing",
] as const;
export type PlanFault = (typeof PLAN_FAULTS)[number];

export interface Fault {
  readonly fault: PlanFault;
  readonly block?: Block;
  readonly doorId?: Id;
}

interface Found {
  readonly door: PlanDoor;
  readonly building: number;
}

/**
 * What a plan breaks; empty for a good one.
 *
 * `coverage`: of each building, the believed share of its households that has been met. `settled`: what
 * people settled themselves; an appointment made since may be missed there, if the plan says so.
 */
export function faultsOf(
  situation: Situation,
  coverage: readonly number[],
  plan: DayPlan,
  settled: readonly Block[] = [],
): readonly Fault[] {
  const doors = new Map<Id, Found>();
  situation.buildings.forEach((building, b) => {
    for (const door of building.doors) doors.set(door.id, { door, building: b });
  });
  const faults: Fault[] = [...rosterFaults(situation, plan)];
  const inPlan = new Set<Id>();
  for (const walk of plan.walks) {
    for (const { doorId } of walk.stops) {
      if (inPlan.has(doorId)) faults.push({ fault: "door-twice", block: walk.block, doorId });
      inPlan.add(doorId);
    }
  }
  for (const walk of plan.walks) {
    faults.push(
      ...walk.stops.flatMap((stop) => stopFaults(situation, doors, walk, stop)),
      ...orderFaults(walk),
      ...appointmentFaults(situation, plan, walk),
      ...firstTryFaults(situation, doors, inPlan, walk),
    );
  }
  faults.push(
    ...skipFaults(situation, coverage, inPlan, plan),
    ...needlessConflicts(situation, plan, settled),
  );
  return faults;
}

function rosterFaults({ blocks, day, rules, worked }: Situation, plan: DayPlan): Fault[] {
  const today = blocks.filter((block) => block.day === day);
  const dealtWith = [...plan.walks, ...plan.skipped].map(({ block }) => block);
  const faults: Fault[] = [];
  for (const block of dealtWith) {
    if (!today.some((one) => one.from === block.from && one.to === block.to)) {
      faults.push({ fault: "not-on-roster", block });
    }
  }
  for (const block of today) {
    if (!dealtWith.some(({ from, to }) => from === block.from && to === block.to)) {
      faults.push({ fault: "block-forgotten", block });
    }
  }
  const soFar = [...worked];
  for (const { block } of plan.walks) {
    const fault = labourFault(rules, soFar, block);
    if (fault !== null) faults.push({ fault, block });
    soFar.push(block);
  }
  return faults;
}

function stopFaults(
  { day, rules }: Situation,
  doors: ReadonlyMap<Id, Found>,
  { block }: Walk,
  { doorId, reason, at }: Stop,
): Fault[] {
  const door = doors.get(doorId)?.door;
  const no = (fault: PlanFault): Fault => ({ fault, block, doorId });
  if (door === undefined) return [no("door-elsewhere")];
  const faults: Fault[] = [];
  if (reason !== "appointment") {
    if (door.state !== "open") faults.push(no("door-not-open"));
    if (triesIn(door.tries) >= rules.maxTries) faults.push(no("too-many-tries"));
    if (door.lastTried !== null && day - door.lastTried < rules.daysBetweenTries) {
      faults.push(no("too-soon-again"));
    }
    if (at < block.from || at > block.to) faults.push(no("outside-block"));
  } else if (door.state !== "booked" && door.state !== "open") faults.push(no("door-not-open"));
  return faults;
}

function orderFaults({ stops, block }: Walk): Fault[] {
  return stops.some((stop, i) => i > 0 && stop.at < (stops[i - 1]?.at ?? 0))
    ? [{ fault: "not-in-order", block }]
    : [];
}

function appointmentFaults(situation: Situation, plan: DayPlan, { block, stops }: Walk): Fault[] {
  const booked = bookingsIn(situation, block);
  const missed = booked.filter(
    ({ doorId, from, to }) =>
      !stops.some((stop) => stop.doorId === doorId && stop.at >= from && stop.at <= to) &&
      !plan.conflicts.some((conflict) => conflict.doorId === doorId),
  );
  const unknown = stops.filter(
    ({ reason, doorId }) =>
      reason === "appointment" && !booked.some((booking) => booking.doorId === doorId),
  );
  return [
    ...missed.map(({ doorId }): Fault => ({ fault: "appointment-missed", block, doorId })),
    ...unknown.map(({ doorId }): Fault => ({ fault: "appointment-unknown", block, doorId })),
  ];
}

/**
 * After the tenth day nobody is tried again while a door that was never tried, and isn't in the plan,
 * could have been reached instead.
 */
function firstTryFaults(
  { day, rules, buildings, costs, station }: Situation,
  doors: ReadonlyMap<Id, Found>,
  inPlan: ReadonlySet<Id>,
  { block, stops }: Walk,
): Fault[] {
  if (day < rules.firstTryBy) return [];
  const left = [...doors.values()].filter(
    ({ door }) =>
      door.state === "open" &&
      door.lastTried === null &&
      triesIn(door.tries) === 0 &&
      !inPlan.has(door.id),
  );
  if (left.length === 0) return [];
  let stand: Stand = { at: station, building: null, floor: 0 };
  let freeAt = block.from;
  for (const { doorId, reason, at } of stops) {
    const found = doors.get(doorId);
    if (found === undefined) continue;
    const { door, building } = found;
    const isAgain = reason === "likely" || reason === "short_building";
    if (isAgain) {
      // When he sets out for it, by the plan's own times: a knock before may have opened a door.
      const leaves = Math.max(
        freeAt,
        at - moveMinutes(costs, buildings, stand, building, door.floor),
      );
      const could = left.find(
        (other) =>
          leaves +
            moveMinutes(costs, buildings, stand, other.building, other.door.floor) +
            costs.failedKnock <=
          block.to,
      );
      if (could !== undefined) return [{ fault: "first-try-due", block, doorId: could.door.id }];
    }
    stand = { at: buildings[building]?.at ?? station, building, floor: door.floor };
    freeAt = at + (reason === "appointment" ? costs.visit : costs.failedKnock);
  }
  return [];
}

/** What may not be left out: a block with an appointment; in the last days, what is still owed. */
function skipFaults(
  situation: Situation,
  coverage: readonly number[],
  inPlan: ReadonlySet<Id>,
  plan: DayPlan,
): Fault[] {
  const { skipped, conflicts } = plan;
  const allHands = allHandsOf(situation, coverage);
  return skipped.flatMap(({ block, reason }): Fault[] => {
    const kept = bookingsIn(situation, block).filter(
      ({ doorId }) => !conflicts.some((conflict) => conflict.doorId === doorId),
    );
    const missed: Fault[] = kept.length > 0 ? [{ fault: "appointment-missed", block }] : [];
    if (isForbidden(situation, plan, block) || !mustWork(allHands, block)) return missed;
    if (reason === "nothing_open" && !isOwed(situation, allHands, inPlan, block)) return missed;
    const owed = allHands.short.size > 0 ? "building-short" : "effort-missing";
    return [...missed, { fault: owed, block }];
  });
}

/** Whether a rule on hours, rest or crew forbids a block beside what is worked; that it says so is no proof. */
function isForbidden({ rules, worked }: Situation, { walks }: DayPlan, block: Block): boolean {
  return labourFault(rules, [...worked, ...walks.map((walk) => walk.block)], block) !== null;
}

/** Appointments that the plan gives up, and that would be kept if nothing else were done in their block. */
function needlessConflicts(
  situation: Situation,
  plan: DayPlan,
  settled: readonly Block[],
): Fault[] {
  const { blocks, day } = situation;
  return blocks.flatMap((block): Fault[] => {
    if (
      block.day !== day ||
      settled.some((one) => one.from === block.from && one.to === block.to)
    ) {
      return [];
    }
    const isWalked = plan.walks.some((walk) => walk.block.from === block.from);
    if (!isWalked && isForbidden(situation, plan, block)) return [];
    const { order, late } = roundOf(situation, block, beginOf(situation, plan.walks, block));
    return order.flatMap(({ booking }): Fault[] =>
      !late.has(booking) && plan.conflicts.some(({ doorId }) => doorId === booking.doorId)
        ? [{ fault: "appointment-missed", block, doorId: booking.doorId }]
        : [],
    );
  });
}

/**
 * Whether a block is said to have nothing in it, and a door that is owed a try could be reached: one
 * that waits for a better block as long as a try now would take that block's place.
 */
function isOwed(
  { blocks, buildings, costs, day, rules, station }: Situation,
  { short, effort }: AllHands,
  inPlan: ReadonlySet<Id>,
  block: Block,
): boolean {
  if (blocks.some((one) => isAfter(one, block) && one.day < day + rules.daysBetweenTries)) {
    return false;
  }
  const stand: Stand = { at: station, building: null, floor: 0 };
  return buildings.some(({ doors }, b) =>
    doors.some(
      (door) =>
        (short.has(b) || (effort && !isDaytime(block) && triesIn(door.tries) < rules.effort)) &&
        mayKnock(door, day, rules) &&
        !inPlan.has(door.id) &&
        block.from + moveMinutes(costs, buildings, stand, b, door.floor) + costs.failedKnock <=
          block.to,
    ),
  );
}
