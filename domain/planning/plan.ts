/** A unit's day: which blocks are worked, and the walk of each. */
import { bookingsIn } from "./appointments.ts";
import { BANDS } from "../visits/terms.ts";
import { missedIn } from "./begun.ts";
import { type Beliefs, carefulCoverage, standingOf } from "./beliefs.ts";
import { type Outlook, outlookOf, shortBuildings } from "./calendar.ts";
import { labourFault } from "./labour.ts";
import { beginOf } from "./moves.ts";
import {
  BAND_OF_SLOT,
  type Block,
  type Booking,
  type DayPlan,
  type Minutes,
  type Situation,
  type SkippedBlock,
  type SkipReason,
  slotAt,
  triesIn,
  type Walk,
} from "./terms.ts";
import { AROUND_A_KNOCK, composeWalk, type Demands, mayKnock, setsOutAt } from "./walk.ts";

/** What a morning settles for the day; the phone keeps it to plan the rest of an evening anew. */
export interface Morning {
  readonly outlook: Outlook;
  readonly demands: Demands;
  /** The last days, with a building short or a door without its effort: nothing more is left out. */
  readonly allHands: AllHands;
}

export interface AllHands {
  /** Numbers of the buildings that are short and have a door to try. */
  readonly short: ReadonlySet<number>;
  readonly effort: boolean;
}

/** A building is behind when it lags the whole by so much. */
const LAG = 0.1;
/** First tries fill the days until they are due when they need more than this share of the time. */
const FIRST_TRIES_TIGHT = 0.5;

export function morningOf(situation: Situation, beliefs: Beliefs): Morning {
  const outlook = outlookOf(situation, beliefs);
  const standing = standingOf(beliefs, situation.buildings);
  const allHands = allHandsOf(situation, carefulCoverage(standing));
  return {
    outlook,
    demands: {
      tryPrice: outlook.course.tryPrice,
      minds: outlook.course.minds,
      effort: allHands.effort,
      owed: allHands.short,
      firstTries: firstTriesDue(situation, beliefs),
      short: shortBuildings(situation, beliefs, LAG),
    },
    allHands,
  };
}

/**
 * Whether blocks may no longer be left out: in the last days, any block while a building is short of
 * its share; evenings and weekends while a door hasn't had its effort. A belief that nobody lives
 * there doesn't change that.
 */
export function allHandsOf(
  { day, deadline, buildings, rules }: Situation,
  coverage: readonly number[],
): AllHands {
  if (deadline - day > rules.lastDays) return { short: new Set(), effort: false };
  const open = buildings.map(({ doors }) => doors.filter((door) => mayKnock(door, day, rules)));
  return {
    short: new Set(
      open.flatMap((doors, b) =>
        doors.length > 0 && (coverage[b] ?? 1) < rules.coverage ? [b] : [],
      ),
    ),
    effort: open.some((doors) => doors.some(({ tries }) => triesIn(tries) < rules.effort)),
  };
}

function firstTriesDue(
  { day, blocks, buildings, costs, rules }: Situation,
  beliefs: Beliefs,
): boolean {
  let untried = 0;
  let minutes = 0;
  for (let b = 0; b < buildings.length; b += 1) {
    const rates = beliefs.rates[b] ?? [];
    const mean = rates.reduce((sum, rate) => sum + rate, 0) / Math.max(1, rates.length);
    for (const door of buildings[b]?.doors ?? []) {
      if (door.state !== "open" || triesIn(door.tries) > 0) continue;
      untried += 1;
      minutes += costs.failedKnock + AROUND_A_KNOCK + mean * (costs.visit - costs.failedKnock);
    }
  }
  if (untried === 0) return false;
  if (day >= rules.firstTryBy) return true;
  let available: Minutes = 0;
  for (const block of blocks) {
    if (block.day >= day && block.day < rules.firstTryBy) available += block.to - block.from;
  }
  return minutes > FIRST_TRIES_TIGHT * available;
}

type Gone = Pick<Walk, "block" | "stops" | "endsAt">;

/** `kept`: walks of the day that are settled, and stay as they are. */
export function planDay(
  situation: Situation,
  beliefs: Beliefs,
  morning: Morning = morningOf(situation, beliefs),
  kept: readonly Gone[] = [],
): DayPlan {
  const walks: Walk[] = [];
  const skipped: SkippedBlock[] = [];
  const conflicts: Booking[] = [];
  let rest = situation;
  for (const block of situation.blocks) {
    if (block.day !== situation.day) continue;
    const worked = [...situation.worked, ...walks.map((walk) => walk.block)];
    if (labourFault(situation.rules, worked, block) !== null) {
      skipped.push({ block, reason: "not_allowed" });
      conflicts.push(...bookingsIn(situation, block));
      continue;
    }
    const begin = beginOf(situation, [...kept, ...walks], block);
    const walk = composeWalk(rest, beliefs, block, morning.demands, begin);
    const reason = reasonToSkip(morning, walk, setsOutAt(rest, walk, begin));
    if (reason !== null) {
      skipped.push({ block, reason });
      continue;
    }
    walks.push(walk);
    conflicts.push(...missedIn(situation, walk));
    rest = withoutDoorsOf(rest, walk);
  }
  return { day: situation.day, walks, skipped, conflicts };
}

/** Why a block isn't worked; null when it is. `from`: when its walk begins. */
export function reasonToSkip(
  { outlook, demands, allHands }: Morning,
  { block, stops, expectedContacts, endsAt }: Walk,
  from: Minutes = block.from,
): SkipReason | null {
  if (stops.length === 0) return "nothing_open";
  if (stops.some(({ reason }) => reason === "appointment")) return null;
  if (demands.firstTries && stops.some(({ reason }) => reason === "first_try")) return null;
  if (mustWork(allHands, block)) return null;
  const band = BANDS.indexOf(BAND_OF_SLOT[slotAt(block.weekday, block.from)]);
  const hourly = expectedContacts / Math.max(0.25, (endsAt - from) / 60);
  return hourly < (outlook.course.thresholds[band] ?? 0) ? "low_yield" : null;
}

export function mustWork({ short, effort }: AllHands, block: Block): boolean {
  return short.size > 0 || (effort && !isDaytime(block));
}

export function isDaytime({ weekday, from }: Block): boolean {
  return BAND_OF_SLOT[slotAt(weekday, from)] === "daytime";
}

/** A door in the first walk isn't in the second. */
function withoutDoorsOf(situation: Situation, { stops, block }: Walk): Situation {
  const inWalk = new Set(stops.map(({ doorId }) => doorId));
  return {
    ...situation,
    bookings: situation.bookings.filter(({ doorId }) => !inWalk.has(doorId)),
    buildings: situation.buildings.map((building) =>
      building.doors.some(({ id }) => inWalk.has(id))
        ? {
            ...building,
            doors: building.doors.map((door) =>
              inWalk.has(door.id) ? { ...door, lastTried: block.day } : door,
            ),
          }
        : building,
    ),
  };
}
