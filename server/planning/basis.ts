/** What phones and residents' pages are given of a beat's plan: the ground of an evening, and times to ask for. */
import { type PackedRates, unpackRates } from "@wanjia/domain/planning/packed";
import { shownRates } from "@wanjia/domain/planning/shown";
import type { UnitPlan } from "@wanjia/domain/planning/unit";
import { isId } from "@wanjia/domain/shared/id";
import { addDays } from "@wanjia/domain/shared/instant";
import type { BeatFacts, TeamUnit } from "./ground.ts";
import type { BuildingOffers } from "./planner.ts";
import type { OfferRow } from "./walk-queries.ts";

/** So many doors go to a phone for planning the rest of an evening. */
const PHONE_DOORS = 300;
/** And so many times for an appointment in each building: those when he is near anyway come first. */
const PHONE_TIMES = 6;

/** A row of houses by themselves is no place with a plate: its doors are named one by one. */
export function offersOf(
  offers: readonly BuildingOffers[],
  { campaign, ground }: BeatFacts,
): OfferRow[] {
  const doorsOf = new Map(ground.buildings.map(({ id, doors }) => [id, doors] as const));
  return offers
    .filter(({ times }) => times.length > 0)
    .map(({ buildingId, times }) => ({
      building: buildingId,
      doors: isId(buildingId) ? [] : (doorsOf.get(buildingId) ?? []).map(({ id }) => id),
      times: times.map(({ day, from }) => [addDays(campaign.startsOn, day), from] as const),
    }));
}

/** What the phone plans the rest of an evening with: buildings of the walks, and good ones beside them. */
export function basisOf(
  { plan, demands, beliefs, offers }: UnitPlan & { readonly offers: readonly BuildingOffers[] },
  { situation, counts }: TeamUnit["unit"],
  { campaign, ground }: BeatFacts,
  packed: PackedRates,
  begun: readonly string[],
): object {
  const city = unpackRates(packed);
  const countsOf = new Map(counts.map((one) => [one.buildingId, one] as const));
  const inWalks = new Set([
    ...begun,
    ...plan.walks.flatMap(({ stops }) => stops.map(({ buildingId }) => buildingId)),
  ]);
  const numbered = situation.buildings.map((building, b) => ({ building, b }));
  const idsOf = (numbers: ReadonlySet<number>) =>
    [...numbers].map((b) => situation.buildings[b]?.id);
  const mean = (b: number): number =>
    (beliefs.rates[b] ?? []).reduce((sum, rate) => sum + rate, 0) / 6;
  const ordered = numbered.toSorted(
    (x, y) =>
      Number(inWalks.has(y.building.id)) - Number(inWalks.has(x.building.id)) ||
      mean(y.b) - mean(x.b),
  );
  let doors = 0;
  const taken = ordered.filter(({ building }) => {
    doors += building.doors.length;
    return inWalks.has(building.id) || doors <= PHONE_DOORS;
  });
  const left = ordered.filter((one) => !taken.includes(one));
  return {
    beyond: left.reduce((sum, { building }) => sum + building.doors.length, 0),
    startsOn: campaign.startsOn,
    deadline: situation.deadline,
    station: situation.station,
    city: packed,
    demands: { ...demands, short: idsOf(demands.short), owed: idsOf(demands.owed) },
    buildings: taken.map(({ building: { id, premises, lift, at }, b }) => ({
      id,
      name: ground.about.get(id)?.name ?? "",
      premises,
      lift,
      at,
      rates: shownRates(city, premises, countsOf.get(id), beliefs.rates[b] ?? []),
      packs: ground.about.get(id)?.packs ?? {},
      times: (offers.find(({ buildingId }) => buildingId === id)?.times ?? [])
        .slice(0, PHONE_TIMES)
        .map(({ day, from }) => [day, from]),
    })),
  };
}
