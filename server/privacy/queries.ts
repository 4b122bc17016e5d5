import type { Erasure } from "@wanjia/domain/privacy/erasure";
import type { DataRequest } from "@wanjia/domain/privacy/requests";
import type { DataSubjectKind, RequestOrigin } from "@wanjia/domain/privacy/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import { at, maybe, rows, run, sql } from "../platform/sql.ts";

export interface NewRequest extends DataRequest {
  readonly lookHash: Buffer;
  readonly subjectKind: DataSubjectKind;
  readonly subjectId: Id | null;
  readonly number: string | null;
  readonly stationId: Id | null;
  readonly origin: RequestOrigin;
  readonly sealedText: Buffer;
}

export async function insertRequest(tx: Tx, request: NewRequest): Promise<void> {
  const { id, version, handledBy, lookHash, subjectKind, subjectId, number, stationId } = request;
  const { kind, origin, sealedText, receivedAt, dueAt } = request;
  const due = dueAt === null ? sql`'infinity'` : at(dueAt);
  await run(
    tx,
    sql`insert into data_request (bureau_id, id, version, handled_by, look_hash, subject_kind, subject_id, number, station_id, kind, origin,
        state, sealed_text, received_at, due_at)
      values (${tx.actor.bureauId}, ${id}, ${version}, ${handledBy}, ${lookHash}, ${subjectKind}, ${subjectId}, ${number}, ${stationId},
        ${kind}, ${origin}, 'received', ${sealedText}, ${at(receivedAt)}, ${due})`,
  );
}

export async function saveDecision(
  tx: Tx,
  { id, version, decision }: DataRequest,
  sealedAnswer: Buffer,
  memberId: Id,
  { gone, kept }: Pick<Erasure, "gone" | "kept">,
): Promise<void> {
  await run(
    tx,
    sql`update data_request set version = ${version}, state = 'decided', decision = ${decision}, sealed_answer = ${sealedAnswer},
        decided_at = ${at(tx.now)}, decided_by = ${memberId}, gone = ${[...gone]}::text[], kept = ${[...kept]}::text[]
      where bureau_id = ${tx.actor.bureauId} and id = ${id}`,
  );
}

/** How many working days there are to answer, as this bureau's table of limits has it today. */
export async function workingDaysToAnswer(tx: Tx): Promise<number | undefined> {
  const found = await maybe<{ amount: number }>(
    tx,
    sql`select amount from clock_rule
      where bureau_id = ${tx.actor.bureauId} and rule = 'dsr' and unit = 'working_days'
        and valid_from <= (${at(tx.now)} at time zone 'Asia/Shanghai')::date
      order by valid_from desc limit 1`,
  );
  return found?.amount;
}

// -- erasing --------------------------------------------------------------------------------------

interface Kept {
  readonly kind: DataSubjectKind;
  readonly id: Id;
}

/** How to reach somebody goes, whichever subject kept it. */
export async function eraseContact(tx: Tx, { kind, id }: Kept): Promise<void> {
  const { bureauId } = tx.actor;
  switch (kind) {
    case "matter":
      await run(tx, sql`delete from contact where bureau_id = ${bureauId} and matter_id = ${id}`);
      return;
    case "complaint":
      await run(
        tx,
        sql`delete from complaint_contact where bureau_id = ${bureauId} and complaint_id = ${id}`,
      );
      return;
    case "appointment":
      await run(
        tx,
        sql`delete from appointment_contact where bureau_id = ${bureauId} and appointment_id = ${id}`,
      );
      return;
    case "tip":
    case "wish":
    case "none":
      // Nothing of the kind is ever kept there.
      return;
  }
}

export async function erasePhotos(tx: Tx, { kind, id }: Kept): Promise<void> {
  if (kind !== "matter") return;
  await run(
    tx,
    sql`delete from matter_photo where bureau_id = ${tx.actor.bureauId} and matter_id = ${id}`,
  );
}

/** What no date could be given to. */
export function undated(tx: Tx): Promise<{ id: Id; receivedAt: Instant }[]> {
  return rows(
    tx,
    sql`select id, received_at as "receivedAt" from data_request
      where bureau_id = ${tx.actor.bureauId} and state = 'received' and due_at = 'infinity' for update`,
  );
}

export async function saveDue(tx: Tx, id: Id, dueAt: Instant): Promise<void> {
  await run(
    tx,
    sql`update data_request set due_at = ${at(dueAt)} where bureau_id = ${tx.actor.bureauId} and id = ${id}`,
  );
}

/** Deletes requests that were answered before a day; says how many. */
export function deleteAnswered(tx: Tx, before: Instant, limit: number): Promise<number> {
  const { bureauId } = tx.actor;
  return run(
    tx,
    sql`delete from data_request where bureau_id = ${bureauId} and id in (
      select id from data_request where bureau_id = ${bureauId} and decided_at < ${at(before)}
      order by decided_at limit ${limit})`,
  );
}
