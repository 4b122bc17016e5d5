import type { FindingRow, RecheckDoor, RecheckRound } from "@wanjia/contract/oversight";
import { RESULTS, type Finding, type RecheckAnswer } from "@wanjia/domain/oversight/terms";
import { mayAsk, maySeeResults, seesOnlyOwnFindings } from "@wanjia/domain/oversight/policy";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Outcome } from "@wanjia/domain/visits/terms";
import type { Principal } from "../platform/access.ts";
import type { Tx } from "../platform/database.ts";
import type { ListDefinition } from "../platform/list.ts";
import { acrossBureau } from "../platform/on-behalf.ts";
import { empty, json, maybe, rows, type Sql, sql } from "../platform/sql.ts";

const WEEKS_SHOWN = 12;
const FINDINGS_SHOWN = 200;

/** The last rounds; results by station, of those in a leader's or desk's reach. */
export function lastRounds(tx: Tx, { role }: Principal): Promise<RecheckRound[]> {
  const counts = sql`(select coalesce(jsonb_agg(jsonb_build_object('stationName', s.short_name, 'results', jsonb_build_object(
      'confirmed', f.confirmed, 'different', f.different, 'not_confirmed', f.not_confirmed, 'unknown', f.unknown,
      'self_corrected', f.self_corrected)) order by s.code), '[]')
    from (select i.station_id, count(*) filter (where i.result = ${RESULTS[0]}) as confirmed,
        count(*) filter (where i.result = ${RESULTS[1]}) as different,
        count(*) filter (where i.result = ${RESULTS[2]}) as not_confirmed,
        count(*) filter (where i.result = ${RESULTS[3]}) as unknown,
        count(*) filter (where i.result = ${RESULTS[4]}) as self_corrected
      from recheck_item i where i.bureau_id = r.bureau_id and i.round_id = r.id and r.locked_at is not null
      group by i.station_id) f
    join station s on s.bureau_id = r.bureau_id and s.id = f.station_id)`;
  const asking = sql`(select jsonb_build_object('drawn', count(*), 'asked', count(i.answer))
    from recheck_item i where i.bureau_id = r.bureau_id and i.round_id = r.id)`;
  return rows(
    tx,
    sql`select r.id, r.week, r.opened_at as "openedAt", r.commitment,
        case when r.locked_at is null then null else r.seed end as seed,
        r.drawn_at as "drawnAt", r.frame, r.locked_at as "lockedAt",
        ${mayAsk(role) ? asking : sql`null::jsonb`} as asking,
        ${maySeeResults(role) ? counts : sql`'[]'::jsonb`} as stations
      from recheck_round r where r.bureau_id = ${tx.actor.bureauId} order by r.week desc limit ${WEEKS_SHOWN}`,
  );
}

/** Where to ask, by address; of the visit not even the day. */
export function doorsToAsk(tx: Tx, todo?: "true"): Promise<RecheckDoor[]> {
  return rows(
    tx,
    sql`select i.id, p.full_text as place, s.short_name as "stationName", r.week as "from", r.week + 6 as "to",
        i.answer
      from recheck_item i
      join recheck_round r on r.bureau_id = i.bureau_id and r.id = i.round_id and r.locked_at is null
      join place p on p.bureau_id = i.bureau_id and p.id = i.place_id
      join station s on s.bureau_id = i.bureau_id and s.id = i.station_id
      where i.bureau_id = ${tx.actor.bureauId} ${todo ? sql`and i.answer is null` : empty}
      order by r.week, p.full_text, i.id`,
  );
}

export interface FoundFinding extends Omit<FindingRow, "state" | "result"> {
  readonly outcome: Outcome;
  readonly answer: RecheckAnswer | null;
  readonly finding: Finding;
}

const FINDING = sql`i.id, i.visit_id as "visitId", p.full_text as place, s.short_name as "stationName",
    v.visited_at as "visitedAt", v.outcome, i.answer, i.finding
  from recheck_item i
  join visit v on v.bureau_id = i.bureau_id and v.id = i.visit_id
  join place p on p.bureau_id = i.bureau_id and p.id = i.place_id
  join station s on s.bureau_id = i.bureau_id and s.id = i.station_id`;

/** Whoever sees only his own sees it wherever he works by now: by its team, not by his beat. */
export function amongOwnFindings<T>(
  tx: Tx,
  principal: Principal,
  work: (seeing: Tx) => Promise<T>,
): Promise<T> {
  return maySeeResults(principal.role) ? work(tx) : acrossBureau(tx, principal, work);
}

/** The newest findings in the session's reach, or those of them that wait for it. */
export function findingsOf(
  tx: Tx,
  principal: Principal,
  todo: "true" | undefined,
): Promise<FoundFinding[]> {
  return rows(
    tx,
    sql`select ${FINDING} where i.bureau_id = ${tx.actor.bureauId} and i.finding is not null
        ${seesOnlyOwnFindings(principal.role) ? sql`and ${isOwn(principal.memberId)}` : empty} ${todo ? sql`and ${waitsFor(principal, tx.now)}` : empty}
      order by i.id desc limit ${FINDINGS_SHOWN}`,
  );
}

function isOwn(memberId: Id): Sql {
  return sql`i.finding -> 'team' ? ${memberId}`;
}

/** As the steps of a finding say (`openFindingSteps`); to appeal is a right, nothing to be done. */
function waitsFor({ role, memberId }: Principal, now: Instant): Sql {
  const state = sql`i.finding ->> 'state'`;
  if (seesOnlyOwnFindings(role)) return sql`${isOwn(memberId)} and ${state} = 'open'`;
  const viewed = sql`i.finding -> 'events' @> '[{"type": "view"}]'`;
  const running = sql`not ${isOwn(memberId)} and ${state} in ('open', 'explained', 'appealed')`;
  if (role === "station_leader") return sql`${running} and not ${viewed}`;
  return sql`${running} and ${viewed} and (${state} <> 'open' or (i.finding ->> 'explainUntil')::bigint <= ${now})
    and not i.finding -> 'events' @> ${json([{ type: "decide", by: memberId }])}`;
}

/** What waits for whoever asks: doors to ask at, or findings. */
export function recheckList(principal: Principal, now: Instant): ListDefinition {
  const asks = mayAsk(principal.role);
  return {
    columns: sql`i.id`,
    from: asks
      ? sql`recheck_item i join recheck_round r on r.bureau_id = i.bureau_id and r.id = i.round_id and r.locked_at is null`
      : sql`recheck_item i`,
    where: [
      sql`i.bureau_id = ${principal.bureauId}`,
      asks ? sql`i.answer is null` : sql`i.finding is not null and ${waitsFor(principal, now)}`,
    ],
    sorts: { id: { by: sql`i.id`, type: "uuid" } },
    defaultSort: "id",
    id: sql`i.id`,
  };
}

export function findFinding(tx: Tx, id: Id): Promise<FoundFinding | undefined> {
  return maybe(
    tx,
    sql`select ${FINDING} where i.bureau_id = ${tx.actor.bureauId} and i.id = ${id} and i.finding is not null`,
  );
}

interface Named {
  readonly id: Id;
  readonly name: string;
}

/** Community officers at work who had no part in the visit. */
export function peersOf(tx: Tx, { team }: Pick<Finding, "team">): Promise<Named[]> {
  return rows(
    tx,
    sql`select distinct m.id, m.name from member m
      join posting p on p.bureau_id = m.bureau_id and p.member_id = m.id and p.role = 'community_officer'
        and (p.valid_to is null or p.valid_to > (to_timestamp(${tx.now}::float8 / 1000) at time zone 'Asia/Shanghai')::date)
      where m.bureau_id = ${tx.actor.bureauId} and m.active and m.id <> all (${[...team]}::uuid[]) order by m.name`,
  );
}

export async function namesOf(tx: Tx, ids: readonly Id[]): Promise<ReadonlyMap<Id, string>> {
  const found = await rows<Named>(
    tx,
    sql`select id, name from member where bureau_id = ${tx.actor.bureauId} and id = any (${[...ids]}::uuid[])`,
  );
  return new Map(found.map(({ id, name }) => [id, name]));
}
