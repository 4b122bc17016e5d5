import type { Id } from "@wanjia/domain/shared/id";
import type { WorkYear } from "@wanjia/domain/workdays/terms";
import type { Tx } from "../platform/database.ts";
import { at, run, sql } from "../platform/sql.ts";

export async function saveYear(tx: Tx, loaded: WorkYear, by: Id | null): Promise<void> {
  const { year, holidays, makeUpDays, source } = loaded;
  await run(
    tx,
    sql`insert into work_year (bureau_id, year, holidays, make_up_days, source, loaded_at, loaded_by)
      values (${tx.actor.bureauId}, ${year}, ${[...holidays]}::date[], ${[...makeUpDays]}::date[], ${source}, ${at(tx.now)}, ${by})
      on conflict (bureau_id, year) do update set holidays = excluded.holidays, make_up_days = excluded.make_up_days,
        source = excluded.source, loaded_at = excluded.loaded_at, loaded_by = excluded.loaded_by`,
  );
}
