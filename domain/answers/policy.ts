import type { Role } from "../organisation/terms.ts";

const ANSWERING: readonly Role[] = [
  "community_officer",
  "seconded_officer",
  "station_leader",
  "feedback_centre",
];

/** The outbox is for those who answer residents; which messages they see follows from their reach. */
export function maySeeOutbox(role: Role): boolean {
  return ANSWERING.includes(role);
}

/** The handling unit doesn't ask its own residents how it did. */
export function mayAsk(role: Role): boolean {
  return role === "feedback_centre";
}
