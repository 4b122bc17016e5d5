import type { VisitableKind } from "@wanjia/domain/places/terms";
import type { Attempt } from "@wanjia/domain/planning/counting";
import type { PackedRates } from "@wanjia/domain/planning/packed";
import type {
  BuildingCounts,
  KnockCount,
  Slot,
  StopReason,
  WaitingCount,
} from "@wanjia/domain/planning/terms";
import type { Stretch } from "@wanjia/domain/planning/usual";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant, LocalDate } from "@wanjia/domain/shared/instant";
import type { DoorState } from "@wanjia/domain/visits/terms";
import type { Tx } from "../platform/database.ts";
import { at, given, idList, json, maybe, rows, run, runLater, sql } from "../platform/sql.ts";

// -- what is planned over -------------------------------------------------------------------------

export interface DoorRow {
  id: Id;
  kind: VisitableKind;
  buildingId: Id | null;
  communityId: Id | null;
  street: string | null;
  estateName: string | null;
  floorNo: string | null;
  buildingName: string | null;
  buildingType: string | null;
  lift: boolean | null;
  point: { lon: number; lat: number } | null;
  state: DoorState | null;
}

/** A beat's doors that a campaign is about, in the order of a walk. */
export function loadDoors(
  tx: Tx,
  beatId: Id,
  target: { readonly kinds: readonly string[]; readonly communityIds: readonly Id[] },
): Promise<DoorRow[]> {
  return rows(
    tx,
    sql`select p.id, p.kind, nullif(p.building_id, p.id) as "buildingId", p.community_id as "communityId", p.street,
        p.estate_name as "estateName", p.floor_no as "floorNo", b.full_text as "buildingName",
        b.attributes ->> 'buildingType' as "buildingType", (b.attributes ->> 'hasElevator')::boolean as lift,
        coalesce(b.attributes, p.attributes) -> 'point' as point, d.state
      from place p
      left join place b on b.bureau_id = p.bureau_id and b.id = p.building_id and b.id <> p.id
      left join door d on d.bureau_id = p.bureau_id and d.id = p.id
      where p.bureau_id = ${tx.actor.bureauId} and p.beat_id = ${beatId} and p.kind = any (${target.kinds}::text[])
        and p.status in ('created', 'confirmed')
        and (${target.communityIds.length === 0} or p.community_id = any (${target.communityIds}::uuid[]))
      order by p.sort_key, p.id`,
  );
}

export interface BeatRow {
  id: Id;
  name: string;
  doors: number;
}

/** The beats of a station that a campaign is about, with how many doors. */
export function beatsOf(
  tx: Tx,
  stationId: Id,
  target: { readonly kinds: readonly string[]; readonly beatIds: readonly Id[] },
): Promise<BeatRow[]> {
  return rows(
    tx,
    sql`select b.id, b.name, count(p.id)::int as doors
      from beat b
      left join place p on p.bureau_id = b.bureau_id and p.beat_id = b.id and p.kind = any (${target.kinds}::text[])
        and p.status in ('created', 'confirmed')
      where b.bureau_id = ${tx.actor.bureauId} and b.station_id = ${stationId} and b.active
        and (${target.beatIds.length === 0} or b.id = any (${target.beatIds}::uuid[]))
      group by b.id, b.name order by b.name, b.id`,
  );
}

/** A beat's knocks in a campaign, in the order of time; corrected ones as they were put right. */
export function loadAttempts(tx: Tx, campaignId: Id, beatId: Id): Promise<Attempt[]> {
  return rows(
    tx,
    sql`select place_id as "placeId", visited_at as at, outcome, arranged <> 'none' as invited
      from visit
      where bureau_id = ${tx.actor.bureauId} and beat_id = ${beatId} and ${campaignId} = any (campaign_ids) and corrected_by is null
      order by visited_at, id`,
  );
}

export interface TeamRow {
  id: Id;
  name: string;
  members: { id: Id; name: string; sworn: boolean; beatIds: Id[] }[];
}

/** The teams of a campaign in a station, with where their members are posted on a day. */
export function loadTeams(
  tx: Tx,
  campaignId: Id,
  stationId: Id,
  day: LocalDate,
): Promise<TeamRow[]> {
  return rows(
    tx,
    sql`select t.id, t.name, coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'name', m.name, 'sworn', m.sworn,
          'beatIds', array(select p.beat_id from posting p where p.bureau_id = m.bureau_id and p.member_id = m.id and p.beat_id is not null
            and p.valid_from <= ${day}::date and (p.valid_to is null or p.valid_to > ${day}::date) order by 1)) order by m.number)
        filter (where m.id is not null), '[]') as members
      from team t
      left join team_member tm on tm.bureau_id = t.bureau_id and tm.team_id = t.id
      left join member m on m.bureau_id = tm.bureau_id and m.id = tm.member_id and m.active
      where t.bureau_id = ${tx.actor.bureauId} and t.campaign_id = ${campaignId} and t.station_id = ${stationId}
      group by t.id, t.name order by t.name, t.id`,
  );
}

export interface RunningCampaign {
  id: Id;
  stationIds: Id[];
}

/** Campaigns that are open on a day. */
export function runningCampaigns(tx: Tx, day: LocalDate): Promise<RunningCampaign[]> {
  return rows(
    tx,
    sql`select c.id, array(select s.station_id from campaign_station s
        where s.bureau_id = c.bureau_id and s.campaign_id = c.id order by 1)::text[] as "stationIds"
      from campaign c
      where c.bureau_id = ${tx.actor.bureauId} and c.state = 'open' and ${day}::date between c.starts_on and c.ends_on
      order by c.starts_on, c.id`,
  );
}

// -- who works when -------------------------------------------------------------------------------

export async function loadWeeks(tx: Tx, campaignId: Id): Promise<Map<Id, Stretch[]>> {
  const found = await rows<Stretch & { memberId: Id }>(
    tx,
    sql`select member_id as "memberId", weekday, from_minute as "from", to_minute as "to" from shift
      where bureau_id = ${tx.actor.bureauId} and campaign_id = ${campaignId} order by member_id, weekday, from_minute`,
  );
  return new Map(
    [...Map.groupBy(found, ({ memberId }) => memberId)].map(([memberId, week]) => [
      memberId,
      week.map(({ weekday, from, to }) => ({ weekday, from, to })),
    ]),
  );
}

export function saveWeek(tx: Tx, campaignId: Id, memberId: Id, week: readonly Stretch[]): void {
  runLater(
    tx,
    sql`insert into shift (bureau_id, campaign_id, member_id, weekday, from_minute, to_minute)
      select ${tx.actor.bureauId}::uuid, ${campaignId}::uuid, ${memberId}::uuid, r.weekday, r.from_minute, r.to_minute
      from ${given(week, {
        weekday: ["int", (row) => row.weekday],
        from_minute: ["int", (row) => row.from],
        to_minute: ["int", (row) => row.to],
      })}`,
  );
}

export async function clearWeek(tx: Tx, campaignId: Id, memberId: Id): Promise<void> {
  await run(
    tx,
    sql`delete from shift where bureau_id = ${tx.actor.bureauId} and campaign_id = ${campaignId} and member_id = ${memberId}`,
  );
}

/** The station in which a member goes for a campaign. */
export async function stationOfMember(
  tx: Tx,
  campaignId: Id,
  memberId: Id,
): Promise<Id | undefined> {
  const found = await maybe<{ stationId: Id }>(
    tx,
    sql`select t.station_id as "stationId" from team t
      join team_member tm on tm.bureau_id = t.bureau_id and tm.team_id = t.id
      where t.bureau_id = ${tx.actor.bureauId} and t.campaign_id = ${campaignId} and tm.member_id = ${memberId} limit 1`,
  );
  return found?.stationId;
}

// -- counts ---------------------------------------------------------------------------------------

interface Where {
  readonly campaignId: Id;
  readonly stationId: Id;
  readonly beatId: Id;
}

/** The counts of a beat in a campaign, in place of what was counted before. */
export async function saveCounts(
  tx: Tx,
  { campaignId, stationId, beatId }: Where,
  counts: readonly BuildingCounts[],
): Promise<void> {
  const { bureauId } = tx.actor;
  const of = sql`bureau_id = ${bureauId} and campaign_id = ${campaignId} and beat_id = ${beatId}`;
  await run(tx, sql`delete from knock_count where ${of}`);
  await run(tx, sql`delete from waiting_count where ${of}`);
  const knocks = counts.flatMap(({ knocks: each, ...building }) =>
    each.map((one) => ({ ...building, ...one })),
  );
  const waiting = counts.flatMap(({ waiting: each, ...building }) =>
    each.map((one) => ({ ...building, ...one })),
  );
  const place = sql`${bureauId}::uuid, ${campaignId}::uuid, ${stationId}::uuid, ${beatId}::uuid`;
  await run(
    tx,
    sql`insert into knock_count (bureau_id, campaign_id, station_id, beat_id, building, premises, slot,
        tried_daytime, tried_evening, tried_weekend, knocks, contacts, closed)
      select ${place}, r.building, r.premises, r.slot, r.daytime, r.evening, r.weekend, r.knocks, r.contacts, r.closed
      from ${given(knocks, {
        building: ["text", (row) => row.buildingId],
        premises: ["text", (row) => row.premises],
        slot: ["text", (row) => row.slot],
        daytime: ["int", (row) => row.tries.daytime],
        evening: ["int", (row) => row.tries.evening],
        weekend: ["int", (row) => row.tries.weekend],
        knocks: ["int", (row) => row.knocks],
        contacts: ["int", (row) => row.contacts],
        closed: ["int", (row) => row.closed],
      })}`,
  );
  await run(
    tx,
    sql`insert into waiting_count (bureau_id, campaign_id, station_id, beat_id, building, premises,
        tried_daytime, tried_evening, tried_weekend, doors)
      select ${place}, r.building, r.premises, r.daytime, r.evening, r.weekend, r.doors
      from ${given(waiting, {
        building: ["text", (row) => row.buildingId],
        premises: ["text", (row) => row.premises],
        daytime: ["int", (row) => row.tries.daytime],
        evening: ["int", (row) => row.tries.evening],
        weekend: ["int", (row) => row.tries.weekend],
        doors: ["int", (row) => row.doors],
      })}`,
  );
}

const TRIES = sql`jsonb_build_object('daytime', tried_daytime, 'evening', tried_evening, 'weekend', tried_weekend) as tries`;

/** Counts by building: of a beat in a campaign, or of the whole bureau. */
export async function loadCounts(
  tx: Tx,
  only: { readonly campaignId: Id; readonly beatId: Id } | null,
): Promise<BuildingCounts[]> {
  const where =
    only === null
      ? sql`bureau_id = ${tx.actor.bureauId}`
      : sql`bureau_id = ${tx.actor.bureauId} and campaign_id = ${only.campaignId} and beat_id = ${only.beatId}`;
  interface Own {
    campaignId: Id;
    beatId: Id;
    building: string;
    premises: string;
  }
  const place = sql`campaign_id as "campaignId", beat_id as "beatId", building, premises`;
  const knocks = await rows<Own & KnockCount & { slot: Slot }>(
    tx,
    sql`select ${place}, slot, ${TRIES}, knocks, contacts, closed from knock_count where ${where}`,
  );
  const waiting = await rows<Own & WaitingCount>(
    tx,
    sql`select ${place}, ${TRIES}, doors from waiting_count where ${where}`,
  );
  const counts = new Map<
    string,
    { buildingId: string; premises: string; knocks: KnockCount[]; waiting: WaitingCount[] }
  >();
  const of = ({ campaignId, beatId, building, premises }: Own) => {
    const key = `${campaignId} ${beatId} ${building}`;
    const known = counts.get(key) ?? { buildingId: building, premises, knocks: [], waiting: [] };
    counts.set(key, known);
    return known;
  };
  for (const row of knocks) {
    const { slot, tries, knocks: times, contacts, closed } = row;
    of(row).knocks.push({ slot, tries, knocks: times, contacts, closed });
  }
  for (const row of waiting) of(row).waiting.push({ tries: row.tries, doors: row.doors });
  return [...counts.values()];
}

/** In place of what was fitted before. */
export async function saveRates(tx: Tx, id: Id, knocks: number, rates: PackedRates): Promise<void> {
  const { bureauId } = tx.actor;
  await run(tx, sql`delete from contact_rates where bureau_id = ${bureauId}`);
  await run(
    tx,
    sql`insert into contact_rates (bureau_id, id, fitted_at, knocks, rates)
      values (${bureauId}, ${id}, ${at(tx.now)}, ${knocks}, ${json(rates)})`,
  );
}

export function loadRates(tx: Tx): Promise<{ knocks: number; rates: PackedRates } | undefined> {
  return maybe(
    tx,
    sql`select knocks, rates from contact_rates where bureau_id = ${tx.actor.bureauId} order by fitted_at desc limit 1`,
  );
}

// -- walks ----------------------------------------------------------------------------------------

interface WalkChange {
  readonly at: Instant;
  readonly by: Id | null;
  readonly change: string;
  /** The rules that it would have broken. */
  readonly faults?: readonly string[];
}

interface SavedStop {
  readonly building: string;
  readonly placeId: Id;
  readonly at: number;
  readonly reason: StopReason;
}

export interface SavedWalk {
  readonly id: Id;
  readonly campaignId: Id;
  readonly stationId: Id;
  readonly beatId: Id;
  readonly teamId: Id;
  readonly day: LocalDate;
  readonly from: number;
  readonly to: number;
  readonly endsAt: number;
  readonly crew: readonly Id[];
  readonly state: "planned" | "left_out" | "refused";
  readonly reason: string | null;
  readonly contacts: number | null;
  readonly choices: readonly unknown[];
  readonly pinned: boolean;
  readonly changes: readonly WalkChange[];
  readonly version: number;
  readonly stops: readonly SavedStop[];
}

const WALK = sql`w.id, w.campaign_id as "campaignId", w.station_id as "stationId", w.beat_id as "beatId", w.team_id as "teamId",
  w.day, w.from_minute as "from", w.to_minute as "to", w.ends_at as "endsAt", w.crew::text[] as crew, w.state, w.reason, w.contacts,
  w.choices, w.pinned, w.changes, w.version,
  coalesce((select jsonb_agg(jsonb_build_object('building', s.building, 'placeId', s.place_id, 'at', s.at_minute, 'reason', s.reason) order by s.seq)
    from walk_stop s where s.bureau_id = w.bureau_id and s.walk_id = w.id), '[]') as stops`;

export function loadWalk(tx: Tx, id: Id): Promise<SavedWalk | undefined> {
  return maybe(
    tx,
    sql`select ${WALK} from walk w where w.bureau_id = ${tx.actor.bureauId} and w.id = ${id}`,
  );
}

/** The walks of a beat on a day. */
export function loadBeatWalks(
  tx: Tx,
  campaignId: Id,
  beatId: Id,
  day: LocalDate,
): Promise<SavedWalk[]> {
  return rows(
    tx,
    sql`select ${WALK} from walk w
      where w.bureau_id = ${tx.actor.bureauId} and w.campaign_id = ${campaignId} and w.beat_id = ${beatId} and w.day = ${day}
      order by w.team_id, w.from_minute`,
  );
}

export interface WorkedBlock {
  id: Id;
  day: LocalDate;
  from: number;
  to: number;
  crew: Id[];
}

/** Walks that members went before a day, in a station: what the hours of a week and the rest of a night count. */
export function loadWorked(
  tx: Tx,
  stationId: Id,
  since: LocalDate,
  until: LocalDate,
): Promise<WorkedBlock[]> {
  return rows(
    tx,
    sql`select id, day, from_minute as "from", to_minute as "to", crew::text[] as crew from walk
      where bureau_id = ${tx.actor.bureauId} and station_id = ${stationId} and state = 'planned'
        and day >= ${since} and day < ${until}`,
  );
}

/** The walks of teams on a day, in place of those planned before. */
export async function replaceWalks(
  tx: Tx,
  campaignId: Id,
  beatId: Id,
  day: LocalDate,
  walks: readonly SavedWalk[],
): Promise<void> {
  await run(
    tx,
    sql`delete from walk where bureau_id = ${tx.actor.bureauId} and campaign_id = ${campaignId} and beat_id = ${beatId} and day = ${day}`,
  );
  await insertWalks(tx, walks);
}

async function insertWalks(tx: Tx, walks: readonly SavedWalk[]): Promise<void> {
  await run(
    tx,
    sql`insert into walk (bureau_id, id, campaign_id, station_id, beat_id, team_id, day, from_minute, to_minute, ends_at, crew,
        state, reason, contacts, choices, pinned, changes, version)
      select ${tx.actor.bureauId}::uuid, r.id, r.campaign_id, r.station_id, r.beat_id, r.team_id, r.day, r.from_minute, r.to_minute,
        r.ends_at, r.crew::uuid[], r.state, r.reason, r.contacts, r.choices, r.pinned, r.changes, r.version
      from ${given(walks, {
        id: ["uuid", (row) => row.id],
        campaign_id: ["uuid", (row) => row.campaignId],
        station_id: ["uuid", (row) => row.stationId],
        beat_id: ["uuid", (row) => row.beatId],
        team_id: ["uuid", (row) => row.teamId],
        day: ["date", (row) => row.day],
        from_minute: ["int", (row) => row.from],
        to_minute: ["int", (row) => row.to],
        ends_at: ["float8", (row) => row.endsAt],
        crew: ["text", (row) => idList(row.crew)],
        state: ["text", (row) => row.state],
        reason: ["text", (row) => row.reason],
        contacts: ["int", (row) => row.contacts],
        choices: ["jsonb", (row) => row.choices],
        pinned: ["boolean", (row) => row.pinned],
        changes: ["jsonb", (row) => row.changes],
        version: ["int", (row) => row.version],
      })}`,
  );
  await insertStops(tx, walks);
}

async function insertStops(tx: Tx, walks: readonly SavedWalk[]): Promise<void> {
  const stops = walks.flatMap(({ id, stationId, beatId, stops: of }) =>
    of.map((stop, seq) => ({ ...stop, walkId: id, stationId, beatId, seq })),
  );
  await run(
    tx,
    sql`insert into walk_stop (bureau_id, walk_id, seq, station_id, beat_id, building, place_id, at_minute, reason)
      select ${tx.actor.bureauId}::uuid, r.walk_id, r.seq, r.station_id, r.beat_id, r.building, r.place_id, r.at_minute, r.reason
      from ${given(stops, {
        walk_id: ["uuid", (row) => row.walkId],
        seq: ["int", (row) => row.seq],
        station_id: ["uuid", (row) => row.stationId],
        beat_id: ["uuid", (row) => row.beatId],
        building: ["text", (row) => row.building],
        place_id: ["uuid", (row) => row.placeId],
        at_minute: ["float8", (row) => row.at],
        reason: ["text", (row) => row.reason],
      })}`,
  );
}

/** A changed walk; false when somebody was quicker. */
export async function saveWalk(tx: Tx, walk: SavedWalk): Promise<boolean> {
  const { bureauId } = tx.actor;
  const changed = await run(
    tx,
    sql`update walk set crew = ${idList(walk.crew)}::uuid[], state = ${walk.state}, reason = ${walk.reason}, ends_at = ${walk.endsAt},
        choices = ${json(walk.choices)}, pinned = ${walk.pinned}, changes = ${json(walk.changes)}, version = version + 1
      where bureau_id = ${bureauId} and id = ${walk.id} and version = ${walk.version}`,
  );
  if (changed === 0) return false;
  await run(tx, sql`delete from walk_stop where bureau_id = ${bureauId} and walk_id = ${walk.id}`);
  await insertStops(tx, [walk]);
  return true;
}

export interface DayPlanRow {
  readonly tookMs: number;
  readonly failures: readonly { team: string; faults: readonly string[] }[];
  readonly conflicts: readonly { name: string; from: number; to: number }[];
}

export async function saveDayPlan(
  tx: Tx,
  campaignId: Id,
  stationId: Id,
  day: LocalDate,
  { tookMs, failures, conflicts }: DayPlanRow,
): Promise<void> {
  await run(
    tx,
    sql`insert into day_plan (bureau_id, campaign_id, station_id, day, made_at, took_ms, failures, conflicts)
      values (${tx.actor.bureauId}, ${campaignId}, ${stationId}, ${day}, ${at(tx.now)}, ${tookMs}, ${json(failures)}, ${json(conflicts)})
      on conflict (bureau_id, campaign_id, station_id, day) do update
        set made_at = excluded.made_at, took_ms = excluded.took_ms, failures = excluded.failures, conflicts = excluded.conflicts`,
  );
}

export interface BasisRow {
  readonly teamId: Id;
  readonly basis: unknown;
}

export async function saveBasis(
  tx: Tx,
  { campaignId, stationId, beatId }: Where,
  day: LocalDate,
  teams: readonly BasisRow[],
): Promise<void> {
  await run(
    tx,
    sql`delete from replan_basis where bureau_id = ${tx.actor.bureauId} and campaign_id = ${campaignId} and beat_id = ${beatId} and day = ${day}`,
  );
  await run(
    tx,
    sql`insert into replan_basis (bureau_id, campaign_id, team_id, station_id, beat_id, day, basis)
      select ${tx.actor.bureauId}::uuid, ${campaignId}::uuid, r.team_id, ${stationId}::uuid, ${beatId}::uuid, ${day}::date, r.basis
      from ${given(teams, {
        team_id: ["uuid", (row) => row.teamId],
        basis: ["jsonb", (row) => row.basis],
      })}`,
  );
}

/** Walks are for doing: who was planned to go where is forgotten after so many days. */
export async function forgetWalks(tx: Tx, before: LocalDate): Promise<void> {
  const { bureauId } = tx.actor;
  await run(tx, sql`delete from walk where bureau_id = ${bureauId} and day < ${before}`);
  await run(tx, sql`delete from replan_basis where bureau_id = ${bureauId} and day < ${before}`);
  await run(tx, sql`delete from day_plan where bureau_id = ${bureauId} and day < ${before}`);
}

// -- before a campaign ----------------------------------------------------------------------------

export async function askOutlook(tx: Tx, campaignId: Id): Promise<void> {
  await run(
    tx,
    sql`insert into campaign_outlook (bureau_id, campaign_id, asked_at) values (${tx.actor.bureauId}, ${campaignId}, ${at(tx.now)})
      on conflict (bureau_id, campaign_id) do update set asked_at = excluded.asked_at, made_at = null`,
  );
}

export async function saveOutlook(tx: Tx, campaignId: Id, outlook: unknown): Promise<void> {
  await run(
    tx,
    sql`update campaign_outlook set made_at = ${at(tx.now)}, outlook = ${json(outlook)}
      where bureau_id = ${tx.actor.bureauId} and campaign_id = ${campaignId}`,
  );
}

// -- calendar links -------------------------------------------------------------------------------

export async function insertCalendarLink(
  tx: Tx,
  id: Id,
  memberId: Id,
  hash: Buffer,
): Promise<void> {
  const { bureauId } = tx.actor;
  await run(
    tx,
    sql`update calendar_link set revoked_at = ${at(tx.now)}
      where bureau_id = ${bureauId} and member_id = ${memberId} and revoked_at is null`,
  );
  await run(
    tx,
    sql`insert into calendar_link (bureau_id, id, member_id, hash, made_at)
      values (${bureauId}, ${id}, ${memberId}, ${hash}, ${at(tx.now)})`,
  );
}

export async function revokeCalendarLink(tx: Tx, id: Id, memberId: Id): Promise<boolean> {
  const revoked = await run(
    tx,
    sql`update calendar_link set revoked_at = ${at(tx.now)}
      where bureau_id = ${tx.actor.bureauId} and id = ${id} and member_id = ${memberId} and revoked_at is null`,
  );
  return revoked > 0;
}
