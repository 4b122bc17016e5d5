import type { AppointmentOrigin, AppointmentState } from "@wanjia/domain/appointments/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { type Instant, type LocalDate, startOfLocalDay } from "@wanjia/domain/shared/instant";
import { type Principal, withinReach } from "../platform/access.ts";
import type { Tx } from "../platform/database.ts";
import type { ListDefinition } from "../platform/list.ts";
import { at, maybe, type Sql, sql } from "../platform/sql.ts";

export interface AppointmentListRow {
  id: Id;
  placeId: Id;
  place: string | null;
  stationName: string | null;
  beatName: string | null;
  from: Instant;
  to: Instant;
  state: AppointmentState;
  origin: AppointmentOrigin;
  madeAt: Instant;
  /** Masked; null where none was left. */
  phone: string | null;
}

export interface AppointmentFilter {
  stationId?: Id | undefined;
  beatId?: Id | undefined;
  state?: AppointmentState | undefined;
  from?: LocalDate | undefined;
  to?: LocalDate | undefined;
}

const COLUMNS = sql`a.id, a.place_id as "placeId",
  (select p.full_text from place p where p.bureau_id = a.bureau_id and p.id = a.place_id) as place,
  (select s.short_name from station s where s.bureau_id = a.bureau_id and s.id = a.station_id) as "stationName",
  (select b.name from beat b where b.bureau_id = a.bureau_id and b.id = a.beat_id) as "beatName",
  a.from_at as "from", a.to_at as "to", a.state, a.origin, a.made_at as "madeAt",
  (select c.phone_masked from appointment_contact c where c.bureau_id = a.bureau_id and c.appointment_id = a.id) as phone`;

export function appointmentList(principal: Principal, filter: AppointmentFilter): ListDefinition {
  const where: Sql[] = [sql`a.bureau_id = ${principal.bureauId}`];
  const reach = withinReach(principal, filter);
  if (reach === null) where.push(sql`false`);
  if (reach?.stationId !== undefined) where.push(sql`a.station_id = ${reach.stationId}`);
  if (reach?.beatId !== undefined) where.push(sql`a.beat_id = ${reach.beatId}`);
  if (filter.state !== undefined) where.push(sql`a.state = ${filter.state}`);
  if (filter.from !== undefined) where.push(sql`a.from_at >= ${at(startOfLocalDay(filter.from))}`);
  if (filter.to !== undefined) where.push(sql`a.from_at < ${at(startOfLocalDay(filter.to))}`);
  return {
    columns: COLUMNS,
    from: sql`appointment a`,
    where,
    sorts: { from: { by: sql`a.from_at`, type: "timestamptz" } },
    defaultSort: "from",
    id: sql`a.id`,
  };
}

export function appointmentRow(tx: Tx, id: Id): Promise<AppointmentListRow | undefined> {
  return maybe(
    tx,
    sql`select ${COLUMNS} from appointment a where a.bureau_id = ${tx.actor.bureauId} and a.id = ${id}`,
  );
}
