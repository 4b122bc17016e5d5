/** Milliseconds since 1970-01-01 UTC. */
export type Instant = number;

/** A day of the official calendar in Asia/Shanghai, `YYYY-MM-DD`. */
export type LocalDate = string;

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Asia/Shanghai has kept UTC+8 without summer time since 1991; records here are all later. */
const SHANGHAI_OFFSET_MS = 8 * HOUR_MS;

/** Days from 1970-01-01 to a civil date (proleptic Gregorian; Howard Hinnant, `days_from_civil`). */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function civilFromDays(days: number): { year: number; month: number; day: number } {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const mp = Math.floor((5 * dayOfYear + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * mp + 2) / 5) + 1,
  };
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, "0");
}

function format(days: number): LocalDate {
  const { year, month, day } = civilFromDays(days);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

function parse(date: LocalDate): number {
  return daysFromCivil(
    Number(date.slice(0, 4)),
    Number(date.slice(5, 7)),
    Number(date.slice(8, 10)),
  );
}

/** The calendar day in Asia/Shanghai on which an instant falls. */
export function localDate(instant: Instant): LocalDate {
  return format(Math.floor((instant + SHANGHAI_OFFSET_MS) / DAY_MS));
}

export interface LocalTime {
  readonly hour: number;
  readonly minute: number;
  /** 1 = Monday … 7 = Sunday. */
  readonly weekday: number;
}

/** Clock time and weekday in Asia/Shanghai. */
export function localTime(instant: Instant): LocalTime {
  const shifted = instant + SHANGHAI_OFFSET_MS;
  const days = Math.floor(shifted / DAY_MS);
  const minutes = Math.floor((shifted - days * DAY_MS) / MINUTE_MS);
  return { hour: Math.floor(minutes / 60), minute: minutes % 60, weekday: weekdayOfDays(days) };
}

function weekdayOfDays(days: number): number {
  // 1970-01-01 was a Thursday (4).
  return ((((days + 3) % 7) + 7) % 7) + 1;
}

/** 1 = Monday … 7 = Sunday. */
export function weekday(date: LocalDate): number {
  return weekdayOfDays(parse(date));
}

/** The instant at which a day begins in Asia/Shanghai. */
export function startOfLocalDay(date: LocalDate): Instant {
  return parse(date) * DAY_MS - SHANGHAI_OFFSET_MS;
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return format(parse(date) + days);
}

/** The same day of a later month, or that month's last day where it has no such day (民法典 202). */
export function sameDayLater(date: LocalDate, months: number): LocalDate {
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7)) - 1 + months;
  const firstOf = (m: number): LocalDate =>
    `${String(year + Math.floor(m / 12)).padStart(4, "0")}-${String((((m % 12) + 12) % 12) + 1).padStart(2, "0")}-01`;
  const lastOfMonth = addDays(firstOf(month + 1), -1);
  const day = addDays(firstOf(month), Number(date.slice(8, 10)) - 1);
  return day > lastOfMonth ? lastOfMonth : day;
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return parse(to) - parse(from);
}

/** `YYYY-MM`. */
export function monthOf(date: LocalDate): string {
  return date.slice(0, 7);
}

/** Whether text is a day that exists: `2026-02-30` is not. */
export function isLocalDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && format(parse(text)) === text;
}
