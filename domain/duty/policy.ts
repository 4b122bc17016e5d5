import type { Role } from "../organisation/terms.ts";

/** A station's day is its leader's to answer for. */
export function maySignDays(role: Role): boolean {
  return role === "station_leader";
}

const READERS: readonly Role[] = ["station_leader", "feedback_centre", "inspectorate"];

export function maySeeDays(role: Role): boolean {
  return READERS.includes(role);
}
