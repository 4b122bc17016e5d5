import type { ReferralProgress, ReferralRow } from "@wanjia/contract/referrals";
import type { PartnerKind } from "@wanjia/domain/organisation/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import type { ListDefinition } from "../platform/list.ts";
import { at, maybe, prepared, type Sql, sql } from "../platform/sql.ts";

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

// -- for the body ---------------------------------------------------------------------------------

const COLUMNS = sql`r.id, r.number, r.kind, r.subtype, r.suitable, r.place, r.station_name as "stationName", r.duty_phone as "dutyPhone",
  r.basis, r.law, r.text, r.contact, r.state, r.arbitrated, r.due_at as "dueAt", r.sent_at as "sentAt", r.accepted_at as "acceptedAt",
  r.ended_at as "endedAt", r.outcome, r.reason, r.said`;

/** Row-level security lets a partner's session see those of its own body; the query says it again. */
export function referralList(
  bureauId: Id,
  partnerId: Id,
  progress: ReferralProgress | undefined,
  now: Instant,
): ListDefinition {
  const where: Sql[] = [sql`r.bureau_id = ${bureauId}`, sql`r.partner_id = ${partnerId}`];
  if (progress === "open" || progress === "overdue")
    where.push(sql`r.state in ('sent', 'accepted')`);
  if (progress === "overdue") where.push(sql`r.due_at <= ${at(now)}`);
  if (progress === "ended") where.push(sql`r.state not in ('sent', 'accepted')`);
  return {
    columns: COLUMNS,
    from: sql`referral r`,
    where,
    sorts: { sent: { by: sql`r.sent_at`, type: "timestamptz" } },
    defaultSort: "-sent",
    id: sql`r.id`,
  };
}

/** A referral as its body sees it, and which one of which matter it is. */
export type ReferralOfBody = ReferralRow & { matterId: Id; seq: number; partnerId: Id };

const WITH_KEYS = sql`${COLUMNS}, r.matter_id as "matterId", r.seq, r.partner_id as "partnerId"`;

export function referralById(tx: Tx, id: Id): Promise<ReferralOfBody | undefined> {
  return maybe(
    tx,
    sql`select ${WITH_KEYS} from referral r where r.bureau_id = ${tx.actor.bureauId} and r.id = ${id}`,
  );
}

/** The referral that a link opens, while it does. */
export function referralByLink(tx: Tx, hash: Buffer): Promise<ReferralOfBody | undefined> {
  return maybe(
    tx,
    sql`select ${WITH_KEYS} from referral r
      where r.bureau_id = ${tx.actor.bureauId} and r.link_hash = ${hash} and r.link_expires_at > ${at(tx.now)}`,
  );
}

export function presentReferral({
  matterId: _matter,
  seq: _seq,
  partnerId: _partner,
  ...row
}: ReferralOfBody): ReferralRow {
  return row;
}
