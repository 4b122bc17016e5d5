/** Who may do what with the register, as data. Addresses hold nothing personal; changes are few hands' work. */
import type { Role } from "../organisation/terms.ts";

const everyone = [
  "community_officer",
  "seconded_officer",
  "auxiliary",
  "station_leader",
  "feedback_centre",
  "business_unit",
  "inspectorate",
  "legal_unit",
  "dpo",
  "campaign_office",
  "sys_admin",
] as const satisfies readonly Role[];

export const placePolicy = {
  /** See places, each within the reach of his posting. */
  read: everyone,
  /** Say that a place is there, and add one that the register lacks. */
  add: ["community_officer", "seconded_officer", "station_leader", "campaign_office", "sys_admin"],
  confirm: ["community_officer", "seconded_officer", "auxiliary", "station_leader", "sys_admin"],
  rename: ["community_officer", "station_leader", "sys_admin"],
  /** Cancel, merge, split: they end places that records point to. */
  end: ["station_leader", "sys_admin"],
  reassign: ["station_leader", "campaign_office", "sys_admin"],
  import: ["campaign_office", "sys_admin"],
  issuePlate: ["community_officer", "station_leader", "sys_admin"],
} as const satisfies Record<string, readonly Role[]>;

export type PlaceAction = keyof typeof placePolicy;

export function mayWithPlaces(role: Role, action: PlaceAction): boolean {
  return (placePolicy[action] as readonly Role[]).includes(role);
}
