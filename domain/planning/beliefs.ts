/** What a unit's counts say on a morning: rates, masses, coverage of each building. */
import { type Band, BANDS } from "../visits/terms.ts";
import { CLASSES, EMPTY, type Masses, massesOf } from "./masses.ts";
import { buildingRates, type CityRates, factorFor } from "./rates.ts";
import {
  BAND_OF_SLOT,
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
  return {
    city,
    rates: own.map((of) => buildingRates(city, of)),
    masses: own.map((of) => massesOf(city.classes, of, rules.maxTries)),
  };
}

/** Chance of an answer in a building in a slot, at doors tried in vain so often. */
export function chanceOf(beliefs: Beliefs, building: number, slot: Slot, tries: Tries): number {
  const rate = beliefs.rates[building]?.[SLOTS.indexOf(slot)] ?? 0;
  return Math.min(0.98, rate * factorFor(beliefs.city, slot, tries));
}

/** Doors of a building believed to be lived in, of those that nobody has answered at. */
export function livedIn(masses: Masses): number {
  let doors = 0;
  for (let i = 0; i < masses.length; i += 1) {
    doors += (masses[i] ?? 0) * (i % CLASSES === EMPTY ? DOUBT : 1);
  }
  return doors;
}

export interface Standing {
  readonly met: number;
  /** Believed to be lived in and not met yet. */
  readonly left: number;
}

export function standingOf(beliefs: Beliefs, buildings: readonly PlanBuilding[]): Standing[] {
  return buildings.map(({ doors }, b) => {
    const masses = beliefs.masses[b];
    return {
      met: doors.filter(({ state }) => state === "met").length,
      left:
        (masses === undefined ? 0 : livedIn(masses)) +
        doors.filter(({ state }) => state === "booked").length,
    };
  });
}

export function coverageOf({ met, left }: Standing): number {
  return met + left === 0 ? 1 : met / (met + left);
}

/** How the slots of a band differ, in the city: a class's chance is known by band only. */
export function slotWeights({ city }: Beliefs): readonly number[] {
  return SLOTS.map((slot, s) => {
    const alike = SLOTS.filter((one) => BAND_OF_SLOT[one] === BAND_OF_SLOT[slot]);
    const mean =
      alike.reduce((sum, one) => sum + (city.city[SLOTS.indexOf(one)] ?? 0), 0) / alike.length;
    return mean > 0 ? (city.city[s] ?? 0) / mean : 1;
  });
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
