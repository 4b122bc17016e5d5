import type { Matter } from "@wanjia/domain/matters/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import { at, maybe, one, rows, run, sql } from "../platform/sql.ts";

export interface ReceiptRow {
  readonly matterId: Id;
  readonly issuedBy: Id | null;
}

export async function insertReceipt(
  tx: Tx,
  matter: Matter,
  receipt: {
    readonly lookHash: Buffer;
    readonly source: "page" | "plain" | "desk";
    readonly issuedBy: Id | null;
    readonly buildingId: Id | null;
  },
): Promise<void> {
  const { lookHash, source, issuedBy, buildingId } = receipt;
  await run(
    tx,
    sql`insert into matter_receipt (bureau_id, look_hash, matter_id, station_id, beat_id, building_id, source, issued_by, issued_at)
      values (${tx.actor.bureauId}, ${lookHash}, ${matter.id}, ${matter.stationId}, ${matter.beatId}, ${buildingId}, ${source}, ${issuedBy},
        ${at(tx.now)})`,
  );
}

export function receiptByLook(tx: Tx, lookHash: Buffer): Promise<ReceiptRow | undefined> {
  return maybe(
    tx,
    sql`select matter_id as "matterId", issued_by as "issuedBy" from matter_receipt
      where bureau_id = ${tx.actor.bureauId} and look_hash = ${lookHash}`,
  );
}

/** What came in from the residents' pages since, for a station and for a building. */
export function saidSince(
  tx: Tx,
  stationId: Id,
  buildingId: Id,
  since: Instant,
): Promise<{ station: number; plain: number; building: number }> {
  return one(
    tx,
    sql`select count(*) as station, count(*) filter (where source = 'plain') as plain,
        count(*) filter (where building_id = ${buildingId}) as building
      from matter_receipt
      where bureau_id = ${tx.actor.bureauId} and station_id = ${stationId} and issued_at > ${at(since)} and source <> 'desk'`,
  );
}

export function receiptsOf(tx: Tx, matterId: Id): Promise<{ receipts: number }> {
  return one(
    tx,
    sql`select count(*) as receipts from matter_receipt where bureau_id = ${tx.actor.bureauId} and matter_id = ${matterId}`,
  );
}

export async function insertPhoto(
  tx: Tx,
  matter: Matter,
  photo: { readonly id: Id; readonly sealed: Buffer },
): Promise<void> {
  await run(
    tx,
    sql`insert into matter_photo (bureau_id, id, matter_id, station_id, beat_id, sealed, received_at)
      values (${tx.actor.bureauId}, ${photo.id}, ${matter.id}, ${matter.stationId}, ${matter.beatId}, ${photo.sealed}, ${at(tx.now)})`,
  );
}

export function photosOf(tx: Tx, matterId: Id): Promise<{ id: Id; sealed: Buffer }[]> {
  return rows(
    tx,
    sql`select id, sealed from matter_photo where bureau_id = ${tx.actor.bureauId} and matter_id = ${matterId} order by id`,
  );
}

/** Removes photos of matters that ended before, and says how many. */
export function deletePhotos(tx: Tx, endedBefore: Instant): Promise<number> {
  return run(
    tx,
    sql`delete from matter_photo x using matter m
      where x.bureau_id = ${tx.actor.bureauId} and m.bureau_id = x.bureau_id and m.id = x.matter_id and m.closed_at < ${at(endedBefore)}`,
  );
}
