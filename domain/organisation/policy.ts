import type { Role, Scope } from "./terms.ts";

/** How far each role sees records of visits and matters (domain.md §8.4). */
const SCOPES: Readonly<Record<Role, Scope>> = {
  community_officer: "beat",
  seconded_officer: "beat",
  auxiliary: "beat",
  grid_worker: "beat",
  volunteer: "none",
  station_leader: "station",
  feedback_centre: "bureau",
  campaign_office: "bureau",
  inspectorate: "bureau",
  legal_unit: "bureau",
  dpo: "bureau",
  business_unit: "none",
  mediator: "none",
  partner: "none",
  external_observer: "none",
  security_admin: "none",
  sys_admin: "none",
  auditor: "none",
};

export function scopeOf(role: Role): Scope {
  return SCOPES[role];
}

/** Roles of sworn police officers; the others never go alone and never stand for the police. */
const SWORN: ReadonlySet<Role> = new Set([
  "community_officer",
  "seconded_officer",
  "station_leader",
]);

export function mustBeSworn(role: Role): boolean {
  return SWORN.has(role);
}

/** Roles that are held at a beat, at a station, at the bureau itself, or in a body outside of it. */
export function seatOf(role: Role): "beat" | "station" | "bureau" | "partner" {
  if (role === "partner") return "partner";
  const scope = scopeOf(role);
  if (scope === "beat" || role === "volunteer") return "beat";
  return scope === "station" || role === "mediator" ? "station" : "bureau";
}

/** Units and their people: for those who work with records in them, and those who keep them. */
export function maySeeOrganisation(role: Role): boolean {
  return scopeOf(role) !== "none" || mayManageOrganisation(role);
}

/** Who may change units, members and postings: administrators, and a station's leader in his own. */
export function mayManageOrganisation(role: Role): boolean {
  return role === "sys_admin" || role === "security_admin";
}

export function mayManagePostings(
  actor: { role: Role; stationIds: readonly string[] },
  stationId: string | null,
): boolean {
  if (mayManageOrganisation(actor.role)) return true;
  return (
    actor.role === "station_leader" && stationId !== null && actor.stationIds.includes(stationId)
  );
}

/** Who may import addresses, issue plates and open campaigns. */
export function mayManageCity(role: Role): boolean {
  return role === "sys_admin" || role === "campaign_office";
}

export function maySeeAudit(role: Role): boolean {
  return role === "auditor";
}

/** Log-ins of the demo city: known to all, so let in by a server in demo mode alone. */
export function isDemoLogin(login: string): boolean {
  return login.startsWith("demo.");
}
