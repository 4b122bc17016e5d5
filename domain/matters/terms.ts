import type { PartnerKind } from "../organisation/terms.ts";
import type { Id } from "../shared/id.ts";
import type { Instant, LocalDate } from "../shared/instant.ts";
import type { ClockPurpose, PauseReason, RunningClock, Supervisor } from "./clock-terms.ts";
import type { HazardHappening, HazardSide } from "./hazard-terms.ts";
import type {
  HazardGrade,
  HazardStanding,
  MatterKind,
  MatterOutcome,
  MatterSubtype,
  UnsolvedReason,
} from "./kind-terms.ts";
import type { Merged, MergeHappening } from "./merge-terms.ts";
import type { ContactConsent, Referral, ReferralBasis } from "./referral.ts";

export * from "./command-terms.ts";
export * from "./kind-terms.ts";

/**
 * Where a matter stands.
 *
 * `referred`: a body outside of the police took it over and has yet to say what came of it.
 * `suspended`: it waits for what is in nobody's hands here, for a reason and not for ever.
 * `resolved` is what the handler claims; `declined` is a decision the resident has yet to hear of;
 * `merged` waits for the outcome of another, which is the same problem.
 * `handed_to_110`: somebody is in danger, and the emergency line has it; its own record goes on there.
 * `closed`, `withdrawn` and `handed_to_110` are the ends. A reopened matter is `in_progress` again.
 */
export const MATTER_STATES = [
  "registered",
  "accepted",
  "in_progress",
  "referred",
  "suspended",
  "resolved",
  "declined",
  "feedback_given",
  "called_back",
  "merged",
  "closed",
  "withdrawn",
  "handed_to_110",
] as const;
export type MatterState = (typeof MATTER_STATES)[number];

/** The handler says that it is done; the resident has yet to confirm it. */
export const CLAIMED: readonly MatterState[] = ["resolved", "feedback_given", "called_back"];

/**
 * How a matter ended; null while it has not. A declined matter is `closed` as `declined`, one that
 * another body brought to its end as `closed_referred`, one that was the same problem as `merged`.
 */
export const DISPOSITIONS = [
  "closed",
  "closed_referred",
  "declined",
  "withdrawn",
  "merged",
  "handed_to_110",
] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/** The states in which a matter has ended. */
export const ENDED: readonly MatterState[] = ["closed", "withdrawn", "handed_to_110"];

/** Endings after work on the matter, by whomever: they have an outcome. */
export const WORKED: readonly (Disposition | null)[] = ["closed", "closed_referred"];
/** Endings that are owed a reason unless everything was solved. */
export const ANSWERABLE: readonly (Disposition | null)[] = [...WORKED, "declined"];

export const DECLINE_REASONS = [
  "not_police_business",
  "already_decided",
  "in_court",
  "same_matter_open",
  "unlawful_request",
  "place_unknown",
  "other",
] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

/** Signs that end mediation before it begins: such a dispute is never settled by agreement. */
export const STOP_SIGNS = [
  "violence_at_home",
  "child_or_sexual_harm",
  "serious_crime",
  "weapon_threat",
  "party_in_fear",
  "repeated_breach",
] as const;
export type StopSign = (typeof STOP_SIGNS)[number];

/** The right way that is shown instead of mediation. */
export const OTHER_WAYS = [
  "emergency_110",
  "domestic_violence_protection",
  "court",
  "petition",
  "competent_body",
] as const;
export type OtherWay = (typeof OTHER_WAYS)[number];

/** How the resident wishes to be answered. */
export const FEEDBACK_WISHES = [
  "sms",
  "phone",
  "in_person",
  "letter",
  "notice_board",
  /** On the page of the receipt. */
  "page",
  "none",
] as const;
export type FeedbackWish = (typeof FEEDBACK_WISHES)[number];

export const ANSWER_MODES = [
  "sms",
  "phone",
  "letter",
  "notice_board",
  "in_person",
  "page",
] as const;
export type AnswerMode = (typeof ANSWER_MODES)[number];

/** How somebody independent calls back. */
export const CALLBACK_MODES = ["sms", "phone", "in_person"] as const;
/** The same, and what the resident says unasked: on the page of the receipt, or on the paper form. */
export type CallbackMode = (typeof CALLBACK_MODES)[number] | "page" | "paper";

/** What the resident says when called back. */
export const SOLVED_ANSWERS = ["yes", "partly", "no", "do_not_know"] as const;
export type SolvedAnswer = (typeof SOLVED_ANSWERS)[number];

/** Lawful reasons to close without a callback. */
export const CALLBACK_WAIVERS = [
  "anonymous",
  "not_wanted",
  "no_reporter",
  "unreachable",
  "unsafe_to_contact",
  "not_sampled",
  /** Answers are read on the page of the receipt, and nothing was said there. */
  "silent_on_page",
] as const;
export type CallbackWaiver = (typeof CALLBACK_WAIVERS)[number];

export const REOPEN_REASONS = [
  "not_solved",
  "resident_disagrees",
  "agreement_breached",
  "came_back",
  "new_facts",
  "error",
] as const;
export type ReopenReason = (typeof REOPEN_REASONS)[number];

/** Where a matter was heard (base fact `origin`); the other channels join with their subjects. */
export const MATTER_ORIGINS = ["visit", "officer", "web"] as const;
export type MatterOrigin = (typeof MATTER_ORIGINS)[number];

/** Whether the resident has a right to an answer before the end. */
export function feedbackNeeded(
  matter: Pick<Matter, "reporter" | "anonymous" | "feedback">,
): boolean {
  return matter.reporter === "resident" && !matter.anonymous && matter.feedback !== "none";
}

/** Who raised it: a resident who has a right to an answer, or an officer who saw it. */
export const REPORTERS = ["resident", "officer"] as const;
export type Reporter = (typeof REPORTERS)[number];

/** Why somebody looks at a resident's phone number; each look is kept in the audit. */
export const CONTACT_PURPOSES = ["answer", "call_back", "arrange_service", "mediation"] as const;
export type ContactPurpose = (typeof CONTACT_PURPOSES)[number];

/** Chosen with paper letters in mind: an answer fits on one page, a note on a phone's screen. */
export const MATTER_LIMITS = {
  textLength: 1000,
  reasonLength: 500,
  answerLength: 1000,
  /** Signs of an answer by text, with the signature: what is read at one glance (domain.md §4.11). */
  smsLength: 120,
  noteLength: 500,
  salutationLength: 10,
  /** Characters of the text that travel to the beat's phones. */
  feedTextLength: 200,
} as const;

/** A resident's way to be reached, given freely for an answer. Kept apart and encrypted. */
export interface ContactDraft {
  /** A Chinese mobile, fixed-line or 400 number; hyphens allowed. */
  readonly phone?: string | undefined;
  readonly salutation?: string | undefined;
  /** It may be used to answer this matter; without it nothing of it is kept. */
  readonly consent: boolean;
}

/** `matters.raise`: a matter as it is noted outside of a visit. The id is made on the phone. */
export interface MatterDraft {
  readonly id: Id;
  readonly kind: MatterKind;
  readonly subtype: MatterSubtype;
  readonly text: string;
  /** The place concerned; for hazards the common part rather than the home. */
  readonly placeId: Id;
  readonly reporter: Reporter;
  readonly feedback: FeedbackWish;
  readonly anonymous?: boolean | undefined;
  readonly contact?: ContactDraft | undefined;
  /** For a dispute: what the officer saw or heard that rules mediation out. */
  readonly stopSigns?: readonly StopSign[] | undefined;
  /** For a hazard; `ordinary` when nothing is said. */
  readonly grade?: HazardGrade | undefined;
}

/** From the worst to the best: what a callback asks to be marked. */
export function isMark(mark: number): boolean {
  return Number.isInteger(mark) && mark >= 1 && mark <= 5;
}

/** What else than satisfaction is marked, and may be left open. Source: domain.md §5.2. */
export const MARKED = ["respectful", "informed"] as const;
export type Marks = { readonly [mark in (typeof MARKED)[number]]?: number | undefined };

/** The marks that were given, as an event keeps them. */
export function given(marks: Marks): { readonly respectful?: number; readonly informed?: number } {
  const { respectful, informed } = marks;
  return {
    ...(respectful === undefined ? {} : { respectful }),
    ...(informed === undefined ? {} : { informed }),
  };
}

export interface CallbackResult {
  readonly by: Id;
  readonly at: Instant;
  readonly mode: CallbackMode;
  readonly reached: boolean;
  readonly solved: SolvedAnswer | null;
  /** 1 very dissatisfied … 5 very satisfied. */
  readonly satisfaction: number | null;
}

/** One thing to bring to an end, as its events left it. */
export interface Matter {
  readonly id: Id;
  /** Eight characters to be said on the phone; see `matterNumber`. */
  readonly number: string;
  readonly kind: MatterKind;
  readonly subtype: MatterSubtype;
  readonly state: MatterState;
  /** The sequence number of the last event. */
  readonly version: number;
  readonly stationId: Id;
  readonly beatId: Id | null;
  readonly communityId: Id | null;
  readonly placeId: Id;
  readonly visitId: Id | null;
  /** The campaigns of the visit it was heard at: it counts for each of them. */
  readonly campaignIds: readonly Id[];
  readonly origin: MatterOrigin;
  readonly reporter: Reporter;
  readonly text: string;
  readonly feedback: FeedbackWish;
  readonly anonymous: boolean;
  /** Everyone who was there when it was found or heard; none of them re-checks a hazard. */
  readonly finders: readonly Id[];
  /** Who answers for it: the first recipient, until a receiver accepts (首接负责). */
  readonly responsibleId: Id;
  /** Asked to take it over and not yet accepted. */
  readonly assigneeId: Id | null;
  /** The body outside of the police that was asked, took it over, or said what came of it. */
  readonly referral: Referral | null;
  /** The present assignment or referral was decided by the feedback centre after two returns. */
  readonly arbitrated: boolean;
  readonly returns: number;
  /** Everyone who ever answered for it or acted in handling it; none of them closes it. */
  readonly handlers: readonly Id[];
  /** Disputes only: whether mediation is open to it; null before screening. */
  readonly suitable: boolean | null;
  readonly stopSigns: readonly StopSign[];
  /** Hazards only. */
  readonly grade: HazardStanding | null;
  /** Hazards only, once there is something to say. */
  readonly hazard: HazardSide | null;
  /** The same problem as another one, which is worked on instead. */
  readonly merged: Merged | null;
  readonly outcome: MatterOutcome | null;
  readonly reason: UnsolvedReason | DeclineReason | null;
  readonly registeredAt: Instant;
  readonly dueOn: LocalDate | null;
  readonly acceptedAt: Instant | null;
  readonly resolvedAt: Instant | null;
  /** Hazards: when somebody else saw that it is gone. */
  readonly clearedAt: Instant | null;
  readonly answeredAt: Instant | null;
  /** When the resident was last told how it stands, before any answer. */
  readonly informedAt: Instant | null;
  /** Why it is suspended; null while it isn't. */
  readonly pauseReason: PauseReason | null;
  /** What runs against whom: see running.ts. */
  readonly clocks: readonly RunningClock[];
  /** Calls since the last answer; null result fields where nobody was reached. */
  readonly callbacks: readonly CallbackResult[];
  readonly waiver: CallbackWaiver | null;
  readonly closedAt: Instant | null;
  readonly disposition: Disposition | null;
  readonly reopened: number;
}

/** What happened to a matter; stored in order, never changed. */
export type MatterChange = Happening & {
  /** The clocks as the change left them; absent where it left them alone. */
  readonly clocks?: readonly RunningClock[];
};

type Happening =
  | HazardHappening
  | MergeHappening
  | {
      readonly type: "registered";
      readonly id: Id;
      readonly kind: MatterKind;
      readonly subtype: MatterSubtype;
      readonly text: string;
      readonly stationId: Id;
      readonly beatId: Id | null;
      readonly communityId: Id | null;
      readonly placeId: Id;
      readonly visitId: Id | null;
      readonly campaignIds: readonly Id[];
      readonly origin: MatterOrigin;
      readonly reporter: Reporter;
      readonly feedback: FeedbackWish;
      readonly anonymous: boolean;
      readonly recipientId: Id;
      readonly finders: readonly Id[];
      readonly grade: HazardGrade | null;
    }
  | {
      readonly type: "screened";
      readonly stopSigns: readonly StopSign[];
      readonly way: OtherWay | null;
    }
  | { readonly type: "assigned"; readonly to: Id; readonly arbitrated: boolean }
  /** By a colleague, or by the body it was referred to. */
  | { readonly type: "assignment_returned"; readonly reason: string }
  | {
      readonly type: "referred";
      readonly to: Id;
      readonly bodyKind: PartnerKind | null;
      readonly basis: ReferralBasis;
      readonly law: string | null;
      /** What the body is told: the problem, and nobody's name. */
      readonly text: string;
      /** How the resident agreed that the body may have his number; null: it may not. */
      readonly contact: ContactConsent | null;
    }
  /** The body took it over; `text` where an officer wrote down what it said. */
  | { readonly type: "accepted_by_body"; readonly text: string }
  | { readonly type: "recalled"; readonly text: string }
  | { readonly type: "accepted" }
  | { readonly type: "started" }
  | { readonly type: "noted"; readonly text: string }
  | {
      readonly type: "corrected";
      readonly subtype?: MatterSubtype;
      readonly grade?: HazardGrade;
      readonly text?: string;
      readonly why: string;
    }
  | {
      readonly type: "resolved";
      readonly outcome: MatterOutcome;
      readonly reason: UnsolvedReason | null;
      readonly text: string;
    }
  | { readonly type: "performed" }
  | { readonly type: "rechecked"; readonly cleared: boolean; readonly text: string }
  | { readonly type: "declined"; readonly reason: DeclineReason; readonly text: string }
  | { readonly type: "answered"; readonly mode: AnswerMode; readonly text: string }
  | {
      readonly type: "called_back";
      readonly mode: CallbackMode;
      readonly reached: boolean;
      readonly solved: SolvedAnswer | null;
      readonly satisfaction: number | null;
      /** How respectfully he was met, and how well kept informed: 1 to 5, where he said so. */
      readonly respectful?: number;
      readonly informed?: number;
      /** Said on the page only: whether anybody got in touch, and whether the unit may do so again. */
      readonly contacted?: boolean;
      readonly mayContact?: boolean;
      readonly text: string;
    }
  | { readonly type: "callback_waived"; readonly reason: CallbackWaiver }
  | { readonly type: "reopened"; readonly reason: ReopenReason; readonly text: string }
  | {
      readonly type: "closed";
      readonly disposition: Exclude<Disposition, "withdrawn" | "handed_to_110">;
      /** What those who handle matters learn from it; the resident is not told. */
      readonly lesson?: string;
    }
  | { readonly type: "withdrawn"; readonly text: string }
  /** `text`: what the emergency line was told, and the number it gave. */
  | { readonly type: "handed_to_110"; readonly text: string }
  | { readonly type: "informed"; readonly mode: AnswerMode; readonly text: string }
  | { readonly type: "suspended"; readonly reason: PauseReason; readonly text: string }
  | { readonly type: "resumed" }
  | {
      readonly type: "extended";
      readonly purpose: ClockPurpose;
      /** In the unit of the rule's extension. */
      readonly amount: number;
      readonly unit: "calendar_days" | "working_days";
      readonly why: string;
      /** How the resident was told; null where nobody waits to hear. */
      readonly told: AnswerMode | null;
    }
  /** A limit was missed, and the level above was told. */
  | {
      readonly type: "raised";
      readonly purpose: ClockPurpose;
      readonly rule: string;
      readonly to: Supervisor;
      readonly dueAt: Instant;
    }
  /** The level above said what it does about it. */
  | { readonly type: "supervised"; readonly level: Supervisor; readonly text: string }
  /** Holidays were announced, and limits got their dates. */
  | { readonly type: "dated" };

type MatterEventType = MatterChange["type"];

export interface MatterEvent {
  readonly seq: number;
  readonly at: Instant;
  readonly by: Id;
  readonly change: MatterChange;
}

/** Payload of the fact `matter.words_erased`: whatever others keep of these words goes with them. */
export interface WordsErased {
  readonly matterIds: readonly Id[];
}

/** Payload of the fact `matter.changed`: what the figures take their differences from. */
export interface MatterFact {
  readonly matterId: Id;
  readonly kind: MatterKind;
  readonly subtype: MatterSubtype;
  readonly stationId: Id;
  readonly beatId: Id | null;
  readonly communityId: Id | null;
  readonly campaignIds: readonly Id[];
  readonly origin: MatterOrigin;
  /** Null when it has just been registered. */
  readonly from: MatterState | null;
  readonly to: MatterState;
  readonly events: readonly MatterEventType[];
  readonly happened: readonly MatterEvent[];
  readonly registeredAt: Instant;
  readonly dueOn: LocalDate | null;
  /** When the last of `events` happened. */
  readonly at: Instant;
  readonly outcome: MatterOutcome | null;
  /** The outcome of an opinion; null for other kinds. */
  readonly adoption: "adopted" | "partly" | "not_adopted" | null;
  readonly reason: UnsolvedReason | DeclineReason | null;
  readonly disposition: Disposition | null;
  readonly before: Matter | null;
  readonly after: Matter;
}
