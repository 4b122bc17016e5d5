/**
 * How a building's doors are made up: what share of them opens at which times of the week, and how
 * many stand empty. Fitted to counts of doors with the same record (expectation maximisation). It
 * answers "how many of this building", never "which": there is no function here that takes a door.
 */
import { BANDS } from "../visits/terms.ts";
import { BAND_OF_SLOT, type BuildingCounts, SLOTS, type Tries } from "./terms.ts";

/**
 * Patterns of a week, loosely: chance that a knock is answered by day, in the evening, at weekends.
 * Only where the fit begins: a pattern is the prior of its bands, and a band of its slots.
 */
const PATTERNS: readonly (readonly [number, number, number])[] = [
  [0.55, 0.65, 0.6],
  [0.1, 0.55, 0.5],
  [0.45, 0.2, 0.25],
  [0.1, 0.15, 0.5],
  [0.15, 0.3, 0.3],
];
/** The last class: nobody lives there. */
export const EMPTY = PATTERNS.length;
export const CLASSES = PATTERNS.length + 1;
const FIRST_SHARES = [0.25, 0.3, 0.06, 0.07, 0.19, 0.13];
/** How many doors a premises type's mix is worth against the city's, a building's against its type's. */
const TYPE_WEIGHT = 30;
const BUILDING_WEIGHT = 20;
/** A knock at an empty door shows that it is empty: first guess, and how many knocks it is worth. */
const RECOGNISED = { chance: 0.12, knocks: 20 };
/**
 * Knocks that a pattern is worth for its bands, a band for its slots. Surveys that give contact rates by
 * time of week differ from each other by about a tenth, and a chance known to a tenth is one of which 25
 * knocks were seen: p (1 - p) / 0.1². Not fitted: between half and twice of it results are the same
 * (docs/planning.md, "What was chosen").
 */
const PATTERN_WEIGHT = 25;
/**
 * The fit is done when a round moves no chance and no share by more than this. With four times as much it
 * ends after a round or two, before anything is learned.
 */
const SETTLED = 0.005;
const MOST_ROUNDS = 100;
const BUILDING_ROUNDS = 6;

const BAND_NUMBER = SLOTS.map((slot) => BANDS.indexOf(BAND_OF_SLOT[slot]));

export interface Classes {
  /** Chance of an answer by class and slot; 0 for the empty ones. */
  readonly presence: readonly (readonly number[])[];
  /** Chance that a try in a band was in vain, by class and band: records know the band alone. */
  readonly silent: readonly (readonly number[])[];
  readonly shares: ReadonlyMap<string, readonly number[]>;
  readonly city: readonly number[];
  readonly recognised: number;
}

/** Doors with the same record. `end`: the slot in which they opened; `null`: not yet; or closed. */
interface Group {
  readonly tries: readonly number[];
  readonly end: number | "closed" | null;
  doors: number;
}

function groupsOf({ knocks, waiting }: Counted): Group[] {
  const groups: Group[] = [];
  const add = (tries: Tries, end: Group["end"], doors: number): void => {
    if (doors > 0) groups.push({ tries: BANDS.map((band) => tries[band]), end, doors });
  };
  for (const { slot, tries, contacts, closed } of knocks) {
    add(tries, SLOTS.indexOf(slot), contacts);
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

type Fit = Pick<Classes, "presence" | "silent" | "recognised">;

/** How likely a class leaves such a record. */
function likelihood(
  { presence, silent, recognised }: Fit,
  { tries, end }: Pick<Group, "tries" | "end">,
  k: number,
): number {
  const knocked = (tries[0] ?? 0) + (tries[1] ?? 0) + (tries[2] ?? 0);
  if (k === EMPTY) {
    if (typeof end === "number") return 0;
    return (1 - recognised) ** knocked * (end === "closed" ? recognised : 1);
  }
  if (end === "closed") return 0;
  let likely = typeof end === "number" ? (presence[k]?.[end] ?? 0) : 1;
  for (let band = 0; band < 3; band += 1) {
    const times = tries[band] ?? 0;
    if (times > 0) likely *= (silent[k]?.[band] ?? 1) ** times;
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

/** Knocks in a slot at doors with the same record. */
interface Knocks {
  readonly slot: number;
  readonly tries: readonly number[];
  answered: number;
  inVain: number;
}

interface PremisesType {
  readonly premises: string;
  readonly groups: readonly Group[];
  readonly knocks: readonly Knocks[];
  shares: readonly number[];
}

type Counted = Omit<BuildingCounts, "buildingId">;

function typesOf(buildings: readonly Counted[]): PremisesType[] {
  const byType = Map.groupBy(buildings, ({ premises }) => premises);
  return [...byType].map(([premises, of]) => ({
    premises,
    groups: merged(of.flatMap(groupsOf)),
    knocks: knocksOf(of),
    shares: FIRST_SHARES,
  }));
}

function knocksOf(buildings: readonly Counted[]): Knocks[] {
  const byKey = new Map<string, Knocks>();
  for (const { knocks: counts } of buildings) {
    for (const { slot, tries: before, knocks, contacts, closed } of counts) {
      const tries = BANDS.map((band) => before[band]);
      const key = `${slot} ${tries.join()}`;
      const known = byKey.get(key) ?? { slot: SLOTS.indexOf(slot), tries, answered: 0, inVain: 0 };
      known.answered += contacts;
      known.inVain += knocks - contacts - closed;
      byKey.set(key, known);
    }
  }
  return [...byKey.values()];
}

/** Of the knocks in vain of its band, what share each slot has: one to begin with. */
function sharesOfBand(types: readonly PremisesType[]): number[] {
  const inSlot = SLOTS.map(() => 1);
  for (const { knocks } of types) {
    for (const { slot, inVain } of knocks) inSlot[slot] = (inSlot[slot] ?? 0) + inVain;
  }
  const inBand = BANDS.map(() => 0);
  inSlot.forEach((knocks, s) => {
    const band = BAND_NUMBER[s] ?? 0;
    inBand[band] = (inBand[band] ?? 0) + knocks;
  });
  return inSlot.map((knocks, s) => knocks / (inBand[BAND_NUMBER[s] ?? 0] ?? 1));
}

function silentOf(presence: Classes["presence"], shares: readonly number[]): number[][] {
  return presence.map((of) => {
    const silent = BANDS.map(() => 1);
    of.forEach((chance, s) => {
      const band = BAND_NUMBER[s] ?? 0;
      silent[band] = (silent[band] ?? 1) - (shares[s] ?? 0) * chance;
    });
    return silent;
  });
}

/** What a round of the fit adds up: answers and knocks by class and slot, what showed itself empty. */
interface Sums {
  readonly hits: number[][];
  readonly trials: number[][];
  shown: number;
  emptyKnocks: number;
}

/** Who opened, and who didn't, shared out among the classes. */
function addKnocks(fit: Fit, { knocks, shares }: PremisesType, { hits, trials }: Sums): void {
  for (const { slot, tries, answered, inVain } of knocks) {
    const opened = new Float64Array(CLASSES);
    const shut = new Float64Array(CLASSES);
    for (let k = 0; k < CLASSES; k += 1) {
      const there = (shares[k] ?? 0) * likelihood(fit, { tries, end: null }, k);
      const chance = fit.presence[k]?.[slot] ?? 0;
      opened[k] = there * chance;
      shut[k] = there * (1 - chance) * (k === EMPTY ? 1 - fit.recognised : 1);
    }
    const allOpened = opened.reduce((sum, one) => sum + one, 0);
    const allShut = shut.reduce((sum, one) => sum + one, 0);
    for (let k = 0; k < EMPTY; k += 1) {
      const met = allOpened > 0 ? (answered * (opened[k] ?? 0)) / allOpened : 0;
      const missed = allShut > 0 ? (inVain * (shut[k] ?? 0)) / allShut : 0;
      const [hit, tried] = [hits[k] as number[], trials[k] as number[]];
      hit[slot] = (hit[slot] ?? 0) + met;
      tried[slot] = (tried[slot] ?? 0) + met + missed;
    }
  }
}

/** Doors of a type by class. */
function massOf(fit: Fit, { groups, shares }: PremisesType, sums: Sums): Float64Array {
  const part = new Float64Array(CLASSES);
  const mass = new Float64Array(CLASSES);
  for (const group of groups) {
    split(fit, group, shares, part);
    for (let k = 0; k < CLASSES; k += 1) mass[k] = (mass[k] ?? 0) + (part[k] ?? 0);
    const empty = part[EMPTY] ?? 0;
    const isShown = group.end === "closed";
    const knocked = (group.tries[0] ?? 0) + (group.tries[1] ?? 0) + (group.tries[2] ?? 0);
    sums.emptyKnocks += empty * (knocked + (isShown ? 1 : 0));
    if (isShown) sums.shown += empty;
  }
  return mass;
}

/** By class: the pattern is the prior of its bands, a band the prior of its slots. */
function presenceOf({ hits, trials }: Sums): number[][] {
  const classes = PATTERNS.map((pattern, k) => {
    const [hit, tried] = [hits[k] as number[], trials[k] as number[]];
    const inBand = (of: readonly number[], band: number): number =>
      of.reduce((sum, one, s) => (BAND_NUMBER[s] === band ? sum + one : sum), 0);
    const bands = pattern.map(
      (chance, band) =>
        (PATTERN_WEIGHT * chance + inBand(hit, band)) / (PATTERN_WEIGHT + inBand(tried, band)),
    );
    return BAND_NUMBER.map(
      (band, s) =>
        (PATTERN_WEIGHT * (bands[band] ?? 0) + (hit[s] ?? 0)) / (PATTERN_WEIGHT + (tried[s] ?? 0)),
    );
  });
  return [...classes, SLOTS.map(() => 0)];
}

function furthest(
  from: readonly (readonly number[])[],
  to: readonly (readonly number[])[],
): number {
  let far = 0;
  to.forEach((of, k) =>
    of.forEach((one, i) => {
      far = Math.max(far, Math.abs(one - (from[k]?.[i] ?? 0)));
    }),
  );
  return far;
}

/** The city's classes and each premises type's mix, from the counts of all its buildings. */
export function fitClasses(buildings: readonly Counted[]): Classes {
  const types = typesOf(buildings);
  const ofBand = sharesOfBand(types);
  let presence: Classes["presence"] = [
    ...PATTERNS.map((of) => BAND_NUMBER.map((band) => of[band] ?? 0)),
    SLOTS.map(() => 0),
  ];
  let recognised = RECOGNISED.chance;
  let city: readonly number[] = FIRST_SHARES;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const fit = { presence, silent: silentOf(presence, ofBand), recognised };
    const sums: Sums = {
      hits: PATTERNS.map(() => SLOTS.map(() => 0)),
      trials: PATTERNS.map(() => SLOTS.map(() => 0)),
      shown: RECOGNISED.chance * RECOGNISED.knocks,
      emptyKnocks: RECOGNISED.knocks,
    };
    const cityMass = new Float64Array(CLASSES);
    for (const type of types) {
      addKnocks(fit, type, sums);
      const mass = massOf(fit, type, sums);
      for (let k = 0; k < CLASSES; k += 1) cityMass[k] = (cityMass[k] ?? 0) + (mass[k] ?? 0);
      type.shares = blend(city, TYPE_WEIGHT, mass);
    }
    const before = [city, ...presence];
    city = blend(FIRST_SHARES, TYPE_WEIGHT, cityMass);
    presence = presenceOf(sums);
    recognised = sums.shown / sums.emptyKnocks;
    if (furthest(before, [city, ...presence]) < SETTLED) break;
  }
  const shares = new Map(types.map(({ premises, shares: of }) => [premises, of]));
  return { presence, silent: silentOf(presence, ofBand), shares, city, recognised };
}

/**
 * What a building's doors that nobody has answered at are made of: doors by number of tries (0 to
 * the most there may be) and class, at `tries * CLASSES + class`.
 */
export type Masses = Float64Array;

export function massesOf(classes: Classes, building: Counted, maxTries: number): Masses {
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
 * How much rarer an answer gets after so many tries in vain, in a slot, against the first knock:
 * what the classes of the whole city say. Where no counts are yet, the factor begins here.
 */
export function factorOf(
  { city, presence, silent, recognised }: Classes,
  tries: Tries,
  slot: number,
): number {
  const group: Group = { tries: BANDS.map((one) => tries[one]), end: null, doors: 1 };
  let total = 0;
  let answered = 0;
  let first = 0;
  let all = 0;
  for (let k = 0; k < CLASSES; k += 1) {
    const share = city[k] ?? 0;
    const weight = share * likelihood({ presence, silent, recognised }, group, k);
    total += weight;
    answered += weight * (presence[k]?.[slot] ?? 0);
    first += share * (presence[k]?.[slot] ?? 0);
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
 * Tries are few: what a try in this slot takes away from ever meeting a household, among all doors of
 * the city with such a record, when the tries left after it are made in the household's best hours of
 * those that the roster still holds.
 */
export function reachLost(
  { city, presence, silent, recognised }: Classes,
  tries: Tries,
  slot: number,
  maxTries: number,
  slotsAhead: ReadonlySet<number>,
): number {
  const group: Group = { tries: BANDS.map((one) => tries[one]), end: null, doors: 1 };
  const left = triesLeft(
    maxTries,
    group.tries.reduce((sum, times) => sum + times, 0),
  );
  let total = 0;
  let lost = 0;
  for (let k = 0; k < CLASSES; k += 1) {
    const weight = (city[k] ?? 0) * likelihood({ presence, silent, recognised }, group, k);
    total += weight;
    const best = bestOf(presence[k]?.filter((_, one) => one === slot || slotsAhead.has(one)));
    lost +=
      weight * Math.max(0, best - (presence[k]?.[slot] ?? 0)) * (1 - best) ** Math.max(0, left - 1);
  }
  return total > 0 ? lost / total : 0;
}

export function bestOf(presence: readonly number[] | undefined): number {
  return Math.max(0, ...(presence ?? []));
}
