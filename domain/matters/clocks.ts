import { addWorkingDays, isWorkingDay, type WorkCalendar } from "../shared/calendar.ts";
import { addDays, type LocalDate } from "../shared/instant.ts";
import type { MatterKind } from "./terms.ts";

/** One time limit, as data: what it holds for, how long, where it comes from and since when. */
export interface ClockRule {
  readonly id: string;
  readonly kind: MatterKind;
  readonly amount: number;
  readonly unit: "working_days" | "months";
  /** The text it rests on. */
  readonly source: string;
  /** `law`: the source sets the limit. `default`: the source sets none, the bureau's own promise. */
  readonly basis: "law" | "default";
  /** First day it holds. */
  readonly from: LocalDate;
  /** First day it holds no longer; null while it does. */
  readonly until: LocalDate | null;
}

/** The limits that the figures of this spine need (K21, K31, K35, K38). */
export const CLOCK_RULES: readonly ClockRule[] = [
  {
    id: "petition.suggestion",
    kind: "opinion",
    amount: 15,
    unit: "working_days",
    source: "信访工作条例 29",
    basis: "default",
    from: "2022-05-01",
    until: null,
  },
  {
    id: "service.default",
    kind: "service_request",
    amount: 3,
    unit: "working_days",
    source: "服务承诺",
    basis: "default",
    from: "2022-05-01",
    until: null,
  },
  {
    id: "hazard.ordinary",
    kind: "hazard",
    amount: 3,
    unit: "working_days",
    source: "安全生产事故隐患排查治理暂行规定 3",
    basis: "default",
    from: "2008-02-01",
    until: null,
  },
  {
    id: "mediation.people",
    kind: "dispute",
    amount: 1,
    unit: "months",
    source: "人民调解工作若干规定 33",
    basis: "law",
    from: "2002-11-01",
    until: null,
  },
];

function clockFor(
  kind: MatterKind,
  on: LocalDate,
  rules: readonly ClockRule[] = CLOCK_RULES,
): ClockRule | null {
  return (
    rules.find(
      (rule) => rule.kind === kind && rule.from <= on && (rule.until === null || on < rule.until),
    ) ?? null
  );
}

/**
 * The same day of a later month, or the month's last day where it has no such day; when that is
 * no working day, the next one.
 *
 * Source: 民法典 202, 203.
 */
function addMonths(calendar: WorkCalendar, date: LocalDate, months: number): LocalDate | null {
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7)) - 1 + months;
  const firstOf = (m: number): LocalDate =>
    `${String(year + Math.floor(m / 12)).padStart(4, "0")}-${String((((m % 12) + 12) % 12) + 1).padStart(2, "0")}-01`;
  const lastOfMonth = addDays(firstOf(month + 1), -1);
  let day = addDays(firstOf(month), Number(date.slice(8, 10)) - 1);
  if (day > lastOfMonth) day = lastOfMonth;
  while (day <= calendar.through && !isWorkingDay(calendar, day)) day = addDays(day, 1);
  return day <= calendar.through ? day : null;
}

/**
 * The last day for a matter registered on `on`, and the rule that says so. The day of registration
 * does not count (民法典 201).
 *
 * Null when no rule was in force, or when the holidays of that time are not announced yet: a date
 * that might be wrong is not promised.
 */
export function dueDate(
  kind: MatterKind,
  on: LocalDate,
  calendar: WorkCalendar,
  rules: readonly ClockRule[] = CLOCK_RULES,
): { readonly dueOn: LocalDate; readonly clock: string } | null {
  const rule = clockFor(kind, on, rules);
  if (rule === null) return null;
  if (rule.unit === "months") {
    const dueOn = addMonths(calendar, on, rule.amount);
    return dueOn === null ? null : { dueOn, clock: rule.id };
  }
  const due = addWorkingDays(calendar, on, rule.amount);
  return due.ok ? { dueOn: due.value, clock: rule.id } : null;
}
