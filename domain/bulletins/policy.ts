import type { Role } from "../organisation/terms.ts";
import type { Id } from "../shared/id.ts";
import type { BulletinCommandType } from "./terms.ts";

export interface BulletinActor {
  readonly memberId: Id;
  readonly role: Role;
}

/** The leader of a station writes for its communities; the feedback centre reads and publishes. */
const ROLES_FOR: Readonly<Record<BulletinCommandType, readonly Role[]>> = {
  write: ["station_leader"],
  release: ["station_leader"],
  send_back: ["feedback_centre"],
  publish: ["feedback_centre"],
};

export function mayCommand(role: Role, command: BulletinCommandType): boolean {
  return ROLES_FOR[command].includes(role);
}

/** Who sees drafts and what is due. */
export function maySeeBulletins(role: Role): boolean {
  return Object.values(ROLES_FOR).some((roles) => roles.includes(role));
}
