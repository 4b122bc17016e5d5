/** How a rate may be shown: small counts only at the level of their premises type. */
import { buildingRates, type CityRates } from "./rates.ts";
import { type BuildingCounts, SLOTS, type Slot } from "./terms.ts";

/** A building's figure in a slot rests on so many knocks at least, or isn't shown as its own. */
const SHOWN_FROM = 5;

export interface ShownRate {
  readonly level: "building" | "premises_type";
  readonly rate: number;
}

export function shownRate(city: CityRates, building: BuildingCounts, slot: Slot): ShownRate {
  const s = SLOTS.indexOf(slot);
  const knocks = building.knocks.reduce(
    (sum, count) => sum + (count.slot === slot ? count.knocks : 0),
    0,
  );
  if (knocks >= SHOWN_FROM) {
    return { level: "building", rate: buildingRates(city, building)[s] ?? 0 };
  }
  return {
    level: "premises_type",
    rate: (city.byType.get(building.premises) ?? city.city)[s] ?? 0,
  };
}
