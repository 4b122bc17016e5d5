import type { QueryConfig, QueryResult, QueryResultRow } from "pg";
import sqlTag, { empty, join, raw, Sql } from "sql-template-tag";
import type { OpenTx, Tx } from "./database.ts";

/**
 * SQL as SQL. Values that come back: int8 and numeric as numbers, timestamptz as `Instant`
 * (milliseconds), date as `YYYY-MM-DD`, jsonb parsed, uuid as text, bytea as Buffer.
 */
export { empty, join, raw, Sql, sqlTag as sql };

/** A `timestamptz` from milliseconds. */
export function at(instant: number): Sql {
  return sqlTag`to_timestamp(${instant}::float8 / 1000)`;
}

/** A `jsonb` from a value. */
export function json(value: unknown): Sql {
  return sqlTag`${JSON.stringify(value)}::jsonb`;
}

const SEPARATOR = "\u{1f}";

type Scalar = string | number | boolean | null | undefined;

/** A column of `given`: its type in the database, and its value in a row. */
export type Column<Row> =
  | readonly [
      type: "uuid" | "text" | "int" | "bigint" | "float8" | "boolean" | "date",
      value: (row: Row) => Scalar,
    ]
  | readonly [type: "json" | "jsonb", value: (row: Row) => unknown];

/**
 * Many rows as a table `r` to select from: one text a column, which the database takes apart. Much
 * cheaper than JSON, where every value comes with its name. An empty text is a null. What people
 * wrote travels as `jsonb`: the sign between two values can't stand in it.
 */
export function given<Row>(table: readonly Row[], columns: Record<string, Column<Row>>): Sql {
  const names = Object.keys(columns);
  const kinds = Object.values(columns);
  const [only] = table;
  if (table.length === 1 && only !== undefined) {
    // Nothing to take apart: the database gets ready for this in a fraction of the time.
    const between = kinds.slice(1).map((_, i) => `::${kinds[i]?.[0]} as ${names[i]},`);
    return new Sql(
      ["(select ", ...between, `::${kinds.at(-1)?.[0]} as ${names.at(-1)}) as r`],
      kinds.map((column) => textOf(column, only) || null),
    );
  }
  const between = kinds
    .slice(1)
    .map((_, i) => `, chr(31), '')::${kinds[i]?.[0]}[],string_to_array(`);
  return new Sql(
    [
      "unnest(string_to_array(",
      ...between,
      `, chr(31), '')::${kinds.at(-1)?.[0]}[]) as r(${names.join(", ")})`,
    ],
    kinds.map((column) => table.map((row) => textOf(column, row)).join(SEPARATOR)),
  );
}

function textOf<Row>([type, value]: Column<Row>, row: Row): string {
  const one = value(row);
  if (one === null || one === undefined) return "";
  if (type === "json" || type === "jsonb" || typeof one !== "string") return JSON.stringify(one);
  if (one.includes(SEPARATOR)) throw new Error("a separator within a value");
  return one;
}

/** What a prepared statement with `given` in it is called: for one row its text is another one. */
export function named(name: string, table: readonly unknown[]): string {
  return table.length === 1 ? `${name}.one` : name;
}

/** A list of ids within a column of `given`. */
export function idList(ids: readonly string[]): string {
  return `{${ids.join(",")}}`;
}

interface Prepared {
  readonly name: string;
  readonly text: string;
  readonly locks: boolean;
}

/** Words that hold others off until the end of the transaction. */
const LOCK = /\bfor (no key update|update|key share|share)\b|advisory|\bsavepoint\b/i;

const byText = new Map<string, Prepared>();
const byName = new Map<string, Prepared>();
const known = new WeakMap<Sql, Prepared>();

/**
 * Has the database plan a statement once for each connection. For the few that every visit runs:
 * there planning costs as much as the work. Its text must not depend on its values. With a name of
 * its own the text is not even put together again: under one name it is always the same.
 */
export function prepared(statement: Sql, name?: string): Sql {
  let found = name === undefined ? undefined : byName.get(name);
  if (found === undefined) {
    const { text } = statement;
    found = byText.get(text) ?? {
      name: `wanjia_p${byText.size + 1}`,
      text,
      locks: LOCK.test(text),
    };
    byText.set(text, found);
    if (name !== undefined) byName.set(name, found);
  }
  known.set(statement, found);
  return statement;
}

function configOf({ pipelines }: OpenTx, statement: Sql): QueryConfig {
  const found = known.get(statement);
  const { values } = statement;
  if (found === undefined || !pipelines) return { text: found?.text ?? statement.text, values };
  return { name: found.name, text: found.text, values };
}

/** Puts a statement on its way without waiting where that can be; what is waited for next waits for it. */
export async function send(tx: OpenTx, statement: string | QueryConfig): Promise<void> {
  const answer = tx.client.query(statement);
  if (!tx.pipelines) return void (await answer);
  // Whoever waits next hears of a failure; until then it is not forgotten, only early.
  answer.catch(() => {});
  tx.sent.push(answer);
}

/** Puts the changes that wait on their way, as one statement. */
export async function sendLater(tx: OpenTx): Promise<void> {
  if (tx.later.length > 0) await send(tx, together(tx, tx.later.splice(0)));
}

function takesLock(statement: string | Sql): boolean {
  if (typeof statement === "string") return LOCK.test(statement);
  return known.get(statement)?.locks ?? LOCK.test(statement.text);
}

async function query(tx: Tx, statement: string | Sql): Promise<QueryResult<QueryResultRow>> {
  const open = tx as OpenTx;
  // Those who share a transaction don't hold each other off: whoever needs that is done alone.
  if (open.speaking !== undefined && takesLock(statement)) throw new Error("a lock among sharers");
  await sendLater(open);
  const before = open.sent.splice(0);
  const answer = open.client.query<QueryResultRow>(
    typeof statement === "string" ? statement : configOf(open, statement),
  );
  if (before.length === 0) return answer;
  // The first failure is the cause; what follows fails because of it.
  return (await Promise.all([...before, answer])).at(-1) as QueryResult<QueryResultRow>;
}

/** Several changes as one statement: they don't see each other's rows. */
function together(tx: OpenTx, changes: readonly Sql[]): QueryConfig {
  const [only] = changes;
  if (changes.length === 1 && only !== undefined) return configOf(tx, only);
  // The same changes in the same order are the same statement: its text is put together once.
  const parts = changes.map((change) => known.get(change)?.name);
  const key = parts.every((part) => part !== undefined) ? parts.join("+") : undefined;
  const found = key === undefined ? undefined : byName.get(key);
  if (found !== undefined && tx.pipelines) {
    const { name, text } = found;
    return { name, text, values: changes.flatMap(({ values }) => values) };
  }
  const ctes = changes.map((change, i) => sqlTag`${raw(`change_${i}`)} as (${change})`);
  const statement = sqlTag`with ${join(ctes)} select`;
  return configOf(tx, key === undefined ? statement : prepared(statement, key));
}

/**
 * Makes a change whose answer nobody needs. Such changes go out together with whatever comes next,
 * at the latest the commit, and fail with it.
 */
export function runLater(tx: Tx, change: Sql): void {
  (tx as OpenTx).later.push(change);
}

/** Like `runLater`, but not in one statement with what waits already: it may touch the same rows. */
export async function runNext(tx: Tx, change: Sql): Promise<void> {
  await sendLater(tx as OpenTx);
  runLater(tx, change);
}

export async function commit(tx: OpenTx): Promise<void> {
  await query(tx, "commit");
}

/** Work that may fail on its own, without the transaction around it. */
export async function attempt<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await query(tx, "savepoint attempt");
  try {
    const value = await work();
    await query(tx, "release savepoint attempt");
    return value;
  } catch (error) {
    (tx as OpenTx).later.length = 0;
    await Promise.allSettled((tx as OpenTx).sent.splice(0));
    await query(tx, "rollback to savepoint attempt");
    throw error;
  }
}

export async function rows<T>(tx: Tx, statement: Sql): Promise<T[]> {
  return (await query(tx, statement)).rows as T[];
}

/** Exactly one row; anything else is a bug. */
export async function one<T>(tx: Tx, statement: Sql): Promise<T> {
  const found = await rows<T>(tx, statement);
  const [row] = found;
  if (row === undefined || found.length > 1) {
    throw new Error(`expected one row, got ${found.length}`);
  }
  return row;
}

export async function maybe<T>(tx: Tx, statement: Sql): Promise<T | undefined> {
  return (await rows<T>(tx, statement))[0];
}

/** Changes rows and says how many. */
export async function run(tx: Tx, statement: Sql): Promise<number> {
  return (await query(tx, statement)).rowCount ?? 0;
}

let cursors = 0;

/** Rows in portions through a server-side cursor: memory stays flat however many there are. */
export async function* stream<T>(tx: Tx, statement: Sql, size = 2000): AsyncGenerator<T[]> {
  cursors += 1;
  const name = `wanjia_${cursors}`;
  await query(tx, sqlTag`declare ${raw(name)} no scroll cursor for ${statement}`);
  for (;;) {
    const portion = await rows<T>(tx, raw(`fetch ${size} from ${name}`));
    if (portion.length > 0) yield portion;
    if (portion.length < size) break;
  }
  await query(tx, raw(`close ${name}`));
}
