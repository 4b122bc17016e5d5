import type { MeetingRow } from "@wanjia/contract/property";
import type { ReturnedItem } from "@wanjia/domain/property/figures";
import type { ItemClass, PropertyItem, PropertyState } from "@wanjia/domain/property/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { addDays, type Instant, type LocalDate, localDate } from "@wanjia/domain/shared/instant";
import type { Principal } from "../platform/access.ts";
import type { Tx } from "../platform/database.ts";
import type { ListDefinition } from "../platform/list.ts";
import { maybe, one, rows, type Sql, sql } from "../platform/sql.ts";

export interface PropertyListRow {
  id: Id;
  registerNo: string;
  itemClass: ItemClass;
  count: number;
  valueYuan: number;
  state: PropertyState;
  stationId: Id;
  stationName: string | null;
  collectBy: LocalDate | null;
  slotAt: Instant | null;
  importedAt: Instant;
}

interface PropertyQuery {
  state?: string | undefined;
  itemClass?: string | undefined;
  progress?: "open" | "ended" | undefined;
  due?: "overdue" | "soon" | undefined;
  number?: string | undefined;
}

/** Days ahead in which a letter may still bring somebody. */
const SOON_DAYS = 30;

const COLUMNS = sql`i.id, i.register_no as "registerNo", i.item_class as "itemClass", i.count, i.value_yuan as "valueYuan", i.state,
  i.station_id as "stationId", s.short_name as "stationName", nullif(i.collect_by, 'infinity') as "collectBy", i.slot_at as "slotAt",
  i.imported_at as "importedAt"`;

const FROM = sql`property_item i left join station s on s.bureau_id = i.bureau_id and s.id = i.station_id`;

/** Those of the caller's station, by row-level security. */
export function propertyList(
  principal: Principal,
  filter: PropertyQuery,
  now: Instant,
): ListDefinition {
  const today = localDate(now);
  const where: Sql[] = [sql`i.bureau_id = ${principal.bureauId}`];
  if (filter.state !== undefined) where.push(sql`i.state = ${filter.state}`);
  if (filter.itemClass !== undefined) where.push(sql`i.item_class = ${filter.itemClass}`);
  if (filter.progress === "open") where.push(sql`i.ended_at is null`);
  if (filter.progress === "ended") where.push(sql`i.ended_at is not null`);
  if (filter.due === "overdue") where.push(sql`i.collect_by < ${today}`);
  if (filter.due === "soon") {
    where.push(sql`i.collect_by >= ${today} and i.collect_by <= ${addDays(today, SOON_DAYS)}`);
  }
  if (filter.number !== undefined && filter.number.trim() !== "") {
    where.push(sql`i.register_no = ${filter.number.trim()}`);
  }
  return {
    columns: COLUMNS,
    from: FROM,
    core: sql`property_item i`,
    where,
    sorts: {
      due: { by: sql`i.collect_by`, type: "date" },
      imported: { by: sql`i.imported_at`, type: "timestamptz" },
      number: { by: sql`i.register_no`, type: "text" },
    },
    defaultSort: "due",
    id: sql`i.id`,
  };
}

export interface PropertyPageRow extends PropertyListRow {
  body: PropertyItem;
  venue: string | null;
  phoneMasked: string | null;
  salutation: boolean | null;
}

export function findItem(tx: Tx, id: Id): Promise<PropertyPageRow | undefined> {
  return maybe(
    tx,
    sql`select ${COLUMNS}, i.body, e.venue, c.phone_masked as "phoneMasked",
        case when c.item_id is not null then c.salutation_cipher is not null end as salutation
      from ${FROM}
      left join return_meeting e on e.bureau_id = i.bureau_id and e.id = i.meeting_id
      left join property_contact c on c.bureau_id = i.bureau_id and c.item_id = i.id
      where i.bureau_id = ${tx.actor.bureauId} and i.id = ${id}`,
  );
}

export function timelineOf(tx: Tx, id: Id) {
  return rows<{
    seq: number;
    at: Instant;
    memberName: string | null;
    type: string;
    body: Record<string, unknown>;
  }>(
    tx,
    sql`select e.seq, e.at, m.name as "memberName", e.type, e.body
      from property_event e left join member m on m.bureau_id = e.bureau_id and m.id = e.member_id
      where e.bureau_id = ${tx.actor.bureauId} and e.item_id = ${id} order by e.seq`,
  );
}

// -- figures --------------------------------------------------------------------------------------

/** What was returned in a period, `to` not included, at some stations or at all one may see. */
export function returnedBetween(
  tx: Tx,
  { from, to, stationIds }: { from: LocalDate; to: LocalDate; stationIds: readonly Id[] | null },
): Promise<ReturnedItem[]> {
  return rows(
    tx,
    sql`select item_class as "itemClass", count, value_yuan as "valueYuan", meeting_id as "meetingId", told_on as "toldOn", returned_on as "returnedOn"
      from property_item where bureau_id = ${tx.actor.bureauId} and returned_on >= ${from} and returned_on < ${to}
        and (${stationIds === null} or station_id = any (${[...(stationIds ?? [])]}::uuid[]))`,
  );
}

/** K58-K61 and the share nobody came for, of the caller's stations; `to` is the last day. */
export async function figuresOf(tx: Tx, from: LocalDate, to: LocalDate) {
  const { bureauId } = tx.actor;
  const byClass = await rows<{ itemClass: ItemClass; items: number; valueYuan: number }>(
    tx,
    sql`select item_class as "itemClass", sum(count) as items, sum(value_yuan) as "valueYuan" from property_item
      where bureau_id = ${bureauId} and returned_on between ${from} and ${to} group by item_class order by 1`,
  );
  const rest = await one<{
    meetings: number;
    medianDays: number | null;
    lapsed: number;
  }>(
    tx,
    sql`select count(distinct meeting_id) filter (where returned_on is not null) as meetings,
        percentile_disc(0.5) within group (order by returned_on - told_on) filter (where returned_on is not null) as "medianDays",
        coalesce(sum(count) filter (where returned_on is null), 0) as lapsed
      from property_item where bureau_id = ${bureauId}
        and (returned_on between ${from} and ${to} or returned_on is null and lapsed_on between ${from} and ${to})`,
  );
  return { byClass, ...rest };
}

// -- meetings -------------------------------------------------------------------------------------

const MEETING_COLUMNS = sql`e.id, e.station_id as "stationId", e.venue, e.from_at as "from", e.to_at as "to", e.slot_minutes as "slotMinutes",
  e.seats, e.cancelled,
  (select count(*) from property_item i where i.bureau_id = e.bureau_id and i.meeting_id = e.id)::int as booked,
  (select count(*) from property_item i where i.bureau_id = e.bureau_id and i.meeting_id = e.id and i.returned_on is not null)::int as returned`;

export function meetingList(principal: Principal): ListDefinition {
  return {
    columns: MEETING_COLUMNS,
    from: sql`return_meeting e`,
    where: [sql`e.bureau_id = ${principal.bureauId}`],
    sorts: { from: { by: sql`e.from_at`, type: "timestamptz" } },
    defaultSort: "-from",
    id: sql`e.id`,
  };
}

export function findMeeting(tx: Tx, id: Id): Promise<MeetingRow | undefined> {
  return maybe(
    tx,
    sql`select ${MEETING_COLUMNS} from return_meeting e where e.bureau_id = ${tx.actor.bureauId} and e.id = ${id}`,
  );
}

export function itemsOfMeeting(tx: Tx, id: Id) {
  return rows<{
    id: Id;
    at: Instant;
    registerNo: string;
    itemClass: ItemClass;
    count: number;
    returned: boolean;
  }>(
    tx,
    sql`select i.id, i.slot_at as at, i.register_no as "registerNo", i.item_class as "itemClass", i.count, i.returned_on is not null as returned
      from property_item i where i.bureau_id = ${tx.actor.bureauId} and i.meeting_id = ${id} order by i.slot_at, i.register_no`,
  );
}
