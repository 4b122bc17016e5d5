import type { Id } from "@wanjia/domain/shared/id";
import { type Instant, type LocalDate, startOfLocalDay } from "@wanjia/domain/shared/instant";
import { type ListedOutcome, OUTCOMES_LISTED_AS } from "@wanjia/domain/visits/policy";
import type {
  Arranged,
  DoorState,
  Occupancy,
  Outcome,
  TimeMode,
} from "@wanjia/domain/visits/terms";
import { type Principal, withinReach } from "../platform/access.ts";
import type { Tx } from "../platform/database.ts";
import type { ListDefinition } from "../platform/list.ts";
import { at, maybe, raw, rows, type Sql, sql } from "../platform/sql.ts";
import type { FeedSource } from "../platform/sync-pull.ts";

// -- the list -------------------------------------------------------------------------------------

export interface VisitListRow {
  id: Id;
  visitedAt: Instant;
  placeId: Id;
  place: string | null;
  placeKind: string;
  buildingId: Id;
  stationId: Id;
  stationName: string | null;
  beatId: Id | null;
  beatName: string | null;
  campaignIds: Id[];
  memberId: Id;
  memberName: string | null;
  outcome: ListedOutcome;
  timeMode: TimeMode;
  isCorrection: boolean;
}

export interface VisitQuery {
  campaignId?: Id | undefined;
  stationId?: Id | undefined;
  beatId?: Id | undefined;
  buildingId?: Id | undefined;
  placeId?: Id | undefined;
  memberId?: Id | undefined;
  outcome?: ListedOutcome | undefined;
  timeMode?: TimeMode | undefined;
  from?: LocalDate | undefined;
  to?: LocalDate | undefined;
}

const HIDDEN = OUTCOMES_LISTED_AS.not_met.map((outcome) => `'${outcome}'`).join(", ");

/** The outcome as everybody may read it. It leaves the database this way, so no caller can forget. */
const LISTED_OUTCOME = raw(`case when v.outcome in (${HIDDEN}) then 'not_met' else v.outcome end`);

/** Names stand in sub-queries, so that counting a list does not join what it does not show. */
const COLUMNS = sql`v.id, v.visited_at as "visitedAt", v.place_id as "placeId",
  (select p.full_text from place p where p.bureau_id = v.bureau_id and p.id = v.place_id) as place,
  v.place_kind as "placeKind", v.building_id as "buildingId", v.station_id as "stationId",
  (select s.short_name from station s where s.bureau_id = v.bureau_id and s.id = v.station_id) as "stationName",
  v.beat_id as "beatId", (select b.name from beat b where b.bureau_id = v.bureau_id and b.id = v.beat_id) as "beatName",
  v.campaign_ids::text[] as "campaignIds", v.member_id as "memberId",
  (select m.name from member m where m.bureau_id = v.bureau_id and m.id = v.member_id) as "memberName",
  ${LISTED_OUTCOME} as outcome, v.time_mode as "timeMode", v.corrects is not null as "isCorrection"`;

/**
 * Visits, newest record of each. There is no filter, sort or column by which a refusal differs from a
 * door where nobody answered (domain/visits/policy.ts): neither contact, notice, card nor duration.
 */
export function visitList(principal: Principal, filter: VisitQuery): ListDefinition {
  const bureauId = principal.bureauId;
  const where: Sql[] = [sql`v.bureau_id = ${bureauId}`, sql`v.corrected_by is null`];
  const equal = (column: string, value: string | undefined): void => {
    if (value !== undefined) where.push(sql`v.${raw(column)} = ${value}`);
  };
  const reach = withinReach(principal, filter);
  if (reach === null) where.push(sql`false`);
  equal("station_id", reach?.stationId);
  equal("beat_id", reach?.beatId);
  equal("building_id", filter.buildingId);
  equal("member_id", filter.memberId);
  equal("time_mode", filter.timeMode);
  if (filter.placeId !== undefined) {
    // The index goes by building; a door has one.
    where.push(sql`v.place_id = ${filter.placeId}`);
    where.push(sql`v.building_id = (select coalesce(p.building_id, p.id) from place p
      where p.bureau_id = ${bureauId} and p.id = ${filter.placeId})`);
  }
  if (filter.outcome !== undefined) {
    const outcomes = OUTCOMES_LISTED_AS[filter.outcome].map((one) => `'${one}'`).join(", ");
    where.push(raw(`v.outcome in (${outcomes})`));
  }
  if (filter.campaignId !== undefined) {
    where.push(sql`${filter.campaignId}::uuid = any (v.campaign_ids)`);
    // A campaign's visits lie within its days, which the index by time can find.
    const day = (column: "starts_on" | "ends_on", days: number): Sql =>
      sql`(select (c.${raw(column)} + ${raw(String(days))})::timestamp at time zone 'Asia/Shanghai'
        from campaign c where c.bureau_id = ${bureauId} and c.id = ${filter.campaignId})`;
    where.push(
      sql`v.visited_at >= ${day("starts_on", 0)}`,
      sql`v.visited_at < ${day("ends_on", 1)}`,
    );
  }
  if (filter.from !== undefined)
    where.push(sql`v.visited_at >= ${at(startOfLocalDay(filter.from))}`);
  if (filter.to !== undefined) where.push(sql`v.visited_at < ${at(startOfLocalDay(filter.to))}`);
  return {
    columns: COLUMNS,
    from: sql`visit v`,
    where,
    sorts: { visitedAt: { by: sql`v.visited_at`, type: "timestamptz" } },
    defaultSort: "-visitedAt",
    id: sql`v.id`,
  };
}

// -- one visit ------------------------------------------------------------------------------------

export interface VisitRecordRow extends Omit<VisitListRow, "outcome"> {
  /** As it was; `routes.ts` shows it only to those who were there. */
  exactOutcome: Outcome;
  outcome: ListedOutcome;
  team: Id[];
  teamNames: Record<Id, string>;
  deviceAt: Instant;
  receivedAt: Instant;
  attemptNo: number;
  arranged: Arranged;
  formCode: string | null;
  formVersion: number | null;
  details: Record<string, unknown>;
  completed: boolean;
  corrects: Id | null;
  correctionReason: string | null;
  correctedBy: Id | null;
}

/** All records of the visit to which this one belongs, oldest first. */
export async function visitChain(tx: Tx, id: Id): Promise<VisitRecordRow[]> {
  const bureauId = tx.actor.bureauId;
  const found = await rows<VisitRecordRow>(
    tx,
    sql`select ${COLUMNS}, v.outcome as "exactOutcome", v.completed, v.team::text[] as team,
        coalesce((select jsonb_object_agg(m.id, m.name) from member m where m.bureau_id = v.bureau_id and m.id = any (v.team)), '{}') as "teamNames",
        v.device_at as "deviceAt", v.received_at as "receivedAt", v.attempt_no as "attemptNo", v.arranged,
        v.form_code as "formCode", v.form_version as "formVersion",
        v.details || jsonb_strip_nulls(jsonb_build_object('answers', v.answers, 'leaflets', v.leaflets,
          'endedAt', (extract(epoch from v.ended_at) * 1000)::bigint)) as details,
        v.corrects, v.correction_reason as "correctionReason", v.corrected_by as "correctedBy"
      from visit v
      where v.bureau_id = ${bureauId} and v.id in (
        select r.id from visit r, (select coalesce(o.original_id, o.id) as first from visit o
          where o.bureau_id = ${bureauId} and o.id = ${id}) o
        where r.bureau_id = ${bureauId} and (r.id = o.first or r.original_id = o.first))`,
  );
  const ordered: VisitRecordRow[] = [];
  let next = found.find(({ corrects }) => corrects === null);
  while (next !== undefined) {
    const { correctedBy }: VisitRecordRow = next;
    ordered.push(next);
    next = found.find((one) => one.id === correctedBy);
  }
  return ordered;
}

/** What would help at a visit, as long as it is kept. */
export async function accessNeedsOf(tx: Tx, visitId: Id): Promise<string[]> {
  const found = await maybe<{ needs: string[] }>(
    tx,
    sql`select needs from access_need where bureau_id = ${tx.actor.bureauId} and visit_id = ${visitId}`,
  );
  return found?.needs ?? [];
}

// -- doors ----------------------------------------------------------------------------------------

export interface DoorOfBuilding {
  placeId: Id;
  kind: string;
  entranceNo: string | null;
  floorNo: string | null;
  unitNo: string | null;
  place: string;
  state: DoorState | null;
}

/** The doors of one building, in the order of a walk. */
export function doorsOfBuilding(tx: Tx, buildingId: Id): Promise<DoorOfBuilding[]> {
  return rows(
    tx,
    sql`select p.id as "placeId", p.kind, p.entrance_no as "entranceNo", p.floor_no as "floorNo", p.unit_no as "unitNo",
        p.full_text as place, d.state
      from place p left join door d on d.bureau_id = p.bureau_id and d.id = p.id
      where p.bureau_id = ${tx.actor.bureauId} and p.building_id = ${buildingId}
        and p.kind in ('dwelling_unit', 'rural_house', 'shop', 'organisation', 'site') and p.status in ('created', 'confirmed')
      order by p.sort_key, p.id`,
  );
}

/** What one door remembers; undefined where nothing ever happened. */
export async function doorState(tx: Tx, placeId: Id): Promise<DoorState | undefined> {
  const found = await maybe<{ state: DoorState }>(
    tx,
    sql`select state from door where bureau_id = ${tx.actor.bureauId} and id = ${placeId}`,
  );
  return found?.state;
}

export interface OccupancyRow {
  status: Occupancy | null;
  notedAt: Instant;
  expiresAt: Instant;
}

/** The newest note. Row-level security shows it to the beat's community officer alone. */
export function occupancyOf(tx: Tx, placeId: Id): Promise<OccupancyRow | undefined> {
  return maybe(
    tx,
    sql`select status, noted_at as "notedAt", expires_at as "expiresAt" from occupancy
      where bureau_id = ${tx.actor.bureauId} and place_id = ${placeId} and expires_at > ${at(tx.now)}
      order by noted_at desc, id desc limit 1`,
  );
}

/** Doors as phones keep them. What the phone gets holds no reason why a door is ended. */
export const doorFeed: FeedSource = {
  kind: "door",
  select: (beatIds, window) =>
    sql`select 'door' as kind, id, beat_id, state::text as body, changed_tx, changed_seq
      from door where beat_id = any (${beatIds}::uuid[]) and ${window}`,
};
