/** Who may do what with a day's walks. */
import type { Id } from "../shared/id.ts";
import type { Role } from "../organisation/terms.ts";

const OUTDOORS: readonly Role[] = ["community_officer", "seconded_officer", "auxiliary"];
const INDOORS: readonly Role[] = ["station_leader", "campaign_office"];

export function maySeeWalks(role: Role): boolean {
  return OUTDOORS.includes(role) || INDOORS.includes(role);
}

/** Planning a day anew, setting who works when, asking what a campaign would take. */
export function mayArrangeWork(role: Role): boolean {
  return INDOORS.includes(role);
}

/** A leader changes every walk of his station, an officer the walks he goes himself. */
export function mayChangeWalk(
  who: { readonly role: Role; readonly memberId: Id },
  crew: readonly Id[],
): boolean {
  return (
    INDOORS.includes(who.role) ||
    (who.role !== "auxiliary" && OUTDOORS.includes(who.role) && crew.includes(who.memberId))
  );
}
