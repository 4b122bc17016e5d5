/** How a rate may be shown: small counts only at the level of their premises type. */
import { buildingRates, type CityRates } from "./rates.ts";
import { type BuildingCounts, SLOTS, type Slot } from "./terms.ts";

/** A building's figure in a slot rests on so many knocks at least, or isn't shown as its own. */
const SHOWN_FROM = 5;
/** And on so many doors: the evenings of one door or two are those homes' own, however many they are. */
const SHOWN_DOORS = 3;

export interface ShownRate {
  readonly level: "building" | "premises_type";
  readonly rate: number;
}

export function shownRate(city: CityRates, building: BuildingCounts, slot: Slot): ShownRate {
  const s = SLOTS.indexOf(slot);
  return isOwnFigure(building, slot)
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
    building !== undefined && isOwnFigure(building, slot)
      ? (believed[s] ?? 0)
      : typeRate(city, premises, s),
  );
}

/**
 * Whether a building's figure in a slot may be shown as its own. The counts know no door; but a door that
 * is tried again was tried once more before, so that knocks after the same tries are at different doors.
 */
function isOwnFigure({ knocks }: BuildingCounts, slot: Slot): boolean {
  const inSlot = knocks.filter((count) => count.slot === slot).map((count) => count.knocks);
  const doors = Math.max(0, ...inSlot);
  return doors >= SHOWN_DOORS && inSlot.reduce((sum, one) => sum + one, 0) >= SHOWN_FROM;
}

function typeRate({ byType, city }: CityRates, premises: string, s: number): number {
  return (byType.get(premises) ?? city)[s] ?? 0;
}
