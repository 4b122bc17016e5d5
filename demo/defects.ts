/**
 * The addresses of a city as a file from another system has them: the spellings and the defects of
 * domain.md §10.3, each with what an import has to make of it. For trying the import; the city itself
 * is loaded without them.
 */
import type { Place } from "@wanjia/domain/places/terms";
import { Chance } from "./chance.ts";
import type { City } from "./terms.ts";

export const DEFECTS = [
  "duplicate_alias",
  "demolished",
  "renumbered",
  "unit_missing",
  "wrong_community",
  "merged_community",
] as const;
export type Defect = (typeof DEFECTS)[number];

/** Shares of the doors. */
const RATES: Readonly<Record<Defect, number>> = {
  duplicate_alias: 0.012,
  demolished: 0.006,
  renumbered: 0.008,
  unit_missing: 0.02,
  wrong_community: 0.003,
  merged_community: 0.005,
};

export const ADDRESS_HEADER = [
  "社区代码",
  "类型",
  "街路巷",
  "门牌号",
  "小区",
  "幢",
  "单元",
  "层",
  "室",
  "单位名称",
  "曾用名",
  "用途",
] as const;

export interface AddressRow {
  readonly cells: readonly string[];
  readonly defect: Defect | null;
  /** The place that the row means. */
  readonly place: Place;
}

const KIND_WORDS: Partial<Record<Place["kind"], string>> = {
  dwelling_unit: "户室",
  rural_house: "农房",
  shop: "门店",
  organisation: "单位",
};

/** A code that was given up when its community was merged into another one. */
const GIVEN_UP = "990199999999";

/** One row for each door, in the order of the city; defective ones in the place of or beside theirs. */
export function* addressRows(city: City): Generator<AddressRow> {
  const chance = new Chance(`${city.seed}/defects`);
  const codes = new Map(city.communities.map(({ id, divisionCode }) => [id, divisionCode]));
  const all = city.communities.map(({ divisionCode }) => divisionCode);
  for (const place of city.places()) {
    const kind = KIND_WORDS[place.kind];
    if (kind === undefined) continue;
    const code = codes.get(place.communityId ?? "") ?? "";
    const row = (changes: Partial<Record<(typeof ADDRESS_HEADER)[number], string>>): string[] => {
      const usual: Record<(typeof ADDRESS_HEADER)[number], string> = {
        社区代码: code,
        类型: kind,
        街路巷: place.street ?? "",
        门牌号: place.doorNo === undefined ? "" : `${place.doorNo}号`,
        小区: place.estateName ?? "",
        幢: place.buildingNo ?? "",
        单元: place.entranceNo ?? "",
        层: place.floorNo ?? "",
        室: place.unitNo ?? "",
        单位名称: place.name ?? "",
        曾用名: "",
        用途: "",
      };
      return ADDRESS_HEADER.map((name) => changes[name] ?? usual[name]);
    };
    const draw = chance.unit();
    const defect = pick(draw, place);
    switch (defect) {
      case null:
        yield { cells: row({}), defect, place };
        break;
      case "duplicate_alias":
        yield { cells: row({}), defect: null, place };
        yield { cells: row(otherSpelling(place, chance)), defect, place };
        break;
      case "demolished":
        yield { cells: row({ 用途: "已拆除" }), defect, place };
        break;
      case "renumbered":
        yield {
          cells: row({ 曾用名: `${place.street ?? ""}${chance.whole(300, 400)}号` }),
          defect,
          place,
        };
        break;
      case "unit_missing":
        yield { cells: row({ 室: "" }), defect, place };
        break;
      case "wrong_community":
        yield { cells: row({ 社区代码: chance.pick(all) }), defect, place };
        break;
      case "merged_community":
        yield { cells: row({ 社区代码: GIVEN_UP }), defect, place };
        break;
    }
  }
}

function pick(draw: number, place: Place): Defect | null {
  let rest = draw;
  for (const defect of DEFECTS) {
    rest -= RATES[defect];
    if (rest >= 0) continue;
    return place.kind === "dwelling_unit" || defect !== "unit_missing" ? defect : null;
  }
  return null;
}

const NUMERALS = "〇一二三四五六七八九";

function inChinese(number: string): string {
  const value = Number(number);
  if (!Number.isInteger(value) || value > 99) return number;
  const [tens, ones] = [Math.floor(value / 10), value % 10];
  const head = tens === 0 ? "" : tens === 1 ? "十" : `${NUMERALS[tens]}十`;
  return head + (ones === 0 && tens > 0 ? "" : NUMERALS[ones]);
}

/** The same door as somebody else writes it. */
function otherSpelling(
  place: Place,
  chance: Chance,
): Partial<Record<(typeof ADDRESS_HEADER)[number], string>> {
  const wide = (text: string): string =>
    text.replaceAll(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
  const { buildingNo, entranceNo, unitNo, doorNo } = place;
  return {
    ...(buildingNo === undefined
      ? {}
      : { 幢: chance.pick([`${inChinese(buildingNo)}号楼`, `${wide(buildingNo)}栋`]) }),
    ...(entranceNo === undefined ? {} : { 单元: `${inChinese(entranceNo)}单元` }),
    ...(unitNo === undefined ? {} : { 室: `${wide(unitNo)}室` }),
    ...(doorNo === undefined ? {} : { 门牌号: wide(doorNo) }),
  };
}

/** The same as lines of a CSV file, the header first. */
export function* addressFile(city: City): Generator<string> {
  yield `\ufeff${line(ADDRESS_HEADER)}`;
  for (const { cells } of addressRows(city)) yield line(cells);
}

function line(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",")}\r\n`;
}
