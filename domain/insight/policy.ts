/** Who sees which figures, and how exactly. */
import type { Role } from "../organisation/terms.ts";
import type { Audience } from "../shared/suppression.ts";

/** Posted to beats, and each sees his own alone. */
const ON_A_BEAT: readonly Role[] = ["community_officer", "seconded_officer", "auxiliary"];

/** Those who work on visits and matters: they open the records, so the figures hide nothing. */
const HANDLERS: readonly Role[] = [
  ...ON_A_BEAT,
  "station_leader",
  "feedback_centre",
  "inspectorate",
];

/** Those who need the whole picture for their work and no record. */
const INTERNAL: readonly Role[] = ["campaign_office", "legal_unit", "dpo"];

/** How exactly a role sees figures; null: none at all. */
export function audienceOf(role: Role): Audience | null {
  if (HANDLERS.includes(role)) return "handler";
  if (INTERNAL.includes(role)) return "internal";
  return role === "external_observer" ? "public" : null;
}

export function maySeeFigures(role: Role): boolean {
  return audienceOf(role) !== null;
}

/** A report card is a whole station's: a beat is less than that. */
export function maySeeCard(role: Role): boolean {
  return maySeeFigures(role) && !ON_A_BEAT.includes(role);
}

export const LEVELS = ["bureau", "station", "beat", "building"] as const;
export type Level = (typeof LEVELS)[number];

/**
 * The finest level at which an audience sees figures (§6.6, 4 and 5): buildings are for those who
 * knock there; fixed publication areas for everybody else.
 */
const FINEST: Readonly<Record<Audience, Level>> = {
  handler: "building",
  internal: "beat",
  public: "station",
};

export function maySeeLevel(role: Role, level: Level): boolean {
  const audience = audienceOf(role);
  return audience !== null && LEVELS.indexOf(level) <= LEVELS.indexOf(FINEST[audience]);
}

/** Whether figures open to their records; an observer or an office sees sums alone. */
export function mayOpenRecords(role: Role): boolean {
  return audienceOf(role) === "handler";
}

/** Figures whose records are mediations: those who sit with the sides open theirs (人民调解法 15). */
const OF_FEW: readonly string[] = ["K27", "K28"];

/** Whether some of a figure's records may stay closed to whom sees the figure. */
export function isOfFew(indicator: string): boolean {
  return OF_FEW.includes(indicator);
}

/** Whether a figure of this period may be seen: public figures are a quarter or longer by station. */
export function maySeePeriod(role: Role, kind: "campaign" | "month" | "quarter" | "year"): boolean {
  return audienceOf(role) !== "public" || kind !== "month";
}
