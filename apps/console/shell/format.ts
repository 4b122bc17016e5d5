import {
  localDate,
  localTime,
  weekday,
  type Instant,
  type LocalDate,
} from "@wanjia/domain/shared/instant";
import type { Locale } from "@wanjia/ui/language/language";

const WEEKDAYS: Readonly<Record<Locale, string>> = {
  "zh-CN": "周一 周二 周三 周四 周五 周六 周日",
  en: "Mon Tue Wed Thu Fri Sat Sun",
};
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** 11月22日 周日; a year other than `now`'s is named. */
export function formatDay(date: LocalDate, locale: Locale, now: Instant = Date.now()): string {
  const year = date.slice(0, 4);
  const month = Number(date.slice(5, 7));
  const day = Number(date.slice(8, 10));
  const name = WEEKDAYS[locale].split(" ")[weekday(date) - 1] ?? "";
  const thisYear = localDate(now).slice(0, 4) === year;
  if (locale === "zh-CN") return `${thisYear ? "" : `${year}年`}${month}月${day}日 ${name}`;
  return `${name} ${day} ${MONTHS[month - 1] ?? ""}${thisYear ? "" : ` ${year}`}`;
}

/** 11月22日 周日 19:30, in Asia/Shanghai whatever the reader's machine thinks. */
export function formatInstant(instant: Instant, locale: Locale, now: Instant = Date.now()): string {
  const { hour, minute } = localTime(instant);
  const clock = `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
  return `${formatDay(localDate(instant), locale, now)} ${clock}`;
}

/** A period by its first and last day; a period without an end says from when. */
export function formatPeriod(
  from: LocalDate,
  lastDay: LocalDate | null,
  locale: Locale,
  now: Instant = Date.now(),
): string {
  const start = formatDay(from, locale, now);
  if (lastDay === null) return locale === "zh-CN" ? `${start} 起` : `from ${start}`;
  return `${start} – ${formatDay(lastDay, locale, now)}`;
}

export function formatCount(count: number, locale: Locale): string {
  return new Intl.NumberFormat(locale).format(count);
}
