/** Who may do what with campaigns. */
import type { Id } from "../shared/id.ts";
import type { Role } from "../organisation/terms.ts";

export type CampaignAction =
  | "list"
  | "see"
  | "draft"
  | "open"
  | "close"
  | "change_teams"
  | "adopt_form";

const EVERYONE_POSTED: readonly Role[] = [
  "community_officer",
  "seconded_officer",
  "auxiliary",
  "station_leader",
  "campaign_office",
  "feedback_centre",
  "business_unit",
  "inspectorate",
  "legal_unit",
  "dpo",
];

const MAY: Readonly<Record<CampaignAction, readonly Role[]>> = {
  /** An observer has to choose a campaign to see its figures; its plan is not his. */
  list: [...EVERYONE_POSTED, "external_observer"],
  see: EVERYONE_POSTED,
  draft: ["campaign_office", "station_leader"],
  open: ["campaign_office"],
  close: ["campaign_office"],
  change_teams: ["campaign_office", "station_leader"],
  adopt_form: ["campaign_office", "legal_unit"],
};

export function mayCampaign(role: Role, action: CampaignAction): boolean {
  return MAY[action].includes(role);
}

/** A station leader plans for his own stations; the campaign office for all. */
export function mayPlanFor(
  who: { readonly role: Role; readonly stationIds: readonly Id[] },
  stationIds: readonly Id[],
): boolean {
  return (
    who.role === "campaign_office" ||
    (stationIds.length > 0 && stationIds.every((id) => who.stationIds.includes(id)))
  );
}
