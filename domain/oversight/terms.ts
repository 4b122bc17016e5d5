/** The words of the blind second look at visits (抽查复核). Source: domain.md §7.4. */
import type { Id } from "../shared/id.ts";
import type { Instant, LocalDate } from "../shared/instant.ts";
import type { Outcome } from "../visits/terms.ts";

/**
 * What is looked at: homes where somebody was met, and doors that were written off as no home. Who
 * declined or asked for no visits is left in peace, here too, and no list of empty homes is made.
 */
export const STRATA = ["met", "written_off"] as const;
export type Stratum = (typeof STRATA)[number];

/** Outcomes of which one would be somebody's refusal, or an empty home, stand in no stratum. */
export const STRATUM_OF: Readonly<Partial<Record<Outcome, Stratum>>> = {
  completed_inside: "met",
  completed_doorstep: "met",
  completed_elsewhere: "met",
  not_residential: "written_off",
  wrong_address: "written_off",
};

/** A visit of the week as far as the draw and the comparison know it. */
export interface DrawnVisit {
  readonly id: Id;
  readonly placeId: Id;
  readonly stationId: Id;
  readonly beatId: Id | null;
  readonly outcome: Outcome;
}

// -- asking ---------------------------------------------------------------------------------------

export const FOUND = ["home", "no_home", "no_such_door"] as const;
export type Found = (typeof FOUND)[number];

/** To "did police call at your home in these days?". */
export const CAME = [
  "yes",
  "no",
  "dont_know",
  "household_changed",
  "declined",
  "no_contact",
] as const;
export type Came = (typeof CAME)[number];

/** Where they spoke; a call by telephone is no visit. */
export const SPOKE = ["inside", "doorstep", "elsewhere", "phone", "dont_know"] as const;
export type Spoke = (typeof SPOKE)[number];

/**
 * What was heard at the door. Two services that did not call are asked after as well: who says yes to
 * everything is known by them.
 */
export interface RecheckAnswer {
  readonly found: Found;
  readonly came: Came | null;
  readonly spoke: Spoke | null;
  readonly gasCheck: boolean | null;
  readonly gridWorker: boolean | null;
}

export const RESULTS = [
  "confirmed",
  "different",
  "not_confirmed",
  "unknown",
  "self_corrected",
] as const;
export type RecheckResult = (typeof RESULTS)[number];

// -- what differs ---------------------------------------------------------------------------------

export const FINDING_STATES = ["open", "explained", "accepted", "upheld", "appealed"] as const;
export type FindingState = (typeof FINDING_STATES)[number];

export const EXPLANATIONS = [
  "device_failed",
  "wrong_door",
  "entered_by_other",
  "resident_forgot",
  "no_reason",
] as const;
export type Explanation = (typeof EXPLANATIONS)[number];

export const VERDICTS = ["accepted", "upheld"] as const;
export type Verdict = (typeof VERDICTS)[number];

export type FindingCommand =
  | { readonly type: "explain"; readonly why: Explanation; readonly text: string }
  | { readonly type: "view"; readonly text: string }
  | {
      readonly type: "decide";
      readonly verdict: Verdict;
      readonly peerId: Id;
      readonly text: string;
    }
  | { readonly type: "appeal"; readonly text: string };
export const FINDING_COMMANDS = ["explain", "view", "decide", "appeal"] as const;
export type FindingCommandType = (typeof FINDING_COMMANDS)[number];

export type FindingEvent = FindingCommand & { readonly by: Id; readonly at: Instant };

/** A visit and what was heard at its door don't agree. No verdict in itself. */
export interface Finding {
  readonly id: Id;
  readonly version: number;
  readonly visitId: Id;
  readonly stationId: Id;
  /** Everybody whose visit it was. */
  readonly team: readonly Id[];
  readonly result: RecheckResult;
  readonly state: FindingState;
  /** They may explain until this moment; then it is decided without. */
  readonly explainUntil: Instant;
  /** The last day of an appeal; null while nothing was decided against them. */
  readonly appealUntil: LocalDate | null;
  readonly events: readonly FindingEvent[];
}

export type FindingRefusal =
  | "not-permitted"
  | "wrong-state"
  | "text-missing"
  | "text-too-long"
  | "text-forbidden"
  | "view-missing"
  | "explanation-awaited"
  | "peer-unfit"
  | "appeal-late"
  | "decider-cannot-review";

export type RoundRefusal = "round-not-drawn" | "round-locked" | "answers-missing";
export type AnswerRefusal = "round-locked" | "answer-incomplete";

export const RECHECK_LIMITS = {
  /** Of each stratum of each station. Source: domain.md §7.4, 5-20 % back-checks. */
  share: 0.05,
  /** Where there are so many. */
  least: 2,
  /** A week nobody finished asking after is closed with what was heard. */
  askDays: 21,
  /** Who mends his record in this time is not asked about it. */
  graceDays: 7,
  explainDays: 7,
  appealWorkingDays: 10,
  textLength: 1000,
} as const;
