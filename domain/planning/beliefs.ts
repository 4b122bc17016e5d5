/** What a unit's counts say on a morning: rates, masses, coverage of each building. */
import { type Band, BANDS } from "../visits/terms.ts";
import { CLASSES, EMPTY, type Masses, massesOf } from "./masses.ts";
import { buildingRates, type CityRates, factorFor } from "./rates.ts";
import {
  type BuildingCounts,
  type PlanBuilding,
  type Rules,
  SLOTS,
  type Slot,
  type Tries,
} from "./terms.ts";

export interface Beliefs {
  readonly city: CityRates;
  /** By building, then slot number: rates at doors not tried before. */
  readonly rates: readonly (readonly number[])[];
  readonly masses: readonly Masses[];
}

/** Of what is believed to be empty, this share counts as lived in: belief is no proof. */
const DOUBT = 0.08;
export function beliefsOf(
  city: CityRates,
  buildings: readonly PlanBuilding[],
  counts: readonly BuildingCounts[],
  rules: Rules,
): Beliefs {
  const byId = new Map(counts.map((of) => [of.buildingId, of]));
  const own = buildings.map(
    ({ id, premises }) => byId.get(id) ?? { buildingId: id, premises, knocks: [], waiting: [] },
  );
  const masses = own.map((of) => massesOf(city.classes, of, rules.maxTries));
  return {
    city,
    rates: own.map((of, b) => buildingRates(city, of, masses[b])),
    masses,
  };
}

function sum(values: readonly number[] | Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** Chance of an answer in a building in a slot, at doors tried in vain so often. */
export function chanceOf(beliefs: Beliefs, building: number, slot: Slot, tries: Tries): number {
  const rate = beliefs.rates[building]?.[SLOTS.indexOf(slot)] ?? 0;
  return Math.min(0.98, rate * factorFor(beliefs.city, slot, tries));
}

/** Doors of a building believed to be lived in, of those that nobody has answered at. */
export function livedIn(masses: Masses): number {
  return counted(masses, DOUBT);
}

/** Without those who live behind doors believed to be empty. */
export function surelyLivedIn(masses: Masses): number {
  return counted(masses, 0);
}

function counted(masses: Masses, empty: number): number {
  let doors = 0;
  for (let i = 0; i < masses.length; i += 1) {
    doors += (masses[i] ?? 0) * (i % CLASSES === EMPTY ? empty : 1);
  }
  return doors;
}

export interface Standing {
  readonly met: number;
  /** Believed to be lived in and not met yet. */
  readonly left: number;
  /** One standard deviation of `left`: which doors are empty is believed, not known. */
  readonly doubt: number;
}

export function standingOf(beliefs: Beliefs, buildings: readonly PlanBuilding[]): Standing[] {
  return buildings.map(({ doors }, b) => {
    const masses = beliefs.masses[b];
    return {
      met: doors.filter(({ state }) => state === "met").length,
      left:
        (masses === undefined ? 0 : livedIn(masses)) +
        doors.filter(({ state }) => state === "booked").length,
      doubt: masses === undefined ? 0 : doubtOf(masses),
    };
  });
}

/**
 * The share of a building's households that has been met, on the careful side: a building is done when
 * it would be so with more people behind its closed doors than are believed to be there.
 *
 * `deviations`: how many more, in standard deviations.
 */
export function coverageOf({ met, left, doubt }: Standing, deviations = 1): number {
  const all = met + left + deviations * doubt;
  return all === 0 ? 1 : met / all;
}

/**
 * Coverage of each building for the rule that none of them stays behind. It must hold for the unluckiest
 * of them, and of so many buildings one is off by about so many deviations.
 */
export function carefulCoverage(standing: readonly Standing[]): readonly number[] {
  const deviations = unluckiest(standing.length);
  return standing.map((one) => coverageOf(one, deviations));
}

/** What the largest of so many normal errors is expected to be, in deviations; 1 at least. */
export function unluckiest(buildings: number): number {
  return Math.max(1, Math.sqrt(2 * Math.log(Math.max(1, buildings))));
}

/** One standard deviation of how many doors are lived in. */
export function doubtOf(masses: Masses): number {
  let variance = 0;
  for (let begin = 0; begin < masses.length; begin += CLASSES) {
    const all = sum(masses.subarray(begin, begin + CLASSES));
    const empty = (masses[begin + EMPTY] ?? 0) * (1 - DOUBT);
    if (all > 0) variance += empty * (1 - empty / all);
  }
  return Math.sqrt(variance);
}

/** What meeting one household more is worth: beyond it, a card in the letter box must do. */
export const HOUSEHOLD_MINUTES = 90;

/** The best chance that the slots ahead hold for these doors. */
export function bestChance(
  beliefs: Beliefs,
  building: number,
  tries: Tries,
  ahead: readonly Slot[],
): number {
  let best = 0;
  for (const slot of ahead) best = Math.max(best, chanceOf(beliefs, building, slot, tries));
  return best;
}

/** Minutes to reach such a door later in its best slot, after one more try in vain now. */
export function laterMinutes(
  beliefs: Beliefs,
  building: number,
  band: Band,
  tries: Tries,
  ahead: readonly Slot[],
  perKnock: number,
): number {
  const best = bestChance(beliefs, building, { ...tries, [band]: tries[band] + 1 }, ahead);
  return best <= 0 ? HOUSEHOLD_MINUTES : Math.min(HOUSEHOLD_MINUTES, perKnock / best);
}

/** A short name for doors of one building with the same record. */
export function recordKey(tries: Tries): number {
  let key = 0;
  for (const band of BANDS) key = key * 32 + Math.min(31, tries[band]);
  return key;
}
