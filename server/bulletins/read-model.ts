import type { BulletinEntry, BulletinFigures, BulletinState } from "@wanjia/domain/bulletins/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import { maybe, rows, sql } from "../platform/sql.ts";

// -- the desk -------------------------------------------------------------------------------------

export interface BoardRow {
  communityId: Id;
  community: string;
  stationId: Id;
  station: string;
  state: BulletinState | "none";
  edition: number;
}

/** Communities in the caller's sight, each with its newest edition of a month. */
export function boardsOf(
  tx: Tx,
  stationIds: readonly Id[] | null,
  month: string,
): Promise<BoardRow[]> {
  return rows(
    tx,
    sql`select c.id as "communityId", c.name as community, s.id as "stationId", s.name as station,
        coalesce(b.state, 'none') as state, coalesce(b.edition, 0) as edition
      from community c
      join station s on s.bureau_id = c.bureau_id and s.id = c.station_id
      left join lateral (select state, edition from bulletin b
        where b.bureau_id = c.bureau_id and b.community_id = c.id and b.month = ${month}
        order by edition desc limit 1) b on true
      where c.bureau_id = ${tx.actor.bureauId} and c.active
        ${stationIds === null ? sql`` : sql`and c.station_id = any (${[...stationIds]}::uuid[])`}
      order by s.code, c.division_code`,
  );
}

export interface CommunityOf {
  stationId: Id;
  community: string;
  station: string;
  /** The edition of the month that hangs. */
  hangs: number | null;
}

export function communityOf(tx: Tx, id: Id, month: string): Promise<CommunityOf | undefined> {
  return maybe(
    tx,
    sql`select s.id as "stationId", c.name as community, s.name as station,
        (select max(b.edition) from bulletin b where b.bureau_id = c.bureau_id and b.community_id = c.id
          and b.month = ${month} and b.state = 'published') as hangs
      from community c join station s on s.bureau_id = c.bureau_id and s.id = c.station_id
      where c.bureau_id = ${tx.actor.bureauId} and c.id = ${id}`,
  );
}

export async function namesOf(tx: Tx, ids: readonly Id[]): Promise<string[]> {
  const found = await rows<{ name: string }>(
    tx,
    sql`select name from member where bureau_id = ${tx.actor.bureauId} and id = any (${[...ids]}::uuid[]) order by number`,
  );
  return found.map(({ name }) => name);
}

// -- anyone ---------------------------------------------------------------------------------------

export interface PublicBoardRow {
  communityId: Id;
  community: string;
  station: string;
  stationEn: string;
  latest: string;
}

/** Communities on whose board something hangs. */
export function hangingBoards(tx: Tx): Promise<PublicBoardRow[]> {
  return rows(
    tx,
    sql`select c.id as "communityId", c.name as community, s.name as station, s.name_en as "stationEn", max(b.month) as latest
      from bulletin b
      join community c on c.bureau_id = b.bureau_id and c.id = b.community_id
      join station s on s.bureau_id = b.bureau_id and s.id = b.station_id
      where b.bureau_id = ${tx.actor.bureauId} and b.state = 'published'
      group by c.id, c.name, c.division_code, s.name, s.name_en order by c.division_code`,
  );
}

export interface HangingBulletin {
  bureau: string;
  bureauEn: string;
  station: string;
  stationEn: string;
  community: string;
  month: string;
  edition: number;
  entries: BulletinEntry[];
  correction: string | null;
  figures: BulletinFigures;
  publishedAt: Instant;
  months: string[];
}

/** What hangs of a month, or of the newest; undefined where nothing does. */
export function hangingBulletin(
  tx: Tx,
  communityId: Id,
  month: string | null,
): Promise<HangingBulletin | undefined> {
  return maybe(
    tx,
    sql`select u.name as bureau, u.name_en as "bureauEn", s.name as station, s.name_en as "stationEn", c.name as community,
        b.month, b.edition, b.entries, b.correction, b.figures, b.published_at as "publishedAt",
        (select array_agg(m.month order by m.month desc) from (select distinct o.month from bulletin o
          where o.bureau_id = b.bureau_id and o.community_id = b.community_id and o.state = 'published') m) as months
      from bulletin b
      join bureau u on u.bureau_id = b.bureau_id
      join community c on c.bureau_id = b.bureau_id and c.id = b.community_id
      join station s on s.bureau_id = b.bureau_id and s.id = b.station_id
      where b.bureau_id = ${tx.actor.bureauId} and b.community_id = ${communityId} and b.state = 'published'
        ${month === null ? sql`` : sql`and b.month = ${month}`}
      order by b.month desc, b.edition desc limit 1`,
  );
}
