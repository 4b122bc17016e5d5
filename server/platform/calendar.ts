import { createRequire } from "node:module";
import type { WorkCalendar } from "@wanjia/domain/shared/calendar";
import { isLocalDate } from "@wanjia/domain/shared/instant";

interface Announced {
  /** By day: holidays of the State Council's announcements. */
  readonly holidays: Readonly<Record<string, string>>;
  /** Weekend days that are worked in exchange (调休). */
  readonly workdays: Readonly<Record<string, string>>;
}

/** The working days that came with the program, from the package `chinese-days`: see `server/workdays`. */
export const builtInCalendar: WorkCalendar = read(
  createRequire(import.meta.url)("chinese-days/dist/chinese-days.json") as Announced,
);

function read(announced: Announced): WorkCalendar {
  const holidays = Object.keys(announced.holidays).filter(isLocalDate);
  const years = holidays.map((day) => day.slice(0, 4)).toSorted();
  return {
    holidays: new Set(holidays),
    makeUpDays: new Set(Object.keys(announced.workdays)),
    // Announcements come by calendar year.
    through: `${years.at(-1) ?? "0000"}-12-31`,
  };
}
