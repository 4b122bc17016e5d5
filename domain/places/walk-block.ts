/** What an officer walks in one go: a building, or houses and shops that stand by themselves along a street. */
import type { PlaceKind } from "./terms.ts";

export type BlockKey = string;

/** Kinds that only hold buildings together; the phone reads their names in each address. */
const AROUND: ReadonlySet<PlaceKind> = new Set<PlaceKind>(["estate", "compound"]);

export interface BlockPlace {
  readonly id: string;
  readonly kind: PlaceKind;
  readonly buildingId?: string | null;
  readonly communityId?: string | null;
  readonly street?: string | null;
  readonly estateName?: string | null;
}

/** The block a place belongs to; null when it is above all blocks. */
export function blockOf(place: BlockPlace): BlockKey | null {
  if (AROUND.has(place.kind)) return null;
  if (place.kind === "building") return place.id;
  if (place.buildingId && place.buildingId !== place.id) return place.buildingId;
  return `row ${place.communityId ?? ""} ${place.street ?? place.estateName ?? ""}`;
}
