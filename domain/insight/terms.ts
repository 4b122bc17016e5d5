/** The words of figures: what is counted, in which unit, over which period and part of the bureau. */
import { DECLINE_REASONS, type MatterKind, UNSOLVED_REASONS } from "../matters/terms.ts";
import type { Id } from "../shared/id.ts";
import type { LocalDate } from "../shared/instant.ts";

/**
 * Units are measures of their own: 户 are homes, 户次 visits to homes, and neither adds to the
 * other (domain.md §0.3, trap 2).
 */
export const UNITS = {
  station: { zh: "个", en: "stations", one: "station" },
  household: { zh: "户", en: "households", one: "household" },
  household_visit: { zh: "户次", en: "household visits", one: "household visit" },
  attempt: { zh: "次", en: "attempts", one: "attempt" },
  firm: { zh: "家", en: "firms", one: "firm" },
  site: { zh: "处", en: "sites", one: "site" },
  village: { zh: "个", en: "villages and communities", one: "village or community" },
  officer: { zh: "名", en: "officers", one: "officer" },
  copy: { zh: "份", en: "copies", one: "copy" },
  opinion: { zh: "条", en: "opinions", one: "opinion" },
  service: { zh: "件", en: "services", one: "service" },
  dispute: { zh: "起", en: "disputes", one: "dispute" },
  hazard: { zh: "处", en: "hazards", one: "hazard" },
  matter: { zh: "件", en: "matters", one: "matter" },
  tip: { zh: "条", en: "tips", one: "tip" },
  complaint: { zh: "件", en: "complaints", one: "complaint" },
  time: { zh: "次", en: "times", one: "time" },
  item: { zh: "件", en: "items", one: "item" },
  meeting: { zh: "场", en: "meetings", one: "meeting" },
  vehicle: { zh: "辆", en: "vehicles", one: "vehicle" },
  device: { zh: "台", en: "devices", one: "device" },
  animal: { zh: "头", en: "animals", one: "animal" },
  yuan: { zh: "元", en: "yuan", one: "yuan" },
  pass: { zh: "次", en: "rounds", one: "round" },
  day: { zh: "天", en: "days", one: "day" },
  percent: { zh: "%", en: "%", one: "%" },
  attempt_per_household: { zh: "次/户", en: "attempts a household", one: "attempt a household" },
} as const satisfies Record<string, { zh: string; en: string; one: string }>;
export type Unit = keyof typeof UNITS;

/** Longest number of attempts at one door that is told apart; more than this counts as this. */
export const MAX_ROUNDS = 12;
type Round = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12;

/** Each visit adds to these on the day it was made. */
export const VISIT_COUNTERS = [
  "attempts",
  "home_attempts",
  "home_attempts_eligible",
  "household_visits",
  "completed_visits",
  "completed_by_request",
  "leaflets",
] as const;

/** Different places met at least once in a period: kept for each period apart, since they don't add. */
export const FIRST_COUNTERS = ["households", "shops", "organisations", "sites"] as const;

/** How the doors of a campaign stand now. */
export const DOOR_COUNTERS = [
  "units",
  "excluded_demolished",
  "excluded_not_residential",
  "do_not_visit",
  "never_reached",
] as const;

/** Each matter adds to these on the day named in `matterDelta`. */
export const MATTER_COUNTERS = [
  "opinions",
  "opinions_studied",
  "opinions_adopted",
  "opinions_partly_adopted",
  "services_done",
  "disputes_registered",
  "disputes_resolved",
  "disputes_cohort_ended",
  "disputes_cohort_resolved",
  "dispute_settlements",
  "disputes_relapsed",
  "hazards_found",
  "hazards_cleared",
  "hazards_recurred",
  "agreements_written",
  "agreements_confirmed",
  "matters_closed",
  "matters_reopened",
  "referrals_sent",
  "referrals_returned",
] as const;

/** Why something was not, or only partly, solved, or not taken up at all (K41). */
export const COUNTED_REASONS = [...new Set([...UNSOLVED_REASONS, ...DECLINE_REASONS])];
type CountedReason = (typeof COUNTED_REASONS)[number];

/** Made when a figure is read: from due days, from who took part, from the organisation. */
export const READ_COUNTERS = [
  "stations_active",
  "officers",
  "villages",
  "communities",
  "communities_with_liaison",
  "opinions_due",
  "opinions_answered_in_time",
  "hazards_due",
  "hazards_cleared_in_time",
  "matters_due",
  "matters_ended_in_time",
  "overdue_opinion",
  "overdue_service_request",
  "overdue_dispute",
  "overdue_hazard",
  "morning_due",
  "morning_told",
  "tips_routed",
  "tips_wanting_answer",
  "tips_answered",
  "complaints",
  "complaints_answer_due",
  "complaints_answered_on_time",
  "complaints_answered",
  "complaints_substantiated",
  "requests_due",
  "requests_on_time",
  "consents_withdrawn",
  "contacts_due",
  "contacts_deleted",
  "return_value_yuan",
  "items_returned",
  "return_meetings",
] as const;

export type CounterName =
  | (typeof VISIT_COUNTERS)[number]
  | (typeof FIRST_COUNTERS)[number]
  | (typeof DOOR_COUNTERS)[number]
  | (typeof MATTER_COUNTERS)[number]
  | (typeof READ_COUNTERS)[number]
  | `reason_${CountedReason}`
  | `done_${Round}`
  | `passes_${Round}`;

/** Named sums; an absent one is 0. */
export type Counters = Readonly<Partial<Record<string, number>>>;

/** Stretches of time for which totals are kept: the whole campaign, or a calendar period. */
export const GRAINS = ["all", "day", "month", "quarter", "year"] as const;
export type Grain = (typeof GRAINS)[number];

/**
 * Which book an entry is written in. `event` is spread over the grains; the others stand under
 * their own day: the due days of matters, the mornings by which residents are told that somebody
 * has their matter in hand, and the days matters were registered.
 */
export type Book = "event" | "due_morning" | `due_${MatterKind}` | `age_${MatterKind}`;

/** What one fact adds. A counter with `@grain` behind its name is added to that grain alone. */
export interface Entry {
  readonly book: Book;
  /** Null: the bureau's work as a whole, whether in a campaign or not. */
  readonly campaignId: Id | null;
  readonly stationId: Id;
  readonly beatId: Id | null;
  readonly buildingId: Id | null;
  readonly on: LocalDate;
  readonly counters: Counters;
}

/** Somebody or something that took part: distinct ones are counted when the figure is read. */
export interface Presence {
  readonly kind: "member" | "village";
  readonly campaignId: Id | null;
  readonly stationId: Id;
  readonly on: LocalDate;
  readonly subjectId: Id;
  readonly n: number;
}

/** What a transaction adds to all the totals. */
export interface Delta {
  readonly entries: readonly Entry[];
  readonly presence: readonly Presence[];
}

export type Measure =
  | { readonly kind: "count"; readonly of: readonly CounterName[] }
  | {
      readonly kind: "share" | "mean";
      readonly of: readonly CounterName[];
      readonly over: readonly CounterName[];
      /** Taken off the denominator. */
      readonly less?: readonly CounterName[];
    }
  /** Quartiles over buildings of the rounds they needed. */
  | { readonly kind: "rounds" }
  /** Kaplan-Meier quantile of the days from registration to the end, or from notice to return. */
  | { readonly kind: "duration"; readonly quantile: 0.5 | 0.9; readonly clock?: "returns" };

/** On which day a case counts. */
export const EVENT_DAYS = [
  "visit",
  "registered",
  "studied",
  "ended",
  "cleared",
  "agreed",
  "happened",
  "due",
  "as_of",
] as const;
export type EventDay = (typeof EVENT_DAYS)[number];

/**
 * `campaign`: needs a campaign's list of homes. `period`: a calendar period only. `bureau`: a calendar
 * period of the whole bureau, since a part of it could tell whom a tip or a complaint is about.
 */
export const OFFERED = ["both", "campaign", "period", "bureau"] as const;
type Offered = (typeof OFFERED)[number];
/** What a figure is asked for. */
export type Reach = Exclude<Offered, "both">;

export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

export interface Indicator {
  /** Its number in the dictionary, such as `K06`. */
  readonly id: string;
  readonly name: string;
  readonly label: Bilingual;
  readonly unit: Unit;
  readonly measure: Measure;
  readonly formula: Bilingual;
  /** What must not be done with it, or must stand beside it. */
  readonly guard: Bilingual | null;
  readonly eventDay: EventDay;
  readonly offered: Offered;
  /** Counts that must be printed beside it. */
  readonly beside: readonly CounterName[];
  /** Whether a small count could point to a household; stations, leaflets and sites can't. */
  readonly protects: boolean;
}

/** How long matters took: `n` of them ended after, or were still open at, `days`. */
export interface Lifetime {
  readonly days: number;
  readonly ended: boolean;
  readonly n: number;
}

/**
 * A day that a share of matters reached, with its 95 % interval. Null: not reached by any of them
 * that were watched long enough.
 */
export interface DaysEstimate {
  readonly days: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** The value of an indicator before it is rendered or suppressed. */
export type Figure =
  | { readonly kind: "count"; readonly value: number }
  | { readonly kind: "share" | "mean"; readonly numerator: number; readonly denominator: number }
  | {
      readonly kind: "rounds";
      readonly p25: number | null;
      readonly median: number | null;
      readonly p75: number | null;
      readonly buildings: number;
    }
  | ({ readonly kind: "duration"; readonly n: number } & DaysEstimate)
  | { readonly kind: "absent"; readonly reason: "not-offered" };

export const PERIOD_KINDS = ["campaign", "month", "quarter", "year"] as const;
export type PeriodKind = (typeof PERIOD_KINDS)[number];

/** A calendar period, half-open. */
export interface Period {
  readonly kind: Exclude<PeriodKind, "campaign">;
  /** `2026-11`, `2026-Q4` or `2026`. */
  readonly key: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
}

export type InsightRefusal =
  | "period-not-offered"
  | "indicator-unknown"
  | "indicator-not-offered"
  | "records-not-open"
  | "level-not-offered"
  | "units-differ";
