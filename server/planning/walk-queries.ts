import type { StopReason } from "@wanjia/domain/planning/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { type Instant, localDate, type LocalDate } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import { at, given, idList, json, maybe, rows, run, sql } from "../platform/sql.ts";

interface Where {
  readonly campaignId: Id;
  readonly stationId: Id;
  readonly beatId: Id;
}

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
  /** From where its ways are counted. */
  readonly begins: "near_station" | "first_building";
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
  w.day, w.from_minute as "from", w.to_minute as "to", w.ends_at as "endsAt", w.begins, w.crew::text[] as crew, w.state, w.reason, w.contacts,
  w.choices, w.pinned, w.changes, w.version,
  coalesce((select jsonb_agg(jsonb_build_object('building', s.building, 'placeId', s.place_id, 'at', s.at_minute, 'reason', s.reason) order by s.seq)
    from walk_stop s where s.bureau_id = w.bureau_id and s.walk_id = w.id), '[]') as stops`;

export function loadWalk(tx: Tx, id: Id): Promise<SavedWalk | undefined> {
  return maybe(
    tx,
    sql`select ${WALK} from walk w where w.bureau_id = ${tx.actor.bureauId} and w.id = ${id}`,
  );
}

/** The walk of a team that begins at a time of a day. */
export function loadWalkAt(
  tx: Tx,
  {
    campaignId,
    teamId,
    day,
    from,
  }: {
    readonly campaignId: Id;
    readonly teamId: Id;
    readonly day: LocalDate;
    readonly from: number;
  },
): Promise<SavedWalk | undefined> {
  return maybe(
    tx,
    sql`select ${WALK} from walk w where w.bureau_id = ${tx.actor.bureauId} and w.campaign_id = ${campaignId}
      and w.team_id = ${teamId} and w.day = ${day}::date and w.from_minute = ${from}`,
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
    sql`insert into walk (bureau_id, id, campaign_id, station_id, beat_id, team_id, day, from_minute, to_minute, ends_at, begins, crew,
        state, reason, contacts, choices, pinned, changes, version)
      select ${tx.actor.bureauId}::uuid, r.id, r.campaign_id, r.station_id, r.beat_id, r.team_id, r.day, r.from_minute, r.to_minute,
        r.ends_at, r.begins, r.crew::uuid[], r.state, r.reason, r.contacts, r.choices, r.pinned, r.changes, r.version
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
        begins: ["text", (row) => row.begins],
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
        set made_at = excluded.made_at, took_ms = excluded.took_ms, failures = excluded.failures, conflicts = excluded.conflicts, failed_at = null`,
  );
}

/** Which of these stations' days are planned, or have a walk to one of these doors: of campaigns that run. */
export function plannedAlready(
  tx: Tx,
  moved: readonly { readonly stationId: Id; readonly placeId: Id; readonly day: LocalDate }[],
): Promise<{ campaignId: Id; stationId: Id; day: LocalDate }[]> {
  return rows(
    tx,
    sql`select distinct p.campaign_id as "campaignId", p.station_id as "stationId", p.day from day_plan p
      join campaign c on c.bureau_id = p.bureau_id and c.id = p.campaign_id and c.state = 'open'
      join ${given(moved, {
        station_id: ["uuid", ({ stationId }) => stationId],
        place_id: ["uuid", ({ placeId }) => placeId],
        day: ["date", ({ day }) => day],
      })} on r.station_id = p.station_id
      where p.bureau_id = ${tx.actor.bureauId} and p.made_at is not null and p.day >= ${localDate(tx.now)}
        and (r.day = p.day or exists (select 1 from walk w
          join walk_stop s on s.bureau_id = w.bureau_id and s.walk_id = w.id and s.place_id = r.place_id
          where w.bureau_id = p.bureau_id and w.campaign_id = p.campaign_id and w.station_id = p.station_id
            and w.day = p.day and w.state = 'planned'))`,
  );
}

/** What was planned before stands; that it could not be planned anew is said beside it. */
export async function saveBrokenOff(
  tx: Tx,
  { campaignId, stationId, day }: { campaignId: Id; stationId: Id; day: LocalDate },
): Promise<void> {
  await run(
    tx,
    sql`insert into day_plan (bureau_id, campaign_id, station_id, day, failed_at, failures, conflicts)
      values (${tx.actor.bureauId}, ${campaignId}, ${stationId}, ${day}, ${at(tx.now)}, '[]', '[]')
      on conflict (bureau_id, campaign_id, station_id, day) do update set failed_at = excluded.failed_at`,
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

export interface OfferRow {
  readonly building: string;
  /** Where the building is a row of houses by themselves. */
  readonly doors: readonly Id[];
  readonly times: readonly (readonly [LocalDate, number])[];
}

/** The times a beat's residents may be offered, in place of those worked out before. */
export async function saveOffers(
  tx: Tx,
  { campaignId, stationId, beatId }: Where,
  offers: readonly OfferRow[],
): Promise<void> {
  await run(
    tx,
    sql`delete from booking_offer where bureau_id = ${tx.actor.bureauId} and campaign_id = ${campaignId} and beat_id = ${beatId}`,
  );
  await run(
    tx,
    sql`insert into booking_offer (bureau_id, campaign_id, station_id, beat_id, building, doors, times, made_at)
      select ${tx.actor.bureauId}::uuid, ${campaignId}::uuid, ${stationId}::uuid, ${beatId}::uuid, r.building, r.doors::uuid[], r.times, ${at(tx.now)}
      from ${given(offers, {
        building: ["text", (row) => row.building],
        doors: ["text", (row) => idList(row.doors)],
        times: ["jsonb", (row) => row.times],
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
