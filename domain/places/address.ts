/** From one line of text to the parts of an address, and back. */
import { clean, floorOf, impliedFloor, normaliseAll } from "./normalise.ts";
import type { AddressElements, PlaceKind } from "./terms.ts";
import type { Result } from "../shared/result.ts";
import { accept, refuse } from "../shared/result.ts";

export type ParsedAddress = {
  /** Names of the divisions the text began with, as far as it named them. */
  division: {
    province?: string;
    city?: string;
    county?: string;
    township?: string;
    community?: string;
  };
  elements: AddressElements;
  /** What was left over and understood by no rule. */
  rest: string;
};

const atom =
  "(?:\\d+|[〇零一二两三四五六七八九十百廿卅]+|[甲乙丙丁戊己庚辛壬癸]|(?<![A-Z])[A-Z]{1,2}(?![A-Z]))";
const number = `第?${atom}{1,3}(?:[-之附]${atom})*`;
/** 号 that counts a door, not the 号 of 号楼; 号院 is the yard behind that door. */
const doorWord = "(?:号院(?!士)|号(?!楼)(?:[之附-]" + atom + "号?)?|弄)";

const patterns = {
  province: /^[^\d ]{2,8}?(?:自治区|特别行政区|省)/u,
  city: /^[^\d ]{2,7}?市/u,
  county:
    /^(?:[^\d 路街巷村]{1,6}?(?:自治县|县|旗)|[^\d 路街巷村]{1,6}?(?<!小|开发|园|社|校|厂|片|园|景|山|矿|库|功能|保税|度假|工业|新)区(?!\d)|[^\d 路街巷村]{1,5}?市(?!场))/u,
  township: /^[^\d ]{1,10}?(?:街道|镇(?![一-龥]{0,3}(?:路|街|巷))|乡(?![一-龥]{0,3}(?:路|街|巷)))/u,
  community:
    /^[^\d ]{1,12}?(?:社区居委会|社区|居民委员会|居委会|村民委员会|村委会|(?<!新|[一二三四五六七八九十])村(?![一-龥]{0,3}(?:路|街|巷|苑|花园|公寓|小区)))/u,
  group: new RegExp(`^(${number})(村民小组|村民组|生产队|组|队)`, "u"),
  street: new RegExp(
    `^((?:[^\\d ]|\\d(?!号|弄|幢|栋|座)){0,20}?(?:大道|公路|胡同|路|街|巷|道|里|坊|弄|线)(?:[东西南北中]?(?:[一二三四五六七八九十]{1,2}|\\d{1,2})?(?:路|段|街|巷|支路|支弄))?) ?(${number})(${doorWord})`,
    "u",
  ),
  door: new RegExp(`^(${number}${doorWord})`, "u"),
  estateBuilding: new RegExp(
    `^(.*?) ?(${number})(?:号楼|#楼|幢|栋|座|楼栋)(?:([之附]${atom})-?)?`,
    "u",
  ),
  estateDashes:
    /^([^\d]*?) ?(\d{1,3}[A-Z]?)(?: ?- ?|# ?-? ?)(?:(\d{1,2}) ?- ?)?(\d{3,4}[A-Z]?) ?(?:室|号|户)?$/u,
  entrance: new RegExp(`^(${number})(?:单元|门洞|门|梯)`, "u"),
  floor: new RegExp(
    `^((?:第|地下|负|-|B)?${atom}(?:层|楼|F)(?:夹层)?|夹层|底层|首层|地下室|B\\d)(?!\\d*号楼)-?`,
    "u",
  ),
  unit: new RegExp(
    `^(-?${number}(?:[、,~/与及和-]${number})*)(?:户室|室|房间|房|号|户|铺)?(?:[之附-]${atom})?$`,
    "u",
  ),
} as const;

const divisionOrder = ["province", "city", "county", "township", "community"] as const;

/**
 * Reads a full address. Each step takes what it knows from the front, in the order in which
 * addresses are written; what remains at the end is handed back as `rest` for a person to see.
 * Refuses `address-empty`, and `address-unreadable` when nothing at all was understood.
 */
export function parseAddress(
  text: string,
): Result<ParsedAddress, "address-empty" | "address-unreadable"> {
  let rest = clean(text).replaceAll(/[()]/gu, " ").replaceAll(/\s+/gu, " ").trim();
  if (rest === "") return refuse("address-empty");
  const division: ParsedAddress["division"] = {};
  const raw: { [K in keyof AddressElements]: string } = {};

  const take = (pattern: RegExp): RegExpExecArray | null => {
    const match = pattern.exec(rest);
    if (match) rest = rest.slice(match[0].length).replace(/^[ ,，]+/u, "");
    return match;
  };

  for (const level of divisionOrder) {
    const match = take(patterns[level]);
    if (match) division[level] = match[0];
  }
  const group = take(patterns.group);
  if (group) raw.street = `${group[1]}${group[2] === "队" ? "队" : "组"}`;

  const street = group ? null : take(patterns.street);
  if (street) {
    raw.street = street[1]!;
    raw.doorNo = street[2]! + street[3]!;
  } else {
    const door = division.community !== undefined || group ? take(patterns.door) : null;
    if (door) raw.doorNo = door[1]!;
  }
  if (raw.doorNo?.endsWith("弄")) {
    // Shanghai style: the lane is the door of the street, the number in it a building.
    const building = take(patterns.door);
    if (building) raw.buildingNo = building[1]!;
  }

  const dashes = raw.buildingNo === undefined ? take(patterns.estateDashes) : null;
  if (dashes) {
    if (dashes[1]) raw.estateName = dashes[1];
    raw.buildingNo = dashes[2]!;
    if (dashes[3]) raw.entranceNo = dashes[3];
    raw.unitNo = dashes[4]!;
  } else {
    const building = take(patterns.estateBuilding);
    if (building) {
      if (building[1]) raw.estateName = building[1];
      raw.buildingNo = building[2]! + (building[3] ?? "");
    }
    const entrance = take(patterns.entrance);
    if (entrance) raw.entranceNo = entrance[1]!;
    const floor = take(patterns.floor);
    if (floor) raw.floorNo = floor[1]!;
    const unit = take(patterns.unit);
    if (unit) raw.unitNo = unit[0];
    if (rest !== "" && !building && !unit) {
      // A name alone, perhaps with a room behind it: 翠湖公寓502室.
      const named = new RegExp(`^([^\\d]{2,20}?)(?:(${number})(?:户室|室|房))?$`, "u").exec(rest);
      if (named && /\p{L}/u.test(named[1]!)) {
        raw.estateName = named[1]!.trim();
        if (named[2]) raw.unitNo = named[2];
        rest = "";
      }
    }
  }
  const elements = normaliseAll(raw);
  if (elements.floorNo !== undefined && elements.unitNo !== undefined) {
    if (impliedFloor(elements.unitNo) === elements.floorNo) delete elements.floorNo;
  }
  if (Object.keys(elements).length === 0)
    return refuse("address-unreadable", { text: text.slice(0, 80) });
  return accept({ division, elements, rest });
}

function floorText(floorNo: string): string {
  if (floorNo === "1夹") return "夹层";
  if (floorNo.endsWith("夹")) return `${floorNo.slice(0, -1)}层夹层`;
  return floorNo.startsWith("-") ? `地下${floorNo.slice(1)}层` : `${floorNo}层`;
}

const countable = /^-?[\dA-Z甲乙丙丁戊己庚辛壬癸~,-]+$/u;

/** A count word only behind something that can be counted: `3幢`, but never `东楼幢`. */
function counted(part: string, word: string): string {
  return countable.test(part) ? part + word : part;
}

/** The address in the order and words of a sign: 翠湖路8号翠湖苑3幢1单元502室. */
export function fullText(elements: AddressElements): string {
  const { street, doorNo, estateName, buildingNo, entranceNo, floorNo, unitNo, name } = elements;
  let text = street ?? "";
  if (doorNo !== undefined) text += counted(doorNo, "号");
  text += estateName ?? "";
  if (buildingNo !== undefined) text += counted(buildingNo, "幢");
  if (entranceNo !== undefined) text += counted(entranceNo, "单元");
  if (floorNo !== undefined && (unitNo === undefined || impliedFloor(unitNo) !== floorNo)) {
    text += floorText(floorNo);
  }
  if (unitNo !== undefined) text += counted(unitNo, "室");
  return text + (name ?? "");
}

/** What to write on one place under a heading that already names its parent. */
export function placeLabel(kind: PlaceKind, elements: AddressElements): string {
  switch (kind) {
    case "estate":
    case "compound":
      return elements.estateName ?? fullText(elements);
    case "building":
      return elements.buildingNo === undefined
        ? fullText(elements)
        : (elements.estateName ?? "") + counted(elements.buildingNo, "幢");
    case "entrance":
      return counted(elements.entranceNo ?? "", "单元");
    case "floor":
      return floorText(floorOf(elements) ?? "");
    case "dwelling_unit":
      return elements.unitNo ?? fullText(elements);
    case "rural_house":
      return fullText(elements);
    case "shop":
    case "site":
    case "organisation":
      return elements.name ?? elements.unitNo ?? fullText(elements);
  }
}

/** The kind that an address has when its source does not tell. */
export function guessKind(elements: AddressElements): PlaceKind {
  if (elements.name !== undefined) return "shop";
  if (elements.unitNo !== undefined) return "dwelling_unit";
  if (elements.floorNo !== undefined) return "floor";
  if (elements.entranceNo !== undefined) return "entrance";
  if (elements.buildingNo !== undefined) return "building";
  if (elements.estateName !== undefined) return "estate";
  return "rural_house";
}

/**
 * The places above an address, outermost first, as far as the address names them.
 * Floors are no rows of the register unless someone adds one: a door knows its floor.
 */
export function ancestors(
  kind: PlaceKind,
  elements: AddressElements,
): { kind: "estate" | "building" | "entrance"; elements: AddressElements }[] {
  const { street, doorNo, estateName, buildingNo, entranceNo } = elements;
  const above: { kind: "estate" | "building" | "entrance"; elements: AddressElements }[] = [];
  const base: AddressElements = {};
  if (street !== undefined) base.street = street;
  if (doorNo !== undefined) base.doorNo = doorNo;
  if (kind === "estate" || kind === "compound" || kind === "rural_house") return above;
  if (estateName !== undefined) {
    base.estateName = estateName;
    if (kind !== "building" || buildingNo !== undefined)
      above.push({ kind: "estate", elements: { ...base } });
  }
  if (kind === "building") return above;
  // A room without a building number stands in the house that the door number or the name tells.
  if (buildingNo !== undefined) above.push({ kind: "building", elements: { ...base, buildingNo } });
  else if (elements.unitNo !== undefined || kind === "floor" || kind === "entrance") {
    above.pop();
    above.push({ kind: "building", elements: { ...base } });
  }
  if (kind === "entrance") return above;
  if (entranceNo !== undefined) {
    above.push({
      kind: "entrance",
      elements: { ...base, ...(buildingNo === undefined ? {} : { buildingNo }), entranceNo },
    });
  }
  return above;
}
