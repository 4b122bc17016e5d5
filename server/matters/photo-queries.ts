import type { PhotoShows } from "@wanjia/domain/matters/photo";
import type { Matter } from "@wanjia/domain/matters/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import { at, rows, run, sql } from "../platform/sql.ts";

export async function insertPhoto(
  tx: Tx,
  matter: Matter,
  photo: { readonly id: Id; readonly shows: PhotoShows; readonly sealed: Buffer },
): Promise<void> {
  await run(
    tx,
    sql`insert into matter_photo (bureau_id, id, matter_id, station_id, beat_id, shows, sealed, received_at)
      values (${tx.actor.bureauId}, ${photo.id}, ${matter.id}, ${matter.stationId}, ${matter.beatId}, ${photo.shows}, ${photo.sealed}, ${at(tx.now)})`,
  );
}

export function photosOf(
  tx: Tx,
  matterId: Id,
): Promise<{ id: Id; shows: PhotoShows; receivedAt: Instant; sealed: Buffer }[]> {
  return rows(
    tx,
    sql`select id, shows, received_at as "receivedAt", sealed from matter_photo where bureau_id = ${tx.actor.bureauId} and matter_id = ${matterId} order by id`,
  );
}

/** Removes photos of matters that ended before, and says how many. */
export function deletePhotos(tx: Tx, endedBefore: Instant): Promise<number> {
  return run(
    tx,
    sql`delete from matter_photo x using matter m
      where x.bureau_id = ${tx.actor.bureauId} and m.bureau_id = x.bureau_id and m.id = x.matter_id and m.closed_at < ${at(endedBefore)}`,
  );
}
