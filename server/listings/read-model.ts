import type { CountMeasure, Listing } from "@wanjia/domain/listings/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant, LocalDate } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import { maybe, rows, type Sql, sql } from "../platform/sql.ts";

export interface ListingFound {
  body: Listing;
  estate: string;
  stationName: string | null;
  proposedAt: Instant;
}

const FOUND = sql`select l.body, p.estate_name as estate, s.short_name as "stationName", l.proposed_at as "proposedAt"
  from place_listing l join place p on p.bureau_id = l.bureau_id and p.id = l.estate_id
  left join station s on s.bureau_id = l.bureau_id and s.id = l.station_id`;

/** More than a bureau lists in years. */
const SHOWN = 500;

export function listListings(tx: Tx): Promise<ListingFound[]> {
  return rows(
    tx,
    sql`${FOUND} where l.bureau_id = ${tx.actor.bureauId}
      order by l.state in ('delisted', 'dropped'), l.deadline nulls first, l.proposed_at desc limit ${SHOWN}`,
  );
}

export interface PublishedFound {
  body: Listing;
  estate: string;
  station: string;
  stationEn: string;
  dutyPhone: string;
}

/** What is public today: not before the order, and not a day longer than the listing. */
export function publishedListings(tx: Tx): Promise<PublishedFound[]> {
  return rows(
    tx,
    sql`select l.body, p.estate_name as estate, s.name as station, s.name_en as "stationEn", s.duty_phone as "dutyPhone"
      from place_listing l join place p on p.bureau_id = l.bureau_id and p.id = l.estate_id
      join station s on s.bureau_id = l.bureau_id and s.id = l.station_id
      where l.bureau_id = ${tx.actor.bureauId} and l.state in ('listed', 'tested')
      order by l.deadline, p.estate_name limit ${SHOWN}`,
  );
}

export function findListing(tx: Tx, id: Id): Promise<ListingFound | undefined> {
  return maybe(tx, sql`${FOUND} where l.bureau_id = ${tx.actor.bureauId} and l.id = ${id}`);
}

export interface TimelineRow {
  seq: number;
  at: Instant;
  memberName: string | null;
  type: string;
  text: string | null;
}

export function timelineOf(tx: Tx, id: Id): Promise<TimelineRow[]> {
  return rows(
    tx,
    sql`select e.seq, e.at, m.name as "memberName", e.type, coalesce(e.body ->> 'text', e.body ->> 'note', e.body ->> 'number') as text
      from place_listing_event e left join member m on m.bureau_id = e.bureau_id and m.id = e.member_id
      where e.bureau_id = ${tx.actor.bureauId} and e.listing_id = ${id} order by e.seq`,
  );
}

export interface EstateCount {
  estateId: Id;
  estate: string;
  stationId: Id;
  stationName: string | null;
  beatId: Id | null;
  from: LocalDate;
  to: LocalDate;
  count: number;
  /** In the same days of the year before; null without a number of them. */
  before: number | null;
  households: number;
  source: string;
  /** Proposed or listed. */
  running: boolean;
}

function counts(tx: Tx, where: Sql): Promise<EstateCount[]> {
  return rows(
    tx,
    sql`select c.estate_id as "estateId", p.estate_name as estate, c.station_id as "stationId", s.short_name as "stationName",
        c.beat_id as "beatId", c.from_day as "from", c.to_day as "to", c.count, b.count as before, c.source,
        (select count(*) from place d join place g on g.bureau_id = d.bureau_id and g.id = d.building_id
          where d.bureau_id = c.bureau_id and g.parent_id = c.estate_id and d.kind = 'dwelling_unit' and d.valid_to is null) as households,
        exists (select 1 from place_listing l where l.bureau_id = c.bureau_id and l.estate_id = c.estate_id
          and l.state in ('proposed', 'listed', 'tested')) as running
      from estate_count c
      join place p on p.bureau_id = c.bureau_id and p.id = c.estate_id
      left join station s on s.bureau_id = c.bureau_id and s.id = c.station_id
      left join estate_count b on b.bureau_id = c.bureau_id and b.estate_id = c.estate_id and b.measure = c.measure
        and b.from_day = (c.from_day - interval '1 year')::date and b.to_day = (c.to_day - interval '1 year')::date
      where c.bureau_id = ${tx.actor.bureauId} and ${where}
      order by s.short_name, p.estate_name`,
  );
}

export function countsOf(
  tx: Tx,
  measure: CountMeasure,
  from: LocalDate,
  to: LocalDate,
): Promise<EstateCount[]> {
  return counts(
    tx,
    sql`c.measure = ${measure} and c.from_day = ${from}::date and c.to_day = ${to}::date`,
  );
}

/** Those of the newest days for which there are counts. */
export function newestCounts(tx: Tx, measure: CountMeasure): Promise<EstateCount[]> {
  return counts(
    tx,
    sql`c.measure = ${measure} and (c.from_day, c.to_day) = (select from_day, to_day from estate_count
      where bureau_id = ${tx.actor.bureauId} and measure = ${measure} order by to_day desc, from_day desc limit 1)`,
  );
}

/**
 * Counts of the days that led to a listing and of the first days as long as those that begin after its
 * order: at the estate, and at those that were never listed.
 */
export function effectCounts(
  tx: Tx,
  { estateId, comparison, order }: Listing,
): Promise<
  { before: number; after: number; controlBefore: number; controlAfter: number } | undefined
> {
  const { measure, from, to } = comparison;
  return maybe(
    tx,
    sql`with later as (
        select from_day, to_day from estate_count where bureau_id = ${tx.actor.bureauId} and estate_id = ${estateId} and measure = ${measure}
          and from_day >= ${order?.on ?? null}::date and to_day - from_day between (${to}::date - ${from}::date) - 5 and (${to}::date - ${from}::date) + 5
        order by from_day limit 1),
      pair as (
        select a.estate_id, a.count as before, z.count as after from later
        join estate_count a on a.bureau_id = ${tx.actor.bureauId} and a.measure = ${measure} and a.from_day = ${from}::date and a.to_day = ${to}::date
        join estate_count z on z.bureau_id = a.bureau_id and z.estate_id = a.estate_id and z.measure = a.measure
          and z.from_day = later.from_day and z.to_day = later.to_day)
      select t.before, t.after, coalesce(sum(c.before), 0) as "controlBefore", coalesce(sum(c.after), 0) as "controlAfter"
      from pair t left join pair c on c.estate_id <> t.estate_id and not exists (
        select 1 from place_listing l where l.bureau_id = ${tx.actor.bureauId} and l.estate_id = c.estate_id and l.deadline is not null)
      where t.estate_id = ${estateId} group by t.before, t.after`,
  );
}
