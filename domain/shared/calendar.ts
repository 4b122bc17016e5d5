import { addDays, type LocalDate, weekday } from "./instant.ts";
import { accept, refuse, type Result } from "./result.ts";

/**
 * The official working-day calendar as data: public holidays and the weekend days worked in
 * exchange (调休), as the State Council announces them year by year.
 */
export interface WorkCalendar {
  readonly holidays: ReadonlySet<LocalDate>;
  readonly makeUpDays: ReadonlySet<LocalDate>;
  /** The last day the announcements cover. */
  readonly through: LocalDate;
}

export function isWorkingDay(calendar: WorkCalendar, date: LocalDate): boolean {
  if (calendar.makeUpDays.has(date)) return true;
  return weekday(date) <= 5 && !calendar.holidays.has(date);
}

/**
 * The day that lies `days` working days after `date` (the day itself does not count).
 *
 * Refuses `no-calendar` when the count runs past the announced days, rather than guess holidays.
 */
export function addWorkingDays(
  calendar: WorkCalendar,
  date: LocalDate,
  days: number,
): Result<LocalDate, "no-calendar"> {
  let day = date;
  for (let left = days; left > 0;) {
    day = addDays(day, 1);
    if (day > calendar.through) return refuse("no-calendar", { through: calendar.through });
    if (isWorkingDay(calendar, day)) left -= 1;
  }
  return accept(day);
}

/** Working days after `from` up to and including `to`; negative when `to` is earlier. */
export function workingDaysBetween(
  calendar: WorkCalendar,
  from: LocalDate,
  to: LocalDate,
): Result<number, "no-calendar"> {
  if (from > to) {
    const back = workingDaysBetween(calendar, to, from);
    return back.ok ? accept(0 - back.value) : back;
  }
  if (to > calendar.through) return refuse("no-calendar", { through: calendar.through });
  let count = 0;
  for (let day = from; day < to;) {
    day = addDays(day, 1);
    if (isWorkingDay(calendar, day)) count += 1;
  }
  return accept(count);
}
