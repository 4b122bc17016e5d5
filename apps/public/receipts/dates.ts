import { type Instant, localDate, localTime } from "@wanjia/domain/shared/instant";
import type { Locale } from "../shell/language.ts";

/** 2026年11月22日; in English 22/11/2026 would be read two ways, so the month is a word. */
export function dayOf(date: string, locale: Locale): string {
  const [year = "", month = "", day = ""] = date.split("-");
  if (locale === "zh-CN") return `${year}年${Number(month)}月${Number(day)}日`;
  const name = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ")[Number(month) - 1];
  return `${Number(day)} ${name} ${year}`;
}

/** The day and the hour: no finer than what is kept. */
export function hourOf(instant: Instant, locale: Locale): string {
  const { hour } = localTime(instant);
  const day = dayOf(localDate(instant), locale);
  return locale === "zh-CN" ? `${day} ${hour} 时` : `${day}, ${hour}:00`;
}
