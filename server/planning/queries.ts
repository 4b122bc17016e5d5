import type { VisitableKind } from "@wanjia/domain/places/terms";
import type { Attempt } from "@wanjia/domain/planning/counting";
import type { Stretch } from "@wanjia/domain/planning/usual";
import type { Id } from "@wanjia/domain/shared/id";
import type { LocalDate } from "@wanjia/domain/shared/instant";
import type { DoorState } from "@wanjia/domain/visits/terms";
import type { Tx } from "../platform/database.ts";
import { at, given, json, maybe, rows, run, runLater, sql } from "../platform/sql.ts";

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

/** Where a station is, if anybody said. */
export async function stationPoint(
  tx: Tx,
  stationId: Id,
): Promise<{ lon: number; lat: number } | null> {
  const found = await maybe<{ point: { lon: number; lat: number } | null }>(
    tx,
    sql`select point from station where bureau_id = ${tx.actor.bureauId} and id = ${stationId}`,
  );
  return found?.point ?? null;
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
