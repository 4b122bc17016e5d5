import { ORPCError } from "@orpc/server";
import { markKey, type Search } from "@wanjia/domain/matters/search";
import { startOfLocalDay } from "@wanjia/domain/shared/instant";
import { type Principal, withinReach } from "../platform/access.ts";
import type { Tx } from "../platform/database.ts";
import {
  COUNT_LIMIT,
  type Cursor,
  cursorOf,
  type Keyed,
  type ListDefinition,
  type Page,
  type PageQuery,
  parseCursor,
  whereAll,
  withoutKeys,
} from "../platform/list.ts";
import { at, one, prepared, rows, type Sql, sql } from "../platform/sql.ts";
import type { MatterQuery } from "./read-model.ts";

/**
 * Where few of those that hold the words pass the other filters, no more than this many are looked at
 * for one page: it is shorter then, and the next one goes on from there.
 */
const LOOKED_THROUGH = 4000;

/** What the keys hold beside the words; every other filter looks at the matters that were found. */
const BY_KEY: readonly string[] = ["kind", "stationId", "beatId", "from", "to", "dateOf"];

interface Bounds {
  readonly cursor?: Cursor | null;
  readonly forwards?: boolean;
  readonly most: number;
}

/** A call of `wanjia_search` (0028-search-through.sql). */
function found(principal: Principal, filter: MatterQuery, search: Search, bounds: Bounds): Sql {
  const { cursor = null, forwards = false, most } = bounds;
  const { kind, from, to } = filter;
  const reach = withinReach(principal, filter);
  const { scope, stationIds, beatIds } = principal;
  const within =
    scope === "station"
      ? stationIds.map((id) => markKey("station", id))
      : scope === "beat"
        ? beatIds.map((id) => markKey("beat", id))
        : null;
  const all = [
    ...search.keys,
    ...(kind === undefined ? [] : [markKey("kind", kind)]),
    ...(reach?.stationId === undefined ? [] : [markKey("station", reach.stationId)]),
    ...(reach?.beatId === undefined ? [] : [markKey("beat", reach.beatId)]),
    // One of one is all.
    ...(within?.length === 1 ? within : []),
  ];
  const one = within?.length === 1 ? null : within;
  const byDay = filter.dateOf === "registered";
  const since = byDay && from !== undefined ? at(startOfLocalDay(from)) : sql`null`;
  const until = byDay && to !== undefined ? at(startOfLocalDay(to)) : sql`null`;
  return sql`wanjia_search(${search.words}::text[], ${all}::bigint[], ${one}::bigint[], ${since}, ${until},
    ${cursor?.key ?? null}::timestamptz, ${cursor?.id ?? null}::uuid, ${forwards}, ${most})`;
}

/** Matters with these words among those of a list: all at once, for a file. */
export function withWords(principal: Principal, filter: MatterQuery, search: Search): Sql {
  return sql`m.id in (select id from ${found(principal, filter, search, { most: 1_000_000 })})`;
}

export interface SearchOf {
  readonly query: MatterQuery;
  readonly search: Search;
  /** The same query as a list. */
  readonly list: ListDefinition;
  readonly page: PageQuery;
}

/** One page of the matters of a list that hold the words, the newest first. */
export async function searchPage<T>(
  tx: Tx,
  principal: Principal,
  { query: filter, search, list, page: query }: SearchOf,
): Promise<Page<T>> {
  if (query.sort !== undefined && query.sort !== "-registered") {
    throw new ORPCError("unknown-sort", { status: 400, data: { params: { sort: query.sort } } });
  }
  if (withinReach(principal, filter) === null) {
    return { items: [], next: null, prev: null, total: { count: 0, more: false } };
  }
  const asked = query.cursor === undefined ? null : parseCursor(query.cursor);
  const start = asked === "last" ? null : asked;
  const forwards = asked === "last" || start?.to === "before";
  const wanted = query.size + 1;
  const filtered = isFiltered(filter);
  if (!filtered && asked === null)
    return firstPage(tx, principal, { query: filter, search, list, page: query });
  let cursor = start;
  let left = filtered ? LOOKED_THROUGH : wanted;
  let most = wanted;
  const page: (T & Keyed)[] = [];
  let more = false;
  while (page.length < wanted && left > 0) {
    most = Math.min(most, left);
    const seen = await rows<Keyed>(
      tx,
      sql`select registered_at::text as "~key", id::text as "~id" from ${found(principal, filter, search, { cursor, forwards, most })}`,
    );
    page.push(
      ...(await among<T>(
        tx,
        list,
        seen.map((one) => one["~id"]),
        forwards,
        wanted - page.length,
      )),
    );
    const last = seen.at(-1);
    more = seen.length === most;
    if (!more || last === undefined) break;
    cursor = { to: forwards ? "before" : "after", key: last["~key"], id: last["~id"] };
    left -= seen.length;
    most *= 8;
  }
  const full = page.length > query.size;
  const shown = page.slice(0, query.size);
  if (forwards) shown.reverse();
  // Of a page cut short, the next one begins where this one stopped looking.
  const end: Keyed | undefined =
    cursor === null ? undefined : { "~key": cursor.key, "~id": cursor.id };
  const onwards = full || (more && filtered);
  const older = forwards ? asked !== "last" : onwards;
  const newer = forwards ? onwards : start !== null;
  return {
    next: older ? cursorOf("after", full || forwards ? shown.at(-1) : end) : null,
    prev: newer ? cursorOf("before", forwards && !full ? end : (shown[0] ?? end)) : null,
    items: shown.map(withoutKeys) as T[],
    total: await countFound(tx, principal, filter, search, list),
  };
}

/** The newest that hold the words are found once: they are counted, and the first of them shown. */
async function firstPage<T>(
  tx: Tx,
  principal: Principal,
  { query: filter, search, list, page: { size } }: SearchOf,
): Promise<Page<T>> {
  const most = Math.max(COUNT_LIMIT, size) + 1;
  const seen = await rows<{ id: string }>(
    tx,
    sql`select id from ${found(principal, filter, search, { most })}`,
  );
  const ids = seen.slice(0, size).map(({ id }) => id);
  const shown = await among<T>(tx, list, ids, false, size);
  const count = Math.min(seen.length, COUNT_LIMIT);
  return {
    next: seen.length > size ? cursorOf("after", shown.at(-1)) : null,
    prev: null,
    items: shown.map(withoutKeys) as T[],
    total: { count, more: seen.length > count },
  };
}

function isFiltered(filter: MatterQuery): boolean {
  return Object.entries(filter).some(
    ([name, value]) => value !== undefined && name !== "search" && !BY_KEY.includes(name),
  );
}

/** Of these matters those of the list, with its columns and the whole text. */
function among<T>(
  tx: Tx,
  list: ListDefinition,
  ids: readonly string[],
  forwards: boolean,
  limit: number,
): Promise<(T & Keyed)[]> {
  if (ids.length === 0) return Promise.resolve([]);
  const direction = forwards ? sql`asc` : sql`desc`;
  return rows<T & Keyed>(
    tx,
    prepared(sql`select ${list.columns}, m.text, m.registered_at::text as "~key", m.id::text as "~id" from ${list.from}
      ${whereAll([...list.where, sql`m.id = any (${ids}::uuid[])`])}
      order by m.registered_at ${direction}, m.id ${direction} limit ${limit}`),
  );
}

/** As far as is counted; what was not looked through may hold more. */
async function countFound(
  tx: Tx,
  principal: Principal,
  filter: MatterQuery,
  search: Search,
  list: ListDefinition,
): Promise<Page<never>["total"]> {
  const most = isFiltered(filter) ? LOOKED_THROUGH : COUNT_LIMIT + 1;
  const source = found(principal, filter, search, { most });
  const passing = isFiltered(filter)
    ? sql`count(*) filter (where id in (select m.id from ${list.core ?? list.from} ${whereAll(list.where)}
        and m.id in (select id from found)))`
    : sql`count(*)`;
  const { seen, count } = await one<{ seen: number; count: number }>(
    tx,
    sql`with found as materialized (select id from ${source}) select count(*) as seen, ${passing} as count from found`,
  );
  return { count: Math.min(count, COUNT_LIMIT), more: count > COUNT_LIMIT || seen === most };
}
