import type { Role } from "../organisation/terms.ts";
import type { Id } from "../shared/id.ts";
import type { Finding } from "./terms.ts";

/** They ask; they see no visit, neither here nor in any list (`domain/visits/policy.ts`). */
export function mayAsk(role: Role): boolean {
  return role === "feedback_centre";
}

const CONCERNED: readonly Role[] = [
  "community_officer",
  "seconded_officer",
  "auxiliary",
  "station_leader",
];

/** Everybody learns when a week is drawn, and with which seed; and those concerned what came of it. */
export function maySeeRechecks(role: Role): boolean {
  return mayAsk(role) || role === "inspectorate" || CONCERNED.includes(role);
}

/** A leader sees what row-level security shows him of his station; an officer his own, no colleague's. */
export function seesOnlyOwnFindings(role: Role): boolean {
  return role !== "station_leader" && role !== "inspectorate";
}

/** What came of a week at a station; of one beat it would be one officer's count. */
export function maySeeResults(role: Role): boolean {
  return mayAsk(role) || !seesOnlyOwnFindings(role);
}

export function maySeeFinding(
  actor: { readonly memberId: Id; readonly role: Role },
  { team }: Pick<Finding, "team">,
): boolean {
  return !seesOnlyOwnFindings(actor.role) || team.includes(actor.memberId);
}
