import type { HazardLot } from "@wanjia/contract/hazards";
import type { Id } from "@wanjia/domain/shared/id";
import type { Tx } from "../platform/database.ts";
import { rows, sql } from "../platform/sql.ts";

/** Payload of the fact `hazards.drawn`. */
export interface HazardsDrawn {
  readonly lotId: Id;
  readonly matterIds: readonly Id[];
}

const WEEKS_SHOWN = 12;

/** The last lots, with those of their hazards that the session may see. */
export function lastLots(tx: Tx): Promise<HazardLot[]> {
  return rows(
    tx,
    sql`select l.id, l.week, l.drawn_at as "drawnAt", l.cleared, l.drawn,
        coalesce(jsonb_agg(jsonb_build_object('matterId', m.id, 'number', m.number, 'subtype', m.subtype,
          'stationName', s.short_name, 'place', p.full_text,
          'clearedAt', round(extract(epoch from m.cleared_at) * 1000),
          'stands', m.rest -> 'hazard' -> 'lot' -> 'stands') order by s.short_name, m.number)
          filter (where m.id is not null), '[]') as items
      from (select * from hazard_lot where bureau_id = ${tx.actor.bureauId} order by week desc limit ${WEEKS_SHOWN}) l
      left join hazard_lot_item i on i.bureau_id = l.bureau_id and i.lot_id = l.id
      left join matter m on m.bureau_id = i.bureau_id and m.id = i.matter_id
      left join station s on s.bureau_id = m.bureau_id and s.id = m.station_id
      left join place p on p.bureau_id = m.bureau_id and p.id = m.place_id
      group by l.bureau_id, l.id, l.week, l.drawn_at, l.cleared, l.drawn order by l.week desc`,
  );
}
