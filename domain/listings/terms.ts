/** The words of places under public rectification (挂牌整治): estates, never a household or a person. */
import type { Id } from "../shared/id.ts";
import type { Instant, LocalDate } from "../shared/instant.ts";

/** What is counted at a place and comes in as a number alone; cases themselves never do. */
export const COUNT_MEASURES = ["theft", "ebike_theft", "burglary", "fire_call"] as const;
export type CountMeasure = (typeof COUNT_MEASURES)[number];

/** Why it is so, as far as the place has a part in it. */
export const LISTING_CAUSES = [
  "no_management",
  "open_access",
  "lighting",
  "cameras",
  "blocked_lanes",
  "vehicle_sheds",
  "fire_equipment",
  "other",
] as const;
export type ListingCause = (typeof LISTING_CAUSES)[number];

/** Who takes part in the joint order, and who does what. */
export const LISTING_BODIES = [
  "police",
  "order_coordination",
  "subdistrict",
  "housing",
  "fire",
  "urban_management",
  "property_company",
  "owners_committee",
  "residents_committee",
] as const;
export type ListingBody = (typeof LISTING_BODIES)[number];

/** What has to be answered before a place is taken off the list. */
export const DELIST_CRITERIA = [
  "measures_done",
  "count_down",
  "management_in_place",
  "access_works",
  "lights_and_cameras_work",
  "lanes_clear",
] as const;
export type DelistCriterion = (typeof DELIST_CRITERIA)[number];

/** `not_applicable` needs a place to which the criterion has nothing to say, such as one without lanes. */
export const CRITERION_ANSWERS = ["yes", "no", "not_applicable"] as const;
export type CriterionAnswer = (typeof CRITERION_ANSWERS)[number];

export const LISTING_STATES = ["proposed", "listed", "tested", "delisted", "dropped"] as const;
export type ListingState = (typeof LISTING_STATES)[number];

export const LISTING_LIMITS = {
  /** Smaller estates are never listed: too few homes to hide in. */
  households: 50,
  /** A count below this is shown as "<5" and proposes nothing. */
  count: 5,
  months: 2,
  extraMonths: 2,
  measures: 20,
  inspections: 20,
  textLength: 500,
  numberLength: 60,
  /** Residents who are asked whether it is better, and the share who must say so. */
  residentsAsked: 10,
  residentsAgree: 0.6,
  /** Rows of one list of counts. */
  rows: 2000,
} as const;

/** What the figures said when it was proposed: this place against itself a year ago, and against others. */
export interface Comparison {
  readonly measure: CountMeasure;
  readonly from: LocalDate;
  /** First day no longer included. */
  readonly to: LocalDate;
  readonly count: number;
  /** In the same days of the year before. */
  readonly before: number;
  readonly households: number;
  /** Counts and homes of the other estates for which there is a count of the same days. */
  readonly others: {
    readonly estates: number;
    readonly count: number;
    readonly households: number;
  };
  readonly source: string;
}

export interface Measure {
  readonly id: Id;
  readonly body: ListingBody;
  readonly text: string;
  readonly dueOn: LocalDate;
  /** What was last heard of it. */
  readonly note: string | null;
  readonly doneOn: LocalDate | null;
}

export interface DelistTest {
  readonly at: Instant;
  readonly by: Id;
  readonly answers: Readonly<Record<DelistCriterion, CriterionAnswer>>;
  readonly asked: number;
  readonly agree: number;
  readonly passed: boolean;
  readonly text: string;
}

/** What several bodies saw together at the place. */
export interface Inspection {
  readonly on: LocalDate;
  readonly bodies: readonly ListingBody[];
  readonly causes: readonly ListingCause[];
  readonly text: string;
}

export interface Listing {
  readonly id: Id;
  readonly estateId: Id;
  readonly stationId: Id;
  readonly beatId: Id | null;
  readonly state: ListingState;
  readonly version: number;
  readonly comparison: Comparison;
  readonly causes: readonly ListingCause[];
  readonly text: string;
  readonly inspections: readonly Inspection[];
  readonly order: {
    readonly number: string;
    readonly bodies: readonly ListingBody[];
    /** The street that answers for it, beside the station. */
    readonly street: string;
    readonly on: LocalDate;
  } | null;
  readonly deadline: LocalDate | null;
  readonly extraMonths: number;
  readonly measures: readonly Measure[];
  /** The last one. */
  readonly test: DelistTest | null;
  readonly delistedOn: LocalDate | null;
  /** Who ever acted for it; the test is somebody else's. */
  readonly handlers: readonly Id[];
}

export type ListingChange =
  | {
      readonly type: "proposed";
      readonly id: Id;
      readonly estateId: Id;
      readonly stationId: Id;
      readonly beatId: Id | null;
      readonly comparison: Comparison;
      readonly causes: readonly ListingCause[];
      readonly text: string;
    }
  | ({ readonly type: "inspected" } & Inspection)
  | { readonly type: "dropped"; readonly text: string }
  | {
      readonly type: "ordered";
      readonly number: string;
      readonly bodies: readonly ListingBody[];
      readonly street: string;
      readonly deadline: LocalDate;
    }
  | {
      readonly type: "measure_set";
      readonly id: Id;
      readonly body: ListingBody;
      readonly text: string;
      readonly dueOn: LocalDate;
    }
  | {
      readonly type: "measure_told";
      readonly id: Id;
      readonly note: string;
      readonly done: boolean;
    }
  | {
      readonly type: "extended";
      readonly months: number;
      readonly deadline: LocalDate;
      readonly text: string;
    }
  | ({ readonly type: "tested" } & Omit<DelistTest, "at" | "by">)
  | { readonly type: "delisted" };

export interface ListingEvent {
  readonly seq: number;
  readonly at: Instant;
  readonly by: Id;
  readonly change: ListingChange;
}

export type ListingCommand =
  | ({ readonly type: "inspect" } & Inspection)
  | { readonly type: "drop"; readonly text: string }
  | {
      readonly type: "order";
      readonly number: string;
      readonly bodies: readonly ListingBody[];
      readonly street: string;
      readonly deadline?: LocalDate | undefined;
    }
  | {
      readonly type: "set_measure";
      readonly id: Id;
      readonly body: ListingBody;
      readonly text: string;
      readonly dueOn: LocalDate;
    }
  | {
      readonly type: "tell_measure";
      readonly id: Id;
      readonly note: string;
      readonly done: boolean;
    }
  | { readonly type: "extend"; readonly months: number; readonly text: string }
  | {
      readonly type: "test";
      readonly answers: Readonly<Record<DelistCriterion, CriterionAnswer>>;
      readonly asked: number;
      readonly agree: number;
      readonly text: string;
    }
  | { readonly type: "delist" };

export const LISTING_COMMANDS = [
  "inspect",
  "order",
  "set_measure",
  "tell_measure",
  "test",
  "delist",
  "extend",
  "drop",
] as const satisfies readonly ListingCommand["type"][];
export type ListingCommandType = (typeof LISTING_COMMANDS)[number];

/** A proposal as it is written: the figures are looked up, never typed. */
export interface ListingDraft {
  readonly id: Id;
  readonly estateId: Id;
  readonly measure: CountMeasure;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly causes: readonly ListingCause[];
  readonly text: string;
}

export type ListingRefusal =
  | "not-permitted"
  | "wrong-state"
  | "stale-version"
  | "text-missing"
  | "text-too-long"
  | "text-forbidden"
  /** Not an estate, or one with fewer homes than `least`. */
  | "estate-too-small"
  /** No count of these days, or none of the year before. */
  | "no-comparison"
  | "count-too-small"
  /** Neither more than a year ago nor more than elsewhere. */
  | "not-worse"
  | "already-listed"
  /** Inspection and order are joint ones: the police and at least one other. */
  | "not-joint"
  | "day-past"
  | "day-future"
  | "too-many-inspections"
  /** Later than `latest`. */
  | "deadline-too-late"
  | "measure-unknown"
  | "too-many-measures"
  | "no-measures"
  | "months-over"
  | "handler-cannot-test"
  | "too-few-asked"
  | "tester-cannot-delist"
  | "test-failed";
