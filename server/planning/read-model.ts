import { mayChangeWalk } from "@wanjia/domain/planning/policy";
import type { Stretch } from "@wanjia/domain/planning/usual";
import type { Id } from "@wanjia/domain/shared/id";
import {
  addDays,
  type Instant,
  type LocalDate,
  localDate,
  MINUTE_MS,
  startOfLocalDay,
} from "@wanjia/domain/shared/instant";
import type { Principal } from "../platform/access.ts";
import type { Tx } from "../platform/database.ts";
import { maybe, rows, type Sql, sql } from "../platform/sql.ts";

interface Person {
  id: Id;
  name: string;
}

export interface WalkRow {
  id: Id;
  version: number;
  teamId: Id;
  teamName: string;
  beatId: Id;
  day: LocalDate;
  from: number;
  to: number;
  endsAt: number;
  begins: "near_station" | "first_building";
  crew: Person[];
  state: "planned" | "left_out" | "refused";
  reason: string | null;
  doors: number;
  contacts: number | null;
  choices: unknown[];
  pinned: boolean;
  changes: { at: Instant; by: Person | null; change: string; faults: string[] }[];
}

const WALK = sql`w.id, w.version, w.team_id as "teamId", t.name as "teamName", w.beat_id as "beatId", w.day, w.from_minute as "from",
  w.to_minute as "to", w.ends_at as "endsAt", w.begins, w.state, w.reason, w.contacts, w.choices, w.pinned,
  (select count(*)::int from walk_stop s where s.bureau_id = w.bureau_id and s.walk_id = w.id) as doors,
  coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'name', m.name) order by m.sworn desc, m.number)
    from member m where m.bureau_id = w.bureau_id and m.id = any (w.crew)), '[]') as crew,
  coalesce((select jsonb_agg(jsonb_build_object('at', c.value -> 'at', 'change', c.value -> 'change',
        'faults', coalesce(c.value -> 'faults', '[]'), 'by',
        case when m.id is null then null else jsonb_build_object('id', m.id, 'name', m.name) end) order by c.ordinality)
    from jsonb_array_elements(w.changes) with ordinality c
    left join member m on m.bureau_id = w.bureau_id and m.id = (c.value ->> 'by')::uuid), '[]') as changes`;

function walksWhere(tx: Tx, where: Sql): Promise<WalkRow[]> {
  return rows(
    tx,
    sql`select ${WALK} from walk w left join team t on t.bureau_id = w.bureau_id and t.id = w.team_id
      where w.bureau_id = ${tx.actor.bureauId} and ${where} order by t.name, w.team_id, w.from_minute`,
  );
}

export function walksOfDay(
  tx: Tx,
  { campaignId, stationId, day }: { campaignId: Id; stationId: Id; day: LocalDate },
): Promise<WalkRow[]> {
  return walksWhere(
    tx,
    sql`w.campaign_id = ${campaignId} and w.station_id = ${stationId} and w.day = ${day}`,
  );
}

export async function findWalk(tx: Tx, id: Id): Promise<WalkRow | undefined> {
  return (await walksWhere(tx, sql`w.id = ${id}`))[0];
}

export interface DayPlanView {
  madeAt: Instant | null;
  tookMs: number | null;
  failedAt: Instant | null;
  failures: { team: string; faults: string[] }[];
  conflicts: { name: string; from: number; to: number }[];
}

export function findDayPlan(
  tx: Tx,
  { campaignId, stationId, day }: { campaignId: Id; stationId: Id; day: LocalDate },
): Promise<DayPlanView | undefined> {
  return maybe(
    tx,
    sql`select made_at as "madeAt", took_ms as "tookMs", failed_at as "failedAt", failures, conflicts from day_plan
      where bureau_id = ${tx.actor.bureauId} and campaign_id = ${campaignId} and station_id = ${stationId} and day = ${day}`,
  );
}

export interface RosterRow extends Person {
  sworn: boolean;
  teamName: string;
  week: Stretch[];
}

/** Who goes for a campaign in a station, with the week that was set for them. */
export function rosterRows(tx: Tx, campaignId: Id, stationId: Id): Promise<RosterRow[]> {
  return rows(
    tx,
    sql`select distinct on (m.number, m.id) m.id, m.name, m.sworn, t.name as "teamName",
        coalesce((select jsonb_agg(jsonb_build_object('weekday', s.weekday, 'from', s.from_minute, 'to', s.to_minute) order by s.weekday, s.from_minute)
          from shift s where s.bureau_id = m.bureau_id and s.campaign_id = t.campaign_id and s.member_id = m.id), '[]') as week
      from team t
      join team_member tm on tm.bureau_id = t.bureau_id and tm.team_id = t.id
      join member m on m.bureau_id = tm.bureau_id and m.id = tm.member_id
      where t.bureau_id = ${tx.actor.bureauId} and t.campaign_id = ${campaignId} and t.station_id = ${stationId}
      order by m.number, m.id, t.name`,
  );
}

export interface OutlookRow {
  madeAt: Instant | null;
  outlook: unknown;
}

export function findOutlook(tx: Tx, campaignId: Id): Promise<OutlookRow | undefined> {
  return maybe(
    tx,
    sql`select made_at as "madeAt", outlook from campaign_outlook
      where bureau_id = ${tx.actor.bureauId} and campaign_id = ${campaignId}`,
  );
}

export function calendarLinks(tx: Tx, memberId: Id): Promise<{ id: Id; madeAt: Instant }[]> {
  return rows(
    tx,
    sql`select id, made_at as "madeAt" from calendar_link
      where bureau_id = ${tx.actor.bureauId} and member_id = ${memberId} and revoked_at is null order by made_at desc`,
  );
}

/** Whose calendar a link is. */
export async function memberOfLink(tx: Tx, hash: Buffer): Promise<Id | undefined> {
  const found = await maybe<{ memberId: Id }>(
    tx,
    sql`select c.member_id as "memberId" from calendar_link c
      join member m on m.bureau_id = c.bureau_id and m.id = c.member_id and m.active
      where c.bureau_id = ${tx.actor.bureauId} and c.hash = ${hash} and c.revoked_at is null`,
  );
  return found?.memberId;
}

export interface CalendarWalk {
  id: Id;
  version: number;
  day: LocalDate;
  from: number;
  endsAt: number;
  state: "planned" | "refused";
  campaign: string;
  choices: { name: string; at: number }[];
}

/** A member's own walks from a day on, those that somebody called off among them: buildings and times. */
export function calendarWalks(tx: Tx, memberId: Id, since: LocalDate): Promise<CalendarWalk[]> {
  return rows(
    tx,
    sql`select w.id, w.version, w.day, w.from_minute as "from", w.ends_at as "endsAt", w.state, c.name as campaign, w.choices
      from walk w join campaign c on c.bureau_id = w.bureau_id and c.id = w.campaign_id
      where w.bureau_id = ${tx.actor.bureauId} and ${memberId} = any (w.crew) and w.state in ('planned', 'refused') and w.day >= ${since}
      order by w.day, w.from_minute`,
  );
}

/**
 * When an officer is near a place anyway, as the plans of the campaigns that run stand; null where
 * nobody plans for it.
 */
export async function plannedTimes(
  tx: Tx,
  { id, buildingId, beatId }: { id: Id; buildingId: Id | null; beatId: Id | null },
): Promise<Instant[] | null> {
  const found = await rows<{ times: [LocalDate, number][] }>(
    tx,
    sql`select o.times from booking_offer o
      join campaign c on c.bureau_id = o.bureau_id and c.id = o.campaign_id and c.state = 'open'
      where o.bureau_id = ${tx.actor.bureauId} and o.beat_id = ${beatId}
        and (o.building = ${buildingId ?? id}::text or ${id}::uuid = any (o.doors))`,
  );
  if (found.length === 0) return null;
  const times = found.flatMap(({ times: of }) =>
    of.map(([day, minute]) => startOfLocalDay(day) + minute * MINUTE_MS),
  );
  return [...new Set(times)];
}

/** A member's own walks of today and tomorrow with who settled them last, and what the rest of an evening is planned with. */
/** Who settled a walk last, and how. That it stays as it is, or no longer, is news to nobody. */
function lastChange(which: Sql): Sql {
  return sql`(select jsonb_build_object('at', c.value -> 'at', 'change', c.value -> 'change', 'by', m.name, 'byId', m.id)
    from jsonb_array_elements(w.changes) with ordinality c
    left join member m on m.bureau_id = w.bureau_id and m.id = (c.value ->> 'by')::uuid
    where ${which} order by c.ordinality desc limit 1)`;
}

export const planContext = {
  plan: async (tx: Tx, principal: Principal): Promise<unknown> => {
    const today = localDate(tx.now);
    const bureauId = tx.actor.bureauId;
    const walks = await rows<{ teamId: Id; campaignId: Id; day: LocalDate; crew: Id[] }>(
      tx,
      sql`select w.id, w.campaign_id as "campaignId", w.team_id as "teamId", w.day, w.from_minute as "from", w.to_minute as "to",
          w.station_id as "stationId", w.ends_at as "endsAt", w.crew::text[] as crew, w.version, w.pinned, w.choices, w.state, w.reason,
          ${lastChange(sql`true`)} as changed,
          ${lastChange(sql`c.value ->> 'change' not in ('pinned', 'unpinned')`)} as news,
          coalesce((select jsonb_agg(jsonb_build_array(s.building, s.place_id, round(s.at_minute::numeric, 1), s.reason) order by s.seq)
            from walk_stop s where s.bureau_id = w.bureau_id and s.walk_id = w.id), '[]') as stops
        from walk w
        where w.bureau_id = ${bureauId} and ${principal.memberId} = any (w.crew) and w.state in ('planned', 'refused')
          and w.day >= ${today} and w.day <= ${addDays(today, 1)}
        order by w.day, w.from_minute`,
    );
    if (walks.length === 0) return null;
    const bases = await rows<{ teamId: Id; campaignId: Id; day: LocalDate; basis: unknown }>(
      tx,
      sql`select campaign_id as "campaignId", team_id as "teamId", day, basis from replan_basis
        where bureau_id = ${bureauId} and team_id = any (${walks.map(({ teamId }) => teamId)}::uuid[])
          and day >= ${today} and day <= ${addDays(today, 1)} order by day, team_id`,
    );
    const who = { role: principal.role, memberId: principal.memberId };
    return {
      walks: walks.map((walk) => ({ ...walk, mayChange: mayChangeWalk(who, walk.crew) })),
      bases,
    };
  },
};
