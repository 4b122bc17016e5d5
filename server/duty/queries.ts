import type { SignedDay } from "@wanjia/domain/duty/terms";
import type { Tx } from "../platform/database.ts";
import { at, run, sql } from "../platform/sql.ts";

/** Keeps a signature; false where somebody was quicker. */
export async function insertDay(tx: Tx, signed: SignedDay): Promise<boolean> {
  const { stationId, day, signedBy, signedAt, figures, left, note } = signed;
  const kept = await run(
    tx,
    sql`insert into station_day (bureau_id, station_id, day, signed_by, signed_at, figures, left_over, note)
      values (${tx.actor.bureauId}, ${stationId}, ${day}, ${signedBy}, ${at(signedAt)}, ${JSON.stringify(figures)}::jsonb,
        ${JSON.stringify(left)}::jsonb, ${note})
      on conflict (bureau_id, station_id, day) do nothing`,
  );
  return kept === 1;
}
