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
/**
 * How much of a building's rate is its make-up, the rest its knocks. Between seven tenths and one the
 * error of prediction hardly changes, in every town of the benchmark.
 */
const IMPLIED = 0.85;

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
    rates: own.map((of, b) =>
      togetherOf(buildingRates(city, of), impliedRates(city, of, masses[b])),
    ),
    masses,
  };
}

/**
 * A building's rates by slot as its make-up implies them. Its own knocks tell little of a slot in
 * which few were made; who has opened, and when, tells what those who are left are like: a building
 * that opened by day is one of people at home by day, or has none of them left.
 */
function impliedRates(
  city: CityRates,
  { waiting }: BuildingCounts,
  masses: Masses | undefined,
): readonly number[] | null {
  const all = sum(masses ?? []);
  const doors = sum(waiting.map((group) => group.doors));
  if (masses === undefined || all <= 0 || doors <= 0) return null;
  const share = new Float64Array(CLASSES);
  masses.forEach((mass, i) => {
    share[i % CLASSES] = (share[i % CLASSES] ?? 0) + mass / all;
  });
  return SLOTS.map((slot, s) => {
    const now = sum(city.classes.presence.map((of, k) => (share[k] ?? 0) * (of[s] ?? 0)));
    // A rate speaks of doors not tried before: what these doors' tries took off is put back.
    const tried = sum(waiting.map(({ tries, doors: of }) => of * factorFor(city, slot, tries)));
    return Math.min(0.98, (now * doors) / tried);
  });
}

/** What knocks say and what the make-up implies, on the logarithm's scale. */
function togetherOf(
  counted: readonly number[],
  implied: readonly number[] | null,
): readonly number[] {
  if (implied === null) return counted;
  return counted.map((rate, s) => rate ** (1 - IMPLIED) * (implied[s] ?? rate) ** IMPLIED);
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
 */
export function coverageOf({ met, left, doubt }: Standing): number {
  const all = met + left + doubt;
  return all === 0 ? 1 : met / all;
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
