import { addWorkingDays, type WorkCalendar } from "../shared/calendar.ts";
import {
  addDays,
  DAY_MS,
  HOUR_MS,
  type Instant,
  localDate,
  type LocalDate,
  startOfLocalDay,
} from "../shared/instant.ts";

/** The waits between two steps of a complaint. */
export type ComplaintWait = "receipt" | "check" | "finding" | "answer" | "review" | "re_decision";

export interface ComplaintClock {
  readonly wait: ComplaintWait;
  readonly amount: number;
  readonly unit: "hours" | "working_days" | "days";
  readonly source: string;
  readonly from: LocalDate;
  /** First day it holds no longer; null while it does. */
  readonly until: LocalDate | null;
}

const STANDARD = { source: "DB32/T 3975-2021", from: "2021-04-01", until: null } as const;

/** Source: domain.md §4.2, `complaint.std_js`; the review as in 信访工作条例 35. */
export const COMPLAINT_CLOCKS: readonly ComplaintClock[] = [
  { wait: "receipt", amount: 24, unit: "hours", ...STANDARD },
  { wait: "check", amount: 3, unit: "working_days", ...STANDARD },
  { wait: "finding", amount: 30, unit: "working_days", ...STANDARD },
  { wait: "answer", amount: 5, unit: "working_days", ...STANDARD },
  {
    wait: "review",
    amount: 30,
    unit: "days",
    source: "信访工作条例 35",
    from: "2022-05-01",
    until: null,
  },
  {
    wait: "re_decision",
    amount: 30,
    unit: "days",
    source: "信访工作条例 35",
    from: "2022-05-01",
    until: null,
  },
];

/**
 * When a wait that began at `start` is over: to the hour, or at the end of its last day; the day it
 * began does not count (民法典 201). Null when no rule held, or the holidays aren't announced yet.
 */
export function dueAfter(
  wait: ComplaintWait,
  start: Instant,
  calendar: WorkCalendar,
  clocks: readonly ComplaintClock[] = COMPLAINT_CLOCKS,
): Instant | null {
  const day = localDate(start);
  const clock = clocks.find(
    (one) => one.wait === wait && one.from <= day && (one.until === null || day < one.until),
  );
  if (clock === undefined) return null;
  const endOf = (last: LocalDate): Instant => startOfLocalDay(last) + DAY_MS;
  switch (clock.unit) {
    case "hours":
      return start + clock.amount * HOUR_MS;
    case "days":
      return endOf(addDays(day, clock.amount));
    case "working_days": {
      const last = addWorkingDays(calendar, day, clock.amount);
      return last.ok ? endOf(last.value) : null;
    }
  }
}
