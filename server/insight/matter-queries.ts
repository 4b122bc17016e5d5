/** What the figures of matters need to know of other matters. */
import type { CountedHazard, SettledDispute } from "@wanjia/domain/insight/counting-matters";
import type { Mediation } from "@wanjia/domain/mediation/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import { asHouse } from "../platform/on-behalf.ts";
import { at, maybe, one, rows, sql, stream } from "../platform/sql.ts";

/** Of `pg_advisory_xact_lock`: two hazards of one place must not miss each other. */
const PLACE_LOCK = 7103;

const HAZARD = sql`id, place_id as "placeId", subtype, station_id as "stationId", beat_id as "beatId",
  campaign_ids as "campaignIds", registered_at as "registeredAt", cleared_at as "clearedAt", rest->'merged' as merged`;

/** All hazards of some places as they are now; nobody else counts there until this commits. */
export async function hazardsAt(tx: Tx, places: readonly Id[]): Promise<CountedHazard[]> {
  await rows(
    tx,
    sql`select pg_advisory_xact_lock(${PLACE_LOCK}, key) from
      (select distinct hashtext(p::text) as key from unnest(${[...places]}::uuid[]) p order by key) keys`,
  );
  return rows(
    tx,
    sql`select ${HAZARD} from matter
      where bureau_id = ${tx.actor.bureauId} and place_id = any (${[...places]}::uuid[]) and kind = 'hazard'`,
  );
}

/** Every hazard at a place that had more than one: the others can't have come back. */
export function hazardsInRows(tx: Tx): AsyncGenerator<CountedHazard[]> {
  return stream<CountedHazard>(
    tx,
    sql`select ${HAZARD} from (select m.*, count(*) over (partition by place_id, subtype) as alike from matter m
        where bureau_id = ${tx.actor.bureauId} and kind = 'hazard') hazards
      where alike > 1 order by place_id, subtype`,
  );
}

/** The campaigns that a matter counts for. */
export async function campaignsOf(tx: Tx, matterId: Id): Promise<Id[]> {
  const { ids } = await asHouse(tx, (house) =>
    one<{ ids: Id[] }>(
      house,
      sql`select campaign_ids as ids from matter where bureau_id = ${tx.actor.bureauId} and id = ${matterId}`,
    ),
  );
  return ids;
}

/**
 * The dispute that an earlier mediation was about, when another matter is mediated now. Undefined
 * where it is the same one, or its settlement was already followed by another.
 */
export function settledBefore(
  tx: Tx,
  earlierId: Id,
  matterId: Id,
  mediationId: Id,
): Promise<SettledDispute | undefined> {
  return asHouse(tx, (house) =>
    maybe(
      house,
      sql`select m.kind, m.disposition, m.outcome, m.closed_at as "closedAt", m.station_id as "stationId", m.beat_id as "beatId",
          m.campaign_ids as "campaignIds"
        from mediation e join matter m on m.bureau_id = e.bureau_id and m.id = e.matter_id
        where e.bureau_id = ${tx.actor.bureauId} and e.id = ${earlierId} and m.id <> ${matterId}
          and not exists (select from mediation n join mediation l on l.bureau_id = n.bureau_id and l.id::text = n.body->>'earlierId'
            where n.bureau_id = m.bureau_id and l.matter_id = m.id and n.matter_id <> m.id and n.id <> ${mediationId}
              and n.opened_at >= m.closed_at)`,
    ),
  );
}

/** Whether the parties of a dispute had been back with another one since. */
export async function cameBackSince(tx: Tx, matterId: Id, since: Instant): Promise<boolean> {
  const { back } = await asHouse(tx, (house) =>
    one<{ back: boolean }>(
      house,
      sql`select exists (select from mediation n join mediation l on l.bureau_id = n.bureau_id and l.id::text = n.body->>'earlierId'
          where n.bureau_id = ${tx.actor.bureauId} and l.matter_id = ${matterId} and n.matter_id <> ${matterId}
            and n.opened_at >= ${at(since)}) as back`,
    ),
  );
  return back;
}

export interface MediationRecord {
  readonly body: Mediation;
  readonly campaignIds: Id[];
  /** The matter of the mediation whose dispute has come back. */
  readonly earlierMatterId: Id | null;
}

/** Every mediation, by the day it was opened. */
export function mediationRecords(tx: Tx): Promise<MediationRecord[]> {
  return rows(
    tx,
    sql`select n.body, m.campaign_ids as "campaignIds", l.matter_id as "earlierMatterId"
      from mediation n
      join matter m on m.bureau_id = n.bureau_id and m.id = n.matter_id
      left join mediation l on l.bureau_id = n.bureau_id and l.id::text = n.body->>'earlierId'
      where n.bureau_id = ${tx.actor.bureauId} order by n.opened_at`,
  );
}
