/** A small unit to plan for: four buildings of two premises types, a mixed week, nobody met yet. */
import { BANDS } from "../visits/terms.ts";
import {
  type Block,
  type BuildingCounts,
  type KnockCount,
  type Day,
  type PlanBuilding,
  type PlanDoor,
  RULES,
  type Situation,
  type Tries,
  UNTRIED,
} from "./terms.ts";
import { USUAL_COSTS, WEEKS } from "./usual.ts";

const FLOORS = 6;
const PER_FLOOR = 4;

export function planBuilding(index: number, change: Partial<PlanDoor> = {}): PlanBuilding {
  return {
    id: `b${index}`,
    premises: index % 2 === 0 ? "walk_up" : "tower",
    lift: index % 2 === 1,
    at: { x: 120 * index, y: 60 * (index % 3) },
    doors: Array.from({ length: FLOORS * PER_FLOOR }, (_, i) => ({
      id: `b${index}d${i}`,
      floor: 1 + Math.floor(i / PER_FLOOR),
      state: "open",
      tries: UNTRIED,
      lastTried: null,
      ...change,
    })),
  };
}

/** Four shifted days, one ordinary day, one weekend day. The campaign begins on a Monday. */
export function weekOf(day: Day): readonly Block[] {
  const weekday = (day % 7) + 1;
  const crew = ["officer", "auxiliary"];
  return WEEKS.mixed
    .filter((stretch) => stretch.weekday === weekday)
    .map((stretch) => ({ ...stretch, day, crew }));
}

export function planSituation(change: Partial<Situation> = {}): Situation {
  const { day = 0, deadline = 30 } = change;
  const blocks: Block[] = [];
  for (let one = day; one < deadline; one += 1) blocks.push(...weekOf(one));
  return {
    day,
    deadline,
    station: { x: 0, y: 0 },
    buildings: [0, 1, 2, 3].map((index) => planBuilding(index)),
    bookings: [],
    blocks,
    worked: [],
    costs: USUAL_COSTS,
    rules: RULES,
    ...change,
  };
}

/** Counts that agree with the doors of a situation, nobody having answered yet. */
export function countsOf({ buildings }: Situation): BuildingCounts[] {
  return buildings.map(({ id, premises, doors }) => ({
    buildingId: id,
    premises,
    knocks: doors.flatMap(({ tries }) => inVain(tries)),
    waiting: doors
      .filter(({ state }) => state === "open" || state === "booked")
      .map(({ tries }) => ({ tries, doors: 1 })),
  }));
}

const SLOT_OF_BAND = {
  daytime: "afternoon",
  evening: "early_evening",
  weekend: "saturday",
} as const;

/** The knocks that left such a record, band after band. */
function inVain(tries: Tries): KnockCount[] {
  let before: Tries = UNTRIED;
  return BANDS.flatMap((band) =>
    Array.from({ length: tries[band] }, () => {
      const knock = { slot: SLOT_OF_BAND[band], tries: before, knocks: 1, contacts: 0, closed: 0 };
      before = { ...before, [band]: before[band] + 1 };
      return knock;
    }),
  );
}
