import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import { at, run, sql } from "../platform/sql.ts";

/** Deletes the oldest rows before a moment, and before the first id of that moment; says how many. */
export function deleteBefore(tx: Tx, before: Instant, firstId: Id, limit: number): Promise<number> {
  const { bureauId } = tx.actor;
  return run(
    tx,
    sql`delete from audit where bureau_id = ${bureauId} and id in (
      select id from audit where bureau_id = ${bureauId} and id < ${firstId}::uuid and at < ${at(before)}
      order by id limit ${limit})`,
  );
}
