/**
 * The officer's walks of today as they stand now: what is done falls away, and of a walk under way the
 * rest is planned anew from what the doors said. All of it on the phone; nobody asks where it is.
 */
import type { BlockKey } from "@wanjia/domain/places/walk-block";
import type { Beliefs } from "@wanjia/domain/planning/beliefs";
import { bookingOf, floorOf, planDoor } from "@wanjia/domain/planning/ground";
import { unpackRates } from "@wanjia/domain/planning/packed";
import { beginsAt } from "@wanjia/domain/planning/settling";
import {
  type Booking,
  type Minutes,
  type PlanBuilding,
  type Point,
  RULES,
  type Situation,
  type StopReason,
  UNTRIED,
  type Walk,
} from "@wanjia/domain/planning/terms";
import { USUAL_COSTS } from "@wanjia/domain/planning/usual";
import { faultsOf } from "@wanjia/domain/planning/validate";
import { composeWalk } from "@wanjia/domain/planning/walk";
import type { Id } from "@wanjia/domain/shared/id";
import {
  addDays,
  daysBetween,
  type Instant,
  localDate,
  type LocalDate,
  localTime,
  MINUTE_MS,
  startOfLocalDay,
  weekday,
} from "@wanjia/domain/shared/instant";
import { campaignAt, doorStatus } from "@wanjia/domain/visits/door";
import type { SeenDoor } from "../visits/view-model.ts";
import { type Basis, basisOf, type PhoneWalk, type PlanSection } from "./plan-section.ts";

/** One building of a walk, on the way. */
export interface WalkPart {
  readonly building: string;
  readonly name: string;
  readonly pack: BlockKey;
  readonly at: Minutes;
  /** In the order of the walk. */
  readonly doorIds: readonly Id[];
  readonly reason: StopReason;
  /** When somebody expects the officer there. */
  readonly window: { readonly from: Minutes; readonly to: Minutes } | null;
}

export interface WalkNow {
  readonly id: Id;
  readonly day: LocalDate;
  readonly from: Minutes;
  readonly to: Minutes;
  /** At its first door where that is late in the hours, else with them. */
  readonly begins: Minutes;
  /** Refused: somebody said that nobody goes. */
  readonly state: "ahead" | "under_way" | "over" | "refused";
  readonly settled: Pick<
    PhoneWalk,
    "campaignId" | "stationId" | "pinned" | "reason" | "changed" | "mayChange"
  >;
  /** All that it goes to, in its order. */
  readonly buildings: readonly { readonly building: string; readonly name: string }[];
  /** What is still to be done, in order. */
  readonly parts: readonly WalkPart[];
  /** Doors of it that were tried, met or closed since the morning. */
  readonly done: number;
  /** The rest was put together anew on this phone. */
  readonly isReplanned: boolean;
  /** Doors of the team that the phone couldn't choose from for it. */
  readonly beyond: number;
}

function minuteOf(now: Instant): Minutes {
  const { hour, minute } = localTime(now);
  return hour * 60 + minute;
}

/** The walks of today and tomorrow as they stand now. `doors`: of the packs needed, by id. */
export function walksNow(
  section: PlanSection,
  doors: ReadonlyMap<Id, SeenDoor>,
  now: Instant,
): readonly WalkNow[] {
  const today = localDate(now);
  return section.walks
    .filter(({ day }) => day >= today)
    .map((walk): WalkNow => {
      const { id, day, from, to } = walk;
      const begins = beginOf(walk);
      const isTouched = day === today && hasWorked(doors, startOfLocalDay(day) + from * MINUTE_MS);
      const state = stateOf(walk, now, isTouched ? from : begins);
      const settled = settledOf(walk);
      const buildings = buildingsIn(walk, basisOf(section, walk));
      const known = { id, day, from, to, begins, state, settled, buildings, beyond: 0 } as const;
      if (state === "refused") return { ...known, parts: [], done: 0, isReplanned: false };
      const left = walk.stops.filter(([, doorId, , reason]) =>
        isToDo(doors.get(doorId), walk, reason, now),
      );
      const done = walk.stops.filter(([, doorId]) => isDone(doors.get(doorId), walk, now)).length;
      const basis = basisOf(section, walk);
      const isOpen = day === today && state !== "over" && !walk.pinned;
      const isStale =
        isOpen && ((state === "under_way" && isTouched) || hasNewTime(section, walk, doors, now));
      const rest =
        isStale && basis !== undefined ? planRest(basis, section, walk, doors, now) : undefined;
      if (rest !== undefined) {
        const stops = rest.stops.map(
          ({ buildingId, doorId, at, reason }) => [buildingId, doorId, at, reason] as const,
        );
        const planned = partsOf(stops, walk, basis, doors);
        const beyond = basis?.beyond ?? 0;
        const sets = state === "ahead" ? { begins: beginsAt(from, stops[0]?.[2]) } : {};
        return { ...known, ...sets, done, parts: planned, isReplanned: true, beyond };
      }
      const parts = state === "over" ? [] : partsOf(left, walk, basis, doors);
      return { ...known, done, parts, isReplanned: false };
    });
}

function buildingsIn(walk: PhoneWalk, basis: Basis | undefined): WalkNow["buildings"] {
  return [...new Set(walk.stops.map(([building]) => building))].map((building) => ({
    building,
    name: nameOf(building, walk, basis),
  }));
}

function nameOf(building: string, walk: PhoneWalk, basis: Basis | undefined): string {
  const of = <T extends { readonly name: string }>(found: T | undefined) => found?.name;
  return (
    of(basis?.buildings.find(({ id }) => id === building)) ??
    of(walk.choices.find((choice) => choice.building === building)) ??
    ""
  );
}

export function beginOf({ from, stops }: PhoneWalk): Minutes {
  return beginsAt(from, stops[0]?.[2]);
}

export function stateOf(
  { day, to, state }: PhoneWalk,
  now: Instant,
  begins: Minutes,
): WalkNow["state"] {
  if (state === "refused") return "refused";
  const minute = minuteOf(now);
  if (day > localDate(now) || minute < begins) return "ahead";
  return minute <= to ? "under_way" : "over";
}

function settledOf(walk: PhoneWalk): WalkNow["settled"] {
  const { campaignId, stationId, pinned, reason, changed, mayChange } = walk;
  return { campaignId, stationId, pinned, reason, changed, mayChange };
}

/** Of the next walk today that isn't over, its doors in a pack, in order. */
export function plannedDoors(
  walks: readonly WalkNow[],
  pack: BlockKey,
  now: Instant,
): readonly Id[] {
  const today = localDate(now);
  const next = walks.find(({ day, parts }) => day === today && parts.length > 0);
  return (next?.parts ?? []).filter((part) => part.pack === pack).flatMap(({ doorIds }) => doorIds);
}

const AGREED_MINUTES = 60;

/** Times to agree on at a door: those worked out with the plan, from so long after now. */
export function plannedTimes(
  section: PlanSection,
  doorId: Id,
  after: Instant,
): readonly { readonly from: Instant; readonly to: Instant }[] {
  for (const { basis } of section.bases) {
    const building = basis.buildings.find(({ packs }) =>
      Object.values(packs).some((ids) => ids.includes(doorId)),
    );
    const times = (building?.times ?? [])
      .map(([day, minute]) => startOfLocalDay(addDays(basis.startsOn, day)) + minute * MINUTE_MS)
      .filter((from) => from > after)
      .map((from) => ({ from, to: from + AGREED_MINUTES * MINUTE_MS }));
    if (times.length > 0) return times;
  }
  return [];
}

/** The doors of the day's other walks that fit: no other walk takes them. */
function doorsOfOthers(
  { walks }: PlanSection,
  walk: PhoneWalk,
  fits: (other: PhoneWalk) => boolean,
): ReadonlySet<Id> {
  return new Set(
    walks
      .filter((one) => one !== walk && one.day === walk.day && one.state === "planned")
      .filter(fits)
      .flatMap(({ stops }) => stops.map(([, doorId]) => doorId)),
  );
}

/** The ground of a walk, without what was settled by hand, and what comes before a walk ahead. */
function groundOf(
  basis: Basis,
  section: PlanSection,
  walk: PhoneWalk,
  doors: ReadonlyMap<Id, SeenDoor>,
  now: Instant,
): Situation {
  const settled = doorsOfOthers(section, walk, ({ pinned }) => pinned);
  const situation = situationOf(basis, walk, settled, doors, now);
  if (minuteOf(now) >= walk.from) return situation;
  const before = doorsOfOthers(section, walk, ({ from }) => from < walk.from);
  const buildings = situation.buildings.map((building) => ({
    ...building,
    doors: building.doors.map((door) =>
      before.has(door.id) ? { ...door, lastTried: situation.day } : door,
    ),
  }));
  return { ...situation, buildings };
}

/** Somebody agreed on a time in a walk's hours after it was planned. */
function hasNewTime(
  section: PlanSection,
  walk: PhoneWalk,
  doors: ReadonlyMap<Id, SeenDoor>,
  now: Instant,
): boolean {
  const basis = basisOf(section, walk);
  if (basis === undefined) return false;
  const planned = new Set(
    section.walks
      .filter(({ day, state }) => day === walk.day && state === "planned")
      .flatMap(({ stops }) => stops)
      .flatMap(([, doorId, , reason]) => (reason === "appointment" ? [doorId] : [])),
  );
  const { bookings, day } = groundOf(basis, section, walk, doors, now);
  return bookings.some(
    (booking) =>
      booking.day === day &&
      booking.from >= walk.from &&
      booking.from < walk.to &&
      !planned.has(booking.doorId),
  );
}

/**
 * Still to be knocked at: not tried today, neither met nor closed. Whoever agreed on a time, or asked for
 * one, is called on at that time and at no other.
 */
function isToDo(
  seen: SeenDoor | undefined,
  walk: PhoneWalk,
  reason: StopReason,
  now: Instant,
): boolean {
  if (seen === undefined) return true;
  const agreed = seen.state.appointment?.value;
  return doorStatus(seen.state, walk.campaignId, now) === "appointment"
    ? reason === "appointment" && agreed != null && localDate(agreed.from) === walk.day
    : !isDone(seen, walk, now);
}

/** Tried today, met or closed. */
function isDone(seen: SeenDoor | undefined, { campaignId }: PhoneWalk, now: Instant): boolean {
  if (seen === undefined) return false;
  const status = doorStatus(seen.state, campaignId, now);
  if (status === "appointment") return false;
  return status === "met" || status === "ended" || lastDay(seen) === localDate(now);
}

function lastDay({ state }: SeenDoor): LocalDate | null {
  const last = state.attempts.at(-1)?.at;
  return last === undefined ? null : localDate(last);
}

/** Since the hours of a walk began: what an afternoon brought doesn't set an evening out at once. */
function hasWorked(doors: ReadonlyMap<Id, SeenDoor>, since: Instant): boolean {
  return [...doors.values()].some(({ state }) => (state.attempts.at(-1)?.at ?? 0) >= since);
}

function partsOf(
  stops: PhoneWalk["stops"],
  walk: PhoneWalk,
  basis: Basis | undefined,
  doors: ReadonlyMap<Id, SeenDoor>,
): WalkPart[] {
  const parts: WalkPart[] = [];
  for (const [building, doorId, at, reason] of stops) {
    const last = parts.at(-1);
    if (last?.building === building && reason !== "appointment" && last.window === null) {
      parts[parts.length - 1] = { ...last, doorIds: [...last.doorIds, doorId] };
      continue;
    }
    const about = basis?.buildings.find(({ id }) => id === building);
    const pack = Object.entries(about?.packs ?? {}).find(([, ids]) => ids.includes(doorId))?.[0];
    const window = doors.get(doorId)?.state.appointment?.value;
    const booked =
      reason === "appointment" && window ? bookingOf(building, doorId, window, walk.day) : null;
    parts.push({
      building,
      name: nameOf(building, walk, basis),
      pack: pack ?? building,
      at,
      doorIds: [doorId],
      reason,
      window: booked && { from: booked.from, to: booked.to },
    });
  }
  return parts;
}

/**
 * The rest of a walk, from where the last door was; of one ahead, all of it from its beginning.
 * Undefined when it would break a rule.
 */
function planRest(
  basis: Basis,
  section: PlanSection,
  walk: PhoneWalk,
  doors: ReadonlyMap<Id, SeenDoor>,
  now: Instant,
): Walk | undefined {
  const situation = groundOf(basis, section, walk, doors, now);
  const [block] = situation.blocks;
  if (block === undefined) return undefined;
  const beliefs: Beliefs = {
    city: unpackRates(basis.city),
    rates: basis.buildings.map(({ rates }) => rates),
    masses: [],
  };
  const numbered = (ids: readonly string[]): ReadonlySet<number> =>
    new Set(ids.map((id) => basis.buildings.findIndex((one) => one.id === id)));
  const { short, owed = [] } = basis.demands;
  const rest = composeWalk(
    situation,
    beliefs,
    block,
    { ...basis.demands, short: numbered(short), owed: numbered(owed) },
    { stand: standOf(situation, doors), at: Math.max(walk.from, minuteOf(now)) },
  );
  const plan = {
    day: situation.day,
    walks: [rest],
    skipped: [],
    conflicts: missedBy(situation, rest),
  };
  return faultsOf(situation, [], plan, situation.blocks).length === 0 ? rest : undefined;
}

/** Appointments that were over before now, or can't be reached any more. */
function missedBy({ bookings, day }: Situation, { stops }: Walk): Booking[] {
  return bookings.filter(
    (booking) =>
      booking.day === day &&
      !stops.some(
        ({ doorId, at }) => doorId === booking.doorId && at >= booking.from && at <= booking.to,
      ),
  );
}

/** A walk's ground as the phone knows it: the buildings of its basis, with the doors of their packs. */
export function situationOf(
  { startsOn, deadline, station, buildings }: Basis,
  walk: PhoneWalk,
  settled: ReadonlySet<Id>,
  doors: ReadonlyMap<Id, SeenDoor>,
  now: Instant,
): Situation {
  const bookings: Booking[] = [];
  const day = daysBetween(startsOn, walk.day);
  const planned = buildings.map(({ id, premises, lift, at, packs }): PlanBuilding => {
    const ids = Object.values(packs).flat();
    const own = ids.flatMap((doorId) => doors.get(doorId) ?? []);
    for (const { place, state } of own) {
      const window = state.appointment?.value;
      if (settled.has(place.id)) continue;
      if (window && window.to > now) bookings.push(bookingOf(id, place.id, window, startsOn));
    }
    return {
      id,
      premises,
      lift,
      at,
      doors: own
        .map(({ place, state }) =>
          planDoor(
            place.id,
            floorOf(place.floorNo),
            {
              status: doorStatus(state, walk.campaignId, now),
              absent: campaignAt(state, walk.campaignId)?.absent ?? UNTRIED,
              lastAt: state.attempts.at(-1)?.at ?? null,
            },
            startsOn,
          ),
        )
        .map((door) => (settled.has(door.id) ? { ...door, lastTried: day } : door))
        .toSorted((a, b) => a.floor - b.floor),
    };
  });
  const { from, to, crew } = walk;
  return {
    day,
    deadline,
    station,
    buildings: planned,
    bookings,
    blocks: [{ day, weekday: weekday(walk.day), from, to, crew }],
    worked: [],
    costs: USUAL_COSTS,
    rules: RULES,
  };
}

/** Where the last door was that anybody recorded today; the station before the first. */
function standOf({ buildings, station }: Situation, doors: ReadonlyMap<Id, SeenDoor>) {
  let latest = -Infinity;
  let stand: { at: Point; building: number | null; floor: number } = {
    at: station,
    building: null,
    floor: 0,
  };
  buildings.forEach(({ at, doors: of }, building) => {
    for (const { id, floor } of of) {
      const last = doors.get(id)?.state.attempts.at(-1)?.at ?? -Infinity;
      if (last <= latest) continue;
      latest = last;
      stand = { at, building, floor };
    }
  });
  return stand;
}
