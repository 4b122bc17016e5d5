/**
 * Before a campaign opens: the hours it needs against the hours there are, and what coverage is
 * honest to promise. Rates and empty homes are uncertain then, so the campaign is rolled forward
 * under many beliefs that agree with the counts, and answered with an interval.
 */
import { seededRandom } from "../shared/random.ts";
import type { Beliefs } from "./beliefs.ts";
import { outlookOf } from "./calendar.ts";
import { CLASSES, EMPTY, type Masses } from "./masses.ts";
import type { Block, Day, Situation } from "./terms.ts";

interface Interval {
  /** 5 %, middle and 95 % of the beliefs. */
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

export interface Feasibility {
  readonly hoursThere: number;
  readonly hoursNeeded: Interval;
  readonly coverage: Interval;
  /** What nine beliefs of ten bear out; rounded down to whole percents. */
  readonly honestPromise: number;
  /** Whether 95 % of the households can be met by the deadline. */
  readonly verdict: "possible" | "doubtful" | "not_possible";
}

const DRAWS = 40;
/** Spread of beliefs before any count, on the logit scale, and how many knocks halve it. */
const SPREAD = 0.35;
const HALVED_BY = 200;
const WANTED = 0.95;
/** Of the beliefs: above the first it is possible, below the second it isn't. */
const SURE = 0.8;
const UNLIKELY = 0.1;

/** `knocks`: how many the rates rest on; none before the first campaign. */
export function feasibilityOf(
  situation: Situation,
  beliefs: Beliefs,
  knocks: number,
  seed: number | string,
): Feasibility {
  const random = seededRandom(seed);
  const spread = SPREAD / Math.sqrt(1 + (3 * knocks) / HALVED_BY);
  const draws = Array.from({ length: DRAWS }, () =>
    outlookOf(situation, shiftedBeliefs(beliefs, spread, random)),
  );
  const coverage = intervalOf(draws.map((draw) => draw.coverage));
  const reaching = draws.filter((draw) => draw.coverage >= WANTED).length / DRAWS;
  return {
    hoursThere: hoursOf(situation.blocks, situation.day, situation.deadline),
    hoursNeeded: intervalOf(draws.map((draw) => draw.hours)),
    coverage,
    honestPromise:
      Math.floor(
        quantile(
          draws.map((draw) => draw.coverage),
          0.1,
        ) * 100,
      ) / 100,
    verdict: reaching >= SURE ? "possible" : reaching > UNLIKELY ? "doubtful" : "not_possible",
  };
}

export interface CurvePoint {
  readonly deadline: Day;
  readonly hours: number;
  readonly coverage: number;
}

/** Officer-hours against the finishing date, for one way to lay out the week. */
export function costCurve(
  situation: Situation,
  beliefs: Beliefs,
  deadlines: readonly Day[],
): readonly CurvePoint[] {
  return deadlines.map((deadline) => {
    const { hours, coverage } = outlookOf({ ...situation, deadline }, beliefs);
    return { deadline, hours, coverage };
  });
}

/** The same city a little more, or less, at home; a little more, or less, lived in. */
function shiftedBeliefs(beliefs: Beliefs, spread: number, random: () => number): Beliefs {
  const atHome = spread * normal(random);
  const lived = spread * normal(random);
  const { classes } = beliefs.city;
  const presence = classes.presence.map((of, k) =>
    k === EMPTY ? of : of.map((chance) => moved(chance, atHome)),
  );
  return {
    ...beliefs,
    city: { ...beliefs.city, classes: { ...classes, presence } },
    masses: beliefs.masses.map((masses) => livedInShifted(masses, lived)),
  };
}

function livedInShifted(masses: Masses, by: number): Masses {
  const shifted = masses.slice();
  for (let begin = 0; begin < shifted.length; begin += CLASSES) {
    let total = 0;
    for (let k = 0; k < CLASSES; k += 1) total += masses[begin + k] ?? 0;
    const empty = masses[begin + EMPTY] ?? 0;
    if (total <= empty || empty <= 0) continue;
    const share = moved(empty / total, by);
    for (let k = 0; k < CLASSES; k += 1) {
      const mass = masses[begin + k] ?? 0;
      shifted[begin + k] =
        k === EMPTY ? total * share : (mass * total * (1 - share)) / (total - empty);
    }
  }
  return shifted;
}

function moved(chance: number, by: number): number {
  if (chance <= 0 || chance >= 1) return chance;
  return 1 / (1 + Math.exp(-Math.log(chance / (1 - chance)) - by));
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

function intervalOf(values: readonly number[]): Interval {
  return {
    low: quantile(values, 0.05),
    middle: quantile(values, 0.5),
    high: quantile(values, 0.95),
  };
}

function hoursOf(blocks: readonly Block[], from: Day, to: Day): number {
  return blocks.reduce(
    (sum, block) =>
      block.day >= from && block.day < to ? sum + (block.to - block.from) / 60 : sum,
    0,
  );
}
