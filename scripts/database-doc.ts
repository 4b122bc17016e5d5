import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * `node scripts/database-doc.ts` writes docs/database.md from the migrations: what they say of their
 * tables and columns is the documentation, so that it can't fall behind. A test compares the two.
 */
const ROOT = join(import.meta.dirname, "..");
export const DATABASE_DOC = join(ROOT, "docs/database.md");
const MIGRATIONS = join(ROOT, "server/migrations");

const REACH: Readonly<Record<string, string>> = {
  bureau: "every member of the bureau",
  station: "members of the station",
  beat: "officers of the beat, leaders of the station, desks of the bureau",
};

interface Table {
  readonly name: string;
  readonly purpose: string;
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly note: string;
  }[];
}

/** `create table` with the comment above it, and each column with the comment above that. */
function tablesOf(sql: string): Table[] {
  const found = sql.matchAll(/((?:^--.*\n)*)^create (?:unlogged )?table (\w+) \(\n([\s\S]*?)^\)/gm);
  return [...found].map(([, comment = "", name = "", body = ""]) => ({
    name,
    purpose: textOf(comment),
    columns: columnsOf(body),
  }));
}

function textOf(comment: string): string {
  return comment
    .split("\n")
    .map((line) => line.replace(/^\s*--\s?/, ""))
    .join(" ")
    .trim();
}

function columnsOf(body: string): Table["columns"] {
  const columns = [];
  let comment = "";
  for (const line of body.split("\n")) {
    if (/^\s*--/.test(line)) {
      comment += `${line}\n`;
      continue;
    }
    const column = /^ {2}"?(\w+)"? ([a-z0-9]+(?:\[\])?)/.exec(line);
    if (
      column?.[1] !== undefined &&
      !/^(primary|unique|foreign|check|constraint)$/.test(column[1])
    ) {
      columns.push({ name: column[1], type: column[2] ?? "", note: textOf(comment) });
    }
    comment = "";
  }
  return columns;
}

function reachOf(sql: string, table: string): string {
  const protect = new RegExp(`wanjia_protect\\('${table}', '(\\w+)'\\)`).exec(sql)?.[1];
  if (protect !== undefined) return REACH[protect] ?? protect;
  return new RegExp(`create policy \\w+ on ${table}\\b`).test(sql)
    ? "policies of its own, see the migration"
    : "nobody through a request";
}

export function databaseDoc(): string {
  const parts = [
    "# Database",
    "",
    "Written from the migrations by `node scripts/database-doc.ts`; a test keeps it true. Every table's key begins with `bureau_id`, every table lies under row-level security ([decision](adr/0002-one-driver.md), [scale](scale.md)). Columns named `changed_tx` and `changed_seq` say when a row changed, for phones that pull.",
    "",
  ];
  for (const file of readdirSync(MIGRATIONS).toSorted()) {
    const sql = readFileSync(join(MIGRATIONS, file), "utf8");
    const tables = tablesOf(sql);
    if (tables.length === 0) continue;
    parts.push(
      `## ${file.replace(/^\d+-(.*)\.sql$/, "$1")}`,
      "",
      textOf(/^(--.*\n)*/.exec(sql)?.[0] ?? ""),
      "",
    );
    for (const table of tables) {
      parts.push(`### \`${table.name}\``, "");
      if (table.purpose !== "") parts.push(table.purpose, "");
      parts.push(
        `Seen by: ${reachOf(sql, table.name)}.`,
        "",
        "| Column | Type | |",
        "| --- | --- | --- |",
      );
      for (const { name, type, note } of table.columns) {
        parts.push(`| \`${name}\` | ${type} | ${note.replaceAll("|", "\\|")} |`);
      }
      parts.push("");
    }
  }
  return `${parts.join("\n").trimEnd()}\n`;
}

if (import.meta.main) writeFileSync(DATABASE_DOC, databaseDoc());
