import type { Due } from "@wanjia/domain/mediation/due";
import type { OtherBooking } from "@wanjia/domain/mediation/rooms";
import type {
  Mediation,
  MediationEvent,
  MediationSession,
  SideKey,
} from "@wanjia/domain/mediation/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { DAY_MS, type Instant } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import { at, json, maybe, rows, run, sql } from "../platform/sql.ts";

/** Who sees a mediation, and what of it a list asks for, beside the mediation itself. */
export interface Cover {
  readonly readers: readonly Id[];
  readonly callsDue: boolean;
  readonly next: Due | null;
}

/** Locks it until the end of the transaction. Out of the caller's sight it isn't there. */
export async function holdMediation(tx: Tx, id: Id): Promise<Mediation | undefined> {
  const found = await maybe<{ body: Mediation }>(
    tx,
    sql`select body from mediation where bureau_id = ${tx.actor.bureauId} and id = ${id} for update`,
  );
  return found?.body;
}

export async function insertMediation(tx: Tx, mediation: Mediation, cover: Cover): Promise<void> {
  const { id, matterId, stationId, beatId, form, state, version, openedAt } = mediation;
  await run(
    tx,
    sql`insert into mediation (bureau_id, id, matter_id, station_id, beat_id, readers, calls_due, form, state, version,
        next_step, next_on, opened_at, body)
      values (${tx.actor.bureauId}, ${id}, ${matterId}, ${stationId}, ${beatId}, ${cover.readers}::uuid[], ${cover.callsDue}, ${form},
        ${state}, ${version}, ${cover.next?.step}, coalesce(${cover.next?.on}::date, 'infinity'), ${at(openedAt)}, ${json(mediation)})`,
  );
}

export async function saveMediation(tx: Tx, mediation: Mediation, cover: Cover): Promise<void> {
  const { id, state, version, limitOn, endedAt, ending } = mediation;
  await run(
    tx,
    sql`update mediation set readers = ${cover.readers}::uuid[], calls_due = ${cover.callsDue}, state = ${state}, version = ${version},
        next_step = ${cover.next?.step}, next_on = coalesce(${cover.next?.on}::date, 'infinity'), limit_on = ${limitOn}::date,
        ended_at = ${endedAt === null ? null : at(endedAt)}, ending = ${ending}, body = ${json(mediation)}
      where bureau_id = ${tx.actor.bureauId} and id = ${id}`,
  );
  await run(
    tx,
    sql`update mediation_event set readers = ${cover.readers}::uuid[]
      where bureau_id = ${tx.actor.bureauId} and mediation_id = ${id} and readers <> ${cover.readers}::uuid[]`,
  );
  await run(
    tx,
    sql`update mediation_contact set readers = ${cover.readers}::uuid[], calls_due = ${cover.callsDue},
        expires_at = ${endedAt === null ? null : at(endedAt + CONTACT_KEPT_DAYS * DAY_MS)}
      where bureau_id = ${tx.actor.bureauId} and mediation_id = ${id}`,
  );
}

/** A contact goes this long after the end, as with matters (domain.md §8.5). */
const CONTACT_KEPT_DAYS = 30;

export async function insertEvents(
  tx: Tx,
  mediationId: Id,
  events: readonly MediationEvent[],
  readers: readonly Id[],
  role: string,
): Promise<void> {
  const records = events.map(({ seq, by, change, at: when }) => {
    const { type, ...body } = change;
    return { seq, at: when, by, type, body };
  });
  await run(
    tx,
    sql`insert into mediation_event (bureau_id, mediation_id, seq, readers, at, member_id, role, type, body)
      select ${tx.actor.bureauId}::uuid, ${mediationId}::uuid, r.seq, ${readers}::uuid[], to_timestamp(r.at / 1000), r.by, ${role}, r.type, r.body
      from jsonb_to_recordset(${json(records)}) as r(seq int, at float8, by uuid, type text, body jsonb)`,
  );
}

export async function saveLink(tx: Tx, mediation: Mediation, holds: boolean): Promise<void> {
  const { id, matterId, stationId, beatId, openedAt, endedAt } = mediation;
  await run(
    tx,
    sql`insert into mediation_link (bureau_id, mediation_id, matter_id, station_id, beat_id, running, holds, opened_at)
      values (${tx.actor.bureauId}, ${id}, ${matterId}, ${stationId}, ${beatId}, ${endedAt === null}, ${holds}, ${at(openedAt)})
      on conflict (bureau_id, mediation_id) do update set running = excluded.running, holds = excluded.holds`,
  );
}

export async function insertContact(
  tx: Tx,
  mediationId: Id,
  side: SideKey,
  readers: readonly Id[],
  sealed: {
    readonly phoneCipher: Buffer | null;
    readonly phoneMasked: string | null;
    readonly salutationCipher: Buffer | null;
  },
): Promise<void> {
  await run(
    tx,
    sql`insert into mediation_contact (bureau_id, mediation_id, side, readers, calls_due, phone_cipher, phone_masked, salutation_cipher, consented_at)
      values (${tx.actor.bureauId}, ${mediationId}, ${side}, ${readers}::uuid[], false, ${sealed.phoneCipher}, ${sealed.phoneMasked},
        ${sealed.salutationCipher}, ${at(tx.now)})`,
  );
}

export function sealedContact(
  tx: Tx,
  mediationId: Id,
  side: SideKey,
): Promise<{ phoneCipher: Buffer | null; salutationCipher: Buffer | null } | undefined> {
  return maybe(
    tx,
    sql`select phone_cipher as "phoneCipher", salutation_cipher as "salutationCipher" from mediation_contact
      where bureau_id = ${tx.actor.bureauId} and mediation_id = ${mediationId} and side = ${side}`,
  );
}

/** Removes contacts whose time is over and says how many. */
export function deleteExpiredContacts(tx: Tx): Promise<number> {
  return run(
    tx,
    sql`delete from mediation_contact where bureau_id = ${tx.actor.bureauId} and expires_at <= ${at(tx.now)}`,
  );
}

/** Mediations that ended before a day and still hold their references. */
export async function withReferences(
  tx: Tx,
  before: Instant,
  limit: number,
): Promise<readonly Mediation[]> {
  const found = await rows<{ body: Mediation }>(
    tx,
    sql`select body from mediation
      where bureau_id = ${tx.actor.bureauId} and references_gone_at is null and ended_at < ${at(before)}
      order by ended_at, id limit ${limit} for update`,
  );
  return found.map(({ body }) => body);
}

/** Keeps what is left of mediations, which nobody opens any more, and deletes their history. */
export async function dropReferences(tx: Tx, left: readonly Mediation[]): Promise<void> {
  const { bureauId } = tx.actor;
  for (const mediation of left) {
    await run(
      tx,
      sql`update mediation set body = ${json(mediation)}, readers = '{}', references_gone_at = ${at(tx.now)}
        where bureau_id = ${bureauId} and id = ${mediation.id}`,
    );
  }
  const ids = left.map(({ id }) => id);
  await run(
    tx,
    sql`delete from mediation_event where bureau_id = ${bureauId} and mediation_id = any (${ids}::uuid[])`,
  );
  await run(
    tx,
    sql`delete from mediation_booking where bureau_id = ${bureauId} and mediation_id = any (${ids}::uuid[])`,
  );
}

/** The room's name, and nobody else books it until this transaction ends; out of use it isn't there. */
export async function holdRoom(tx: Tx, id: Id, stationId: Id): Promise<string | null> {
  const found = await maybe<{ name: string }>(
    tx,
    sql`select name from mediation_room where bureau_id = ${tx.actor.bureauId} and station_id = ${stationId} and id = ${id} and active for update`,
  );
  return found?.name ?? null;
}

export async function stationOfRoom(tx: Tx, id: Id): Promise<Id | null> {
  const found = await maybe<{ stationId: Id }>(
    tx,
    sql`select station_id as "stationId" from mediation_room where bureau_id = ${tx.actor.bureauId} and id = ${id}`,
  );
  return found?.stationId ?? null;
}

/** What is taken at a station in a stretch of time. */
export function bookingsBetween(
  tx: Tx,
  stationId: Id,
  from: Instant,
  to: Instant,
): Promise<OtherBooking[]> {
  return rows(
    tx,
    sql`select session_id as id, room_id as "roomId", from_at as "from", to_at as "to", members from mediation_booking
      where bureau_id = ${tx.actor.bureauId} and station_id = ${stationId} and to_at > ${at(from)} and from_at < ${at(to)}`,
  );
}

/** The booking follows the mediation: there while a session is booked, with the panel of the day. */
export async function saveBooking(
  tx: Tx,
  { id, stationId }: Mediation,
  session: MediationSession,
  members: readonly Id[],
): Promise<void> {
  await run(
    tx,
    session.state === "cancelled"
      ? sql`delete from mediation_booking where bureau_id = ${tx.actor.bureauId} and session_id = ${session.id}`
      : sql`insert into mediation_booking (bureau_id, session_id, room_id, station_id, mediation_id, from_at, to_at, members)
          values (${tx.actor.bureauId}, ${session.id}, ${session.roomId}, ${stationId}, ${id}, ${at(session.from)}, ${at(session.to)}, ${members}::uuid[])
          on conflict (bureau_id, session_id) do update set members = excluded.members`,
  );
}

export async function saveRoom(
  tx: Tx,
  room: {
    readonly id: Id;
    readonly stationId: Id;
    readonly name: string;
    readonly seats: number;
    readonly active: boolean;
  },
): Promise<void> {
  await run(
    tx,
    sql`insert into mediation_room (bureau_id, id, station_id, name, seats, active)
      values (${tx.actor.bureauId}, ${room.id}, ${room.stationId}, ${room.name}, ${room.seats}, ${room.active})
      on conflict (bureau_id, id) do update set name = excluded.name, seats = excluded.seats, active = excluded.active`,
  );
}
