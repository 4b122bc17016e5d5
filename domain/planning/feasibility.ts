/**
 * Before a campaign opens: the hours it needs against the hours there are, and what coverage is
 * honest to promise. Rates and empty homes are uncertain then, so the campaign is rolled forward
 * under many beliefs that agree with the counts, and answered with an interval.
 */
import { seededRandom } from "../shared/random.ts";
import type { Beliefs } from "./beliefs.ts";
import { type Forecast, forecastOf } from "./calendar.ts";
import { CLASSES, EMPTY, type Masses } from "./masses.ts";
import { type Block, type Day, type Situation, SLOTS } from "./terms.ts";

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

const DRAWS = 60;
/**
 * What is believed of a town before any count, as standard deviations on the logit scale: each slot
 * of its week may be a third better or worse (odds), and of its empty homes there may be half or twice
 * as many. Not how this town is, but how towns differ: contact rates published for the same hours lie
 * between a quarter and a half of the homes lived in, 1.1 apart, and between the lowest and the highest
 * of half a dozen lie two and a half deviations.
 */
const AT_HOME = 0.45;
const IN_SLOT = 0.3;
const LIVED_IN = 0.6;
/** Knocks that halve these spreads. */
const HALVED_BY = 200;
/**
 * Besides, rolling forward isn't walking: it learns nothing on the way, and a walk chooses among doors
 * that it knows by the average. So a third fewer are missed than rolled, give or take a half; hours err
 * by a twelfth. Measured over the towns of the repository, tried on random ones that nobody chose.
 */
const ROLLING = { hours: 0.08, fewer: -0.35, missed: 0.5 };
const WANTED = 0.95;
/** Of the beliefs: above the first it is possible, below the second it isn't. */
const SURE = 0.8;
const UNLIKELY = 0.1;

/** One team's campaign before it begins. */
export interface Campaigning {
  readonly situation: Situation;
  readonly beliefs: Beliefs;
}

/**
 * All teams together: what is uncertain is the same for all of them.
 *
 * `knocks`: how many the rates rest on; none before the first campaign.
 */
export function feasibilityOf(
  teams: readonly Campaigning[],
  knocks: number,
  seed: number | string,
): Feasibility {
  const random = seededRandom(seed);
  const spread = 1 / Math.sqrt(1 + (3 * knocks) / HALVED_BY);
  const hoursThere = teams.reduce(
    (sum, { situation: { blocks, day, deadline } }) => sum + hoursOf(blocks, day, deadline),
    0,
  );
  const draws = Array.from({ length: DRAWS }, () => {
    const atHome = AT_HOME * normal(random);
    const town: Town = {
      atHome: SLOTS.map(() => spread * (atHome + IN_SLOT * normal(random))),
      lived: spread * LIVED_IN * normal(random),
    };
    const { hours, met, households, doubted } = together(
      teams.map(({ situation, beliefs }) => ({
        situation,
        beliefs: shiftedBeliefs(beliefs, town),
      })),
    );
    // Nobody, or everybody, may live behind the doors of which that is doubted; and chance has its part.
    const coverage = Math.min(1, met / Math.max(1, households - random() * doubted));
    const missed = (1 - coverage) * Math.exp(ROLLING.fewer + ROLLING.missed * normal(random));
    const byChance = Math.sqrt((coverage * (1 - coverage)) / Math.max(1, households));
    // What a household costs differs about as much as it costs: the first knock, or the eighth.
    const byHousehold = hours / Math.sqrt(Math.max(1, households));
    return {
      hours: within(
        hours * Math.exp(ROLLING.hours * normal(random)) + byHousehold * normal(random),
        hoursThere,
      ),
      coverage: within(1 - missed + byChance * normal(random), 1),
    };
  });
  const coverage = intervalOf(draws.map((draw) => draw.coverage));
  const reaching = draws.filter((draw) => draw.coverage >= WANTED).length / DRAWS;
  return {
    hoursThere,
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

function together(teams: readonly Campaigning[]): Forecast {
  const all = { hours: 0, met: 0, households: 0, doubted: 0 };
  for (const { situation, beliefs } of teams) {
    const { hours, met, households, doubted } = forecastOf(situation, beliefs);
    all.hours += hours;
    all.met += met;
    all.households += households;
    all.doubted += doubted;
  }
  return all;
}

export interface CurvePoint {
  readonly deadline: Day;
  readonly hours: number;
  readonly coverage: number;
}

/** Officer-hours against the finishing date, for one way to lay out the week. */
export function costCurve(
  teams: readonly Campaigning[],
  deadlines: readonly Day[],
): readonly CurvePoint[] {
  return deadlines.map((deadline) => {
    const { hours, met, households } = together(
      teams.map(({ situation, beliefs }) => ({
        situation: {
          ...situation,
          deadline,
          blocks: situation.blocks.filter(({ day }) => day < deadline),
        },
        beliefs,
      })),
    );
    return { deadline, hours, coverage: households === 0 ? 1 : met / households };
  });
}

/** How a town differs from what is believed, on the logit scale. */
interface Town {
  readonly atHome: readonly number[];
  readonly lived: number;
}

/** The same city more, or less, at home; more, or less, lived in. */
function shiftedBeliefs(beliefs: Beliefs, { atHome, lived }: Town): Beliefs {
  const { classes } = beliefs.city;
  const presence = classes.presence.map((of, k) =>
    k === EMPTY ? of : of.map((chance, s) => moved(chance, atHome[s] ?? 0)),
  );
  return {
    ...beliefs,
    city: { ...beliefs.city, classes: { ...classes, presence } },
    masses: beliefs.masses.map((masses) => livedInShifted(masses, lived)),
  };
}

function within(value: number, most: number): number {
  return Math.min(most, Math.max(0, value));
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
