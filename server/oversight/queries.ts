import type {
  DrawnVisit,
  Finding,
  RecheckAnswer,
  RecheckResult,
} from "@wanjia/domain/oversight/terms";
import { STRATUM_OF } from "@wanjia/domain/oversight/terms";
import type { Drawn } from "@wanjia/domain/oversight/draw";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant, LocalDate } from "@wanjia/domain/shared/instant";
import type { Outcome } from "@wanjia/domain/visits/terms";
import type { Tx } from "../platform/database.ts";
import { at, json, maybe, rows, run, sql } from "../platform/sql.ts";

export interface Round {
  readonly id: Id;
  readonly week: LocalDate;
  readonly openedAt: Instant;
  readonly seed: string;
  readonly drawnAt: Instant | null;
  readonly lockedAt: Instant | null;
}

const ROUND = sql`id, week, opened_at as "openedAt", seed, drawn_at as "drawnAt", locked_at as "lockedAt"`;

/** Rounds whose answers are not closed, the week's own among them. */
export function openRounds(tx: Tx): Promise<Round[]> {
  return rows(
    tx,
    sql`select ${ROUND} from recheck_round where bureau_id = ${tx.actor.bureauId} and locked_at is null
      order by week for update`,
  );
}

export function holdRound(tx: Tx, id: Id): Promise<Round | undefined> {
  return maybe(
    tx,
    sql`select ${ROUND} from recheck_round where bureau_id = ${tx.actor.bureauId} and id = ${id} for update`,
  );
}

/** False where the week has its round already. */
export async function insertRound(
  tx: Tx,
  round: { readonly id: Id; readonly week: LocalDate; readonly seed: string; commitment: string },
): Promise<boolean> {
  const kept = await run(
    tx,
    sql`insert into recheck_round (bureau_id, id, week, opened_at, commitment, seed)
      values (${tx.actor.bureauId}, ${round.id}, ${round.week}, ${at(tx.now)}, ${round.commitment}, ${round.seed})
      on conflict (bureau_id, week) do nothing`,
  );
  return kept === 1;
}

/**
 * Visits between two moments as they stand, one a door. Where somebody asked since not to be visited,
 * or a visit was withdrawn by a correction, nobody is sent.
 */
export function frameOf(tx: Tx, from: Instant, to: Instant): Promise<DrawnVisit[]> {
  return rows(
    tx,
    sql`select distinct on (v.place_id) v.id, v.place_id as "placeId", v.station_id as "stationId", v.beat_id as "beatId", v.outcome
      from visit v left join door d on d.bureau_id = v.bureau_id and d.id = v.place_id
      where v.bureau_id = ${tx.actor.bureauId} and v.visited_at >= ${at(from)} and v.visited_at < ${at(to)}
        and v.corrected_by is null and v.outcome = any (${Object.keys(STRATUM_OF)}::text[])
        and (d.quiet_until is null or d.quiet_until <= ${at(tx.now)})
      order by v.place_id, v.visited_at desc`,
  );
}

export async function insertItems(
  tx: Tx,
  round: Id,
  drawn: readonly (Drawn & { readonly itemId: Id })[],
  frame: number,
): Promise<void> {
  await run(
    tx,
    sql`update recheck_round set drawn_at = ${at(tx.now)}, frame = ${frame}
      where bureau_id = ${tx.actor.bureauId} and id = ${round}`,
  );
  if (drawn.length === 0) return;
  await run(
    tx,
    sql`insert into recheck_item (bureau_id, id, round_id, visit_id, place_id, station_id, beat_id, stratum)
      select ${tx.actor.bureauId}::uuid, r."itemId", ${round}::uuid, r.id, r."placeId", r."stationId", r."beatId", r.stratum
      from jsonb_to_recordset(${json(drawn)})
        as r("itemId" uuid, id uuid, "placeId" uuid, "stationId" uuid, "beatId" uuid, stratum text)`,
  );
}

export interface Item {
  readonly id: Id;
  readonly roundId: Id;
  readonly visitId: Id;
  readonly stationId: Id;
  readonly answer: RecheckAnswer | null;
}

const ITEM = sql`id, round_id as "roundId", visit_id as "visitId", station_id as "stationId", answer`;

export function holdItem(tx: Tx, id: Id): Promise<Item | undefined> {
  return maybe(
    tx,
    sql`select ${ITEM} from recheck_item where bureau_id = ${tx.actor.bureauId} and id = ${id} for update`,
  );
}

export function itemsOf(tx: Tx, round: Id): Promise<Item[]> {
  return rows(
    tx,
    sql`select ${ITEM} from recheck_item where bureau_id = ${tx.actor.bureauId} and round_id = ${round} order by id`,
  );
}

export async function saveAnswer(
  tx: Tx,
  id: Id,
  answer: RecheckAnswer,
  askedBy: Id,
): Promise<void> {
  await run(
    tx,
    sql`update recheck_item set answer = ${json(answer)}, asked_by = ${askedBy}, asked_at = ${at(tx.now)}
      where bureau_id = ${tx.actor.bureauId} and id = ${id}`,
  );
}

export interface VisitToCompare {
  readonly id: Id;
  readonly outcome: Outcome;
  readonly team: readonly Id[];
  readonly receivedAt: Instant;
  /** When its first correction came, if one did. */
  readonly correctedAt: Instant | null;
}

/** Visits as they were drawn, with whoever wrote them among the team. */
export function visitsToCompare(tx: Tx, ids: readonly Id[]): Promise<VisitToCompare[]> {
  return rows(
    tx,
    sql`select v.id, v.outcome, v.received_at as "receivedAt", c.received_at as "correctedAt",
        array(select distinct unnest(v.team || v.member_id))::text[] as team
      from visit v left join visit c on c.bureau_id = v.bureau_id and c.id = v.corrected_by
      where v.bureau_id = ${tx.actor.bureauId} and v.id = any (${ids}::uuid[])`,
  );
}

export async function closeItems(
  tx: Tx,
  round: Id,
  closed: readonly { id: Id; result: RecheckResult; finding: Finding | null }[],
): Promise<void> {
  await run(
    tx,
    sql`update recheck_round set locked_at = ${at(tx.now)} where bureau_id = ${tx.actor.bureauId} and id = ${round}`,
  );
  if (closed.length === 0) return;
  await run(
    tx,
    sql`update recheck_item i set result = r.result, finding = r.finding
      from jsonb_to_recordset(${json(closed)}) as r(id uuid, result text, finding jsonb)
      where i.bureau_id = ${tx.actor.bureauId} and i.id = r.id`,
  );
}

export async function holdFinding(tx: Tx, id: Id): Promise<Finding | undefined> {
  const found = await maybe<{ finding: Finding }>(
    tx,
    sql`select finding from recheck_item
      where bureau_id = ${tx.actor.bureauId} and id = ${id} and finding is not null for update`,
  );
  return found?.finding;
}

export async function saveFinding(tx: Tx, finding: Finding): Promise<void> {
  await run(
    tx,
    sql`update recheck_item set finding = ${json(finding)}
      where bureau_id = ${tx.actor.bureauId} and id = ${finding.id}`,
  );
}
