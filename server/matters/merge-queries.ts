import type { Matter } from "@wanjia/domain/matters/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { Tx } from "../platform/database.ts";
import { prepared, rows, sql } from "../platform/sql.ts";
import { holdMatters } from "./queries.ts";
import { COLUMNS, FROM, type MatterListRow } from "./read-model.ts";

/** Locks what was merged into matters and has not ended. */
export async function holdMerged(tx: Tx, mainIds: readonly Id[]): Promise<Matter[]> {
  const found = await rows<{ id: Id }>(
    tx,
    sql`select id from matter where bureau_id = ${tx.actor.bureauId}
      and merged_into = any (${mainIds}::uuid[]) and disposition is null`,
  );
  if (found.length === 0) return [];
  return holdMatters(
    tx,
    found.map(({ id }) => id),
  );
}

export type ReporterRow = Pick<Matter, "id" | "number" | "state" | "disposition" | "registeredAt">;

/** What was merged into a matter, as it came in. */
export function mergedInto(tx: Tx, mainId: Id): Promise<ReporterRow[]> {
  return rows(
    tx,
    prepared(sql`select id, number, state, disposition, registered_at as "registeredAt" from matter
      where bureau_id = ${tx.actor.bureauId} and merged_into = ${mainId} order by registered_at, id`),
  );
}

/** How many of a building's matters are compared, the newest first. */
const COMPARED = 200;

/** Open matters of a kind that lie in the same building as a place, with their whole text. */
export function openAround(
  tx: Tx,
  { placeId, kind, except }: { placeId: Id; kind: string; except?: Id | undefined },
): Promise<MatterListRow[]> {
  const { bureauId } = tx.actor;
  const building = sql`(select coalesce(building_id, id) from place where bureau_id = ${bureauId} and id = ${placeId})`;
  return rows(
    tx,
    sql`select ${COLUMNS}, m.text from ${FROM}
      where m.bureau_id = ${bureauId} and m.kind = ${kind} and m.disposition is null and m.merged_into is null
        and m.id is distinct from ${except ?? null}::uuid
        and m.place_id in (select id from place where bureau_id = ${bureauId}
          and (building_id = ${building} or id = ${building} or id = ${placeId}))
      order by m.registered_at desc, m.id desc limit ${COMPARED}`,
  );
}
