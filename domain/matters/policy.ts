import type { Role } from "../organisation/terms.ts";
import type { Id } from "../shared/id.ts";
import type { Supervisor } from "./clock-terms.ts";
import type { Matter, MatterCommandType } from "./terms.ts";

/** Who acts. Whether a matter is in his station or beats is decided by the rows he can load. */
export interface MatterActor {
  readonly memberId: Id;
  readonly role: Role;
  /** The body outside of the police for which a partner acts. */
  readonly partnerId?: Id | undefined;
}

export function handles(matter: Matter, actor: MatterActor): boolean {
  return matter.responsibleId === actor.memberId;
}

export function answersFor(matter: Matter, actor: MatterActor): boolean {
  return handles(matter, actor) || actor.role === "station_leader";
}

/** Neither answered for it at any time nor acted in handling it. */
export function independent(matter: Matter, actor: MatterActor): boolean {
  return !matter.handlers.includes(actor.memberId);
}

const REFERRING = ["refer", "relay", "recall"] as const satisfies readonly MatterCommandType[];

const HANDLING = [
  "return_assignment",
  "accept",
  "screen",
  "start",
  "note",
  "correct",
  "resolve",
  "perform",
  "advise",
  "hear_body",
  "show_place",
  "decline",
  "hand_to_110",
  "answer",
  "inform",
  "resume",
] as const satisfies readonly MatterCommandType[];

const OFFICER: readonly MatterCommandType[] = [
  ...HANDLING,
  ...REFERRING,
  "assign",
  "merge",
  "unmerge",
  "recheck",
  "verify",
  "call_back",
  "reopen",
];

/**
 * What each role may do to a matter it can see. Whether this very person may is for the rules:
 * the handler's own work is judged by others.
 */
const MAY: Partial<Record<Role, readonly MatterCommandType[]>> = {
  community_officer: OFFICER,
  seconded_officer: OFFICER,
  auxiliary: ["note"],
  station_leader: [...OFFICER, "close", "withdraw", "suspend", "extend", "supervise"],
  business_unit: [...HANDLING, ...REFERRING],
  partner: ["accept", "return_assignment", "resolve"],
  feedback_centre: [
    "assign",
    "refer",
    "recall",
    "merge",
    "unmerge",
    "note",
    "answer",
    "inform",
    "call_back",
    "close",
    "reopen",
    "withdraw",
    "hand_to_110",
    "suspend",
    "resume",
    "extend",
    "supervise",
  ],
  inspectorate: ["note", "reopen", "verify"],
};

export function mayCommand(role: Role, command: MatterCommandType): boolean {
  return MAY[role]?.includes(command) ?? false;
}

/** Who hands matters to bodies outside of the police, and makes the links for them. */
export function mayMakeLink(role: Role): boolean {
  return mayCommand(role, "refer");
}

/** Sworn people who may answer for a matter (an auxiliary officer assists, never alone). */
const HANDLERS: readonly Role[] = [
  "community_officer",
  "seconded_officer",
  "station_leader",
  "business_unit",
];

export function mayHandle(role: Role): boolean {
  return HANDLERS.includes(role);
}

/** Raising a matter outside of a visit makes the one who raises it its first recipient. */
export function mayRaise(role: Role): boolean {
  return role === "community_officer" || role === "seconded_officer" || role === "station_leader";
}

/** A receipt is handed over by whoever speaks with residents: at the door, at the counter, on the phone. */
export function mayIssueReceipt(role: Role): boolean {
  return mayRaise(role) || role === "auxiliary" || role === "feedback_centre";
}

const READERS: readonly Role[] = [
  "community_officer",
  "seconded_officer",
  "auxiliary",
  "station_leader",
  "feedback_centre",
  "business_unit",
  "inspectorate",
];

export function mayList(role: Role): boolean {
  return READERS.includes(role);
}

/** A business unit sees what was given to it, not the whole bureau. */
export function seesOnlyOwn(role: Role): boolean {
  return role === "business_unit";
}

export function mayRead(actor: MatterActor, matter: Matter): boolean {
  if (!mayList(actor.role)) return false;
  return (
    !seesOnlyOwn(actor.role) ||
    matter.responsibleId === actor.memberId ||
    matter.assigneeId === actor.memberId
  );
}

/** The level whose tasks a role has: what was raised to it. */
export function supervisorOf(role: Role): Supervisor | null {
  if (role === "station_leader") return "station";
  return role === "feedback_centre" ? "bureau" : null;
}

/** Whoever works with matters, and whoever keeps the rules, sees what they are. */
export function mayReadClockRules(role: Role): boolean {
  return mayList(role) || mayEditClockRules(role) || role === "sys_admin";
}

/** Limits rest on law and on promises: the legal unit and the feedback centre set them. */
export function mayEditClockRules(role: Role): boolean {
  return role === "legal_unit" || role === "feedback_centre";
}

/** Files leave the house through leaders and the feedback centre; an auxiliary exports nothing. */
export function mayExport(role: Role): boolean {
  return (
    role === "community_officer" ||
    role === "station_leader" ||
    role === "feedback_centre" ||
    role === "inspectorate"
  );
}

/**
 * Looks at residents' contacts that one member needs in an hour: a call every two minutes. Who asks
 * for more is copying, not calling.
 */
export const CONTACT_LOOKS_PER_HOUR = 30;

/** A resident's number is for whoever answers for the matter, his leader, and whoever calls back. */
export function mayRevealContact(actor: MatterActor, matter: Matter): boolean {
  if (actor.role === "feedback_centre" || actor.role === "station_leader") return true;
  return mayHandle(actor.role) && matter.responsibleId === actor.memberId;
}
