import type { Instant } from "../shared/instant.ts";
import {
  addDays,
  DAY_MS,
  HOUR_MS,
  localDate,
  localTime,
  startOfLocalDay,
} from "../shared/instant.ts";
import type { Band, TimeMode } from "./terms.ts";

/** Minutes after midnight at which a working day's slots begin (domain.md §10.4). */
const NOON = 11 * 60 + 30;
const AFTERNOON = 14 * 60;
const EARLY_EVENING = 17 * 60 + 30;
const EVENING = 19 * 60;
/** Outside 8:00 to 21:30 the visit is unusual unless the resident arranged it. */
const QUIET_UNTIL = 8 * 60;
const QUIET_FROM = 21 * 60 + 30;

/** The slot in which a visit falls. Evening is normal working time here; weekends are their own slot. */
export function timeModeOf(at: Instant): TimeMode {
  const { hour, minute, weekday } = localTime(at);
  if (weekday >= 6) return "weekend";
  const minutes = hour * 60 + minute;
  if (minutes < NOON) return "morning";
  if (minutes < AFTERNOON) return "noon";
  if (minutes < EARLY_EVENING) return "afternoon";
  return minutes < EVENING ? "early_evening" : "evening";
}

const BAND_OF: Readonly<Record<TimeMode, Band>> = {
  morning: "daytime",
  noon: "daytime",
  afternoon: "daytime",
  early_evening: "evening",
  evening: "evening",
  weekend: "weekend",
};

export function bandOf(at: Instant): Band {
  return BAND_OF[timeModeOf(at)];
}

export function isUnusualHour(at: Instant): boolean {
  const { hour, minute } = localTime(at);
  const minutes = hour * 60 + minute;
  return minutes < QUIET_UNTIL || minutes >= QUIET_FROM;
}

/** When a band is knocked at: from and until, hours of the local day. */
const BAND_HOURS: Readonly<Record<Band, { from: number; to: number }>> = {
  daytime: { from: 9, to: 17.5 },
  evening: { from: 17.5, to: 21 },
  weekend: { from: 9, to: 21 },
};

/** The next stretch of a band that begins on `notBefore`'s day or later and ends after it. */
export function nextStretch(band: Band, notBefore: Instant): { from: Instant; to: Instant } {
  const hours = BAND_HOURS[band];
  for (let day = localDate(notBefore); ; day = addDays(day, 1)) {
    const midnight = startOfLocalDay(day);
    const isWeekend = localTime(midnight).weekday >= 6;
    const to = midnight + hours.to * HOUR_MS;
    if (isWeekend === (band === "weekend") && to > notBefore) {
      return { from: Math.max(midnight + hours.from * HOUR_MS, notBefore), to };
    }
  }
}

/** The start of the local day after the one of `at`. */
export function dayAfter(at: Instant): Instant {
  return startOfLocalDay(localDate(at)) + DAY_MS;
}
