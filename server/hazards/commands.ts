import { drawLot } from "@wanjia/domain/matters/hazard-lot";
import {
  addDays,
  type LocalDate,
  localDate,
  localTime,
  startOfLocalDay,
} from "@wanjia/domain/shared/instant";
import { record } from "../platform/audit.ts";
import { newId } from "../platform/crypto.ts";
import type { Tx } from "../platform/database.ts";
import * as queries from "./queries.ts";
import type { HazardsDrawn } from "./read-model.ts";

/** The Monday of the week before. */
function lastWeek(now: number): LocalDate {
  return addDays(localDate(now), 1 - localTime(now).weekday - 7);
}

/** Draws the lot of the week that ended, once. Seed, number and result stand in the audit. */
export async function drawHazards(tx: Tx): Promise<void> {
  const week = lastWeek(tx.now);
  const { bureauId } = tx.actor;
  if (bureauId === null || (await queries.wasDrawn(tx, week))) return;
  const cleared = await queries.clearedBetween(
    tx,
    startOfLocalDay(week),
    startOfLocalDay(addDays(week, 7)),
  );
  const id = newId(tx.now);
  const ids = new Set(
    drawLot(
      cleared.map((one) => one.id),
      id,
    ),
  );
  await queries.insertLot(
    tx,
    { id, week, cleared: cleared.length },
    cleared.filter((one) => ids.has(one.id)),
  );
  const payload: HazardsDrawn = { lotId: id, matterIds: [...ids] };
  await record(tx, [
    {
      action: "hazards.drawn",
      subjectKind: "hazard_lot",
      subjectId: id,
      detail: { week, cleared: cleared.length, drawn: ids.size },
      payload,
    },
  ]);
}
