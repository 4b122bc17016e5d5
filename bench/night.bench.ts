import { HOUR_MS, MINUTE_MS, startOfLocalDay } from "@wanjia/domain/shared/instant";
import { planningJobs } from "../server/planning/jobs.ts";
import { FixedClock } from "../server/platform/clock.ts";
import { Database } from "../server/platform/database.ts";
import type { JobDefinitions } from "../server/platform/jobs.ts";
import { migrate } from "../server/platform/migrate.ts";
import { openBenchDatabase, quantile, round } from "./harness.ts";
import { fillNight, NIGHT_BUREAU, NIGHT_CAMPAIGN, nightStation, TODAY, TOMORROW } from "./night.ts";
import type { BenchOptions } from "./run.ts";

export const name = "night";

/** The bars of the issue: one officer's day; a city of 1,000 officers × 1,000 flats on one core. */
const OFFICER_MS = 200;
const CITY_SECONDS = 300;
const CITY_OFFICERS = 1000;
const STATION_OFFICERS = 40;

/**
 * The night of a station through its own jobs on a real database: visits counted, rates fitted,
 * every team's day planned and saved. A station of 40, and stations of one, where one officer's day
 * stands alone. Processor time is that of this process and of the database together.
 */
export async function run(options: BenchOptions) {
  const target = await openBenchDatabase(options);
  const clock = new FixedClock(startOfLocalDay(TODAY) + 21 * HOUR_MS + 40 * MINUTE_MS);
  const database = await Database.open({
    ...(target.url === undefined ? {} : { url: target.url }),
    directory: target.folder,
    clock,
  });
  try {
    await migrate(database);
    const singles = options.quick ? 3 : 20;
    const officers = options.quick ? 4 : STATION_OFFICERS;
    const flats = options.quick ? 100 : 1000;
    const stations = [officers, ...Array.from({ length: singles }, () => 1)];
    const { visits } = await fillNight(database, { stations, flats });
    console.log(`${officers + singles} officers × ${flats} flats, ${visits} visits`);

    const cpuMs = (): number => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000 + target.cpuMs();
    };
    let peakMb = 0;
    const watch = setInterval(() => {
      peakMb = Math.max(peakMb, process.memoryUsage.rss() / 2 ** 20);
    }, 50);
    const beforeMb = process.memoryUsage.rss() / 2 ** 20;
    const jobs = planningJobs(database);
    const measured = async (work: () => Promise<unknown>) => {
      const cpu = cpuMs();
      const began = performance.now();
      await work();
      return { ms: performance.now() - began, cpuMs: cpuMs() - cpu };
    };

    // A bureau's first night alone fits rates out of nothing; it isn't left out.
    const nights = [];
    for (let turn = 0; turn < (options.quick ? 1 : 3); turn += 1)
      nights.push(await measured(() => ask(jobs, "planning.tomorrow", {})));
    const station = [];
    for (let turn = 0; turn < (options.quick ? 2 : 5); turn += 1)
      station.push(await measured(() => askStation(jobs, 0)));
    const single = [];
    for (let turn = 0; turn < 3; turn += 1)
      for (let one = 1; one <= singles; one += 1)
        single.push(await measured(() => askStation(jobs, one)));
    clearInterval(watch);

    const { rows } = await database.pool.query<{ walks: number; doors: number; broken: number }>(
      `select (select count(*) from walk where state = 'planned')::int as walks, (select count(*) from walk_stop)::int as doors,
        (select sum(jsonb_array_length(failures)) from day_plan)::int as broken`,
    );
    const planned = rows[0] ?? { walks: 0, doors: 0, broken: 0 };
    const cityCpu =
      (quantile(
        nights.map((one) => one.cpuMs),
        0.5,
      ) /
        1000 /
        (officers + singles)) *
      CITY_OFFICERS;
    const officerMs = single.map(({ ms }) => ms);
    const figures = {
      officers,
      flats,
      visits,
      night: of(nights, officers + singles),
      station: of(station, officers),
      officer: of(single, 1),
      cityCpuSeconds: round(cityCpu),
      memory: { beforeMb: round(beforeMb, 0), peakMb: round(peakMb, 0) },
      ...planned,
    };
    console.log(JSON.stringify(figures, null, 2));
    return {
      ...figures,
      ok:
        planned.broken === 0 &&
        planned.walks >= officers &&
        quantile(officerMs, 0.95) < OFFICER_MS &&
        cityCpu < CITY_SECONDS,
    };
  } finally {
    await database.close();
    await target.drop();
  }
}

function of(samples: readonly { readonly ms: number; readonly cpuMs: number }[], officers: number) {
  const ms = samples.map((one) => one.ms);
  const cpu = samples.map((one) => one.cpuMs);
  return {
    times: samples.length,
    p50Ms: round(quantile(ms, 0.5), 0),
    p95Ms: round(quantile(ms, 0.95), 0),
    p50Cpu: round(quantile(cpu, 0.5), 0),
    cpuAnOfficer: round(quantile(cpu, 0.5) / officers),
  };
}

function ask(jobs: JobDefinitions, job: string, data: object): Promise<unknown> {
  const definition = jobs[job];
  if (definition === undefined) throw new Error(`there is no job ${job}`);
  return definition.run(data as never, { signal: new AbortController().signal } as never);
}

function askStation(jobs: JobDefinitions, station: number): Promise<unknown> {
  return ask(jobs, "planning.station", {
    bureauId: NIGHT_BUREAU,
    campaignId: NIGHT_CAMPAIGN,
    stationId: nightStation(station),
    day: TOMORROW,
  });
}
