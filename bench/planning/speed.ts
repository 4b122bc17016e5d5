/** How long planning takes: one officer's day, and the night of a city of a thousand officers. */
import { beliefsOf } from "@wanjia/domain/planning/beliefs";
import { planDay } from "@wanjia/domain/planning/plan";
import { cityRates } from "@wanjia/domain/planning/rates";
import type { BuildingCounts, Situation } from "@wanjia/domain/planning/terms";
import { Planner } from "../../server/planning/planner.ts";
import { mixedRoster, notHomeList } from "./baselines.ts";
import { countsOf, situationOf } from "./planned.ts";
import { DEFAULT } from "./scenario.ts";
import { simulate } from "./simulate.ts";
import { makeUnit } from "./world.ts";

const FLATS = 1000;
const OFFICERS = 1000;
const STATION_OFFICERS = 40;
/** A day in the middle, with records of every kind. */
const DAY = 9;
/** Different units; the others are copies of these. */
const UNITS = 10;

interface Morning {
  readonly situation: Situation;
  readonly counts: readonly BuildingCounts[];
}

function morningsOfCity(): readonly Morning[] {
  const scenario = { ...DEFAULT, extent: { ...DEFAULT.extent, flatsPerUnit: FLATS } };
  const roster = mixedRoster(scenario);
  const mornings: Morning[] = [];
  for (let unit = 0; unit < UNITS; unit += 1) {
    const list = notHomeList(scenario);
    simulate(makeUnit(scenario, `speed ${unit}`), {
      ...list,
      morning(view) {
        if (view.day !== DAY) return;
        mornings.push({ situation: situationOf(view, roster), counts: countsOf(view) });
      },
    });
  }
  return mornings;
}

/** A station's night as the product does it: on the thread beside, checked, sent there and back. */
export async function stationNight(): Promise<{ officerMs: number; seconds: number }> {
  const mornings = morningsOfCity();
  const all = Array.from(
    { length: STATION_OFFICERS },
    (_, officer) => mornings[officer % UNITS],
  ).filter((morning) => morning !== undefined);
  const planner = new Planner();
  try {
    const city = await planner.ask({
      kind: "fit",
      counts: all.flatMap(({ counts }) => counts),
    });
    const units = all.map((unit) => ({ unit, settled: { kept: [], refused: [] } }));
    const before = process.cpuUsage();
    const plans = await planner.ask({ kind: "plan", city, units, offersFrom: 1 });
    const { user, system } = process.cpuUsage(before);
    const broken = plans.filter(({ faults }) => faults.length > 0).length;
    if (broken > 0) throw new Error(`${broken} of ${plans.length} plans break a rule`);
    const seconds = (user + system) / 1e6;
    return { officerMs: (seconds * 1000) / STATION_OFFICERS, seconds };
  } finally {
    await planner.close();
  }
}

export function citySeconds(planned: number): { dayMs: number; citySeconds: number } {
  const mornings = morningsOfCity();
  const all = Array.from(
    { length: OFFICERS },
    (_, officer) => mornings[officer % UNITS]?.counts ?? [],
  ).flat();
  const begun = performance.now();
  const city = cityRates(all);
  const fitMs = performance.now() - begun;
  let dayMs = 0;
  for (let officer = 0; officer < planned; officer += 1) {
    const morning = mornings[officer % UNITS];
    if (morning === undefined) continue;
    const { situation, counts } = morning;
    const start = performance.now();
    planDay(situation, beliefsOf(city, situation.buildings, counts, situation.rules));
    dayMs += (performance.now() - start) / planned;
  }
  return { dayMs, citySeconds: (fitMs + dayMs * OFFICERS) / 1000 };
}
