/** A building's doors as a grid of floors or as rows, and which to knock at next. */
import type { Id } from "@wanjia/domain/shared/id";
import { HOUR_MS, type Instant } from "@wanjia/domain/shared/instant";
import { nextAttempt } from "@wanjia/domain/visits/door";
import type { DoorStatus } from "@wanjia/domain/visits/terms";
import type { SeenDoor } from "./view-model.ts";

type GridFloor = {
  readonly id: string;
  readonly floor: string;
  readonly byEntrance: readonly (readonly SeenDoor[])[];
};

export type BuildingView = {
  /** Empty for houses and shops that stand by themselves: they are rows. */
  readonly floors: readonly GridFloor[];
  readonly entrances: readonly string[];
  readonly rows: readonly SeenDoor[];
  readonly counts: Readonly<Record<DoorStatus, number>>;
  readonly total: number;
  /** The doors to knock at next: as the day's walk has them, else in walking order. */
  readonly next: readonly Id[];
};

const NEXT_DOORS = 5;

export function buildingView(
  doors: readonly SeenDoor[],
  now: Instant,
  onlyToMeet: boolean,
  planned: readonly Id[] = [],
): BuildingView {
  const counts: Record<DoorStatus, number> = {
    open: 0,
    met: 0,
    again: 0,
    appointment: 0,
    ended: 0,
  };
  for (const { status } of doors) counts[status] += 1;
  const shown = onlyToMeet ? doors.filter(isToMeet) : doors;
  const inside = shown.filter(({ place }) => place.floorNo);
  const entrances = [...new Set(inside.map(({ place }) => place.entranceNo ?? ""))].sort(naturally);
  const numbers = [...new Set(inside.map(({ place }) => place.floorNo ?? ""))].sort(
    (a, b) => floorNumber(b) - floorNumber(a),
  );
  const floors = numbers.map((floor) => ({
    id: floor,
    floor,
    byEntrance: entrances.map((entrance) =>
      inside.filter(
        ({ place }) => place.floorNo === floor && (place.entranceNo ?? "") === entrance,
      ),
    ),
  }));
  const walk = [
    ...entrances.flatMap((_, at) => floors.flatMap(({ byEntrance }) => byEntrance[at] ?? [])),
    ...shown.filter(({ place }) => !place.floorNo),
  ];
  return {
    floors,
    entrances,
    rows: shown.filter(({ place }) => !place.floorNo),
    counts,
    total: doors.length,
    next:
      planned.length > 0
        ? planned
        : walk
            .filter((door) => isDue(door, now))
            .slice(0, NEXT_DOORS)
            .map(({ place }) => place.id),
  };
}

/** Still to be met: neither met nor ended. */
function isToMeet({ status }: SeenDoor): boolean {
  return status === "open" || status === "again" || status === "appointment";
}

function isDue(door: SeenDoor, now: Instant): boolean {
  if (door.status === "open") return true;
  const next = nextAttempt(door.state, door.campaignId, now);
  if (next.kind === "appointment") return next.from - HOUR_MS / 2 <= now;
  return door.status === "again" && next.kind === "knock" && next.from <= now;
}

function naturally(a: string, b: string): number {
  return Number(a) - Number(b) || (a < b ? -1 : a > b ? 1 : 0);
}

/** `B1` lies below 1, `1A` above it, `M` and other names at the bottom of what has no number. */
function floorNumber(floor: string): number {
  const below = /^(?:B|-|负|地下)\s*(\d+)/i.exec(floor);
  if (below) return -Number(below[1]);
  const number = Number.parseFloat(floor);
  return Number.isNaN(number) ? 0 : number + (/[A-Z]$/i.test(floor) ? 0.5 : 0);
}
