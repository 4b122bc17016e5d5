import type { Role } from "../organisation/terms.ts";
import type { Id } from "../shared/id.ts";
import type { Instant, LocalDate } from "../shared/instant.ts";

/** What it is about, in the complainant's words; the finding says what it was. */
export const COMPLAINT_KINDS = [
  "attitude",
  "inaction",
  "delay",
  "procedure",
  "force",
  "money",
  "privacy",
  "retaliation",
  "other",
] as const;
export type ComplaintKind = (typeof COMPLAINT_KINDS)[number];

/** Whom it concerns: that decides who can't handle it. */
export const COMPLAINT_ABOUT = ["station", "bureau_unit", "inspectorate", "unknown"] as const;
export type ComplaintAbout = (typeof COMPLAINT_ABOUT)[number];

/**
 * `received`, then told so (`receipted`); looked at within three working days (`investigating`);
 * `found`; `answered`, with a month to ask for a review; `under_review`; `closed`.
 * Source: domain.md §4.8.
 */
export const COMPLAINT_STATES = [
  "received",
  "receipted",
  "investigating",
  "found",
  "answered",
  "under_review",
  "closed",
] as const;
export type ComplaintState = (typeof COMPLAINT_STATES)[number];

/** `other_channel`: a petition, a review of an order or a lawsuit already decides it (督察条例 9). */
export const FINDINGS = [
  "substantiated",
  "partly",
  "unsubstantiated",
  "not_police",
  "other_channel",
  "withdrawn",
] as const;
export type Finding = (typeof FINDINGS)[number];

export const CHECK_RESULTS = ["investigate", "not_police", "other_channel"] as const;
export type CheckResult = (typeof CHECK_RESULTS)[number];

export const REVIEW_RESULTS = ["upheld", "changed"] as const;

/** Why somebody looks at how to reach the complainant; each look is kept with the file. */
export const COMPLAINT_CONTACT_PURPOSES = ["ask", "answer"] as const;

/** Where it came in; the desk types letters and calls to 12389. */
export const COMPLAINT_ORIGINS = ["online", "letter", "phone", "visit"] as const;
export type ComplaintOrigin = (typeof COMPLAINT_ORIGINS)[number];

export const COMPLAINT_LIMITS = { textLength: 4000, reasonLength: 2000 } as const;

export interface ComplaintDraft {
  readonly about: ComplaintAbout;
  readonly stationId: Id | null;
  readonly kind: ComplaintKind;
  readonly text: string;
  readonly happenedOn?: LocalDate | undefined;
  readonly origin: ComplaintOrigin;
  readonly contact?:
    | {
        readonly phone?: string | undefined;
        readonly salutation?: string | undefined;
        readonly consent: boolean;
      }
    | undefined;
}

/** Where a complaint stands; its words are kept apart, sealed. */
export interface Complaint {
  readonly id: Id;
  readonly version: number;
  readonly about: ComplaintAbout;
  readonly stationId: Id | null;
  readonly kind: ComplaintKind;
  readonly origin: ComplaintOrigin;
  /** The role that handles it: never one of the unit concerned or of its chain. */
  readonly handledBy: Role;
  /** Members it turned out to concern. They see nothing of it and are heard. */
  readonly concerned: readonly Id[];
  readonly heard: number;
  readonly state: ComplaintState;
  readonly finding: Finding | null;
  readonly foundBy: Id | null;
  readonly receivedAt: Instant;
  readonly receiptedAt: Instant | null;
  readonly checkedAt: Instant | null;
  readonly foundAt: Instant | null;
  /** When the answer was due, kept for the figures. */
  readonly answerDueAt: Instant | null;
  readonly answeredAt: Instant | null;
  readonly reviewAskedAt: Instant | null;
  readonly reviewedAt: Instant | null;
  readonly closedAt: Instant | null;
  /** When the next step is due; null when none runs, or the holidays aren't announced yet. */
  readonly dueAt: Instant | null;
}

export type ComplaintCommand =
  | { readonly type: "receipt" }
  | { readonly type: "note"; readonly text: string }
  | { readonly type: "name"; readonly memberIds: readonly Id[] }
  | { readonly type: "check"; readonly result: CheckResult; readonly text: string }
  | { readonly type: "hear"; readonly text: string }
  | {
      readonly type: "find";
      readonly finding: "substantiated" | "partly" | "unsubstantiated";
      readonly text: string;
      readonly remedy?: string | undefined;
    }
  | { readonly type: "answer"; readonly text: string }
  | {
      readonly type: "decide_review";
      readonly result: (typeof REVIEW_RESULTS)[number];
      readonly finding?: "substantiated" | "partly" | "unsubstantiated" | undefined;
      readonly text: string;
    }
  /** By the complainant, with the receipt. */
  | { readonly type: "ask_review"; readonly text: string }
  | { readonly type: "withdraw" }
  /** By time: nobody asked for a review within the month. */
  | { readonly type: "close" };

export const COMPLAINT_STEPS = [
  "receipt",
  "note",
  "name",
  "check",
  "hear",
  "find",
  "answer",
  "decide_review",
] as const satisfies readonly ComplaintCommand["type"][];
export type ComplaintStep = (typeof COMPLAINT_STEPS)[number];

export type ComplaintEventType =
  | ComplaintCommand["type"]
  | "received"
  | "revealed"
  /** The complainant withdrew his consent: how to reach him was deleted with this line. */
  | "consent_withdrawn";

export type ComplaintRefusal =
  | "conflict-of-interest"
  | "complaint-wrong-state"
  | "complaint-text-missing"
  | "complaint-text-too-long"
  | "station-needed"
  | "officer-not-heard"
  | "reviewer-was-finder"
  | "review-used"
  | "review-too-late"
  | "finding-needed"
  | "stale-version"
  | "phone-invalid"
  | "contact-without-consent"
  | "contact-without-purpose";
