import { keysOf, markKey, written } from "@wanjia/domain/matters/search";
import type { Matter } from "@wanjia/domain/matters/terms";
import type { Tx } from "../platform/database.ts";
import { json, rows, runLater, sql } from "../platform/sql.ts";

/** Keeps what matters are found by: those that are new, and those whose text was corrected. */
export async function saveWords(
  tx: Tx,
  changes: readonly { readonly before: Matter | null; readonly after: Matter }[],
): Promise<void> {
  const { bureauId } = tx.actor;
  const matters = changes
    .filter(({ before, after }) => before?.text !== after.text)
    .map(({ after }) => after);
  if (matters.length === 0) return;
  const places = await rows<{ id: string; text: string }>(
    tx,
    sql`select id, full_text as text from place
      where bureau_id = ${bureauId} and id = any (${matters.map(({ placeId }) => placeId)}::uuid[])`,
  );
  const placeText = new Map(places.map(({ id, text }) => [id, text]));
  const records = matters.map((matter) => {
    const { id, stationId, beatId, registeredAt, number, kind, text } = matter;
    const searched = [text, placeText.get(matter.placeId) ?? "", number].join("\n");
    const marks = [
      markKey("station", stationId),
      markKey("kind", kind),
      ...(beatId === null ? [] : [markKey("beat", beatId)]),
    ];
    const keys = [...keysOf(searched), ...marks];
    return { id, stationId, beatId, registeredAt, written: written(searched), keys };
  });
  runLater(
    tx,
    sql`insert into matter_words (bureau_id, id, station_id, beat_id, registered_at, written, keys)
      select ${bureauId}::uuid, r.id, r."stationId", r."beatId", to_timestamp(r."registeredAt" / 1000), r.written,
        wanjia_search_keys(r.keys, wanjia_search_month(to_timestamp(r."registeredAt" / 1000)))
      from jsonb_to_recordset(${json(records)})
        as r(id uuid, "stationId" uuid, "beatId" uuid, "registeredAt" float8, written text, keys bigint[])
      on conflict (bureau_id, id) do update set written = excluded.written, keys = excluded.keys`,
  );
}
