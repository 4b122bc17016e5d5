/** The records behind a figure. */
import { RELAPSE_DAYS, SETTLED } from "@wanjia/domain/insight/counting-matters";
import { indicatorById } from "@wanjia/domain/insight/dictionary";
import { ANSWERABLE, SOLVED, WORKED } from "@wanjia/domain/matters/terms";
import type { Id } from "@wanjia/domain/shared/id";
import {
  addDays,
  type Instant,
  type LocalDate,
  startOfLocalDay,
} from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import type { ListDefinition } from "../platform/list.ts";
import { at, one, type Sql, sql } from "../platform/sql.ts";

export interface RecordRow {
  id: Id;
  kind:
    | "visit"
    | "place"
    | "matter"
    | "mediation"
    | "station"
    | "officer"
    | "village"
    | "item"
    | "meeting";
  title: string | null;
  at: Instant | null;
  stationName: string | null;
  beatName: string | null;
  amount: number;
}

export interface RecordsAsked {
  readonly indicator: string;
  readonly campaignId: Id | null;
  /** Half-open; null: no bounds. */
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
  readonly today: LocalDate;
  readonly stationIds: readonly Id[] | null;
  readonly beatIds: readonly Id[] | null;
}

/** Rows `id, kind, title, at, station_id, beat_id, amount`; undefined where a figure has no list. */
function recordsOf(tx: Tx, asked: RecordsAsked): Sql | undefined {
  return (
    matterRecords(tx, asked) ??
    mediationRecords(tx, asked) ??
    visitRecords(tx, asked) ??
    propertyRecords(tx, asked)
  );
}

/** What was handed back, by its number in the ledger; nobody's name stands there. */
function propertyRecords(tx: Tx, asked: RecordsAsked): Sql | undefined {
  const returned = sql`i.bureau_id = ${tx.actor.bureauId} and i.returned_on is not null
    ${asked.from === null ? sql`` : sql`and i.returned_on >= ${asked.from}::date`}
    ${asked.to === null ? sql`` : sql`and i.returned_on < ${asked.to}::date`} ${partIn(sql`i`, { ...asked, beatIds: null })}`;
  const items = (amount: Sql): Sql =>
    sql`select i.id, 'item' as kind, i.register_no as title, i.returned_on::timestamp at time zone 'Asia/Shanghai' as at, i.station_id,
        null::uuid as beat_id, ${amount} as amount from property_item i where ${returned}`;
  switch (asked.indicator) {
    case "K58":
      return items(sql`i.value_yuan`);
    case "K59":
      return items(sql`i.count`);
    case "K61":
      return sql`select * from (${items(sql`i.returned_on - i.told_on`)}) told where amount is not null`;
    case "K60":
      return sql`select e.id, 'meeting' as kind, e.venue as title, e.from_at as at, e.station_id, null::uuid as beat_id, 1 as amount
        from return_meeting e where e.bureau_id = ${tx.actor.bureauId}
          and exists (select from property_item i where i.meeting_id = e.id and ${returned})`;
    default:
      return undefined;
  }
}

const HOME = sql`v.place_kind in ('dwelling_unit', 'rural_house')`;
const LEAFLETS = sql`(select coalesce(sum((l->>'quantity')::int), 0) from jsonb_array_elements(v.leaflets) l)`;

/** A visit counts as it was corrected last. */
function visitsOf(tx: Tx, asked: RecordsAsked, condition: Sql): Sql {
  return sql`v.bureau_id = ${tx.actor.bureauId} and v.corrected_by is null and ${condition}
    ${asked.campaignId === null ? sql`` : sql`and ${asked.campaignId}::uuid = any (v.campaign_ids)`}
    ${momentIn(sql`v.visited_at`, asked)} ${partIn(sql`v`, asked)}`;
}

function visitRecords(tx: Tx, asked: RecordsAsked): Sql | undefined {
  const visits = (condition: Sql, amount = sql`1`): Sql =>
    sql`select v.id, 'visit' as kind, p.full_text as title, v.visited_at as at, v.station_id, v.beat_id, ${amount} as amount
      from visit v left join place p on p.bureau_id = v.bureau_id and p.id = v.place_id where ${visitsOf(tx, asked, condition)}`;
  const places = (condition: Sql): Sql =>
    sql`select m.id, 'place' as kind, p.full_text as title, m.at, p.station_id, p.beat_id, 1 as amount
      from (select v.place_id as id, min(v.visited_at) as at from visit v
        where v.completed and ${visitsOf(tx, asked, condition)} group by v.place_id) m
      left join place p on p.bureau_id = ${tx.actor.bureauId} and p.id = m.id`;
  switch (asked.indicator) {
    case "K01":
      return sql`select s.id, 'station' as kind, s.name as title, m.at, s.id as station_id, null::uuid as beat_id, 1 as amount
        from (select v.station_id as id, min(v.visited_at) as at from visit v
          where ${visitsOf(tx, asked, sql`v.completed`)} group by v.station_id) m
        join station s on s.bureau_id = ${tx.actor.bureauId} and s.id = m.id`;
    case "K02":
    case "K06":
    case "K07":
      return places(HOME);
    case "K03":
    case "K05":
      return visits(sql`v.completed and ${HOME}`);
    case "K04":
      return visits(sql`true`);
    case "K12":
      return visits(sql`v.completed and v.arranged in ('resident_request', 'qr_request')`);
    case "K13":
      return places(sql`v.place_kind = 'shop'`);
    case "K14":
      return places(sql`v.place_kind = 'organisation'`);
    case "K15":
      return sql`select c.id, 'village' as kind, c.name as title, m.at, c.station_id, c.beat_id, 1 as amount
        from (select v.community_id as id, min(v.visited_at) as at from visit v
          where v.completed and v.form_code = 'form_community' and ${visitsOf(tx, asked, sql`v.community_id is not null`)}
          group by v.community_id) m
        join community c on c.bureau_id = ${tx.actor.bureauId} and c.id = m.id`;
    case "K15a":
      return places(sql`v.place_kind = 'site'`);
    case "K16":
      return sql`select o.id, 'officer' as kind, o.name as title, null::timestamptz as at, null::uuid as station_id, null::uuid as beat_id, 1 as amount
        from (select distinct unnest(v.team) as id from visit v where ${visitsOf(tx, asked, sql`true`)}) m
        join member o on o.bureau_id = ${tx.actor.bureauId} and o.id = m.id and o.sworn`;
    case "K18":
      return visits(sql`v.leaflets is not null and ${LEAFLETS} > 0`, LEAFLETS);
    default:
      return undefined;
  }
}

function matterRecords(tx: Tx, asked: RecordsAsked): Sql | undefined {
  const registered = momentIn(sql`m.registered_at`, asked);
  const ended = momentIn(sql`m.closed_at`, asked);
  const day = (column: Sql): Sql => sql`(${column} at time zone 'Asia/Shanghai')::date`;
  const fell = sql`and m.due_on < ${asked.today}::date
    ${asked.from === null ? sql`` : sql`and m.due_on >= ${asked.from}::date`}
    ${asked.to === null ? sql`` : sql`and m.due_on < ${asked.to}::date`}`;
  const worked = sql`m.disposition = any (${[...WORKED]}::text[])`;
  const settled = sql`${worked} and m.outcome = any (${[...SETTLED]}::text[])`;
  // One problem counts once, however many told it.
  const once = sql`and m.merged_into is null`;
  const matters = (condition: Sql, at: Sql, counted = once, amount = sql`1`): Sql =>
    sql`select m.id, 'matter' as kind, m.number as title, ${at} as at, m.station_id, m.beat_id, ${amount} as amount from matter m
      where m.bureau_id = ${tx.actor.bureauId} and ${condition} ${counted}
        ${asked.campaignId === null ? sql`` : sql`and ${asked.campaignId}::uuid = any (m.campaign_ids)`} ${partIn(sql`m`, asked)}`;
  /** Matters to which something happened, each as often as it did. */
  const events = (type: string): Sql =>
    sql`select m.id, 'matter' as kind, m.number as title, e.at, m.station_id, m.beat_id, e.amount
      from (select e.matter_id, max(e.at) as at, count(*) as amount from matter_event e
        where e.bureau_id = ${tx.actor.bureauId} and e.type = ${type} ${momentIn(sql`e.at`, asked)}
        group by e.matter_id) e
      join matter m on m.bureau_id = ${tx.actor.bureauId} and m.id = e.matter_id
      where true ${asked.campaignId === null ? sql`` : sql`and ${asked.campaignId}::uuid = any (m.campaign_ids)`} ${partIn(sql`m`, asked)}`;
  switch (asked.indicator) {
    case "K20":
      return matters(sql`m.kind = 'opinion' ${registered}`, sql`m.registered_at`);
    case "K21":
      return matters(
        sql`m.kind = 'opinion' and m.feedback <> 'none' and m.disposition is distinct from 'withdrawn'
          and ${day(sql`m.answered_at`)} <= m.due_on ${fell}`,
        sql`m.answered_at`,
      );
    case "K22":
      return matters(
        sql`m.kind = 'opinion' and m.outcome in ('adopted', 'partly') ${momentIn(sql`m.resolved_at`, asked)}`,
        sql`m.resolved_at`,
      );
    case "K23":
      return matters(
        sql`m.kind = 'service_request' and ${worked} and m.outcome = 'delivered' ${ended}`,
        sql`m.closed_at`,
      );
    case "K24":
      return matters(sql`m.kind = 'dispute' ${registered}`, sql`m.registered_at`);
    case "K25":
      return matters(sql`m.kind = 'dispute' and ${settled} ${ended}`, sql`m.closed_at`);
    case "K26":
      return matters(sql`m.kind = 'dispute' and ${settled} ${registered}`, sql`m.closed_at`);
    case "K29":
      return matters(sql`m.kind = 'hazard' ${registered}`, sql`m.registered_at`);
    case "K30":
      return matters(
        sql`m.kind = 'hazard' and m.cleared_at is not null ${momentIn(sql`m.cleared_at`, asked)}`,
        sql`m.cleared_at`,
      );
    case "K31":
      return matters(
        sql`m.kind = 'hazard' and m.disposition is distinct from 'withdrawn' and ${day(sql`m.cleared_at`)} <= m.due_on ${fell}`,
        sql`m.cleared_at`,
      );
    case "K32":
      return matters(
        sql`m.kind = 'hazard' and m.cleared_at is not null ${momentIn(sql`m.cleared_at`, asked)}
          and exists (select from matter o where o.bureau_id = m.bureau_id and o.place_id = m.place_id and o.subtype = m.subtype
            and o.kind = 'hazard' and o.merged_into is null and o.id <> m.id and o.registered_at > m.cleared_at
            and o.registered_at <= m.cleared_at + interval '180 days')`,
        sql`m.cleared_at`,
      );
    case "K35":
      return matters(
        sql`m.disposition is not null and ${day(sql`m.closed_at`)} <= m.due_on ${fell}`,
        sql`m.closed_at`,
      );
    case "K36":
    case "K37":
      return matters(
        sql`true ${registered}`,
        sql`m.registered_at`,
        once,
        sql`greatest(0, coalesce(${day(sql`m.closed_at`)}, ${asked.today}::date) - ${day(sql`m.registered_at`)})`,
      );
    case "K38":
      return matters(
        sql`m.disposition is null and m.due_on < ${asked.today}::date`,
        sql`m.registered_at`,
      );
    case "K39":
      return events("reopened");
    case "K40":
      return events("assignment_returned");
    case "K41":
      return matters(
        sql`m.disposition = any (${[...ANSWERABLE]}::text[]) and m.outcome <> all (${[...SOLVED]}::text[]) and m.reason is not null ${ended}`,
        sql`m.closed_at`,
      );
    case "K42": {
      const morning = sql`((${day(sql`m.registered_at`)} + 1) + time '08:00') at time zone 'Asia/Shanghai'`;
      return matters(
        sql`m.reporter = 'resident' and not m.anonymous and m.feedback <> 'none'
          ${asked.from === null ? sql`` : sql`and m.registered_at >= ${at(startOfLocalDay(addDays(asked.from, -1)))}`}
          ${asked.to === null ? sql`` : sql`and m.registered_at < ${at(startOfLocalDay(addDays(asked.to, -1)))}`}
          and m.registered_at < ${at(startOfLocalDay(addDays(asked.today, -1)))}
          and (m.answered_at <= ${morning} or (m.accepted_at <= ${morning}
            and exists (select from matter_event e where e.bureau_id = m.bureau_id and e.matter_id = m.id
              and e.type = 'informed' and e.at <= ${morning})))`,
        sql`m.registered_at`,
        // Each reporter has to be told.
        sql``,
      );
    }
    default:
      return undefined;
  }
}

/**
 * What a mediation says of a dispute. Row-level security shows it to those who sit with the sides, so
 * that in another's hands the list is shorter than the figure.
 */
function mediationRecords(tx: Tx, asked: RecordsAsked): Sql | undefined {
  const { bureauId } = tx.actor;
  const here = sql`${asked.campaignId === null ? sql`` : sql`and ${asked.campaignId}::uuid = any (m.campaign_ids)`}`;
  switch (asked.indicator) {
    case "K27":
      // A settlement relapsed by what came first: its being taken up again, or its parties' next mediation.
      return sql`select c.id, 'matter' as kind, c.number as title, max(c.at) as at, c.station_id, c.beat_id, count(*) as amount
        from (select m.id, m.number, e.at, m.station_id, m.beat_id, e.body->>'disposition' as disposition,
            (select coalesce(x.body->>'outcome', 'agreement_performed') from matter_event x
              where x.bureau_id = m.bureau_id and x.matter_id = m.id and x.seq < e.seq and x.type in ('resolved', 'performed')
              order by x.seq desc limit 1) as outcome,
            least(
              (select min(r.at) from matter_event r
                where r.bureau_id = m.bureau_id and r.matter_id = m.id and r.seq > e.seq and r.type = 'reopened'),
              (select min(n.opened_at) from mediation n
                join mediation l on l.bureau_id = n.bureau_id and l.id::text = n.body->>'earlierId'
                where n.bureau_id = m.bureau_id and l.matter_id = m.id and n.matter_id <> m.id and n.opened_at >= e.at)
            ) as back_at
          from matter m join matter_event e on e.bureau_id = m.bureau_id and e.matter_id = m.id and e.type = 'closed'
          where m.bureau_id = ${bureauId} and m.kind = 'dispute' ${momentIn(sql`e.at`, asked)} ${here} ${partIn(sql`m`, asked)}) c
        where c.disposition = any (${[...WORKED]}::text[]) and c.outcome = any (${[...SETTLED]}::text[])
          and c.back_at - c.at <= make_interval(days => ${RELAPSE_DAYS})
        group by c.id, c.number, c.station_id, c.beat_id`;
    case "K28": {
      const first = sql`(d.body#>>'{agreement,effectiveOn}')::date`;
      return sql`select d.id, 'mediation' as kind, d.body#>>'{agreement,number}' as title,
          ${first}::timestamp at time zone 'Asia/Shanghai' as at, d.station_id, d.beat_id, 1 as amount
        from mediation d left join matter m on m.bureau_id = d.bureau_id and m.id = d.matter_id
        where d.bureau_id = ${bureauId} and d.body#>>'{agreement,form}' = 'written' and d.body#>>'{confirmation,granted}' = 'true'
          ${asked.from === null ? sql`` : sql`and ${first} >= ${asked.from}::date`}
          ${asked.to === null ? sql`` : sql`and ${first} < ${asked.to}::date`} ${here} ${partIn(sql`d`, asked)}`;
    }
    default:
      return undefined;
  }
}

function momentIn(column: Sql, { from, to }: RecordsAsked): Sql {
  const after = from === null ? sql`` : sql`and ${column} >= ${at(startOfLocalDay(from))}`;
  return to === null ? after : sql`${after} and ${column} < ${at(startOfLocalDay(to))}`;
}

function partIn(table: Sql, { stationIds, beatIds }: RecordsAsked): Sql {
  const stations =
    stationIds === null ? sql`` : sql`and ${table}.station_id = any (${stationIds}::uuid[])`;
  return beatIds === null
    ? stations
    : sql`${stations} and ${table}.beat_id = any (${beatIds}::uuid[])`;
}

/** The list of the records behind a figure; undefined where a figure has none. */
export function recordList(tx: Tx, asked: RecordsAsked): ListDefinition | undefined {
  const records = recordsOf(tx, asked);
  if (records === undefined) return undefined;
  return {
    columns: sql`r.id, r.kind, r.title, r.at, s.short_name as "stationName", b.name as "beatName", r.amount`,
    from: sql`(${records}) r
      left join station s on s.bureau_id = ${tx.actor.bureauId} and s.id = r.station_id
      left join beat b on b.bureau_id = ${tx.actor.bureauId} and b.id = r.beat_id`,
    where: [],
    sorts: { at: { by: sql`coalesce(r.at, 'epoch')`, type: "timestamptz" } },
    defaultSort: "at",
    id: sql`r.id`,
  };
}

/**
 * What the records add up to: the figure itself, counted without the totals. Of a length of time: how
 * many records it was measured on.
 */
export async function sumOfRecords(tx: Tx, asked: RecordsAsked): Promise<number> {
  const records = recordsOf(tx, asked);
  if (records === undefined) return 0;
  const times = indicatorById(asked.indicator)?.measure.kind === "duration";
  const { sum } = await one<{ sum: number }>(
    tx,
    sql`select ${times ? sql`count(*)` : sql`coalesce(sum(amount), 0)::float8`} as sum from (${records}) r`,
  );
  return sum;
}
