import { fullText } from "./address.ts";
import { sortKey } from "./sort-key.ts";
import type { AddressElements, Place } from "./terms.ts";

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;

/** A flat in an ordinary estate of the fictional city; say only what matters to the test. */
export function aPlace(changes: Partial<Place> = {}): Place {
  const elements: AddressElements = {
    estateName: "翠湖苑",
    buildingNo: "3",
    entranceNo: "1",
    unitNo: "502",
  };
  return {
    ...elements,
    id: id(1),
    kind: "dwelling_unit",
    stationId: id(11),
    beatId: id(12),
    gridId: null,
    communityId: id(13),
    parentId: id(14),
    buildingId: id(15),
    stdCode: null,
    fullText: fullText(elements),
    sortKey: sortKey(elements),
    use: "residential",
    status: "confirmed",
    validFrom: "2026-01-01",
    validTo: null,
    replacedBy: [],
    attributes: {},
    ...changes,
  };
}
