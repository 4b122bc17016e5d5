import type { WorkCalendar } from "@wanjia/domain/shared/calendar";
import type { Instant } from "@wanjia/domain/shared/instant";
import { withYears } from "@wanjia/domain/workdays/rules";
import type { WorkYear } from "@wanjia/domain/workdays/terms";
import { builtInCalendar } from "../platform/calendar.ts";
import type { Tx } from "../platform/database.ts";
import { prepared, rows, sql } from "../platform/sql.ts";

/** Years that the bureau loaded. */
export function loadedYears(tx: Tx): Promise<(WorkYear & { readonly loadedAt: Instant })[]> {
  return rows(
    tx,
    prepared(sql`select year, to_jsonb(holidays) as holidays, to_jsonb(make_up_days) as "makeUpDays", source, loaded_at as "loadedAt"
      from work_year where bureau_id = ${tx.actor.bureauId} order by year`),
  );
}

/** The working days that this bureau counts by. */
export async function workCalendar(tx: Tx): Promise<WorkCalendar> {
  return withYears(builtInCalendar, await loadedYears(tx));
}
