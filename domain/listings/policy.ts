import type { Role } from "../organisation/terms.ts";
import type { Id } from "../shared/id.ts";
import type { ListingCommandType } from "./terms.ts";

export interface ListingActor {
  readonly memberId: Id;
  readonly role: Role;
}

const AT_WORK: readonly ListingCommandType[] = ["inspect", "set_measure", "tell_measure"];

/** The station proposes and works; the bureau's office orders with others and takes off the list. */
const MAY: Partial<Record<Role, readonly ListingCommandType[]>> = {
  station_leader: [...AT_WORK, "drop"],
  community_officer: ["tell_measure"],
  campaign_office: [...AT_WORK, "order", "extend", "drop", "delist"],
  inspectorate: ["test"],
  feedback_centre: ["test"],
};

export function mayCommand(role: Role, command: ListingCommandType): boolean {
  return MAY[role]?.includes(command) ?? false;
}

export function mayPropose(role: Role): boolean {
  return role === "station_leader" || role === "campaign_office";
}

export function mayList(role: Role): boolean {
  return MAY[role] !== undefined;
}

/** Counts come from the case system's statistics, by the bureau's office. */
export function mayImportCounts(role: Role): boolean {
  return role === "campaign_office";
}
