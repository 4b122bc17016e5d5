/** What may happen to a place. History is never rewritten: an ended place stays, and says what followed. */
import { fullText } from "./address.ts";
import { normaliseAll } from "./normalise.ts";
import { looseKey, sortKey } from "./sort-key.ts";
import type { AddressElements, ElementName, Place, PlaceKind, PlaceStatus } from "./terms.ts";
import { LIVING_STATUSES, VISITABLE_KINDS } from "./terms.ts";
import type { Id } from "../shared/id.ts";
import type { LocalDate } from "../shared/instant.ts";
import type { Result } from "../shared/result.ts";
import { accept, refuse } from "../shared/result.ts";

export function isVisitable(kind: PlaceKind): boolean {
  return (VISITABLE_KINDS as readonly PlaceKind[]).includes(kind);
}

export function isLiving(status: PlaceStatus): boolean {
  return (LIVING_STATUSES as readonly PlaceStatus[]).includes(status);
}

/** How far inside a kind lies. A place hangs below one that lies further out. */
const depth: Record<PlaceKind, number> = {
  estate: 0,
  compound: 1,
  building: 2,
  rural_house: 2,
  site: 2,
  organisation: 3,
  entrance: 3,
  floor: 4,
  shop: 5,
  dwelling_unit: 5,
};

/** Whether a place of a kind may hang below one of another; `null`: below none. */
export function mayHangBelow(kind: PlaceKind, parent: PlaceKind | null): boolean {
  if (parent !== null) return depth[parent] < depth[kind];
  return kind !== "dwelling_unit" && kind !== "floor" && kind !== "entrance";
}

export type NewAddress = {
  elements: AddressElements;
  fullText: string;
  sortKey: string;
};

/**
 * The address that a place is written down with, out of what someone typed in any of the usual
 * spellings. `text` keeps the words of the official sign where the source gives them.
 * Refuses `address-empty`, and `door-without-parent` for a dwelling unit that hangs nowhere.
 */
export function address(
  kind: PlaceKind,
  raw: { [K in ElementName]?: string | undefined },
  parent: Pick<Place, "kind"> | null,
  text?: string,
): Result<NewAddress, "address-empty" | "door-without-parent" | "kind-below-itself"> {
  const elements = normaliseAll(raw);
  if (Object.keys(elements).length === 0) return refuse("address-empty");
  if (!mayHangBelow(kind, parent?.kind ?? null)) {
    return refuse(parent === null ? "door-without-parent" : "kind-below-itself");
  }
  return accept({
    elements,
    fullText: text?.trim() || fullText(elements),
    sortKey: sortKey(elements),
  });
}

type Ending = Pick<Place, "status" | "validFrom" | "validTo" | "replacedBy">;

/**
 * Ends a place on a day: the first day it no longer holds. Open matters and past visits keep
 * pointing to it. Refuses `place-ended`, and `date-before-start` when it would end before it began.
 */
export function end(
  place: Pick<Place, "status" | "validFrom">,
  how: "cancelled" | "merged" | "split",
  day: LocalDate,
  replacedBy: readonly Id[],
): Result<Ending, "place-ended" | "date-before-start" | "too-few-places"> {
  if (!isLiving(place.status)) return refuse("place-ended");
  if (day < place.validFrom) return refuse("date-before-start", { date: place.validFrom });
  if (how === "merged" && replacedBy.length !== 1) return refuse("too-few-places");
  if (how === "split" && replacedBy.length < 2) return refuse("too-few-places");
  return accept({
    status: how,
    validFrom: place.validFrom,
    validTo: day,
    replacedBy: [...replacedBy],
  });
}

/** An officer has stood before it. A second time changes nothing. */
export function confirm(place: Pick<Place, "status">): Result<"confirmed", "place-ended"> {
  return isLiving(place.status) ? accept("confirmed") : refuse("place-ended");
}

export type Duplicate = { readonly a: Id; readonly b: Id; readonly certain: boolean };

/**
 * Pairs that are, or may be, the same place twice. `certain`: one address in two spellings, in one
 * community and of one kind. Otherwise they differ only in what sources leave out as they please
 * (street of an estate, entrance, floor): for a person to look at, never merged by itself.
 */
export function duplicates(
  places: readonly (AddressElements & Pick<Place, "id" | "kind" | "communityId">)[],
): Duplicate[] {
  const found: Duplicate[] = [];
  const groups = new Map<string, (typeof places)[number][]>();
  for (const place of places) {
    const key = `${place.communityId ?? ""} ${place.kind} ${looseKey(place)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [place]);
    else group.push(place);
  }
  for (const group of groups.values()) {
    for (let i = 0; i < group.length; i++) {
      for (let j = i + 1; j < group.length; j++) {
        const a = group[i]!;
        const b = group[j]!;
        const certain = sortKey(a) === sortKey(b);
        if (certain || mayBeOne(a, b)) found.push({ a: a.id, b: b.id, certain });
      }
    }
  }
  return found;
}

const omitted = ["street", "doorNo", "entranceNo", "floorNo"] as const;

/** Each part that both sources give is the same: 1单元502 and 2单元502 are two homes. */
function mayBeOne(a: AddressElements, b: AddressElements): boolean {
  return omitted.every(
    (part) => a[part] === undefined || b[part] === undefined || a[part] === b[part],
  );
}
