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
  const taken = Object.values(columns).map((column) => {
    const texts = table.map((row) => textOf(column, row)).join(SEPARATOR);
    return sqlTag`string_to_array(${texts}, chr(31), '')::${raw(column[0])}[]`;
  });
  return sqlTag`unnest(${join(taken)}) as r(${raw(Object.keys(columns).join(", "))})`;
}

function textOf<Row>([type, value]: Column<Row>, row: Row): string {
  const one = value(row);
  if (one === null || one === undefined) return "";
  if (type === "json" || type === "jsonb" || typeof one !== "string") return JSON.stringify(one);
  if (one.includes(SEPARATOR)) throw new Error("a separator within a value");
  return one;
}

/** A list of ids within a column of `given`. */
export function idList(ids: readonly string[]): string {
  return `{${ids.join(",")}}`;
}

const names = new Map<string, string>();
const named = new WeakMap<Sql, string>();

/**
 * Has the database plan a statement once for each connection. For the few that every visit runs:
 * there planning costs as much as the work. Its text must not depend on its values.
 */
export function prepared(statement: Sql): Sql {
  const { text } = statement;
  const name = names.get(text) ?? `wanjia_p${names.size + 1}`;
  names.set(text, name);
  named.set(statement, name);
  return statement;
}

function configOf({ pipelines }: OpenTx, statement: Sql): QueryConfig {
  const name = pipelines ? named.get(statement) : undefined;
  const { text, values } = statement;
  return { text, values, ...(name === undefined ? {} : { name }) };
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
  if (tx.later.length > 0) await send(tx, configOf(tx, together(tx.later.splice(0))));
}

async function query(tx: Tx, statement: string | Sql): Promise<QueryResult<QueryResultRow>> {
  const open = tx as OpenTx;
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
function together(changes: readonly Sql[]): Sql {
  const [only] = changes;
  if (changes.length === 1 && only !== undefined) return only;
  const parts = changes.map((change, i) => sqlTag`${raw(`change_${i}`)} as (${change})`);
  const statement = sqlTag`with ${join(parts)} select`;
  return changes.every((change) => named.has(change)) ? prepared(statement) : statement;
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
