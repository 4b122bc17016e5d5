/**
 * Who opens when somebody knocks (domain.md §10.4). For the simulator alone: nothing of this ever
 * reaches the product's database, which knows no habits of any home.
 */
import { type Instant, localTime } from "@wanjia/domain/shared/instant";
import type { Outcome } from "@wanjia/domain/visits/terms";
import { Chance } from "./chance.ts";

type Slot =
  | "morning"
  | "noon"
  | "afternoon"
  | "early_evening"
  | "evening"
  | "saturday"
  | "sunday"
  | "weekend_evening";

/** Probability that an average home answers. */
const SLOT_BASE: Readonly<Record<Slot, number>> = {
  morning: 0.28,
  noon: 0.38,
  afternoon: 0.26,
  early_evening: 0.48,
  evening: 0.6,
  saturday: 0.5,
  sunday: 0.54,
  weekend_evening: 0.6,
};

interface Habit {
  readonly share: number;
  /** Log-odds against the average home, by day and in the evening. */
  readonly day: number;
  readonly evening: number;
  readonly absent?: true;
}

const HABITS: readonly Habit[] = [
  { share: 0.22, day: 1.3, evening: 0.5 },
  { share: 0.48, day: -0.6, evening: 0.1 },
  { share: 0.15, day: -0.2, evening: -0.7 },
  { share: 0.1, day: -2.5, evening: -2, absent: true },
  { share: 0.05, day: 0.8, evening: 0.4 },
];
/** Homes differ within a habit. */
const SPREAD = 0.6;

export function slotOf(at: Instant): Slot {
  const { hour, minute, weekday } = localTime(at);
  const time = hour + minute / 60;
  if (weekday >= 6) {
    if (time >= 19) return "weekend_evening";
    return weekday === 6 ? "saturday" : "sunday";
  }
  if (time < 11.5) return "morning";
  if (time < 14) return "noon";
  if (time < 17.5) return "afternoon";
  return time < 19 ? "early_evening" : "evening";
}

function logit(p: number): number {
  return Math.log(p / (1 - p));
}

/** One home's habit, the same whenever it is asked. */
export class LatentHome {
  readonly #habit: Habit;
  readonly #offset: number;
  readonly #isBusiness: boolean;

  constructor(seed: string, id: string, kind: string) {
    const chance = new Chance(`${seed}/home/${id}`);
    this.#habit = chance.weighted(HABITS.map((habit) => [habit, habit.share] as const));
    this.#offset = SPREAD * chance.normal();
    this.#isBusiness = kind === "shop" || kind === "organisation" || kind === "site";
  }

  get usuallyAbsent(): boolean {
    return !this.#isBusiness && this.#habit.absent === true;
  }

  probability(at: Instant): number {
    const slot = slotOf(at);
    if (this.#isBusiness) return slot === "evening" ? 0.55 : 0.88;
    const isEvening = slot.endsWith("evening");
    const effect = isEvening ? this.#habit.evening : this.#habit.day;
    return 1 / (1 + Math.exp(-(logit(SLOT_BASE[slot]) + effect + this.#offset)));
  }
}

/** What comes of it when somebody opens. Refusals are more frequent in towers and rarer in villages. */
export function outcomeOf(chance: Chance, buildingType: string | undefined): Outcome {
  const refusal = buildingType === "high_rise" ? 1.6 : buildingType === "rural_detached" ? 0.5 : 1;
  return chance.weighted<Outcome>([
    ["completed_inside", 0.22],
    ["completed_doorstep", 0.66],
    ["asked_not_to_visit", 0.02 * refusal],
    ["refused", 0.06 * refusal],
    ["rescheduled", 0.04],
  ]);
}

/** Minutes at a door: medians of §10.4 with their nine-in-ten. */
export function minutesAt(chance: Chance, outcome: Outcome): number {
  switch (outcome) {
    case "completed_inside":
      return Math.min(60, chance.logNormal(9, 0.7));
    case "completed_doorstep":
    case "completed_elsewhere":
      return Math.min(40, chance.logNormal(4, 0.63));
    case "refused":
    case "asked_not_to_visit":
    case "rescheduled":
      return Math.min(10, chance.logNormal(1.5, 0.4));
    case "no_answer":
    case "not_residential":
    case "vacant_observed":
    case "inaccessible":
    case "unsafe":
    case "wrong_address":
    case "phone_only":
      return 1.2;
  }
}
