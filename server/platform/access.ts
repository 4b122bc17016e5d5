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
