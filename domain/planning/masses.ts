/**
 * How a building's doors are made up: what share of them opens at which times of the week, and how
 * many stand empty. Fitted to counts of doors with the same record (expectation maximisation). It
 * answers "how many of this building", never "which": there is no function here that takes a door.
 */
import { BANDS } from "../visits/terms.ts";
import { BAND_OF_SLOT, type BuildingCounts, type Tries } from "./terms.ts";

/**
 * Patterns of a week, loosely: chance that a knock is answered by day, in the evening, at weekends.
 * Only where the fit begins, worth `PATTERN_WEIGHT` doors each; the counts move them.
 */
const PATTERNS: readonly (readonly [number, number, number])[] = [
  [0.55, 0.65, 0.6],
  [0.1, 0.55, 0.5],
  [0.45, 0.2, 0.25],
  [0.1, 0.15, 0.5],
  [0.15, 0.3, 0.3],
];
const PATTERN_WEIGHT = 12;
/** The last class: nobody lives there. */
export const EMPTY = PATTERNS.length;
export const CLASSES = PATTERNS.length + 1;
const FIRST_SHARES = [0.25, 0.3, 0.06, 0.07, 0.19, 0.13];
/** How many doors a premises type's mix is worth against the city's, a building's against its type's. */
const TYPE_WEIGHT = 30;
const BUILDING_WEIGHT = 20;
/** A knock at an empty door shows that it is empty: first guess, and how many knocks it is worth. */
const RECOGNISED = { chance: 0.12, knocks: 20 };
const ROUNDS = 12;
const BUILDING_ROUNDS = 6;

export interface Classes {
  /** Chance of an answer by class and band; 0 for the empty ones. */
  readonly presence: readonly (readonly number[])[];
  readonly shares: ReadonlyMap<string, readonly number[]>;
  readonly city: readonly number[];
  readonly recognised: number;
}

/** Doors with the same record. `met`: the band in which they opened; `null`: not yet; or closed. */
interface Group {
  readonly tries: readonly number[];
  readonly end: number | "closed" | null;
  doors: number;
}

function groupsOf({ knocks, waiting }: Omit<BuildingCounts, "buildingId">): Group[] {
  const groups: Group[] = [];
  const add = (tries: Tries, end: Group["end"], doors: number): void => {
    if (doors > 0) groups.push({ tries: BANDS.map((band) => tries[band]), end, doors });
  };
  for (const { slot, tries, contacts, closed } of knocks) {
    add(tries, BANDS.indexOf(BAND_OF_SLOT[slot]), contacts);
    add(tries, "closed", closed);
  }
  for (const { tries, doors } of waiting) add(tries, null, doors);
  return groups;
}

function merged(groups: readonly Group[]): Group[] {
  const byKey = new Map<string, Group>();
  for (const group of groups) {
    const key = `${group.tries.join()} ${group.end}`;
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, { ...group });
    else known.doors += group.doors;
  }
  return [...byKey.values()];
}

type Fit = Pick<Classes, "presence" | "recognised">;

/** How likely a class leaves such a record. */
function likelihood({ presence, recognised }: Fit, { tries, end }: Group, k: number): number {
  const knocked = (tries[0] ?? 0) + (tries[1] ?? 0) + (tries[2] ?? 0);
  if (k === EMPTY) {
    if (typeof end === "number") return 0;
    return (1 - recognised) ** knocked * (end === "closed" ? recognised : 1);
  }
  if (end === "closed") return 0;
  const chances = presence[k] ?? [];
  let likely = typeof end === "number" ? (chances[end] ?? 0) : 1;
  for (let band = 0; band < 3; band += 1) {
    const times = tries[band] ?? 0;
    if (times > 0) likely *= (1 - (chances[band] ?? 0)) ** times;
  }
  return likely;
}

function split(fit: Fit, group: Group, shares: readonly number[], into: Float64Array): void {
  let total = 0;
  for (let k = 0; k < CLASSES; k += 1) {
    const weight = (shares[k] ?? 0) * likelihood(fit, group, k);
    into[k] = weight;
    total += weight;
  }
  for (let k = 0; k < CLASSES; k += 1) {
    into[k] = total > 0 ? ((into[k] ?? 0) * group.doors) / total : group.doors / CLASSES;
  }
}

function blend(prior: readonly number[], weight: number, masses: ArrayLike<number>): number[] {
  let total = weight;
  for (let k = 0; k < CLASSES; k += 1) total += masses[k] ?? 0;
  return prior.map((share, k) => (weight * share + (masses[k] ?? 0)) / total);
}

/** The city's classes and each premises type's mix, from the counts of all its buildings. */
export function fitClasses(buildings: readonly Omit<BuildingCounts, "buildingId">[]): Classes {
  const byType = new Map<string, Group[]>();
  for (const building of buildings) {
    const groups = byType.get(building.premises) ?? [];
    groups.push(...groupsOf(building));
    byType.set(building.premises, groups);
  }
  const types = [...byType].map(([premises, groups]) => ({
    premises,
    groups: merged(groups),
    shares: FIRST_SHARES as readonly number[],
  }));
  let presence: readonly (readonly number[])[] = [...PATTERNS, [0, 0, 0]];
  let recognised = RECOGNISED.chance;
  let city: readonly number[] = FIRST_SHARES;
  const part = new Float64Array(CLASSES);
  for (let round = 0; round < ROUNDS; round += 1) {
    const fit = { presence, recognised };
    const hits = PATTERNS.map((pattern) => pattern.map((chance) => chance * PATTERN_WEIGHT));
    const trials = PATTERNS.map((pattern) => pattern.map(() => PATTERN_WEIGHT as number));
    let shown = RECOGNISED.chance * RECOGNISED.knocks;
    let emptyKnocks: number = RECOGNISED.knocks;
    const cityMass = new Float64Array(CLASSES);
    for (const type of types) {
      const mass = new Float64Array(CLASSES);
      for (const group of type.groups) {
        split(fit, group, type.shares, part);
        for (let k = 0; k < CLASSES; k += 1) {
          const doors = part[k] ?? 0;
          mass[k] = (mass[k] ?? 0) + doors;
          if (k === EMPTY) {
            const knocked = (group.tries[0] ?? 0) + (group.tries[1] ?? 0) + (group.tries[2] ?? 0);
            emptyKnocks += doors * (knocked + (group.end === "closed" ? 1 : 0));
            if (group.end === "closed") shown += doors;
            continue;
          }
          const hit = hits[k] as number[];
          const tried = trials[k] as number[];
          for (let band = 0; band < 3; band += 1) {
            const met = group.end === band ? 1 : 0;
            hit[band] = (hit[band] ?? 0) + doors * met;
            tried[band] = (tried[band] ?? 0) + doors * ((group.tries[band] ?? 0) + met);
          }
        }
      }
      for (let k = 0; k < CLASSES; k += 1) cityMass[k] = (cityMass[k] ?? 0) + (mass[k] ?? 0);
      type.shares = blend(city, TYPE_WEIGHT, mass);
    }
    city = blend(FIRST_SHARES, TYPE_WEIGHT, cityMass);
    presence = [
      ...hits.map((hit, k) => hit.map((met, band) => met / (trials[k]?.[band] ?? 1))),
      [0, 0, 0],
    ];
    recognised = shown / emptyKnocks;
  }
  const shares = new Map(types.map(({ premises, shares: of }) => [premises, of]));
  return { presence, shares, city, recognised };
}

/**
 * What a building's doors that nobody has answered at are made of: doors by number of tries (0 to
 * the most there may be) and class, at `tries * CLASSES + class`.
 */
export type Masses = Float64Array;

export function massesOf(
  classes: Classes,
  building: Omit<BuildingCounts, "buildingId">,
  maxTries: number,
): Masses {
  const groups = merged(groupsOf(building));
  const prior = classes.shares.get(building.premises) ?? classes.city;
  const part = new Float64Array(CLASSES);
  let shares: readonly number[] = prior;
  for (let round = 0; round < BUILDING_ROUNDS; round += 1) {
    const mass = new Float64Array(CLASSES);
    for (const group of groups) {
      split(classes, group, shares, part);
      for (let k = 0; k < CLASSES; k += 1) mass[k] = (mass[k] ?? 0) + (part[k] ?? 0);
    }
    shares = blend(prior, BUILDING_WEIGHT, mass);
  }
  const masses = new Float64Array((maxTries + 1) * CLASSES);
  for (const group of groups) {
    if (group.end !== null) continue;
    split(classes, group, shares, part);
    const tries = Math.min(
      maxTries,
      group.tries.reduce((sum, times) => sum + times, 0),
    );
    for (let k = 0; k < CLASSES; k += 1) {
      masses[tries * CLASSES + k] = (masses[tries * CLASSES + k] ?? 0) + (part[k] ?? 0);
    }
  }
  return masses;
}

/**
 * How much rarer an answer gets after so many tries in vain, in a band, against the first knock:
 * what the classes of the whole city say. Where no counts are yet, the factor begins here.
 */
export function factorOf(
  { city, presence, recognised }: Classes,
  tries: Tries,
  band: number,
): number {
  const group: Group = { tries: BANDS.map((one) => tries[one]), end: null, doors: 1 };
  let total = 0;
  let answered = 0;
  let first = 0;
  let all = 0;
  for (let k = 0; k < CLASSES; k += 1) {
    const share = city[k] ?? 0;
    const weight = share * likelihood({ presence, recognised }, group, k);
    total += weight;
    answered += weight * (presence[k]?.[band] ?? 0);
    first += share * (presence[k]?.[band] ?? 0);
    all += share;
  }
  return total > 0 && first > 0 ? answered / total / (first / all) : 1;
}

/** A door is planned to be met within so many tries, even where more are allowed. */
const TRIES_COUNTED_ON = 7;

/** Tries that are counted on after so many in vain. */
export function triesLeft(maxTries: number, tries: number): number {
  return Math.max(0, Math.min(maxTries, TRIES_COUNTED_ON) - tries);
}

/**
 * Tries are few: what a try in this band takes away from ever meeting a household, among all doors of
 * the city with such a record, when the tries left after it are made in the household's best hours of
 * those that the roster still holds.
 */
export function reachLost(
  { city, presence, recognised }: Classes,
  tries: Tries,
  band: number,
  maxTries: number,
  bandsAhead: ReadonlySet<number>,
): number {
  const group: Group = { tries: BANDS.map((one) => tries[one]), end: null, doors: 1 };
  const left = triesLeft(
    maxTries,
    group.tries.reduce((sum, times) => sum + times, 0),
  );
  let total = 0;
  let lost = 0;
  for (let k = 0; k < CLASSES; k += 1) {
    const weight = (city[k] ?? 0) * likelihood({ presence, recognised }, group, k);
    total += weight;
    const best = bestOf(presence[k]?.filter((_, one) => one === band || bandsAhead.has(one)));
    lost +=
      weight * Math.max(0, best - (presence[k]?.[band] ?? 0)) * (1 - best) ** Math.max(0, left - 1);
  }
  return total > 0 ? lost / total : 0;
}

export function bestOf(presence: readonly number[] | undefined): number {
  return Math.max(0, ...(presence ?? []));
}
