import type { Counters } from "@wanjia/domain/insight/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { LocalDate } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import { maybe, one, rows, type Sql, sql } from "../platform/sql.ts";
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

const DUE_BOOKS = [
  "due_opinion",
  "due_service_request",
  "due_dispute",
  "due_hazard",
  "due_morning",
];
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
