import type { Role } from "../organisation/terms.ts";

/** Whoever sets time limits says which days count, and whoever keeps the system running. */
export function mayLoadWorkdays(role: Role): boolean {
  return role === "legal_unit" || role === "feedback_centre" || role === "sys_admin";
}
