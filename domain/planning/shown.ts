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
  return knocksIn(building, slot) >= SHOWN_FROM
    ? { level: "building", rate: buildingRates(city, building)[s] ?? 0 }
    : { level: "premises_type", rate: typeRate(city, building.premises, s) };
}

/** A building's rates by slot as they leave the server: few knocks say what their premises type does. */
export function shownRates(
  city: CityRates,
  premises: string,
  building: BuildingCounts | undefined,
  believed: readonly number[],
): readonly number[] {
  return SLOTS.map((slot, s) =>
    building !== undefined && knocksIn(building, slot) >= SHOWN_FROM
      ? (believed[s] ?? 0)
      : typeRate(city, premises, s),
  );
}

function knocksIn({ knocks }: BuildingCounts, slot: Slot): number {
  return knocks.reduce((sum, count) => sum + (count.slot === slot ? count.knocks : 0), 0);
}

function typeRate({ byType, city }: CityRates, premises: string, s: number): number {
  return (byType.get(premises) ?? city)[s] ?? 0;
}
