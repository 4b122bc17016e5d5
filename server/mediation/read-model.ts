import type { DueStep } from "@wanjia/domain/mediation/due";
import type {
  Ending,
  Mediation,
  MediationForm,
  MediationState,
} from "@wanjia/domain/mediation/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { addDays, type Instant, type LocalDate, localDate } from "@wanjia/domain/shared/instant";
import type { Principal } from "../platform/access.ts";
import type { Tx } from "../platform/database.ts";
import type { ListDefinition } from "../platform/list.ts";
import { at, maybe, prepared, rows, type Sql, sql } from "../platform/sql.ts";

export interface MediationListRow {
  id: Id;
  matterId: Id;
  matterNumber: string | null;
  subtype: string | null;
  form: MediationForm;
  state: MediationState;
  ending: Ending | null;
  stationId: Id;
  stationName: string | null;
  nextStep: DueStep | null;
  nextOn: LocalDate | null;
  limitOn: LocalDate | null;
  openedAt: Instant;
}

export interface MediationQuery {
  state?: string | undefined;
  form?: string | undefined;
  progress?: "open" | "ended" | undefined;
  due?: "overdue" | "today" | "soon" | undefined;
  next?: DueStep | undefined;
}

/** Days ahead that count as due soon, as with matters. */
const SOON_DAYS = 3;

const COLUMNS = sql`d.id, d.matter_id as "matterId", m.number as "matterNumber", m.subtype, d.form, d.state, d.ending,
  d.station_id as "stationId", s.short_name as "stationName", d.next_step as "nextStep", nullif(d.next_on, 'infinity') as "nextOn",
  d.limit_on as "limitOn", d.opened_at as "openedAt"`;

const FROM = sql`mediation d
  left join matter m on m.bureau_id = d.bureau_id and m.id = d.matter_id
  left join station s on s.bureau_id = d.bureau_id and s.id = d.station_id`;

/** Those the caller sits in, by row-level security. */
export function mediationList(
  principal: Principal,
  filter: MediationQuery,
  now: Instant,
): ListDefinition {
  const today = localDate(now);
  const where: Sql[] = [sql`d.bureau_id = ${principal.bureauId}`];
  if (filter.state !== undefined) where.push(sql`d.state = ${filter.state}`);
  if (filter.form !== undefined) where.push(sql`d.form = ${filter.form}`);
  if (filter.next !== undefined) where.push(sql`d.next_step = ${filter.next}`);
  if (filter.progress === "open") where.push(sql`d.ended_at is null`);
  if (filter.progress === "ended") where.push(sql`d.ended_at is not null`);
  if (filter.due === "overdue") where.push(sql`d.next_on < ${today}`);
  if (filter.due === "today") where.push(sql`d.next_on = ${today}`);
  if (filter.due === "soon") {
    where.push(sql`d.next_on >= ${today} and d.next_on <= ${addDays(today, SOON_DAYS)}`);
  }
  return {
    columns: COLUMNS,
    from: FROM,
    core: sql`mediation d`,
    where,
    sorts: {
      next: { by: sql`d.next_on`, type: "date" },
      opened: { by: sql`d.opened_at`, type: "timestamptz" },
    },
    defaultSort: "next",
    id: sql`d.id`,
  };
}

export interface MediationPageRow extends MediationListRow {
  body: Mediation;
  stationAddress: string | null;
  dutyPhone: string | null;
}

export function findMediation(tx: Tx, id: Id): Promise<MediationPageRow | undefined> {
  return maybe(
    tx,
    sql`select ${COLUMNS}, d.body, s.address as "stationAddress", s.duty_phone as "dutyPhone"
      from ${FROM} where d.bureau_id = ${tx.actor.bureauId} and d.id = ${id}`,
  );
}

export function timelineOf(tx: Tx, id: Id) {
  return rows<{
    seq: number;
    at: Instant;
    memberName: string | null;
    role: string;
    type: string;
    body: Record<string, unknown>;
  }>(
    tx,
    sql`select e.seq, e.at, m.name as "memberName", e.role, e.type, e.body
      from mediation_event e left join member m on m.bureau_id = e.bureau_id and m.id = e.member_id
      where e.bureau_id = ${tx.actor.bureauId} and e.mediation_id = ${id} order by e.seq`,
  );
}

export function maskedContacts(tx: Tx, id: Id) {
  return rows<{ side: string; phone: string | null; salutation: boolean }>(
    tx,
    sql`select side, phone_masked as phone, salutation_cipher is not null as salutation from mediation_contact
      where bureau_id = ${tx.actor.bureauId} and mediation_id = ${id}`,
  );
}

interface Named {
  id: Id;
  name: string;
}

/** Names of members and partner bodies by their ids. */
export function namesOf(tx: Tx, ids: readonly Id[]): Promise<Named[]> {
  return rows(
    tx,
    sql`select id, name from member where bureau_id = ${tx.actor.bureauId} and id = any (${ids}::uuid[])
      union all select id, name from partner where bureau_id = ${tx.actor.bureauId} and id = any (${ids}::uuid[])`,
  );
}

/** Members whose posting of the day is at a station or its beats, by what they are there. */
export function peopleAt(
  tx: Tx,
  stationId: Id,
  roles: readonly string[],
): Promise<(Named & { role: string })[]> {
  const today = localDate(tx.now);
  return rows(
    tx,
    sql`select distinct m.id, m.name, p.role from posting p
      join member m on m.bureau_id = p.bureau_id and m.id = p.member_id
      where p.bureau_id = ${tx.actor.bureauId} and m.active and p.station_id = ${stationId} and p.role = any (${roles}::text[])
        and p.valid_from <= ${today} and (p.valid_to is null or p.valid_to > ${today})
      order by m.name, m.id`,
  );
}

export interface LinkRow {
  mediationId: Id;
  running: boolean;
  holds: boolean;
  openedAt: Instant;
}

/** The mediations of a dispute, the newest first. */
export function linksOf(tx: Tx, matterId: Id): Promise<LinkRow[]> {
  return rows(
    tx,
    prepared(sql`select mediation_id as "mediationId", running, holds, opened_at as "openedAt" from mediation_link
      where bureau_id = ${tx.actor.bureauId} and matter_id = ${matterId} order by opened_at desc, mediation_id desc`),
  );
}

/** Ended mediations of other disputes at the place of one, which may have come back. */
export function earlierAt(tx: Tx, matterId: Id): Promise<{ mediationId: Id; openedAt: Instant }[]> {
  return rows(
    tx,
    sql`select l.mediation_id as "mediationId", l.opened_at as "openedAt" from matter m
      join matter o on o.bureau_id = m.bureau_id and o.place_id = m.place_id and o.id <> m.id
      join mediation_link l on l.bureau_id = o.bureau_id and l.matter_id = o.id and not l.running
      where m.bureau_id = ${tx.actor.bureauId} and m.id = ${matterId}
      order by l.opened_at desc, l.mediation_id limit 10`,
  );
}

// -- rooms ----------------------------------------------------------------------------------------

export interface RoomRow {
  id: Id;
  stationId: Id;
  name: string;
  seats: number;
  active: boolean;
}

export function listRooms(tx: Tx): Promise<RoomRow[]> {
  return rows(
    tx,
    sql`select id, station_id as "stationId", name, seats, active from mediation_room
      where bureau_id = ${tx.actor.bureauId} order by station_id, name, id`,
  );
}

/** When rooms are taken; what for is said only to those who sit there. */
export function takenBetween(
  tx: Tx,
  memberId: Id,
  from: Instant,
  to: Instant,
): Promise<{ roomId: Id; from: Instant; to: Instant; mediationId: Id | null }[]> {
  return rows(
    tx,
    sql`select room_id as "roomId", from_at as "from", to_at as "to",
        case when ${memberId}::uuid = any (members) then mediation_id end as "mediationId"
      from mediation_booking where bureau_id = ${tx.actor.bureauId} and to_at > ${at(from)} and from_at < ${at(to)}
      order by from_at, session_id`,
  );
}
