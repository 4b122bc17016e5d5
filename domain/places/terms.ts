/**
 * The words of the address register. A place is a place: no row here names, counts or describes
 * the people who live or work there (domain/places/README.md).
 */

export const PLACE_KINDS = [
  "estate",
  "compound",
  "building",
  "entrance",
  "floor",
  "dwelling_unit",
  "shop",
  "site",
  "rural_house",
  "organisation",
] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

/** A door: a place that an officer can visit. The other kinds only hold doors together. */
export const VISITABLE_KINDS = [
  "dwelling_unit",
  "rural_house",
  "shop",
  "organisation",
  "site",
] as const satisfies readonly PlaceKind[];
export type VisitableKind = (typeof VISITABLE_KINDS)[number];

export const PLACE_USES = [
  "residential",
  "commercial",
  "mixed",
  "public",
  "under_construction",
  "demolished",
] as const;
export type PlaceUse = (typeof PLACE_USES)[number];

/**
 * `created`: in the register, nobody has stood before it yet. `confirmed`: an officer has.
 * `merged`, `split`, `cancelled`: ended; the row stays for the records that point to it.
 */
export const PLACE_STATUSES = ["created", "confirmed", "merged", "split", "cancelled"] as const;
export type PlaceStatus = (typeof PLACE_STATUSES)[number];
export const LIVING_STATUSES = ["created", "confirmed"] as const satisfies readonly PlaceStatus[];

export const BUILDING_TYPES = [
  "high_rise",
  "walk_up",
  "urban_village",
  "rural_detached",
  "dormitory",
  "mixed_use",
  "other",
] as const;
export type BuildingType = (typeof BUILDING_TYPES)[number];

export const ACCESS_KINDS = ["open", "intercom", "access_card", "guard"] as const;
export type AccessKind = (typeof ACCESS_KINDS)[number];

/**
 * The parts of an address below the community, each in its normal form (rules.ts, `normalise`):
 * `3幢`, `三号楼` and `３栋` are all building `3`. An absent part is an absent key.
 * In the country `street` holds the villagers' group (`3组`) and `doorNo` the house number.
 */
export type AddressElements = {
  street?: string;
  doorNo?: string;
  estateName?: string;
  buildingNo?: string;
  entranceNo?: string;
  floorNo?: string;
  unitNo?: string;
  /** What the board over the door says: a shop, an organisation, a site. Never a person. */
  name?: string;
};

/** From the outside in: the order of a full address and of the sort key. */
export const ELEMENT_ORDER = [
  "street",
  "doorNo",
  "estateName",
  "buildingNo",
  "entranceNo",
  "floorNo",
  "unitNo",
  "name",
] as const satisfies readonly (keyof AddressElements)[];
export type ElementName = (typeof ELEMENT_ORDER)[number];

/** What may be said of a building, so that a round can be planned. Nothing about people. */
export type PlaceAttributes = {
  buildingType?: BuildingType;
  access?: AccessKind;
  hasElevator?: boolean;
  accessibleEntrance?: boolean;
  /** Building-level point only, with its reference system; never for a dwelling unit. */
  point?: { lon: number; lat: number; crs: "cgcs2000" | "gcj02" | "wgs84" };
};

export type Place = AddressElements & {
  id: string;
  kind: PlaceKind;
  stationId: string | null;
  beatId: string | null;
  gridId: string | null;
  communityId: string | null;
  parentId: string | null;
  /** The building above it; a house, shop or site outside any building is its own. */
  buildingId: string | null;
  /** The code of the civil-affairs register: opaque, never taken apart. */
  stdCode: string | null;
  fullText: string;
  sortKey: string;
  use: PlaceUse | null;
  status: PlaceStatus;
  /** First day it is valid, local date. */
  validFrom: string;
  /** First day it is no longer valid. */
  validTo: string | null;
  replacedBy: string[];
  attributes: PlaceAttributes;
};

export const ALIAS_KINDS = ["old_name", "colloquial", "old_plate", "imported"] as const;
export type AliasKind = (typeof ALIAS_KINDS)[number];

export const DIVISION_LEVELS = ["province", "city", "county", "township", "community"] as const;
export type DivisionLevel = (typeof DIVISION_LEVELS)[number];

export const URBAN_RURAL_CLASSES = ["111", "112", "121", "122", "123", "210", "220"] as const;
export type UrbanRuralClass = (typeof URBAN_RURAL_CLASSES)[number];

/**
 * One row of a division list. Codes die and merge, so each row has its dates and its successors,
 * and the level is what the list says: the seventh digit of a township code tells nothing
 * (of the 22 township units of one real district, 16 would be misread by it).
 */
export type Division = {
  code: string;
  name: string;
  level: DivisionLevel;
  parentCode: string | null;
  urbanRuralClass?: UrbanRuralClass;
  validFrom: string;
  validTo: string | null;
  successors: string[];
};

export type PlaceRefusal =
  | "place-ended"
  | "place-not-found"
  | "address-empty"
  | "address-duplicate"
  | "address-unreadable"
  | "kind-below-itself"
  | "door-without-parent"
  | "point-on-dwelling"
  | "date-before-start"
  | "too-few-places"
  | "plate-malformed"
  | "plate-check-failed"
  | "division-code-malformed"
  | "division-cycle";
