import type { Listing, ListingEvent } from "@wanjia/domain/listings/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { LocalDate } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import { at, json, maybe, rows, run, sql } from "../platform/sql.ts";

/** Locks it until the end of the transaction. Out of the caller's sight it isn't there. */
export async function holdListing(tx: Tx, id: Id): Promise<Listing | undefined> {
  const found = await maybe<{ body: Listing }>(
    tx,
    sql`select body from place_listing where bureau_id = ${tx.actor.bureauId} and id = ${id} for update`,
  );
  return found?.body;
}

/** Saves the newest state and what happened. */
export async function saveListing(tx: Tx, listing: Listing, event: ListingEvent): Promise<void> {
  const { id, estateId, stationId, beatId, state, version, deadline } = listing;
  await run(
    tx,
    sql`insert into place_listing (bureau_id, id, estate_id, station_id, beat_id, state, version, deadline, proposed_at, body)
      values (${tx.actor.bureauId}, ${id}, ${estateId}, ${stationId}, ${beatId}, ${state}, ${version}, ${deadline}, ${at(tx.now)}, ${json(listing)})
      on conflict (bureau_id, id) do update set state = excluded.state, version = excluded.version, deadline = excluded.deadline, body = excluded.body`,
  );
  const { type, ...body } = event.change;
  await run(
    tx,
    sql`insert into place_listing_event (bureau_id, listing_id, seq, station_id, at, member_id, type, body)
      values (${tx.actor.bureauId}, ${id}, ${event.seq}, ${stationId}, ${at(event.at)}, ${event.by}, ${type}, ${json(body)})`,
  );
}

/** Whether somebody proposed or listed it and it hasn't come to an end. */
export async function isRunning(tx: Tx, estateId: Id): Promise<boolean> {
  const found = await maybe(
    tx,
    sql`select id from place_listing where bureau_id = ${tx.actor.bureauId} and estate_id = ${estateId}
      and state in ('proposed', 'listed', 'tested')`,
  );
  return found !== undefined;
}

export interface NamedEstate {
  readonly id: Id;
  readonly name: string;
  readonly stationId: Id;
  readonly beatId: Id | null;
}

/** Estates by their names; two estates of one name are both answered. */
export function estatesNamed(tx: Tx, names: readonly string[]): Promise<NamedEstate[]> {
  return rows(
    tx,
    sql`select id, estate_name as name, station_id as "stationId", beat_id as "beatId" from place
      where bureau_id = ${tx.actor.bureauId} and kind = 'estate' and estate_name = any (${names}::text[]) and valid_to is null`,
  );
}

export async function saveCounts(
  tx: Tx,
  counts: readonly (NamedEstate & { readonly count: number })[],
  days: { readonly measure: string; readonly from: LocalDate; readonly to: LocalDate },
  source: string,
  by: Id,
): Promise<void> {
  await run(
    tx,
    sql`insert into estate_count (bureau_id, estate_id, station_id, beat_id, measure, from_day, to_day, count, source, imported_at, imported_by)
      select ${tx.actor.bureauId}::uuid, r.id, r."stationId", r."beatId", ${days.measure}, ${days.from}::date, ${days.to}::date, r.count, ${source},
        ${at(tx.now)}, ${by}::uuid
      from jsonb_to_recordset(${json(counts)}) as r(id uuid, "stationId" uuid, "beatId" uuid, count int)
      on conflict (bureau_id, estate_id, measure, from_day, to_day) do update set count = excluded.count, source = excluded.source,
        imported_at = excluded.imported_at, imported_by = excluded.imported_by`,
  );
}
