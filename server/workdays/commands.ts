import { localDate } from "@wanjia/domain/shared/instant";
import type { Result } from "@wanjia/domain/shared/result";
import { newYear } from "@wanjia/domain/workdays/rules";
import type { WorkdaysRefusal, WorkYear } from "@wanjia/domain/workdays/terms";
import { isSystem } from "../platform/access.ts";
import { record } from "../platform/audit.ts";
import type { Tx } from "../platform/database.ts";
import { saveYear } from "./queries.ts";
import { workCalendar } from "./read-model.ts";

export interface YearDraft {
  readonly year: number;
  readonly days: string;
  readonly source: string;
}

/** Loads a year. What waits for it has its date from then on; a date that was given stays. */
export async function loadYear(
  tx: Tx,
  { year, days, source }: YearDraft,
): Promise<Result<WorkYear, WorkdaysRefusal>> {
  const { through } = await workCalendar(tx);
  const made = newYear(year, days, source, localDate(tx.now), through);
  if (!made.ok) return made;
  const { actor } = tx;
  await saveYear(tx, made.value, isSystem(actor) ? null : actor.memberId);
  if (actor.bureauId === null) return made;
  await record(tx, [
    {
      action: "work_year.loaded",
      subjectKind: "bureau",
      subjectId: actor.bureauId,
      detail: {
        year,
        holidays: made.value.holidays.length,
        makeUpDays: made.value.makeUpDays.length,
        source: made.value.source,
      },
    },
  ]);
  return made;
}
