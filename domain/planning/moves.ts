/** Minutes of walking, entering and climbing. */
import type { Block, Costs, Minutes, PlanBuilding, Point, Situation, Walk } from "./terms.ts";

/** Where somebody stands: outdoors when `building` is null. */
export interface Stand {
  readonly at: Point;
  readonly building: number | null;
  readonly floor: number;
}

export function climbMinutes(costs: Costs, lift: boolean, floors: number): Minutes {
  if (floors === 0) return 0;
  return lift ? costs.lift : floors * costs.stairsPerFloor;
}

/** From a stand to a floor of a building. */
export function moveMinutes(
  costs: Costs,
  buildings: readonly PlanBuilding[],
  from: Stand,
  building: number,
  floor: number,
): Minutes {
  const to = buildings[building];
  if (to === undefined) return 0;
  if (from.building === building) {
    return climbMinutes(costs, to.lift, Math.abs(floor - from.floor));
  }
  const left = from.building === null ? undefined : buildings[from.building];
  const down = left === undefined ? 0 : climbMinutes(costs, left.lift, Math.max(0, from.floor - 1));
  const metres = Math.hypot(to.at.x - from.at.x, to.at.y - from.at.y) * costs.detour;
  return (
    down +
    metres / costs.metresPerMinute +
    costs.enter +
    climbMinutes(costs, to.lift, Math.max(0, floor - 1))
  );
}

/** A stand and the minute from which on somebody goes from there. */
export interface Begin {
  readonly stand: Stand;
  readonly at: Minutes;
}

/** A break as long as this is spent at the station, a shorter one outside. */
const BREAK: Minutes = 30;

/**
 * Where a block's walk begins: where the one before it ended, if the same people only go on (an evening
 * is cut at 20:00, when others may join); else at the station.
 */
export function beginOf(
  { station, buildings }: Pick<Situation, "station" | "buildings">,
  earlier: readonly Pick<Walk, "block" | "stops" | "endsAt">[],
  block: Block,
): Begin {
  const before = earlier
    .filter(
      (walk) =>
        walk.stops.length > 0 &&
        walk.block.day === block.day &&
        walk.block.from < block.from &&
        block.from - walk.block.to < BREAK &&
        walk.block.crew.some((member) => block.crew.includes(member)),
    )
    .toSorted((a, b) => b.block.from - a.block.from)[0];
  const last = before?.stops.at(-1);
  const building = buildings.findIndex(({ id }) => id === last?.buildingId);
  const there = buildings[building];
  if (before === undefined || last === undefined || there === undefined) {
    return { stand: { at: station, building: null, floor: 0 }, at: block.from };
  }
  const floor = there.doors.find(({ id }) => id === last.doorId)?.floor ?? 1;
  return { stand: { at: there.at, building, floor }, at: Math.max(block.from, before.endsAt) };
}
