/** What a form is: data, so that a bureau can have its own version without a new program. */

export interface Text {
  readonly "zh-CN": string;
  readonly en: string;
}

const QUESTION_TYPES = [
  "select_one",
  "select_multiple",
  /** Each option answered yes, no or not applicable. */
  "checklist",
  "text",
  "integer",
  "phone",
  "uscc",
  "date",
  /** Must be shown and acknowledged; holds nothing else. */
  "acknowledge",
  /** Shown to the officer; nothing is recorded. */
  "notice",
  /** A list of matters of one kind. */
  "matters",
] as const;
type QuestionType = (typeof QUESTION_TYPES)[number];

/**
 * How personal the answer is. `none`: says nothing of anybody. `ordinary`: personal once it is tied
 * to an address. `consent`: taken only with consent. `sensitive_possible`: may let health or the like
 * be inferred, separate consent. `business`: about a firm; of a self-employed person it is personal.
 */
const PERSONAL_CLASSES = ["none", "ordinary", "consent", "sensitive_possible", "business"] as const;
type PersonalClass = (typeof PERSONAL_CLASSES)[number];

/** Where the answer goes. Only `answers` stays with the visit. */
const STORES = [
  "answers",
  "matter",
  "matter_contact",
  "occupancy",
  /** Added to a count without the door. */
  "tally",
  "topics",
  "none",
] as const;
type Store = (typeof STORES)[number];

const RETENTIONS = [
  "campaign_end_24_months",
  "matter_closed_30_days",
  "matter_5_years",
  "12_months",
  "counts_only",
  "not_recorded",
] as const;
type Retention = (typeof RETENTIONS)[number];

export interface Option {
  readonly value: string;
  readonly label: Text;
}

export type Condition =
  | { readonly question: string; readonly is: string | boolean }
  | { readonly question: string; readonly includes: string }
  /** Only where the campaign's approved sampling plan needs it. */
  | { readonly campaign: "sampling_plan" }
  /** Only when a matter wants an answer. */
  | { readonly matters: "wants_answer" }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] };

export interface Question {
  /** Number on the printed form, such as `A4`. */
  readonly number: string;
  /** Key of the answer. */
  readonly key: string;
  readonly type: QuestionType;
  readonly label: Text;
  /** Why it is asked: shown to the resident on demand. */
  readonly why: Text;
  readonly options?: readonly Option[];
  readonly required?: boolean;
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  readonly condition?: Condition;
  readonly matterKind?: "opinion" | "service_request" | "dispute" | "hazard";
  readonly personal: PersonalClass;
  readonly store: Store;
  readonly retention: Retention;
}

export interface Section {
  readonly key: string;
  readonly title: Text;
  readonly questions: readonly Question[];
}

/**
 * What a form must carry by the Statistics Act, articles 14 and 17, when it asks for more than the
 * duty needs. Residents may refuse a form without them.
 */
export interface LegalMarks {
  readonly formNo: string;
  readonly issuingBody: Text;
  readonly approvalNo: string;
  /** The last day on which it may be used. */
  readonly expiresOn: string;
}

export const FORM_CODES = [
  "form_household",
  "form_shop",
  "form_community",
  "form_organisation",
] as const;
export type FormCode = (typeof FORM_CODES)[number];

export interface FormDefinition {
  readonly code: FormCode;
  readonly version: number;
  readonly title: Text;
  /** Said at the door before anything is asked. */
  readonly opening: Text;
  /** Kinds of place that it is for. */
  readonly placeKinds: readonly string[];
  readonly marks: LegalMarks;
  readonly sections: readonly Section[];
}

export function questionsOf(form: FormDefinition): readonly Question[] {
  return form.sections.flatMap(({ questions }) => questions);
}
