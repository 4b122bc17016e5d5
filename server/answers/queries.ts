import type { Message } from "@wanjia/domain/answers/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import { at, json, maybe, one, prepared, rows, run, type Sql, sql } from "../platform/sql.ts";

/** A message with what it carries. */
export interface Carried extends Message {
  readonly stationId: Id;
  readonly beatId: Id | null;
  readonly madeBy: Id;
  readonly madeAt: Instant;
  readonly numberHash: Buffer | null;
  readonly textCipher: Buffer | null;
}

const MESSAGE = sql`id, matter_id as "matterId", purpose, channel, state, reason, not_before as "notBefore", attempts,
  attempted_at as "attemptedAt", sent_at as "sentAt", ended_at as "endedAt", by_hand as "byHand", parts, reply, replied_at as "repliedAt",
  station_id as "stationId", beat_id as "beatId", made_by as "madeBy", made_at as "madeAt", number_hash as "numberHash", text_cipher as "textCipher"`;

function moment(instant: Instant | null): Sql {
  return instant === null ? sql`null::timestamptz` : at(instant);
}

/** Keeps a new message; one that carries the same event of its matter is there already. */
export async function insertMessage(
  tx: Tx,
  message: Carried & { readonly eventSeq: number | null },
): Promise<void> {
  const { id, matterId, eventSeq, stationId, beatId, purpose, channel, state, reason } = message;
  await run(
    tx,
    prepared(sql`insert into message (bureau_id, id, matter_id, event_seq, station_id, beat_id, purpose, channel, state, reason, not_before,
        attempts, by_hand, parts, number_hash, text_cipher, made_by, made_at)
      values (${tx.actor.bureauId}, ${id}, ${matterId}, ${eventSeq}, ${stationId}, ${beatId}, ${purpose}, ${channel}, ${state}, ${reason},
        ${at(message.notBefore)}, 0, false, '[]', ${message.numberHash}, ${message.textCipher}, ${message.madeBy}, ${at(message.madeAt)})
      on conflict (bureau_id, matter_id, event_seq) do nothing`),
  );
}

export async function saveMessage(tx: Tx, message: Message): Promise<void> {
  const { id, state, reason, attempts, byHand, parts, reply } = message;
  await run(
    tx,
    sql`update message set state = ${state}, reason = ${reason}, not_before = ${at(message.notBefore)}, attempts = ${attempts},
        attempted_at = ${moment(message.attemptedAt)}, sent_at = ${moment(message.sentAt)}, ended_at = ${moment(message.endedAt)},
        by_hand = ${byHand}, parts = ${json(parts)}, reply = ${reply}, replied_at = ${moment(message.repliedAt)}
      where bureau_id = ${tx.actor.bureauId} and id = ${id}`,
  );
}

/** Locks it until the end of the transaction. Out of the caller's sight it isn't there. */
export function holdMessage(tx: Tx, id: Id): Promise<Carried | undefined> {
  return maybe(
    tx,
    sql`select ${MESSAGE} from message where bureau_id = ${tx.actor.bureauId} and id = ${id} for update`,
  );
}

function held(tx: Tx, where: Sql, limit: number): Promise<Carried[]> {
  return rows(
    tx,
    sql`select ${MESSAGE} from message where bureau_id = ${tx.actor.bureauId} and ${where} limit ${limit} for update skip locked`,
  );
}

/** Texts whose time has come; those that another process takes just now are left to it. */
export function holdDue(tx: Tx, limit: number): Promise<Carried[]> {
  return held(
    tx,
    sql`state = 'queued' and channel = 'sms' and not_before <= ${at(tx.now)} order by not_before, id`,
    limit,
  );
}

/** Handed to the gateway so long ago that no answer comes any more. */
export function holdLost(tx: Tx, before: Instant, limit: number): Promise<Carried[]> {
  return held(tx, sql`state = 'sending' and attempted_at < ${at(before)}`, limit);
}

export async function holdByReference(tx: Tx, reference: string): Promise<Carried | undefined> {
  const [found] = await held(
    tx,
    sql`state = 'sent' and parts @> ${json([{ reference }])} order by sent_at desc`,
    1,
  );
  return found;
}

/** The last question put to a number and not answered yet. */
export async function holdQuestion(
  tx: Tx,
  numberHash: Buffer,
  since: Instant,
): Promise<Carried | undefined> {
  const [found] = await held(
    tx,
    sql`number_hash = ${numberHash} and purpose in ('callback', 'reminder') and sent_at >= ${at(since)} and reply is null
      order by sent_at desc, id desc`,
    1,
  );
  return found;
}

/** What has not gone out yet of a matter. */
export function holdOpen(tx: Tx, matterIds: readonly Id[]): Promise<Carried[]> {
  return rows(
    tx,
    prepared(sql`select ${MESSAGE} from message where bureau_id = ${tx.actor.bureauId} and matter_id = any (${matterIds}::uuid[])
        and state in ('queued', 'held') for update`),
  );
}

/** Texts to a number that have not gone out yet. */
export function holdOpenTo(tx: Tx, numberHash: Buffer): Promise<Carried[]> {
  return held(tx, sql`number_hash = ${numberHash} and state = 'queued' and channel = 'sms'`, 1000);
}

/** Questions without a reply since a day, and without a reminder. */
export function holdUnanswered(tx: Tx, sentBefore: Instant, limit: number): Promise<Carried[]> {
  return held(
    tx,
    sql`purpose = 'callback' and reply is null and state in ('sent', 'delivered') and sent_at <= ${at(sentBefore)}
      and not exists (select 1 from message r where r.bureau_id = message.bureau_id and r.matter_id = message.matter_id
        and r.purpose = 'reminder' and r.made_at > message.made_at)
      order by sent_at, id`,
    limit,
  );
}

/** Takes away the words, and what leads to a number, of messages that ended before a day. */
export function forgetWords(tx: Tx, before: Instant): Promise<number> {
  return run(
    tx,
    sql`update message set text_cipher = null, number_hash = null where bureau_id = ${tx.actor.bureauId}
        and text_cipher is not null and coalesce(ended_at, sent_at) < ${at(before)} and state <> 'queued' and state <> 'held'`,
  );
}

/** Takes away the words of all that was written about some matters; what is not yet sent stays here. */
export async function forgetWordsOf(tx: Tx, matterIds: readonly Id[]): Promise<void> {
  await run(
    tx,
    sql`update message set text_cipher = null, number_hash = null,
        state = case when state in ('queued', 'held') then 'cancelled' else state end,
        reason = case when state = 'held' then null else reason end
      where bureau_id = ${tx.actor.bureauId} and matter_id = any (${[...matterIds]}::uuid[])`,
  );
}

// -- numbers --------------------------------------------------------------------------------------

/** Questions put about a matter since it was answered, and to a number in a quarter; and whether it wants none. */
export function contactsTo(
  tx: Tx,
  matterId: Id,
  numberHash: Buffer | null,
  quarter: string,
): Promise<{ ofMatter: number; inQuarter: number; silent: boolean }> {
  const { bureauId } = tx.actor;
  return one(
    tx,
    prepared(sql`select (select count(*) from message where bureau_id = ${bureauId} and matter_id = ${matterId}
          and purpose in ('callback', 'reminder') and state <> 'cancelled') as "ofMatter",
        coalesce((select contacts from asked_number where bureau_id = ${bureauId} and number_hash = ${numberHash} and quarter = ${quarter}), 0)
          as "inQuarter",
        exists (select 1 from silent_number where bureau_id = ${bureauId} and number_hash = ${numberHash}) as silent`),
  );
}

export async function countAsked(tx: Tx, numberHash: Buffer, quarter: string): Promise<void> {
  await run(
    tx,
    sql`insert into asked_number as a (bureau_id, number_hash, quarter, contacts) values (${tx.actor.bureauId}, ${numberHash}, ${quarter}, 1)
      on conflict (bureau_id, number_hash, quarter) do update set contacts = a.contacts + 1`,
  );
}

/** Quarters that are over count for nothing any more. */
export function forgetAsked(tx: Tx, quarter: string): Promise<number> {
  return run(
    tx,
    sql`delete from asked_number where bureau_id = ${tx.actor.bureauId} and quarter < ${quarter}`,
  );
}

export async function silence(tx: Tx, numberHash: Buffer): Promise<void> {
  await run(
    tx,
    sql`insert into silent_number (bureau_id, number_hash, since) values (${tx.actor.bureauId}, ${numberHash}, ${at(tx.now)})
      on conflict do nothing`,
  );
}
