import type { Role } from "../organisation/terms.ts";
import type { Id } from "../shared/id.ts";
import type { Complaint, ComplaintAbout } from "./terms.ts";

/**
 * Who handles it: always past the unit concerned and its chain. A complaint about the inspectorate
 * itself goes to the feedback centre. Source: domain.md §4.8, 督察条例 9.
 */
const HANDLED_BY: Readonly<Record<ComplaintAbout, Role>> = {
  station: "inspectorate",
  bureau_unit: "inspectorate",
  unknown: "inspectorate",
  inspectorate: "feedback_centre",
};

export function handledBy(about: ComplaintAbout): Role {
  return HANDLED_BY[about];
}

export const COMPLAINT_ROLES: readonly Role[] = [...new Set(Object.values(HANDLED_BY))];

export function mayHandleComplaints(role: Role): boolean {
  return COMPLAINT_ROLES.includes(role);
}

export interface ComplaintActor {
  readonly memberId: Id;
  readonly role: Role;
  /** Stations that he is or was posted to since the complaint came in, or shortly before. */
  readonly stationIds: readonly Id[];
}

/** Whoever it concerns, or belongs to the unit it concerns, does not even learn of it. */
export function isOutOfSight(complaint: Complaint, actor: ComplaintActor): boolean {
  return (
    actor.role !== complaint.handledBy ||
    complaint.concerned.includes(actor.memberId) ||
    (complaint.stationId !== null && actor.stationIds.includes(complaint.stationId))
  );
}

/** Public figures show from here on (domain.md §6.6: complaints below 20 never). */
export const COMPLAINTS_SUPPRESSED_BELOW = 20;
