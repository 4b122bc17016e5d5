/**
 * The rest of the campaign, rolled forward with expected values: how many blocks of which kind may be
 * left out so that the households are still met by the deadline, with the fewest hours.
 */
import { BANDS } from "../visits/terms.ts";
import {
  type Beliefs,
  coverageOf,
  doubtOf,
  HOUSEHOLD_MINUTES,
  livedIn,
  standingOf,
  surelyLivedIn,
  unluckiest,
} from "./beliefs.ts";
import { bestOf, CLASSES, EMPTY, triesLeft } from "./masses.ts";
import { climbMinutes } from "./moves.ts";
import {
  BAND_OF_SLOT,
  type Block,
  type Day,
  type Minutes,
  type PlanBuilding,
  type Point,
  type Rules,
  type Situation,
  SLOTS,
  slotAt,
} from "./terms.ts";
import { AROUND_A_KNOCK } from "./walk.ts";

/** How the rest of the campaign is worked. */
export interface Course {
  /** The least contacts an hour that a block must promise to be worked, by band number. */
  readonly thresholds: readonly number[];
  /**
   * Minutes that ever meeting a household is held to be worth when one of its few tries is spent:
   * the higher, the more a door is kept for its best hours. 0 where time runs out before tries do.
   */
  readonly tryPrice: Minutes;
  /** Whether a door counts by what it would cost later; where time runs out first, there is no later. */
  readonly minds: boolean;
}

export interface Outlook {
  readonly course: Course;
  readonly hours: number;
  /** Expected share of households met by the deadline. */
  readonly coverage: number;
}

/** Of the households believed to be there; above 95 % by what belief errs. */
const TARGET = 0.965;
const BAND_NUMBER = SLOTS.map((slot) => BANDS.indexOf(BAND_OF_SLOT[slot]));
/** Of those who book, so many are there. */
const SHOWS_UP = 0.9;
/**
 * What a household missing from the target at the deadline costs. Dear: a household takes a third of an
 * hour on average, and the last ones two or three, so hours are spared where the target is met without them.
 */
const HOURS_A_HOUSEHOLD = 5;
const TRY_PRICES = [0, 40, 90, 180];
const STEPS = [0, 1, 1.5, 2, 2.5, 3, 4, 6];

/** The unit's campaign as masses and minutes, for rolling it forward many times. */
interface Ground {
  readonly buildings: number;
  readonly rules: Rules;
  readonly visit: Minutes;
  readonly failed: Minutes;
  /** Doors by building, number of tries, class. */
  readonly doors: Float64Array;
  /** At `slot * CLASSES + class`. */
  readonly presence: Float64Array;
  /** Chance that a household of a class isn't met in so many tries in its best slot: `tries * CLASSES + class`. */
  readonly missed: Float64Array;
  readonly best: Float64Array;
  /** Minutes from the station to a building, once a block; and into it from one near by. */
  readonly setOut: Float64Array;
  readonly enter: Float64Array;
  readonly perDoor: Float64Array;
  readonly metBy: Float64Array;
  readonly met: number;
  readonly all: number;
  /** Of all: believed to be empty, and counted as lived in all the same. */
  readonly doubted: number;
  readonly deadline: Day;
  readonly blocks: readonly Piece[];
}

interface Piece {
  readonly day: Day;
  minutes: Minutes;
  readonly slot: number;
  readonly band: number;
  /** The first of its block. */
  readonly begins: boolean;
}

function groundOf(situation: Situation, beliefs: Beliefs): Ground {
  const { buildings, costs, blocks, rules } = situation;
  const n = buildings.length;
  const size = (rules.maxTries + 1) * CLASSES;
  const doors = new Float64Array(n * size);
  const enter = new Float64Array(n);
  const perDoor = new Float64Array(n);
  const setOut = new Float64Array(n);
  for (let b = 0; b < n; b += 1) {
    doors.set(beliefs.masses[b] ?? [], b * size);
    const building = buildings[b];
    if (building === undefined) continue;
    const floors = Math.max(1, ...building.doors.map(({ floor }) => floor));
    const walk = costs.detour / costs.metresPerMinute;
    setOut[b] = metres(building.at, situation.station) * walk;
    enter[b] =
      metresToNext(building, buildings) * walk +
      costs.enter +
      climbMinutes(costs, building.lift, floors - 1);
    perDoor[b] = costs.failedKnock + (building.lift ? costs.lift : costs.stairsPerFloor) * 0.6;
  }
  const best = Float64Array.from(beliefs.city.classes.presence.map(bestOf));
  const presence = new Float64Array(CLASSES * SLOTS.length);
  for (let k = 0; k < EMPTY; k += 1) {
    for (let s = 0; s < SLOTS.length; s += 1) {
      presence[s * CLASSES + k] = beliefs.city.classes.presence[k]?.[s] ?? 0;
    }
  }
  const metBy = Float64Array.from(standingOf(beliefs, buildings), (one) => one.met);
  const met = metBy.reduce((sum, one) => sum + one, 0);
  const booked = buildings.reduce(
    (sum, { doors: of }) => sum + of.filter(({ state }) => state === "booked").length,
    0,
  );
  return {
    buildings: n,
    rules,
    visit: costs.visit,
    failed: costs.failedKnock,
    doors,
    presence,
    best,
    missed: Float64Array.from(
      { length: size },
      (_, i) => (1 - (best[i % CLASSES] ?? 0)) ** Math.floor(i / CLASSES),
    ),
    setOut,
    enter,
    perDoor,
    met: met + SHOWS_UP * booked,
    all: met + booked + beliefs.masses.reduce((sum, masses) => sum + livedIn(masses), 0),
    metBy,
    doubted: beliefs.masses.reduce(
      (sum, masses) => sum + livedIn(masses) - surelyLivedIn(masses),
      0,
    ),
    deadline: situation.deadline,
    blocks: blocks
      .filter(({ day }) => day >= situation.day && day < situation.deadline)
      .flatMap(piecesOf),
  };
}

/** Of the nearest buildings so many are where one comes from. */
const NEIGHBOURS = 3;

function metresToNext(building: PlanBuilding, buildings: readonly PlanBuilding[]): number {
  const near = buildings
    .filter((other) => other !== building)
    .map((other) => metres(building.at, other.at))
    .toSorted((x, y) => x - y)
    .slice(0, NEIGHBOURS);
  return near.reduce((sum, one) => sum + one / near.length, 0);
}

function metres(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** A block by its slots. */
function piecesOf({ day, weekday, from, to }: Block): Piece[] {
  const pieces: Piece[] = [];
  for (let at = from; at < to; at += 30) {
    const slot = SLOTS.indexOf(slotAt(weekday, at));
    const minutes = Math.min(30, to - at);
    const last = pieces.at(-1);
    if (last?.slot === slot) last.minutes += minutes;
    else {
      const begins = pieces.length === 0;
      pieces.push({ day, minutes, slot, band: BAND_NUMBER[slot] ?? 0, begins });
    }
  }
  return pieces;
}

interface Rolled {
  readonly hours: number;
  readonly met: number;
}

/** Doors of one building that a block might take: those never tried, or the others. */
interface Candidate {
  building: number;
  isFirst: boolean;
  doors: number;
  answers: number;
  score: number;
  /** Numbers of tries taken along, one bit each. */
  pools: number;
}

/**
 * Works the rest of the roster in expectation, leaving out what promises less than its threshold; or,
 * to foretell what will be worked, nothing of what the rules of the last days demand.
 */
function roll(ground: Ground, course: Course, holdsToRules = false): Rolled {
  const { buildings: n, rules, visit, failed, setOut, enter, perDoor } = ground;
  const doors = ground.doors.slice();
  const visited = new Float64Array(n).fill(-9);
  const metBy = ground.metBy.slice();
  let met = ground.met;
  let hours = 0;
  for (const piece of ground.blocks) {
    const demanded = holdsToRules ? demandedOf(ground, doors, metBy, piece) : null;
    const isPressing = demanded?.some((tries) => tries > 0) === true;
    const { candidates, untried } = candidatesOf(ground, doors, visited, piece, course, demanded);
    const mustTry = piece.day < rules.firstTryBy ? untried > 1 : untried > 0.5;
    candidates.sort((x, y) =>
      mustTry && x.isFirst !== y.isFirst ? (x.isFirst ? -1 : 1) : y.score - x.score,
    );
    let left = piece.minutes;
    let brings = 0;
    const taken: { candidate: Candidate; share: number }[] = [];
    for (const candidate of candidates) {
      const begin = piece.begins && taken.length === 0 ? (setOut[candidate.building] ?? 0) : 0;
      const around = begin + (enter[candidate.building] ?? 5);
      if (left <= around + 2) continue;
      const { doors: of, answers, building } = candidate;
      const whole = of * (perDoor[building] ?? 2) + answers * (visit - failed);
      const share = Math.min(1, (left - around) / whole);
      brings += share * answers;
      left -= around + share * whole;
      taken.push({ candidate, share });
      if (left <= 5) break;
    }
    const spent = (piece.minutes - Math.max(0, left)) / 60;
    const isPoor = brings / spent < (course.thresholds[piece.band] ?? 0);
    if (brings <= 0 || (isPoor && !mustTry && !isPressing)) continue;
    // What is left of a block that is full is too little for another building, and gone.
    hours += holdsToRules && taken.length < candidates.length ? piece.minutes / 60 : spent;
    met += brings;
    for (const { candidate, share } of taken) {
      metBy[candidate.building] = (metBy[candidate.building] ?? 0) + share * candidate.answers;
      knock(ground, doors, candidate, share, piece.slot);
      visited[candidate.building] = piece.day;
    }
  }
  return { hours, met };
}

/**
 * What the rules of the last days demand in a block: by building, doors with fewer tries than this
 * are tried, whatever they promise. As `allHandsOf` has it, in expectation.
 */
function demandedOf(
  { buildings: n, rules, deadline }: Ground,
  doors: Float64Array,
  metBy: Float64Array,
  { day, band }: Piece,
): readonly number[] {
  if (deadline - day > rules.lastDays) return [];
  const size = doors.length / Math.max(1, n);
  const effort = BANDS[band] === "daytime" ? 0 : rules.effort;
  return Array.from({ length: n }, (_, b) => {
    const masses = doors.subarray(b * size, (b + 1) * size);
    const standing = { met: metBy[b] ?? 0, left: livedIn(masses), doubt: doubtOf(masses) };
    if (coverageOf(standing, unluckiest(n)) < rules.coverage) return rules.maxTries;
    let below = 0;
    for (let i = 0; i < effort * CLASSES; i += 1) below += masses[i] ?? 0;
    return below > 0.5 ? effort : 0;
  });
}

function candidatesOf(
  {
    buildings: n,
    rules,
    visit,
    failed,
    presence,
    best: bests,
    missed,
    enter,
    perDoor,
    doors: all,
  }: Ground,
  doors: Float64Array,
  visited: Float64Array,
  { day, slot }: Piece,
  { tryPrice, minds }: Course,
  demanded: readonly number[] | null,
): { candidates: Candidate[]; untried: number } {
  const candidates: Candidate[] = [];
  const size = all.length / Math.max(1, n);
  let untried = 0;
  for (let b = 0; b < n; b += 1) {
    const rest: Candidate = {
      building: b,
      isFirst: false,
      doors: 0,
      answers: 0,
      score: 0,
      pools: 0,
    };
    const isRested = day - (visited[b] ?? -9) >= rules.daysBetweenTries;
    for (let tries = 0; tries < rules.maxTries; tries += 1) {
      if (tries > 0 && !isRested) break;
      const begin = b * size + tries * CLASSES;
      let total = 0;
      let now = 0;
      let best = 0;
      let lost = 0;
      const left = triesLeft(rules.maxTries, tries + 1);
      for (let k = 0; k < CLASSES; k += 1) {
        const mass = doors[begin + k] ?? 0;
        if (mass === 0) continue;
        total += mass;
        const chance = presence[slot * CLASSES + k] ?? 0;
        const highest = bests[k] ?? 0;
        now += mass * chance;
        if (highest > chance) lost += mass * (highest - chance) * (missed[left * CLASSES + k] ?? 0);
        best += mass * highest;
      }
      if (tries === 0) untried += total;
      if (total < 0.2 || now <= 0) continue;
      const later = minds
        ? Math.min(HOUSEHOLD_MINUTES, ((failed + AROUND_A_KNOCK) * total) / best)
        : 0;
      const value = now * (later + visit) - tryPrice * lost;
      if (value <= 0 && tries > 0 && tries >= (demanded?.[b] ?? 0)) continue;
      if (tries === 0) {
        const minutes = (enter[b] ?? 5) + total * (perDoor[b] ?? 2) + now * (visit - failed);
        candidates.push({
          building: b,
          isFirst: true,
          doors: total,
          answers: now,
          score: value / minutes,
          pools: 1,
        });
        continue;
      }
      rest.doors += total;
      rest.answers += now;
      rest.score += value;
      rest.pools |= 1 << tries;
    }
    if (rest.pools === 0) continue;
    rest.score /=
      (enter[b] ?? 5) + rest.doors * (perDoor[b] ?? 2) + rest.answers * (visit - failed);
    candidates.push(rest);
  }
  return { candidates, untried };
}

/** A share of a candidate's doors is knocked at: who is met is gone, the others have one try more. */
function knock(
  { rules, presence, doors: all, buildings: n }: Ground,
  doors: Float64Array,
  { building, pools }: Candidate,
  share: number,
  slot: number,
): void {
  const size = all.length / Math.max(1, n);
  for (let tries = rules.maxTries - 1; tries >= 0; tries -= 1) {
    if ((pools & (1 << tries)) === 0) continue;
    const from = building * size + tries * CLASSES;
    for (let k = 0; k < CLASSES; k += 1) {
      const moved = (doors[from + k] ?? 0) * share;
      doors[from + k] = (doors[from + k] ?? 0) - moved;
      doors[from + CLASSES + k] =
        (doors[from + CLASSES + k] ?? 0) + moved * (1 - (presence[slot * CLASSES + k] ?? 0));
    }
  }
}

/**
 * The thresholds under which the rest of the campaign costs least: its hours, and a price for every
 * household missing from the target at the deadline.
 */
export function outlookOf(situation: Situation, beliefs: Beliefs): Outlook {
  const ground = groundOf(situation, beliefs);
  const target = TARGET * ground.all;
  const costOf = ({ hours, met }: Rolled): number =>
    hours + HOURS_A_HOUSEHOLD * Math.max(0, target - met);
  let course: Course = { thresholds: [0, 0, 0], tryPrice: TRY_PRICES[0] ?? 0, minds: true };
  let best = roll(ground, course);
  const attempt = (other: Course): void => {
    const rolled = roll(ground, other);
    if (costOf(rolled) < costOf(best)) {
      best = rolled;
      course = other;
    }
  };
  // Every value once, then the neighbours of the best.
  for (const near of [Infinity, 1]) {
    for (const tryPrice of around(TRY_PRICES, course.tryPrice, near)) {
      attempt({ ...course, tryPrice });
    }
    attempt({ ...course, minds: !course.minds });
    for (const band of [0, 2, 1]) {
      for (const step of around(STEPS, course.thresholds[band] ?? 0, near)) {
        attempt({
          ...course,
          thresholds: course.thresholds.map((one, i) => (i === band ? step : one)),
        });
      }
    }
  }
  return { course, hours: best.hours, coverage: best.met / ground.all };
}

/** The rest of a campaign as it will be worked: what the rules of the last days demand is in it. */
export interface Forecast {
  readonly hours: number;
  readonly met: number;
  readonly households: number;
  /** Of the households: behind doors that are believed to be empty. */
  readonly doubted: number;
}

export function forecastOf(situation: Situation, beliefs: Beliefs): Forecast {
  const ground = groundOf(situation, beliefs);
  const { hours, met } = roll(ground, outlookOf(situation, beliefs).course, true);
  return { hours, met, households: ground.all, doubted: ground.doubted };
}

/** The values of a scale that are at most so many steps away from one of them, without it. */
function around(scale: readonly number[], value: number, steps: number): readonly number[] {
  const at = scale.indexOf(value);
  return scale.filter((_, i) => i !== at && Math.abs(i - at) <= steps);
}

const SHORT_AT_ONCE = 2;

/** Buildings that lag behind the whole, by what is believed: they come first. */
export function shortBuildings(situation: Situation, beliefs: Beliefs, lag: number): Set<number> {
  const standing = standingOf(beliefs, situation.buildings);
  const whole = coverageOf({
    met: standing.reduce((sum, { met }) => sum + met, 0),
    left: standing.reduce((sum, { left }) => sum + left, 0),
    doubt: standing.reduce((sum, { doubt }) => sum + doubt, 0),
  });
  const line = Math.min(situation.rules.coverage, whole - lag);
  // The worst first, and few at a time: where all are first, nobody is.
  return new Set(
    standing
      .map((one, b) => ({ b, coverage: coverageOf(one) }))
      .filter(({ coverage }) => coverage < line)
      .toSorted((x, y) => x.coverage - y.coverage)
      .slice(0, SHORT_AT_ONCE)
      .map(({ b }) => b),
  );
}
