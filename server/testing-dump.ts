import type { Database } from "./platform/database.ts";

/** Every value of every column of every table, as text: what somebody would read who stole the disk. */
export async function dumpAll(database: Database): Promise<string> {
  const { rows: tables } = await database.pool.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'm') and n.nspname not in ('pg_catalog', 'information_schema')`,
  );
  const dumps: string[] = [];
  for (const { name } of tables) {
    const { rows } = await database.pool.query<{ text: string }>(
      `select string_agg(t::text, E'\\n') as text from ${name} t`,
    );
    dumps.push(`${name}\n${rows[0]?.text ?? ""}`);
  }
  return dumps.join("\n");
}

/** The ways in which a text may stand in a dump: as it is, in bytes, in base64 of either kind. */
export function tracesOf(text: string): string[] {
  const bytes = Buffer.from(text);
  // Base64 at each of three offsets, without the ends that depend on the neighbours.
  const coded = [0, 1, 2].flatMap((offset) => {
    const middle = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString("base64")
      .slice(4, -4);
    return [middle, middle.replaceAll("+", "-").replaceAll("/", "_")];
  });
  return [text, bytes.toString("hex"), JSON.stringify(text).slice(1, -1), ...coded];
}
