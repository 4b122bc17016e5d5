/** The SQL that only the generator needs: whole beats of places at once, and plates on their walls. */
import type { Place } from "@wanjia/domain/places/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Tx } from "../server/platform/database.ts";
import { at, json, maybe, one, rows, run, sql } from "../server/platform/sql.ts";

/** Places as the import leaves them in the register, parents before what lies in them. */
export async function insertPlaces(tx: Tx, places: readonly Place[]): Promise<void> {
  await run(
    tx,
    sql`insert into place (bureau_id, id, kind, station_id, beat_id, grid_id, community_id, parent_id, building_id, street, door_no,
        estate_name, building_no, entrance_no, floor_no, unit_no, name, full_text, sort_key, use, status, valid_from, attributes)
      select ${tx.actor.bureauId}::uuid, r.id, r.kind, r."stationId", r."beatId", r."gridId", r."communityId", r."parentId",
        r."buildingId", r.street, r."doorNo", r."estateName", r."buildingNo", r."entranceNo", r."floorNo", r."unitNo", r.name,
        r."fullText", r."sortKey", r.use, r.status, r."validFrom", r.attributes
      from jsonb_to_recordset(${json(places)}) as r(id uuid, kind text, "stationId" uuid, "beatId" uuid, "gridId" uuid,
        "communityId" uuid, "parentId" uuid, "buildingId" uuid, street text, "doorNo" text, "estateName" text, "buildingNo" text,
        "entranceNo" text, "floorNo" text, "unitNo" text, name text, "fullText" text, "sortKey" text, use text, status text,
        "validFrom" date, attributes jsonb)`,
  );
}

export async function insertPlates(
  tx: Tx,
  plates: readonly { readonly id: string; readonly place: Place }[],
  issuedAt: Instant,
  issuedBy: Id,
): Promise<void> {
  const issued = plates.map(({ id, place: { id: placeId, stationId, beatId } }) => ({
    id,
    placeId,
    stationId,
    beatId,
  }));
  await run(
    tx,
    sql`insert into plate (bureau_id, id, place_id, station_id, beat_id, issued_at, issued_by)
      select ${tx.actor.bureauId}::uuid, r.id, r."placeId", r."stationId", r."beatId", ${at(issuedAt)}, ${issuedBy}::uuid
      from jsonb_to_recordset(${json(issued)}) as r(id text, "placeId" uuid, "stationId" uuid, "beatId" uuid)`,
  );
}

/** So that the planner knows what a bulk load has changed. */
export async function bureauCount(tx: Tx): Promise<number> {
  const { count } = await one<{ count: number }>(tx, sql`select count(*) as count from bureau`);
  return count;
}

/** An item of recovered property by the number in its register. */
export async function findItemId(tx: Tx, registerNo: string): Promise<string | undefined> {
  const found = await maybe<{ id: string }>(
    tx,
    sql`select id from property_item where bureau_id = ${tx.actor.bureauId} and register_no = ${registerNo}`,
  );
  return found?.id;
}

/** The tip that came in last; nothing of it but its number is looked at. */
export async function newestTip(tx: Tx): Promise<Id | undefined> {
  const found = await maybe<{ id: Id }>(
    tx,
    sql`select id from tip where bureau_id = ${tx.actor.bureauId} order by id desc limit 1`,
  );
  return found?.id;
}

/** What was said about a matter and is still to be given to the resident. */
export function queuedMessages(tx: Tx, matterId: Id): Promise<{ id: Id }[]> {
  return rows(
    tx,
    sql`select id from message where bureau_id = ${tx.actor.bureauId} and matter_id = ${matterId} and state in ('queued', 'held')`,
  );
}

/** The referral of a matter that was sent last. */
export async function referralOfMatter(tx: Tx, matterId: Id): Promise<Id | undefined> {
  const found = await maybe<{ id: Id }>(
    tx,
    sql`select id from referral where bureau_id = ${tx.actor.bureauId} and matter_id = ${matterId} order by seq desc limit 1`,
  );
  return found?.id;
}
