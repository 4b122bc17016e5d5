import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { fileURLToPath } from "node:url";
import type { Id } from "@wanjia/domain/shared/id";
import { type Instant, startOfLocalDay, HOUR_MS } from "@wanjia/domain/shared/instant";
import type { FastifyInstance } from "fastify";
import pg from "pg";
import { createApp, jobsOf } from "./app.ts";
import { principalFinder } from "./organisation/principal.ts";
import { type Clock, FixedClock, systemClock } from "./platform/clock.ts";
import { deriveSecrets } from "./platform/crypto.ts";
import { Database } from "./platform/database.ts";
import { API, type Services } from "./platform/http.ts";
import { startJobs } from "./platform/jobs.ts";
import { migrate } from "./platform/migrate.ts";
import { Puzzles } from "./platform/puzzles.ts";
import { Sessions } from "./platform/session.ts";
import { buildCity, CITY, type CityMember, PASSWORD } from "./testing-city.ts";

const SECRET = "a secret that only tests use, and every test the same";
/** Solved in a millisecond or two, and still not by chance. */
const PUZZLE_BITS = 10;
const CACHE = fileURLToPath(new URL("../.cache/", import.meta.url));

/** A Tuesday evening in the second week of the fixture campaign. */
export const TEST_NOW: Instant = startOfLocalDay("2026-11-10") + 19 * HOUR_MS;

export interface Answer<T = any> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
  readonly body: T;
  readonly text: string;
}

export interface Client {
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  put(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  delete(path: string, headers?: Record<string, string>): Promise<Answer>;
  readonly cookie: string;
}

export interface TestApp extends TestServices {
  readonly app: FastifyInstance;
  readonly clock: FixedClock;
  /** Signs in a member of the fixture city (`"officer"`), on a phone when a device is named. */
  as(member: CityMember, deviceId?: Id): Promise<Client>;
  readonly stranger: Client;
}

export interface TestServices {
  readonly services: Services;
  readonly database: Database;
  readonly clock: Clock;
  readonly city: typeof CITY;
  close(): Promise<void>;
}

/**
 * What a server runs on, with a fresh database that holds the fixture city: the embedded database
 * from a dump that is made once, or, with `TEST_DATABASE_URL`, a PostgreSQL database copied from a
 * template. The clock is the machine's unless one is given.
 */
export async function testServices(clock: Clock = systemClock): Promise<TestServices> {
  const { database, drop } = await freshDatabase(clock);
  const services = servicesOf(database, clock);
  return {
    services,
    database,
    clock,
    city: CITY,
    async close() {
      await database.close();
      await drop();
    },
  };
}

/** A server on `testServices`, spoken to without a network, with a clock that the test sets. */
export async function testApp(
  options: { jobs?: boolean; trustedProxies?: readonly string[] } = {},
): Promise<TestApp> {
  const clock = new FixedClock(TEST_NOW);
  const base = await testServices(clock);
  const { database, services } = base;
  const app = await createApp({
    services,
    log: "silent",
    trustedProxies: options.trustedProxies ?? [],
  });
  const background =
    options.jobs === true
      ? await startJobs(database, jobsOf(database), (error) => console.error(error))
      : null;
  return {
    app,
    services,
    database,
    clock,
    city: CITY,
    as: (member, deviceId) => signIn(app, member, deviceId),
    stranger: clientOf(app, ""),
    async close() {
      await app.close();
      await background?.stop();
      await base.close();
    },
  };
}

function servicesOf(database: Database, clock: Clock): Services & { sessions: Sessions } {
  const secrets = deriveSecrets(SECRET);
  const sessions = new Sessions({
    database,
    secret: secrets.sessionSecret,
    clock,
    secureCookies: false,
    findPrincipal: principalFinder(database, clock),
  });
  const puzzles = new Puzzles(secrets.sessionSecret, PUZZLE_BITS);
  return { database, clock, secrets, puzzles, sessions, demo: false };
}

/** Changes with the schema and with the city: an old dump is never used for a new one. */
function templateHash(): string {
  const hash = createHash("sha256");
  const migrations = new URL("./migrations/", import.meta.url);
  for (const name of readdirSync(migrations).toSorted())
    hash.update(readFileSync(new URL(name, migrations)));
  hash.update(readFileSync(new URL("./testing-city.ts", import.meta.url)));
  return hash.digest("hex").slice(0, 16);
}

async function fill(database: Database, clock: Clock): Promise<void> {
  await migrate(database);
  const { sessions } = servicesOf(database, clock);
  await buildCity(database, sessions);
}

export async function freshDatabase(
  clock: Clock,
): Promise<{ database: Database; url: string | undefined; drop: () => Promise<void> }> {
  const url = process.env["TEST_DATABASE_URL"];
  if (url !== undefined) return freshPostgres(url, clock);
  const file = `${CACHE}city-${templateHash()}.tar`;
  if (!existsSync(file)) {
    const template = await Database.open({ directory: null, clock });
    await fill(template, clock);
    const bytes = await template.embedded?.dump();
    await template.close();
    mkdirSync(CACHE, { recursive: true });
    const own = `${file}.${process.pid}`;
    writeFileSync(own, bytes ?? new Uint8Array());
    renameSync(own, file);
  }
  const dump = new Uint8Array(readFileSync(file));
  return {
    database: await Database.open({ directory: null, dump, clock }),
    url: undefined,
    drop: async () => {},
  };
}

/** A database without a table on the PostgreSQL of `url`. */
export async function emptyDatabase(
  url: string,
): Promise<{ url: string; drop: () => Promise<void> }> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  const name = `wanjia_empty_${process.pid}`;
  await admin.query(`create database ${name}`);
  return {
    url: withName(url, name),
    drop: async () => {
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.end();
    },
  };
}

const TEMPLATE_LOCK = 5_217_002;

async function freshPostgres(url: string, clock: Clock) {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  const template = `wanjia_city_${templateHash()}`;
  await admin.query(`select pg_advisory_lock(${TEMPLATE_LOCK})`);
  const { rowCount } = await admin.query("select from pg_database where datname = $1", [template]);
  if (rowCount === 0) {
    await admin.query(`create database ${template}_making`);
    const making = await Database.open({
      url: withName(url, `${template}_making`),
      directory: null,
      clock,
    });
    await fill(making, clock);
    await making.close();
    await admin.query(`alter database ${template}_making rename to ${template}`);
  }
  const name = `wanjia_test_${process.pid}_${Math.floor(performance.now() * 1000)}`;
  await admin.query(`create database ${name} template ${template}`);
  await admin.query(`select pg_advisory_unlock(${TEMPLATE_LOCK})`);
  const own = withName(url, name);
  return {
    database: await Database.open({ url: own, directory: null, clock }),
    url: own,
    drop: async () => {
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.end();
    },
  };
}

function withName(url: string, name: string): string {
  const own = new URL(url);
  own.pathname = `/${name}`;
  return own.href;
}

async function signIn(app: FastifyInstance, member: CityMember, deviceId?: Id): Promise<Client> {
  const answer = await clientOf(app, "").post("/session", {
    login: CITY.members[member].login,
    password: PASSWORD,
    ...(deviceId === undefined ? {} : { deviceId }),
  });
  if (answer.status !== 200) throw new Error(`${member} can't sign in: ${answer.text}`);
  const cookies = answer.headers["set-cookie"];
  return clientOf(
    app,
    [cookies ?? []]
      .flat()
      .map((cookie) => String(cookie).split(";", 1)[0])
      .join("; "),
  );
}

/** Paths are below `/api/v1`, unless they begin with `//`. */
export function clientOf(app: FastifyInstance, cookie: string): Client {
  const send = async (
    method: "GET" | "POST" | "PUT" | "DELETE",
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const response = await app.inject({
      method,
      url: path.startsWith("//") ? path.slice(1) : `${API}${path}`,
      headers: {
        "x-wanjia-csrf": "1",
        ...(cookie === "" ? {} : { cookie }),
        ...(body === undefined || typeof body === "string" || Buffer.isBuffer(body)
          ? {}
          : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : {
            payload:
              typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body),
          }),
    });
    const isJson = /[/+]json/.test(String(response.headers["content-type"]));
    return {
      status: response.statusCode,
      headers: response.headers,
      body: isJson && response.payload !== "" ? JSON.parse(response.payload) : undefined,
      text: response.payload,
    };
  };
  return {
    get: (path, headers) => send("GET", path, undefined, headers),
    post: (path, body, headers) => send("POST", path, body, headers),
    put: (path, body, headers) => send("PUT", path, body, headers),
    delete: (path, headers) => send("DELETE", path, undefined, headers),
    cookie,
  };
}
