import type { LocalDate } from "../shared/instant.ts";
import { isLocalDate } from "../shared/instant.ts";
import { accept, refuse, type Result } from "../shared/result.ts";
import type { Grain, Period } from "./terms.ts";

function pad(month: number): string {
  return String(month).padStart(2, "0");
}

function monthStart(year: number, month: number): LocalDate {
  const whole = year * 12 + (month - 1);
  return `${String(Math.floor(whole / 12)).padStart(4, "0")}-${pad((whole % 12) + 1)}-01`;
}

/**
 * A calendar period by its key: `2026-11`, `2026-Q4` or `2026`.
 *
 * Refuses `period-not-offered` for anything else: different homes met are counted once for each
 * period, so a stretch of days has no such count until its homes are compared one by one.
 */
export function parsePeriod(key: string): Result<Period, "period-not-offered"> {
  const month = /^([12]\d{3})-(0[1-9]|1[0-2])$/.exec(key);
  if (month !== null) {
    const [year, number] = [Number(month[1]), Number(month[2])];
    return accept({
      kind: "month",
      key,
      from: monthStart(year, number),
      to: monthStart(year, number + 1),
    });
  }
  const quarter = /^([12]\d{3})-Q([1-4])$/.exec(key);
  if (quarter !== null) {
    const [year, first] = [Number(quarter[1]), Number(quarter[2]) * 3 - 2];
    return accept({
      kind: "quarter",
      key,
      from: monthStart(year, first),
      to: monthStart(year, first + 3),
    });
  }
  if (/^[12]\d{3}$/.test(key)) {
    const year = Number(key);
    return accept({ kind: "year", key, from: monthStart(year, 1), to: monthStart(year + 1, 1) });
  }
  return refuse("period-not-offered", { period: key });
}

/**
 * The calendar period that runs from one day up to another (half-open), when there is one.
 *
 * Refuses `period-not-offered` when the days are not the edges of a month, quarter or year.
 */
export function periodBetween(
  from: LocalDate,
  to: LocalDate,
): Result<Period, "period-not-offered"> {
  if (isLocalDate(from) && isLocalDate(to)) {
    for (const grain of ["month", "quarter", "year"] as const) {
      const period = parsePeriod(periodKey(grain, from));
      if (period.ok && period.value.from === from && period.value.to === to) return period;
    }
  }
  return refuse("period-not-offered", { period: `${from}/${to}` });
}

/** Under which key a day falls in the totals of a grain; a whole campaign has one, `all`. */
export function periodKey(grain: Grain, day: LocalDate): string {
  switch (grain) {
    case "all":
      return "all";
    case "day":
      return day;
    case "month":
      return day.slice(0, 7);
    case "quarter":
      return `${day.slice(0, 4)}-Q${Math.floor((Number(day.slice(5, 7)) + 2) / 3)}`;
    case "year":
      return day.slice(0, 4);
  }
}
