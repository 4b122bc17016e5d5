import type { Clock } from "./clock.ts";
import { loadSecrets } from "./crypto.ts";
import { Database } from "./database.ts";
import { LOG_LEVELS, type LogLevel, type Services } from "./http.ts";
import { migrate } from "./migrate.ts";
import { Puzzles } from "./puzzles.ts";
import { type PrincipalFinder, Sessions } from "./session.ts";

export interface Settings {
  readonly databaseUrl: string | undefined;
  readonly dataDirectory: string;
  readonly host: string;
  readonly port: number;
  readonly secureCookies: boolean;
  readonly trustedProxies: readonly string[];
  readonly log: LogLevel;
}

/** The configuration table of the README. */
export function settingsOf(environment: NodeJS.ProcessEnv): Settings {
  const port = Number(environment["PORT"] ?? 8080);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`PORT is “${environment["PORT"]}”; it has to be a number from 0 to 65535.`);
  }
  const log = (environment["WANJIA_LOG"] ?? "info") as LogLevel;
  if (!LOG_LEVELS.includes(log)) {
    throw new Error(`WANJIA_LOG is “${log}”; it has to be one of ${LOG_LEVELS.join(", ")}.`);
  }
  return {
    databaseUrl: environment["DATABASE_URL"] || undefined,
    dataDirectory: environment["WANJIA_DATA"] ?? "data",
    host: environment["HOST"] ?? "127.0.0.1",
    port,
    secureCookies: environment["WANJIA_HTTPS"] === "1",
    trustedProxies: (environment["WANJIA_TRUSTED_PROXIES"] ?? "").split(/[\s,]+/).filter(Boolean),
    log,
  };
}

/** Opens the database, brings its schema up to date, and makes what every request needs. */
export async function openServices(
  settings: Settings,
  clock: Clock,
  demo: boolean,
  finderOf: (database: Database, clock: Clock) => PrincipalFinder,
): Promise<Services & { close(): Promise<void> }> {
  const secrets = loadSecrets(process.env, settings.dataDirectory);
  const database = await Database.open({
    ...(settings.databaseUrl === undefined ? {} : { url: settings.databaseUrl }),
    directory: settings.dataDirectory,
    clock,
  });
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  const sessions = new Sessions({
    database,
    secret: secrets.sessionSecret,
    clock,
    secureCookies: settings.secureCookies,
    findPrincipal: finderOf(database, clock),
  });
  return {
    database,
    clock,
    secrets,
    puzzles: new Puzzles(secrets.sessionSecret),
    sessions,
    demo,
    async close() {
      await database.close();
    },
  };
}
