import type { TipFilter } from "@wanjia/contract/tips";
import { TIP_LIMITS, type TipCategory, type TipState } from "@wanjia/domain/tips/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import type { ListDefinition } from "../platform/list.ts";
import { at, maybe, rows, sql } from "../platform/sql.ts";

/** Receiving units that may be written to: two keepers at least can open what comes. */
export function openUnits(tx: Tx): Promise<
  {
    bureauId: Id;
    bureau: string;
    bureauEn: string;
    unitId: Id;
    name: string;
    nameEn: string;
    keyId: Id;
    publicKey: Buffer;
  }[]
> {
  return rows(
    tx,
    sql`select b.bureau_id as "bureauId", b.name as bureau, b.name_en as "bureauEn", u.id as "unitId", u.name, u.name_en as "nameEn",
        k.id as "keyId", k.public_key as "publicKey"
      from tip_unit u
      join bureau b on b.bureau_id = u.bureau_id
      join tip_key k on k.bureau_id = u.bureau_id and k.unit_id = u.id and k.retired_at is null
      where u.bureau_id = ${tx.actor.bureauId} and u.active
        and (select count(*) from tip_share s where s.bureau_id = k.bureau_id and s.key_id = k.id) >= ${TIP_LIMITS.fewestKeepers}
      order by u.name`,
  );
}

export interface Followed {
  unit: string;
  unitEn: string;
  category: TipCategory;
  receivedAt: Instant;
  state: TipState;
  routedAt: Instant | null;
  wantsAnswer: boolean;
  sealedAnswer: Buffer | null;
}

export function follow(tx: Tx, lookHash: Buffer): Promise<Followed | undefined> {
  return maybe(
    tx,
    sql`select u.name as unit, u.name_en as "unitEn", t.category, t.received_at as "receivedAt", t.state, t.routed_at as "routedAt",
        t.wants_answer as "wantsAnswer", t.sealed_answer as "sealedAnswer"
      from tip t join tip_unit u on u.bureau_id = t.bureau_id and u.id = t.unit_id
      where t.bureau_id = ${tx.actor.bureauId} and t.look_hash = ${lookHash}`,
  );
}

export interface UnitRow {
  id: Id;
  name: string;
  nameEn: string;
  active: boolean;
  hasKey: boolean;
}

/** Units of the bureau; with a keeper named, those that he keeps. */
export function listUnits(tx: Tx, keeper: Id | null): Promise<UnitRow[]> {
  return rows(
    tx,
    sql`select u.id, u.name, u.name_en as "nameEn", u.active,
        exists (select from tip_key k where k.bureau_id = u.bureau_id and k.unit_id = u.id and k.retired_at is null) as "hasKey"
      from tip_unit u where u.bureau_id = ${tx.actor.bureauId} and (${keeper}::uuid is null or exists (
        select from tip_keeper p where p.bureau_id = u.bureau_id and p.unit_id = u.id and p.member_id = ${keeper}))
      order by u.name`,
  );
}

export async function unitsKeptBy(tx: Tx, keeper: Id): Promise<Id[]> {
  return (await listUnits(tx, keeper)).map(({ id }) => id);
}

export interface KeeperRow {
  unitId: Id;
  memberId: Id;
  name: string;
  publicKey: Buffer | null;
  salt: Buffer | null;
  rounds: number | null;
  wrapped: Buffer | null;
}

export function listKeepers(tx: Tx): Promise<KeeperRow[]> {
  return rows(
    tx,
    sql`select p.unit_id as "unitId", p.member_id as "memberId", m.name, p.public_key as "publicKey", p.salt, p.rounds, p.wrapped
      from tip_keeper p join member m on m.bureau_id = p.bureau_id and m.id = p.member_id
      where p.bureau_id = ${tx.actor.bureauId} order by m.number`,
  );
}

export interface KeyRow {
  id: Id;
  unitId: Id;
  number: number;
  publicKey: Buffer;
  madeAt: Instant;
  retired: boolean;
  waiting: number;
}

/** Keys that still open something, newest first. */
export function listKeys(tx: Tx): Promise<KeyRow[]> {
  return rows(
    tx,
    sql`select * from (
        select k.id, k.unit_id as "unitId", k.number, k.public_key as "publicKey", k.made_at as "madeAt",
          k.retired_at is not null as retired,
          (select count(*) from tip t where t.bureau_id = k.bureau_id and t.key_id = k.id and t.state = 'received') as waiting
        from tip_key k where k.bureau_id = ${tx.actor.bureauId}) keys
      where not retired or waiting > 0 order by number desc`,
  );
}

export function listShares(tx: Tx): Promise<{ keyId: Id; memberId: Id; sealed: Buffer }[]> {
  return rows(
    tx,
    sql`select key_id as "keyId", member_id as "memberId", sealed from tip_share where bureau_id = ${tx.actor.bureauId}`,
  );
}

export interface OpeningRow {
  id: Id;
  unitId: Id;
  keyId: Id;
  askedBy: Id;
  askedByName: string;
  askedAt: Instant;
  expiresAt: Instant;
  granted: boolean;
  sessionKey: Buffer;
  sealedShare: Buffer | null;
}

export function listOpenings(tx: Tx): Promise<OpeningRow[]> {
  return rows(
    tx,
    sql`select o.id, o.unit_id as "unitId", o.key_id as "keyId", o.asked_by as "askedBy", m.name as "askedByName", o.asked_at as "askedAt",
        o.expires_at as "expiresAt", o.granted_by is not null as granted, o.session_key as "sessionKey", o.sealed_share as "sealedShare"
      from tip_opening o join member m on m.bureau_id = o.bureau_id and m.id = o.asked_by
      where o.bureau_id = ${tx.actor.bureauId} and o.expires_at > ${at(tx.now)} order by o.asked_at`,
  );
}

export interface TipListRow {
  id: Id;
  unitId: Id;
  keyId: Id;
  keyNumber: number;
  category: TipCategory;
  receivedAt: Instant;
  wantsAnswer: boolean;
  state: TipState;
  routedAt: Instant | null;
  answerGivenAt: Instant | null;
  replyKey: Buffer;
}

const ROW = sql`t.id, t.unit_id as "unitId", t.key_id as "keyId", k.number as "keyNumber", t.category, t.received_at as "receivedAt",
  t.wants_answer as "wantsAnswer", t.state, t.routed_at as "routedAt", t.answer_given_at as "answerGivenAt", t.reply_key as "replyKey"`;
const FROM = sql`tip t join tip_key k on k.bureau_id = t.bureau_id and k.id = t.key_id`;

export function findTip(tx: Tx, units: readonly Id[], id: Id): Promise<TipListRow | undefined> {
  return maybe(
    tx,
    sql`select ${ROW} from ${FROM}
      where t.bureau_id = ${tx.actor.bureauId} and t.id = ${id} and t.unit_id = any (${[...units]}::uuid[])`,
  );
}

export function tipList(
  bureauId: Id,
  units: readonly Id[],
  { todo, state, category }: TipFilter,
): ListDefinition {
  return {
    columns: ROW,
    from: FROM,
    where: [
      sql`t.bureau_id = ${bureauId}`,
      sql`t.unit_id = any (${[...units]}::uuid[])`,
      ...(todo === "open" ? [sql`t.state = 'received'`] : []),
      ...(todo === "answer" ? [sql`t.state = 'transferred' and t.wants_answer`] : []),
      ...(state === undefined ? [] : [sql`t.state = ${state}`]),
      ...(category === undefined ? [] : [sql`t.category = ${category}`]),
    ],
    sorts: { received: { by: sql`t.received_at`, type: "timestamptz" } },
    defaultSort: "-received",
    id: sql`t.id`,
  };
}

/** What the figures are made of: no unit, no category. */
export function countedSince(
  tx: Tx,
  since: Instant,
): Promise<
  {
    receivedAt: Instant;
    routedAt: Instant | null;
    wantsAnswer: boolean;
    answerGivenAt: Instant | null;
  }[]
> {
  return rows(
    tx,
    sql`select received_at as "receivedAt", routed_at as "routedAt", wants_answer as "wantsAnswer", answer_given_at as "answerGivenAt"
      from tip where bureau_id = ${tx.actor.bureauId} and received_at >= ${at(since)}`,
  );
}

/** What the bureau's figures are made of: nothing that leads to a unit or a sort. */
export function routedBetween(
  tx: Tx,
  from: Instant,
  to: Instant,
): Promise<{ wantsAnswer: boolean; answerGivenAt: Instant | null }[]> {
  return rows(
    tx,
    sql`select wants_answer as "wantsAnswer", answer_given_at as "answerGivenAt" from tip
      where bureau_id = ${tx.actor.bureauId} and routed_at >= ${at(from)} and routed_at < ${at(to)}`,
  );
}
