/**
 * A patrol unit's campaign in the benchmark's world under a policy: labour rules, walking times,
 * bookings and chance are the same for all policies; a policy only chooses where to knock next,
 * which blocks to leave out, and which times to offer residents.
 */
import type { Feasibility } from "@wanjia/domain/planning/feasibility";
import {
  type Block,
  type Booking,
  type Day,
  type Minutes,
  type Point,
  slotAt,
  SLOTS,
} from "@wanjia/domain/planning/terms";
import { chanceOf, type Building, type Unit } from "./world.ts";

/** What the record shows of a flat. */
interface Flat {
  state: "open" | "booked" | "met" | "closed";
  /** Unanswered knocks by slot number. */
  readonly tries: number[];
  lastTried: Day | null;
  /** Knocks, answered or not, appointments among them. */
  knocks: number;
  /** Day and slot number of the meeting, for the records. */
  metOn: Day | null;
}

/** One uninvited knock as recorded, for counts. */
interface Knock {
  readonly flat: number;
  readonly slot: number;
  /** Unanswered knocks before, by slot number. */
  readonly before: readonly number[];
  readonly outcome: "contact" | "closed" | "no_answer";
}

/** All that a policy sees: the records, never the truth. */
export interface View {
  readonly unit: Omit<Unit, "truth">;
  readonly flats: readonly Flat[];
  readonly bookings: readonly Booking[];
  readonly knocks: readonly Knock[];
  day: Day;
}

export interface Place {
  readonly at: Point;
  /** Null outdoors. */
  readonly building: Building | null;
  readonly floor: number;
}

export interface Policy {
  readonly name: string;
  /** Uninvited tries at a door, for a policy that holds to the rule; the list of old doesn't. */
  readonly maxTries?: number;
  /** The roster: the same hours for all, laid out by the policy's kind. */
  roster(day: Day): readonly Block[];
  /** Every morning, before anything is knocked at. */
  morning?(view: View): void;
  /** When the work of a block begins, if later than the block. */
  begins?(view: View, block: Block): Minutes;
  /** The flats to knock at next, in order; none: the block ends (or isn't begun). */
  walk(view: View, block: Block, from: Place, now: Minutes): readonly number[];
  /** Hard rules that plans of it broke so far, once for each plan. */
  readonly faults?: readonly string[];
  /** What it said before the first knock, where it says so. */
  readonly foretold?: readonly Feasibility[];
  /** Times that a resident of the flat may choose from. */
  offers(view: View, flat: number, earliest: Day): readonly { day: Day; from: Minutes }[];
}

export interface Course {
  /** Hours worked and flats reached (met or refused) at the end of each day. */
  readonly hours: readonly number[];
  readonly reached: readonly number[];
  /** Hours until the share of occupied flats was reached; null when never. */
  hoursTo(share: number): number | null;
  daysTo(share: number): number | null;
  /** Share of occupied flats reached by the end of the deadline, by building. */
  readonly atDeadline: readonly number[];
  readonly coverageAtDeadline: number;
  readonly byType: ReadonlyMap<string, number>;
  readonly failedKnocks: number;
  readonly entries: number;
  readonly bookings: { readonly made: number; readonly due: number; readonly served: number };
  /** Attempts a flat needed so that 95 % of its building was reached. */
  readonly walks95: number;
  readonly untriedAfterDay10: number;
  /** Milliseconds of planning a day, the longest and the mean. */
  readonly planMs: { readonly mean: number; readonly worst: number };
}

/** How long after the deadline the simulation goes on, to learn when 95 % are reached. */
const HORIZON_FACTOR = 4;

export function simulate(unit: Unit, policy: Policy): Course {
  const { scenario, buildings, truth, seed } = unit;
  const { costs, bookings: rules, deadlineDays } = scenario;
  const flats: Flat[] = truth.map(() => ({
    state: "open",
    tries: SLOTS.map(() => 0),
    lastTried: null,
    knocks: 0,
    metOn: null,
  }));
  const bookings: Booking[] = [];
  const knocks: Knock[] = [];
  const { truth: _hidden, ...seen } = unit;
  const view: View = { unit: seen, flats, bookings, knocks, day: 0 };
  const occupied = truth.filter(({ type }) => type !== null).length;
  const reachedAt: { hours: number; day: Day }[] = [];
  const hours: number[] = [];
  const reached: number[] = [];
  let minutesWorked = 0;
  let failedKnocks = 0;
  let entries = 0;
  let made = 0;
  let due = 0;
  let served = 0;
  let planTotal = 0;
  let planWorst = 0;
  let planned = 0;
  let atDeadline: number[] = [];
  let coverageAtDeadline = 0;
  let byType = new Map<string, number>();
  let untriedAfterDay10 = 0;

  const timed = <T>(work: () => T): T => {
    const begun = performance.now();
    const result = work();
    planMsToday += performance.now() - begun;
    return result;
  };
  let planMsToday = 0;

  const book = (flat: number, earliest: Day, occasion: number): void => {
    const household = truth[flat];
    const record = flats[flat];
    if (household === undefined || record === undefined || record.state !== "open") return;
    const offers = timed(() => policy.offers(view, flat, earliest));
    const free = offers.filter(
      (offer) =>
        !bookings.some(
          (other) =>
            other.day === offer.day && Math.abs(other.from - offer.from) < rules.spacingMinutes,
        ),
    );
    // A household chooses times at which it is mostly at home.
    const weights = free.map(
      ({ day, from }) => household.presence[SLOTS.indexOf(slotAt(weekdayOf(day), from))] ?? 0,
    );
    let left = chanceOf(seed, 3, flat, occasion) * weights.reduce((sum, weight) => sum + weight, 0);
    const chosen = free.find((_, i) => (left -= weights[i] ?? 0) < 0);
    if (chosen === undefined) return;
    record.state = "booked";
    made += 1;
    bookings.push({
      buildingId: buildings[unit.buildingOf[flat] ?? 0]?.id ?? "",
      doorId: String(flat),
      day: chosen.day,
      from: chosen.from,
      to: chosen.from + rules.windowMinutes,
    });
  };

  const reach = (flat: number, now: number): void => {
    const record = flats[flat];
    if (record === undefined) return;
    record.state = "met";
    record.metOn = view.day;
    reachedAt.push({ hours: now / 60, day: view.day });
  };

  for (let flat = 0; flat < truth.length; flat += 1) {
    if (truth[flat]?.type !== null && chanceOf(seed, 1, flat) < rules.beforeCampaign) {
      book(flat, 0, 0);
    }
  }

  const horizon = deadlineDays * HORIZON_FACTOR;
  for (let day = 0; day < horizon; day += 1) {
    view.day = day;
    planMsToday = 0;
    timed(() => policy.morning?.(view));
    for (const block of policy.roster(day)) {
      let place: Place = { at: unit.station, building: null, floor: 0 };
      const from = timed(() => policy.begins?.(view, block)) ?? block.from;
      let now = from;
      let begun = false;
      const mine = bookings
        .filter((b) => b.day === day && b.from >= block.from && b.from < block.to)
        .toSorted((a, b) => a.from - b.from);
      due += mine.length;
      let list: number[] = [];
      for (;;) {
        const booking = mine[0];
        while (list.length > 0 && flats[list[0] ?? -1]?.state !== "open") list.shift();
        if (list.length === 0 && now < block.to) {
          list = [...timed(() => policy.walk(view, block, place, now))];
          while (list.length > 0 && flats[list[0] ?? -1]?.state !== "open") list.shift();
        }
        let flat = list[0];
        const isLate =
          flat !== undefined &&
          now + moveMinutes(unit, place, flat) + costs.failedKnockMinutes > block.to;
        if (isLate) flat = undefined;
        if (booking !== undefined) {
          // Whoever is expected comes first: no other door when it could make the officer late.
          const door = Number(booking.doorId);
          const there = placeOf(unit, flat ?? door);
          const back =
            flat === undefined
              ? Infinity
              : now +
                moveMinutes(unit, place, flat) +
                costs.visitMinutes[1] +
                moveMinutes(unit, there, door);
          if (flat === undefined || back > booking.to - 2) {
            mine.shift();
            now += moveMinutes(unit, place, door);
            entries += place.building === placeOf(unit, door).building ? 0 : 1;
            place = placeOf(unit, door);
            begun = true;
            const inTime = now <= booking.to;
            now = Math.max(now, booking.from);
            if (inTime) served += 1;
            const record = flats[door];
            if (record === undefined || record.state !== "booked") continue;
            record.state = "open";
            record.knocks += 1;
            if (inTime && chanceOf(seed, 2, door, day) < rules.shownUp) {
              now += truth[door]?.visitMinutes ?? 0;
              reach(door, minutesWorked + now - from);
            } else {
              now += costs.failedKnockMinutes;
              failedKnocks += 1;
            }
            continue;
          }
        }
        if (flat === undefined) break;
        list.shift();
        now += moveMinutes(unit, place, flat);
        entries += place.building === placeOf(unit, flat).building ? 0 : 1;
        place = placeOf(unit, flat);
        begun = true;
        const record = flats[flat];
        const household = truth[flat];
        if (record === undefined || household === undefined) continue;
        const slot = SLOTS.indexOf(slotAt(block.weekday, now));
        record.knocks += 1;
        record.lastTried = day;
        const before = [...record.tries];
        if (chanceOf(seed, 4, flat, day, slot) < (household.presence[slot] ?? 0)) {
          const refuses = chanceOf(seed, 5, flat) < scenario.refusals;
          now += refuses ? costs.failedKnockMinutes : household.visitMinutes;
          knocks.push({ flat, slot, before, outcome: "contact" });
          reach(flat, minutesWorked + now - from);
          continue;
        }
        now += costs.failedKnockMinutes;
        failedKnocks += 1;
        record.tries[slot] = (record.tries[slot] ?? 0) + 1;
        const isSeenEmpty =
          household.type === null &&
          chanceOf(seed, 6, flat, record.knocks) < scenario.vacancyRecognised;
        knocks.push({ flat, slot, before, outcome: isSeenEmpty ? "closed" : "no_answer" });
        if (isSeenEmpty) record.state = "closed";
        else if (
          household.type !== null &&
          chanceOf(seed, 7, flat, record.knocks) < rules.afterFailedKnock
        ) {
          book(flat, day + 1, record.knocks);
        }
        if (record.state === "open" && sum(record.tries) >= (policy.maxTries ?? Infinity)) {
          // A resident may still ask for an appointment with the card; nobody knocks uninvited.
          record.state = "closed";
        }
      }
      if (begun) minutesWorked += now - from;
    }
    hours.push(minutesWorked / 60);
    reached.push(reachedAt.length);
    planned += 1;
    planTotal += planMsToday;
    planWorst = Math.max(planWorst, planMsToday);
    if (day === 10) {
      untriedAfterDay10 = flats.filter(
        ({ state, knocks: n }) => state === "open" && n === 0,
      ).length;
    }
    if (day === deadlineDays - 1) {
      atDeadline = buildings.map((building) =>
        share(
          building.flats.filter((flat) => truth[flat]?.type !== null),
          flats,
        ),
      );
      coverageAtDeadline = reachedAt.length / Math.max(1, occupied);
      byType = reachedByType(unit, flats);
    }
    if (day >= deadlineDays - 1 && reachedAt.length >= 0.95 * occupied) break;
  }
  const crossing = (wanted: number) => reachedAt[Math.ceil(wanted * occupied) - 1];
  return {
    hours,
    reached,
    hoursTo: (wanted) => crossing(wanted)?.hours ?? null,
    daysTo: (wanted) => {
      const day = crossing(wanted)?.day;
      return day === undefined ? null : day + 1;
    },
    atDeadline,
    coverageAtDeadline,
    byType,
    failedKnocks,
    entries,
    bookings: { made, due, served },
    walks95: walks95(unit, flats),
    untriedAfterDay10,
    planMs: { mean: planTotal / Math.max(1, planned), worst: planWorst },
  };
}

/** 1 = Monday; the campaign begins on one. */
export function weekdayOf(day: Day): number {
  return (day % 7) + 1;
}

export function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

export function placeOf(unit: Omit<Unit, "truth">, flat: number): Place {
  const building = unit.buildings[unit.buildingOf[flat] ?? 0] as Building;
  return { at: building.at, building, floor: unit.floorOf[flat] ?? 1 };
}

export function moveMinutes(unit: Omit<Unit, "truth">, from: Place, flat: number): Minutes {
  const { costs } = unit.scenario;
  const to = placeOf(unit, flat);
  const climb = (building: Building, floors: number): Minutes =>
    floors === 0 ? 0 : building.lift ? costs.liftMinutes : floors * costs.stairsMinutesPerFloor;
  if (from.building === to.building && to.building !== null) {
    return climb(to.building, Math.abs(to.floor - from.floor));
  }
  const down = from.building === null ? 0 : climb(from.building, from.floor - 1);
  const metres = Math.hypot(to.at.x - from.at.x, to.at.y - from.at.y) * costs.detour;
  const up = to.building === null ? 0 : climb(to.building, to.floor - 1);
  return down + metres / costs.metresPerMinute + costs.enterMinutes + up;
}

function share(of: readonly number[], flats: readonly Flat[]): number {
  if (of.length === 0) return 1;
  return of.filter((flat) => flats[flat]?.state === "met").length / of.length;
}

function reachedByType({ truth }: Unit, flats: readonly Flat[]): Map<string, number> {
  const types = new Set(truth.flatMap(({ type }) => (type === null ? [] : [type])));
  return new Map(
    [...types].map((type) => [
      type,
      share(
        truth.flatMap((household, flat) => (household.type === type ? [flat] : [])),
        flats,
      ),
    ]),
  );
}

function walks95({ buildings, truth }: Unit, flats: readonly Flat[]): number {
  const needed = buildings.map(({ flats: of }) => {
    const lived = of.filter((flat) => truth[flat]?.type !== null);
    const attempts = lived
      .map((flat) => (flats[flat]?.state === "met" ? (flats[flat]?.knocks ?? 0) : Infinity))
      .toSorted((a, b) => a - b);
    return attempts[Math.ceil(0.95 * attempts.length) - 1] ?? 0;
  });
  const finite = needed.filter(Number.isFinite);
  return sum(finite) / Math.max(1, finite.length);
}
