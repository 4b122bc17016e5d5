/** Reading a file of addresses: what a row means. */
import { ancestors, fullText, guessKind, parseAddress } from "./address.ts";
import { IMPORT_FIELDS, type ImportField, type ImportMapping } from "./import-columns.ts";
import { accessWords, buildingTypeWords, kindWords, useWords } from "./import-words.ts";
import { impliedFloor, normalise } from "./normalise.ts";
import { partKey, sortKey } from "./sort-key.ts";
import type {
  AddressElements,
  BuildingType,
  PlaceAttributes,
  PlaceKind,
  PlaceUse,
} from "./terms.ts";
import { ACCESS_KINDS, BUILDING_TYPES, ELEMENT_ORDER, PLACE_KINDS, PLACE_USES } from "./terms.ts";
import type { Id } from "../shared/id.ts";
import { isLocalDate, type LocalDate } from "../shared/instant.ts";

/** The areas that the file's codes lead to. Beat and station follow from the nearest code given. */
export type Areas = {
  readonly stations: ReadonlyMap<string, { id: Id }>;
  readonly beats: ReadonlyMap<string, { id: Id; stationId: Id }>;
  readonly communities: ReadonlyMap<string, { id: Id; stationId: Id; beatId: Id | null }>;
  /** Names that two communities share lead nowhere. */
  readonly communityNames: ReadonlyMap<string, { id: Id; stationId: Id; beatId: Id | null }>;
  readonly grids: ReadonlyMap<
    string,
    { id: Id; communityId: Id; stationId: Id; beatId: Id | null }
  >;
};

export type ImportedPlace = {
  kind: PlaceKind;
  stationId: Id;
  beatId: Id | null;
  gridId: Id | null;
  communityId: Id | null;
  parentKind: PlaceKind | null;
  parentKey: string | null;
  buildingKind: PlaceKind | null;
  buildingKey: string | null;
  stdCode: string | null;
  elements: AddressElements;
  fullText: string;
  sortKey: string;
  use: PlaceUse | null;
  alias: string | null;
  validFrom: string | null;
  attributes: PlaceAttributes | null;
  /** Not a row of the file: told by the address of a place below it. */
  derived: boolean;
};

export type ImportProblemCode =
  | "address-empty"
  | "address-unreadable"
  | "area-missing"
  | "unknown-station"
  | "unknown-community"
  | "unknown-beat"
  | "unknown-grid"
  | "unknown-kind"
  | "unknown-use"
  | "bad-date"
  | "bad-point"
  | "point-on-dwelling"
  | "cell-too-long"
  | "id-number-in-cell"
  | "too-few-cells"
  | "bad-code"
  | "unknown-level"
  | "name-empty";

export type ImportProblem = { field: string; code: ImportProblemCode };

const MAX_CELL = 200;
/** Spellings of one column that are kept in mind; a few megabytes. */
const MEMO_SIZE = 20_000;

const ATTRIBUTE_FIELDS = [
  "buildingType",
  "access",
  "hasElevator",
  "accessibleEntrance",
  "lon",
  "lat",
] as const satisfies readonly ImportField[];

const yes = /^(?:1|是|有|y|yes|true|t)$/iu;
const no = /^(?:0|否|无|没有|n|no|false|f)$/iu;

/** The reader of one file: remembers spellings it has seen, because a file repeats them a thousandfold. */
export function rowReader(
  mapping: ImportMapping,
  areas: Areas,
  defaults: { stationId?: Id | undefined; beatId?: Id | undefined } = {},
): (cells: readonly string[]) => { places: ImportedPlace[]; problems: ImportProblem[] } {
  const remember = (work: (raw: string) => string): ((raw: string) => string) => {
    const known = new Map<string, string>();
    return (raw) => {
      let value = known.get(raw);
      if (value === undefined) {
        if (known.size >= MEMO_SIZE) known.clear();
        value = work(raw);
        known.set(raw, value);
      }
      return value;
    };
  };
  const keyOfPart = remember(partKey);
  // Only the columns that the file has: most files have a third of them.
  const present = IMPORT_FIELDS.flatMap((field) => {
    const index = mapping[field];
    return index === undefined ? [] : [{ field, index }];
  });
  const parts = ELEMENT_ORDER.flatMap((element) => {
    const index = mapping[element];
    return index === undefined
      ? []
      : [{ element, index, recall: remember((raw) => normalise(element, raw)) }];
  });
  const hasAttributes = ATTRIBUTE_FIELDS.some((field) => mapping[field] !== undefined);
  let lastAbove = "";

  return (cells) => {
    const problems: ImportProblem[] = [];
    const cell = (field: ImportField): string => {
      const index = mapping[field];
      if (index === undefined) return "";
      return (cells[index] ?? "").trim();
    };
    for (const { field, index } of present) {
      if ((cells[index]?.length ?? 0) > MAX_CELL) problems.push({ field, code: "cell-too-long" });
    }
    if (problems.length > 0) return { places: [], problems };

    let elements: AddressElements = {};
    for (const { element, index, recall } of parts) {
      const raw = (cells[index] ?? "").trim();
      if (raw === "") continue;
      const value = recall(raw);
      if (value !== "") elements[element] = value;
    }
    const text = cell("fullText");
    let community = cell("communityName");
    if (text !== "" && Object.keys(elements).every((element) => element === "name")) {
      const parsed = parseAddress(text);
      if (!parsed.ok || parsed.value.rest !== "") {
        problems.push({ field: "fullText", code: "address-unreadable" });
      } else {
        elements = { ...parsed.value.elements, ...elements };
        community ||= parsed.value.division.community ?? "";
      }
    }
    if (problems.length === 0 && Object.keys(elements).length === 0) {
      problems.push({ field: "fullText", code: "address-empty" });
    }
    if (
      elements.floorNo !== undefined &&
      elements.unitNo !== undefined &&
      impliedFloor(elements.unitNo) === elements.floorNo
    ) {
      delete elements.floorNo;
    }

    let kind = guessKind(elements);
    const kindText = cell("kind");
    if (kindText !== "") {
      const named = (PLACE_KINDS as readonly string[]).includes(kindText)
        ? (kindText as PlaceKind)
        : kindWords[kindText];
      if (named === undefined) problems.push({ field: "kind", code: "unknown-kind" });
      else kind = named;
    }
    let use: PlaceUse | null = null;
    const useText = cell("use");
    if (useText !== "") {
      const named = (PLACE_USES as readonly string[]).includes(useText)
        ? (useText as PlaceUse)
        : useWords[useText];
      if (named === undefined) problems.push({ field: "use", code: "unknown-use" });
      else use = named;
    }

    // The nearest area wins: grid, then beat, then community, then station, then what was chosen for the file.
    let stationId: Id | null = null;
    let beatId: Id | null = null;
    let communityId: Id | null = null;
    let gridId: Id | null = null;
    const stationCode = cell("stationCode");
    if (stationCode !== "") {
      const station = areas.stations.get(stationCode);
      if (station === undefined) problems.push({ field: "stationCode", code: "unknown-station" });
      else stationId = station.id;
    }
    const communityCode = cell("communityCode");
    if (communityCode !== "" || community !== "") {
      const found =
        communityCode === ""
          ? areas.communityNames.get(community)
          : areas.communities.get(communityCode);
      if (found !== undefined) ({ id: communityId, stationId, beatId } = found);
      else if (communityCode !== "" || cell("communityName") !== "") {
        problems.push({
          field: communityCode === "" ? "communityName" : "communityCode",
          code: "unknown-community",
        });
      }
    }
    const beatCode = cell("beatCode");
    if (beatCode !== "") {
      const beat = areas.beats.get(beatCode);
      if (beat === undefined) problems.push({ field: "beatCode", code: "unknown-beat" });
      else {
        beatId = beat.id;
        stationId = beat.stationId;
      }
    }
    const gridCode = cell("gridCode");
    if (gridCode !== "") {
      const grid = areas.grids.get(gridCode);
      if (grid === undefined) problems.push({ field: "gridCode", code: "unknown-grid" });
      else {
        gridId = grid.id;
        communityId ??= grid.communityId;
        stationId ??= grid.stationId;
        if (beatCode === "") beatId = grid.beatId ?? beatId;
      }
    }
    stationId ??= defaults.stationId ?? null;
    if (
      beatId === null &&
      defaults.beatId !== undefined &&
      stationId === (defaults.stationId ?? stationId)
    ) {
      beatId = defaults.beatId;
    }
    if (stationId === null && problems.length === 0)
      problems.push({ field: "communityCode", code: "area-missing" });

    const validFrom = dayOf(cell("validFrom"));
    if (validFrom === undefined) problems.push({ field: "validFrom", code: "bad-date" });
    const attributes = hasAttributes ? attributesOf(kind, cell, problems) : null;
    if (problems.length > 0 || stationId === null || validFrom === undefined) {
      return { places: [], problems };
    }

    const area = { stationId, beatId, gridId, communityId };
    const above = ancestors(kind, elements);
    const places: ImportedPlace[] = [];
    let parentKind: PlaceKind | null = null;
    let parentKey: string | null = null;
    let buildingKey: string | null = null;
    let buildingKind: PlaceKind | null = null;
    // Rows of one staircase follow one another: what is above them is written once.
    const keys = above.map((place) => sortKey(place.elements, keyOfPart));
    const signature = `${communityId} ${beatId} ${keys.join(" ")}`;
    const fresh = signature !== lastAbove;
    lastAbove = signature;
    for (const [i, place] of above.entries()) {
      const key = keys[i]!;
      if (place.kind === "building") {
        buildingKey = key;
        buildingKind = "building";
      }
      if (fresh) {
        places.push({
          kind: place.kind,
          ...area,
          gridId: null,
          parentKind,
          parentKey,
          buildingKind,
          buildingKey,
          stdCode: null,
          elements: place.elements,
          fullText: fullText(place.elements),
          sortKey: key,
          use: null,
          alias: null,
          validFrom: null,
          attributes: null,
          derived: true,
        });
      }
      parentKind = place.kind;
      parentKey = key;
    }
    const own = sortKey(elements, keyOfPart);
    if (buildingKey === null && kind !== "estate" && kind !== "compound") {
      buildingKey = own;
      buildingKind = kind;
    }
    const alias = cell("alias");
    places.push({
      kind,
      ...area,
      parentKind,
      parentKey,
      buildingKind,
      buildingKey,
      stdCode: cell("stdCode") || null,
      elements,
      fullText: text || fullText(elements),
      sortKey: own,
      use,
      alias: alias === "" ? null : alias,
      validFrom,
      attributes,
      derived: false,
    });
    return { places, problems };
  };
}

/** 2026年3月5日, 2026/3/5 and 2026.3.5 as a day; null where nothing stands, undefined where no day does. */
function dayOf(text: string): LocalDate | null | undefined {
  if (text === "") return null;
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/u.exec(text);
  const [, year = "", month = "", day = ""] = parts ?? [];
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isLocalDate(date) ? date : undefined;
}

function attributesOf(
  kind: PlaceKind,
  cell: (field: ImportField) => string,
  problems: ImportProblem[],
): PlaceAttributes | null {
  const attributes: PlaceAttributes = {};
  const type = cell("buildingType");
  if (type !== "") {
    const named = (BUILDING_TYPES as readonly string[]).includes(type)
      ? (type as BuildingType)
      : buildingTypeWords[type];
    attributes.buildingType = named ?? "other";
  }
  const access = cell("access");
  const entry = ACCESS_KINDS.find((one) => one === access) ?? accessWords[access];
  if (entry !== undefined) attributes.access = entry;
  for (const field of ["hasElevator", "accessibleEntrance"] as const) {
    const text = cell(field);
    if (yes.test(text)) attributes[field] = true;
    else if (no.test(text)) attributes[field] = false;
  }
  const lon = cell("lon");
  const lat = cell("lat");
  if (lon !== "" || lat !== "") {
    const crs = cell("crs").toLowerCase();
    const point = {
      lon: Number(lon),
      lat: Number(lat),
      crs:
        crs === "gcj02" || crs === "gcj-02"
          ? ("gcj02" as const)
          : crs === "wgs84" || crs === "wgs-84"
            ? ("wgs84" as const)
            : ("cgcs2000" as const),
    };
    if (kind === "dwelling_unit") problems.push({ field: "lon", code: "point-on-dwelling" });
    else if (
      lon === "" ||
      lat === "" ||
      !(Math.abs(point.lon) <= 180) ||
      !(Math.abs(point.lat) <= 90)
    ) {
      problems.push({ field: "lon", code: "bad-point" });
    } else attributes.point = point;
  }
  return Object.keys(attributes).length === 0 ? null : attributes;
}
