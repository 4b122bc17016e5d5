/** From counters to figures. The same functions serve screens, report cards, exports and checks. */
import { accept, refuse, type Result } from "../shared/result.ts";
import { quantileDays } from "./survival.ts";
import {
  type CounterName,
  type Counters,
  type Figure,
  type Indicator,
  type Lifetime,
  MAX_ROUNDS,
  type Reach,
  type Unit,
} from "./terms.ts";

export function add(a: Counters, b: Counters, times: 1 | -1 = 1): Counters {
  const sum: Record<string, number> = {};
  addTo(sum, a);
  addTo(sum, b, times);
  return nonZero(sum);
}

export function sumOf(all: Iterable<Counters>): Counters {
  const sum: Record<string, number> = {};
  for (const counters of all) addTo(sum, counters);
  return nonZero(sum);
}

/** Changes `sum`; for loops over many. */
export function addTo(
  sum: Partial<Record<string, number>>,
  counters: Counters,
  times: 1 | -1 = 1,
): void {
  for (const name in counters) sum[name] = (sum[name] ?? 0) + times * (counters[name] ?? 0);
}

export function nonZero(counters: Counters): Counters {
  const kept: Record<string, number> = {};
  for (const name in counters) {
    const n = counters[name] ?? 0;
    if (n !== 0) kept[name] = n;
  }
  return kept;
}

export function total(counters: Counters, names: readonly string[]): number {
  let sum = 0;
  for (const name of names) sum += counters[name] ?? 0;
  return sum;
}

/** Homes of a campaign that can be visited: those in it, less demolished and non-residential ones. */
export function eligible(counters: Counters): number {
  return (
    total(counters, ["units"]) -
    total(counters, ["excluded_demolished", "excluded_not_residential"])
  );
}

/** Share of a building's homes that must be met or ended for its rounds to be known (K08). */
const FINISHED_TENTHS = 9;

/** Numbers of rounds, each with the counter of it. */
const DONE = rounds("done");
const PASSES = rounds("passes");

function rounds(counter: string): (readonly [k: number, name: string])[] {
  return Array.from({ length: MAX_ROUNDS }, (_, i) => [i + 1, `${counter}_${i + 1}`] as const);
}

/**
 * Rounds a building needed: the fewest attempts `k` such that nine in ten of its eligible homes
 * were met or ended within `k` attempts each. Null while that is not so yet.
 *
 * Depends on how many attempts each door took, not on the order in which phones reported them.
 */
export function roundsOf(building: Counters): number | null {
  const homes = eligible(building);
  if (homes <= 0) return null;
  let done = 0;
  for (const [k, name] of DONE) {
    done += building[name] ?? 0;
    if (10 * done >= FINISHED_TENTHS * homes) return k;
  }
  return null;
}

/** Nearest-rank quantile (the smallest value that at least `percent` % do not exceed). */
function quantile(counters: Counters, buildings: number, percent: number): number | null {
  if (buildings === 0) return null;
  let seen = 0;
  for (const [k, name] of PASSES) {
    seen += counters[name] ?? 0;
    if (100 * seen >= percent * buildings) return k;
  }
  return null;
}

/** What a figure is made of beside its counters. */
export interface Material {
  readonly counters: Counters;
  readonly lifetimes: readonly Lifetime[];
  readonly reach: Reach;
}

/** Whether an indicator has a figure there; the bureau has what each of its stations has. */
export function isOffered({ offered }: Indicator, reach: Reach): boolean {
  return offered === "both" || offered === reach || (offered === "period" && reach === "bureau");
}

/** The value of an indicator. */
export function figureOf(indicator: Indicator, material: Material): Figure {
  if (!isOffered(indicator, material.reach)) {
    return { kind: "absent", reason: "not-offered" };
  }
  const { measure } = indicator;
  const { counters } = material;
  switch (measure.kind) {
    case "count":
      return { kind: "count", value: total(counters, measure.of) };
    case "share":
    case "mean":
      return {
        kind: measure.kind,
        numerator: total(counters, measure.of),
        denominator: total(counters, measure.over) - total(counters, measure.less ?? []),
      };
    case "rounds": {
      let buildings = 0;
      for (const [, name] of PASSES) buildings += counters[name] ?? 0;
      return {
        kind: "rounds",
        p25: quantile(counters, buildings, 25),
        median: quantile(counters, buildings, 50),
        p75: quantile(counters, buildings, 75),
        buildings,
      };
    }
    case "duration":
      return {
        kind: "duration",
        ...quantileDays(material.lifetimes, measure.quantile),
        n: material.lifetimes.reduce((sum, { n }) => sum + n, 0),
      };
  }
}

/** Coverage without the homes that wish no visit: K06's second print. */
export function coverageWithoutWishes(counters: Counters): Figure {
  return {
    kind: "share",
    numerator: total(counters, ["households"]),
    denominator: eligible(counters) - total(counters, ["do_not_visit"]),
  };
}

export interface Quantity {
  readonly value: number;
  readonly unit: Unit;
}

/**
 * Sum of two counts of one unit.
 *
 * Refuses `units-differ`: 137435户次 and 3292处 have no sum (domain.md §0.3, trap 2). Even of one
 * unit, different homes of two periods or places visited twice do not add; that is why totals of
 * each period are kept apart.
 */
export function addQuantities(a: Quantity, b: Quantity): Result<Quantity, "units-differ"> {
  if (a.unit !== b.unit) return refuse("units-differ", { first: a.unit, second: b.unit });
  return accept({ value: a.value + b.value, unit: a.unit });
}

/** Names of all counters a figure reads, for exports and checks. */
export function countersOf(indicator: Indicator): readonly CounterName[] {
  const { measure } = indicator;
  switch (measure.kind) {
    case "count":
      return measure.of;
    case "share":
    case "mean":
      return [...measure.of, ...measure.over, ...(measure.less ?? [])];
    case "rounds":
    case "duration":
      return [];
  }
}
