/** Who may do what with the register, as data. Addresses hold nothing personal; changes are few hands' work. */
import type { Role } from "../organisation/terms.ts";

/** Roles without records of their own (administrators, auditors, volunteers) have no places either. */
const everyone = [
  "community_officer",
  "seconded_officer",
  "auxiliary",
  "grid_worker",
  "station_leader",
  "feedback_centre",
  "campaign_office",
  "inspectorate",
  "legal_unit",
  "dpo",
] as const satisfies readonly Role[];

export const PLACE_POLICY = {
  /** See places, each within the reach of his posting. */
  read: everyone,
  /** Add one that the register lacks. */
  add: ["community_officer", "seconded_officer", "station_leader", "campaign_office"],
  /** Say that it is there. */
  confirm: ["community_officer", "seconded_officer", "auxiliary", "station_leader"],
  rename: ["community_officer", "station_leader", "campaign_office"],
  /** Cancel, merge, split: they end places that records point to. */
  end: ["station_leader", "campaign_office"],
  reassign: ["station_leader", "campaign_office"],
  import: ["campaign_office"],
  issuePlate: ["community_officer", "station_leader", "campaign_office"],
} as const satisfies Record<string, readonly Role[]>;

export type PlaceAction = keyof typeof PLACE_POLICY;

export function mayWithPlaces(role: Role, action: PlaceAction): boolean {
  return (PLACE_POLICY[action] as readonly Role[]).includes(role);
}
