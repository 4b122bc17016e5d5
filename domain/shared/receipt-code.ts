/**
 * The code by which somebody who left no name asks what became of his words: thirty random digits
 * (10^30, more than 96 bits) in six groups of five, each with a check digit, so that it can be
 * copied by hand, read out on the phone, and told which group is wrong. Digits, because everyone can
 * write them. Whoever has the code may ask; so it is kept nowhere but with its owner.
 */
import { accept, refuse, type Result } from "./result.ts";

export const RECEIPT_GROUPS = 6;
const GROUP_DIGITS = 5;
/** Bytes of chance that one code takes. */
export const RECEIPT_RANDOM_BYTES = 4 * RECEIPT_GROUPS;

/** Damm's quasigroup of order 10: finds every wrong digit and every two neighbours that changed places. */
const TABLE = [
  "0317598642",
  "7092154863",
  "4206871359",
  "1750983426",
  "6123045978",
  "3674209581",
  "5869720134",
  "8945362017",
  "9438617205",
  "2581436790",
] as const;

/** Each place starts from a digit of its own, so that two groups that changed places are found too. */
function checkDigit(group: string, place: number): string {
  let state = place + 1;
  for (const digit of group) state = Number(TABLE[state]?.[Number(digit)]);
  return String(state);
}

/** A new code, without spaces. Two in 100,000 off an even chance: 2^32 is no multiple of 10^5. */
export function receiptCode(random: Uint8Array): string {
  if (random.length !== RECEIPT_RANDOM_BYTES) {
    throw new RangeError(`a receipt takes ${RECEIPT_RANDOM_BYTES} random bytes`);
  }
  let code = "";
  for (let place = 0; place < RECEIPT_GROUPS; place += 1) {
    const bytes = random.subarray(4 * place, 4 * place + 4);
    const value = bytes.reduce((sum, byte) => sum * 256 + byte, 0) % 10 ** GROUP_DIGITS;
    const group = String(value).padStart(GROUP_DIGITS, "0");
    code += group + checkDigit(group, place);
  }
  return code;
}

/** `123455 678901 …`: how it is shown and read aloud. */
export function printedReceiptCode(code: string): string {
  return code.replaceAll(new RegExp(`(.{${GROUP_DIGITS + 1}})(?=.)`, "g"), "$1 ");
}

/**
 * A code as somebody typed it. Refuses `receipt-malformed` (not 36 digits) and `receipt-misread`
 * with the number of the first group that can't be right.
 */
export function readReceiptCode(
  text: string,
): Result<string, "receipt-malformed" | "receipt-misread"> {
  const code = text
    .replaceAll(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replaceAll(/[\s.·,，、\-–—]/g, "");
  const size = GROUP_DIGITS + 1;
  if (!/^\d+$/.test(code) || code.length !== RECEIPT_GROUPS * size) {
    return refuse("receipt-malformed");
  }
  for (let place = 0; place < RECEIPT_GROUPS; place += 1) {
    const group = code.slice(place * size, (place + 1) * size);
    if (checkDigit(group.slice(0, -1), place) !== group.slice(-1)) {
      return refuse("receipt-misread", { group: place + 1 });
    }
  }
  return accept(code);
}
