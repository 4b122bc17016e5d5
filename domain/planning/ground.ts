/**
 * The ground of a beat: its doors gathered into buildings to plan over. No building has fewer than
 * five doors, so that no count of a building speaks of a home: houses by themselves are taken
 * together by their street, what is left by its community, then with what lies beside it.
 */
import type { Id } from "../shared/id.ts";
import {
  daysBetween,
  type Instant,
  localDate,
  type LocalDate,
  localTime,
  MINUTE_MS,
} from "../shared/instant.ts";
import type { Appointment, DoorStatus } from "../visits/terms.ts";
import {
  type Booking,
  type DoorState,
  type PlanBuilding,
  type PlanDoor,
  type Point,
  type Tries,
} from "./terms.ts";

export const FEWEST_DOORS = 5;

export interface PlacedDoor {
  readonly door: PlanDoor;
  /** Null for a house, shop or site outside any building. */
  readonly buildingId: Id | null;
  readonly street: string;
  readonly communityId: Id | null;
  readonly premises: string;
  readonly lift: boolean;
  /** Of its building; null where the register has none. */
  readonly at: Point | null;
}

/** Where the register gives no point, buildings follow each other so many metres apart. */
const APART = 40;

/** Buildings in the order in which their first door comes; `doors` come in the order of a walk. */
export function groundOf(doors: readonly PlacedDoor[]): PlanBuilding[] {
  const names: readonly ((door: PlacedDoor) => string | null)[] = [
    ({ buildingId }) => buildingId,
    ({ communityId, street }) => `row ${communityId ?? ""} ${street}`,
    ({ communityId }) => `community ${communityId ?? ""}`,
    () => "rest",
  ];
  const groups = new Map<string, PlacedDoor[]>();
  let left: readonly PlacedDoor[] = doors;
  for (const nameOf of names) {
    const byName = Map.groupBy(left, nameOf);
    const again: PlacedDoor[] = [];
    for (const [name, of] of byName) {
      if (name === null || of.length < FEWEST_DOORS) again.push(...of);
      else groups.set(name, of);
    }
    left = again;
  }
  // A handful beside everything else joins the first; where there is nothing else, nothing is planned.
  const [first] = groups.keys();
  if (left.length > 0 && first !== undefined) {
    groups.set(first, [...(groups.get(first) ?? []), ...left]);
  }
  const order = new Map(doors.map((door, i) => [door, i]));
  const inOrder = [...groups].toSorted(
    ([, [a]], [, [b]]) =>
      (a === undefined ? 0 : (order.get(a) ?? 0)) - (b === undefined ? 0 : (order.get(b) ?? 0)),
  );
  return placed(inOrder);
}

function placed(groups: readonly (readonly [string, readonly PlacedDoor[]])[]): PlanBuilding[] {
  let last: Point = { x: 0, y: 0 };
  return groups.map(([id, of]) => {
    const at = of.find((one) => one.at !== null)?.at ?? { x: last.x + APART, y: last.y };
    last = at;
    return {
      id,
      premises: commonest(of.map(({ premises }) => premises)),
      lift: of.some(({ lift }) => lift),
      at,
      doors: of.map(({ door }) => door).toSorted((a, b) => a.floor - b.floor),
    };
  });
}

function commonest(names: readonly string[]): string {
  const counts = new Map<string, string[]>(Map.groupBy(names, (name) => name));
  return [...counts].reduce((most, one) => (one[1].length > most[1].length ? one : most))[0];
}

const STATE_OF: Readonly<Record<DoorStatus, DoorState>> = {
  open: "open",
  again: "open",
  appointment: "booked",
  met: "met",
  ended: "closed",
};

/** What the visit record says of a door in a campaign. */
export interface DoorRecord {
  readonly status: DoorStatus;
  /** How often nobody answered, by band. */
  readonly absent: Tries;
  /** The last attempt; null when there was none. */
  readonly lastAt: Instant | null;
}

/** A door as planning sees it. `startsOn`: the campaign's first day; what was before it doesn't count. */
export function planDoor(
  id: Id,
  floor: number,
  { status, absent, lastAt }: DoorRecord,
  startsOn: LocalDate,
): PlanDoor {
  const last = lastAt === null ? -1 : daysBetween(startsOn, localDate(lastAt));
  return {
    id,
    floor,
    state: STATE_OF[status],
    tries: absent,
    lastTried: last < 0 ? null : last,
  };
}

/** The window in which a resident expects somebody, as planning sees it. */
export function bookingOf(
  buildingId: Id,
  doorId: Id,
  window: Appointment,
  startsOn: LocalDate,
): Booking {
  const { hour, minute } = localTime(window.from);
  const from = hour * 60 + minute;
  return {
    buildingId,
    doorId,
    day: daysBetween(startsOn, localDate(window.from)),
    from,
    to: from + (window.to - window.from) / MINUTE_MS,
  };
}

/** The floor in a floor's name: `3`, `B1`, `夹层`. */
export function floorOf(name: string | null | undefined): number {
  const number = Number.parseInt(name ?? "", 10);
  return Number.isNaN(number) || number < 1 ? 1 : number;
}
