import type { Id } from "@wanjia/domain/shared/id";
import { addDays, type Instant, localDate, type LocalDate } from "@wanjia/domain/shared/instant";
import type { FormDefinition } from "@wanjia/domain/visits/form-definition";
import type { CampaignScope } from "@wanjia/domain/campaigns/terms";
import type { VisitPlace } from "@wanjia/domain/visits/context";
import { type DoorState, MAX_AGE_DAYS, type Visit } from "@wanjia/domain/visits/terms";
import type { Tx } from "../platform/database.ts";
import {
  at,
  type Column,
  empty,
  given,
  idList,
  json,
  named,
  one,
  prepared,
  rows,
  run,
  runLater,
  sql,
} from "../platform/sql.ts";

// -- loading --------------------------------------------------------------------------------------

export interface PlaceWithDoor extends VisitPlace {
  /** Null while nothing happened at the door. */
  readonly state: DoorState | null;
}

interface CampaignAtVisit extends CampaignScope {
  readonly leaflets: readonly string[];
  readonly samplingPlan: boolean;
}

interface OriginalVisit extends Visit {
  readonly originalId: Id | null;
  readonly correctedBy: Id | null;
}

export interface Batch {
  readonly places: Map<Id, PlaceWithDoor>;
  readonly members: Map<Id, { sworn: boolean }>;
  readonly campaigns: readonly CampaignAtVisit[];
  readonly originals: Map<Id, OriginalVisit>;
}

const ORIGINAL = sql`id, place_id as "placeId", place_kind as "placeKind", building_id as "buildingId",
  community_id as "communityId", station_id as "stationId", beat_id as "beatId", campaign_ids as "campaignIds",
  member_id as "memberId", team, outcome, contact, completed, (extract(epoch from visited_at) * 1000)::bigint as "visitedAt",
  (extract(epoch from ended_at) * 1000)::bigint as "endedAt", (extract(epoch from device_at) * 1000)::bigint as "deviceAt",
  (extract(epoch from received_at) * 1000)::bigint as "receivedAt", time_mode as "timeMode", arranged, attempt_no as "attemptNo",
  corrects, correction_reason as "correctionReason", unaware, original_id as "originalId", corrected_by as "correctedBy",
  details || jsonb_strip_nulls(jsonb_build_object('answers', answers, 'leaflets', leaflets, 'form',
    case when form_code is null then null else jsonb_build_object('code', form_code, 'version', form_version) end)) as details`;

/**
 * All that a batch of commands needs, in one statement: this is the way every visit takes. What the
 * session may not see isn't there.
 */
export async function loadBatch(
  tx: Tx,
  placeIds: readonly Id[],
  memberIds: readonly Id[],
  visitIds: readonly Id[],
): Promise<Batch> {
  const bureauId = tx.actor.bureauId;
  const corrects = visitIds.length > 0;
  const alsoPlaces = corrects
    ? sql`union select place_id from visit where bureau_id = ${bureauId} and id = any (${visitIds}::uuid[])`
    : empty;
  const originals = corrects
    ? sql`(select json_agg(v) from (select ${ORIGINAL} from visit where bureau_id = ${bureauId} and id = any (${visitIds}::uuid[])) v)`
    : sql`null::json`;
  const found = await one<{
    places: PlaceWithDoor[] | null;
    members: { id: Id; sworn: boolean }[] | null;
    campaigns: CampaignAtVisit[] | null;
    originals: OriginalVisit[] | null;
  }>(
    tx,
    prepared(
      sql`select
      (select json_agg(f) from (
        select p.id, p.kind, p.status, coalesce(p.building_id, p.id) as "buildingId", p.community_id as "communityId",
          p.station_id as "stationId", p.beat_id as "beatId", d.state
        from (select unnest(${placeIds}::uuid[]) as id ${alsoPlaces}) k
        -- One by one, by their keys: whatever the planner knows of these tables, it takes this way.
        cross join lateral (select * from place where bureau_id = ${bureauId} and id = k.id offset 0) p
        left join lateral (select state from door where bureau_id = ${bureauId} and id = k.id offset 0) d on true) f) as places,
      (select json_agg(json_build_object('id', id, 'sworn', sworn)) from member
        where bureau_id = ${bureauId} and active and id = any (${memberIds}::uuid[])) as members,
      (select json_agg(f) from (
        select c.id, c.state, c.starts_on as "startsOn", c.ends_on as "endsOn", c.target, c.sampling_plan as "samplingPlan",
          array(select s.station_id from campaign_station s where s.bureau_id = c.bureau_id and s.campaign_id = c.id) as "stationIds",
          array(select l ->> 'code' from jsonb_array_elements(c.leaflets) l) as leaflets
        from campaign c
        where c.bureau_id = ${bureauId} and c.state <> 'draft'
          and c.ends_on >= ${addDays(localDate(tx.now), -MAX_AGE_DAYS)}) f) as campaigns,
      ${originals} as originals`,
      corrects ? "visits.load-with-originals" : "visits.load",
    ),
  );
  return {
    places: new Map(found.places?.map((place) => [place.id, place])),
    members: new Map(found.members?.map(({ id, sworn }) => [id, { sworn }])),
    campaigns: found.campaigns ?? [],
    originals: new Map(found.originals?.map((visit) => [visit.id, visit])),
  };
}

export function loadForms(
  tx: Tx,
  forms: readonly { readonly code: string; readonly version: number }[],
): Promise<{ definition: FormDefinition }[]> {
  return rows(
    tx,
    sql`select f.definition from form f
      join jsonb_to_recordset(${json(forms)}) as r(code text, version int) on r.code = f.code and r.version = f.version
      where f.bureau_id = ${tx.actor.bureauId}`,
  );
}

export async function knownVisits(tx: Tx, ids: readonly Id[]): Promise<Set<Id>> {
  const found = await rows<{ id: Id }>(
    tx,
    sql`select id from visit where bureau_id = ${tx.actor.bureauId} and id = any (${ids}::uuid[])`,
  );
  return new Set(found.map(({ id }) => id));
}

// -- saving ---------------------------------------------------------------------------------------

export interface DoorToSave {
  readonly placeId: Id;
  readonly stationId: Id;
  readonly beatId: Id | null;
  readonly buildingId: Id;
  /** The version that was loaded; null when there was no row. */
  readonly before: number | null;
  readonly state: DoorState;
}

/**
 * Saves visits and the doors that they changed. Doors are saved by the version that they were loaded
 * at: if somebody else changed one meanwhile, the whole transaction is tried again. So two pushes to
 * one door follow one another without a lock, and, in the order of their ids, two pushes to the same
 * doors never wait for each other.
 */
export function save(
  tx: Tx,
  visits: readonly (Visit & { readonly originalId: Id | null })[],
  doors: readonly DoorToSave[],
): void {
  const bureauId = tx.actor.bureauId;
  if (visits.length > 0) {
    runLater(
      tx,
      prepared(
        sql`insert into visit (bureau_id, id, station_id, beat_id, building_id, community_id, place_id, place_kind, campaign_ids, member_id,
          team, outcome, contact, completed, visited_at, ended_at, device_at, received_at, time_mode, arranged, attempt_no, form_code,
          form_version, answers, leaflets, details, corrects, original_id, correction_reason, unaware)
        select ${bureauId}::uuid, r.id, r.station, r.beat, r.building, r.community, r.place, r.kind, r.campaigns::uuid[], r.member,
          r.team::uuid[], r.outcome, r.contact, r.completed, to_timestamp(r.visited / 1000), to_timestamp(r.ended / 1000),
          to_timestamp(r.device / 1000), ${at(tx.now)}, r.mode, r.arranged, r.attempt, r.form,
          r.version, r.answers, r.leaflets, r.details, r.corrects, r.original, r.reason #>> '{}', r.unaware
        from ${given(visits, VISIT)}`,
        named("visits.insert", visits),
      ),
    );
  }
  const inOrder = doors.toSorted((a, b) => (a.placeId < b.placeId ? -1 : 1));
  const fresh = inOrder.filter(({ before }) => before === null);
  const known = inOrder.filter(({ before }) => before !== null);
  if (fresh.length > 0) {
    runLater(
      tx,
      prepared(
        sql`insert into door (bureau_id, id, station_id, beat_id, building_id, version, state, quiet_until)
        select ${bureauId}::uuid, r.id, r.station, r.beat, r.building, r.version, r.state, to_timestamp(r.quiet / 1000)
        from ${given(fresh, DOOR)}`,
        named("doors.insert", fresh),
      ),
    );
  }
  if (known.length > 0) {
    runLater(
      tx,
      prepared(
        sql`update door d set
          version = case when d.version = r.before then r.version else wanjia_conflict() end,
          made_from = r.before, state = r.state, quiet_until = to_timestamp(r.quiet / 1000),
          changed_tx = pg_current_xact_id(), changed_seq = nextval('feed_seq')
        from json_to_recordset(${JSON.stringify(known.map(doorRowOf))}::json) as r(id uuid, version int, before int, state json, quiet float8)
        where d.bureau_id = ${bureauId} and d.id = r.id`,
        "doors.update",
      ),
    );
  }
}

const VISIT: Record<string, Column<Visit & { readonly originalId: Id | null }>> = {
  id: ["uuid", ({ id }) => id],
  station: ["uuid", ({ stationId }) => stationId],
  beat: ["uuid", ({ beatId }) => beatId],
  building: ["uuid", ({ buildingId }) => buildingId],
  community: ["uuid", ({ communityId }) => communityId],
  place: ["uuid", ({ placeId }) => placeId],
  kind: ["text", ({ placeKind }) => placeKind],
  campaigns: ["text", ({ campaignIds }) => idList(campaignIds)],
  member: ["uuid", ({ memberId }) => memberId],
  team: ["text", ({ team }) => idList(team)],
  outcome: ["text", ({ outcome }) => outcome],
  contact: ["boolean", ({ contact }) => contact],
  completed: ["boolean", ({ completed }) => completed],
  visited: ["float8", ({ visitedAt }) => visitedAt],
  ended: ["float8", ({ endedAt }) => endedAt],
  device: ["float8", ({ deviceAt }) => deviceAt],
  mode: ["text", ({ timeMode }) => timeMode],
  arranged: ["text", ({ arranged }) => arranged],
  attempt: ["int", ({ attemptNo }) => attemptNo],
  form: ["text", ({ details }) => details.form?.code],
  version: ["int", ({ details }) => details.form?.version],
  answers: ["jsonb", ({ details }) => details.answers],
  leaflets: ["jsonb", ({ details }) => details.leaflets],
  details: [
    "jsonb",
    ({ details: { answers: _a, leaflets: _l, form: _f, accessNeeds: _apart, ...rest } }) => rest,
  ],
  corrects: ["uuid", ({ corrects }) => corrects],
  original: ["uuid", ({ originalId }) => originalId],
  reason: ["jsonb", ({ correctionReason }) => correctionReason],
  unaware: ["boolean", ({ unaware }) => unaware],
};

const DOOR: Record<string, Column<DoorToSave>> = {
  id: ["uuid", ({ placeId }) => placeId],
  station: ["uuid", ({ stationId }) => stationId],
  beat: ["uuid", ({ beatId }) => beatId],
  building: ["uuid", ({ buildingId }) => buildingId],
  version: ["int", ({ state }) => state.version],
  state: ["json", ({ state }) => state],
  quiet: ["float8", ({ state }) => state.quietUntil?.value],
};

/** As JSON: given otherwise, the planner would not go by the doors in their order. */
function doorRowOf({ placeId, before, state }: DoorToSave): Record<string, unknown> {
  const { version, quietUntil } = state;
  return { id: placeId, version, before, state, quiet: quietUntil?.value ?? null };
}

/** Marks records as corrected; the one change that a record ever sees. */
export async function markCorrected(
  tx: Tx,
  corrections: readonly { readonly id: Id; readonly by: Id }[],
): Promise<void> {
  await run(
    tx,
    sql`update visit v set corrected_by = r.by from jsonb_to_recordset(${json(corrections)}) as r(id uuid, by uuid)
      where v.bureau_id = ${tx.actor.bureauId} and v.id = r.id and v.corrected_by is null`,
  );
}

export interface OccupancyNoted {
  readonly id: Id;
  readonly placeId: Id;
  readonly stationId: Id;
  readonly beatId: Id | null;
  readonly status: string | null;
  readonly notedAt: Instant;
  readonly expiresAt: Instant;
}

/** Added to only: whoever writes it need not be allowed to read it. */
export async function addOccupancy(tx: Tx, noted: readonly OccupancyNoted[]): Promise<void> {
  await run(
    tx,
    sql`insert into occupancy (bureau_id, id, place_id, station_id, beat_id, status, noted_at, expires_at)
      select ${tx.actor.bureauId}::uuid, r.id, r."placeId", r."stationId", r."beatId", r.status,
        to_timestamp(r."notedAt" / 1000), to_timestamp(r."expiresAt" / 1000)
      from jsonb_to_recordset(${json(noted)}) as r(id uuid, "placeId" uuid, "stationId" uuid, "beatId" uuid, status text,
        "notedAt" float8, "expiresAt" float8)`,
  );
}

export async function addAccessNeeds(
  tx: Tx,
  needs: readonly {
    readonly visitId: Id;
    readonly placeId: Id;
    readonly stationId: Id;
    readonly beatId: Id | null;
    readonly needs: readonly string[];
    readonly expiresOn: LocalDate;
  }[],
): Promise<void> {
  await run(
    tx,
    sql`insert into access_need (bureau_id, visit_id, place_id, station_id, beat_id, needs, expires_on)
      select ${tx.actor.bureauId}::uuid, r."visitId", r."placeId", r."stationId", r."beatId", r.needs, r."expiresOn"
      from jsonb_to_recordset(${json(needs)}) as r("visitId" uuid, "placeId" uuid, "stationId" uuid, "beatId" uuid, needs text[], "expiresOn" date)`,
  );
}

/** Adds to counts without the door. `slot` spreads commits over several rows. */
export async function countFamiliarity(
  tx: Tx,
  counts: readonly {
    readonly stationId: Id;
    readonly month: string;
    readonly answer: string;
    readonly n: number;
  }[],
  slot: number,
): Promise<void> {
  await run(
    tx,
    sql`insert into familiarity_count (bureau_id, station_id, month, answer, slot, n)
      select ${tx.actor.bureauId}::uuid, r."stationId", r.month, r.answer, ${slot}, r.n
      from jsonb_to_recordset(${json(counts)}) as r("stationId" uuid, month text, answer text, n int)
      order by 2, 3, 4
      on conflict (bureau_id, station_id, month, answer, slot) do update set n = familiarity_count.n + excluded.n`,
  );
}

// -- what time ends -------------------------------------------------------------------------------

export function doorsWithEndedWish(
  tx: Tx,
  limit: number,
): Promise<(VisitPlace & { readonly state: DoorState })[]> {
  return rows(
    tx,
    sql`select p.id, p.kind, p.status, coalesce(p.building_id, p.id) as "buildingId", p.community_id as "communityId",
        p.station_id as "stationId", p.beat_id as "beatId", d.state
      from door d join place p on p.bureau_id = d.bureau_id and p.id = d.id
      where d.bureau_id = ${tx.actor.bureauId} and d.quiet_until <= to_timestamp(${tx.now}::float8 / 1000)
      order by d.quiet_until, d.id limit ${limit}`,
  );
}

/** Deletes what has outlived its time (domain.md §8.5); says how many visits. */
export async function deleteExpired(tx: Tx, limit: number): Promise<number> {
  const bureauId = tx.actor.bureauId;
  const today = localDate(tx.now);
  await run(
    tx,
    sql`delete from occupancy where bureau_id = ${bureauId} and expires_at <= to_timestamp(${tx.now}::float8 / 1000)`,
  );
  await run(
    tx,
    sql`delete from access_need where bureau_id = ${bureauId} and expires_on < ${today}`,
  );
  return run(
    tx,
    sql`delete from visit where bureau_id = ${bureauId} and id in (
      select v.id from visit v where v.bureau_id = ${bureauId}
        and v.visited_at < (${today}::date - interval '24 months') at time zone 'Asia/Shanghai'
        and not exists (select from campaign c where c.bureau_id = v.bureau_id and c.id = any (v.campaign_ids)
          and c.ends_on >= ${today}::date - interval '24 months')
      order by v.visited_at limit ${limit})`,
  );
}

export async function moveDoors(
  tx: Tx,
  { placeIds, stationId, beatId }: { placeIds: readonly Id[]; stationId: Id; beatId: Id },
): Promise<void> {
  const places = [...placeIds];
  await run(
    tx,
    sql`update door set station_id = ${stationId}, beat_id = ${beatId},
        changed_tx = pg_current_xact_id(), changed_seq = nextval('feed_seq')
      where bureau_id = ${tx.actor.bureauId} and id = any(${places}::uuid[])`,
  );
  await run(
    tx,
    sql`update access_need set station_id = ${stationId}, beat_id = ${beatId}
      where bureau_id = ${tx.actor.bureauId} and place_id = any(${places}::uuid[])`,
  );
}
