import { type ChildProcess, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { type Id, uuidv7 } from "@wanjia/domain/shared/id";
import { DAY_MS } from "@wanjia/domain/shared/instant";
import { seededRandom } from "@wanjia/domain/shared/random";
import { NEW_DOOR } from "@wanjia/domain/visits/door";
import pg from "pg";
import { CITY } from "../server/testing-city.ts";
import type { CeilingOrder, CeilingReport } from "./ceiling.ts";
import {
  type BenchServer,
  fillFixtureCity,
  openBenchDatabase,
  quantile,
  round,
  startBenchServer,
} from "./harness.ts";
import type { LoadOrder, LoadReport } from "./load.ts";
import type { BenchOptions } from "./run.ts";

export const name = "ingest";

const BATCH = 50;
const BATCH_CLIENTS = 8;
const SINGLE_CLIENTS = 32;
/** More doors than visits: each is visited for the first time, whatever is stored by then. */
const DOORS = 150_000;
const IDLE_MS = 10_000;

interface Sizes {
  readonly batches: number;
  readonly singles: number;
  readonly stored: number;
}
const FULL: Sizes = { batches: 600, singles: 18_000, stored: 500_000 };
const QUICK: Sizes = { batches: 60, singles: 400, stored: 5000 };

export async function run(options: BenchOptions) {
  const sizes = options.quick ? QUICK : FULL;
  const target = await openBenchDatabase(options);
  let server: BenchServer | undefined;
  let bench: Bench | undefined;
  try {
    const database = await fillFixtureCity(target);
    await addDoors(database.pool);
    await database.close();
    server = await startBenchServer(target);
    bench = new Bench(server, target.url, () => target.cpuMs());
    return await bench.run(sizes);
  } finally {
    bench?.end();
    await server?.stop();
    await target.drop();
  }
}

/** One long row of houses in the East beat, and a campaign that visits all of them. */
export async function addDoors(pool: pg.Pool): Promise<void> {
  const { bureau, stations, beats, communities, buildings } = CITY;
  await pool.query(
    `insert into place (bureau_id, id, station_id, beat_id, community_id, parent_id, building_id, kind, full_text, sort_key, use, status, valid_from)
      select $1, ('00000000-0000-7000-8001-' || lpad(n::text, 12, '0'))::uuid, $2, $3, $4, $5, $5, 'dwelling_unit',
        '东亭花园1幢' || n || '室', 'bench ' || lpad(n::text, 8, '0'), 'residential', 'confirmed', '2026-01-01'
      from generate_series(1, ${DOORS}) n`,
    [bureau, stations.first, beats.east, communities.east, buildings.east],
  );
  await pool.query(
    `insert into campaign (bureau_id, id, version, state, name, name_en, track, aim, starts_on, ends_on, phases, target, leaflets, devices, sampling_plan, created_at, opened_at)
      values ($1, $2, 1, 'open', '百日走访', 'Hundred days', 'outreach', '见面', current_date - 30, current_date + 30, '[]',
        '{"kinds": ["dwelling_unit"], "communityIds": [], "beatIds": []}', '[{"code": "anti_fraud", "name": "反诈"}]', '[]', false, now(), now())`,
    [bureau, CAMPAIGN],
  );
  await pool.query(
    "insert into campaign_station (bureau_id, campaign_id, station_id) values ($1, $2, $3)",
    [bureau, CAMPAIGN, stations.first],
  );
  // As an opened campaign leaves them (server/campaigns/queries.ts).
  await pool.query(
    `insert into door (bureau_id, id, station_id, beat_id, building_id, version, state)
      select bureau_id, id, station_id, beat_id, building_id, 0, $2::json from place
      where bureau_id = $1 and sort_key like 'bench %'`,
    [bureau, JSON.stringify(NEW_DOOR)],
  );
  await pool.query("vacuum analyze place");
  await pool.query("vacuum analyze door");
}

const CAMPAIGN = "01990000-0000-7000-8000-00110000beac";

const random = seededRandom("ingest");
const anId = (): Id => uuidv7(Date.now(), randomBytes(10));

/** Officers go along corridors: two of them at one door in the same second is not the load here. */
let knock = 0;
function aDoor(): Id {
  knock = (knock + 7919) % DOORS; // prime to DOORS, so every door has its turn
  return `00000000-0000-7000-8001-${String(1 + knock).padStart(12, "0")}`;
}

/** A visit as an evening brings it: half of the doors open (domain.md §10.5). */
export function aCommand(): object {
  const startedAt = Date.now() - 3600_000 - Math.floor(random() * 3 * DAY_MS);
  const { officer, auxiliary } = CITY.members;
  const body = {
    placeId: aDoor(),
    startedAt,
    endedAt: startedAt + 60_000 + Math.floor(random() * 400_000),
    team: [officer.id, auxiliary.id],
  };
  const met = {
    outcome: random() < 0.7 ? "completed_doorstep" : "completed_inside",
    entryConsent: true,
    noticeGiven: "oral_and_card",
    idShown: true,
    cardLeft: true,
    topics: ["anti_fraud", "fire_safety"],
    note: "住户希望晚上七点以后再来，楼道堆放纸箱已当面提醒，愿意参加小区反诈讲座。",
  };
  return {
    id: anId(),
    type: "visits.record",
    at: body.endedAt,
    base: null,
    body: random() < 0.55 ? { ...body, ...met } : { ...body, outcome: "no_answer" },
  };
}

interface Spent {
  readonly seconds: number;
  readonly server: number;
  readonly database: number;
  readonly wal: number;
  readonly commits: number;
}

class Bench {
  readonly #server: BenchServer;
  readonly #url: string | undefined;
  readonly #databaseCpu: () => number;
  readonly #load = new Child("load.ts");
  #cookies: string[] = [];
  #device = "";
  #rss = 0;
  /** Commits a second of the server's own work (jobs, folding), as long as nobody pushes. */
  #background = 0;
  /** Rows that the server folds away every few seconds, caught in time. */
  #tallies: Record<string, unknown>[] = [];

  constructor(server: BenchServer, url: string | undefined, databaseCpu: () => number) {
    this.#server = server;
    this.#url = url;
    this.#databaseCpu = databaseCpu;
  }

  end(): void {
    this.#load.end();
  }

  async run(sizes: Sizes) {
    this.#device = anId();
    const cookie = await this.#server.signIn("officer", this.#device);
    this.#cookies = [cookie];
    const registered = await fetch(`${this.#server.address}/api/v1/sync/devices`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-wanjia-csrf": "1", cookie },
      body: JSON.stringify({ id: this.#device, name: "压测", protocol: 2 }),
    });
    if (!registered.ok) throw new Error(await registered.text());

    const idle = await this.#spent();
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    const later = await this.#spent();
    this.#background = (later.commits - idle.commits) / (later.seconds - idle.seconds);

    // The first requests compile the code; they are not measured.
    await this.#push(this.#bodies(Math.ceil(sizes.batches / 2), BATCH), BATCH_CLIENTS);
    const batches = this.#bodies(sizes.batches, BATCH);
    const empty = await this.#push(batches, BATCH_CLIENTS);
    const again = await this.#push(overlapping(batches), BATCH_CLIENTS);
    const onNewLog = await this.#push(this.#bodies(sizes.singles, 1), SINGLE_CLIENTS);
    if (this.#url !== undefined) await this.#useLogAgain(this.#url);
    await this.#push(this.#bodies(Math.ceil(sizes.singles / 6), 1), SINGLE_CLIENTS);
    const singles = await this.#push(this.#bodies(sizes.singles, 1), SINGLE_CLIENTS);
    const ceiling = this.#url === undefined ? null : await this.#ceilings(sizes);
    const stored = this.#url === undefined ? null : await this.#withStored(this.#url, sizes);

    const visits = sizes.batches * BATCH;
    const rate = visits / empty.report.seconds;
    const rateSingle = sizes.singles / singles.report.seconds;
    const cpu = (empty.spent.server + empty.spent.database) / visits;
    const cpuAgain = (again.spent.server + again.spent.database) / again.commands;
    const p99 = quantile(singles.report.milliseconds, 0.99);
    const share = ceiling === null ? null : rate / ceiling.batches;
    const shareSingle = ceiling === null ? null : rateSingle / ceiling.singles;
    const musts: Record<string, boolean> = {
      everyVisitAccepted: empty.report.statuses["accepted"] === visits,
      everySingleAccepted: singles.report.statuses["accepted"] === sizes.singles,
      everyRepostHad: again.report.failed === 0 && again.report.statuses["had"] === again.commands,
      repostCheaper: cpuAgain < cpu,
      cpu: cpu <= 0.3,
      singleP99: p99 <= 40,
      rss: this.#rss <= 250,
      ...(ceiling === null
        ? {}
        : {
            shareOfCeiling: (share ?? 0) >= 0.1,
            shareOfCeilingSingle: (shareSingle ?? 0) >= 0.07,
            walPerVisit: empty.spent.wal / visits <= 3000,
            commitsPerRequest: empty.spent.commits / sizes.batches <= 1.1,
          }),
      ...(stored === null ? {} : { rateWithStored: stored.rate >= 0.9 * rate }),
    };
    return {
      ok: Object.values(musts).every(Boolean),
      missed: Object.keys(musts).filter((must) => musts[must] === false),
      visitsPerSecond: Math.round(rate),
      ceilingPerSecond: ceiling === null ? null : Math.round(ceiling.batches),
      shareOfCeiling: share === null ? null : round(share, 3),
      cpuMsPerVisit: round(cpu, 3),
      cpuMsServer: round(empty.spent.server / visits, 3),
      cpuMsDatabase: round(empty.spent.database / visits, 3),
      walPerVisit: Math.round(empty.spent.wal / visits),
      commitsPerRequest: round(empty.spent.commits / sizes.batches, 2),
      batchP50: round(quantile(empty.report.milliseconds, 0.5)),
      batchP99: round(quantile(empty.report.milliseconds, 0.99)),
      repostCpuMsPerVisit: round(cpuAgain, 3),
      singlesPerSecond: Math.round(rateSingle),
      ceilingSinglesPerSecond: ceiling === null ? null : Math.round(ceiling.singles),
      shareOfCeilingSingles: shareSingle === null ? null : round(shareSingle, 3),
      singleP50: round(quantile(singles.report.milliseconds, 0.5)),
      singleP99: round(p99),
      singleP99OnNewLog: round(quantile(onNewLog.report.milliseconds, 0.99)),
      singleCpuMsServer: round(singles.spent.server / sizes.singles, 3),
      singleCpuMsDatabase: round(singles.spent.database / sizes.singles, 3),
      stored: stored?.rows ?? null,
      visitsPerSecondWithStored: stored === null ? null : Math.round(stored.rate),
      rssMb: this.#rss,
    };
  }

  #bodies(requests: number, size: number): string[] {
    return Array.from({ length: requests }, () => {
      const commands = Array.from({ length: size }, aCommand);
      return JSON.stringify({ protocol: 2, device: this.#device, deviceNow: Date.now(), commands });
    });
  }

  async #push(bodies: readonly string[], clients: number) {
    const before = await this.#spent();
    const sampler = setInterval(() => {
      this.#rss = Math.max(this.#rss, this.#server.rssMb());
    }, 100);
    const order: LoadOrder = {
      address: this.#server.address,
      path: "/api/v1/sync/push",
      clients,
      cookies: this.#cookies,
      bodies,
    };
    const report = await this.#load.ask<LoadReport>(order);
    clearInterval(sampler);
    if (this.#url !== undefined) await this.#catchTallies(this.#url);
    const after = await this.#spent();
    const seconds = after.seconds - before.seconds;
    const spent: Spent = {
      seconds,
      server: after.server - before.server,
      database: after.database - before.database,
      wal: after.wal - before.wal,
      commits: after.commits - before.commits - this.#background * seconds,
    };
    const commands = Object.values(report.statuses).reduce((sum, count) => sum + count, 0);
    return { report, spent, commands };
  }

  /**
   * A database that has run for a while writes its log into files that it used before. One that was
   * just made creates a file for every 16 MB, and all commits wait some 50 ms for each: what that
   * costs is told too (`singleP99OnNewLog`). What comes after the checkpoint pays for it with whole
   * pages in the log; the first thousand do so unmeasured.
   */
  async #useLogAgain(url: string): Promise<void> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query("checkpoint");
    await client.end();
  }

  async #catchTallies(url: string): Promise<void> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query("select to_jsonb(t) as row from tally_delta t limit 500");
    await client.end();
    if (rows.length > this.#tallies.length) this.#tallies = rows.map(({ row }) => row);
  }

  async #spent(): Promise<Spent> {
    const seconds = performance.now() / 1000;
    const server = this.#server.cpuMs();
    const database = this.#databaseCpu();
    if (this.#url === undefined) return { seconds, server, database, wal: 0, commits: 0 };
    // PostgreSQL publishes its counts of commits about once a second.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const client = new pg.Client({ connectionString: this.#url });
    await client.connect();
    const { rows } = await client.query<{ wal: string; commits: string }>(
      "select pg_current_wal_lsn() - '0/0' as wal, xact_commit as commits from pg_stat_database where datname = current_database()",
    );
    await client.end();
    const { wal, commits } = rows[0] ?? {};
    return { seconds, server, database, wal: Number(wal), commits: Number(commits) };
  }

  /** The rows that the last pushes left, written again under fresh ids into tables of the same build. */
  async #ceilings(sizes: Sizes): Promise<{ batches: number; singles: number }> {
    const url = this.#url as string;
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const samples: Record<string, Record<string, unknown>[]> = {};
    for (const table of TABLES) {
      await client.query(`create table ceiling_${table} (like ${table} including all)`);
      const { rows } = await client.query(`select to_jsonb(t) as row from ${table} t limit 2000`);
      samples[table] = table === "tally_delta" ? this.#tallies : rows.map(({ row }) => row);
    }
    await client.end();
    const parts = TABLES.map(
      (table) =>
        `insert into ceiling_${table} overriding system value select * from jsonb_populate_recordset(null::ceiling_${table}, $1::jsonb -> '${table}')`,
    );
    const [last, ...others] = parts.toReversed();
    const statement = `with ${others.map((part, i) => `w${i} as (${part})`).join(", ")} ${last}`;
    let serial = 1_000_000_000;
    const rowsOf = (table: string, count: number): object[] =>
      Array.from({ length: count }, () => {
        const source = samples[table] ?? [];
        const row = { ...source[Math.floor(random() * source.length)], id: anId() as unknown };
        serial += 1;
        if (table === "tally_delta") row.id = serial;
        return row;
      });
    const bodies = (requests: number, size: number): string[] =>
      Array.from({ length: requests }, () =>
        JSON.stringify(
          Object.fromEntries(
            TABLES.map((table) => [table, rowsOf(table, PER_PUSH.has(table) ? 1 : size)]),
          ),
        ),
      );
    const order = (clients: number, list: string[]): CeilingOrder => ({
      url,
      clients,
      statement,
      bodies: list,
    });
    const writer = new Child("ceiling.ts");
    await writer.ask<CeilingReport>(order(BATCH_CLIENTS, bodies(50, BATCH)));
    const batches = bodies(sizes.batches, BATCH);
    const many = await writer.ask<CeilingReport>(order(BATCH_CLIENTS, batches));
    const singles = bodies(sizes.singles, 1);
    const one = await writer.ask<CeilingReport>(order(SINGLE_CLIENTS, singles));
    writer.end();
    return {
      batches: (sizes.batches * BATCH) / many.seconds,
      singles: sizes.singles / one.seconds,
    };
  }

  /** Fills the tables up by copying what is there, and measures once more. */
  async #withStored(url: string, sizes: Sizes): Promise<{ rows: number; rate: number }> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows: before } = await client.query("select count(*)::int as n from visit");
    const missing = Math.max(0, sizes.stored - before[0].n);
    const copies = Math.ceil(missing / before[0].n);
    const fresh = `('01990000-0000-7' || substr(md5(t.id::text || n), 1, 3) || '-8' || substr(md5(t.id::text || n), 4, 3) || '-' || substr(md5(n || t.id::text), 1, 12))::uuid`;
    for (const table of ["visit", "audit", "sync_command"]) {
      const { rows } = await client.query(
        "select string_agg(quote_ident(column_name), ', ' order by ordinal_position) as names from information_schema.columns where table_name = $1 and column_name <> 'id' and column_name <> 'seq'",
        [table],
      );
      const names = rows[0].names as string;
      const seq = table === "sync_command" ? ["seq", "nextval('sync_seq')"] : null;
      await client.query(
        `insert into ${table} (id, ${names}${seq === null ? "" : `, ${seq[0]}`})
          select ${fresh}, ${names
            .split(", ")
            .map((column) => `t.${column}`)
            .join(", ")}${seq === null ? "" : `, ${seq[1]}`}
          from ${table} t cross join generate_series(1, ${copies}) n`,
      );
    }
    await client.query("vacuum analyze");
    await client.query("checkpoint");
    const { rows: after } = await client.query("select count(*)::int as n from visit");
    await client.end();
    await this.#push(this.#bodies(Math.ceil(sizes.batches / 10), BATCH), BATCH_CLIENTS);
    const { report } = await this.#push(this.#bodies(sizes.batches, BATCH), BATCH_CLIENTS);
    return { rows: after[0].n, rate: (sizes.batches * BATCH) / report.seconds };
  }
}

/** What a visit writes; of those below one row a push. */
const TABLES = ["visit", "door", "audit", "sync_command", "sync_batch", "tally_delta"];
const PER_PUSH = new Set(["sync_batch", "tally_delta"]);

/** The same pushes, and between them ones that overlap two neighbours. */
function overlapping(bodies: readonly string[]): string[] {
  return bodies.flatMap((body, i) => {
    const after = bodies[i + 1];
    if (i % 2 === 1 || after === undefined) return [body];
    const [mine, next] = [JSON.parse(body), JSON.parse(after)];
    const half = BATCH / 2;
    const commands = [...mine.commands.slice(half), ...next.commands.slice(0, half)];
    return [body, JSON.stringify({ ...mine, commands })];
  });
}

/** A process beside the benchmark that carries out orders; it stays, so that its code is warm. */
class Child {
  readonly #process: ChildProcess;

  constructor(file: string) {
    this.#process = fork(join(import.meta.dirname, file), { serialization: "advanced" });
  }

  ask<Report>(order: object): Promise<Report> {
    return new Promise((resolve, reject) => {
      const ended = (code: number | null): void => reject(new Error(`ended with ${code}`));
      this.#process.once("exit", ended);
      this.#process.once("message", (report) => {
        this.#process.off("exit", ended);
        resolve(report as Report);
      });
      this.#process.send(order);
    });
  }

  end(): void {
    this.#process.kill();
  }
}
