import { addWorkingDays, type WorkCalendar } from "../shared/calendar.ts";
import {
  addDays,
  DAY_MS,
  HOUR_MS,
  type Instant,
  localDate,
  type LocalDate,
  sameDayLater,
  startOfLocalDay,
} from "../shared/instant.ts";

/** The waits between two steps of a complaint. */
export type ComplaintWait = "receipt" | "check" | "finding" | "answer" | "review" | "re_decision";

/** A line of the bureau's table of time limits, as far as it is needed here. */
interface LimitRule {
  readonly id: string;
  readonly from: LocalDate;
  readonly amount: number;
  readonly unit: "hours" | "calendar_days" | "working_days" | "months";
}

/** All versions of the limits, and the days that count. */
export interface Limits {
  readonly calendar: WorkCalendar;
  readonly rules: readonly LimitRule[];
}

/** Source: domain.md §4.2, `complaint.std_js`; the review as in 信访工作条例 35. */
const RULE_FOR: Readonly<Record<ComplaintWait, string>> = {
  receipt: "complaint.receipt",
  check: "complaint.check",
  finding: "complaint.investigate",
  answer: "complaint.answer",
  review: "petition.review",
  re_decision: "petition.review",
};

/**
 * When a wait that began at `start` is over, by the version of its limit that held then: to the hour,
 * or at the end of its last day; the day it began does not count (民法典 201). Null when none held, or
 * the holidays aren't announced yet.
 */
export function dueAfter(
  wait: ComplaintWait,
  start: Instant,
  { calendar, rules }: Limits,
): Instant | null {
  const day = localDate(start);
  const rule = rules
    .filter(({ id, from }) => id === RULE_FOR[wait] && from <= day)
    .toSorted((a, b) => (a.from < b.from ? 1 : -1))
    .at(0);
  if (rule === undefined) return null;
  const endOf = (last: LocalDate): Instant => startOfLocalDay(last) + DAY_MS;
  switch (rule.unit) {
    case "hours":
      return start + rule.amount * HOUR_MS;
    case "calendar_days":
      return endOf(addDays(day, rule.amount));
    case "months":
      return endOf(sameDayLater(day, rule.amount));
    case "working_days": {
      const last = addWorkingDays(calendar, day, rule.amount);
      return last.ok ? endOf(last.value) : null;
    }
  }
}
