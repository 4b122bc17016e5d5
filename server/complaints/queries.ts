import type { Complaint, ComplaintEventType } from "@wanjia/domain/complaints/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import { at, maybe, one, rows, run, type Sql, sql } from "../platform/sql.ts";

const COMPLAINT = sql`c.id, c.version, c.about, c.concerned_station_id as "stationId", c.kind, c.origin, c.handled_by as "handledBy",
  c.concerned, c.heard, c.state, c.finding, c.found_by as "foundBy", c.received_at as "receivedAt", c.receipted_at as "receiptedAt",
  c.checked_at as "checkedAt", c.found_at as "foundAt", c.answer_due_at as "answerDueAt", c.answered_at as "answeredAt",
  c.review_asked_at as "reviewAskedAt", c.reviewed_at as "reviewedAt", c.closed_at as "closedAt", nullif(c.due_at, 'infinity') as "dueAt"`;

function time(instant: Instant | null): Sql {
  return instant === null ? sql`null` : at(instant);
}

function dueTime(instant: Instant | null): Sql {
  return instant === null ? sql`'infinity'` : at(instant);
}

export async function insertComplaint(
  tx: Tx,
  complaint: Complaint,
  lookHash: Buffer,
): Promise<void> {
  const { id, version, about, stationId, kind, origin, handledBy, state, receivedAt, dueAt } =
    complaint;
  await run(
    tx,
    sql`insert into complaint (bureau_id, id, version, look_hash, about, concerned_station_id, kind, origin, handled_by, concerned, heard,
        state, received_at, due_at)
      values (${tx.actor.bureauId}, ${id}, ${version}, ${lookHash}, ${about}, ${stationId}, ${kind}, ${origin}, ${handledBy}, '{}', 0,
        ${state}, ${at(receivedAt)}, ${dueTime(dueAt)})`,
  );
}

export function holdComplaint(tx: Tx, id: Id): Promise<Complaint | undefined> {
  return maybe(
    tx,
    sql`select ${COMPLAINT} from complaint c where c.bureau_id = ${tx.actor.bureauId} and c.id = ${id} for update`,
  );
}

export function holdByLook(tx: Tx, lookHash: Buffer): Promise<Complaint | undefined> {
  return maybe(
    tx,
    sql`select ${COMPLAINT} from complaint c where c.bureau_id = ${tx.actor.bureauId} and c.look_hash = ${lookHash} for update`,
  );
}

/** Answered, and nobody asked for a review in time. */
export function unreviewed(tx: Tx): Promise<Complaint[]> {
  return rows(
    tx,
    sql`select ${COMPLAINT} from complaint c
      where c.bureau_id = ${tx.actor.bureauId} and c.state = 'answered' and c.due_at <= ${at(tx.now)} for update`,
  );
}

/** Waits that no date could be given to. */
export function undated(tx: Tx): Promise<Complaint[]> {
  return rows(
    tx,
    sql`select ${COMPLAINT} from complaint c where c.bureau_id = ${tx.actor.bureauId} and c.due_at = 'infinity'
      and c.state in ('receipted', 'investigating', 'found') for update`,
  );
}

export async function saveComplaint(tx: Tx, complaint: Complaint): Promise<void> {
  await run(
    tx,
    sql`update complaint set version = ${complaint.version}, concerned = ${[...complaint.concerned]}::uuid[], heard = ${complaint.heard},
        state = ${complaint.state}, finding = ${complaint.finding}, found_by = ${complaint.foundBy},
        receipted_at = ${time(complaint.receiptedAt)}, checked_at = ${time(complaint.checkedAt)}, found_at = ${time(complaint.foundAt)},
        answer_due_at = ${time(complaint.answerDueAt)}, answered_at = ${time(complaint.answeredAt)},
        review_asked_at = ${time(complaint.reviewAskedAt)}, reviewed_at = ${time(complaint.reviewedAt)},
        closed_at = ${time(complaint.closedAt)}, due_at = ${dueTime(complaint.dueAt)}
      where bureau_id = ${tx.actor.bureauId} and id = ${complaint.id}`,
  );
}

export async function nextSeq(tx: Tx, complaintId: Id): Promise<number> {
  const { seq } = await one<{ seq: number }>(
    tx,
    sql`select count(*) + 1 as seq from complaint_event where bureau_id = ${tx.actor.bureauId} and complaint_id = ${complaintId}`,
  );
  return seq;
}

export async function insertEvent(
  tx: Tx,
  event: {
    complaint: Complaint;
    seq: number;
    memberId: Id | null;
    type: ComplaintEventType;
    sealed: Buffer | null;
  },
): Promise<void> {
  const { complaint, seq, memberId, type, sealed } = event;
  await run(
    tx,
    sql`insert into complaint_event (bureau_id, complaint_id, seq, handled_by, at, member_id, type, sealed)
      values (${tx.actor.bureauId}, ${complaint.id}, ${seq}, ${complaint.handledBy}, ${at(tx.now)}, ${memberId}, ${type}, ${sealed})`,
  );
}

/** How often a member looked at contacts of complainants since. */
export async function looksSince(tx: Tx, memberId: Id, since: Instant): Promise<number> {
  const { looks } = await one<{ looks: number }>(
    tx,
    sql`select count(*) as looks from complaint_event
      where bureau_id = ${tx.actor.bureauId} and member_id = ${memberId} and type = 'revealed' and at > ${at(since)}`,
  );
  return looks;
}

export interface SealedContactRow {
  readonly phoneCipher: Buffer | null;
  readonly phoneMasked: string | null;
  readonly salutationCipher: Buffer | null;
}

export async function insertContact(
  tx: Tx,
  complaint: Complaint,
  contact: SealedContactRow,
): Promise<void> {
  const { phoneCipher, phoneMasked, salutationCipher } = contact;
  await run(
    tx,
    sql`insert into complaint_contact (bureau_id, complaint_id, handled_by, phone_cipher, phone_masked, salutation_cipher, consented_at)
      values (${tx.actor.bureauId}, ${complaint.id}, ${complaint.handledBy}, ${phoneCipher}, ${phoneMasked}, ${salutationCipher}, ${at(tx.now)})`,
  );
}

export function contactOf(tx: Tx, complaintId: Id): Promise<SealedContactRow | undefined> {
  return maybe(
    tx,
    sql`select phone_cipher as "phoneCipher", phone_masked as "phoneMasked", salutation_cipher as "salutationCipher"
      from complaint_contact where bureau_id = ${tx.actor.bureauId} and complaint_id = ${complaintId}`,
  );
}

/** Contacts of complaints that ended before. */
export function forgetContacts(tx: Tx, closedBefore: Instant): Promise<number> {
  return run(
    tx,
    sql`delete from complaint_contact x using complaint c
      where x.bureau_id = ${tx.actor.bureauId} and c.bureau_id = x.bureau_id and c.id = x.complaint_id and c.closed_at < ${at(closedBefore)}`,
  );
}

/** Files that ended so long ago, with all that was written in them; how many. */
export async function forgetFiles(
  tx: Tx,
  { months = 0, days = 0 }: { readonly months?: number; readonly days?: number },
): Promise<number> {
  const old = sql`closed_at < ${at(tx.now)} - make_interval(months => ${months}, days => ${days})`;
  await run(
    tx,
    sql`delete from complaint_event e using complaint c
      where e.bureau_id = ${tx.actor.bureauId} and c.bureau_id = e.bureau_id and c.id = e.complaint_id and c.${old}`,
  );
  return run(tx, sql`delete from complaint where bureau_id = ${tx.actor.bureauId} and ${old}`);
}
