import type { Matter } from "@wanjia/domain/matters/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import { at, maybe, one, run, sql } from "../platform/sql.ts";

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
