/**
 * Times as people here write them. By arithmetic: China keeps one time all year (UTC+8 since 1991),
 * and a formatter of the browser costs a slow phone 50 ms before its first word.
 */
import type { Locale } from "./language.tsx";

const OFFSET_MS = 8 * 3_600_000;
const WEEKDAYS = {
  "zh-CN": ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
  en: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
} as const;
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** A date whose UTC parts are the local ones. */
function local(instant: number): Date {
  return new Date(instant + OFFSET_MS);
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}

/** 19:30 */
export function timeText(instant: number): string {
  const at = local(instant);
  return `${twoDigits(at.getUTCHours())}:${twoDigits(at.getUTCMinutes())}`;
}

/** 11月22日 周日, or Sun 22 Nov */
export function dayText(instant: number, locale: Locale): string {
  const at = local(instant);
  const weekday = WEEKDAYS[locale][at.getUTCDay()];
  return locale === "zh-CN"
    ? `${at.getUTCMonth() + 1}月${at.getUTCDate()}日 ${weekday}`
    : `${weekday} ${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}`;
}

/** 11月22日 周日 19:30, or Sun 22 Nov 19:30 */
export function momentText(instant: number, locale: Locale): string {
  return `${dayText(instant, locale)} ${timeText(instant)}`;
}
