import type { Tip, TipKey, TipOpening } from "@wanjia/domain/tips/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import { at, maybe, rows, run, sql } from "../platform/sql.ts";

// -- units and keepers ----------------------------------------------------------------------------

export async function saveUnit(
  tx: Tx,
  unit: { id: Id; name: string; nameEn: string; active: boolean },
): Promise<void> {
  const { id, name, nameEn, active } = unit;
  await run(
    tx,
    sql`insert into tip_unit (bureau_id, id, name, name_en, active) values (${tx.actor.bureauId}, ${id}, ${name}, ${nameEn}, ${active})
      on conflict (bureau_id, id) do update set name = excluded.name, name_en = excluded.name_en, active = excluded.active`,
  );
}

/** Names those who keep a unit from now on; who no longer does loses his key and his shares. */
export async function setKeepers(tx: Tx, unitId: Id, keepers: readonly Id[]): Promise<void> {
  const bureau = tx.actor.bureauId;
  await run(
    tx,
    sql`delete from tip_keeper where bureau_id = ${bureau} and unit_id = ${unitId} and member_id <> all (${[...keepers]}::uuid[])`,
  );
  await run(
    tx,
    sql`insert into tip_keeper (bureau_id, unit_id, member_id)
      select ${bureau}, ${unitId}, member_id from unnest(${[...keepers]}::uuid[]) as member_id on conflict do nothing`,
  );
}

/** A keeper's shares, which his new key can't open. */
export async function dropShares(tx: Tx, unitId: Id, memberId: Id): Promise<void> {
  await run(
    tx,
    sql`delete from tip_share where bureau_id = ${tx.actor.bureauId} and unit_id = ${unitId} and member_id = ${memberId}`,
  );
}

export interface OwnKey {
  readonly publicKey: Buffer;
  readonly salt: Buffer;
  readonly rounds: number;
  readonly wrapped: Buffer;
}

export async function enrolKeeper(tx: Tx, unitId: Id, memberId: Id, key: OwnKey): Promise<boolean> {
  const { publicKey, salt, rounds, wrapped } = key;
  const changed = await run(
    tx,
    sql`update tip_keeper set public_key = ${publicKey}, salt = ${salt}, rounds = ${rounds}, wrapped = ${wrapped}
      where bureau_id = ${tx.actor.bureauId} and unit_id = ${unitId} and member_id = ${memberId}`,
  );
  return changed === 1;
}

/** Keepers of a unit who have a key of their own; the unit is held until the transaction ends. */
export async function holdEnrolled(tx: Tx, unitId: Id): Promise<Id[]> {
  await rows(
    tx,
    sql`select from tip_unit where bureau_id = ${tx.actor.bureauId} and id = ${unitId} for update`,
  );
  const found = await rows<{ id: Id }>(
    tx,
    sql`select member_id as id from tip_keeper
      where bureau_id = ${tx.actor.bureauId} and unit_id = ${unitId} and public_key is not null`,
  );
  return found.map(({ id }) => id);
}

// -- keys and openings ----------------------------------------------------------------------------

export async function insertKey(
  tx: Tx,
  key: {
    id: Id;
    unitId: Id;
    publicKey: Buffer;
    by: Id;
    shares: { memberId: Id; sealed: Buffer }[];
  },
): Promise<void> {
  const bureau = tx.actor.bureauId;
  await run(
    tx,
    sql`update tip_key set retired_at = ${at(tx.now)} where bureau_id = ${bureau} and unit_id = ${key.unitId} and retired_at is null`,
  );
  await run(
    tx,
    sql`insert into tip_key (bureau_id, id, unit_id, number, public_key, made_by, made_at)
      select ${bureau}, ${key.id}, ${key.unitId}, coalesce(max(number), 0) + 1, ${key.publicKey}, ${key.by}, ${at(tx.now)}
      from tip_key where bureau_id = ${bureau} and unit_id = ${key.unitId}`,
  );
  for (const { memberId, sealed } of key.shares) {
    await run(
      tx,
      sql`insert into tip_share (bureau_id, key_id, unit_id, member_id, sealed) values (${bureau}, ${key.id}, ${key.unitId}, ${memberId}, ${sealed})`,
    );
  }
}

export function findKey(tx: Tx, id: Id): Promise<(TipKey & { active: boolean }) | undefined> {
  return maybe(
    tx,
    sql`select k.id, k.unit_id as "unitId", k.number, k.retired_at as "retiredAt", u.active,
        (select count(*)::int from tip_share s where s.bureau_id = k.bureau_id and s.key_id = k.id) as holders
      from tip_key k join tip_unit u on u.bureau_id = k.bureau_id and u.id = k.unit_id
      where k.bureau_id = ${tx.actor.bureauId} and k.id = ${id}`,
  );
}

export async function holdersOf(tx: Tx, keyId: Id): Promise<Id[]> {
  const found = await rows<{ id: Id }>(
    tx,
    sql`select member_id as id from tip_share where bureau_id = ${tx.actor.bureauId} and key_id = ${keyId}`,
  );
  return found.map(({ id }) => id);
}

/** Asking again takes the place of what one asked before. */
export async function insertOpening(
  tx: Tx,
  unitId: Id,
  opening: TipOpening,
  sessionKey: Buffer,
): Promise<void> {
  const { id, keyId, askedBy, askedAt, expiresAt } = opening;
  const bureau = tx.actor.bureauId;
  await run(
    tx,
    sql`delete from tip_opening where bureau_id = ${bureau} and asked_by = ${askedBy} and key_id = ${keyId}`,
  );
  await run(
    tx,
    sql`insert into tip_opening (bureau_id, id, unit_id, key_id, asked_by, asked_at, session_key, expires_at)
      values (${bureau}, ${id}, ${unitId}, ${keyId}, ${askedBy}, ${at(askedAt)}, ${sessionKey}, ${at(expiresAt)})`,
  );
}

export function holdOpening(
  tx: Tx,
  id: Id,
): Promise<(TipOpening & { readonly unitId: Id }) | undefined> {
  return maybe(
    tx,
    sql`select id, unit_id as "unitId", key_id as "keyId", asked_by as "askedBy", asked_at as "askedAt",
        granted_by as "grantedBy", expires_at as "expiresAt"
      from tip_opening where bureau_id = ${tx.actor.bureauId} and id = ${id} for update`,
  );
}

export async function saveGrant(tx: Tx, opening: TipOpening, sealedShare: Buffer): Promise<void> {
  await run(
    tx,
    sql`update tip_opening set granted_by = ${opening.grantedBy}, sealed_share = ${sealedShare}
      where bureau_id = ${tx.actor.bureauId} and id = ${opening.id}`,
  );
}

// -- tips -----------------------------------------------------------------------------------------

export interface Arrival {
  readonly tip: Tip;
  readonly lookHash: Buffer;
  readonly replyKey: Buffer;
  readonly sealed: Buffer;
}

/** Sending the same once more, since no answer came, does no harm. */
export async function insertTip(tx: Tx, arrival: Arrival): Promise<void> {
  const { tip, lookHash, replyKey, sealed } = arrival;
  await run(
    tx,
    sql`insert into tip (bureau_id, id, unit_id, key_id, category, received_at, wants_answer, state, look_hash, reply_key, sealed)
      values (${tx.actor.bureauId}, ${tip.id}, ${tip.unitId}, ${tip.keyId}, ${tip.category}, ${at(tip.receivedAt)},
        ${tip.wantsAnswer}, ${tip.state}, ${lookHash}, ${replyKey}, ${sealed})
      on conflict (bureau_id, look_hash) do nothing`,
  );
}

export function holdTip(tx: Tx, id: Id): Promise<Tip | undefined> {
  return maybe(
    tx,
    sql`select id, unit_id as "unitId", key_id as "keyId", category, received_at as "receivedAt", wants_answer as "wantsAnswer",
        state, routed_at as "routedAt", answer_given_at as "answerGivenAt", sealed is not null as sealed
      from tip where bureau_id = ${tx.actor.bureauId} and id = ${id} for update`,
  );
}

export async function sealedText(tx: Tx, id: Id): Promise<Buffer | null> {
  const found = await maybe<{ sealed: Buffer | null }>(
    tx,
    sql`select sealed from tip where bureau_id = ${tx.actor.bureauId} and id = ${id}`,
  );
  return found?.sealed ?? null;
}

/** Saves where a tip stands; the sealed text goes with the state that it belongs to. */
export async function saveTip(tx: Tx, tip: Tip, sealedAnswer: Buffer | null): Promise<void> {
  const time = (instant: Instant | null) => (instant === null ? sql`null` : at(instant));
  await run(
    tx,
    sql`update tip set state = ${tip.state}, routed_at = ${time(tip.routedAt)}, answer_given_at = ${time(tip.answerGivenAt)},
        sealed = case when ${tip.sealed} then sealed end, sealed_answer = coalesce(${sealedAnswer}, sealed_answer)
      where bureau_id = ${tx.actor.bureauId} and id = ${tip.id}`,
  );
}

/** What has outlived its use: answered long ago, leave that ended, old keys with nothing behind them. */
export async function forget(
  tx: Tx,
  routedBefore: Instant,
  retiredBefore: Instant,
): Promise<number> {
  const bureau = tx.actor.bureauId;
  await run(
    tx,
    sql`delete from tip_opening where bureau_id = ${bureau} and expires_at < ${at(tx.now)}`,
  );
  await run(
    tx,
    sql`delete from tip_share s using tip_key k where s.bureau_id = ${bureau} and k.bureau_id = s.bureau_id and k.id = s.key_id
      and k.retired_at < ${at(retiredBefore)} and not exists (
        select from tip t where t.bureau_id = k.bureau_id and t.key_id = k.id and t.state = 'received')`,
  );
  return run(
    tx,
    sql`delete from tip where bureau_id = ${bureau} and routed_at < ${at(routedBefore)}`,
  );
}
