import type { Id } from "../shared/id.ts";
import { daysBetween, type Instant, localDate, type LocalDate } from "../shared/instant.ts";
import { accept, refuse, type Result } from "../shared/result.ts";
import { DAY_LIMITS, type DayRefusal, type LeftMatter } from "./terms.ts";

export interface DayToSign {
  readonly day: LocalDate;
  readonly signed: boolean;
  /** What came in that day and nobody has touched since. */
  readonly untouched: readonly Id[];
}

export interface Signature {
  readonly left: readonly LeftMatter[];
  readonly note: string;
}

/** Whether a day may be signed now, whatever stands beside the signature. */
export function signable(
  { day, signed }: Pick<DayToSign, "day" | "signed">,
  now: Instant,
): Result<null, DayRefusal> {
  const days = daysBetween(day, localDate(now));
  if (signed) return refuse("day-signed");
  if (days < 1) return refuse("day-not-over");
  if (days > DAY_LIMITS.signWithinDays) return refuse("day-too-old");
  return accept(null);
}

/**
 * Signs a station's day off: each matter that nobody touched needs its reason, and only those have
 * one. Refuses what `signable` refuses, `left-unexplained`, `note-too-long` and `note-forbidden`.
 * Source: 一日清, domain.md §1.7.
 */
export function signDay(
  day: DayToSign,
  { left, note }: Signature,
  { now, isForbidden }: { readonly now: Instant; isForbidden: (text: string) => boolean },
): Result<{ readonly left: readonly LeftMatter[]; readonly note: string | null }, DayRefusal> {
  const may = signable(day, now);
  if (!may.ok) return may;
  const reasons = new Map(left.map((one) => [one.matterId, one]));
  const explained = day.untouched.flatMap((id) => reasons.get(id) ?? []);
  const missing = day.untouched.length - explained.length;
  if (missing > 0) return refuse("left-unexplained", { count: missing });
  const text = note.trim();
  if (text.length > DAY_LIMITS.noteLength) {
    return refuse("note-too-long", { max: DAY_LIMITS.noteLength });
  }
  if (isForbidden(text)) return refuse("note-forbidden");
  return accept({ left: explained, note: text === "" ? null : text });
}
