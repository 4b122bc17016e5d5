import { isDemoLogin } from "@wanjia/domain/organisation/policy";
import { reachOn, seatsLeft } from "@wanjia/domain/organisation/rules";
import { localDate } from "@wanjia/domain/shared/instant";
import type { Clock } from "../platform/clock.ts";
import type { Database } from "../platform/database.ts";
import type { PrincipalFinder } from "../platform/session.ts";
import { deviceById } from "../platform/sync-ledger.ts";
import { findMember } from "./read-model.ts";

/**
 * What a member may do today: active, with a posting that is valid, and not on a phone that was
 * switched off. The accounts of a demo city,
 * whose password everybody knows, are members of nothing outside of demo mode.
 */
export function principalFinder(database: Database, clock: Clock, demo = false): PrincipalFinder {
  return async (bureauId, memberId, deviceId) => {
    const { member, device } = await database.asSystem(bureauId, async (tx) => ({
      member: await findMember(tx, memberId),
      device: deviceId === undefined ? undefined : await deviceById(tx, bureauId, deviceId),
    }));
    if (device !== undefined && device.revoked_at !== null) return "device-revoked";
    if (member === undefined || !member.active) return null;
    if (isDemoLogin(member.login) && !demo) return null;
    const today = localDate(clock.now());
    const reach = reachOn(member.postings, today);
    if (reach === null) return null;
    const left = seatsLeft(member.postings, today);
    return { bureauId, memberId, ...reach, ...(left === null ? {} : { left }) };
  };
}
