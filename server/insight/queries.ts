import type { CountedVisit, Posting } from "@wanjia/domain/insight/counting";
import type { Counters, Delta, Entry, Presence } from "@wanjia/domain/insight/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { LocalDate } from "@wanjia/domain/shared/instant";
import { isSystem } from "../platform/access.ts";
import type { Tx } from "../platform/database.ts";
import { acrossBureau } from "../platform/on-behalf.ts";
import {
  given,
  json,
  named,
  one,
  prepared,
  rows,
  run,
  runLater,
  sql,
  stream,
} from "../platform/sql.ts";

/** Stands for "all" or "none" in keys, which can't be null. */
export const NIL = "00000000-0000-0000-0000-000000000000";

/** Different locks of one bureau (keys of `pg_advisory_xact_lock`). */
const FOLD_LOCK = 7101;
const WISH_LOCK = 7102;

// -- deltas ---------------------------------------------------------------------------------------

export type PackedEntry = [
  book: Entry["book"],
  campaignId: Id | null,
  beatId: Id | null,
  buildingId: Id | null,
  on: string,
  counters: Counters,
];
type PackedPresence = [
  kind: Presence["kind"],
  campaignId: Id | null,
  on: string,
  subjectId: Id,
  n: number,
];

/** A delta of one station as it is kept: short, since every transaction writes one. */
export interface PackedDelta {
  readonly e: readonly PackedEntry[];
  readonly p: readonly PackedPresence[];
}

function pack(delta: Delta): Map<Id, { e: PackedEntry[]; p: PackedPresence[] }> {
  const stations = new Map<Id, { e: PackedEntry[]; p: PackedPresence[] }>();
  const at = (stationId: Id): { e: PackedEntry[]; p: PackedPresence[] } => {
    const known = stations.get(stationId) ?? { e: [], p: [] };
    stations.set(stationId, known);
    return known;
  };
  for (const { book, campaignId, stationId, beatId, buildingId, on, counters } of delta.entries) {
    at(stationId).e.push([book, campaignId, beatId, buildingId, on, counters]);
  }
  for (const { kind, campaignId, stationId, on, subjectId, n } of delta.presence) {
    at(stationId).p.push([kind, campaignId, on, subjectId, n]);
  }
  return stations;
}

export function unpack(stationId: Id, packed: PackedDelta): Delta {
  return {
    entries: packed.e.map(([book, campaignId, beatId, buildingId, on, counters]) => ({
      book,
      campaignId,
      stationId,
      beatId,
      buildingId,
      on,
      counters,
    })),
    presence: packed.p.map(([kind, campaignId, on, subjectId, n]) => ({
      kind,
      campaignId,
      stationId,
      on,
      subjectId,
      n,
    })),
  };
}

/** Keeps what a transaction adds: one row for each station it touched, nearly always one. */
export async function appendDelta(tx: Tx, delta: Delta): Promise<void> {
  const stations = [...pack(delta)].map(([station, body]) => ({ station, body }));
  if (stations.length === 0) return;
  runLater(
    tx,
    prepared(
      sql`insert into tally_delta (bureau_id, station_id, body)
      select ${tx.actor.bureauId}::uuid, r.station, r.body
      from ${given(stations, {
        station: ["uuid", ({ station }) => station],
        body: ["jsonb", ({ body }) => body],
      })}`,
      named("tally.delta", stations),
    ),
  );
}

export interface StoredDelta {
  stationId: Id;
  body: PackedDelta;
}

/** Takes the oldest deltas out, to be folded by the same transaction. */
export function takeDeltas(tx: Tx, most: number): Promise<StoredDelta[]> {
  return rows(
    tx,
    sql`delete from tally_delta where bureau_id = ${tx.actor.bureauId} and id in
        (select id from tally_delta where bureau_id = ${tx.actor.bureauId} order by id limit ${most})
      returning station_id as "stationId", body`,
  );
}

// -- locks ----------------------------------------------------------------------------------------

/** One fold of a bureau at a time. False: somebody else is at it. */
export async function tryFoldLock(tx: Tx): Promise<boolean> {
  const { got } = await one<{ got: boolean }>(
    tx,
    sql`select pg_try_advisory_xact_lock(${FOLD_LOCK}, hashtext(${tx.actor.bureauId}::text)) as got`,
  );
  return got;
}

export async function foldLock(tx: Tx): Promise<void> {
  await rows(
    tx,
    sql`select pg_advisory_xact_lock(${FOLD_LOCK}, hashtext(${tx.actor.bureauId}::text))`,
  );
}

/**
 * Wishes for no visit and the counting of a campaign's homes exclude one another: a wish that
 * commits between the count and its totals would be counted twice. Wishes are rare and share.
 */
export async function wishLock(tx: Tx, mode: "share" | "alone"): Promise<void> {
  await rows(
    tx,
    mode === "share"
      ? sql`select pg_advisory_xact_lock_shared(${WISH_LOCK}, hashtext(${tx.actor.bureauId}::text))`
      : sql`select pg_advisory_xact_lock(${WISH_LOCK}, hashtext(${tx.actor.bureauId}::text))`,
  );
}

// -- totals ---------------------------------------------------------------------------------------

interface LineKey {
  campaign: Id;
  grain: string;
  level: string;
  period: string;
  station: Id;
  beat: Id;
}

function lineKey(line: Posting): LineKey {
  return {
    campaign: line.campaignId ?? NIL,
    grain: line.grain,
    level: line.level,
    period: line.period,
    station: line.stationId ?? NIL,
    beat: line.beatId ?? NIL,
  };
}

const LINE = sql`r(i int, campaign uuid, grain text, level text, period text, station uuid, beat uuid)`;

/** The counters that lines have now, in the order asked. Only the holder of the fold lock writes them. */
export async function loadLines(tx: Tx, lines: readonly Posting[]): Promise<Counters[]> {
  const found = await rows<{ i: number; counters: Counters }>(
    tx,
    sql`select r.i, t.counters from jsonb_to_recordset(${json(lines.map((line, i) => ({ i, ...lineKey(line) })))}) as ${LINE}
      join tally t on t.bureau_id = ${tx.actor.bureauId} and t.campaign_id = r.campaign and t.grain = r.grain
        and t.level = r.level and t.period = r.period and t.station_id = r.station and t.beat_id = r.beat`,
  );
  return inOrder(lines.length, found);
}

export async function saveLines(tx: Tx, lines: readonly Posting[]): Promise<void> {
  await run(
    tx,
    sql`insert into tally (bureau_id, campaign_id, grain, level, period, station_id, beat_id, counters)
      select ${tx.actor.bureauId}::uuid, r.campaign, r.grain, r.level, r.period, r.station, r.beat, r.counters
      from jsonb_to_recordset(${json(lines.map((line) => ({ ...lineKey(line), counters: line.counters })))})
        as r(campaign uuid, grain text, level text, period text, station uuid, beat uuid, counters jsonb)
      on conflict (bureau_id, campaign_id, grain, level, period, station_id, beat_id)
      do update set counters = excluded.counters`,
  );
}

function buildingKey(line: Posting): { campaign: Id; building: Id; station: Id; beat: Id } {
  return {
    campaign: line.campaignId ?? NIL,
    building: line.buildingId ?? NIL,
    station: line.stationId ?? NIL,
    beat: line.beatId ?? NIL,
  };
}

export async function loadBuildings(tx: Tx, lines: readonly Posting[]): Promise<Counters[]> {
  const found = await rows<{ i: number; counters: Counters }>(
    tx,
    sql`select r.i, t.counters from jsonb_to_recordset(${json(lines.map((line, i) => ({ i, ...buildingKey(line) })))})
        as r(i int, campaign uuid, building uuid, station uuid, beat uuid)
      join tally_building t on t.bureau_id = ${tx.actor.bureauId} and t.campaign_id = r.campaign
        and t.building_id = r.building and t.beat_id = r.beat`,
  );
  return inOrder(lines.length, found);
}

export async function saveBuildings(tx: Tx, lines: readonly Posting[]): Promise<void> {
  await run(
    tx,
    sql`insert into tally_building (bureau_id, campaign_id, building_id, station_id, beat_id, counters)
      select ${tx.actor.bureauId}::uuid, r.campaign, r.building, r.station, r.beat, r.counters
      from jsonb_to_recordset(${json(lines.map((line) => ({ ...buildingKey(line), counters: line.counters })))})
        as r(campaign uuid, building uuid, station uuid, beat uuid, counters jsonb)
      on conflict (bureau_id, campaign_id, building_id, beat_id) do update set counters = excluded.counters`,
  );
}

function inOrder(length: number, found: readonly { i: number; counters: Counters }[]): Counters[] {
  const counters: Counters[] = Array.from({ length }, () => ({}));
  for (const row of found) counters[row.i] = row.counters;
  return counters;
}

export interface PresenceLine {
  readonly campaignId: Id | null;
  readonly grain: string;
  readonly period: string;
  readonly kind: Presence["kind"];
  readonly stationId: Id;
  readonly subjectId: Id;
  readonly n: number;
}

export async function addPresence(tx: Tx, lines: readonly PresenceLine[]): Promise<void> {
  if (lines.length === 0) return;
  await run(
    tx,
    sql`insert into tally_presence (bureau_id, campaign_id, grain, period, kind, station_id, subject_id, n)
      select ${tx.actor.bureauId}::uuid, coalesce(r."campaignId", ${NIL}::uuid), r.grain, r.period, r.kind, r."stationId", r."subjectId", r.n
      from jsonb_to_recordset(${json(lines)})
        as r("campaignId" uuid, grain text, period text, kind text, "stationId" uuid, "subjectId" uuid, n int)
      on conflict (bureau_id, campaign_id, grain, period, kind, station_id, subject_id)
      do update set n = tally_presence.n + excluded.n`,
  );
}

// -- the homes of a campaign ----------------------------------------------------------------------

const HOMES = sql`('dwelling_unit', 'rural_house')`;

/** The campaign's target as conditions on a place `p`. */
const IN_TARGET = sql`c.target->'kinds' ? p.kind
  and (c.target->'communityIds' = '[]' or c.target->'communityIds' ? p.community_id::text)
  and (c.target->'beatIds' = '[]' or c.target->'beatIds' ? p.beat_id::text)`;

export interface HomesRow {
  stationId: Id;
  beatId: Id;
  buildingId: Id;
  units: number;
  demolished: number;
  wishes: number;
}

/** The homes a campaign is about, by building. */
export function homesOf(tx: Tx, campaignId: Id): Promise<HomesRow[]> {
  return rows(
    tx,
    sql`select p.station_id as "stationId", coalesce(p.beat_id, ${NIL}::uuid) as "beatId",
        coalesce(p.building_id, p.id) as "buildingId", count(*) as units,
        count(*) filter (where p.use = 'demolished') as demolished, count(d.id) as wishes
      from campaign c
      join campaign_station cs on cs.bureau_id = c.bureau_id and cs.campaign_id = c.id
      join place p on p.bureau_id = c.bureau_id and p.station_id = cs.station_id
        and p.kind in ${HOMES} and p.status in ('created', 'confirmed')
      left join door d on d.bureau_id = p.bureau_id and d.id = p.id and d.quiet_until is not null
      where c.bureau_id = ${tx.actor.bureauId} and c.id = ${campaignId} and ${IN_TARGET}
      group by 1, 2, 3`,
  );
}

/** What the totals hold of a campaign's homes. The caller has folded everything. */
export function countedHomes(tx: Tx, campaignId: Id): Promise<HomesRow[]> {
  return rows(
    tx,
    sql`select station_id as "stationId", beat_id as "beatId", building_id as "buildingId",
        coalesce((counters->>'units')::int, 0) as units,
        coalesce((counters->>'excluded_demolished')::int, 0) as demolished,
        coalesce((counters->>'do_not_visit')::int, 0) as wishes
      from tally_building where bureau_id = ${tx.actor.bureauId} and campaign_id = ${campaignId}`,
  );
}

/** The open campaigns that are about a place. */
export async function campaignsAbout(
  tx: Tx,
  place: {
    readonly placeKind: string;
    readonly stationId: Id;
    readonly beatId: Id | null;
    readonly communityId: Id | null;
  },
): Promise<Id[]> {
  const found = await rows<{ id: Id }>(
    tx,
    sql`select c.id from campaign c
      join campaign_station cs on cs.bureau_id = c.bureau_id and cs.campaign_id = c.id and cs.station_id = ${place.stationId}
      cross join (select ${place.placeKind}::text as kind, ${place.communityId}::uuid as community_id, ${place.beatId}::uuid as beat_id) p
      where c.bureau_id = ${tx.actor.bureauId} and c.state = 'open' and ${IN_TARGET}`,
  );
  return found.map(({ id }) => id);
}

export async function openCampaigns(tx: Tx): Promise<Id[]> {
  const found = await rows<{ id: Id }>(
    tx,
    sql`select id from campaign where bureau_id = ${tx.actor.bureauId} and state = 'open' order by id`,
  );
  return found.map(({ id }) => id);
}

/**
 * Lets the rest of this transaction count over the whole bureau: whoever opens a campaign or
 * changes a place may see less of it than the count needs, and nothing but sums is kept.
 */
export function countWholeBureau<T>(tx: Tx, work: (wide: Tx) => Promise<T>): Promise<T> {
  const { actor } = tx;
  return isSystem(actor) ? work(tx) : acrossBureau(tx, actor, work);
}

/** From which day the list of divisions is, that places are under. */
export async function divisionVersion(tx: Tx, today: LocalDate): Promise<string> {
  const { version } = await one<{ version: string | null }>(
    tx,
    sql`select max(valid_from) as version from division where bureau_id = ${tx.actor.bureauId} and valid_from <= ${today}::date`,
  );
  return version ?? "none";
}

// -- recounting from records ----------------------------------------------------------------------

/** All statements of this transaction see one moment. Must come first. */
export async function oneMoment(tx: Tx): Promise<void> {
  await run(tx, sql`set transaction isolation level repeatable read`);
}

export interface VisitRecordRow extends CountedVisit {
  readonly id: Id;
  readonly placeId: Id;
  readonly cardLeft: boolean;
  readonly last: boolean;
}

/** Every visit that stands (the newest of its corrections), door by door. */
export function visitRecords(tx: Tx): AsyncGenerator<VisitRecordRow[]> {
  return stream<VisitRecordRow>(
    tx,
    sql`select v.id, v.place_id as "placeId", v.place_kind as "placeKind", v.building_id as "buildingId",
        v.community_id as "communityId", v.station_id as "stationId", v.beat_id as "beatId",
        v.campaign_ids as "campaignIds", v.team, v.outcome, v.completed, v.visited_at as "visitedAt", v.arranged,
        coalesce((select sum((l->>'quantity')::int) from jsonb_array_elements(v.leaflets) l), 0)::int as "leafletCount",
        v.form_code as "formCode", coalesce((v.details->>'cardLeft')::boolean, false) as "cardLeft",
        coalesce((v.details->>'lastAttempt')::boolean, false) as last
      from visit v where v.bureau_id = ${tx.actor.bureauId} and v.corrected_by is null
      order by v.place_id, v.received_at, v.id`,
  );
}

export interface MatterEventRow {
  readonly matterId: Id;
  readonly seq: number;
  readonly at: number;
  readonly by: Id;
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The history of every matter, in order. */
export function matterEvents(tx: Tx): AsyncGenerator<MatterEventRow[]> {
  return stream<MatterEventRow>(
    tx,
    sql`select matter_id as "matterId", seq, at, member_id as by, type, body from matter_event
      where bureau_id = ${tx.actor.bureauId} order by matter_id, seq`,
  );
}

interface StoredLine {
  campaign: Id;
  grain: Posting["grain"];
  level: Posting["level"];
  period: string;
  station: Id;
  beat: Id;
  building: Id | null;
  counters: Counters;
}

/** All lines of the totals. */
export async function* storedLines(tx: Tx): AsyncGenerator<Posting[]> {
  const found = stream<StoredLine>(
    tx,
    sql`select campaign_id as campaign, grain, level, period, station_id as station, beat_id as beat, null::uuid as building, counters
        from tally where bureau_id = ${tx.actor.bureauId}
      union all select campaign_id, 'all', 'building', 'all', station_id, beat_id, building_id, counters
        from tally_building where bureau_id = ${tx.actor.bureauId}`,
  );
  const orNull = (id: Id): Id | null => (id === NIL ? null : id);
  for await (const some of found) {
    yield some.map((line) => ({
      campaignId: orNull(line.campaign),
      grain: line.grain,
      level: line.level,
      period: line.period,
      stationId: orNull(line.station),
      beatId: orNull(line.beat),
      buildingId: line.building,
      counters: line.counters,
    }));
  }
}

export async function storedPresence(tx: Tx): Promise<PresenceLine[]> {
  const found = await rows<PresenceLine & { campaignId: Id }>(
    tx,
    sql`select campaign_id as "campaignId", grain, period, kind, station_id as "stationId", subject_id as "subjectId", n
      from tally_presence where bureau_id = ${tx.actor.bureauId}`,
  );
  return found.map((row) => ({
    ...row,
    campaignId: row.campaignId === NIL ? null : row.campaignId,
  }));
}

export function waitingDeltas(tx: Tx): Promise<StoredDelta[]> {
  return rows(
    tx,
    sql`select station_id as "stationId", body from tally_delta where bureau_id = ${tx.actor.bureauId} order by id`,
  );
}

/** Campaigns with their last day and whether their homes are still counted anew. */
export function campaignsToVerify(tx: Tx): Promise<{ id: Id; open: boolean; endsOn: LocalDate }[]> {
  return rows(
    tx,
    sql`select id, state = 'open' as open, ends_on as "endsOn" from campaign
      where bureau_id = ${tx.actor.bureauId} and state <> 'draft'`,
  );
}
