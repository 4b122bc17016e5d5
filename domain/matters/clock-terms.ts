/** The words of the clocks that run on a matter. */
import type { Instant } from "../shared/instant.ts";

/** What a clock is for. A matter runs at most one of each. */
export const CLOCK_PURPOSES = [
  /** To bring it to what its kind asks for: answered, delivered, settled, cleared. */
  "finish",
  /** To tell the resident how it stands while it takes long. */
  "interim",
  /** Whoever was asked to take it over accepts or returns it. */
  "take_over",
  /** The body that took it over says what came of it. */
  "other_result",
  /** Somebody independent asks the resident. */
  "callback",
  /** A resident who answered a text with “no” is rung up by a person. */
  "human_callback",
  /** Taken up again: put right and answered. */
  "redo",
  /** The competent body hears of what may be a major hazard. */
  "report",
  /** The competent body takes over what is, or may be, a major hazard. */
  "hand_over",
  /** A pause is looked at again before it goes on. */
  "pause_review",
] as const;
export type ClockPurpose = (typeof CLOCK_PURPOSES)[number];

export const CLOCK_UNITS = ["hours", "calendar_days", "working_days", "months"] as const;
export type ClockUnit = (typeof CLOCK_UNITS)[number];

/** Why a clock may stand still: each lies outside of the hands of whoever answers for the matter. */
export const PAUSE_REASONS = [
  "resident_away",
  "awaiting_appraisal",
  "awaiting_court",
  "awaiting_other_body",
  "awaiting_approval",
  "force_majeure",
] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

/** Limits that no matter runs, and another subject goes by. */
export const LIMITS_ELSEWHERE = [
  "complaint.receipt",
  "complaint.check",
  "complaint.investigate",
  "complaint.answer",
  "petition.review",
  "mediation.police_second",
  "confirm.judicial",
  "property.collect",
  "dsr",
] as const;
export type LimitElsewhere = (typeof LIMITS_ELSEWHERE)[number];

/** Who is told of a missed limit, and has the task: the station's leader, then the feedback centre. */
export const SUPERVISORS = ["station", "bureau"] as const;
export type Supervisor = (typeof SUPERVISORS)[number];

/** The lists of what has to be done by when. */
export const WORK_LISTS = ["overdue", "today", "soon", "paused", "tasks"] as const;
export type WorkList = (typeof WORK_LISTS)[number];

/** A clock of one matter, started by one version of a rule and held to it. */
export interface RunningClock {
  readonly purpose: ClockPurpose;
  readonly rule: string;
  readonly version: number;
  readonly startedAt: Instant;
  /**
   * The first instant that is too late: the end of the last day. Null while it stands still, and
   * where the holidays of that time are not announced yet.
   */
  readonly dueAt: Instant | null;
  readonly pausedAt: Instant | null;
  /** What a standing clock has left: milliseconds, working days or days, by the unit of its rule. */
  readonly left: number | null;
  /** Since when a clock runs on whose last day can't be told yet; it still has `left`. */
  readonly resumedAt?: Instant;
  /** What extensions added so far, in the unit of the rule's extension. */
  readonly extended: number;
  /** The last level that was told of the missed limit, and when. */
  readonly raisedTo: Supervisor | null;
  readonly raisedAt: Instant | null;
  /** That level has yet to say what it does about it. */
  readonly task: boolean;
}
