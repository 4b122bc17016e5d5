import type { Appointment, AppointmentState, Window } from "@wanjia/domain/appointments/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { SealedContact } from "../platform/contacts.ts";
import type { Tx } from "../platform/database.ts";
import { at, json, maybe, rows, run, sql } from "../platform/sql.ts";

const APPOINTMENT = sql`a.id, a.place_id as "placeId", a.building_id as "buildingId", a.station_id as "stationId", a.beat_id as "beatId",
  a.from_at as "from", a.to_at as "to", a.state, a.origin, a.made_at as "madeAt", a.changed_at as "changedAt"`;

export async function insertAppointment(tx: Tx, appointment: Appointment): Promise<void> {
  const { id, placeId, buildingId, stationId, beatId, from, to, state, origin } = appointment;
  await run(
    tx,
    sql`insert into appointment (bureau_id, id, place_id, building_id, station_id, beat_id, from_at, to_at, state, origin, made_at, changed_at)
      values (${tx.actor.bureauId}, ${id}, ${placeId}, ${buildingId}, ${stationId}, ${beatId}, ${at(from)}, ${at(to)}, ${state}, ${origin},
        ${at(appointment.madeAt)}, ${at(appointment.changedAt)})`,
  );
}

export function holdAppointment(tx: Tx, id: Id): Promise<Appointment | undefined> {
  return maybe(
    tx,
    sql`select ${APPOINTMENT} from appointment a where a.bureau_id = ${tx.actor.bureauId} and a.id = ${id} for update`,
  );
}

export async function saveState(tx: Tx, id: Id, state: AppointmentState): Promise<void> {
  await run(
    tx,
    sql`update appointment set state = ${state}, changed_at = ${at(tx.now)} where bureau_id = ${tx.actor.bureauId} and id = ${id}`,
  );
}

/**
 * Windows of a beat in which somebody is expected or asked for: those that are full are not offered. Of
 * what is only asked for, one a door: whoever asks ten times with one plate takes no more room.
 */
export function takenWindows(tx: Tx, beatId: Id | null): Promise<Window[]> {
  return rows(
    tx,
    sql`select distinct on (a.place_id, case a.state when 'asked' then null else a.id end) a.from_at as "from", a.to_at as "to" from appointment a
      where a.bureau_id = ${tx.actor.bureauId} and a.beat_id = ${beatId} and a.from_at > ${at(tx.now)} and a.state in ('asked', 'confirmed')
      order by a.place_id, case a.state when 'asked' then null else a.id end, a.made_at, a.id`,
  );
}

/** What else is asked for at a door, the one first that was made first. */
export function nextAsked(tx: Tx, placeId: Id): Promise<Window | undefined> {
  return maybe(
    tx,
    sql`select a.from_at as "from", a.to_at as "to" from appointment a
      where a.bureau_id = ${tx.actor.bureauId} and a.place_id = ${placeId} and a.to_at > ${at(tx.now)} and a.state = 'asked'
      order by a.made_at, a.id limit 1`,
  );
}

// -- what doors tell ------------------------------------------------------------------------------

export interface EndedAtDoor extends Window {
  readonly placeId: Id;
  readonly met: boolean;
}

export interface BegunAtDoor extends Window {
  readonly id: Id;
  readonly placeId: Id;
  readonly buildingId: Id;
  readonly stationId: Id;
  readonly beatId: Id | null;
}

/** What was agreed and no longer stands at its door: kept where somebody was met. */
export async function endAtDoors(tx: Tx, ended: readonly EndedAtDoor[]): Promise<void> {
  await run(
    tx,
    sql`update appointment a set state = case when r.met then 'kept' else 'cancelled' end, changed_at = ${at(tx.now)}
      from jsonb_to_recordset(${json(ended)}) as r("placeId" uuid, "from" float8, "to" float8, met boolean)
      where a.bureau_id = ${tx.actor.bureauId} and a.place_id = r."placeId"
        and a.from_at = to_timestamp(r."from" / 1000) and a.to_at = to_timestamp(r."to" / 1000)
        and (a.state = 'confirmed' or (r.met and a.state = 'missed'))`,
  );
}

/** All that is still only asked for at doors where it was settled, whoever asked. */
export async function settleAsked(
  tx: Tx,
  settled: readonly { readonly placeId: Id; readonly met: boolean }[],
): Promise<void> {
  await run(
    tx,
    sql`update appointment a set state = case when r.met then 'kept' else 'cancelled' end, changed_at = ${at(tx.now)}
      from jsonb_to_recordset(${json(settled)}) as r("placeId" uuid, met boolean)
      where a.bureau_id = ${tx.actor.bureauId} and a.place_id = r."placeId" and a.state = 'asked'`,
  );
}

/** What was agreed at doors: the row that asked for it is confirmed, else there is a new one. */
export async function beginAtDoors(tx: Tx, begun: readonly BegunAtDoor[]): Promise<void> {
  const { bureauId } = tx.actor;
  await run(
    tx,
    sql`with given as (
        select * from jsonb_to_recordset(${json(begun)}) as r(id uuid, "placeId" uuid, "buildingId" uuid, "stationId" uuid, "beatId" uuid,
          "from" float8, "to" float8)),
      agreed as (
        update appointment a set state = 'confirmed', changed_at = ${at(tx.now)} from given r
        where a.bureau_id = ${bureauId} and a.place_id = r."placeId" and a.state in ('asked', 'confirmed')
          and a.from_at = to_timestamp(r."from" / 1000) and a.to_at = to_timestamp(r."to" / 1000)
        returning r.id)
      insert into appointment (bureau_id, id, place_id, building_id, station_id, beat_id, from_at, to_at, state, origin, made_at, changed_at)
      select ${bureauId}::uuid, r.id, r."placeId", r."buildingId", r."stationId", r."beatId", to_timestamp(r."from" / 1000),
        to_timestamp(r."to" / 1000), 'confirmed', 'door', ${at(tx.now)}, ${at(tx.now)}
      from given r where r.id not in (select id from agreed)`,
  );
}

export async function moveAppointments(
  tx: Tx,
  { placeIds, stationId, beatId }: { placeIds: readonly Id[]; stationId: Id; beatId: Id },
): Promise<void> {
  const { bureauId } = tx.actor;
  await run(
    tx,
    sql`with moved as (
        update appointment set station_id = ${stationId}, beat_id = ${beatId}
        where bureau_id = ${bureauId} and place_id = any (${[...placeIds]}::uuid[]) returning id)
      update appointment_contact set station_id = ${stationId}, beat_id = ${beatId}
      where bureau_id = ${bureauId} and appointment_id in (select id from moved)`,
  );
}

// -- receipts -------------------------------------------------------------------------------------

export interface WishReceipt {
  readonly placeId: Id;
  readonly appointmentId: Id | null;
  readonly confirmed: boolean;
  readonly madeAt: Instant;
  readonly takenBackAt: Instant | null;
}

export async function insertReceipt(
  tx: Tx,
  lookHash: Buffer,
  receipt: Omit<WishReceipt, "takenBackAt">,
  expiresAt: Instant,
): Promise<void> {
  const { placeId, appointmentId, confirmed, madeAt } = receipt;
  await run(
    tx,
    sql`insert into wish_receipt (bureau_id, look_hash, place_id, appointment_id, confirmed, made_at, expires_at)
      values (${tx.actor.bureauId}, ${lookHash}, ${placeId}, ${appointmentId}, ${confirmed}, ${at(madeAt)}, ${at(expiresAt)})
      on conflict (bureau_id, look_hash) do nothing`,
  );
}

export function holdReceipt(tx: Tx, lookHash: Buffer): Promise<WishReceipt | undefined> {
  return maybe(
    tx,
    sql`select place_id as "placeId", appointment_id as "appointmentId", confirmed, made_at as "madeAt", taken_back_at as "takenBackAt"
      from wish_receipt where bureau_id = ${tx.actor.bureauId} and look_hash = ${lookHash} and expires_at > ${at(tx.now)} for update`,
  );
}

export async function saveTakenBack(tx: Tx, lookHash: Buffer): Promise<void> {
  await run(
    tx,
    sql`update wish_receipt set taken_back_at = ${at(tx.now)} where bureau_id = ${tx.actor.bureauId} and look_hash = ${lookHash}`,
  );
}

// -- contacts -------------------------------------------------------------------------------------

export async function insertContact(
  tx: Tx,
  { id, stationId, beatId }: Appointment,
  { phoneCipher, phoneMasked, salutationCipher }: SealedContact,
): Promise<void> {
  await run(
    tx,
    sql`insert into appointment_contact (bureau_id, appointment_id, station_id, beat_id, phone_cipher, phone_masked, salutation_cipher, consented_at)
      values (${tx.actor.bureauId}, ${id}, ${stationId}, ${beatId}, ${phoneCipher}, ${phoneMasked}, ${salutationCipher}, ${at(tx.now)})`,
  );
}

export function contactOf(tx: Tx, id: Id): Promise<SealedContact | undefined> {
  return maybe(
    tx,
    sql`select phone_cipher as "phoneCipher", phone_masked as "phoneMasked", salutation_cipher as "salutationCipher"
      from appointment_contact where bureau_id = ${tx.actor.bureauId} and appointment_id = ${id}`,
  );
}

/** A number was given for one appointment: it goes when that is over. Says how many went. */
export function forgetContacts(tx: Tx): Promise<number> {
  const { bureauId } = tx.actor;
  return run(
    tx,
    sql`delete from appointment_contact c using appointment a
      where c.bureau_id = ${bureauId} and a.bureau_id = ${bureauId} and a.id = c.appointment_id and a.state in ('kept', 'missed', 'cancelled')`,
  );
}

/** At doors where something just ended. */
export function forgetContactsAt(tx: Tx, placeIds: readonly Id[]): Promise<number> {
  const { bureauId } = tx.actor;
  return run(
    tx,
    sql`delete from appointment_contact c using appointment a
      where c.bureau_id = ${bureauId} and a.bureau_id = ${bureauId} and a.id = c.appointment_id
        and a.place_id = any (${placeIds}::uuid[]) and a.state in ('kept', 'missed', 'cancelled')`,
  );
}
export function forgetContact(tx: Tx, id: Id): Promise<number> {
  return run(
    tx,
    sql`delete from appointment_contact where bureau_id = ${tx.actor.bureauId} and appointment_id = ${id}`,
  );
}

// -- time passes ----------------------------------------------------------------------------------

/** Open ones whose time was over before an instant. */
export function passedBefore(tx: Tx, before: Instant, limit: number): Promise<Appointment[]> {
  return rows(
    tx,
    sql`select ${APPOINTMENT} from appointment a
      where a.bureau_id = ${tx.actor.bureauId} and a.state in ('asked', 'confirmed') and a.to_at < ${at(before)}
      order by a.to_at, a.id limit ${limit} for update`,
  );
}

export async function deleteExpired(tx: Tx, madeBefore: Instant): Promise<void> {
  const { bureauId } = tx.actor;
  await run(
    tx,
    sql`delete from appointment where bureau_id = ${bureauId} and to_at < ${at(madeBefore)}`,
  );
  await run(
    tx,
    sql`delete from wish_receipt where bureau_id = ${bureauId} and expires_at <= ${at(tx.now)}`,
  );
}
