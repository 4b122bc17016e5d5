/** Minutes of walking, entering and climbing. */
import type { Costs, Minutes, PlanBuilding, Point } from "./terms.ts";

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
