/** Makes a town of a scenario and a seed: what is seen of it, and the truth that policies never see. */
import { FEWEST_DOORS } from "@wanjia/domain/planning/ground";
import { SLOTS, type Point } from "@wanjia/domain/planning/terms";
import { seededRandom } from "@wanjia/domain/shared/random";
import type { Premises, Scenario } from "./scenario.ts";

/** What everybody may know of a building. */
export interface Building {
  readonly id: string;
  readonly index: number;
  /** As the register says: wrong for some. */
  readonly premises: string;
  readonly lift: boolean;
  readonly at: Point;
  /** Flats of the unit, numbered through in walking order: from the lowest floor up. */
  readonly flats: readonly number[];
}

/** The hidden truth of a flat. */
interface Household {
  /** Null when nobody lives there. */
  readonly type: string | null;
  /** Chance that a knock is answered, by slot number. */
  readonly presence: readonly number[];
  readonly visitMinutes: number;
}

export interface Unit {
  readonly seed: string;
  readonly scenario: Scenario;
  readonly station: Point;
  readonly buildings: readonly Building[];
  /** Building number and floor of each flat. */
  readonly buildingOf: readonly number[];
  readonly floorOf: readonly number[];
  /** For the simulation and the oracle only. */
  readonly truth: readonly Household[];
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function between(random: () => number, [low, high]: readonly [number, number]): number {
  return low + Math.floor(random() * (high - low + 1));
}

/** One of the keys, by weight. */
function drawn(random: () => number, weights: readonly (readonly [string, number])[]): string {
  let left = random() * weights.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [key, weight] of weights) {
    left -= weight;
    if (left < 0) return key;
  }
  return weights.at(-1)?.[0] ?? "";
}

/** Gamma with shape `a` (Marsaglia and Tsang; below 1 by the usual power of a uniform). */
function gamma(random: () => number, a: number): number {
  if (a < 1) return gamma(random, a + 1) * Math.max(random(), 1e-12) ** (1 / a);
  const d = a - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** A mix of household types around the premises type's own (Dirichlet). */
function mixOf(random: () => number, premises: Premises, concentration: number) {
  const entries = Object.entries(premises.households).filter(([, weight]) => weight > 0);
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
  return entries.map(
    ([type, weight]) => [type, gamma(random, (concentration * weight) / total)] as const,
  );
}

function shifted(chance: number, by: number): number {
  if (chance <= 0 || chance >= 1) return chance;
  return 1 / (1 + Math.exp(-Math.log(chance / (1 - chance)) - by));
}

export function makeUnit(scenario: Scenario, seed: string): Unit {
  const random = seededRandom(`${seed} town`);
  const { noise, extent } = scenario;
  const types = Object.entries(scenario.premises).map(([key, { share }]) => [key, share] as const);
  const station = { x: extent.radiusMetres, y: 0 };
  const buildings: Building[] = [];
  const buildingOf: number[] = [];
  const floorOf: number[] = [];
  const truth: Household[] = [];
  while (truth.length < extent.flatsPerUnit) {
    const index = buildings.length;
    const name = drawn(random, types);
    const premises = scenario.premises[name] as Premises;
    const others = types.filter(([key, share]) => key !== name && share > 0);
    const isWrong = random() < scenario.wrongLabels && others.length > 0;
    const radius = extent.radiusMetres * Math.sqrt(random());
    const angle = 2 * Math.PI * random();
    const mix = mixOf(random, premises, scenario.concentration);
    const ofBuilding = noise.building * normal(random);
    const ofSlot = SLOTS.map(() => noise.buildingSlot * normal(random));
    const floors = between(random, premises.floors);
    const perFloor = between(random, premises.flatsPerFloor);
    const flats: number[] = [];
    const whole = floors * perFloor;
    const over = extent.flatsPerUnit - truth.length - whole;
    // Where fewer flats are left than make a building, they are its upper floors.
    const own = over < FEWEST_DOORS ? whole + over : whole;
    for (let i = 0; i < own; i += 1) {
      flats.push(truth.length);
      buildingOf.push(index);
      floorOf.push(1 + Math.floor(i / perFloor));
      const isVacant = random() < premises.vacancy;
      const type = drawn(random, mix);
      const ofHousehold = noise.household * normal(random);
      const [least, most] = scenario.costs.visitMinutes;
      truth.push({
        type: isVacant ? null : type,
        presence: SLOTS.map((slot, s) =>
          isVacant
            ? 0
            : shifted(
                scenario.presence[type]?.[slot] ?? 0,
                ofHousehold + ofBuilding + (ofSlot[s] ?? 0),
              ),
        ),
        visitMinutes: least + (most - least) * random(),
      });
    }
    buildings.push({
      id: `b${index}`,
      index,
      premises: isWrong ? drawn(random, others) : name,
      lift: premises.lift,
      at: { x: radius * Math.cos(angle), y: radius * Math.sin(angle) },
      flats,
    });
  }
  return { seed, scenario, station, buildings, buildingOf, floorOf, truth };
}

/** A number in [0, 1) that only the seed, the flat, the day and the occasion decide: every policy
 * that knocks at a door in the same slot of the same day finds the same. */
export function chanceOf(seed: string, ...of: readonly number[]): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < seed.length; i += 1) {
    hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193);
  }
  for (const part of of) {
    hash = Math.imul(hash ^ (part + 0x9e3779b9), 0x85ebca6b);
    hash ^= hash >>> 13;
    hash = Math.imul(hash, 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return (hash >>> 0) / 4_294_967_296;
}
