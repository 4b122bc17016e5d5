import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { Database } from "../server/platform/database.ts";
import { migrate } from "../server/platform/migrate.ts";
import { systemClock } from "../server/platform/clock.ts";
import { deriveSecrets } from "../server/platform/crypto.ts";
import { principalFinder } from "../server/organisation/principal.ts";
import { Sessions } from "../server/platform/session.ts";
import { buildCity, CITY, type CityMember, PASSWORD } from "../server/testing-city.ts";
import { startPostgres, type ThrowAwayPostgres } from "../scripts/postgres.ts";
import type { BenchOptions } from "./run.ts";

const ROOT = join(import.meta.dirname, "..");
/** What `npm start` runs, the engine's options too. */
const [, ...START] = JSON.parse(
  readFileSync(join(ROOT, "package.json"), "utf8"),
).scripts.start.split(" ");
const SECRET = "a secret that only benchmarks use, and all of them the same";
/** Linux counts processor time in ticks of 10 ms. */
const TICK_MS = 10;

/** The database under measure, thrown away afterwards: on a server of its own, on the one that was given, or embedded in a temporary folder. */
export interface BenchDatabase {
  /** `undefined` for the embedded one. */
  readonly url: string | undefined;
  readonly folder: string;
  /**
   * Processor time of the database server so far, ms. The embedded one's is the server's own; of one
   * on another machine it can't be read and is not a number, which no bar holds against.
   */
  cpuMs(): number;
  drop(): Promise<void>;
}

export async function openBenchDatabase(
  options: Pick<BenchOptions, "databaseUrl" | "embedded">,
): Promise<BenchDatabase> {
  const folder = mkdtempSync(join(tmpdir(), "wanjia-bench-"));
  const clean = (): void => rmSync(folder, { recursive: true, force: true });
  if (options.embedded) {
    return { url: undefined, folder, cpuMs: () => 0, drop: async () => clean() };
  }
  if (options.databaseUrl !== undefined) {
    const { drop, ...database } = await onGivenServer(options.databaseUrl);
    return { ...database, folder, drop: () => drop().finally(clean) };
  }
  const postgres: ThrowAwayPostgres = await startPostgres();
  return {
    url: postgres.url,
    folder,
    cpuMs: () => cpuOfFamily(postgres.pid),
    async drop() {
      await postgres.stop();
      clean();
    },
  };
}

/**
 * A new database beside the given one: nothing there is touched, and every run begins as empty as
 * the first.
 */
async function onGivenServer(given: string): Promise<Omit<BenchDatabase, "folder">> {
  const name = `wanjia_bench_${randomBytes(4).toString("hex")}`;
  const order = async (words: string): Promise<number> => {
    const client = new pg.Client({ connectionString: given });
    await client.connect();
    try {
      await client.query(words);
      const { rows } = await client.query("select pg_backend_pid() as pid");
      return parentOf(rows[0].pid);
    } catch (error) {
      throw new Error(
        `--database-url: a benchmark makes a database of its own on that server and drops it afterwards; “${words}” failed`,
        { cause: error },
      );
    } finally {
      await client.end();
    }
  };
  const pid = await order(`create database ${name} template template0 encoding 'UTF8'`);
  const url = new URL(given);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    cpuMs: () => (pid === 0 ? Number.NaN : cpuOfFamily(pid)),
    drop: async () => void (await order(`drop database ${name} with (force)`)),
  };
}

/** The process that all of PostgreSQL's belong to; 0 if the one asked about is not on this machine. */
function parentOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.includes("(postgres)")
      ? Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1])
      : 0;
  } catch {
    return 0;
  }
}

/** Opens the schema and the fixture city in the database under measure. */
export async function fillFixtureCity(target: BenchDatabase): Promise<Database> {
  const database = await Database.open({
    ...(target.url === undefined ? {} : { url: target.url }),
    directory: target.folder,
    clock: systemClock,
  });
  await migrate(database);
  const sessions = new Sessions({
    database,
    secret: deriveSecrets(SECRET).sessionSecret,
    clock: systemClock,
    secureCookies: false,
    findPrincipal: principalFinder(database, systemClock),
  });
  await buildCity(database, sessions);
  return database;
}

export interface BenchServer {
  readonly address: string;
  /** Processor time of the server process so far, ms. */
  cpuMs(): number;
  rssMb(): number;
  /** Signs in and answers the cookie to send. */
  signIn(member: CityMember, deviceId?: string): Promise<string>;
  stop(): Promise<void>;
}

/** A real server process on the database under measure. */
export async function startBenchServer(target: BenchDatabase): Promise<BenchServer> {
  const { DATABASE_URL: _url, ...environment } = process.env;
  const child = spawn(process.execPath, START, {
    cwd: ROOT,
    env: {
      ...environment,
      ...(target.url === undefined ? {} : { DATABASE_URL: target.url }),
      WANJIA_DATA: target.folder,
      WANJIA_SECRET: SECRET,
      WANJIA_LOG: "warn",
      PORT: "0",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  // A benchmark that fails leaves no server behind.
  const kill = (): void => void child.kill("SIGKILL");
  process.once("exit", kill);
  const address = await addressOf(child);
  const pid = child.pid ?? 0;
  return {
    address,
    cpuMs: () => cpuOf(pid),
    rssMb: () => rssOf(pid),
    async signIn(member, deviceId) {
      const answer = await fetch(`${address}/api/v1/session`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-wanjia-csrf": "1" },
        body: JSON.stringify({ login: CITY.members[member].login, password: PASSWORD, deviceId }),
      });
      if (!answer.ok) throw new Error(`${member} can't sign in: ${await answer.text()}`);
      return answer.headers
        .getSetCookie()
        .map((cookie) => cookie.split(";", 1)[0])
        .join("; ");
    },
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
      process.off("exit", kill);
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      const found = /ready at (http\S+)/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${output}`)));
  });
}

/** Fields 14 and 15 of /proc/<pid>/stat: user and system ticks. */
function cpuOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return 0;
  }
}

/** A process and its children, with what ended children left to it. */
function cpuOfFamily(pid: number): number {
  let total = 0;
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const own = (Number(fields[11]) + Number(fields[12])) * TICK_MS;
      if (Number(name) === pid) total += own + (Number(fields[13]) + Number(fields[14])) * TICK_MS;
      else if (Number(fields[1]) === pid) total += own;
    } catch {
      // The process ended while we looked.
    }
  }
  return total;
}

function rssOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

/** The value below which `share` of the samples lie. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

export function round(value: number, digits = 1): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
