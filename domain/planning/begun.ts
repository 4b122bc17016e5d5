/** A day that is planned anew while it runs: whatever has begun by then is no longer anybody's to plan. */
import {
  type Block,
  type Booking,
  type Minutes,
  type Situation,
  type Stop,
  type Walk,
} from "./terms.ts";
import { bookingsIn } from "./appointments.ts";

/** What of the day has begun by a minute of it. */
export interface Begun {
  readonly at: Minutes;
  /** Walks that are over or under way. */
  readonly walks: readonly Pick<Walk, "block" | "stops" | "endsAt">[];
  /** Hours in which somebody said that nobody goes. */
  readonly refused: readonly Block[];
}

export const NOTHING_BEGUN: Begun = { at: -1, walks: [], refused: [] };

/** Minutes to which the rest of a block is rounded up: so long it takes to set out. */
const SET_OUT: Minutes = 5;

function overlaps(a: Block, b: Block): boolean {
  return a.day === b.day && a.from < b.to && b.from < a.to;
}

/**
 * The situation for what is left of the day. Of a block that nobody goes yet the rest; doors of a walk
 * under way are its own until it is over, then those that it didn't get to are free again.
 */
export function afterBegun(situation: Situation, { at, walks, refused }: Begun): Situation {
  const { day } = situation;
  const taken = [...walks.map(({ block }) => block), ...refused];
  const underWay = walks.filter(({ block }) => block.to > at);
  const own = new Set(underWay.flatMap(({ stops }) => stops.map(({ doorId }) => doorId)));
  const now = Math.ceil(at / SET_OUT) * SET_OUT;
  return {
    ...situation,
    blocks: situation.blocks.flatMap((block) => {
      if (block.day !== day || block.from > at) return [block];
      if (block.to <= now || taken.some((one) => overlaps(one, block))) return [];
      return [{ ...block, from: now }];
    }),
    worked: [...situation.worked, ...walks.map(({ block }) => block)],
    bookings: situation.bookings.filter(
      ({ day: on, doorId, from }) =>
        on !== day ||
        !(own.has(doorId) || underWay.some(({ block }) => from >= block.from && from < block.to)),
    ),
    buildings: situation.buildings.map((building) => ({
      ...building,
      doors: building.doors.map((door) => (own.has(door.id) ? { ...door, lastTried: day } : door)),
    })),
  };
}

/** Appointments of a walk's block that it reaches too late, or that were made after it was settled. */
export function missedIn(
  situation: Situation,
  { block, stops }: { readonly block: Block; readonly stops: readonly Stop[] },
): Booking[] {
  return bookingsIn(situation, block).filter(
    ({ doorId, from, to }) =>
      !stops.some((stop) => stop.doorId === doorId && stop.at >= from && stop.at <= to),
  );
}
