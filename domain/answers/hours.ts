/** When a phone may ring for us. Source: domain.md §5.2, rule 4. */
import { addDays, HOUR_MS, type Instant, localDate, startOfLocalDay } from "../shared/instant.ts";

/** Half-open, in hours of the day in Asia/Shanghai. */
export const SENDING_HOURS: readonly (readonly [from: number, to: number])[] = [
  [9, 12],
  [14.5, 20.5],
];

/** The first moment, from `now` on, at which a text may go out. */
export function nextSending(now: Instant): Instant {
  const today = localDate(now);
  const begin = startOfLocalDay(today);
  for (const [from, to] of SENDING_HOURS) {
    if (now < begin + from * HOUR_MS) return begin + from * HOUR_MS;
    if (now < begin + to * HOUR_MS) return now;
  }
  return startOfLocalDay(addDays(today, 1)) + (SENDING_HOURS[0]?.[0] ?? 0) * HOUR_MS;
}

export function maySendAt(now: Instant): boolean {
  return nextSending(now) === now;
}

/** `2026-Q4`: what the number of contacts is counted by. */
export function quarterOf(now: Instant): string {
  const day = localDate(now);
  return `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}
