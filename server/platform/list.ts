import { ORPCError } from "@orpc/server";
import type { Tx } from "./database.ts";
import { empty, join, maybe, prepared, raw, rows, type Sql, sql } from "./sql.ts";

/**
 * A list as screens, exports and other programs see it: where its rows come from and by what they
 * may be sorted. Pages go by key, not by number: the last page costs what the first costs, and a row
 * that arrives meanwhile neither repeats nor hides another.
 */
export interface ListDefinition {
  /** `m.id, m.number, …` with column aliases in camelCase, quoted. */
  readonly columns: Sql;
  /** `matter m join …`. */
  readonly from: Sql;
  /**
   * `matter m` alone, when `where`, `sorts` and `id` need no more: then the rows of a page are found
   * in an index that carries what the filters look at, and only they are fetched and joined.
   */
  readonly core?: Sql;
  /** The first one names the bureau. */
  readonly where: readonly Sql[];
  /** Expressions without nulls; each needs an index (…, expression, id). */
  readonly sorts: Readonly<Record<string, { readonly by: Sql; readonly type: SortType }>>;
  /** Name in `sorts`, with `-` before it for descending. */
  readonly defaultSort: string;
  /** Breaks ties; unique. */
  readonly id: Sql;
  readonly idType?: SortType;
}

type SortType = "uuid" | "timestamptz" | "text" | "int8" | "date" | "int4";

export interface PageQuery {
  readonly cursor?: string | undefined;
  readonly size: number;
  readonly sort?: string | undefined;
}

export interface Page<T> {
  readonly items: T[];
  readonly next: string | null;
  readonly prev: string | null;
  readonly total: { readonly count: number; readonly more: boolean };
}

/**
 * Counting stops here: exact below, "more than" beyond, at the same cost for any table. Every page
 * counts, and row-level security looks at each row that is counted.
 */
export const COUNT_LIMIT = 1000;

export interface Cursor {
  /** Which way from the key. */
  readonly to: "after" | "before";
  readonly key: string;
  readonly id: string;
}

export interface Keyed {
  readonly "~key": string;
  readonly "~id": string;
}

export async function keysetPage<T>(
  tx: Tx,
  list: ListDefinition,
  query: PageQuery,
): Promise<Page<T>> {
  const sort = sortOf(list, query.sort);
  const cursor = query.cursor === undefined ? null : parseCursor(query.cursor);
  const backwards = cursor === "last" || (cursor !== null && cursor.to === "before");
  const from = cursor === "last" ? null : cursor;
  const bounds = { sort, cursor: from, backwards, limit: query.size + 1 };
  // Both at once: they go to the database in one packet.
  const [found, total] = await Promise.all([rowsOf<T>(tx, list, bounds), countUpTo(tx, list)]);
  const more = found.length > query.size;
  const page = found.slice(0, query.size);
  if (backwards) page.reverse();
  const before = backwards ? more : cursor !== null;
  const after = backwards ? cursor !== "last" : more;
  return {
    next: after ? cursorOf("after", page.at(-1)) : null,
    prev: before ? cursorOf("before", page[0]) : null,
    items: page.map(withoutKeys),
    total,
  };
}

/** All rows of a list in portions, each by its own short query: see `export.ts`. They keep their keys. */
export async function portion<T>(
  tx: Tx,
  list: ListDefinition,
  sortName: string | undefined,
  after: string | null,
  size: number,
): Promise<{ items: T[]; next: string | null }> {
  const cursor = after === null ? null : (parseCursor(after) as Cursor);
  const found = await rows<T & Keyed>(
    tx,
    select(list, { sort: sortOf(list, sortName), cursor, backwards: false, limit: size }),
  );
  return {
    next: found.length < size ? null : cursorOf("after", found.at(-1)),
    items: found,
  };
}

interface Sort {
  readonly by: Sql;
  readonly type: SortType;
  readonly descending: boolean;
}

/** Refuses `unknown-sort`. */
export function sortOf(list: ListDefinition, asked: string | undefined): Sort {
  const name = asked ?? list.defaultSort;
  const found = list.sorts[name.replace(/^-/, "")];
  if (found === undefined) {
    throw new ORPCError("unknown-sort", { status: 400, data: { params: { sort: name } } });
  }
  return { ...found, descending: name.startsWith("-") };
}

interface Bounds {
  readonly sort: Sort;
  readonly cursor: Cursor | null;
  readonly backwards: boolean;
  readonly limit: number;
}

/** The rows of a page; those of a list with a core by their keys first, and then all they show. */
async function rowsOf<T>(
  tx: Tx,
  list: ListDefinition,
  bounds: Bounds,
): Promise<readonly (T & Keyed)[]> {
  if (list.core === undefined) return rows<T & Keyed>(tx, select(list, bounds));
  const { keys, order } = pageOf(list, bounds);
  const { sort } = bounds;
  const found = await rows<Keyed>(
    tx,
    sql`select (${sort.by})::text as "~key", (${list.id})::text as "~id" from ${list.core} ${keys} ${order} limit ${bounds.limit}`,
  );
  if (found.length === 0) return [];
  // Where they were found depends on what was asked and is planned for it; fetching and joining them
  // is always the same, and planning that costs more than doing it.
  const ids = found.map((row) => row["~id"]);
  const fetched = await rows<T & Keyed>(
    tx,
    prepared(sql`select ${list.columns}, (${list.id})::text as "~id" from ${list.from}
      ${whereAll([...list.where.slice(0, 1), sql`${list.id} = any (${ids}::${raw(list.idType ?? "uuid")}[])`])}`),
  );
  const byId = new Map(fetched.map((row) => [row["~id"], row]));
  return found.flatMap((key) => {
    const row = byId.get(key["~id"]);
    return row === undefined ? [] : [{ ...row, ...key }];
  });
}

/** Which rows a page has, and in which order. */
function pageOf(
  list: ListDefinition,
  { sort, cursor, backwards }: Bounds,
): Record<"keys" | "order", Sql> {
  const descending = sort.descending !== backwards;
  const direction = raw(descending ? "desc" : "asc");
  const idType = raw(list.idType ?? "uuid");
  const beyond =
    cursor === null
      ? []
      : [
          sql`(${sort.by}, ${list.id}) ${raw(descending ? "<" : ">")} (${cursor.key}::${raw(sort.type)}, ${cursor.id}::${idType})`,
        ];
  return {
    keys: whereAll([...list.where, ...beyond]),
    order: sql`order by ${sort.by} ${direction}, ${list.id} ${direction}`,
  };
}

function select(list: ListDefinition, bounds: Bounds): Sql {
  const { keys, order } = pageOf(list, bounds);
  const { sort, limit } = bounds;
  const columns = sql`${list.columns}, (${sort.by})::text as "~key", (${list.id})::text as "~id"`;
  if (list.core === undefined) {
    return sql`select ${columns} from ${list.from} ${keys} ${order} limit ${limit}`;
  }
  return sql`select ${columns} from ${list.from}
    join (select ${list.id} as key_id from ${list.core} ${keys} ${order} limit ${limit}) as page
      on page.key_id = ${list.id}
    ${whereAll(list.where.slice(0, 1))} ${order}`;
}

/** How many rows a list has, as far as is counted. */
export async function countUpTo(tx: Tx, list: ListDefinition): Promise<Page<never>["total"]> {
  const counted = await maybe<{ count: number }>(
    tx,
    sql`select count(*) from (select 1 from ${list.core ?? list.from} ${whereAll(list.where)} limit ${COUNT_LIMIT + 1}) counted`,
  );
  const count = counted?.count ?? 0;
  return { count: Math.min(count, COUNT_LIMIT), more: count > COUNT_LIMIT };
}

export function whereAll(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? empty : sql`where ${join([...conditions], " and ")}`;
}

export function cursorOf(to: Cursor["to"], row: Keyed | undefined): string | null {
  if (row === undefined) return null;
  const cursor: Cursor = { to, key: row["~key"], id: row["~id"] };
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

export function parseCursor(text: string): Cursor | "last" {
  if (text === "last") return "last";
  try {
    const parsed = JSON.parse(Buffer.from(text, "base64url").toString("utf8")) as Partial<Cursor>;
    const { to, key, id } = parsed;
    if ((to === "after" || to === "before") && typeof key === "string" && typeof id === "string") {
      return { to, key, id };
    }
  } catch {
    // Falls through to the refusal below.
  }
  throw new ORPCError("bad-cursor", { status: 400 });
}

export function withoutKeys<T>(row: T & Keyed): T {
  const { "~key": _key, "~id": _id, ...rest } = row;
  return rest as T;
}
