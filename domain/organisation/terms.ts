import type { Id } from "../shared/id.ts";
import type { LocalDate } from "../shared/instant.ts";

/** Roles of domain.md §8.4 that sign in. */
export const ROLES = [
  "community_officer",
  "seconded_officer",
  "auxiliary",
  "station_leader",
  "feedback_centre",
  "business_unit",
  "inspectorate",
  "legal_unit",
  "dpo",
  "campaign_office",
  "security_admin",
  "sys_admin",
  "auditor",
  "external_observer",
  "grid_worker",
  "mediator",
  "volunteer",
  "partner",
] as const;
export type Role = (typeof ROLES)[number];

/** The name that a member signs in by: what any keyboard types, never a person's number. */
export const LOGIN = /^[a-z0-9._-]{2,40}$/;

/** How far a session sees: the whole bureau, its stations, its beats, or no records at all. */
export type Scope = "bureau" | "station" | "beat" | "none";

export const PARTNER_KINDS = [
  "property_manager",
  "owners_committee",
  "residents_committee",
  "subdistrict",
  "urban_management",
  "civil_affairs",
  "fire_service",
  "emergency_management",
  "housing",
  "gas",
  "education",
  "transport",
  "water",
  "mediation_committee",
  "legal_aid",
  "court",
  "other",
] as const;
export type PartnerKind = (typeof PARTNER_KINDS)[number];

/** Who does what where, from a day until a day (half-open: `validTo` is the first day without it). */
export interface Posting {
  readonly id: Id;
  readonly memberId: Id;
  readonly role: Role;
  readonly stationId: Id | null;
  readonly beatId: Id | null;
  /** The body outside of the police for which a partner answers; of partners alone. */
  readonly partnerId: Id | null;
  readonly validFrom: LocalDate;
  readonly validTo: LocalDate | null;
}
