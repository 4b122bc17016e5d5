/**
 * One normal form for the many ways of writing the same number on a door
 * (normalise-examples.ts lists them; the rule is for matching and sorting, not for correcting
 * what an official sign says: the full text keeps the source's own words).
 */
import type { AddressElements, ElementName } from "./terms.ts";
import { ELEMENT_ORDER } from "./terms.ts";

const digitOf: Record<string, number> = {
  〇: 0,
  零: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const unitOf: Record<string, number> = { 十: 10, 百: 100, 千: 1000 };
const numeralRun = /[〇零一二两三四五六七八九十百千廿卅]+/gu;

/** Reads a Chinese numeral: counted (二十三, 一百零二, 廿三) or spelt digit by digit (五〇二). */
export function readNumeral(text: string): number {
  const spelt = text.replaceAll("廿", "二十").replaceAll("卅", "三十");
  if (!/[十百千]/u.test(spelt)) {
    let value = 0;
    for (const sign of spelt) value = value * 10 + (digitOf[sign] ?? 0);
    return value;
  }
  let total = 0;
  let pending = 0;
  let lastUnit = 0;
  for (const sign of spelt) {
    const unit = unitOf[sign];
    if (unit === undefined) {
      pending = digitOf[sign] ?? 0;
      // 一百零二: the zero says that the next digit counts ones.
      if (pending === 0) lastUnit = 10;
    } else {
      // 十二 has no digit before its unit: it means one ten.
      total += (pending || (unit === 10 ? 1 : 0)) * unit;
      pending = 0;
      lastUnit = unit;
    }
  }
  // 一百二 is said for 120, but only where the digit follows 百 or 千 directly.
  return total + (lastUnit > 10 ? pending * (lastUnit / 10) : pending);
}

const mezzanine = "夹";

/** Half-width letters and digits, one kind of dash, capital Latin, single spaces. */
export function clean(text: string): string {
  return text
    .normalize("NFKC")
    .replaceAll(/[\u200b-\u200f\u2060\ufeff]/gu, "")
    .replaceAll(/[‐‑‒–—―−─━﹣]/gu, "-")
    .replaceAll(/\s+/gu, " ")
    .trim()
    .toUpperCase();
}

const plain = /^\d{1,6}$/;

/** Words that only say what the number counts, longest first so that 号楼 is not read as 号. */
const countWords = {
  doorNo: /门牌|号院|号|#/gu,
  buildingNo: /号楼|#楼|楼栋|大楼|幢|栋|座|楼|号|#/gu,
  entranceNo: /单元|门洞|梯|门|#/gu,
  floorNo: /楼层|层|楼|F$|^F(?=\d)/gu,
  unitNo: /户室|室|户|房间|房|号|铺|#/gu,
} as const;

function normaliseNumber(raw: string, counted: RegExp): string {
  if (plain.test(raw)) return String(Number(raw));
  let text = clean(raw).replaceAll(" ", "");
  if (plain.test(text)) return String(Number(text));
  text = text
    .replace(/^第/u, "")
    .replaceAll(/[、,;/&]|[与及和]/gu, ",")
    .replaceAll(/至|~/gu, "~")
    .replaceAll(numeralRun, (run) => String(readNumeral(run)))
    .replaceAll(counted, "")
    .replaceAll(/之|附|副/gu, "-")
    .replace(/^(?:负|地下)/u, "-")
    .replaceAll(/-{2,}/gu, "-")
    .replace(/[-,~]+$/u, "")
    .replaceAll(/(?<!\d)0+(?=\d)/gu, "");
  // 101-103 names three rooms of one shop; 502-1 is one room beside 502.
  const range = /^(\d{2,})[-~](\d{2,})$/u.exec(text);
  if (range && range[1]!.length === range[2]!.length && Number(range[1]) < Number(range[2])) {
    return `${range[1]}~${range[2]}`;
  }
  return text;
}

function normaliseFloor(raw: string): string {
  const text = clean(raw).replaceAll(" ", "");
  if (/^(?:夹层|M|MF|LM)$/u.test(text)) return `1${mezzanine}`;
  if (/^(?:底层|首层|一楼|G|GF)$/u.test(text)) return "1";
  if (/^地下(?:室|层)?$/u.test(text)) return "-1";
  const half = /^(.+?)(?:层|楼)?夹层$/u.exec(text);
  if (half) return normaliseNumber(half[1]!, countWords.floorNo) + mezzanine;
  const basement = /^(?:地下|负|-|B)(.+?)(?:楼层|层|楼|F)?$/u.exec(text);
  if (basement) return `-${normaliseNumber(basement[1]!, countWords.floorNo).replace(/^-/u, "")}`;
  return normaliseNumber(text, countWords.floorNo);
}

/** Numerals inside a name are part of the name (五一路), except before a word that counts. */
function normaliseName(raw: string): string {
  return clean(raw)
    .replace(/^["'“”‘’]+|["'“”‘’]+$/gu, "")
    .replaceAll(
      /第?([〇零一二两三四五六七八九十百廿卅]+|\d+)(期|区|组|队|号院|弄)/gu,
      (_, n: string, word: string) =>
        /^\d/.test(n) ? `${Number(n)}${word}` : `${readNumeral(n)}${word}`,
    )
    .replace(/(?:村民小组|生产队|村民组)$/u, "组");
}

function normaliseStreet(raw: string): string {
  return normaliseName(
    clean(raw).replace(/(\d|[〇零一二两三四五六七八九十百])(?:村民小组|村民组|生产队)$/u, "$1组"),
  );
}

/** The normal form of one part of an address; an empty string when nothing is left. */
export function normalise(element: ElementName, raw: string): string {
  switch (element) {
    case "street":
      return normaliseStreet(raw);
    case "estateName":
    case "name":
      return normaliseName(raw);
    case "floorNo":
      return normaliseFloor(raw);
    case "doorNo":
    case "buildingNo":
    case "entranceNo":
    case "unitNo":
      return normaliseNumber(raw, countWords[element]);
  }
}

/** All parts in their normal form, empty ones left out. */
export function normaliseAll(raw: { [K in ElementName]?: string | undefined }): AddressElements {
  const elements: AddressElements = {};
  for (const element of ELEMENT_ORDER) {
    const text = raw[element];
    if (text === undefined || text === "") continue;
    const value = normalise(element, text);
    if (value !== "") elements[element] = value;
  }
  return elements;
}

/**
 * The floor that a room number gives away: 502 is on 5, 1203 on 12, -101 on -1.
 * Nothing for numbers that do not follow that custom.
 */
export function impliedFloor(unitNo: string): string | undefined {
  const digits = /^(-?)(\d{3,4})(?!\d)/.exec(unitNo);
  if (!digits) return undefined;
  const floor = Number(digits[2]!.slice(0, -2));
  return floor === 0 ? undefined : `${digits[1]}${floor}`;
}

/** The floor a door stands on: as told, or as its number tells. */
export function floorOf(elements: AddressElements): string | undefined {
  return (
    elements.floorNo ?? (elements.unitNo === undefined ? undefined : impliedFloor(elements.unitNo))
  );
}
