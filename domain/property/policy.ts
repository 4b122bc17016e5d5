import type { Role } from "../organisation/terms.ts";
import type { Id } from "../shared/id.ts";
import type { PropertyCommandType } from "./terms.ts";

export interface PropertyActor {
  readonly memberId: Id;
  readonly role: Role;
}

const OFFICERS: readonly Role[] = ["community_officer", "seconded_officer", "station_leader"];

/** What ends an item without its owner, or moves its last day, is for the station's leader. */
const FOR_LEADERS: readonly PropertyCommandType[] = ["extend", "hand_to_state", "withdraw"];

export function mayCommand(role: Role, command: PropertyCommandType): boolean {
  return FOR_LEADERS.includes(command) ? role === "station_leader" : OFFICERS.includes(role);
}

/** The station's sworn officers see its list, and they alone learn how to reach an owner. */
export function mayList(role: Role): boolean {
  return OFFICERS.includes(role);
}

/** Who may be there for the police when something is handed over. */
export function mayAttend(role: Role): boolean {
  return OFFICERS.includes(role);
}

/** Lists and return meetings are the leader's to bring in. */
export function mayArrange(role: Role): boolean {
  return role === "station_leader";
}
