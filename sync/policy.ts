/** Who may pull what, and who may switch off a phone. */
import type { Id } from "@wanjia/domain/shared/id";
import { scopeOf } from "@wanjia/domain/organisation/policy";
import { type Role, type Scope } from "@wanjia/domain/organisation/terms";

interface Actor {
  readonly memberId: Id;
  readonly role: Role;
  readonly scope: Scope;
  readonly stationIds: readonly Id[];
  readonly beatIds: readonly Id[];
}

/** An officer pulls the beats of his postings, a leader those of his station. */
export function mayPullBeat(
  actor: Actor,
  beat: { readonly id: Id; readonly stationId: Id },
): boolean {
  switch (actor.scope) {
    case "bureau":
      return true;
    case "station":
      return actor.stationIds.includes(beat.stationId);
    case "beat":
      return actor.beatIds.includes(beat.id);
    case "none":
      return false;
  }
}

/** A phone is for those who have beats to pull; who administers accounts sees all phones. */
export function maySeeDevices(role: Role): boolean {
  return scopeOf(role) !== "none" || administersDevices({ role });
}

/** One's own phone, at once; everybody's for those who administer accounts. */
export function mayRevokeDevice(actor: Actor, device: { readonly memberId: Id }): boolean {
  return device.memberId === actor.memberId || administersDevices(actor);
}

export function administersDevices(actor: Pick<Actor, "role">): boolean {
  return actor.role === "sys_admin" || actor.role === "security_admin";
}
