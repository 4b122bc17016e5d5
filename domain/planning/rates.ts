/**
 * Contact rates from counts alone: Beta-Binomial from the city over the premises type to the
 * building, by slot, times a city-wide factor for failed tries. A rate belongs to a building and a
 * slot; what it is multiplied by depends on how often nobody answered, and is the same in the city.
 */
import { BANDS } from "../visits/terms.ts";
import { type Classes, CLASSES, factorOf, fitClasses, type Masses, massesOf } from "./masses.ts";
import { likeliestStrength } from "./strength.ts";
import { type BuildingCounts, type KnockCount, SLOTS, type Slot, type Tries } from "./terms.ts";

/** What is believed before the first knock: one in three answers, worth so many knocks. */
const FIRST_RATE = 0.35;
const FIRST_KNOCKS = 6;
/** How many knocks of a level the level above is worth. */
const CITY_KNOCKS = 30;
const SLOT_KNOCKS = 10;
/** Expected answers that the factor's beginning is worth. */
const FACTOR_WEIGHT = 25;
/** Tries in a band beyond these change nothing: too few doors have more. */
const TRIES_COUNTED = 4;
/** Candidates for how alike buildings of a type are: expected answers that the type is worth. */
const ALIKE = [2, 4, 8, 16, 32, 64];
const HISTORIES = (TRIES_COUNTED + 1) ** 3;

/** The class of doors with the same record: what a factor belongs to. */
function historyOf(tries: Tries): number {
  let key = 0;
  for (const band of BANDS) key = key * (TRIES_COUNTED + 1) + Math.min(TRIES_COUNTED, tries[band]);
  return key;
}

function triesOf(history: number): Tries {
  const base = TRIES_COUNTED + 1;
  return {
    daytime: Math.floor(history / base / base),
    evening: Math.floor(history / base) % base,
    weekend: history % base,
  };
}

export interface CityRates {
  readonly classes: Classes;
  /** By premises type, then slot number. */
  readonly byType: ReadonlyMap<string, readonly number[]>;
  readonly city: readonly number[];
  /** By slot of the knock, then history. */
  readonly factors: readonly (readonly number[])[];
  /** Expected answers that a premises type is worth for a building of it. */
  readonly alike: number;
  /** Knocks that a building's make-up is worth for each of its slots. */
  readonly makeUp: number;
}

/** A city's rates before it is known what a make-up is worth. */
type Rated = Omit<CityRates, "makeUp">;

interface Sums {
  readonly contacts: number[];
  readonly exposure: number[];
}

function sumsOf(counts: Iterable<KnockCount>, factors: CityRates["factors"]): Sums {
  const sums = { contacts: SLOTS.map(() => 0), exposure: SLOTS.map(() => 0) };
  for (const { slot, tries, knocks, contacts } of counts) {
    const s = SLOTS.indexOf(slot);
    const factor = factors[s]?.[historyOf(tries)] ?? 1;
    sums.contacts[s] = (sums.contacts[s] ?? 0) + contacts;
    sums.exposure[s] = (sums.exposure[s] ?? 0) + knocks * factor;
  }
  return sums;
}

function shrunk(prior: number, weight: number, contacts: number, exposure: number): number {
  return Math.min(0.98, (weight * prior + contacts) / (weight + exposure));
}

/** The city's rates from the counts of all its buildings. */
export function cityRates(buildings: readonly BuildingCounts[]): CityRates {
  const classes = fitClasses(buildings);
  const begin = SLOTS.map((_, s) =>
    Array.from({ length: HISTORIES }, (_unused, history) => factorOf(classes, triesOf(history), s)),
  );
  const first = rated(classes, buildings, begin);
  // What came of the knocks after failed tries, against what the first guess made expect.
  const expected = begin.map((of) => of.map(() => 0));
  const came = begin.map((of) => of.map(() => 0));
  for (const { premises, knocks: counts } of buildings) {
    for (const { slot, tries, knocks, contacts } of counts) {
      const s = SLOTS.indexOf(slot);
      const history = historyOf(tries);
      const rate = first.byType.get(premises)?.[s] ?? FIRST_RATE;
      (expected[s] as number[])[history] = (expected[s]?.[history] ?? 0) + knocks * rate;
      (came[s] as number[])[history] = (came[s]?.[history] ?? 0) + contacts;
    }
  }
  const factors = begin.map((of, s) =>
    of.map((factor, history) =>
      history === 0
        ? 1
        : (FACTOR_WEIGHT * factor + (came[s]?.[history] ?? 0)) /
          (FACTOR_WEIGHT + (expected[s]?.[history] ?? 0)),
    ),
  );
  const city = rated(classes, buildings, factors);
  return { ...city, makeUp: makeUpOf(city, buildings) };
}

/** Of a large city so many buildings say what a make-up is worth. */
const BUILDINGS_ASKED = 400;

function makeUpOf(city: Rated, buildings: readonly BuildingCounts[]): number {
  const every = Math.max(1, Math.floor(buildings.length / BUILDINGS_ASKED));
  return likeliestStrength(
    buildings.flatMap((of, b) => {
      if (b % every !== 0 || of.knocks.length === 0) return [];
      const implied = impliedRates(city, of, massesOf(city.classes, of, 1));
      const { contacts, exposure } = sumsOf(of.knocks, city.factors);
      return (implied ?? []).map((mean, s) => ({
        mean,
        answered: contacts[s] ?? 0,
        knocks: exposure[s] ?? 0,
      }));
    }),
  );
}

/**
 * A building's rates by slot as its make-up implies them. Its own knocks tell little of a slot in
 * which few were made; who has opened, and when, tells what those who are left are like: a building
 * that opened by day is one of people at home by day, or has none of them left.
 */
function impliedRates(
  city: Rated,
  { waiting }: BuildingCounts,
  masses: Masses,
): readonly number[] | null {
  const all = masses.reduce((sum, mass) => sum + mass, 0);
  const doors = waiting.reduce((sum, group) => sum + group.doors, 0);
  if (all <= 0 || doors <= 0) return null;
  const share = new Float64Array(CLASSES);
  masses.forEach((mass, i) => {
    share[i % CLASSES] = (share[i % CLASSES] ?? 0) + mass / all;
  });
  return SLOTS.map((slot, s) => {
    const now = city.classes.presence.reduce(
      (sum, of, k) => sum + (share[k] ?? 0) * (of[s] ?? 0),
      0,
    );
    // A rate speaks of doors not tried before: what these doors' tries took off is put back.
    const tried = waiting.reduce(
      (sum, { tries, doors: of }) => sum + of * factorFor(city, slot, tries),
      0,
    );
    return Math.min(0.98, (now * doors) / tried);
  });
}

function rated(
  classes: Classes,
  buildings: readonly BuildingCounts[],
  factors: CityRates["factors"],
): Rated {
  const sums = new Map<string, Sums>();
  const all = { contacts: SLOTS.map(() => 0), exposure: SLOTS.map(() => 0) };
  const each = buildings.map(({ premises, knocks }) => {
    const own = sumsOf(knocks, factors);
    const type = sums.get(premises) ?? {
      contacts: SLOTS.map(() => 0),
      exposure: SLOTS.map(() => 0),
    };
    sums.set(premises, type);
    for (let s = 0; s < SLOTS.length; s += 1) {
      for (const into of [type, all]) {
        into.contacts[s] = (into.contacts[s] ?? 0) + (own.contacts[s] ?? 0);
        into.exposure[s] = (into.exposure[s] ?? 0) + (own.exposure[s] ?? 0);
      }
    }
    return { premises, own };
  });
  const city = SLOTS.map((_, s) =>
    shrunk(FIRST_RATE, FIRST_KNOCKS, all.contacts[s] ?? 0, all.exposure[s] ?? 0),
  );
  const byType = new Map(
    [...sums].map(([premises, { contacts, exposure }]) => [
      premises,
      SLOTS.map((_, s) =>
        shrunk(city[s] ?? FIRST_RATE, CITY_KNOCKS, contacts[s] ?? 0, exposure[s] ?? 0),
      ),
    ]),
  );
  const alike = mostLikely(
    each.map(({ premises, own }) => ({
      came: own.contacts.reduce((a, b) => a + b, 0),
      expected: own.exposure.reduce((sum, e, s) => sum + e * (byType.get(premises)?.[s] ?? 0), 0),
    })),
  );
  return { classes, byType, city, factors, alike };
}

/** How alike the buildings of a type are: the candidate under which the counts are likeliest. */
function mostLikely(of: readonly { came: number; expected: number }[]): number {
  let best = ALIKE[2] ?? 1;
  let highest = -Infinity;
  for (const a of ALIKE) {
    let log = 0;
    for (const { came, expected } of of) {
      if (expected === 0) continue;
      // Gamma-Poisson, without what doesn't depend on `a`.
      for (let i = 0; i < came; i += 1) log += Math.log(a + i);
      log += a * Math.log(a / (a + expected)) - came * Math.log(a + expected);
    }
    if (log > highest) {
      highest = log;
      best = a;
    }
  }
  return best;
}

/**
 * A building's rates at doors not tried before, by slot number: what its make-up implies is the prior
 * of what its own knocks in the slot say. Where no door waits any more, its premises type's rates are.
 */
export function buildingRates(
  city: CityRates,
  building: BuildingCounts,
  masses: Masses = massesOf(city.classes, building, 1),
): readonly number[] {
  const { contacts, exposure } = sumsOf(building.knocks, city.factors);
  const implied = impliedRates(city, building, masses);
  if (implied !== null) {
    return implied.map((rate, s) => shrunk(rate, city.makeUp, contacts[s] ?? 0, exposure[s] ?? 0));
  }
  const type = city.byType.get(building.premises) ?? city.city;
  let came = 0;
  let expected = 0;
  for (let s = 0; s < SLOTS.length; s += 1) {
    came += contacts[s] ?? 0;
    expected += (exposure[s] ?? 0) * (type[s] ?? 0);
  }
  const level = (city.alike + came) / (city.alike + expected);
  return type.map((rate, s) =>
    shrunk(Math.min(0.95, rate * level), SLOT_KNOCKS, contacts[s] ?? 0, exposure[s] ?? 0),
  );
}

/** The city-wide factor for a record of failed tries, in a slot. */
export function factorFor(
  { factors }: Pick<CityRates, "factors">,
  slot: Slot,
  tries: Tries,
): number {
  return factors[SLOTS.indexOf(slot)]?.[historyOf(tries)] ?? 1;
}
