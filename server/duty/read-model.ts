import type { DayFilter, DayRow, StationDay } from "@wanjia/contract/duty";
import { type DayFigures, DAY_LIMITS, type LeftMatter } from "@wanjia/domain/duty/terms";
import type { Id } from "@wanjia/domain/shared/id";
import {
  addDays,
  type Instant,
  localDate,
  type LocalDate,
  startOfLocalDay,
} from "@wanjia/domain/shared/instant";
import { type Principal, withinReach } from "../platform/access.ts";
import type { Tx } from "../platform/database.ts";
import type { ListDefinition } from "../platform/list.ts";
import { at, maybe, one, rows, type Sql, sql } from "../platform/sql.ts";

/** How far back days are listed. */
const SHOWN_DAYS = 31;
/** As many of what is due next as a leader reads out at the hand-over. */
const DUE_SHOWN = 50;

/** What came in at a station on a day, in its index (`matter_station`). */
function ofDay(station: Sql, day: Sql): Sql {
  return sql`m.station_id = ${station} and m.registered_at >= (${day}::timestamp at time zone 'Asia/Shanghai')
    and m.registered_at < ((${day} + 1)::timestamp at time zone 'Asia/Shanghai')`;
}

const OF_ROW = sql`from matter m where m.bureau_id = d.bureau_id and ${ofDay(sql`d.station_id`, sql`d.day`)}`;

/** Days of the stations in reach, over the last month: signed, or with something that came in. */
export function dayList(principal: Principal, filter: DayFilter, now: Instant): ListDefinition {
  const today = localDate(now);
  const reach = withinReach(principal, { stationId: filter.stationId });
  const within: Sql[] = [sql`d.bureau_id = ${principal.bureauId}`];
  if (reach === null) within.push(sql`false`);
  if (principal.scope === "station") {
    within.push(sql`d.station_id = any (${[...principal.stationIds]}::uuid[])`);
  }
  if (reach?.stationId !== undefined) within.push(sql`d.station_id = ${reach.stationId}`);
  if (filter.state === "signed") within.push(sql`d.signed_at is not null`);
  else if (filter.state === "unsigned") {
    const from = addDays(today, -DAY_LIMITS.signWithinDays);
    within.push(sql`d.signed_at is null`, sql`d.day >= ${from}`, sql`d.day < ${today}`);
    within.push(sql`exists (select 1 ${OF_ROW})`);
  } else within.push(sql`(d.signed_at is not null or exists (select 1 ${OF_ROW}))`);
  return {
    columns: sql`d.station_id || '/' || d.day as id, d.station_id as "stationId", d.day,
      (select count(*) ${OF_ROW}) as "cameIn", (select count(*) ${OF_ROW} and m.state = 'registered') as untouched,
      d.signed_at as "signedAt",
      (select b.name from member b where b.bureau_id = d.bureau_id and b.id = d.signed_by) as "signedByName"`,
    from: sql`(select s.bureau_id, s.id as station_id, ${today}::date - g.back as day, x.signed_at, x.signed_by
      from station s cross join generate_series(0, ${SHOWN_DAYS - 1}::int) as g(back)
      left join station_day x on x.bureau_id = s.bureau_id and x.station_id = s.id and x.day = ${today}::date - g.back
      where s.bureau_id = ${principal.bureauId}) d`,
    where: within,
    sorts: { day: { by: sql`d.day`, type: "date" } },
    defaultSort: "-day",
    id: sql`d.station_id`,
  };
}

export type DayListRow = DayRow;

export interface SignedRow {
  readonly signedAt: Instant;
  readonly signedByName: string | null;
  readonly figures: DayFigures;
  readonly left: readonly LeftMatter[];
  readonly note: string | null;
}

export function signedDay(tx: Tx, stationId: Id, day: LocalDate): Promise<SignedRow | undefined> {
  return maybe(
    tx,
    sql`select d.signed_at as "signedAt", b.name as "signedByName", d.figures, d.left_over as left, d.note
      from station_day d left join member b on b.bureau_id = d.bureau_id and b.id = d.signed_by
      where d.bureau_id = ${tx.actor.bureauId} and d.station_id = ${stationId} and d.day = ${day}`,
  );
}

/** A day counted now. */
export async function figuresOf(tx: Tx, stationId: Id, day: LocalDate): Promise<DayFigures> {
  const { bureauId } = tx.actor;
  const [from, to, nextEnd] = [day, addDays(day, 1), addDays(day, 2)].map((one) =>
    at(startOfLocalDay(one)),
  );
  const reach = sql`bureau_id = ${bureauId} and station_id = ${stationId}`;
  return one<Record<keyof DayFigures, number>>(
    tx,
    sql`select count(*) as came_in,
        count(*) filter (where m.accepted_at is not null) as taken_up,
        count(*) filter (where m.answered_at is not null) as answered,
        count(*) filter (where m.disposition is not null) as ended,
        count(*) filter (where m.state = 'registered') as untouched,
        (select count(*) from matter where ${reach} and resolved_at >= ${from} and resolved_at < ${to}) as resolved_that_day,
        (select count(*) from matter where ${reach} and closed_at >= ${from} and closed_at < ${to}) as closed_that_day,
        (select count(*) from matter_deadline where ${reach} and due_at > ${to} and due_at <= ${nextEnd}) as due_next_day
      from matter m where m.bureau_id = ${bureauId} and ${ofDay(sql`${stationId}`, sql`${day}::date`)}`,
  );
}

type LeftRow = Omit<StationDay["left"][number], "why">;

const MATTER = sql`m.id, m.number, m.kind, m.subtype, p.full_text as place, r.name as "responsibleName"`;
const BESIDE = sql`left join place p on p.bureau_id = m.bureau_id and p.id = m.place_id
  left join member r on r.bureau_id = m.bureau_id and r.id = m.responsible_id`;

/** What came in that day and still waits for somebody to take it up. */
export function untouchedOf(tx: Tx, stationId: Id, day: LocalDate): Promise<LeftRow[]> {
  return rows(
    tx,
    sql`select ${MATTER} from matter m ${BESIDE}
      where m.bureau_id = ${tx.actor.bureauId} and ${ofDay(sql`${stationId}`, sql`${day}::date`)} and m.state = 'registered'
      order by m.registered_at, m.id`,
  );
}

export function mattersOf(tx: Tx, ids: readonly Id[]): Promise<LeftRow[]> {
  return rows(
    tx,
    sql`select ${MATTER} from matter m ${BESIDE}
      where m.bureau_id = ${tx.actor.bureauId} and m.id = any (${[...ids]}::uuid[]) order by m.registered_at, m.id`,
  );
}

export function dueNextOf(tx: Tx, stationId: Id, day: LocalDate): Promise<StationDay["dueNext"]> {
  return rows(
    tx,
    sql`select ${MATTER}, d.purpose, d.due_at as "dueAt" from matter_deadline d
      join matter m on m.bureau_id = d.bureau_id and m.id = d.id ${BESIDE}
      where d.bureau_id = ${tx.actor.bureauId} and d.station_id = ${stationId}
        and d.due_at > ${at(startOfLocalDay(addDays(day, 1)))} and d.due_at <= ${at(startOfLocalDay(addDays(day, 2)))}
      order by d.due_at, d.id limit ${DUE_SHOWN}`,
  );
}
