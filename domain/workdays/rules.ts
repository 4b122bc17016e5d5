/** The State Council's days off, loaded year by year: what is announced each November for the next year. */
import type { WorkCalendar } from "../shared/calendar.ts";
import { addDays, daysBetween, isLocalDate, type LocalDate, weekday } from "../shared/instant.ts";
import { accept, refuse, type Result } from "../shared/result.ts";
import {
  WORKDAYS_LIMITS,
  type WorkdaysRefusal,
  type WorkdaysStanding,
  type WorkYear,
} from "./terms.ts";

type Days = Pick<WorkYear, "holidays" | "makeUpDays">;

/** `休 2027-01-01~2027-01-03 元旦`, `班 2027-01-04`; in English `off` and `work`. */
const LINE =
  /^(休|放假|off|班|上班|work)\s+(\d{4}-\d{2}-\d{2})(?:\s*[~～至]\s*(\d{4}-\d{2}-\d{2}))?/i;
const LONGEST_RANGE = 31;

/**
 * Days as somebody typed them from the announcement, a stretch on each line; what follows a day is
 * its name, and a line that begins with # says nothing. Refuses `workdays-unreadable` with the
 * number of the first line that can't be read.
 */
export function readDays(text: string): Result<Days, WorkdaysRefusal> {
  const holidays: LocalDate[] = [];
  const makeUpDays: LocalDate[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const said = line.replace(/^\uFEFF/, "").trim();
    if (said === "" || said.startsWith("#")) continue;
    const [, kind, first = "", last = first] = LINE.exec(said) ?? [];
    const unreadable = refuse("workdays-unreadable", { line: index + 1 });
    if (kind === undefined || !isLocalDate(first) || !isLocalDate(last)) return unreadable;
    const length = daysBetween(first, last);
    if (length < 0 || length >= LONGEST_RANGE) return unreadable;
    const days = /^(休|放假|off)$/i.test(kind) ? holidays : makeUpDays;
    for (let day = 0; day <= length; day += 1) days.push(addDays(first, day));
  }
  return accept({ holidays, makeUpDays });
}

/**
 * A year's announcement, checked as far as a machine can: a wrong day moves every limit that counts
 * over it. The days around new year may belong to the year before (2022-12-31 was announced with 2023).
 * Refuses a year that is over, one beyond the next, one that leaves a gap behind `through`, days of
 * another year, a day named twice, a make-up day that is no weekend, and a list that lacks holidays.
 */
export function newYear(
  year: number,
  text: string,
  source: string,
  today: LocalDate,
  through: LocalDate,
): Result<WorkYear, WorkdaysRefusal> {
  const thisYear = Number(today.slice(0, 4));
  if (year < thisYear) return refuse("workdays-year-over", { year });
  if (year > thisYear + 1) return refuse("workdays-too-early", { year });
  if (year > Number(through.slice(0, 4)) + 1) return refuse("workdays-gap", { through });
  if (source.trim() === "") return refuse("workdays-source-missing");
  const read = readDays(text);
  if (!read.ok) return read;
  const { holidays, makeUpDays } = read.value;
  const all = [...holidays, ...makeUpDays];
  const [earliest, latest] = [`${year - 1}-12-25`, `${year}-12-31`];
  const stray = all.find((day) => day < earliest || day > latest);
  if (stray !== undefined) return refuse("workdays-other-year", { day: stray });
  const twice = all.find((day, at) => all.indexOf(day) !== at);
  if (twice !== undefined) return refuse("workdays-twice", { day: twice });
  const free = makeUpDays.find((day) => weekday(day) <= 5);
  if (free !== undefined) return refuse("workdays-not-weekend", { day: free });
  const fewest = WORKDAYS_LIMITS.fewestHolidays;
  if (holidays.length < fewest || !holidays.includes(`${year}-01-01`)) {
    return refuse("workdays-too-few", { fewest });
  }
  return accept({
    year,
    holidays: holidays.toSorted(),
    makeUpDays: makeUpDays.toSorted(),
    source: source.trim(),
  });
}

const yearOf = (day: LocalDate): number => Number(day.slice(0, 4));

/** What is built in, with the years that were loaded in place of it or behind it. */
export function withYears(built: WorkCalendar, years: readonly WorkYear[]): WorkCalendar {
  if (years.length === 0) return built;
  const loaded = new Set(years.map(({ year }) => year));
  const keep = (days: ReadonlySet<LocalDate>) =>
    [...days].filter((day) => !loaded.has(yearOf(day)));
  let last = yearOf(built.through);
  while (loaded.has(last + 1)) last += 1;
  return {
    holidays: new Set([...keep(built.holidays), ...years.flatMap(({ holidays }) => holidays)]),
    makeUpDays: new Set([
      ...keep(built.makeUpDays),
      ...years.flatMap(({ makeUpDays }) => makeUpDays),
    ]),
    through: `${last}-12-31`,
  };
}

export function standingOf(
  { through }: Pick<WorkCalendar, "through">,
  today: LocalDate,
): WorkdaysStanding {
  const daysLeft = Math.max(0, daysBetween(today, through));
  return { through, daysLeft, endsSoon: daysLeft < WORKDAYS_LIMITS.warnDays };
}
