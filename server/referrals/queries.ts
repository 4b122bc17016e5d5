import type { ReferralState } from "@wanjia/domain/matters/referral";
import type { Matter } from "@wanjia/domain/matters/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import { at, json, run, sql } from "../platform/sql.ts";

/** What is written down for the body, beside what the matter's own tables say of place and station. */
export interface SentReferral {
  readonly id: Id;
  readonly matter: Matter;
  readonly state: ReferralState;
  readonly dueAt: Instant | null;
}

/** Writes down what a body gets to see, or where it stands now. */
export async function saveReferrals(tx: Tx, sent: readonly SentReferral[]): Promise<void> {
  const records = sent.flatMap(({ id, matter, state, dueAt }) => {
    const { referral, number, kind, subtype, suitable, stationId, beatId, placeId } = matter;
    if (referral === null) return [];
    const { arbitrated, outcome, reason } = matter;
    return [
      {
        ...referral,
        contact: referral.contact !== null,
        id,
        matterId: matter.id,
        number,
        kind,
        subtype,
        suitable,
        stationId,
        beatId,
        placeId,
        state,
        arbitrated,
        dueAt,
        outcome: state === "answered" ? outcome : null,
        reason: state === "answered" ? reason : null,
      },
    ];
  });
  await run(
    tx,
    sql`insert into referral (bureau_id, id, matter_id, seq, station_id, beat_id, partner_id, number, kind, subtype, suitable, place,
        station_name, duty_phone, basis, law, text, contact, state, arbitrated, due_at, sent_at, accepted_at, ended_at, outcome, reason)
      select ${tx.actor.bureauId}::uuid, r.id, r."matterId", r.seq, r."stationId", r."beatId", r."partnerId", r.number, r.kind, r.subtype,
        r.suitable, p.full_text, s.name, s.duty_phone, r.basis, r.law, r.text, r.contact, r.state, r.arbitrated,
        to_timestamp(r."dueAt" / 1000), to_timestamp(r."sentAt" / 1000), to_timestamp(r."acceptedAt" / 1000),
        to_timestamp(r."answeredAt" / 1000), r.outcome, r.reason
      from jsonb_to_recordset(${json(records)})
        as r(id uuid, "matterId" uuid, seq int, "stationId" uuid, "beatId" uuid, "placeId" uuid, "partnerId" uuid, number text, kind text,
          subtype text, suitable boolean, basis text, law text, text text, contact boolean, state text, arbitrated boolean, "dueAt" float8,
          "sentAt" float8, "acceptedAt" float8, "answeredAt" float8, outcome text, reason text)
      join station s on s.bureau_id = ${tx.actor.bureauId} and s.id = r."stationId"
      join place p on p.bureau_id = ${tx.actor.bureauId} and p.id = r."placeId"
      on conflict (bureau_id, matter_id, seq) do update set state = excluded.state, arbitrated = excluded.arbitrated,
        due_at = excluded.due_at, accepted_at = excluded.accepted_at, ended_at = excluded.ended_at,
        outcome = excluded.outcome, reason = excluded.reason`,
  );
}

export interface EndedReferral {
  readonly matterId: Id;
  readonly seq: number;
  readonly state: ReferralState;
  readonly endedAt: Instant;
  readonly said: string;
}

/** One that is over without an answer, or is over with one: what was said last, and no link any more. */
export async function endReferrals(tx: Tx, ended: readonly EndedReferral[]): Promise<void> {
  await run(
    tx,
    sql`update referral f set state = r.state, ended_at = to_timestamp(r."endedAt" / 1000), said = r.said, due_at = null,
        link_hash = null, link_expires_at = null
      from jsonb_to_recordset(${json(ended)}) as r("matterId" uuid, seq int, state text, "endedAt" float8, said text)
      where f.bureau_id = ${tx.actor.bureauId} and f.matter_id = r."matterId" and f.seq = r.seq`,
  );
}

/** Sets the link of an open referral, or ends it; says whether there was one to set it for. */
export async function setLink(
  tx: Tx,
  id: Id,
  link: { readonly hash: Buffer; readonly until: Instant } | null,
): Promise<boolean> {
  const until = link === null ? sql`null` : at(link.until);
  const changed = await run(
    tx,
    sql`update referral set link_hash = ${link?.hash ?? null}::bytea, link_expires_at = ${until}
      where bureau_id = ${tx.actor.bureauId} and id = ${id} and state in ('sent', 'accepted')`,
  );
  return changed > 0;
}

/** What bodies were told of some matters, and said of them, goes; so do links that would show it. */
export async function forgetWordsOf(tx: Tx, matterIds: readonly Id[]): Promise<void> {
  await run(
    tx,
    sql`update referral set text = '', said = '', place = '', link_hash = null, link_expires_at = null
      where bureau_id = ${tx.actor.bureauId} and matter_id = any (${[...matterIds]}::uuid[])`,
  );
}
