/** What people change in a plan: walks that stay as they are, blocks that nobody goes, another order. */
import { type Begun, missedIn, NOTHING_BEGUN } from "./begun.ts";
import { type Beliefs, chanceOf } from "./beliefs.ts";
import { beginOf, moveMinutes } from "./moves.ts";
import { type Morning, planDay } from "./plan.ts";
import {
  type Block,
  type DayPlan,
  LATER,
  type Situation,
  slotAt,
  type Stop,
  UNTRIED,
  type Walk,
} from "./terms.ts";
import { setsOutAt } from "./walk.ts";

/** What of a day is settled by hand. */
export interface Settled {
  readonly kept: readonly Walk[];
  readonly refused: readonly Block[];
  /** Of a day that runs. */
  readonly begun?: Begun;
}

export const NOTHING_SETTLED: Settled = { kept: [], refused: [] };

export function isSame(a: Block, b: Block): boolean {
  return a.day === b.day && a.from === b.from && a.to === b.to;
}

/** The day planned around what is settled: nothing of that changes, and its doors are in no other walk. */
export function planAround(
  situation: Situation,
  beliefs: Beliefs,
  { kept, refused, begun = NOTHING_BEGUN }: Settled,
  morning: Morning,
): DayPlan {
  const taken = new Set(kept.flatMap(({ stops }) => stops.map(({ doorId }) => doorId)));
  const settled = [...kept.map(({ block }) => block), ...refused];
  const plan = planDay(
    {
      ...situation,
      blocks: situation.blocks.filter((block) => !settled.some((one) => isSame(one, block))),
      worked: [...situation.worked, ...kept.map(({ block }) => block)],
      bookings: situation.bookings.filter(({ doorId }) => !taken.has(doorId)),
      buildings: situation.buildings.map((building) => ({
        ...building,
        doors: building.doors.map((door) =>
          taken.has(door.id) ? { ...door, lastTried: situation.day } : door,
        ),
      })),
    },
    beliefs,
    morning,
    [...begun.walks, ...kept],
  );
  return {
    ...plan,
    walks: [...kept, ...plan.walks].toSorted((a, b) => a.block.from - b.block.from),
    skipped: [...plan.skipped, ...refused.map((block) => ({ block, reason: "refused" as const }))],
    conflicts: [
      ...plan.conflicts,
      // An appointment in a walk that was settled before it was made.
      ...kept.flatMap((walk) => missedIn(situation, walk)),
    ],
  };
}

/**
 * A walk's stops in another order, with the times that follow from it. What comes too late shows then.
 *
 * `earlier`: other walks of the day, for one of them may end where this one begins.
 */
export function inOrder(
  situation: Situation,
  beliefs: Beliefs,
  walk: Walk,
  stops: readonly Stop[],
  earlier: readonly Walk[] = [],
): Walk {
  const { block, expectedContacts } = walk;
  const { buildings, costs, bookings } = situation;
  const begin = beginOf(situation, earlier, block);
  let { stand } = begin;
  // A walk that was put into the later hours of its block stays there.
  const setsOut = setsOutAt(situation, walk, begin);
  let now = setsOut - begin.at < LATER ? begin.at : setsOut;
  const timed = stops.map((stop): Stop => {
    const b = buildings.findIndex(({ id }) => id === stop.buildingId);
    const door = buildings[b]?.doors.find(({ id }) => id === stop.doorId);
    const floor = door?.floor ?? 1;
    now += moveMinutes(costs, buildings, stand, b, floor);
    stand = { at: buildings[b]?.at ?? stand.at, building: b, floor };
    const booking = bookings.find(
      ({ doorId, day }) => doorId === stop.doorId && day === situation.day,
    );
    if (stop.reason === "appointment" && booking !== undefined) now = Math.max(now, booking.from);
    const at = now;
    const answers =
      stop.reason === "appointment"
        ? 1
        : chanceOf(beliefs, b, slotAt(block.weekday, now), door?.tries ?? UNTRIED);
    now += (1 - answers) * costs.failedKnock + answers * costs.visit;
    return { ...stop, at };
  });
  return { block, stops: timed, expectedContacts, endsAt: now };
}

/** The stops with the buildings in another order; doors within a building stay as they were. */
export function byBuildings(
  stops: readonly Stop[],
  order: readonly string[],
): readonly Stop[] | null {
  const there = new Set(stops.map(({ buildingId }) => buildingId));
  const isWhole =
    order.length === there.size &&
    new Set(order).size === order.length &&
    order.every((id) => there.has(id));
  return isWhole
    ? order.flatMap((id) => stops.filter(({ buildingId }) => buildingId === id))
    : null;
}
