/**
 * Times to offer a resident who asks for an appointment: first those when an officer is near anyway,
 * beside an appointment in the same building or near it, or a walk that passes by; then a choice over
 * day, evening and weekend. Only times that leave room
 * to be kept: the walk between two appointments and a long visit fit between them.
 */
import { type Band, BANDS } from "../visits/terms.ts";
import { moveMinutes } from "./moves.ts";
import {
  BAND_OF_SLOT,
  type Booking,
  type Day,
  type Minutes,
  type Situation,
  slotAt,
} from "./terms.ts";

export interface OfferedTime {
  readonly day: Day;
  readonly from: Minutes;
}

const STEP: Minutes = 15;
const DAYS_AHEAD = 10;
/** Offers beside other appointments, and offers of each band beside them. */
const NEAR_OFFERS = 6;
const BAND_OFFERS = 4;
/** A walk that is no detour. */
const NEAR_MINUTES: Minutes = 6;
const BESIDE_MINUTES: Minutes = 60;

/** A walk that is planned to come to a building. */
export interface Passing {
  readonly buildingId: string;
  readonly day: Day;
  readonly at: Minutes;
}

export function offerTimes(
  situation: Situation,
  buildingId: string,
  earliest: Day,
  passing: readonly Passing[] = [],
): readonly OfferedTime[] {
  const { buildings, blocks, bookings, costs, station } = situation;
  const b = buildings.findIndex(({ id }) => id === buildingId);
  if (b < 0) return [];
  const stand = { at: station, building: null, floor: 0 };
  const top = (of: number): number =>
    Math.max(1, ...(buildings[of]?.doors.map(({ floor }) => floor) ?? []));
  const fromStation = moveMinutes(costs, buildings, stand, b, top(b));
  /** Walking between two buildings, from top to top: the longest it takes. */
  const between = ({ buildingId: other }: Pick<Booking, "buildingId">): Minutes => {
    const to = buildings.findIndex(({ id }) => id === other);
    const at = buildings[b]?.at ?? station;
    if (to === b) return moveMinutes(costs, buildings, { at, building: b, floor: top(b) }, b, 1);
    return moveMinutes(costs, buildings, { at, building: b, floor: top(b) }, to, top(to));
  };
  const near: OfferedTime[] = [];
  const spread: Record<Band, OfferedTime[]> = { daytime: [], evening: [], weekend: [] };
  for (const block of blocks) {
    if (block.day < earliest || block.day >= earliest + DAYS_AHEAD) continue;
    const others = bookings
      .filter(({ day, from }) => day === block.day && from >= block.from && from < block.to)
      .map((booking) => ({ booking, walk: between(booking) }));
    const passed = passing
      .filter(({ day, at }) => day === block.day && at >= block.from && at < block.to)
      .filter((one) => between(one) <= NEAR_MINUTES);
    const first = block.from + Math.ceil(fromStation / STEP) * STEP;
    for (let from = first; from + costs.longVisit <= block.to; from += STEP) {
      const gap = (booking: Booking): Minutes => Math.abs(booking.from - from);
      if (others.some(({ booking, walk }) => gap(booking) < costs.longVisit + walk)) continue;
      const offer = { day: block.day, from };
      const isNear =
        others.some(
          ({ booking, walk }) => walk <= NEAR_MINUTES && gap(booking) <= BESIDE_MINUTES,
        ) || passed.some(({ at }) => Math.abs(at - from) <= BESIDE_MINUTES);
      (isNear ? near : spread[BAND_OF_SLOT[slotAt(block.weekday, from)]]).push(offer);
    }
  }
  return [
    ...evenly(near, NEAR_OFFERS),
    ...BANDS.flatMap((band) => evenly(spread[band], BAND_OFFERS)),
  ];
}

/** So many of a list, from its beginning to its end. */
function evenly<T>(list: readonly T[], count: number): T[] {
  if (list.length <= count) return [...list];
  return Array.from({ length: count }, (_, i) => list[Math.floor((i * list.length) / count)] as T);
}
