import type { Id } from "../shared/id.ts";
import type { Instant, LocalDate } from "../shared/instant.ts";

/** Why a matter that came in was not touched by the end of its day. */
export const LEFT_REASONS = [
  "came_late",
  "resident_unreached",
  "handler_away",
  "waits_for_body",
  "more_urgent_first",
] as const;
export type LeftReason = (typeof LEFT_REASONS)[number];

/** What a day is counted by. */
export const DAY_FIGURES = [
  "came_in",
  "taken_up",
  "answered",
  "ended",
  "untouched",
  "resolved_that_day",
  "closed_that_day",
  "due_next_day",
] as const;
export type DayFigure = (typeof DAY_FIGURES)[number];
export type DayFigures = Readonly<Record<DayFigure, number>>;

export interface LeftMatter {
  readonly matterId: Id;
  readonly why: LeftReason;
}

/** A day of a station, signed off by its leader. Never changed. */
export interface SignedDay {
  readonly stationId: Id;
  readonly day: LocalDate;
  readonly signedBy: Id;
  readonly signedAt: Instant;
  readonly figures: DayFigures;
  readonly left: readonly LeftMatter[];
  readonly note: string | null;
}

export const DAY_LIMITS = { noteLength: 500, signWithinDays: 7 } as const;

export type DayRefusal =
  /** It can be signed from midnight on. */
  | "day-not-over"
  | "day-too-old"
  | "day-signed"
  /** A matter that nobody touched has no reason beside it. */
  | "left-unexplained"
  | "note-too-long"
  | "note-forbidden";
