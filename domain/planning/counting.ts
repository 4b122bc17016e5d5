/** Counts out of the visit record: by building, slot and earlier tries. What counts is forgotten at once. */
import type { Id } from "../shared/id.ts";
import { type Instant, localTime } from "../shared/instant.ts";
import { OUTCOME_MEANING, type Outcome } from "../visits/terms.ts";
import {
  BAND_OF_SLOT,
  type BuildingCounts,
  type KnockCount,
  type PlanBuilding,
  slotAt,
  type Tries,
  UNTRIED,
  type WaitingCount,
} from "./terms.ts";

/** One knock of the visit record, as far as it is counted. */
export interface Attempt {
  readonly placeId: Id;
  readonly at: Instant;
  readonly outcome: Outcome;
  /** The resident asked for it or knew of it: no knock at an unprepared door. */
  readonly invited: boolean;
}

const CLOSED: ReadonlySet<Outcome> = new Set([
  "vacant_observed",
  "not_residential",
  "wrong_address",
]);

/** The counts of each building. `attempts` in the order of time. */
export function countedOf(
  buildings: readonly PlanBuilding[],
  attempts: readonly Attempt[],
): BuildingCounts[] {
  const byPlace = Map.groupBy(attempts, ({ placeId }) => placeId);
  return buildings.map(({ id, premises, doors }) => ({
    buildingId: id,
    premises,
    knocks: summed(doors.flatMap((door) => knocksAt(byPlace.get(door.id) ?? []))),
    waiting: waitingOf(
      doors.filter(({ state }) => state === "open" || state === "booked").map(({ tries }) => tries),
    ),
  }));
}

/** Uninvited knocks up to the first answer; what comes after somebody was met says nothing new. */
function knocksAt(attempts: readonly Attempt[]): KnockCount[] {
  let tries = UNTRIED;
  const counts: KnockCount[] = [];
  for (const { at, outcome, invited } of attempts) {
    const { hour, minute, weekday } = localTime(at);
    const slot = slotAt(weekday, hour * 60 + minute);
    const { spoke } = OUTCOME_MEANING[outcome];
    const closed = CLOSED.has(outcome);
    if (!invited) {
      counts.push({ slot, tries, knocks: 1, contacts: spoke ? 1 : 0, closed: closed ? 1 : 0 });
    }
    if (spoke || closed) break;
    const band = BAND_OF_SLOT[slot];
    tries = { ...tries, [band]: tries[band] + 1 };
  }
  return counts;
}

function keyOf({ daytime, evening, weekend }: Tries): string {
  return `${daytime} ${evening} ${weekend}`;
}

function summed(counts: readonly KnockCount[]): KnockCount[] {
  const groups = Map.groupBy(counts, ({ slot, tries }) => `${slot} ${keyOf(tries)}`);
  return [...groups.values()].map((of) => {
    const [first] = of as [KnockCount];
    const sum = (field: "knocks" | "contacts" | "closed"): number =>
      of.reduce((total, one) => total + one[field], 0);
    return { ...first, knocks: sum("knocks"), contacts: sum("contacts"), closed: sum("closed") };
  });
}

function waitingOf(tries: readonly Tries[]): WaitingCount[] {
  return [...Map.groupBy(tries, keyOf).values()].map((of) => ({
    tries: of[0] ?? UNTRIED,
    doors: of.length,
  }));
}
