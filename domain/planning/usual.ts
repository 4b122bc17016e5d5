/** What is taken for granted until a bureau says otherwise: how long things take, and how a week is laid out. */
import type { Costs, Minutes } from "./terms.ts";

export const USUAL_COSTS: Costs = {
  failedKnock: 1.5,
  visit: 8.5,
  longVisit: 12,
  enter: 3,
  stairsPerFloor: 0.35,
  lift: 0.5,
  metresPerMinute: 66,
  detour: 1.3,
};

/** A stretch of a weekday in which somebody works. */
export interface Stretch {
  /** 1 = Monday … 7 = Sunday. */
  readonly weekday: number;
  readonly from: Minutes;
  readonly to: Minutes;
}

export const WEEK_LAYOUTS = ["mixed", "office_hours", "evenings"] as const;
export type WeekLayout = (typeof WEEK_LAYOUTS)[number];

/** Between the morning's work and the afternoon's, and the afternoon's and the evening's. */
const MORNING = [9 * 60, 12 * 60] as const;
const AFTERNOON = [14 * 60, 17.5 * 60] as const;
const EVENING_HOURS = [18 * 60, 21.5 * 60] as const;

function on(weekdays: readonly number[], ...hours: (readonly [Minutes, Minutes])[]): Stretch[] {
  return weekdays.flatMap((weekday) => hours.map(([from, to]) => ({ weekday, from, to })));
}

const SATURDAY = on([6], [9.5 * 60, 12 * 60], [14 * 60, 17 * 60]);

/**
 * Weeks of at most forty hours to choose from. `mixed`: four days shifted into the evening, an
 * ordinary Friday, Saturday. `evenings`: evenings and Saturday alone, fewer hours.
 */
export const WEEKS: Readonly<Record<WeekLayout, readonly Stretch[]>> = {
  mixed: [
    ...on([1, 2, 3, 4], AFTERNOON, EVENING_HOURS),
    ...on([5], MORNING, AFTERNOON),
    ...SATURDAY,
  ],
  office_hours: on([1, 2, 3, 4, 5], MORNING, AFTERNOON),
  evenings: [...on([1, 2, 3, 4], EVENING_HOURS), ...SATURDAY],
};
