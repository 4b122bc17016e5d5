import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Actor, Principal, System } from "./platform/access.ts";
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

/** Units and people of the bureau, and how its work is divided: every member sees who is where. */
const BUREAU_WIDE = new Set([
  "beat",
  "campaign_station",
  "community",
  "grid",
  "posting",
  "routing_rule",
  "team",
]);

/** Divided by who someone is, not by where he works: their own tests say so. */
const BY_PERSON = new Set(["audit", "data_request", "mediation"]);

/** Beside the wall of the beats, roles or states that an officer on foot isn't of. */
const NOT_FOR_OFFICERS = new Set(["recheck_item"]);
const NOT_FOR_LEADERS = new Set(["recheck_item", "occupancy"]);

/** What a change counts is added to the figures of its station by whoever may make that change. */
const ADDED_TO_BY_ALL = new Set(["tally_delta"]);

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
const leader: Principal = { ...officer, role: "station_leader", scope: "station", beatIds: [] };
/** Reserved tables are open to it alone, so that their wall between bureaus is tried as well. */
const server: System = { system: true, bureauId: city.bureau };
const foreignServer: System = { system: true, bureauId: city.foreignBureau };

async function as<T>(who: Actor, text: string, values: readonly unknown[] = []): Promise<T[]> {
  return database.transact(
    who,
    async (tx) => (await (tx as OpenTx).client.query(text, [...values])).rows as T[],
  );
}

/** One row in every table for the foreign bureau and for each of our beats, by the table's own columns. */
async function plant(table: Table): Promise<void> {
  const rows = await Promise.all(
    [FOREIGN, EAST, WEST, SOUTH].map((where) => insertion(table, where)),
  );
  const client = await database.pool.connect();
  try {
    await client.query("begin");
    await client.query("set local session_replication_role = replica");
    for (const { text, values } of rows) await client.query(text, [...values]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}

type Where = Readonly<Record<"bureau_id" | "station_id" | "beat_id", string>>;
const EAST: Where = {
  bureau_id: city.bureau,
  station_id: city.stations.first,
  beat_id: city.beats.east,
};
const WEST: Where = { ...EAST, beat_id: city.beats.west };
const SOUTH: Where = { ...EAST, station_id: city.stations.second, beat_id: city.beats.south };
const FOREIGN: Where = {
  bureau_id: city.foreignBureau,
  station_id: city.stations.foreign,
  beat_id: city.beats.foreign,
};

let serial = 0;

/** A row that belongs there; every column that must not be empty has some value of its type. */
async function insertion(
  table: Table,
  where: Where,
): Promise<{ text: string; values: readonly unknown[] }> {
  const { rows } = await database.pool.query<{ name: string; type: string; required: boolean }>(
    `select a.attname as name, format_type(a.atttypid, null) as type,
       a.attnotnull and not a.atthasdef and a.attidentity = '' and a.attgenerated = '' as required
     from pg_attribute a where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped`,
    [table.name],
  );
  const row: Record<string, unknown> = {};
  for (const { name, type, required } of rows) {
    if (name in where) row[name] = where[name as keyof Where];
    else if (required) row[name] = some(type);
  }
  const names = Object.keys(row);
  return {
    text: `insert into ${table.name} (${names.map((name) => `"${name}"`).join(", ")}) values (${names.map((_, i) => `$${i + 1}`).join(", ")})`,
    values: Object.values(row),
  };
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
  const { name, columns } = table;

  test(`${name}: a session of one bureau reads and writes nothing of another`, async () => {
    if (name !== "bureau") await plant(table);
    const count = `select count(*)::integer as n from ${name}`;
    const before = await as<{ n: number }>(foreignServer, count);
    assert.ok((before[0]?.n ?? 0) > 0, "there is something to be kept apart");
    assert.ok(((await as<{ n: number }>(server, count))[0]?.n ?? 0) > 0, "reads its own");
    const other = `bureau_id = '${city.foreignBureau}'`;
    for (const who of [office, server]) {
      assert.deepEqual(
        await as(who, `select 1 from ${name} where bureau_id <> '${city.bureau}'`),
        [],
      );
      await kept(who, `update ${name} set bureau_id = bureau_id where ${other} returning 1`);
      await kept(who, `delete from ${name} where ${other} returning 1`);
      const { text, values } = await insertion(table, FOREIGN);
      await refused(who, text, values);
      await kept(who, `update ${name} set ${other} where bureau_id = '${city.bureau}' returning 1`);
    }
    assert.deepEqual(await as(foreignServer, count), before, "nothing came, nothing went");
  });

  if (!columns.includes("station_id") || BUREAU_WIDE.has(name) || BY_PERSON.has(name)) continue;

  test(`${name}: a station's leader reads and writes nothing of another station`, async () => {
    const seen = await as<{ id: string }>(leader, `select distinct station_id as id from ${name}`);
    assert.deepEqual(seen, NOT_FOR_LEADERS.has(name) ? [] : [{ id: city.stations.first }]);
    await wall(leader, table, SOUTH);
  });

  if (!columns.includes("beat_id")) continue;

  test(`${name}: an officer reads and writes nothing outside his beats`, async () => {
    const seen = await as<{ id: string }>(officer, `select distinct beat_id as id from ${name}`);
    assert.deepEqual(seen, NOT_FOR_OFFICERS.has(name) ? [] : [{ id: city.beats.east }]);
    await wall(officer, table, WEST);
    await wall(officer, table, SOUTH);
  });
}

/** What lies there can't be changed, removed or added, and nothing can be carried over. */
async function wall(who: Principal, table: Table, where: Where): Promise<void> {
  const { name, columns } = table;
  const place = (["station_id", "beat_id"] as const)
    .filter((column) => columns.includes(column))
    .map((column) => `${column} = '${where[column]}'`);
  const there = place.join(" and ");
  await kept(who, `update ${name} set bureau_id = bureau_id where ${there} returning 1`);
  await kept(who, `delete from ${name} where ${there} returning 1`);
  await kept(who, `update ${name} set ${place.join(", ")} returning 1`);
  if (ADDED_TO_BY_ALL.has(name)) return;
  const { text, values } = await insertion(table, where);
  await refused(who, text, values);
}

/** A statement that touches no row, or that privilege or policy refuse. */
async function kept(who: Actor, text: string): Promise<void> {
  try {
    assert.deepEqual(await as(who, text), [], text);
  } catch (error) {
    if (codeOf(error) !== REFUSED) throw error;
  }
}

/** Refused by privilege or policy: they are asked before keys and checks are. */
async function refused(who: Actor, text: string, values: readonly unknown[]): Promise<void> {
  await assert.rejects(as(who, text, values), (error) => codeOf(error) === REFUSED, text);
}

const REFUSED = "42501";

function codeOf(error: unknown): string | undefined {
  return (error as { code?: string }).code;
}
