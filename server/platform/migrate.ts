import { readdirSync, readFileSync } from "node:fs";
import type { Database } from "./database.ts";
import { sha256 } from "./crypto.ts";

const FOLDER = new URL("../migrations/", import.meta.url);
/** Any number, the same for all servers of one database. */
const LOCK = 5_217_001;

export class SchemaRefused extends Error {}

/**
 * Brings the schema up to this version, forward only. Servers that start together wait for one
 * another. A database that a newer version has written to is refused.
 */
export async function migrate(database: Database): Promise<string[]> {
  const files = readdirSync(FOLDER)
    .filter((name) => name.endsWith(".sql"))
    .sort();
  const client = await database.pool.connect();
  try {
    await client.query(`select pg_advisory_lock(${LOCK})`);
    await client.query(
      "create table if not exists wanjia_migration (name text primary key, hash text not null, applied_at timestamptz not null default now())",
    );
    const { rows } = await client.query<{ name: string; hash: string }>(
      "select name, hash from wanjia_migration",
    );
    const applied = new Map(rows.map((row) => [row.name, row.hash]));
    for (const name of applied.keys()) {
      if (!files.includes(name)) {
        throw new SchemaRefused(
          `The database was written by a newer version of Wanjia (it has ${name}). Start that version, or restore a backup of before.`,
        );
      }
    }
    const done: string[] = [];
    for (const name of files) {
      const text = readFileSync(new URL(name, FOLDER), "utf8");
      const hash = sha256(text).toString("hex");
      const before = applied.get(name);
      if (before === hash) continue;
      if (before !== undefined) {
        throw new SchemaRefused(
          `Migration ${name} was changed after it had been applied. Migrations only go forward: add a new file.`,
        );
      }
      await client.query("begin");
      try {
        await client.query(text);
        await client.query("insert into wanjia_migration (name, hash) values ($1, $2)", [
          name,
          hash,
        ]);
        await client.query("commit");
      } catch (error) {
        await client.query("rollback");
        throw new Error(`Migration ${name} failed; nothing of it was kept.`, { cause: error });
      }
      done.push(name);
    }
    return done;
  } finally {
    await client.query(`select pg_advisory_unlock(${LOCK})`).catch(() => {});
    client.release();
  }
}
