/** The words of planning: slots, tries, counts, buildings with their doors, blocks of work, plans. */
import type { Id } from "../shared/id.ts";
import { type Band, BANDS } from "../visits/terms.ts";

// -- time -----------------------------------------------------------------------------------------

/** A day of the campaign, 0 the first. */
export type Day = number;
/** Minutes after midnight, or minutes of work. */
export type Minutes = number;

export const SLOTS = [
  "morning",
  "afternoon",
  "early_evening",
  "late_evening",
  "saturday",
  "sunday",
] as const;
/** A stretch of the week in which people are at home alike. Everything is counted by slot. */
export type Slot = (typeof SLOTS)[number];

export const BAND_OF_SLOT: Readonly<Record<Slot, Band>> = {
  morning: "daytime",
  afternoon: "daytime",
  early_evening: "evening",
  late_evening: "evening",
  saturday: "weekend",
  sunday: "weekend",
};

/** From here on nobody goes alone, and the second half of the evening is counted for itself. */
export const LATE_EVENING: Minutes = 20 * 60;
const NOON: Minutes = 13 * 60;
export const EVENING: Minutes = 17 * 60 + 30;
/** Half an hour: less is a way from elsewhere, not a later beginning. */
export const LATER: Minutes = 30;

/** The slot of a minute of a day of the week (1 = Monday … 7 = Sunday). */
export function slotAt(weekday: number, minute: Minutes): Slot {
  if (weekday === 6) return "saturday";
  if (weekday === 7) return "sunday";
  if (minute < NOON) return "morning";
  if (minute < EVENING) return "afternoon";
  return minute < LATE_EVENING ? "early_evening" : "late_evening";
}

// -- what is known: counts ------------------------------------------------------------------------

/**
 * How often nobody answered at a door in this campaign, by band: the visit record itself, and all
 * that planning ever knows of a single door.
 */
export type Tries = Readonly<Record<Band, number>>;

export const UNTRIED: Tries = { daytime: 0, evening: 0, weekend: 0 };

export function triesIn(tries: Tries): number {
  let total = 0;
  for (const band of BANDS) total += tries[band];
  return total;
}

/**
 * Uninvited knocks in a slot at doors that had been tried in vain so often before. Counts are the
 * only thing that rates are made of.
 */
export interface KnockCount {
  readonly slot: Slot;
  readonly tries: Tries;
  readonly knocks: number;
  /** Somebody was met, or spoke to say no. */
  readonly contacts: number;
  /** The door was found to be no home at present: empty, not residential, no such address. */
  readonly closed: number;
}

/** How many doors of a building nobody has answered at yet, by how often they were tried. */
export interface WaitingCount {
  readonly tries: Tries;
  readonly doors: number;
}

export interface BuildingCounts {
  readonly buildingId: Id;
  /** As the register says; it may be wrong, and the counts then speak louder. */
  readonly premises: string;
  readonly knocks: readonly KnockCount[];
  readonly waiting: readonly WaitingCount[];
}

// -- rules that no plan breaks --------------------------------------------------------------------

export interface Rules {
  /** Uninvited tries at a door. */
  readonly maxTries: number;
  /** 2: a door isn't tried uninvited again on the day, nor on the next. */
  readonly daysBetweenTries: number;
  /** By the end of so many days every door has been tried, where there is time for it. */
  readonly firstTryBy: Day;
  readonly eveningsPerWeek: number;
  readonly weekendDaysPerWeek: number;
  readonly minutesPerDay: Minutes;
  readonly minutesPerWeek: Minutes;
  /** Between the end of a day's work and the next day's beginning. */
  readonly restMinutes: Minutes;
  readonly earliest: Minutes;
  readonly latest: Minutes;
  /** Who go together after 20:00, at least. */
  readonly lateCrew: number;
  /** Share of each building's households that is to be met by the deadline. */
  readonly coverage: number;
  /** In the last days no block is left out while a building is short or a door lacks its effort. */
  readonly lastDays: number;
  /** Tries before a door may rest, however empty its building is believed to be. */
  readonly effort: number;
}

export const RULES: Rules = {
  maxTries: 6,
  daysBetweenTries: 2,
  firstTryBy: 10,
  eveningsPerWeek: 4,
  weekendDaysPerWeek: 1,
  minutesPerDay: 8 * 60,
  minutesPerWeek: 40 * 60,
  restMinutes: 11 * 60,
  earliest: 8 * 60,
  latest: 21 * 60 + 30,
  lateCrew: 2,
  coverage: 0.9,
  lastDays: 7,
  effort: 4,
};

// -- what is planned over -------------------------------------------------------------------------

/** Metres east and north of any point of the town. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * `open` may be knocked at; `booked` waits for its appointment; `met` is done; `closed` is not to be
 * knocked at: refused, asked for no visits, empty, no home. The planner isn't told which.
 */
export type DoorState = "open" | "booked" | "met" | "closed";

export interface PlanDoor {
  readonly id: Id;
  readonly floor: number;
  readonly state: DoorState;
  readonly tries: Tries;
  readonly lastTried: Day | null;
}

export interface PlanBuilding {
  readonly id: Id;
  readonly premises: string;
  readonly lift: boolean;
  readonly at: Point;
  readonly doors: readonly PlanDoor[];
}

/** A resident expects the officer in this window. Served first, whatever else is planned. */
export interface Booking {
  readonly buildingId: Id;
  readonly doorId: Id;
  readonly day: Day;
  readonly from: Minutes;
  readonly to: Minutes;
}

/** A stretch of work of one unit that the roster offers; a planner may leave it out, never add one. */
export interface Block {
  readonly day: Day;
  readonly weekday: number;
  readonly from: Minutes;
  readonly to: Minutes;
  /** Who goes; at least two after 20:00. */
  readonly crew: readonly Id[];
}

/** What things take; measured in the campaign, the same for every officer. */
export interface Costs {
  /** Ring, wait, leave the card, record. */
  readonly failedKnock: Minutes;
  readonly visit: Minutes;
  /** A visit that few exceed: time kept free before an appointment. */
  readonly longVisit: Minutes;
  readonly enter: Minutes;
  readonly stairsPerFloor: Minutes;
  readonly lift: Minutes;
  readonly metresPerMinute: number;
  /** Streets by the straight line. */
  readonly detour: number;
}

/** One unit's campaign as it stands on a morning. */
export interface Situation {
  readonly day: Day;
  /** Days of the campaign; the last one is `deadline - 1`. */
  readonly deadline: Day;
  readonly station: Point;
  readonly buildings: readonly PlanBuilding[];
  readonly bookings: readonly Booking[];
  /** The roster from today to the end of the campaign. */
  readonly blocks: readonly Block[];
  /** Blocks worked this week and last: the hours of a week, and the rest of a night, count them. */
  readonly worked: readonly Block[];
  readonly costs: Costs;
  readonly rules: Rules;
}

// -- plans ----------------------------------------------------------------------------------------

/** Why a door stands in a walk. */
export const STOP_REASONS = ["appointment", "first_try", "short_building", "likely"] as const;
export type StopReason = (typeof STOP_REASONS)[number];

export interface Stop {
  readonly buildingId: Id;
  readonly doorId: Id;
  /** When he is expected to ring. */
  readonly at: Minutes;
  readonly reason: StopReason;
}

/** One block's work: doors in the order of walking, with the expected time at each. */
export interface Walk {
  readonly block: Block;
  readonly stops: readonly Stop[];
  readonly expectedContacts: number;
  readonly endsAt: Minutes;
}

/**
 * Why a block is left out: nobody may be knocked at; later blocks bring more for less; working it
 * would break a rule on hours, rest or crew; or the officer said no.
 */
export const SKIP_REASONS = ["nothing_open", "low_yield", "not_allowed", "refused"] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

export interface SkippedBlock {
  readonly block: Block;
  readonly reason: SkipReason;
}

export interface DayPlan {
  readonly day: Day;
  readonly walks: readonly Walk[];
  readonly skipped: readonly SkippedBlock[];
  /** Appointments that no order of this day keeps: somebody has to ring and move them. */
  readonly conflicts: readonly Booking[];
}
