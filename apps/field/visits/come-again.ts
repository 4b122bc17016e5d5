/** When to come again: what was tried, when the next try is due, times to agree on. */
import {
  addDays,
  HOUR_MS,
  type Instant,
  localDate,
  startOfLocalDay,
  weekday,
} from "@wanjia/domain/shared/instant";
import { type NextAttempt, isQuiet, nextAttempt, progressAt } from "@wanjia/domain/visits/door";
import { type Band, BANDS, LADDER_ATTEMPTS } from "@wanjia/domain/visits/terms";
import type { SeenDoor } from "./view-model.ts";

/** What the sentence about an unanswered door is made of; the words are in the message files. */
export type LadderSaid = {
  readonly attempts: number;
  /** Bands tried so far without an answer. */
  readonly tried: readonly Band[];
  readonly missing: readonly Band[];
  readonly next: NextAttempt;
  /** How far away the next stretch is: today, tomorrow, or a day by name. */
  readonly day: "now" | "today" | "tomorrow" | "later";
  /** Attempts still needed before it may end as unreached. */
  readonly left: number;
};

export function ladder(door: SeenDoor, now: Instant): LadderSaid {
  const absent = progressAt(door.state, door.campaignId, now)?.absent ?? {
    daytime: 0,
    evening: 0,
    weekend: 0,
  };
  const attempts = absent.daytime + absent.evening + absent.weekend;
  const tried = BANDS.filter((band) => absent[band] > 0);
  const next = nextAttempt(door.state, door.campaignId, now);
  const from = next.kind === "none" ? now : next.from;
  const today = localDate(now);
  const on = localDate(from);
  return {
    attempts,
    tried,
    missing: BANDS.filter((band) => absent[band] === 0),
    next,
    day:
      from <= now
        ? "now"
        : on === today
          ? "today"
          : on === addDays(today, 1)
            ? "tomorrow"
            : "later",
    left: Math.max(0, LADDER_ATTEMPTS - attempts),
  };
}

/** Whether the resident's wish keeps officers away; the reason is nobody's business at the grid. */
export function isWished(door: SeenDoor, now: Instant): boolean {
  return isQuiet(door.state, now);
}

export type Slot = { readonly from: Instant; readonly to: Instant };

const OFFERED = 4;

/**
 * Times to agree on: those when an officer is near anyway, where a plan says so; else four that suit
 * most people, this evening, tomorrow evening, the weekend.
 */
export function slots(now: Instant, planned: readonly Slot[] = []): readonly Slot[] {
  if (planned.length > 0) return planned.slice(0, OFFERED).toSorted((a, b) => a.from - b.from);
  const today = localDate(now);
  const at = (day: string, hour: number): Slot => ({
    from: startOfLocalDay(day) + hour * HOUR_MS,
    to: startOfLocalDay(day) + (hour + 1) * HOUR_MS,
  });
  const days = Array.from({ length: 8 }, (_, ahead) => addDays(today, ahead));
  const weekend = days.filter((day) => weekday(day) >= 6);
  const offered = [
    at(today, 19),
    at(addDays(today, 1), 19),
    ...weekend.slice(0, 2).map((day) => at(day, 10)),
    at(addDays(today, 2), 19),
  ];
  return offered
    .filter(({ from }) => from > now + HOUR_MS / 2)
    .slice(0, OFFERED)
    .sort((a, b) => a.from - b.from);
}
