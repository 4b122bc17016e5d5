import type { QueryResult, QueryResultRow } from "pg";
import sqlTag, { empty, join, raw, Sql } from "sql-template-tag";
import { type OpenTx, send, type Tx } from "./database.ts";

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

function configOf({ pipelines }: OpenTx, statement: Sql) {
  const name = pipelines ? named.get(statement) : undefined;
  const { text, values } = statement;
  return { text, values, ...(name === undefined ? {} : { name }) };
}

async function query(tx: Tx, statement: Sql): Promise<QueryResult<QueryResultRow>> {
  const { client, sent } = tx as OpenTx;
  const before = sent.splice(0);
  const answer = client.query<QueryResultRow>(configOf(tx as OpenTx, statement));
  if (before.length === 0) return answer;
  return (await Promise.all([answer, ...before]))[0];
}

/**
 * Sends a statement whose answer nobody needs: what comes next, at the latest the commit, waits for
 * it and fails with it.
 */
export function runLater(tx: Tx, statement: Sql): Promise<void> {
  return send(tx as OpenTx, configOf(tx as OpenTx, statement));
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
