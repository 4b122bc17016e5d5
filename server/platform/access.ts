import type { Role, Scope } from "@wanjia/domain/organisation/terms";
import type { Id } from "@wanjia/domain/shared/id";

export type Locale = "zh-CN" | "en";

/** Who asks, and how far their sight reaches. Row-level security is set from this. */
export interface Principal {
  readonly bureauId: Id;
  readonly memberId: Id;
  readonly role: Role;
  readonly scope: Scope;
  readonly stationIds: readonly Id[];
  readonly beatIds: readonly Id[];
  /** Beats that an officer was posted to until lately: his phone may not know yet. */
  readonly left?: { readonly stationIds: readonly Id[]; readonly beatIds: readonly Id[] };
  /** The body outside of the police for which a partner answers; his session sees what was sent to it. */
  readonly partnerId?: Id;
  /** The phone this session belongs to; absent at a desk. */
  readonly deviceId?: Id;
  readonly locale: Locale;
}

/** The server itself: jobs, the command line, the public page. Bound to one bureau, or to none. */
export interface System {
  readonly system: true;
  readonly bureauId: Id | null;
}

export type Actor = Principal | System;

export function isSystem(actor: Actor): actor is System {
  return "system" in actor;
}

/** Who sends what a phone recorded: it may have been at work where he is no longer posted. */
export function asRecorded({ left, ...principal }: Principal): Principal {
  if (left === undefined) return principal;
  return {
    ...principal,
    stationIds: [...new Set([...principal.stationIds, ...left.stationIds])],
    beatIds: [...new Set([...principal.beatIds, ...left.beatIds])],
  };
}

interface Reach {
  readonly stationId: Id | undefined;
  readonly beatId: Id | undefined;
}

/**
 * A list's filter narrowed to what the session reaches. Row-level security says the same; said in the
 * query too, it finds the index. Null where the filter asks for what is out of reach.
 */
export function withinReach(
  { scope, stationIds, beatIds }: Principal,
  { stationId, beatId }: Partial<Reach>,
): Reach | null {
  const outside = (ids: readonly Id[], id: Id | undefined): boolean =>
    id !== undefined && !ids.includes(id);
  if (scope === "beat" && outside(beatIds, beatId)) return null;
  if (scope === "station" && outside(stationIds, stationId)) return null;
  const only = (of: Scope, ids: readonly Id[]): Id | undefined =>
    scope === of && ids.length === 1 ? ids[0] : undefined;
  return {
    stationId: stationId ?? only("station", stationIds),
    beatId: beatId ?? only("beat", beatIds),
  };
}
