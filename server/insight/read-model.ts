import type { Counters } from "@wanjia/domain/insight/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { type Instant, type LocalDate, startOfLocalDay } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import type { ListDefinition } from "../platform/list.ts";
import { at, maybe, one, rows, type Sql, sql } from "../platform/sql.ts";
import { NIL, type PackedDelta } from "./queries.ts";

/** Which totals a reader asks for. */
export interface Asked {
  readonly campaignId: Id | null;
  readonly grain: "all" | "month" | "quarter" | "year";
  readonly period: string;
  /** Half-open days for due days and registrations; a campaign has no bounds. */
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly today: LocalDate;
  /** The parts of the bureau that are asked for; null: all of it. */
  readonly stationIds: readonly Id[] | null;
  readonly beatIds: readonly Id[] | null;
}

export interface FigureRows {
  /** Totals by beat. */
  readonly beats: { stationId: Id; beatId: Id; counters: Counters }[];
  /** Days of a campaign. */
  readonly days: { day: LocalDate; counters: Counters }[];
  /** Buildings of the campaign: all of the beats, or those that unfolded deltas touch. */
  readonly buildings: { stationId: Id; beatId: Id; buildingId: Id; counters: Counters }[];
  /** Who took part at a station, each with the number of visits. Of beats it is not known. */
  readonly presence: { stationId: Id; kind: string; subjects: Id[]; times: number[] }[];
  readonly due: { book: string; sums: DueSums }[];
  readonly ages: { book: string; registeredOn: LocalDate; counters: Counters }[];
  readonly deltas: { stationId: Id; body: PackedDelta }[];
}

export interface DueSums {
  readonly due: number;
  readonly ended_in_time: number;
  readonly own_due: number;
  readonly own_in_time: number;
  readonly overdue: number;
}

/** The level at which days, due days and ages of the asked part are summed already. */
export function levelOf(asked: Asked): "bureau" | "station" | "beat" {
  if (asked.beatIds !== null) return "beat";
  return asked.stationIds === null ? "bureau" : "station";
}

const DUE_BOOKS = ["due_opinion", "due_service_request", "due_dispute", "due_hazard"];
const AGE_BOOKS = ["age_opinion", "age_service_request", "age_dispute", "age_hazard"];

/**
 * Everything a screen of figures needs, in one statement: totals and what is not folded into them
 * yet are of one snapshot, so no visit is missed or counted twice while a fold runs.
 */
export async function readFigures(
  tx: Tx,
  asked: Asked,
  buildings: "of-beats" | "touched" = "touched",
): Promise<FigureRows> {
  const campaign = asked.campaignId ?? NIL;
  const bureau = tx.actor.bureauId;
  const part = partOf(asked);
  const level = levelOf(asked);
  const found = await rows<{ kind: string; station: Id; beat: Id; key: string; body: unknown }>(
    tx,
    sql`with delta as materialized (
        select station_id, body from tally_delta where bureau_id = ${bureau} ${stationsOf(asked)})
      select 'beat' as kind, station_id as station, beat_id as beat, '' as key, counters as body from tally
        where bureau_id = ${bureau} and campaign_id = ${campaign} and grain = ${asked.grain} and level = 'beat'
          and period = ${asked.period} ${part}
      union all select 'day', null, null, period, counters from tally
        where ${asked.campaignId !== null} and bureau_id = ${bureau} and campaign_id = ${campaign} and grain = 'day'
          and level = ${level} ${part}
      union all select 'presence', station_id, null, kind, jsonb_build_array(array_agg(subject_id), array_agg(n)) from tally_presence
        where ${asked.beatIds === null} and bureau_id = ${bureau} and campaign_id = ${campaign} and grain = ${asked.grain} and period = ${asked.period}
          ${stationsOf(asked)} group by station_id, kind
      union all select 'due', null, null, grain, jsonb_build_object(
          'due', sum(due) filter (where fell), 'ended_in_time', sum(ended_in_time) filter (where fell),
          'own_due', sum(own_due) filter (where fell), 'own_in_time', sum(own_in_time) filter (where fell),
          'overdue', sum(open))
        from (select grain, period >= ${asked.from} and period < ${asked.to} as fell,
            coalesce((counters->>'due')::int, 0) as due, coalesce((counters->>'ended_in_time')::int, 0) as ended_in_time,
            coalesce((counters->>'own_due')::int, 0) as own_due, coalesce((counters->>'own_in_time')::int, 0) as own_in_time,
            coalesce((counters->>'open')::int, 0) as open
          from tally where bureau_id = ${bureau} and campaign_id = ${campaign} and grain = any (${DUE_BOOKS}::text[])
            and level = ${level} and period < ${asked.today} ${part}) past
        group by grain
      union all select 'age', null, null, grain || ' ' || period, counters from tally
        where bureau_id = ${bureau} and campaign_id = ${campaign} and grain = any (${AGE_BOOKS}::text[])
          and level = ${level} and period >= ${asked.from} and period < ${asked.to} ${part}
      union all select 'delta', station_id, null, '', body from delta
      union all ${buildings === "touched" ? touchedBuildings(tx, asked) : buildingsOfBeats(tx, asked)}`,
  );
  const of = (kind: string): typeof found => found.filter((row) => row.kind === kind);
  return {
    beats: of("beat").map(({ station, beat, body }) => ({
      stationId: station,
      beatId: beat,
      counters: body as Counters,
    })),
    days: of("day").map(({ key, body }) => ({ day: key, counters: body as Counters })),
    buildings: of("building").map(({ station, beat, key, body }) => ({
      stationId: station,
      beatId: beat,
      buildingId: key,
      counters: body as Counters,
    })),
    presence: of("presence").map(({ station, key, body }) => ({
      stationId: station,
      kind: key,
      subjects: (body as [Id[], number[]])[0],
      times: (body as [Id[], number[]])[1],
    })),
    due: of("due").map(({ key, body }) => ({ book: key, sums: body as DueSums })),
    ages: of("age").map(({ key, body }) => {
      const [book = "", registeredOn = ""] = key.split(" ");
      return { book, registeredOn, counters: body as Counters };
    }),
    deltas: of("delta").map(({ station, body }) => ({
      stationId: station,
      body: body as PackedDelta,
    })),
  };
}

/** The buildings whose totals what is not folded yet will change. */
function touchedBuildings(tx: Tx, { campaignId, beatIds }: Asked): Sql {
  return sql`select 'building', t.station_id, t.beat_id, t.building_id::text, t.counters
    from (select distinct (e->>3)::uuid as id from delta, jsonb_array_elements(delta.body->'e') e
      where e->>1 = ${campaignId} and e->>3 is not null
        ${beatIds === null ? sql`` : sql`and e->>2 = any (${beatIds}::text[])`}) touched
    join tally_building t on t.bureau_id = ${tx.actor.bureauId} and t.campaign_id = ${campaignId} and t.building_id = touched.id`;
}

function buildingsOfBeats(tx: Tx, { campaignId, beatIds }: Asked): Sql {
  return sql`select 'building', station_id, beat_id, building_id::text, counters from tally_building
    where bureau_id = ${tx.actor.bureauId} and campaign_id = ${campaignId} and beat_id = any (${beatIds}::uuid[])`;
}

function stationsOf({ stationIds }: Asked): Sql {
  return stationIds === null ? sql`` : sql`and station_id = any (${stationIds}::uuid[])`;
}

function partOf(asked: Asked): Sql {
  const { beatIds } = asked;
  const stations = stationsOf(asked);
  return beatIds === null ? stations : sql`${stations} and beat_id = any (${beatIds}::uuid[])`;
}

/** Names of buildings, and their order in a walk. */
export function namesOfBuildings(
  tx: Tx,
  ids: readonly Id[],
): Promise<{ id: Id; name: string; sortKey: string }[]> {
  return rows(
    tx,
    sql`select id, coalesce(full_text, '') as name, coalesce(sort_key, '') as "sortKey" from place
      where bureau_id = ${tx.actor.bureauId} and id = any (${ids}::uuid[])`,
  );
}

/** Members who are no sworn officers: they take part and are not counted as officers. */
export async function unswornMembers(tx: Tx): Promise<Set<Id>> {
  const found = await rows<{ id: Id }>(
    tx,
    sql`select id from member where bureau_id = ${tx.actor.bureauId} and not sworn`,
  );
  return new Set(found.map(({ id }) => id));
}

/** Communities of a part of the bureau, and how many have a serving liaison officer (K17). */
export function liaisonCover(
  tx: Tx,
  stationIds: readonly Id[] | null,
  today: LocalDate,
): Promise<{ communities: number; with_liaison: number }> {
  return one(
    tx,
    sql`select count(*) as communities, count(*) filter (where exists (select from liaison l
        where l.bureau_id = c.bureau_id and l.community_id = c.id and l.valid_from <= ${today}::date
          and (l.valid_to is null or l.valid_to > ${today}::date))) as with_liaison
      from community c where c.bureau_id = ${tx.actor.bureauId} and c.active
        ${stationIds === null ? sql`` : sql`and c.station_id = any (${stationIds}::uuid[])`}`,
  );
}

export interface CampaignRow {
  id: Id;
  name: string;
  nameEn: string;
  state: string;
  startsOn: LocalDate;
  endsOn: LocalDate;
}

export function findCampaign(tx: Tx, id: Id): Promise<CampaignRow | undefined> {
  return maybe(
    tx,
    sql`select id, name, name_en as "nameEn", state, starts_on as "startsOn", ends_on as "endsOn"
      from campaign where bureau_id = ${tx.actor.bureauId} and id = ${id}`,
  );
}

// -- the records behind a figure ------------------------------------------------------------------

export interface RecordRow {
  id: Id;
  kind: "visit" | "place" | "matter" | "station" | "officer" | "village";
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
  return matterRecords(tx, asked) ?? visitRecords(tx, asked);
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
  const settled = sql`m.disposition = 'closed' and m.outcome in ('agreement_reached', 'agreement_performed')`;
  const matters = (condition: Sql, at: Sql): Sql =>
    sql`select m.id, 'matter' as kind, m.number as title, ${at} as at, m.station_id, m.beat_id, 1 as amount from matter m
      where m.bureau_id = ${tx.actor.bureauId} and ${condition}
        ${asked.campaignId === null ? sql`` : sql`and ${asked.campaignId}::uuid = any (m.campaign_ids)`} ${partIn(sql`m`, asked)}`;
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
        sql`m.kind = 'service_request' and m.disposition = 'closed' and m.outcome = 'delivered' ${ended}`,
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
    case "K35":
      return matters(
        sql`m.disposition is not null and ${day(sql`m.closed_at`)} <= m.due_on ${fell}`,
        sql`m.closed_at`,
      );
    case "K38":
      return matters(
        sql`m.disposition is null and m.due_on < ${asked.today}::date`,
        sql`m.registered_at`,
      );
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

/** What the records add up to: the figure itself, counted without the totals. */
export async function sumOfRecords(tx: Tx, asked: RecordsAsked): Promise<number> {
  const records = recordsOf(tx, asked);
  if (records === undefined) return 0;
  const { sum } = await one<{ sum: number }>(
    tx,
    sql`select coalesce(sum(amount), 0)::float8 as sum from (${records}) r`,
  );
  return sum;
}
