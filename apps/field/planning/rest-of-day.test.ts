import assert from "node:assert/strict";
import { test } from "node:test";
import { countsOf, planSituation } from "@wanjia/domain/planning/fixtures";
import { packRates } from "@wanjia/domain/planning/packed";
import { cityRates } from "@wanjia/domain/planning/rates";
import { type StopReason, UNTRIED } from "@wanjia/domain/planning/terms";
import { planUnit } from "@wanjia/domain/planning/unit";
import { HOUR_MS, startOfLocalDay } from "@wanjia/domain/shared/instant";
import { NEW_DOOR } from "@wanjia/domain/visits/door";
import type { SeenDoor } from "../visits/view-model.ts";
import { plannedDoors, plannedTimes, walksNow } from "./rest-of-day.ts";

/** Thursday of a campaign that began on a Monday. */
const DAY = "2026-11-05";
const situation = planSituation({ day: 3 });
const counts = countsOf(situation);
const city = cityRates(counts);
const { plan, demands, beliefs } = planUnit(city, { situation, counts }, { kept: [], refused: [] });

/** The day's walks as the phone has them, those named pinned. */
function sectionOf(pinned: readonly number[], walked = plan.walks) {
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
    campaignId: "c",
    stationId: "s",
    teamId: "t",
    state: "planned" as const,
    reason: null,
    changed: null,
    mayChange: true,
    day: DAY,
    from: block.from,
    to: block.to,
    endsAt,
    crew: ["officer"],
    pinned: pinned.includes(i),
    choices: [],
    stops: stops.map(({ buildingId, doorId, at, reason }): [string, string, number, StopReason] => [
      buildingId,
      doorId,
      at,
      reason,
    ]),
  }));
  return { walks, bases: [{ teamId: "t", campaignId: "c", day: DAY, basis }] };
}

/** Every door as the phone sees it; the first of a walk was tried at its hour. */
function doorsSeen(tried: string, at: number): Map<string, SeenDoor> {
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

test("a pinned walk keeps its order on the phone; what is done falls away, and no other walk takes its doors", () => {
  const [first, second] = plan.walks;
  assert.ok(first !== undefined && second !== undefined);
  const [tried, ...left] = first.stops;
  assert.ok(tried);
  const now = startOfLocalDay(DAY) + (first.block.from / 60 + 0.5) * HOUR_MS;
  const doors = doorsSeen(tried.doorId, now);
  const of = (pinned: readonly number[]) => walksNow(sectionOf(pinned), doors, now);
  assert.equal(of([])[0]?.isReplanned, true);
  // A plan made before the phone was told what is owed is read as one that owes nothing.
  const { walks, bases } = sectionOf([]);
  const untold = bases.map(({ basis, ...base }) => {
    const { owed: _owed, ...demanded } = basis.demands;
    return { ...base, basis: { ...basis, demands: demanded } };
  });
  assert.deepEqual(walksNow({ walks, bases: untold }, doors, now), of([]));
  const kept = of([0])[0];
  assert.deepEqual([kept?.isReplanned, kept?.done, kept?.state], [false, 1, "under_way"]);
  const order = (stops: typeof left) => [...new Set(stops.map(({ buildingId }) => buildingId))];
  assert.deepEqual([...new Set(kept?.parts.map(({ building }) => building))], order(left));
  const count = (parts: readonly { doorIds: readonly string[] }[]) =>
    parts.reduce((sum, one) => sum + one.doorIds.length, 0);
  assert.equal(count(kept?.parts ?? []), left.length);
  // The evening was settled for every building but one: that one is left to the afternoon.
  const own = left[0]?.buildingId;
  const evening = situation.buildings
    .filter(({ id }) => id !== own)
    .flatMap(({ id, doors: all }) =>
      all.map((door) => ({
        buildingId: id,
        doorId: door.id,
        at: second.block.from,
        reason: "likely" as const,
      })),
    );
  const walked = [first, { ...second, stops: evening }];
  const goesTo = (pinned: readonly number[]) => [
    ...new Set(
      walksNow(sectionOf(pinned, walked), doors, now)[0]?.parts.map(({ building }) => building),
    ),
  ];
  assert.ok(goesTo([]).length > 1);
  assert.deepEqual(goesTo([1]), [own]);
});

test("the grid outlines the doors of the walk in its order, and a door tried falls away", () => {
  const section = sectionOf([0]);
  const [first] = plan.walks;
  assert.ok(first !== undefined);
  const stops = first.stops;
  const pack = stops[0]?.buildingId ?? "";
  const early = startOfLocalDay(DAY) + 8 * HOUR_MS;
  const untouched = plannedDoors(walksNow(section, new Map(), early), pack, early);
  assert.deepEqual(
    untouched,
    stops.filter(({ buildingId }) => buildingId === pack).map(({ doorId }) => doorId),
  );
  const now = startOfLocalDay(DAY) + (first.block.from + 1) * 60_000;
  const left = plannedDoors(walksNow(section, doorsSeen(untouched[0] ?? "", now), now), pack, now);
  assert.deepEqual(left, untouched.slice(1));
});

test("at a door the times of the plan are offered, of the building alone, and none that is over", () => {
  const section = sectionOf([]);
  const door = situation.buildings[0]?.doors[0]?.id ?? "";
  const friday = startOfLocalDay("2026-11-06") + 18.5 * HOUR_MS;
  assert.deepEqual(plannedTimes(section, door, friday - HOUR_MS), [
    { from: friday, to: friday + HOUR_MS },
  ]);
  assert.deepEqual(plannedTimes(section, door, friday), []);
  assert.deepEqual(plannedTimes(section, "elsewhere", 0), []);
});
