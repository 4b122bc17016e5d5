/** The words of the table that says who is responsible for what, where. */
import type { HazardStanding, MatterKind, MatterSubtype } from "../matters/terms.ts";
import type { PlaceKind } from "../places/terms.ts";
import type { Id } from "../shared/id.ts";

/**
 * What a rule asks of a matter; null asks nothing. A subtype comes with its kind, a grade with
 * hazards, a community with its station.
 */
export interface RoutingConditions {
  readonly kind: MatterKind | null;
  readonly subtype: MatterSubtype | null;
  readonly grade: HazardStanding | null;
  readonly placeKind: PlaceKind | null;
  readonly stationId: Id | null;
  readonly communityId: Id | null;
}

/** What routing looks at: a matter has a value for each condition, but perhaps no community. */
export interface RoutedMatter {
  readonly kind: MatterKind;
  readonly subtype: string;
  /** Hazards only. */
  readonly grade: HazardStanding | null;
  readonly placeKind: PlaceKind;
  readonly stationId: Id;
  readonly communityId: Id | null;
}

/** The kinds of those who may be responsible: the station itself, a business unit, a body outside. */
export const ROUTING_TARGETS = ["station", "unit", "partner"] as const;
export type RoutingTarget =
  /** It stays with the station, where the first recipient answers for it. */
  | { readonly to: "station"; readonly id: null }
  | { readonly to: "unit" | "partner"; readonly id: Id };

export interface RoutingRule {
  /** What people call it by: "rule 3". Never given twice within a table. */
  readonly number: number;
  readonly when: RoutingConditions;
  readonly target: RoutingTarget;
  /** The text that makes them responsible. */
  readonly basis: string;
}

/** A rule as it is written; without a number it is a new one. */
export interface RoutingRuleDraft extends Omit<RoutingRule, "number"> {
  readonly number: number | null;
}

/** A past matter, and where it went; null: nobody has decided yet. */
export interface RoutingSample extends RoutedMatter {
  readonly went: RoutingTarget | null;
}

export const ROUTING_VERDICTS = [
  /** The table sends it where it went. */
  "same",
  "other",
  /** Nobody has decided yet where it goes. */
  "undecided",
  /** No rule covers it. */
  "uncovered",
] as const;
export type RoutingVerdict = (typeof ROUTING_VERDICTS)[number];

/** How a table did on its sample. */
export type RoutingTally = Readonly<Record<RoutingVerdict, number>>;

export type RoutingRefusal =
  | "routing-rule-unknown"
  /** A subtype of another kind, a grade of what is no hazard, a community without its station. */
  | "routing-mismatch"
  /** Two rules say equally much of the same matter: `one` and `other`. */
  | "routing-tie"
  /** The body or unit is not there (any more): of rule `number`. */
  | "routing-target-gone"
  | "routing-basis-long"
  | "routing-too-many"
  | "routing-no-draft"
  | "routing-empty"
  /** It was not tried since it was last changed. */
  | "routing-untried";

export const ROUTING_LIMITS = {
  /** As long as what a referral cites. */
  basisLength: 100,
  /** A rule for each of some hundred communities and a few more; every rule is compared with every other. */
  rules: 1000,
  /** Of each kind of matter, the newest so many are tried. */
  sampleOfKind: 40,
} as const;
