/**
 * `npm run bench -- planning [--scenario FILE.json] [--random-towns N] [--seeds N] [--picture FILE.svg]`:
 * the planner against what is done without one, in towns it has never seen. Without a file or a number
 * of random towns: the three load levels of the published figures. `--sensitivity` halves and doubles
 * what was chosen. Processor-bound; no database.
 */
import { writeFileSync } from "node:fs";
import type { Feasibility } from "@wanjia/domain/planning/feasibility";
import { RULES } from "@wanjia/domain/planning/terms";
import { daytimeSweep, eveningSweep, notHomeList } from "./planning/baselines.ts";
import {
  difference,
  estimate,
  hoursTo95,
  lowestDecile,
  ratio,
  shown,
  typeGap,
  worst,
} from "./planning/measure.ts";
import { pictureOf } from "./planning/picture.ts";
import { planner } from "./planning/planned.ts";
import { randomTowns } from "./planning/random-towns.ts";
import {
  DEFAULT,
  isPublished,
  readScenario,
  ScenarioFault,
  type Scenario,
} from "./planning/scenario.ts";
import { type Course, type Policy, simulate } from "./planning/simulate.ts";
import { isInsensitive } from "./planning/sensitivity.ts";
import { citySeconds, stationNight } from "./planning/speed.ts";
import { makeUnit, type Unit } from "./planning/world.ts";
import type { BenchOptions } from "./run.ts";

export const name = "planning";

const LOADS = [500, 600, 1000];
const SEEDS = 20;
const QUICK_SEEDS = 3;

const POLICIES: Readonly<Record<string, (scenario: Scenario, unit: Unit) => Policy>> = {
  a: daytimeSweep,
  b: eveningSweep,
  c: notHomeList,
  P: (scenario) => planner(scenario, { foretells: true }),
  P6: (scenario) => planner(scenario, { maxTries: RULES.maxTries }),
  dB: (scenario, unit) => planner(scenario, { oracle: unit }),
};

export async function run(options: BenchOptions) {
  const seeds = wholeOf("--seeds", options.seeds ?? (options.quick ? QUICK_SEEDS : SEEDS));
  const towns =
    options.randomTowns === undefined ? 0 : wholeOf("--random-towns", options.randomTowns);
  if (typeof seeds === "string") return failed(seeds);
  if (typeof towns === "string") return failed(towns);
  if (options.sensitivity) return { ok: isInsensitive(seeds), seeds };
  let scenarios: readonly Scenario[];
  try {
    scenarios =
      options.scenario !== undefined
        ? [readScenario(options.scenario)]
        : towns > 0
          ? randomTowns(towns)
          : LOADS.map((flatsPerUnit) => ({
              ...DEFAULT,
              name: `open${flatsPerUnit}`,
              extent: { ...DEFAULT.extent, flatsPerUnit },
            }));
  } catch (error) {
    if (error instanceof ScenarioFault) return failed(error.message);
    throw error;
  }
  const results = scenarios.map((scenario) => measured(scenario, seeds));
  const speed = citySeconds(options.quick ? 20 : 100);
  console.log(
    `one officer's day, 1,000 flats: ${speed.dayMs.toFixed(1)} ms; 1,000 officers on one core: ${speed.citySeconds.toFixed(1)} s`,
  );
  const night = await stationNight();
  console.log(
    `a station of 40 officers, as the night plans it: ${night.seconds.toFixed(1)} s of the processor, ${night.officerMs.toFixed(1)} ms an officer`,
  );
  if (options.picture !== undefined) writeFileSync(options.picture, pictureOf(DEFAULT, seeds));
  const isFast = Math.max(speed.dayMs, night.officerMs) < 200 && speed.citySeconds < 300;
  return {
    ok: isFast && results.every(({ ok }) => ok),
    seeds,
    scenarios: Object.fromEntries(results.map((result) => [result.name, result])),
    ...speed,
    nightOfficerMs: night.officerMs,
    nightSeconds: night.seconds,
  };
}

function failed(message: string) {
  console.error(message);
  return { ok: false, error: message };
}

function wholeOf(option: string, given: string | number): number | string {
  const whole = Number(given);
  return Number.isInteger(whole) && whole >= 1 && whole <= 1000
    ? whole
    : `${option}: is ${given}. Write a whole number from 1 to 1000.`;
}

type Courses = Readonly<Record<string, readonly Course[]>>;

function measured(scenario: Scenario, seeds: number) {
  const courses: Record<string, Course[]> = {};
  const faults: string[] = [];
  const foretold: Feasibility[] = [];
  for (let seed = 0; seed < seeds; seed += 1) {
    const units = Array.from({ length: scenario.extent.units }, (_, unit) =>
      makeUnit(scenario, `${seed}.${unit}`),
    );
    for (const unit of units) {
      for (const [policy, make] of Object.entries(POLICIES)) {
        const made = make(scenario, unit);
        (courses[policy] ??= []).push(simulate(unit, made));
        faults.push(...(made.faults ?? []));
        foretold.push(...(made.foretold ?? []));
      }
    }
  }
  printTable(scenario, courses);
  return {
    ...judged(scenario, courses, faults),
    ...borneOut(scenario, courses["P"] ?? [], foretold),
  };
}

/** What was said before the first knock, against what came of it: in how many towns it was so. */
function borneOut(
  { deadlineDays }: Scenario,
  courses: readonly Course[],
  foretold: readonly Feasibility[],
) {
  let coverageForetold = 0;
  let hoursForetold = 0;
  let promisesKept = 0;
  courses.forEach(({ coverageAtDeadline: met, hours }, i) => {
    const said = foretold[i];
    if (said === undefined) return;
    const { coverage: share, hoursNeeded: needed, hoursThere, honestPromise } = said;
    // The last visit of a day may run over: who works all hours there are may work minutes more.
    const worked = Math.min(hoursThere, hours[deadlineDays - 1] ?? 0);
    coverageForetold += met >= share.low && met <= share.high ? 1 : 0;
    hoursForetold += worked >= needed.low && worked <= needed.high ? 1 : 0;
    promisesKept += met >= honestPromise ? 1 : 0;
  });
  console.log(
    `foretold before the first knock, of ${courses.length}: coverage ${coverageForetold}, hours ${hoursForetold}, promise kept ${promisesKept}`,
  );
  return { coverageForetold, hoursForetold, promisesKept };
}

function printTable(scenario: Scenario, courses: Courses): void {
  console.log(
    `\n${scenario.name}: ${scenario.extent.flatsPerUnit} flats, 95 % intervals over seeds`,
  );
  const all = Object.values(scenario.premises).reduce((sum, { share }) => sum + share, 0);
  const made = Object.entries(scenario.premises)
    .filter(([, { share }]) => share > 0)
    .map(([premises, { share }]) => `${premises} ${Math.round((100 * share) / all)} %`);
  console.log(`buildings: ${made.join(", ")}; deadline day ${scenario.deadlineDays}`);
  const rows = Object.entries(courses).map(([policy, of]) => ({
    policy,
    "coverage day 30 %": shown(estimate(of.map((c) => 100 * c.coverageAtDeadline)), 1),
    "hours to 95 %": shown(estimate(hoursTo95(of)), 0),
    "reached 95 %": `${hoursTo95(of).filter((h) => h !== null).length}/${of.length}`,
    days: shown(estimate(of.map((c) => c.daysTo(0.95))), 0),
    walks95: shown(estimate(of.map((c) => c.walks95)), 1),
    "entries/building": shown(estimate(of.map((c) => c.entries / c.atDeadline.length)), 1),
    "worst building %": shown(estimate(of.map((c) => 100 * worst(c))), 0),
    "lowest decile %": shown(estimate(of.map((c) => 100 * lowestDecile(c))), 0),
    "type gap": shown(estimate(of.map((c) => 100 * typeGap(c))), 0),
    "failed/flat": shown(estimate(of.map((c) => c.failedKnocks / scenario.extent.flatsPerUnit)), 2),
    "/ (c)": shown(ratio(hoursTo95(of), hoursTo95(courses["c"] ?? [])), 3),
    "/ (a)": shown(ratio(hoursTo95(of), hoursTo95(courses["a"] ?? [])), 3),
  }));
  const keys = Object.keys(rows[0] ?? {}) as (keyof (typeof rows)[0])[];
  const widths = keys.map((key) => Math.max(key.length, ...rows.map((row) => row[key].length)));
  const line = (cells: readonly string[]): string =>
    cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join("  ");
  console.log(line(keys));
  for (const row of rows) console.log(line(keys.map((key) => row[key])));
}

type Judged = Readonly<Record<string, string | number | boolean | null>>;

/** Bars of the issue; a load level that the list itself doesn't finish is judged as overload. */
function judged(scenario: Scenario, courses: Courses, faults: readonly string[]) {
  const { a = [], c = [], P = [], dB = [] } = courses;
  const overC = ratio(hoursTo95(P), hoursTo95(c));
  const overA = ratio(hoursTo95(P), hoursTo95(a));
  const oracle = ratio(hoursTo95(dB), hoursTo95(c));
  const finishes = (course: Course): boolean =>
    (course.daysTo(0.95) ?? Infinity) <= scenario.deadlineDays;
  const isOverload = estimate(c.map((one) => one.coverageAtDeadline)).mean < 0.9;
  const gains = gainsOf(P, dB, c);
  const shareOfOracle = gains !== null && gains.oracle > 0 ? gains.planner / gains.oracle : null;
  const worstAgainstC = difference(P.map(worst), c.map(worst));
  const coverageAgainstC = difference(coverage(P), coverage(c));
  const lacking = (reaches: (course: Course) => boolean): number =>
    P.filter((course, i) => {
      const list = c[i];
      return list !== undefined && reaches(list) && !reaches(course);
    }).length;
  const missed = lacking((course) => course.hoursTo(0.95) !== null);
  const due = P.reduce((sum, { bookings }) => sum + bookings.due, 0);
  const served = P.reduce((sum, { bookings }) => sum + bookings.served, 0);
  const figures = {
    name: scenario.name,
    isOverload,
    hoursOverList: rounded(overC.mean),
    hoursOverListHalf: rounded(overC.half),
    pairs: overC.n,
    hoursOverDaytimeSweep: rounded(overA.mean),
    oracleOverList: rounded(oracle.mean),
    shareOfOracle: shareOfOracle === null ? null : rounded(shareOfOracle),
    shareAtCoverage: gains?.level ?? null,
    worstBuilding: rounded(estimate(P.map(worst)).mean),
    worstBuildingOfOracle: rounded(estimate(dB.map(worst)).mean),
    worstBuildingAgainstList: rounded(worstAgainstC.mean),
    worstBuildingAgainstListHalf: rounded(worstAgainstC.half),
    coverageAtDeadline: rounded(estimate(coverage(P)).mean),
    coverageAgainstList: rounded(coverageAgainstC.mean),
    seedsOnlyListReaches95: missed,
    seedsOnlyListReaches95InTime: lacking(finishes),
    bookingsServed: rounded(due === 0 ? 1 : served / due),
    plansThatBreakARule: faults.length,
    untriedAfterDay10: P.reduce((sum, one) => sum + one.untriedAfterDay10, 0) / P.length,
  };
  const published = isPublished(scenario) ? scenario.extent.flatsPerUnit : 0;
  const bars: Record<string, boolean> = {
    shareOfOracle: shareOfOracle === null || shareOfOracle >= 0.6,
    worstBuilding: figures.worstBuildingAgainstList >= -0.03,
    everySeed: missed === 0,
    bookings: figures.bookingsServed >= 0.97,
    rules: faults.length === 0,
    ...(isOverload
      ? {
          overloadWorst: figures.worstBuilding >= 0.6,
          overloadTotal: coverageAgainstC.mean >= 0,
        }
      : {}),
    ...(published === 600 ? { hours: overC.mean <= 0.91, hoursOverSweep: overA.mean <= 0.55 } : {}),
    ...(published === 500 ? { hours: overC.mean <= 0.87 } : {}),
  };
  const aims: Record<string, boolean> = {
    shareOfOracle: shareOfOracle === null || shareOfOracle >= 0.9,
    worstBuilding: figures.worstBuildingAgainstList > 0,
    bookings: figures.bookingsServed >= 0.995,
    ...(isOverload
      ? {
          overloadWorst: figures.worstBuilding >= 0.7,
          overloadTotal: coverageAgainstC.mean >= 0.04,
        }
      : {}),
    ...(published === 600 ? { hours: overC.mean <= 0.86, hoursOverSweep: overA.mean <= 0.5 } : {}),
    ...(published === 500 ? { hours: overC.mean <= 0.82 } : {}),
  };
  const missedBars = Object.entries(bars).flatMap(([bar, holds]) => (holds ? [] : [bar]));
  if (faults.length > 0) console.log(`broken rules: ${[...new Set(faults)].join(", ")}`);
  printBars(figures, bars, aims);
  return { ...figures, bars, aims, ok: missedBars.length === 0 };
}

const MEASURED: Readonly<Record<string, string>> = {
  shareOfOracle: "shareOfOracle",
  worstBuilding: "worstBuildingAgainstList",
  everySeed: "seedsOnlyListReaches95",
  bookings: "bookingsServed",
  rules: "plansThatBreakARule",
  overloadWorst: "worstBuilding",
  overloadTotal: "coverageAgainstList",
  hours: "hoursOverList",
  hoursOverSweep: "hoursOverDaytimeSweep",
};

function printBars(
  figures: Judged,
  bars: Readonly<Record<string, boolean>>,
  aims: Readonly<Record<string, boolean>>,
): void {
  for (const [bar, holds] of Object.entries(bars)) {
    const of = MEASURED[bar];
    const aim = aims[bar] === undefined ? "" : aims[bar] ? ", aim reached" : ", aim not reached";
    console.log(
      `${holds ? "holds " : "MISSED"} ${bar}: ${of === undefined ? "" : (figures[of] ?? "no gain to take")}${aim}`,
    );
  }
}

function coverage(courses: readonly Course[]): number[] {
  return courses.map((course) => course.coverageAtDeadline);
}

const LEVELS = [0.95, 0.9, 0.85, 0.8, 0.7];

/**
 * Hours saved against the list by the planner and by the oracle, to the highest share of households
 * that all three reach in three seeds of four; over the seeds in which they do.
 */
function gainsOf(P: readonly Course[], dB: readonly Course[], c: readonly Course[]) {
  for (const level of LEVELS) {
    const all = P.flatMap((course, i) => {
      const [own, oracle, list] = [course, dB[i], c[i]].map((one) => one?.hoursTo(level) ?? null);
      return own == null || oracle == null || list == null
        ? []
        : [{ planner: 1 - own / list, oracle: 1 - oracle / list }];
    });
    if (all.length < 0.75 * P.length) continue;
    return {
      level,
      planner: estimate(all.map(({ planner: gain }) => gain)).mean,
      oracle: estimate(all.map(({ oracle: gain }) => gain)).mean,
    };
  }
  return null;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
