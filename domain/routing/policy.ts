import type { Role } from "../organisation/terms.ts";

/** Whoever hands matters on, judges that, or keeps the bureau's units sees who is responsible for what. */
const READERS: readonly Role[] = [
  "community_officer",
  "seconded_officer",
  "station_leader",
  "feedback_centre",
  "business_unit",
  "inspectorate",
  "legal_unit",
  "sys_admin",
];

export function mayReadRouting(role: Role): boolean {
  return READERS.includes(role);
}

/** The feedback centre decides where a matter goes that nobody wants; so it writes the table. */
export function mayEditRouting(role: Role): boolean {
  return role === "feedback_centre";
}
