import type { PartnerKind } from "@wanjia/domain/organisation/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import { maybe, prepared, sql } from "../platform/sql.ts";

/** A referral as the matter's page shows it. */
export interface ReferralOfMatter {
  id: Id;
  bodyName: string;
  bodyKind: PartnerKind;
  bodyPhone: string;
  sentAt: Instant;
  acceptedAt: Instant | null;
  answeredAt: Instant | null;
  linkUntil: Instant | null;
}

export function referralOf(
  tx: Tx,
  matterId: Id,
  seq: number,
): Promise<ReferralOfMatter | undefined> {
  return maybe(
    tx,
    prepared(sql`select r.id, b.name as "bodyName", b.kind as "bodyKind", b.phone as "bodyPhone", r.sent_at as "sentAt",
        r.accepted_at as "acceptedAt", case when r.state = 'answered' then r.ended_at end as "answeredAt",
        r.link_expires_at as "linkUntil"
      from referral r join partner b on b.bureau_id = r.bureau_id and b.id = r.partner_id
      where r.bureau_id = ${tx.actor.bureauId} and r.matter_id = ${matterId} and r.seq = ${seq}`),
  );
}
