import type { Id } from "@wanjia/domain/shared/id";
import type { Instant, LocalDate } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import { at, json, maybe, rows, run, sql } from "../platform/sql.ts";

export async function wasDrawn(tx: Tx, week: LocalDate): Promise<boolean> {
  const found = await maybe(
    tx,
    sql`select id from hazard_lot where bureau_id = ${tx.actor.bureauId} and week = ${week}`,
  );
  return found !== undefined;
}

export interface ClearedHazard {
  readonly id: Id;
  readonly stationId: Id;
  readonly beatId: Id | null;
}

/** Hazards that were found cleared within a time and still count as such. */
export function clearedBetween(tx: Tx, from: Instant, to: Instant): Promise<ClearedHazard[]> {
  return rows(
    tx,
    sql`select id, station_id as "stationId", beat_id as "beatId" from matter
      where bureau_id = ${tx.actor.bureauId} and cleared_at >= ${at(from)} and cleared_at < ${at(to)}
        and kind = 'hazard' and outcome = 'cleared'`,
  );
}

export async function insertLot(
  tx: Tx,
  lot: { readonly id: Id; readonly week: LocalDate; readonly cleared: number },
  drawn: readonly ClearedHazard[],
): Promise<void> {
  await run(
    tx,
    sql`insert into hazard_lot (bureau_id, id, week, cleared, drawn, drawn_at)
      values (${tx.actor.bureauId}, ${lot.id}, ${lot.week}, ${lot.cleared}, ${drawn.length}, ${at(tx.now)})`,
  );
  if (drawn.length === 0) return;
  await run(
    tx,
    sql`insert into hazard_lot_item (bureau_id, lot_id, matter_id, station_id, beat_id)
      select ${tx.actor.bureauId}::uuid, ${lot.id}::uuid, r.id, r."stationId", r."beatId"
      from jsonb_to_recordset(${json(drawn)}) as r(id uuid, "stationId" uuid, "beatId" uuid)`,
  );
}
