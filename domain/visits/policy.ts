/** Who may record visits, and who may see what of them. */
import type { Role } from "../organisation/terms.ts";
import type { Id } from "../shared/id.ts";
import type { Outcome, Visit } from "./terms.ts";

export type VisitAction =
  | "record"
  | "correct"
  | "correct_others"
  | "note"
  | "list"
  | "see"
  | "export"
  | "see_doors"
  | "see_occupancy";

/**
 * Row-level security limits each of them to the beats or stations they are posted to. An auxiliary
 * may keep the record of a visit, but never was there alone: the rule `auxiliary-alone` sees to it.
 */
const MAY: Readonly<Record<VisitAction, readonly Role[]>> = {
  record: ["community_officer", "seconded_officer", "auxiliary", "station_leader"],
  correct: ["community_officer", "seconded_officer", "auxiliary", "station_leader"],
  correct_others: ["station_leader"],
  note: ["community_officer", "seconded_officer", "auxiliary", "station_leader"],
  list: [
    "community_officer",
    "seconded_officer",
    "auxiliary",
    "station_leader",
    "campaign_office",
    "inspectorate",
  ],
  see: [
    "community_officer",
    "seconded_officer",
    "auxiliary",
    "station_leader",
    "campaign_office",
    "inspectorate",
  ],
  export: ["community_officer", "seconded_officer", "station_leader", "campaign_office"],
  see_doors: [
    "community_officer",
    "seconded_officer",
    "auxiliary",
    "station_leader",
    "campaign_office",
  ],
  /** Which homes stand empty is for the beat's own officer, and for nobody else (domain.md §3.3, A4). */
  see_occupancy: ["community_officer"],
};

export function mayVisit(role: Role, action: VisitAction): boolean {
  return MAY[action].includes(role);
}

// -- refusals are nobody's list -------------------------------------------------------------------

/**
 * Outcomes as lists and exports show them. Refusals, requests not to be visited and empty homes read
 * `not_met`, the same as the many doors where nobody answered: no list, filter, sort or file tells
 * them apart, so nobody can gather who refused. Counts come from `insight`, from ten upwards.
 */
export const LISTED_OUTCOMES = [
  "completed_inside",
  "completed_doorstep",
  "completed_elsewhere",
  "not_met",
  "rescheduled",
  "phone_only",
  "inaccessible",
  "unsafe",
  "not_residential",
  "wrong_address",
] as const;
export type ListedOutcome = (typeof LISTED_OUTCOMES)[number];

/** The outcomes that one listed outcome stands for. */
export const OUTCOMES_LISTED_AS: Readonly<Record<ListedOutcome, readonly Outcome[]>> = {
  completed_inside: ["completed_inside"],
  completed_doorstep: ["completed_doorstep"],
  completed_elsewhere: ["completed_elsewhere"],
  not_met: ["no_answer", "refused", "asked_not_to_visit", "vacant_observed"],
  rescheduled: ["rescheduled"],
  phone_only: ["phone_only"],
  inaccessible: ["inaccessible"],
  unsafe: ["unsafe"],
  not_residential: ["not_residential"],
  wrong_address: ["wrong_address"],
};

const LISTED_AS = new Map(
  LISTED_OUTCOMES.flatMap((listed) =>
    OUTCOMES_LISTED_AS[listed].map((outcome) => [outcome, listed] as const),
  ),
);

export function listedAs(outcome: Outcome): ListedOutcome {
  return LISTED_AS.get(outcome) ?? "not_met";
}

/**
 * Whether somebody who may see a visit may see what exactly came of it: who was there knows it
 * already. To everybody else it reads as in a list. `visit` is the first record of it: a correction
 * makes nobody a witness.
 */
export function maySeeOutcome(memberId: Id, visit: Pick<Visit, "memberId" | "team">): boolean {
  return visit.memberId === memberId || visit.team.includes(memberId);
}
