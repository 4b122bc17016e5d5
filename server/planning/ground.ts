/** From rows to what the planner plans over: a beat's buildings, its teams with their shares, their hours. */
import type { Campaign } from "@wanjia/domain/campaigns/terms";
import { type BlockKey, blockOf } from "@wanjia/domain/places/walk-block";
import {
  bookingOf,
  floorOf,
  groundOf,
  type PlacedDoor,
  planDoor,
} from "@wanjia/domain/planning/ground";
import { rosterOf } from "@wanjia/domain/planning/roster";
import { sharesOf } from "@wanjia/domain/planning/share";
import {
  type Block,
  type Booking,
  type BuildingCounts,
  type Day,
  type PlanBuilding,
  type Point,
  RULES,
  UNTRIED,
} from "@wanjia/domain/planning/terms";
import type { Unit } from "@wanjia/domain/planning/unit";
import { type Stretch, USUAL_COSTS, WEEKS } from "@wanjia/domain/planning/usual";
import type { WorkCalendar } from "@wanjia/domain/shared/calendar";
import type { Id } from "@wanjia/domain/shared/id";
import {
  addDays,
  daysBetween,
  type Instant,
  type LocalDate,
  weekday,
} from "@wanjia/domain/shared/instant";
import { campaignAt, doorStatus, NEW_DOOR } from "@wanjia/domain/visits/door";
import type { DoorRow, TeamRow } from "./queries.ts";
import type { WorkedBlock } from "./walk-queries.ts";

export interface GeoPoint {
  readonly lon: number;
  readonly lat: number;
}

export interface Ground {
  /**
   * Where the beat is entered: at the building nearest to the station; at the first where nobody said
   * where the station is. The way there is the same for every walk, and isn't counted.
   */
  readonly start: Point;
  readonly begins: "near_station" | "first_building";
  readonly buildings: readonly PlanBuilding[];
  readonly bookings: readonly Booking[];
  /** By building: how people call it, where it stands, the phone's packs of its doors. */
  readonly about: ReadonlyMap<string, AboutBuilding>;
}

interface AboutBuilding {
  readonly name: string;
  readonly point: GeoPoint | null;
  readonly packs: Readonly<Record<BlockKey, readonly Id[]>>;
}

const METRES_PER_DEGREE = 111_320;

/** Metres from the middle of the beat; near enough for walking. */
function projection(rows: readonly DoorRow[]): (point: GeoPoint) => Point {
  const points = rows.flatMap(({ point }) => (point === null ? [] : [point]));
  const middle = (of: (point: GeoPoint) => number): number =>
    points.length === 0 ? 0 : points.reduce((sum, one) => sum + of(one), 0) / points.length;
  const [lon, lat] = [middle((one) => one.lon), middle((one) => one.lat)];
  const shrink = Math.cos((lat * Math.PI) / 180);
  return (point) => ({
    x: (point.lon - lon) * METRES_PER_DEGREE * shrink,
    y: (point.lat - lat) * METRES_PER_DEGREE,
  });
}

export function toGround(
  rows: readonly DoorRow[],
  { id: campaignId, startsOn }: Pick<Campaign, "id" | "startsOn">,
  now: Instant,
  station: GeoPoint | null,
): Ground {
  const place = projection(rows);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const placed = rows.map((row): PlacedDoor => {
    const state = row.state ?? NEW_DOOR;
    return {
      door: planDoor(
        row.id,
        floorOf(row.floorNo),
        {
          status: doorStatus(state, campaignId, now),
          absent: campaignAt(state, campaignId)?.absent ?? UNTRIED,
          lastAt: state.attempts.at(-1)?.at ?? null,
        },
        startsOn,
      ),
      buildingId: row.buildingId,
      street: row.street ?? row.estateName ?? "",
      communityId: row.communityId,
      premises: row.kind === "dwelling_unit" ? (row.buildingType ?? "other") : row.kind,
      lift: row.lift ?? false,
      at: row.point === null ? null : place(row.point),
    };
  });
  const buildings = groundOf(placed);
  const about = new Map<string, AboutBuilding>();
  const bookings: Booking[] = [];
  for (const { id, doors } of buildings) {
    const of = doors.flatMap((door) => byId.get(door.id) ?? []);
    about.set(id, { name: nameOf(of), point: of[0]?.point ?? null, packs: packsOf(of) });
    for (const { id: doorId, state } of of) {
      const window = state?.appointment?.value;
      if (window === undefined || window === null || window.to <= now) continue;
      bookings.push(bookingOf(id, doorId, window, startsOn));
    }
  }
  const isPlaced = station !== null && rows.some(({ point }) => point !== null);
  return {
    start: entranceOf(buildings, isPlaced ? place(station) : null),
    begins: isPlaced ? "near_station" : "first_building",
    buildings,
    bookings,
    about,
  };
}

function entranceOf(buildings: readonly PlanBuilding[], station: Point | null): Point {
  const [first = { x: 0, y: 0 }, ...others] = buildings.map(({ at }) => at);
  if (station === null) return first;
  const far = ({ x, y }: Point): number => Math.hypot(x - station.x, y - station.y);
  return others.reduce((nearest, one) => (far(one) < far(nearest) ? one : nearest), first);
}

const NAMED = 3;

function nameOf(rows: readonly DoorRow[]): string {
  const names = new Set(
    rows.map(({ buildingName, street, estateName }) => buildingName ?? street ?? estateName ?? ""),
  );
  return [...names]
    .filter((name) => name !== "")
    .slice(0, NAMED)
    .join("、");
}

function packsOf(rows: readonly DoorRow[]): Record<BlockKey, Id[]> {
  const packs: Record<BlockKey, Id[]> = {};
  for (const row of rows) (packs[blockOf(row) ?? ""] ??= []).push(row.id);
  return packs;
}

/** One team of a beat with what it plans over. */
export interface TeamUnit {
  readonly team: TeamRow;
  readonly unit: Unit;
}

export interface BeatFacts {
  readonly campaign: Pick<Campaign, "id" | "startsOn" | "endsOn">;
  /** On its public holidays nobody walks. */
  readonly calendar: WorkCalendar;
  readonly ground: Ground;
  readonly counts: readonly BuildingCounts[];
  /** Of this beat alone. */
  readonly teams: readonly TeamRow[];
  readonly weeks: ReadonlyMap<Id, readonly Stretch[]>;
  readonly worked: readonly WorkedBlock[];
}

function dayNumber({ startsOn }: Pick<Campaign, "startsOn">, day: LocalDate): Day {
  return daysBetween(startsOn, day);
}

export function toBlock(
  campaign: Pick<Campaign, "startsOn">,
  {
    day,
    from,
    to,
    crew,
  }: Pick<WorkedBlock, "from" | "to"> & { day: LocalDate; crew: readonly Id[] },
): Block {
  return { day: dayNumber(campaign, day), weekday: weekday(day), from, to, crew };
}

/** The teams of a beat, each with its share of the buildings and its hours from a day to the end. */
export function unitsOf(
  { campaign, calendar, ground, counts, teams, weeks, worked }: BeatFacts,
  day: LocalDate,
  layout: readonly Stretch[] | null = null,
): TeamUnit[] {
  const shares = sharesOf(ground.buildings, teams.length);
  const today = dayNumber(campaign, day);
  const deadline = daysBetween(campaign.startsOn, campaign.endsOn) + 1;
  return teams.map((team, t): TeamUnit => {
    const buildings = shares[t] ?? [];
    const own = new Set(buildings.map(({ id }) => id));
    const members = new Set(team.members.map(({ id }) => id));
    const crew = team.members.map(({ id, sworn }) => ({
      id,
      sworn,
      week: layout ?? weeks.get(id) ?? WEEKS.mixed,
    }));
    return {
      team,
      unit: {
        counts: counts.filter(({ buildingId }) => own.has(buildingId)),
        situation: {
          day: today,
          deadline,
          station: ground.start,
          buildings,
          bookings: ground.bookings.filter(({ buildingId }) => own.has(buildingId)),
          blocks: rosterOf(
            crew,
            today,
            deadline,
            (one) => weekday(addDays(campaign.startsOn, one)),
            RULES,
            (one) => calendar.holidays.has(addDays(campaign.startsOn, one)),
          ),
          worked: worked
            .filter((block) => block.crew.some((id) => members.has(id)))
            .map((block) => toBlock(campaign, block)),
          costs: USUAL_COSTS,
          rules: RULES,
        },
      },
    };
  });
}
