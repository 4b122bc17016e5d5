/**
 * The code on a door plate: 128 opaque bits and four check characters, `<26 signs>.<4 signs>`,
 * in Crockford's base 32 (no I, L, O, U; read back in either case, with 0/O and 1/I/L confused).
 * It holds no address, no name and no coordinates; what it opens is looked up.
 *
 * The check is a Reed-Solomon code over GF(32), 26 data and 4 check signs of at most 31: any
 * change of up to four signs is found, so every single wrong sign and every exchange of
 * neighbours is, also inside the check and across the dot.
 */
import type { Result } from "../shared/result.ts";
import { accept, refuse } from "../shared/result.ts";

export const plateAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
export const plateIdSigns = 26;
export const plateCheckSigns = 4;

const exponent: number[] = [];
const logarithm: number[] = Array.from({ length: 32 }, () => 0);
for (let power = 0, value = 1; power < 31; power++) {
  exponent.push(value);
  logarithm[value] = power;
  value <<= 1;
  // x^5 + x^2 + 1 is primitive over GF(2).
  if (value & 32) value ^= 0b100101;
}

function times(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : exponent[(logarithm[a]! + logarithm[b]!) % 31]!;
}

/** (x - a)(x - a²)(x - a³)(x - a⁴), highest power first. */
const generator = [1, 2, 3, 4].reduce<number[]>(
  (polynomial, root) => {
    const next = [...polynomial, 0];
    for (let i = 0; i < polynomial.length; i++) {
      next[i + 1] = next[i + 1]! ^ times(polynomial[i]!, exponent[root]!);
    }
    return next;
  },
  [1],
);

function checkSigns(id: string): string {
  const remainder = Array.from(id, (sign) => plateAlphabet.indexOf(sign));
  for (let i = 0; i < plateCheckSigns; i++) remainder.push(0);
  for (let i = 0; i < plateIdSigns; i++) {
    const factor = remainder[i]!;
    if (factor === 0) continue;
    for (let j = 0; j < generator.length; j++) {
      remainder[i + j] = remainder[i + j]! ^ times(generator[j]!, factor);
    }
  }
  return remainder
    .slice(plateIdSigns)
    .map((value) => plateAlphabet[value]!)
    .join("");
}

/** A new plate code from 16 random bytes. */
export function plateCode(random: Uint8Array): string {
  if (random.length !== 16) throw new RangeError("a plate code is made of 16 random bytes");
  let value = 0n;
  for (const byte of random) value = (value << 8n) | BigInt(byte);
  let id = "";
  for (let i = 0; i < plateIdSigns; i++) {
    id = plateAlphabet[Number(value & 31n)]! + id;
    value >>= 5n;
  }
  return `${id}.${checkSigns(id)}`;
}

/** The 16 bytes that a code was made of; the code is one that `readPlateCode` gave. */
export function plateBytes(code: string): Uint8Array {
  let value = 0n;
  for (const sign of code.slice(0, plateIdSigns)) {
    value = (value << 5n) | BigInt(plateAlphabet.indexOf(sign));
  }
  const bytes = new Uint8Array(16);
  for (let i = bytes.length - 1; i >= 0; i--) {
    bytes[i] = Number(value & 0xffn);
    value >>= 8n;
  }
  return bytes;
}

/**
 * The code as it is stored, out of what someone typed or scanned.
 * Refuses `plate-malformed` (not 30 signs of the alphabet) and `plate-check-failed` (misread).
 */
export function readPlateCode(
  text: string,
): Result<string, "plate-malformed" | "plate-check-failed"> {
  const signs = text
    .trim()
    .toUpperCase()
    .replaceAll(/[.\s-]/g, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/g, "1");
  if (signs.length !== plateIdSigns + plateCheckSigns) return refuse("plate-malformed");
  for (const sign of signs) if (!plateAlphabet.includes(sign)) return refuse("plate-malformed");
  const id = signs.slice(0, plateIdSigns);
  // 26 signs hold 130 bits: the first carries only three of them.
  if (plateAlphabet.indexOf(id[0]!) > 7) return refuse("plate-malformed");
  const check = signs.slice(plateIdSigns);
  return checkSigns(id) === check ? accept(`${id}.${check}`) : refuse("plate-check-failed");
}

/** For reading aloud and printing under the square: groups of five. */
export function printedPlateCode(code: string): string {
  return code.replace(".", "").replaceAll(/(.{5})(?=.)/g, "$1 ");
}
