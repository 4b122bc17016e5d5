import type { Role } from "../organisation/terms.ts";

/**
 * Who may be named a keeper of sealed tips: the units that handle cases. Officers of a beat, their
 * leaders, auxiliaries and the feedback centre never read one (domain.md §8.4).
 */
export function mayKeepTips(role: Role): boolean {
  return role === "business_unit";
}

/** Names the receiving units and their keepers; can read nothing of theirs. */
export function mayManageTipUnits(role: Role): boolean {
  return role === "sys_admin" || role === "security_admin";
}

/** How many, how soon, how often answered: never by place, by officer or below ten. */
export function maySeeTipFigures(role: Role): boolean {
  return mayKeepTips(role) || role === "legal_unit" || role === "feedback_centre" || role === "dpo";
}

/** A count below this says too much about single tips (domain.md §6.2, K33). */
export const TIP_SUPPRESSED_BELOW = 10;

/** Rows of tips go twelve months after they were handed on (domain.md §8.5). */
export const TIPS_KEPT_DAYS = 365;
