/**
 * One block's walk: which buildings, which doors, in which order. Buildings are taken by value for
 * the time they take, from where the officer stands; appointments are windows that everything else
 * keeps clear of; doors go up the floors.
 */
import { type Appointment, bookingsIn, roundOf } from "./appointments.ts";
import { bestChance, type Beliefs, chanceOf, laterMinutes, recordKey } from "./beliefs.ts";
import { reachLost } from "./masses.ts";
import { type Begin, beginOf, climbMinutes, moveMinutes, type Stand } from "./moves.ts";
import {
  BAND_OF_SLOT,
  type Block,
  type Costs,
  type Day,
  LATER,
  type Minutes,
  type PlanDoor,
  type Rules,
  type Situation,
  type Slot,
  slotAt,
  type Stop,
  type StopReason,
  triesIn,
  type Tries,
  type Walk,
} from "./terms.ts";

/** What the calendar asks of today's walks. */
export interface Demands {
  /** First tries come before anything else that is uninvited. */
  readonly firstTries: boolean;
  /** Numbers of buildings that are behind, and come before the others. */
  readonly short: ReadonlySet<number>;
  /** Numbers of buildings that are short in the last days: tries there are spared no longer. */
  readonly owed: ReadonlySet<number>;
  /** What spending one of a door's few tries is held to cost: `Course.tryPrice`. */
  readonly tryPrice: Minutes;
  /** Doors without their effort are tried in the evening or at the weekend, whatever is believed. */
  readonly effort: boolean;
  /** `Course.minds`. */
  readonly minds: boolean;
}

/** Minutes beside the knock itself, in a walk of many doors: floors, entering, streets. */
export const AROUND_A_KNOCK: Minutes = 1.2;
/** A building that is behind comes first only where its time isn't much worse than its best. */
const GOOD_ENOUGH = 0.6;

/** Doors of a building with the same record, and what a knock at one of them is worth now. */
interface Offer {
  readonly doors: readonly PlanDoor[];
  readonly chance: number;
  readonly value: number;
  readonly minutes: Minutes;
  readonly reason: StopReason;
}

/** What a unit may knock at today, by building and record. */
export function mayKnock(door: PlanDoor, day: Day, rules: Rules): boolean {
  return (
    door.state === "open" &&
    triesIn(door.tries) < rules.maxTries &&
    (door.lastTried === null || day - door.lastTried >= rules.daysBetweenTries)
  );
}

/**
 * The walk of a block. Where the doors that may be tried don't fill the block, and a later slot of it is
 * better (an evening's second half), the walk begins later: a door tried at six in vain isn't tried again
 * at nine. Where doors are owed their effort none is left out for it.
 */
export function composeWalk(
  situation: Situation,
  beliefs: Beliefs,
  block: Block,
  demands: Demands,
  begin: Begin = beginOf(situation, [], block),
): Walk {
  let best = composeFrom(situation, beliefs, block, demands, begin);
  if (begin.at !== block.from) return best;
  const doors = best.stops.length;
  const missed = roundOf(situation, block, begin).late.size;
  for (const at of laterStarts(situation, best)) {
    if (roundOf(situation, block, { ...begin, at }).late.size > missed) continue;
    const later = composeFrom(situation, beliefs, block, demands, { ...begin, at });
    if (demands.effort && later.stops.length < doors) continue;
    if (later.expectedContacts > best.expectedContacts) best = later;
  }
  return best;
}

/** When a walk could begin instead, to end with its block; none where the block is one slot. */
function laterStarts(situation: Situation, { block, endsAt }: Walk): readonly Minutes[] {
  const { weekday, from, to } = block;
  if (slotAt(weekday, from) === slotAt(weekday, to - 1)) return [];
  const spare = to - endsAt;
  const first = bookingsIn(situation, block)[0]?.from ?? Infinity;
  const starts: Minutes[] = [];
  for (let at = from + spare; at - from >= LATER; at -= LATER) {
    if (at < first) starts.push(Math.min(at, to - LATER));
  }
  return starts;
}

/** When somebody sets out for a walk's first door; at once where that is an appointment. */
export function setsOutAt(
  { buildings, costs }: Pick<Situation, "buildings" | "costs">,
  { block, stops }: Walk,
  { stand, at }: Begin,
): Minutes {
  const first = stops[0];
  if (first === undefined || first.reason === "appointment") return at;
  const b = buildings.findIndex(({ id }) => id === first.buildingId);
  const floor = buildings[b]?.doors.find(({ id }) => id === first.doorId)?.floor ?? 1;
  return Math.max(block.from, first.at - moveMinutes(costs, buildings, stand, b, floor));
}

function composeFrom(
  situation: Situation,
  beliefs: Beliefs,
  block: Block,
  demands: Demands,
  begin: Begin,
): Walk {
  const { buildings, costs } = situation;
  const taken = new Set<string>();
  const stops: Stop[] = [];
  let stand = begin.stand;
  let now = begin.at;
  let contacts = 0;
  const { order: appointments, latest } = roundOf(situation, block, begin);
  const ahead = aheadOf(situation, block);

  const go = (building: number, door: PlanDoor): void => {
    now += moveMinutes(costs, buildings, stand, building, door.floor);
    const at = buildings[building]?.at ?? stand.at;
    stand = { at, building, floor: door.floor };
    taken.add(door.id);
  };
  let kept = 0;
  const keepAppointment = ({ booking, building, door }: Appointment): void => {
    kept += 1;
    go(building, door);
    now = Math.max(now, booking.from);
    stops.push({ buildingId: booking.buildingId, doorId: door.id, at: now, reason: "appointment" });
    now += costs.visit;
    contacts += 1;
  };
  /** Whether a knock here would leave too little time for the next appointment, or one after it. */
  const wouldBeLate = (building: number, floor: number): boolean => {
    const next = appointments[kept];
    if (next === undefined) return false;
    const at = buildings[building]?.at ?? stand.at;
    const back =
      now +
      moveMinutes(costs, buildings, stand, building, floor) +
      costs.longVisit +
      moveMinutes(costs, buildings, { at, building, floor }, next.building, next.door.floor);
    return back > (latest[kept] ?? Infinity);
  };

  for (;;) {
    const slot = slotAt(block.weekday, now);
    const choice = bestBuilding(situation, beliefs, block, slot, demands, stand, now, taken, ahead);
    if (choice === undefined) {
      const next = appointments[kept];
      if (next === undefined) break;
      keepAppointment(next);
      continue;
    }
    let gone = false;
    for (const { door, offer } of choice.doors) {
      if (wouldBeLate(choice.building, door.floor)) {
        keepAppointment(appointments[kept] as Appointment);
        gone = true;
        break;
      }
      const arrive = now + moveMinutes(costs, buildings, stand, choice.building, door.floor);
      if (arrive + costs.failedKnock > block.to) continue;
      go(choice.building, door);
      stops.push({
        buildingId: buildings[choice.building]?.id ?? "",
        doorId: door.id,
        at: now,
        reason: offer.reason,
      });
      now += (1 - offer.chance) * costs.failedKnock + offer.chance * costs.visit;
      contacts += offer.chance;
    }
    if (!gone && choice.doors.every(({ door }) => !taken.has(door.id))) {
      const next = appointments[kept];
      if (next === undefined) break;
      keepAppointment(next);
    }
  }
  return { block, stops, expectedContacts: contacts, endsAt: now };
}

/** What the roster holds in a block and after it. */
interface Ahead {
  readonly here: readonly Slot[];
  /** Of later blocks in which a door that is tried now may not be tried again so soon. */
  readonly displaced: readonly Slot[];
  /** Slots of later days, in which a door may be tried again. */
  readonly slots: readonly Slot[];
  /** Numbers of slots for which a try may be spared: those of later today among them. */
  readonly numbers: ReadonlySet<number>;
}

function aheadOf({ blocks, rules }: Situation, block: Block): Ahead {
  const after = blocks.filter((one) => isAfter(one, block));
  return {
    here: slotsOf([block]),
    displaced: slotsOf(after.filter(({ day }) => day < block.day + rules.daysBetweenTries)),
    slots: slotsOf(after.filter(({ day }) => day > block.day)),
    numbers: new Set(slotsOf(after).map((slot) => SLOT_NUMBER[slot])),
  };
}

export function isAfter(one: Block, block: Block): boolean {
  return one.day > block.day || (one.day === block.day && one.from > block.from);
}

function slotsOf(blocks: readonly Block[]): Slot[] {
  const slots = new Set<Slot>();
  for (const { weekday, from, to } of blocks) {
    for (let at = from; at < to; at += 30) slots.add(slotAt(weekday, at));
  }
  return [...slots];
}

interface Choice {
  readonly building: number;
  readonly doors: readonly { readonly door: PlanDoor; readonly offer: Offer }[];
}

function bestBuilding(
  situation: Situation,
  beliefs: Beliefs,
  block: Block,
  slot: Slot,
  demands: Demands,
  stand: Stand,
  now: Minutes,
  taken: ReadonlySet<string>,
  ahead: Ahead,
): Choice | undefined {
  const { buildings, costs } = situation;
  let best: Choice | undefined;
  let highest = 0;
  let bestRank = -1;
  for (let b = 0; b < buildings.length; b += 1) {
    const building = buildings[b];
    if (building === undefined) continue;
    const isShort = demands.short.has(b) && isGoodEnough(beliefs, b, slot, ahead);
    const offers = offersAt(situation, beliefs, b, slot, block, isShort, demands, taken, ahead);
    if (offers.length === 0) continue;
    const firsts = demands.firstTries ? offers.filter(({ reason }) => reason === "first_try") : [];
    const rank = firsts.length > 0 ? 2 : isShort ? 1 : 0;
    if (rank < bestRank) continue;
    const usable = firsts.length > 0 ? firsts : offers;
    const reachMinutes = moveMinutes(costs, buildings, stand, b, lowestFloor(usable));
    const left = block.to - now;
    if (reachMinutes + costs.failedKnock > left) continue;
    // Of the records with the highest value, as many as make the whole best for the time it takes.
    let ratio = 0;
    let chosen = 0;
    let value = 0;
    let minutes = 0;
    const floors = new Set<number>();
    for (let i = 0; i < usable.length; i += 1) {
      const offer = usable[i] as Offer;
      value += offer.value * offer.doors.length;
      minutes += offer.minutes * offer.doors.length;
      for (const door of offer.doors) floors.add(door.floor);
      const there = reachMinutes + withinMinutes(costs, building.lift, floors);
      const whole = there + minutes;
      // What doesn't fit into the block any more brings nothing, but the way there is gone all the same.
      const share = whole <= left ? 1 : Math.max(0, left - there) / minutes;
      const by = (value * share) / Math.min(whole, left);
      if (i === 0 || by > ratio) {
        ratio = by;
        chosen = i + 1;
      }
    }
    if (rank > bestRank || ratio > highest) {
      bestRank = rank;
      highest = ratio;
      best = {
        building: b,
        doors: usable
          .slice(0, chosen)
          .flatMap((offer) => offer.doors.map((door) => ({ door, offer })))
          .toSorted((x, y) => x.door.floor - y.door.floor),
      };
    }
  }
  return best;
}

function lowestFloor(offers: readonly Offer[]): number {
  let lowest = Infinity;
  for (const { doors } of offers) for (const { floor } of doors) lowest = Math.min(lowest, floor);
  return lowest;
}

/** From the first of some floors to the last, and out again. */
function withinMinutes(costs: Costs, lift: boolean, floors: ReadonlySet<number>): Minutes {
  const highest = Math.max(...floors);
  const between = lift
    ? (floors.size - 1) * costs.lift
    : climbMinutes(costs, false, highest - Math.min(...floors));
  return between + climbMinutes(costs, lift, highest - 1);
}

function isGoodEnough({ rates }: Beliefs, building: number, slot: Slot, ahead: Ahead): boolean {
  const of = rates[building] ?? [];
  const rateIn = (one: Slot): number => of[SLOT_NUMBER[one]] ?? 0;
  return rateIn(slot) >= GOOD_ENOUGH * Math.max(0, ...ahead.slots.map(rateIn));
}

function offersAt(
  situation: Situation,
  beliefs: Beliefs,
  b: number,
  slot: Slot,
  block: Block,
  isShort: boolean,
  { tryPrice, owed, minds, effort, firstTries }: Demands,
  taken: ReadonlySet<string>,
  ahead: Ahead,
): Offer[] {
  const { buildings, costs, rules } = situation;
  const byRecord = new Map<number, PlanDoor[]>();
  for (const door of buildings[b]?.doors ?? []) {
    if (!mayKnock(door, block.day, rules) || taken.has(door.id)) continue;
    const key = recordKey(door.tries);
    const doors = byRecord.get(key);
    if (doors === undefined) byRecord.set(key, [door]);
    else doors.push(door);
  }
  const band = BAND_OF_SLOT[slot];
  const perKnock = costs.failedKnock + AROUND_A_KNOCK;
  // What is owed is tried in the best block of those that a try takes the place of.
  const isOwed = (tries: Tries): boolean =>
    owed.has(b) &&
    bestChance(beliefs, b, tries, ahead.here) >= bestChance(beliefs, b, tries, ahead.displaced);
  const lostBy = (tries: Tries): number =>
    tryPrice === 0 || isOwed(tries)
      ? 0
      : reachLost(beliefs.city.classes, tries, SLOT_NUMBER[slot], rules.maxTries, ahead.numbers);
  return [...byRecord.values()]
    .map((doors): Offer => {
      const tries = (doors[0] as PlanDoor).tries;
      const chance = chanceOf(beliefs, b, slot, tries);
      const later = minds ? laterMinutes(beliefs, b, band, tries, ahead.slots, perKnock) : 0;
      return {
        doors,
        chance,
        value: chance * (later + costs.visit) - tryPrice * lostBy(tries),
        minutes: costs.failedKnock + chance * (costs.visit - costs.failedKnock),
        reason: triesIn(tries) === 0 ? "first_try" : isShort ? "short_building" : "likely",
      };
    })
    .filter(
      ({ value, doors, reason }) =>
        value > 0 ||
        // What is due or owed is so, whatever a try is held to be worth.
        isOwed((doors[0] as PlanDoor).tries) ||
        (firstTries && reason === "first_try") ||
        (effort && band !== "daytime" && triesIn((doors[0] as PlanDoor).tries) < rules.effort),
    )
    .toSorted((x, y) => y.value / y.minutes - x.value / x.minutes);
}

const SLOT_NUMBER: Readonly<Record<Slot, number>> = {
  morning: 0,
  afternoon: 1,
  early_evening: 2,
  late_evening: 3,
  saturday: 4,
  sunday: 5,
};
