/**
 * A stored string that sorts bytewise (collation "C", or plain `<` in JavaScript) the way a person
 * reads a street: 2 before 10, 甲 before 乙, the basement below the ground floor, 12 before 12-1
 * before 12甲 before 13, a building before its doors.
 *
 * Each part is a row of runs, each run begins with a class sign in the order wanted:
 * `-` sub-number, `0` below ground, `1` number, `2` heavenly stem, `3` Latin, `4` other text.
 * Numbers carry their length first, so no padding and no limit that a door could reach.
 */
import { floorOf } from "./normalise.ts";
import type { AddressElements } from "./terms.ts";
import { ELEMENT_ORDER } from "./terms.ts";

const stems = "甲乙丙丁戊己庚辛壬癸";
const runs =
  /^-\d+|\d+|[甲乙丙丁戊己庚辛壬癸](?![\p{Script=Han}])|[A-Z]+|[-~,]|[^-~,0-9A-Z甲乙丙丁戊己庚辛壬癸]+|./gu;
/** Between the parts of an address; below every class sign, so that a parent sorts first. */
const between = "!";

function lengthSign(length: number): string {
  return String.fromCharCode(48 + Math.min(length, 60));
}

function runKey(run: string): string {
  if (/^\d/.test(run)) {
    const digits = run.replace(/^0+(?=\d)/, "");
    return `1${lengthSign(digits.length)}${digits}`;
  }
  if (/^-\d/.test(run)) {
    // -2 before -1: every digit, and the length, turned round.
    const digits = run.slice(1).replace(/^0+(?=\d)/, "");
    const turned = digits.replaceAll(/\d/g, (digit) => String(9 - Number(digit)));
    return `0${String.fromCharCode(108 - Math.min(digits.length, 60))}${turned}`;
  }
  if (run === "-" || run === "~" || run === ",") return run === "-" ? "-" : ".";
  const stem = stems.indexOf(run);
  if (stem >= 0) return `2${stem}`;
  if (/^[A-Z]/.test(run)) return `3${run}`;
  return `4${run.replaceAll(between, "")}`;
}

/** Sort key of one part in its normal form. */
export function partKey(part: string): string {
  // Nearly all parts of a big import are plain numbers.
  if (/^[1-9]\d*$/.test(part)) return `1${lengthSign(part.length)}${part}`;
  let key = "";
  for (const run of part.matchAll(runs)) key += runKey(run[0]);
  return key;
}

/**
 * Sort key of a whole address. Two spellings of one address have one key.
 * `keyOfPart`: a `partKey` that remembers, for whoever makes millions.
 */
export function sortKey(
  elements: AddressElements,
  keyOfPart: (part: string) => string = partKey,
): string {
  let key = "";
  let waiting = "";
  for (const element of ELEMENT_ORDER) {
    const part = element === "floorNo" ? floorOf(elements) : elements[element];
    if (part !== undefined && part !== "") {
      key += waiting + keyOfPart(part);
      waiting = "";
    }
    waiting += between;
  }
  return key;
}

/**
 * The key that two rows share when they *may* be one place: without street, entrance and floor,
 * which sources leave out as they please. A candidate for a person to look at, never a merge.
 */
export function looseKey(elements: AddressElements): string {
  const { entranceNo: _entrance, floorNo: _floor, ...rest } = elements;
  if (rest.estateName !== undefined) {
    delete rest.street;
    delete rest.doorNo;
  }
  const floor =
    rest.unitNo === undefined || /^-?\d{3,4}/.test(rest.unitNo) ? undefined : elements.floorNo;
  return sortKey(floor === undefined ? rest : { ...rest, floorNo: floor });
}
