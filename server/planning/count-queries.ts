import type { PackedRates } from "@wanjia/domain/planning/packed";
import type { BuildingCounts, KnockCount, Slot, WaitingCount } from "@wanjia/domain/planning/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { Tx } from "../platform/database.ts";
import { at, given, json, maybe, rows, run, sql } from "../platform/sql.ts";

interface Where {
  readonly campaignId: Id;
  readonly stationId: Id;
  readonly beatId: Id;
}

/** The counts of a beat in a campaign, in place of what was counted before. */
export async function saveCounts(
  tx: Tx,
  { campaignId, stationId, beatId }: Where,
  counts: readonly BuildingCounts[],
): Promise<void> {
  const { bureauId } = tx.actor;
  const of = sql`bureau_id = ${bureauId} and campaign_id = ${campaignId} and beat_id = ${beatId}`;
  await run(tx, sql`delete from knock_count where ${of}`);
  await run(tx, sql`delete from waiting_count where ${of}`);
  const knocks = counts.flatMap(({ knocks: each, ...building }) =>
    each.map((one) => ({ ...building, ...one })),
  );
  const waiting = counts.flatMap(({ waiting: each, ...building }) =>
    each.map((one) => ({ ...building, ...one })),
  );
  const place = sql`${bureauId}::uuid, ${campaignId}::uuid, ${stationId}::uuid, ${beatId}::uuid`;
  await run(
    tx,
    sql`insert into knock_count (bureau_id, campaign_id, station_id, beat_id, building, premises, slot,
        tried_daytime, tried_evening, tried_weekend, knocks, contacts, closed)
      select ${place}, r.building, r.premises, r.slot, r.daytime, r.evening, r.weekend, r.knocks, r.contacts, r.closed
      from ${given(knocks, {
        building: ["text", (row) => row.buildingId],
        premises: ["text", (row) => row.premises],
        slot: ["text", (row) => row.slot],
        daytime: ["int", (row) => row.tries.daytime],
        evening: ["int", (row) => row.tries.evening],
        weekend: ["int", (row) => row.tries.weekend],
        knocks: ["int", (row) => row.knocks],
        contacts: ["int", (row) => row.contacts],
        closed: ["int", (row) => row.closed],
      })}`,
  );
  await run(
    tx,
    sql`insert into waiting_count (bureau_id, campaign_id, station_id, beat_id, building, premises,
        tried_daytime, tried_evening, tried_weekend, doors)
      select ${place}, r.building, r.premises, r.daytime, r.evening, r.weekend, r.doors
      from ${given(waiting, {
        building: ["text", (row) => row.buildingId],
        premises: ["text", (row) => row.premises],
        daytime: ["int", (row) => row.tries.daytime],
        evening: ["int", (row) => row.tries.evening],
        weekend: ["int", (row) => row.tries.weekend],
        doors: ["int", (row) => row.doors],
      })}`,
  );
}

const TRIES = sql`jsonb_build_object('daytime', tried_daytime, 'evening', tried_evening, 'weekend', tried_weekend) as tries`;

/** Counts by building: of a beat in a campaign, or of the whole bureau. */
export async function loadCounts(
  tx: Tx,
  only: { readonly campaignId: Id; readonly beatId: Id } | null,
): Promise<BuildingCounts[]> {
  const where =
    only === null
      ? sql`bureau_id = ${tx.actor.bureauId}`
      : sql`bureau_id = ${tx.actor.bureauId} and campaign_id = ${only.campaignId} and beat_id = ${only.beatId}`;
  interface Own {
    campaignId: Id;
    beatId: Id;
    building: string;
    premises: string;
  }
  const place = sql`campaign_id as "campaignId", beat_id as "beatId", building, premises`;
  const knocks = await rows<Own & KnockCount & { slot: Slot }>(
    tx,
    sql`select ${place}, slot, ${TRIES}, knocks, contacts, closed from knock_count where ${where}`,
  );
  const waiting = await rows<Own & WaitingCount>(
    tx,
    sql`select ${place}, ${TRIES}, doors from waiting_count where ${where}`,
  );
  const counts = new Map<
    string,
    { buildingId: string; premises: string; knocks: KnockCount[]; waiting: WaitingCount[] }
  >();
  const of = ({ campaignId, beatId, building, premises }: Own) => {
    const key = `${campaignId} ${beatId} ${building}`;
    const known = counts.get(key) ?? { buildingId: building, premises, knocks: [], waiting: [] };
    counts.set(key, known);
    return known;
  };
  for (const row of knocks) {
    const { slot, tries, knocks: times, contacts, closed } = row;
    of(row).knocks.push({ slot, tries, knocks: times, contacts, closed });
  }
  for (const row of waiting) of(row).waiting.push({ tries: row.tries, doors: row.doors });
  return [...counts.values()];
}

/** In place of what was fitted before. */
export async function saveRates(tx: Tx, id: Id, knocks: number, rates: PackedRates): Promise<void> {
  const { bureauId } = tx.actor;
  await run(tx, sql`delete from contact_rates where bureau_id = ${bureauId}`);
  await run(
    tx,
    sql`insert into contact_rates (bureau_id, id, fitted_at, knocks, rates)
      values (${bureauId}, ${id}, ${at(tx.now)}, ${knocks}, ${json(rates)})`,
  );
}

export function loadRates(tx: Tx): Promise<{ knocks: number; rates: PackedRates } | undefined> {
  return maybe(
    tx,
    sql`select knocks, rates from contact_rates where bureau_id = ${tx.actor.bureauId} order by fitted_at desc limit 1`,
  );
}
