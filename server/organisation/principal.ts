import { isDemoLogin } from "@wanjia/domain/organisation/policy";
import { reachOn } from "@wanjia/domain/organisation/rules";
import { localDate } from "@wanjia/domain/shared/instant";
import type { Clock } from "../platform/clock.ts";
import type { Database } from "../platform/database.ts";
import type { PrincipalFinder } from "../platform/session.ts";
import { findMember } from "./read-model.ts";

/**
 * What a member may do today: active, and with a posting that is valid. The accounts of a demo city,
 * whose password everybody knows, are members of nothing outside of demo mode.
 */
export function principalFinder(database: Database, clock: Clock, demo = false): PrincipalFinder {
  return async (bureauId, memberId) => {
    const member = await database.asSystem(bureauId, (tx) => findMember(tx, memberId));
    if (member === undefined || !member.active) return null;
    if (isDemoLogin(member.login) && !demo) return null;
    const reach = reachOn(member.postings, localDate(clock.now()));
    return reach === null ? null : { bureauId, memberId, ...reach };
  };
}
