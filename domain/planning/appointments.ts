/** Which appointments of a block can be kept, in which order, and how late each may be come to. */
import { type Begin, moveMinutes, type Stand } from "./moves.ts";
import type { Block, Booking, Minutes, PlanDoor, Situation } from "./terms.ts";

/** A margin before an appointment's window ends. */
const MARGIN: Minutes = 2;

export interface Appointment {
  readonly booking: Booking;
  readonly building: number;
  readonly door: PlanDoor;
}

interface Round {
  /** All of a block, in the order in which they are come to. */
  readonly order: readonly Appointment[];
  /** When somebody has to be at each of them at the latest, so that it and all after it are kept. */
  readonly latest: readonly Minutes[];
  /** Those that are come to too late, whatever else is left out: somebody has to move them. */
  readonly late: ReadonlySet<Booking>;
}

/** Appointments of a block in the order of their windows; a door met or closed meanwhile has none any more. */
export function bookingsIn(
  { bookings, buildings }: Pick<Situation, "bookings" | "buildings">,
  { day, from, to }: Block,
): Booking[] {
  return bookings
    .filter((booking) => booking.day === day && booking.from >= from && booking.from < to)
    .filter(({ buildingId, doorId }) => {
      const building = buildings.find(({ id }) => id === buildingId);
      const door = building?.doors.find(({ id }) => id === doorId);
      return door?.state !== "met" && door?.state !== "closed";
    })
    .toSorted((a, b) => a.from - b.from);
}

/**
 * A block's appointments when nothing else is done: one after the other by their windows. Who can't be
 * come to in time is come to late, when that makes nobody else wait, or after all others.
 */
export function roundOf(
  situation: Pick<Situation, "bookings" | "buildings" | "costs">,
  block: Block,
  begin: Begin,
): Round {
  const known = bookingsIn(situation, block).flatMap((booking): Appointment[] => {
    const building = situation.buildings.findIndex(({ id }) => id === booking.buildingId);
    const door = situation.buildings[building]?.doors.find(({ id }) => id === booking.doorId);
    return door === undefined ? [] : [{ booking, building, door }];
  });
  let order: Appointment[] = [];
  const late: Appointment[] = [];
  for (const one of known) {
    if (isKept(situation, [...order, one], begin)) order.push(one);
    else late.push(one);
  }
  const missed = new Set(late.map(({ booking }) => booking));
  for (const one of late) {
    if (one.booking.to < begin.at) continue;
    const at = order.findIndex(({ booking }) => booking.from > one.booking.from);
    const between = at < 0 ? [...order, one] : order.toSpliced(at, 0, one);
    order = isKept(situation, between, begin, missed) ? between : [...order, one];
  }
  return { order, latest: latestOf(situation, order, missed), late: missed };
}

/** Whether each of them is come to in its window, but for those that aren't any way. */
function isKept(
  { buildings, costs }: Pick<Situation, "buildings" | "costs">,
  order: readonly Appointment[],
  { stand, at }: Begin,
  missed: ReadonlySet<Booking> = new Set(),
): boolean {
  let from: Stand = stand;
  let now = at;
  for (const { booking, building, door } of order) {
    now += moveMinutes(costs, buildings, from, building, door.floor);
    if (now > booking.to && !missed.has(booking)) return false;
    now = Math.max(now, booking.from) + costs.visit;
    from = standAt(buildings, building, door);
  }
  return true;
}

function latestOf(
  { buildings, costs }: Pick<Situation, "buildings" | "costs">,
  order: readonly Appointment[],
  missed: ReadonlySet<Booking>,
): Minutes[] {
  const latest: Minutes[] = [];
  for (let i = order.length - 1; i >= 0; i -= 1) {
    const { booking, building, door } = order[i] as Appointment;
    const own = missed.has(booking) ? Infinity : booking.to - MARGIN;
    const next = order[i + 1];
    const way =
      next === undefined
        ? 0
        : moveMinutes(
            costs,
            buildings,
            standAt(buildings, building, door),
            next.building,
            next.door.floor,
          );
    latest.unshift(Math.min(own, (latest[0] ?? Infinity) - way - costs.visit));
  }
  return latest;
}

function standAt(buildings: Situation["buildings"], building: number, door: PlanDoor): Stand {
  return { at: buildings[building]?.at ?? { x: 0, y: 0 }, building, floor: door.floor };
}
