import type { Bulletin } from "@wanjia/domain/bulletins/terms";
import { ANSWERABLE } from "@wanjia/domain/matters/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import { at, json, maybe, rows, run, type Sql, sql } from "../platform/sql.ts";

const BULLETIN = sql`id, station_id as "stationId", community_id as "communityId", month, edition, version, state, entries, correction,
  writers, returned, figures, released_at as "releasedAt", published_at as "publishedAt"`;

/** The newest edition, held until the end of the transaction. */
export function holdNewest(tx: Tx, communityId: Id, month: string): Promise<Bulletin | undefined> {
  return maybe(
    tx,
    sql`select ${BULLETIN} from bulletin
      where bureau_id = ${tx.actor.bureauId} and community_id = ${communityId} and month = ${month}
      order by edition desc limit 1`,
  );
}

function time(instant: Instant | null): Sql {
  return instant === null ? sql`null` : at(instant);
}

/** False: somebody else began this edition. */
export async function insertBulletin(tx: Tx, bulletin: Bulletin): Promise<boolean> {
  const { id, stationId, communityId, month, edition, version, state, writers } = bulletin;
  const inserted = await run(
    tx,
    sql`insert into bulletin (bureau_id, id, station_id, community_id, month, edition, version, state, entries, correction, writers, figures)
      values (${tx.actor.bureauId}, ${id}, ${stationId}, ${communityId}, ${month}, ${edition}, ${version}, ${state},
        ${json(bulletin.entries)}, ${bulletin.correction}, ${[...writers]}::uuid[],
        ${bulletin.figures === null ? null : json(bulletin.figures)})
      on conflict do nothing`,
  );
  return inserted === 1;
}

/** False: somebody else has changed it since. */
export async function saveBulletin(tx: Tx, bulletin: Bulletin, by: Id): Promise<boolean> {
  const { id, version, state, writers, publishedAt } = bulletin;
  const saved = await run(
    tx,
    sql`update bulletin set version = ${version}, state = ${state}, entries = ${json(bulletin.entries)},
        correction = ${bulletin.correction}, writers = ${[...writers]}::uuid[], returned = ${bulletin.returned},
        figures = ${bulletin.figures === null ? null : json(bulletin.figures)},
        released_at = ${time(bulletin.releasedAt)}, published_at = ${time(publishedAt)},
        published_by = ${publishedAt === null ? null : by}
      where bureau_id = ${tx.actor.bureauId} and id = ${id} and version = ${version - 1}`,
  );
  return saved === 1;
}

type Counts = { key: string; n: number }[];

/** Matters of a community by sort, registered between. */
export function countHeard(tx: Tx, communityId: Id, from: Instant, to: Instant): Promise<Counts> {
  return rows(
    tx,
    sql`select kind || '.' || subtype as key, count(*) as n from matter
      where bureau_id = ${tx.actor.bureauId} and registered_at >= ${at(from)} and registered_at < ${at(to)}
        and community_id = ${communityId}
      group by 1`,
  );
}

/** Matters of a community that ended between: solved ones by outcome, others by reason. */
export function countEnded(
  tx: Tx,
  communityId: Id,
  solved: readonly string[],
  from: Instant,
  to: Instant,
): Promise<Counts> {
  return rows(
    tx,
    sql`select case when outcome = any (${[...solved]}::text[]) then kind || '.' || outcome else 'reason.' || reason end as key, count(*) as n
      from matter
      where bureau_id = ${tx.actor.bureauId} and closed_at >= ${at(from)} and closed_at < ${at(to)}
        and community_id = ${communityId} and disposition = any (${[...ANSWERABLE]}::text[])
        and not (kind = 'dispute' and subtype = 'family')
        and (outcome = any (${[...solved]}::text[]) or reason is not null)
      group by 1`,
  );
}

/** What residents of a community wrote between. */
export async function wordsHeard(
  tx: Tx,
  communityId: Id,
  from: Instant,
  to: Instant,
): Promise<string[]> {
  const found = await rows<{ text: string }>(
    tx,
    sql`select text from matter
      where bureau_id = ${tx.actor.bureauId} and registered_at >= ${at(from)} and registered_at < ${at(to)}
        and community_id = ${communityId} and reporter = 'resident'`,
  );
  return found.map(({ text }) => text);
}
