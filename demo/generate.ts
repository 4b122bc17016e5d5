/** A database with the demo city in it: found, or made whole. Nothing half-made is ever left in place. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Instant } from "@wanjia/domain/shared/instant";
import { principalFinder } from "../server/organisation/principal.ts";
import { FixedClock } from "../server/platform/clock.ts";
import type { Services } from "../server/platform/http.ts";
import { openServices, type Settings } from "../server/platform/start.ts";
import { DEMO_SEED, GENERATOR_VERSION, generateCity } from "./city.ts";
import { type Loaded, loadCity, type Stage } from "./load.ts";
import { bureauCount } from "./queries.ts";
import type { City } from "./terms.ts";

/** A "no" that its reader can act on. */
export class DemoRefused extends Error {}

export interface Progress {
  (share: number, stage: "database" | Stage): void;
}

const MARK = "demo.json";
const MAKING = "making-";

/** Makes the city unless it is there; says whether it was made now, and what it holds. */
export async function ensureCity(
  settings: Settings,
  city: City,
  progress: Progress,
  now: Instant = Date.now(),
): Promise<Loaded | null> {
  return settings.databaseUrl === undefined
    ? ensureEmbedded(settings, city, progress, now)
    : ensurePostgres(settings, city, progress, now);
}

export function demoCity(): City {
  return generateCity("demo", DEMO_SEED);
}

/**
 * The embedded city is made in a folder of its own inside the data folder; moving the database out of
 * it, in one step and last, makes it count. Whatever was left by a start that was cut off is removed.
 */
async function ensureEmbedded(
  settings: Settings,
  city: City,
  progress: Progress,
  now: Instant,
): Promise<Loaded | null> {
  const folder = settings.dataDirectory;
  const place = (name: string): string => join(folder, name);
  if (existsSync(place("postgres"))) {
    if (existsSync(place(MARK))) return null;
    throw new DemoRefused(
      `${folder} 里已有不是演示城市的数据。请用另一个目录：WANJIA_DATA=demo-data npm run demo\n` +
        `${folder} holds data that is not the demo city. Use another folder: WANJIA_DATA=demo-data npm run demo`,
    );
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  removeLeftovers(folder);
  const making = place(MAKING + process.pid);
  const loaded = await withServices(
    { ...settings, dataDirectory: making },
    progress,
    now,
    (services, clock) => loadCity({ city, services, clock, now, progress }),
  );
  if (existsSync(join(making, "secret"))) renameSync(join(making, "secret"), place("secret"));
  const mark = { generator: GENERATOR_VERSION, seed: city.seed, size: city.size, ...loaded };
  writeFileSync(place(MARK), `${JSON.stringify(mark)}\n`);
  renameSync(join(making, "postgres"), place("postgres"));
  rmSync(making, { recursive: true, force: true });
  return loaded;
}

function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(MAKING)) continue;
    const pid = Number(name.slice(MAKING.length));
    if (isRunning(pid)) {
      throw new DemoRefused(
        `进程 ${pid} 正在 ${folder} 里生成演示城市。\nProcess ${pid} is making the demo city in ${folder}.`,
      );
    }
    rmSync(join(folder, name), { recursive: true, force: true });
  }
  rmSync(join(folder, MARK), { force: true });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** On PostgreSQL the accounts are made last, so they tell whether the city is complete. */
async function ensurePostgres(
  settings: Settings,
  city: City,
  progress: Progress,
  now: Instant,
): Promise<Loaded | null> {
  return withServices(settings, progress, now, async (services, clock) => {
    const { database } = services;
    const { rows } = await database.pool.query<{ demo: boolean }>(
      "select username like 'demo.%' as demo from auth_user",
    );
    if (rows.length > 0 && rows.every(({ demo }) => demo)) return null;
    const begun = await database.asSystem(city.bureau.id, bureauCount);
    if (rows.length > 0 || begun > 0) {
      throw new DemoRefused(
        "这个数据库里已有数据，或有一座没有生成完的演示城市。请用一个新建的空数据库。\n" +
          "This database holds data, or a demo city that was cut off. Use a new, empty database.",
      );
    }
    return loadCity({ city, services, clock, now, progress });
  });
}

async function withServices<T>(
  settings: Settings,
  progress: Progress,
  now: Instant,
  work: (services: Services, clock: FixedClock) => Promise<T>,
): Promise<T> {
  progress(0, "database");
  const clock = new FixedClock(now);
  const services = await openServices(settings, clock, true, (database, its) =>
    principalFinder(database, its, true),
  );
  try {
    return await work(services, clock);
  } finally {
    await services.close();
  }
}
