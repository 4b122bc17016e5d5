/** What this product does not take, and what it says about what it does take. */
import type { Id } from "../shared/id.ts";

/** Why a datum is not taken. One word each; `forbidden-terms.ts` holds the words that betray it. */
export const FORBIDDEN_CATEGORIES = [
  "id_document",
  "biometric",
  "ethnicity",
  "religion",
  "politics",
  "health",
  "criminal_record",
  "petitioning",
  "sexual_life",
  "person_class",
  "person_score",
  "movement",
  "relations",
  "covert",
  "data_fusion",
  "personal_roster",
  "case_file",
] as const;
export type ForbiddenCategory = (typeof FORBIDDEN_CATEGORIES)[number];

export type ForbiddenColumn = {
  /** Position in the header, from 0. */
  readonly index: number;
  readonly header: string;
  readonly category: ForbiddenCategory;
  /** The word that gave it away. */
  readonly term: string;
};

export type FindingKind = "id_number" | "phone" | "forbidden_word" | "third_party_name";

/** Something in a free text that should not stand there. A warning to the writer, not a verdict. */
export type Finding = {
  readonly kind: FindingKind;
  readonly category?: ForbiddenCategory;
  /** Half-open, in UTF-16 units of the text as given. */
  readonly start: number;
  readonly end: number;
};

/** An identity number is never taken: such a text is refused, others are only warned of. */
export function isForbidden({ kind }: Finding): boolean {
  return kind === "id_number";
}

export const RETENTION_CLASSES = [
  "attempt_log",
  "visit_record",
  "callback_phone",
  "occupancy_status",
  "access_need",
  "matter",
  "matter_document_reference",
  "complaint_file",
  "tip_id",
  "message_text",
  "data_request",
  "support_visit",
  "safe_contact",
  "callback_audio",
  "hazard_photo",
  "survey_contact_link",
  "survey_microdata",
  "audit_log",
  "impact_assessment",
  "officer_device_time",
] as const;
export type RetentionClass = (typeof RETENTION_CLASSES)[number];

export type RetentionRule = {
  readonly data: RetentionClass;
  /** The event from which time runs. */
  readonly from:
    | "recorded"
    | "campaign_end"
    | "matter_closed"
    | "last_matter_closed"
    | "routed"
    | "sent"
    | "decided"
    | "order_expired"
    | "follow_up_ended"
    | "fieldwork_ended";
  readonly keep: { readonly months: number } | { readonly days: number };
  /** What follows: the row goes, only its count stays, or only its reference stays. */
  readonly afterwards: "delete" | "aggregate" | "keep_reference";
  readonly basis: string;
};

export const NOTICE_KINDS = ["doorstep", "card", "shop", "refusal", "decline"] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export const CONSENT_KINDS = [
  "callback_phone",
  "indoor_photo",
  "sensitive_referral",
  "guardian",
] as const;
export type ConsentKind = (typeof CONSENT_KINDS)[number];

export type NoticeLocale = "zh-CN" | "en";

/** Wording that residents are told, by version: what someone was told in May stays what he was told. */
export type NoticeVersion = {
  readonly version: string;
  /** First local day it is used. */
  readonly from: string;
  readonly texts: Readonly<Record<NoticeKind, Readonly<Record<NoticeLocale, string>>>>;
  readonly consents: Readonly<Record<ConsentKind, Readonly<Record<NoticeLocale, string>>>>;
  readonly withdrawal: Readonly<Record<NoticeLocale, string>>;
};

// -- one's own data -------------------------------------------------------------------------------

/** Payload of `consent.withdrawn`: of which record, for that record's own trail. */
export interface ConsentWithdrawn {
  readonly kind: DataSubjectKind;
  readonly id: Id;
}

/** Payload of `deletion.granted`: whose words are to go, wherever they stand. */
export interface WordsToGo {
  readonly matterId: Id;
}

/** What a receipt can lead to; `none` for a request on paper that names no receipt. */
export const DATA_SUBJECT_KINDS = [
  "matter",
  "complaint",
  "tip",
  "appointment",
  "wish",
  "none",
] as const;
export type DataSubjectKind = (typeof DATA_SUBJECT_KINDS)[number];

/** What is held, in the words of those to whom it belongs. */
export const HELD_DATA = [
  "phone",
  "salutation",
  "words",
  "place",
  "history",
  "photos",
  "time",
  "quiet",
  "sealed",
] as const;
export type HeldData = (typeof HELD_DATA)[number];

export const DATA_REQUEST_KINDS = ["copy", "correction", "deletion", "explanation"] as const;
export type DataRequestKind = (typeof DATA_REQUEST_KINDS)[number];

export const DATA_DECISIONS = ["granted", "partly", "refused"] as const;
export type DataDecision = (typeof DATA_DECISIONS)[number];

/** Who answers: the data protection officer, or whoever handles the complaint that it is about. */
export const REQUEST_HANDLERS = ["dpo", "inspectorate", "feedback_centre"] as const;
export type RequestHandler = (typeof REQUEST_HANDLERS)[number];

export const REQUEST_ORIGINS = ["page", "desk", "paper"] as const;
export type RequestOrigin = (typeof REQUEST_ORIGINS)[number];

export const REQUEST_LIMITS = { textLength: 500, answerLength: 1000 } as const;
