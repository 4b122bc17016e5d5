import type { Locale } from "./language.tsx";

const zone = "Asia/Shanghai";
const cache = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let found = cache.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locale, { timeZone: zone, ...options });
    cache.set(key, found);
  }
  return found;
}

const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

/** 19:30 */
export function timeText(instant: number, locale: Locale): string {
  return formatter(locale, time).format(instant);
}

/** 11月22日 周日, or Sun 22 Nov */
export function dayText(instant: number, locale: Locale): string {
  if (locale === "zh-CN") {
    const date = formatter(locale, { month: "long", day: "numeric" }).format(instant);
    return `${date} ${formatter(locale, { weekday: "short" }).format(instant)}`;
  }
  const parts = Object.fromEntries(
    formatter(locale, { day: "numeric", month: "short", weekday: "short" })
      .formatToParts(instant)
      .map((part) => [part.type, part.value]),
  );
  return `${parts.weekday} ${parts.day} ${parts.month}`;
}

/** 11月22日 周日 19:30, or Sun 22 Nov 19:30 */
export function momentText(instant: number, locale: Locale): string {
  return `${dayText(instant, locale)} ${timeText(instant, locale)}`;
}
