import type { Role } from "../organisation/terms.ts";
import type { Id } from "../shared/id.ts";
import { type Mediation, MEDIATION_LIMITS, type MediationCommandType } from "./terms.ts";

export interface MediationActor {
  readonly memberId: Id;
  readonly role: Role;
}

const OFFICERS: readonly Role[] = ["community_officer", "seconded_officer", "station_leader"];

/** Rooms and the panel are the station's; a mediator does all that is said and done with the sides. */
const NOT_FOR_MEDIATORS: readonly MediationCommandType[] = ["set_panel", "book", "cancel"];

export function mayCommand(role: Role, command: MediationCommandType): boolean {
  // Whoever calls back sat with nobody (domain.md §5.2, rule 1).
  if (role === "feedback_centre") return command === "call_back";
  if (command === "call_back") return false;
  if (OFFICERS.includes(role)) return true;
  return role === "mediator" && !NOT_FOR_MEDIATORS.includes(command);
}

/** Who may sit with the sides as an officer. */
export function mayAssist(role: Role): boolean {
  return OFFICERS.includes(role);
}

export function mayOpen(role: Role): boolean {
  return OFFICERS.includes(role);
}

/** The part of the desk is there for these; which mediations they find in it is for `maySee`. */
export function mayList(role: Role): boolean {
  return OFFICERS.includes(role) || role === "mediator" || role === "feedback_centre";
}

export function onPanel({ panel }: Mediation, memberId: Id): boolean {
  return panel.officers.includes(memberId) || panel.mediatorId === memberId;
}

/** Performed, and somebody is still to be called back. */
export function callsDue({ state, sides, callOrder }: Mediation): boolean {
  return state === "performed" && nextToCall({ sides, callOrder }) !== undefined;
}

/** The side whose turn it is: in the order of the lot, reached or tried often enough. */
export function nextToCall({
  sides,
  callOrder,
}: Pick<Mediation, "sides" | "callOrder">): Mediation["sides"][number] | undefined {
  return callOrder
    .flatMap((key) => sides.find((side) => side.key === key) ?? [])
    .find((side) => !wasCalled(side));
}

/** Reached, or tried often enough. */
export function wasCalled({ call, unreached }: Mediation["sides"][number]): boolean {
  return call !== null || unreached >= MEDIATION_LIMITS.unreachedCalls;
}

/**
 * The mediator and the two officers see it; the feedback centre while sides are to be called back, and
 * then no more than that takes. Source: 人民调解法 15(4); domain.md §4.4.
 */
export function maySee(actor: MediationActor, mediation: Mediation): "all" | "calls" | "nothing" {
  if (onPanel(mediation, actor.memberId)) return "all";
  return actor.role === "feedback_centre" && callsDue(mediation) ? "calls" : "nothing";
}

/** The station's rooms: its leader names them, its officers see when they are taken. */
export function maySeeRooms(role: Role): boolean {
  return OFFICERS.includes(role);
}

export function mayManageRooms(role: Role): boolean {
  return role === "station_leader";
}
