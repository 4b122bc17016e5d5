import {
  PROPERTY_LIMITS,
  type PropertyEvent,
  type PropertyItem,
  type ReturnMeeting,
} from "@wanjia/domain/property/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { DAY_MS, type Instant, type LocalDate } from "@wanjia/domain/shared/instant";
import type { SealedContact } from "../platform/contacts.ts";
import type { Tx } from "../platform/database.ts";
import { at, json, maybe, rows, run, sql } from "../platform/sql.ts";

/** An item with the last day to collect it; null where none counts. */
export interface Kept {
  readonly item: PropertyItem;
  readonly collectBy: LocalDate | null;
}

/** Locks it until the end of the transaction. Out of the caller's sight it isn't there. */
export async function holdItem(tx: Tx, id: Id): Promise<PropertyItem | undefined> {
  const found = await maybe<{ body: PropertyItem }>(
    tx,
    sql`select body from property_item where bureau_id = ${tx.actor.bureauId} and id = ${id} for update`,
  );
  return found?.body;
}

/** Numbers of a list that the station already has. */
export async function knownNumbers(
  tx: Tx,
  stationId: Id,
  numbers: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = await rows<{ registerNo: string }>(
    tx,
    sql`select register_no as "registerNo" from property_item
      where bureau_id = ${tx.actor.bureauId} and station_id = ${stationId} and register_no = any (${numbers}::text[])`,
  );
  return new Set(found.map(({ registerNo }) => registerNo));
}

export async function insertItems(tx: Tx, items: readonly PropertyItem[]): Promise<void> {
  await run(
    tx,
    sql`insert into property_item (bureau_id, id, station_id, register_no, item_class, count, value_yuan, state, version, collect_by, imported_at, body)
      select ${tx.actor.bureauId}::uuid, (r->>'id')::uuid, (r->>'stationId')::uuid, r->>'registerNo', r->>'itemClass', (r->>'count')::int,
        (r->>'valueYuan')::bigint, r->>'state', (r->>'version')::int, 'infinity', ${at(tx.now)}, r
      from jsonb_array_elements(${json(items)}) as r`,
  );
}

export async function saveItems(tx: Tx, kept: readonly Kept[]): Promise<void> {
  const records = kept.map(({ item, collectBy }) => ({
    id: item.id,
    state: item.state,
    version: item.version,
    told_on: item.toldOn,
    collect_by: item.endedAt === null ? collectBy : null,
    meeting_id: item.appointment?.meetingId ?? null,
    slot_at: item.appointment?.at ?? null,
    lapsed_on: item.lapsedOn,
    returned_on: item.returnedOn,
    ended_at: item.endedAt,
    expires_at: item.endedAt === null ? null : item.endedAt + PROPERTY_LIMITS.contactDays * DAY_MS,
    body: item,
  }));
  const list = sql`jsonb_to_recordset(${json(records)}) as r(id uuid, state text, version int, told_on date, collect_by date, meeting_id uuid,
    slot_at float8, lapsed_on date, returned_on date, ended_at float8, expires_at float8, body jsonb)`;
  await run(
    tx,
    sql`update property_item i set state = r.state, version = r.version, told_on = r.told_on, collect_by = coalesce(r.collect_by, 'infinity'),
        meeting_id = r.meeting_id, slot_at = to_timestamp(r.slot_at / 1000), lapsed_on = r.lapsed_on, returned_on = r.returned_on,
        ended_at = to_timestamp(r.ended_at / 1000), body = r.body
      from ${list} where i.bureau_id = ${tx.actor.bureauId} and i.id = r.id`,
  );
  await run(
    tx,
    sql`update property_contact c set expires_at = to_timestamp(r.expires_at / 1000)
      from ${list} where c.bureau_id = ${tx.actor.bureauId} and c.item_id = r.id and r.expires_at is not null`,
  );
}

export async function insertEvents(
  tx: Tx,
  events: readonly { readonly item: PropertyItem; readonly event: PropertyEvent }[],
): Promise<void> {
  const records = events.map(({ item, event }) => {
    const { type, ...body } = event.change;
    return {
      item_id: item.id,
      station_id: item.stationId,
      seq: event.seq,
      member_id: event.by,
      type,
      body,
    };
  });
  await run(
    tx,
    sql`insert into property_event (bureau_id, item_id, seq, station_id, at, member_id, type, body)
      select ${tx.actor.bureauId}::uuid, r.item_id, r.seq, r.station_id, ${at(tx.now)}, r.member_id, r.type, r.body
      from jsonb_to_recordset(${json(records)}) as r(item_id uuid, seq int, station_id uuid, member_id uuid, type text, body jsonb)`,
  );
}

export async function insertContacts(
  tx: Tx,
  contacts: readonly { readonly item: PropertyItem; readonly sealed: SealedContact }[],
): Promise<void> {
  const records = contacts.map(({ item, sealed }) => ({
    item_id: item.id,
    station_id: item.stationId,
    phone: sealed.phoneCipher?.toString("base64") ?? null,
    masked: sealed.phoneMasked,
    salutation: sealed.salutationCipher?.toString("base64") ?? null,
  }));
  await run(
    tx,
    sql`insert into property_contact (bureau_id, item_id, station_id, phone_cipher, phone_masked, salutation_cipher)
      select ${tx.actor.bureauId}::uuid, r.item_id, r.station_id, decode(r.phone, 'base64'), r.masked, decode(r.salutation, 'base64')
      from jsonb_to_recordset(${json(records)}) as r(item_id uuid, station_id uuid, phone text, masked text, salutation text)`,
  );
}

export function sealedContact(
  tx: Tx,
  itemId: Id,
): Promise<Pick<SealedContact, "phoneCipher" | "salutationCipher"> | undefined> {
  return maybe(
    tx,
    sql`select phone_cipher as "phoneCipher", salutation_cipher as "salutationCipher" from property_contact
      where bureau_id = ${tx.actor.bureauId} and item_id = ${itemId}`,
  );
}

export function deleteExpiredContacts(tx: Tx): Promise<number> {
  return run(
    tx,
    sql`delete from property_contact where bureau_id = ${tx.actor.bureauId} and expires_at <= ${at(tx.now)}`,
  );
}

/** Items whose last day is over and that wait for nobody's slot, locked; some at a time. */
export async function holdLapsing(
  tx: Tx,
  today: LocalDate,
  limit: number,
): Promise<PropertyItem[]> {
  const found = await rows<{ body: PropertyItem }>(
    tx,
    sql`select body from property_item where bureau_id = ${tx.actor.bureauId} and collect_by < ${today}
        and state in ('owner_notified', 'unclaimed_notice')
      order by collect_by, id limit ${limit} for update`,
  );
  return found.map(({ body }) => body);
}

// -- meetings -------------------------------------------------------------------------------------

/** The meeting, and nobody else books it until this transaction ends. */
export async function holdMeeting(tx: Tx, id: Id): Promise<ReturnMeeting | undefined> {
  return maybe(
    tx,
    sql`select id, station_id as "stationId", venue, from_at as "from", to_at as "to", slot_minutes as "slotMinutes", seats, cancelled
      from return_meeting where bureau_id = ${tx.actor.bureauId} and id = ${id} for update`,
  );
}

export async function insertMeeting(tx: Tx, meeting: ReturnMeeting): Promise<boolean> {
  const { id, stationId, venue, from, to, slotMinutes, seats } = meeting;
  const added = await run(
    tx,
    sql`insert into return_meeting (bureau_id, id, station_id, venue, from_at, to_at, slot_minutes, seats, cancelled)
      values (${tx.actor.bureauId}, ${id}, ${stationId}, ${venue}, ${at(from)}, ${at(to)}, ${slotMinutes}, ${seats}, false)
      on conflict do nothing`,
  );
  return added === 1;
}

export async function cancelMeeting(tx: Tx, id: Id): Promise<void> {
  await run(
    tx,
    sql`update return_meeting set cancelled = true where bureau_id = ${tx.actor.bureauId} and id = ${id}`,
  );
}

export async function takenAt(tx: Tx, meetingId: Id, slot: Instant): Promise<number> {
  const found = await maybe<{ taken: number }>(
    tx,
    sql`select count(*) as taken from property_item
      where bureau_id = ${tx.actor.bureauId} and meeting_id = ${meetingId} and slot_at = ${at(slot)}`,
  );
  return found?.taken ?? 0;
}

export async function holdBooked(tx: Tx, meetingId: Id): Promise<PropertyItem[]> {
  const found = await rows<{ body: PropertyItem }>(
    tx,
    sql`select body from property_item where bureau_id = ${tx.actor.bureauId} and meeting_id = ${meetingId} order by id for update`,
  );
  return found.map(({ body }) => body);
}
