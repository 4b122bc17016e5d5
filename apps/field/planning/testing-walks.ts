/** A Thursday's plan as the phone has it, for tests. */
import { countsOf, planSituation } from "@wanjia/domain/planning/fixtures";
import { packRates } from "@wanjia/domain/planning/packed";
import { cityRates } from "@wanjia/domain/planning/rates";
import { type StopReason, UNTRIED } from "@wanjia/domain/planning/terms";
import { planUnit } from "@wanjia/domain/planning/unit";
import { NEW_DOOR } from "@wanjia/domain/visits/door";
import type { SeenDoor } from "../visits/view-model.ts";
import type { PlanSection } from "./plan-section.ts";

/** Thursday of a campaign that began on a Monday. */
export const A_DAY = "2026-11-05";
export const situation = planSituation({ day: 3 });
const counts = countsOf(situation);
const city = cityRates(counts);
const {
  plan: planned,
  demands,
  beliefs,
} = planUnit(city, { situation, counts }, { kept: [], refused: [] });

export const plan = planned;

/** The day's walks as the phone has them, those named pinned. */
export function sectionOf(pinned: readonly number[], walked = plan.walks) {
  const basis = {
    startsOn: "2026-11-02",
    deadline: situation.deadline,
    station: situation.station,
    city: packRates(city),
    demands: { ...demands, short: [], owed: [] },
    buildings: situation.buildings.map(({ id, premises, lift, at, doors }, b) => ({
      id,
      name: id,
      premises,
      lift,
      at,
      rates: beliefs.rates[b] ?? [],
      packs: { [id]: doors.map((door) => door.id) },
      times: [[4, 18 * 60 + 30] as const],
    })),
  };
  const walks = walked.map(({ block, stops, endsAt }, i) => ({
    id: `w${i}`,
    version: 1,
    campaignId: "c",
    stationId: "s",
    teamId: "t",
    state: "planned" as const,
    reason: null,
    changed: null,
    mayChange: true,
    day: A_DAY,
    from: block.from,
    to: block.to,
    endsAt,
    crew: block.crew,
    pinned: pinned.includes(i),
    choices: [],
    stops: stops.map(({ buildingId, doorId, at, reason }): [string, string, number, StopReason] => [
      buildingId,
      doorId,
      at,
      reason,
    ]),
  }));
  return { walks, bases: [{ teamId: "t", campaignId: "c", day: A_DAY, basis }] };
}

/** Every door as the phone sees it; the first of a walk was tried at its hour. */
export function doorsSeen(tried: string, at: number): Map<string, SeenDoor> {
  const all = situation.buildings.flatMap(({ doors }) => doors);
  return new Map(
    all.map(({ id, floor }) => {
      const attempts = id === tried ? [{ at }] : [];
      const campaigns = id === tried ? [{ id: "c", absent: { ...UNTRIED, daytime: 1 } }] : [];
      const state = { ...NEW_DOOR, attempts, campaigns };
      return [id, { place: { id, floorNo: String(floor) }, state } as unknown as SeenDoor];
    }),
  );
}

/** Nobody has knocked yet. */
export function doorsOf(): ReadonlyMap<string, SeenDoor> {
  return doorsSeen("", 0);
}

/** Walks with some time to spare: another order fits too. */
export function aSection(): PlanSection {
  return sectionOf(
    [],
    plan.walks.map((walk) => ({ ...walk, stops: walk.stops.slice(0, -6) })),
  );
}
