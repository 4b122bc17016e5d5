import type { Id } from "../shared/id.ts";

/**
 * Signs of a matter's number: no 0/O, 1 is kept and I and L left out, no U. 31 is a prime, so that
 * the check sign finds every single wrong sign and every two neighbours that changed places.
 */
const SIGNS = "123456789ABCDEFGHJKMNPQRSTVWXYZ";
const DATA_SIGNS = 7;
const SPACE = SIGNS.length ** DATA_SIGNS;

function checkSign(data: string): string {
  let sum = 0;
  for (const [index, sign] of data.split("").entries()) sum += (index + 2) * SIGNS.indexOf(sign);
  return SIGNS[sum % SIGNS.length] ?? "1";
}

/**
 * The eight signs under which a resident asks for a matter on the phone: seven out of the random
 * end of its id and a check sign. The phone knows it without a network and no counter is needed.
 *
 * 31^7 = 2.75e10 numbers: among a million matters about 18 pairs share one. A look-up answers with
 * both, told apart by date and place. It is a name, not a secret.
 */
export function matterNumber(id: Id): string {
  let rest = Number.parseInt(id.replaceAll("-", "").slice(-12), 16) % SPACE;
  let data = "";
  for (let i = 0; i < DATA_SIGNS; i += 1) {
    data = (SIGNS[rest % SIGNS.length] ?? "1") + data;
    rest = Math.floor(rest / SIGNS.length);
  }
  return data + checkSign(data);
}

/** `A7K2-9MXQ`: how it is printed and read aloud. */
export function printNumber(number: string): string {
  return `${number.slice(0, 4)}-${number.slice(4)}`;
}

/** A number as somebody typed or heard it; null when it can't be one. */
export function parseNumber(text: string): string | null {
  const signs = text
    .toUpperCase()
    .replaceAll(/[\s\-–—]/g, "")
    .replaceAll(/[IL]/g, "1")
    .replaceAll("U", "V");
  if (signs.length !== DATA_SIGNS + 1) return null;
  if (signs.split("").some((sign) => !SIGNS.includes(sign))) return null;
  return checkSign(signs.slice(0, DATA_SIGNS)) === signs[DATA_SIGNS] ? signs : null;
}
