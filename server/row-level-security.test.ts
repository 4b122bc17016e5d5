import assert from "node:assert/strict";
import { after, test } from "node:test";
import type pg from "pg";
import type { Principal } from "./platform/access.ts";
import type { OpenTx } from "./platform/database.ts";
import { testApp } from "./testing.ts";

/**
 * The wall behind every query, tried on every table there is: what a session may not see it can't
 * read, and what it may not touch it can't write, whatever SQL a bug might send.
 */
const app = await testApp();
after(() => app.close());

const { city, database } = app;

interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  readonly hasBureau: boolean;
}

const tables = await listTables();
await dropChecks();

async function listTables(): Promise<Table[]> {
  const { rows } = await database.pool.query<{ name: string; columns: string[] }>(
    `select c.relname as name, array_agg(a.attname::text) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
     group by c.relname order by c.relname`,
  );
  return rows.map(({ name, columns }) => ({
    name,
    columns,
    hasBureau: columns.includes("bureau_id"),
  }));
}

/** Planted rows make no sense but to the policies, so the tables' own checks would be in the way. */
async function dropChecks(): Promise<void> {
  const { rows } = await database.pool.query<{ name: string; table: string }>(
    `select conname as name, conrelid::regclass::text as "table" from pg_constraint
     where contype = 'c' and connamespace = 'public'::regnamespace`,
  );
  for (const { name, table } of rows) {
    await database.pool.query(`alter table ${table} drop constraint if exists "${name}"`);
  }
}

/** Not divided by bureau: out of reach of requests altogether. */
const OUT_OF_REACH = new Set([
  "auth_user",
  "auth_session",
  "auth_account",
  "auth_verification",
  "auth_lockout",
  "wanjia_migration",
]);

/** Units and people of the bureau: every member sees who is posted where. */
const BUREAU_WIDE = new Set(["beat", "community", "grid", "posting", "audit"]);

const officer: Principal = {
  bureauId: city.bureau,
  memberId: city.members.officer.id,
  role: "community_officer",
  scope: "beat",
  stationIds: [city.stations.first],
  beatIds: [city.beats.east],
  locale: "zh-CN",
};
const office: Principal = {
  ...officer,
  memberId: city.members.office.id,
  role: "campaign_office",
  scope: "bureau",
  stationIds: [],
  beatIds: [],
};
const foreign: Principal = { ...office, bureauId: city.foreignBureau };

async function as<T>(who: Principal, text: string): Promise<T[]> {
  return database.transact(
    who,
    async (tx) => (await (tx as OpenTx).client.query(text)).rows as T[],
  );
}

/** One row in every table for the foreign bureau and for each of our beats, by the table's own columns. */
async function plant(table: Table): Promise<void> {
  const client = await database.pool.connect();
  try {
    await client.query("begin");
    await client.query("set local session_replication_role = replica");
    for (const [bureau, station, beat] of [
      [city.foreignBureau, city.stations.foreign, city.beats.foreign],
      [city.bureau, city.stations.first, city.beats.east],
      [city.bureau, city.stations.first, city.beats.west],
      [city.bureau, city.stations.second, city.beats.south],
    ] as const) {
      await insertRow(client, table, { bureau_id: bureau, station_id: station, beat_id: beat });
    }
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}

type Client = pg.PoolClient;
let serial = 0;

/** Fills every column that must not be empty with some value of its type. */
async function insertRow(
  client: Client,
  table: Table,
  fixed: Readonly<Record<string, string>>,
): Promise<void> {
  const { rows } = await client.query<{
    name: string;
    type: string;
    required: boolean;
    check: string | null;
  }>(
    `select a.attname as name, format_type(a.atttypid, null) as type,
       a.attnotnull and not a.atthasdef and a.attidentity = '' and a.attgenerated = '' as required
     from pg_attribute a where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped`,
    [table.name],
  );
  const values: Record<string, unknown> = {};
  for (const { name, type, required } of rows) {
    if (fixed[name] !== undefined) values[name] = fixed[name];
    else if (required) values[name] = some(type);
  }
  const names = Object.keys(values);
  await client.query(
    `insert into ${table.name} (${names.map((name) => `"${name}"`).join(", ")}) values (${names.map((_, i) => `$${i + 1}`).join(", ")})`,
    Object.values(values),
  );
}

function some(type: string): unknown {
  serial += 1;
  if (type === "uuid") return `01990000-0000-7000-9000-${String(serial).padStart(12, "0")}`;
  if (type.endsWith("[]")) return [];
  if (type === "boolean") return true;
  if (type === "jsonb" || type === "json") return "{}";
  if (type.startsWith("timestamp")) return new Date();
  if (type === "date") return `2026-11-${String((serial % 28) + 1).padStart(2, "0")}`;
  if (type === "bytea") return Buffer.from([serial % 256]);
  if (/int|numeric|double|real/.test(type)) return serial;
  return `x${serial}`;
}

test("every table is divided by bureau under row-level security, or out of reach", async () => {
  const { rows } = await database.pool.query<{ name: string; forced: boolean; granted: boolean }>(
    `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
       has_table_privilege('wanjia_app', c.oid, 'select') or has_table_privilege('wanjia_app', c.oid, 'insert') as granted
     from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace`,
  );
  const loose = rows.filter(({ name, forced, granted }) =>
    OUT_OF_REACH.has(name) ? granted : !forced,
  );
  assert.deepEqual(loose, []);
  assert.deepEqual(
    tables.filter(({ name, hasBureau }) => !hasBureau && !OUT_OF_REACH.has(name)),
    [],
  );
});

test("every key begins with the bureau, and no policy asks another table (Citus)", async () => {
  const { rows } = await database.pool.query<{ name: string; key: string }>(
    `select c.conrelid::regclass::text as name, pg_get_constraintdef(c.oid) as key
     from pg_constraint c join pg_class t on t.oid = c.conrelid
     where c.contype in ('p', 'u') and t.relnamespace = 'public'::regnamespace`,
  );
  const loose = rows.filter(
    ({ name, key }) =>
      !OUT_OF_REACH.has(name) &&
      !/^(PRIMARY KEY|UNIQUE) .*\(bureau_id\b/.test(key) &&
      name !== "bureau",
  );
  assert.deepEqual(loose, []);
  const policies = await database.pool.query<{ rule: string }>(
    `select coalesce(qual, '') || coalesce(with_check, '') as rule from pg_policies where schemaname = 'public'`,
  );
  assert.deepEqual(
    policies.rows.filter(({ rule }) => /\bselect\b/i.test(rule)),
    [],
  );
  const triggers = await database.pool.query(
    `select tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid
     where not tgisinternal and c.relnamespace = 'public'::regnamespace`,
  );
  assert.deepEqual(triggers.rows, []);
});

for (const table of tables.filter(({ name, hasBureau }) => hasBureau && !OUT_OF_REACH.has(name))) {
  const { name } = table;

  test(`${name}: a session of one bureau reads and writes nothing of another`, async () => {
    if (name !== "bureau") await plant(table);
    const own = await as<{ n: number }>(foreign, `select count(*) as n from ${name}`);
    const seen = await as<{ bureau_id: string }>(office, `select distinct bureau_id from ${name}`);
    assert.deepEqual(
      seen.filter(({ bureau_id }) => bureau_id !== city.bureau),
      [],
      "reads",
    );
    const other = `bureau_id = '${city.foreignBureau}'`;
    assert.equal((await as(office, `select 1 from ${name} where ${other}`)).length, 0);
    const changed = await attempt(
      office,
      `update ${name} set bureau_id = bureau_id where ${other} returning 1`,
    );
    assert.equal(changed, 0, "updates");
    assert.equal(
      await attempt(office, `delete from ${name} where ${other} returning 1`),
      0,
      "deletes",
    );
    await attempt(office, `update ${name} set bureau_id = '${city.foreignBureau}' returning 1`);
    const after = await as<{ n: number }>(foreign, `select count(*) as n from ${name}`);
    assert.deepEqual(after, own, "nothing was moved into the other bureau");
  });

  if (!table.columns.includes("beat_id") || BUREAU_WIDE.has(name)) continue;

  test(`${name}: an officer reads and writes nothing outside his beats`, async () => {
    const seen = await as<{ beat_id: string | null }>(
      officer,
      `select distinct beat_id from ${name}`,
    );
    assert.deepEqual(
      seen.filter(({ beat_id }) => beat_id !== city.beats.east),
      [],
    );
    const elsewhere = `beat_id <> '${city.beats.east}'`;
    assert.equal(await attempt(officer, `delete from ${name} where ${elsewhere} returning 1`), 0);
  });
}

/** How many rows a statement touched; a refusal by privilege touches none. */
async function attempt(who: Principal, text: string): Promise<number> {
  try {
    return (await as(who, text)).length;
  } catch (error) {
    // Refused by privilege or policy, or by a key that holds the row where it is.
    if (/^(42501|23\d{3})$/.test((error as { code?: string }).code ?? "")) return 0;
    throw error;
  }
}
