/** Time limits as data, and the arithmetic of days. */
import type { Role } from "../organisation/terms.ts";
import {
  addWorkingDays,
  isWorkingDay,
  type WorkCalendar,
  workingDaysBetween,
} from "../shared/calendar.ts";
import {
  addDays,
  daysBetween,
  HOUR_MS,
  type Instant,
  type LocalDate,
  localDate,
  startOfLocalDay,
  sameDayLater,
} from "../shared/instant.ts";
import {
  type ClockPurpose,
  type ClockUnit,
  LIMITS_ELSEWHERE,
  type PauseReason,
} from "./clock-terms.ts";
import type { HazardStanding, Matter, MatterKind, MatterSubtype } from "./terms.ts";

/** What a limit applies to. Those of `matters` run as clocks; the others are for their subjects to read. */
export const CLOCK_SUBJECTS = [
  "matters",
  "petitions",
  "hotline",
  "incidents",
  "mediation",
  "hazards",
  "property",
  "permits",
  "complaints",
  "protection",
  "information",
] as const;
export type ClockSubject = (typeof CLOCK_SUBJECTS)[number];

/** Which matters a clock runs on. */
interface Applies {
  readonly kinds: readonly MatterKind[];
  /** Only these; such a rule comes before one for the whole kind. */
  readonly subtypes?: readonly MatterSubtype[];
  readonly grades?: readonly HazardStanding[];
}

interface Extension {
  readonly amount: number;
  readonly unit: "calendar_days" | "working_days";
  /** Who may grant it; never whoever handled the matter. */
  readonly by: readonly Role[];
  /** The resident hears of it, and how. */
  readonly tellResident: boolean;
}

/** One version of a time limit: it holds from its day until the next version's. */
export interface ClockRule {
  readonly id: string;
  readonly version: number;
  readonly subject: ClockSubject;
  /** Null for limits that no matter runs. */
  readonly runs: { readonly purpose: ClockPurpose; readonly on: Applies } | null;
  readonly amount: number;
  readonly unit: ClockUnit;
  /** The text it rests on. */
  readonly source: string;
  /** `law`: the source sets the limit. `default`: the source sets none, the bureau's own promise. */
  readonly basis: "law" | "default";
  /** First day it holds: for what starts on that day or later. */
  readonly from: LocalDate;
  readonly pauses: readonly PauseReason[];
  readonly extension: Extension | null;
  /** Working days after which a limit that is still missed is raised to the bureau; null: never. */
  readonly raiseAgainDays: number | null;
}

/** All that clocks need to know beside the matter. Pure: the caller brings it. */
export interface Clockwork {
  readonly now: Instant;
  readonly calendar: WorkCalendar;
  /** Every version there ever was: a running clock is held to the one that started it. */
  readonly rules: readonly ClockRule[];
}

// -- which rule -----------------------------------------------------------------------------------

/** The version of each rule that holds on a day. */
export function rulesInForce(rules: readonly ClockRule[], on: LocalDate): readonly ClockRule[] {
  const held = new Map<string, ClockRule>();
  for (const rule of rules) {
    if (rule.from > on) continue;
    const other = held.get(rule.id);
    if (other === undefined || other.from < rule.from) held.set(rule.id, rule);
  }
  return [...held.values()];
}

/** Whether a limit stands in the table to be looked up alone: nothing in the product starts it. */
export function forReference({ id, runs }: Pick<ClockRule, "id" | "runs">): boolean {
  return runs === null && !(LIMITS_ELSEWHERE as readonly string[]).includes(id);
}

/** The rule by which a clock starts on a matter; null where none is in force. */
export function ruleFor(
  purpose: ClockPurpose,
  matter: Pick<Matter, "kind" | "subtype" | "grade">,
  { now, rules }: Clockwork,
): ClockRule | null {
  const fits = rulesInForce(rules, localDate(now)).filter(({ runs }) => {
    if (runs?.purpose !== purpose || !runs.on.kinds.includes(matter.kind)) return false;
    const { subtypes, grades } = runs.on;
    return (
      (subtypes?.includes(matter.subtype) ?? true) &&
      (grades === undefined || (matter.grade !== null && grades.includes(matter.grade)))
    );
  });
  const narrow = fits.find(({ runs }) => runs?.on.subtypes !== undefined);
  return narrow ?? fits[0] ?? null;
}

/** The version that started a clock. */
export function ruleOf(
  clock: { readonly rule: string; readonly version: number },
  { rules }: Pick<Clockwork, "rules">,
): ClockRule {
  const found = rules.find(({ id, version }) => id === clock.rule && version === clock.version);
  if (found === undefined) throw new Error(`no clock rule ${clock.rule} ${clock.version}`);
  return found;
}

// -- days -----------------------------------------------------------------------------------------

/**
 * When a limit that began at `start` has been missed: the end of its last day. The day on which it
 * began does not count (民法典 201); days and months that end on a day off end on the next working
 * day (民法典 203). Hours are hours.
 *
 * Null when the holidays of that time are not announced yet: a date that might be wrong is not
 * promised.
 */
export function dueAt(
  { amount, unit }: Pick<ClockRule, "amount" | "unit">,
  start: Instant,
  calendar: WorkCalendar,
): Instant | null {
  if (unit === "hours") return start + amount * HOUR_MS;
  return endOf(lastDay(unit, amount, localDate(start), calendar));
}

/** The last day on which a limit is kept. */
export function dueDay(due: Instant): LocalDate {
  return localDate(due - 1);
}

function endOf(day: LocalDate | null): Instant | null {
  return day === null ? null : startOfLocalDay(addDays(day, 1));
}

function lastDay(
  unit: Exclude<ClockUnit, "hours">,
  amount: number,
  from: LocalDate,
  calendar: WorkCalendar,
): LocalDate | null {
  switch (unit) {
    case "working_days": {
      const day = addWorkingDays(calendar, from, amount);
      return day.ok ? day.value : null;
    }
    case "calendar_days":
      return orNextWorkingDay(calendar, addDays(from, amount));
    case "months":
      return orNextWorkingDay(calendar, sameDayLater(from, amount));
  }
}

function orNextWorkingDay(calendar: WorkCalendar, date: LocalDate): LocalDate | null {
  let day = date;
  while (day <= calendar.through && !isWorkingDay(calendar, day)) day = addDays(day, 1);
  return day <= calendar.through ? day : null;
}

/** What is left of a limit at a moment: see `RunningClock.left`. Null where it can't be counted. */
export function leftOf(
  unit: ClockUnit,
  due: Instant,
  now: Instant,
  calendar: WorkCalendar,
): number | null {
  if (unit === "hours") return due - now;
  const [today, last] = [localDate(now), dueDay(due)];
  if (unit !== "working_days") return daysBetween(today, last);
  const days = workingDaysBetween(calendar, today, last);
  return days.ok ? days.value : null;
}

/** When a limit ends that had so much left and runs again from now on. */
export function dueAfter(
  unit: ClockUnit,
  left: number,
  now: Instant,
  calendar: WorkCalendar,
): Instant | null {
  if (unit === "hours") return now + left;
  const days = unit === "working_days" ? "working_days" : "calendar_days";
  return endOf(lastDay(days, left, localDate(now), calendar));
}

/** A limit moved by days from its last day on. */
export function dueLater(
  due: Instant,
  unit: "calendar_days" | "working_days",
  amount: number,
  calendar: WorkCalendar,
): Instant | null {
  return endOf(lastDay(unit, amount, dueDay(due), calendar));
}
