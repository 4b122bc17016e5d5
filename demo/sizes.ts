import type { BuildingType } from "@wanjia/domain/places/terms";

/** How big a city is (domain.md §10.2), and of what it is built (§10.3). */
export interface CitySize {
  readonly subBureaus: number;
  readonly stations: number;
  readonly communities: number;
  readonly beats: number;
  readonly grids: number;
  readonly dwellings: number;
  readonly shops: number;
  readonly organisations: number;
  /** Sworn officers of all kinds. */
  readonly officers: number;
  readonly auxiliariesPerBeat: number;
  /** Rows of beats on the map, from the coast to the hills. */
  readonly rows: number;
  /** Share of the dwellings in each kind of building. */
  readonly mix: Readonly<Record<HousingType, number>>;
}

export const HOUSING_TYPES = [
  "high_rise",
  "walk_up",
  "urban_village",
  "rural_detached",
  "dormitory",
] as const satisfies readonly BuildingType[];
export type HousingType = (typeof HOUSING_TYPES)[number];

export const SIZE_NAMES = ["XS", "demo", "S", "M"] as const;
export type SizeName = (typeof SIZE_NAMES)[number];

/** Homes that a building of a kind has on average; a house in the country has one to three. */
export const MEAN_HOMES: Readonly<Record<HousingType, number>> = {
  high_rise: 96,
  walk_up: 54,
  urban_village: 20,
  rural_detached: 1.6,
  dormitory: 80,
};

export const SIZES: Readonly<Record<SizeName, CitySize>> = {
  XS: {
    subBureaus: 1,
    stations: 1,
    communities: 4,
    beats: 6,
    grids: 20,
    dwellings: 9_600,
    shops: 300,
    organisations: 40,
    officers: 30,
    auxiliariesPerBeat: 1,
    rows: 2,
    mix: {
      high_rise: 0.76,
      walk_up: 0.215,
      urban_village: 0.02,
      rural_detached: 0.001,
      dormitory: 0.004,
    },
  },
  /** S made small enough to be generated while a newcomer waits. */
  demo: {
    subBureaus: 1,
    stations: 3,
    communities: 14,
    beats: 10,
    grids: 28,
    dwellings: 7_200,
    shops: 360,
    organisations: 48,
    officers: 34,
    auxiliariesPerBeat: 2,
    rows: 3,
    mix: {
      high_rise: 0.37,
      walk_up: 0.37,
      urban_village: 0.13,
      rural_detached: 0.1,
      dormitory: 0.03,
    },
  },
  S: {
    subBureaus: 1,
    stations: 22,
    communities: 320,
    beats: 190,
    grids: 850,
    dwellings: 380_000,
    shops: 26_000,
    organisations: 4_000,
    officers: 800,
    auxiliariesPerBeat: 2,
    rows: 11,
    mix: {
      high_rise: 0.22,
      walk_up: 0.275,
      urban_village: 0.125,
      rural_detached: 0.36,
      dormitory: 0.02,
    },
  },
  M: {
    subBureaus: 6,
    stations: 50,
    communities: 520,
    beats: 420,
    grids: 4_290,
    dwellings: 1_930_000,
    shops: 160_000,
    organisations: 30_000,
    officers: 5_200,
    auxiliariesPerBeat: 2,
    rows: 16,
    mix: {
      high_rise: 0.46,
      walk_up: 0.22,
      urban_village: 0.2,
      rural_detached: 0.1,
      dormitory: 0.02,
    },
  },
};

/** Parts of `total` in proportion to `weights`, whole and adding up to it. */
export function shareOut(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  let given = 0;
  let before = 0;
  return weights.map((weight) => {
    before += weight;
    const until = sum === 0 ? 0 : Math.round((total * before) / sum);
    const part = until - given;
    given = until;
    return part;
  });
}
