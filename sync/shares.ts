/**
 * A secret in shares of which any two give it back, and one says nothing (Shamir, threshold 2, over
 * GF(256) byte by byte): what the two-person rule stands on.
 */
import { type Bytes, join } from "./bytes.ts";

const exponent = new Uint8Array(510);
const logarithm = new Uint8Array(256);
for (let power = 0, value = 1; power < 255; power += 1) {
  exponent[power] = value;
  exponent[power + 255] = value;
  logarithm[value] = power;
  // Times 3, which is primitive modulo x^8 + x^4 + x^3 + x + 1.
  value ^= (value << 1) ^ (value & 0x80 ? 0x11b : 0);
}

function times(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : (exponent[(logarithm[a] ?? 0) + (logarithm[b] ?? 0)] ?? 0);
}

function over(a: number, b: number): number {
  return a === 0 ? 0 : (exponent[(logarithm[a] ?? 0) + 255 - (logarithm[b] ?? 0)] ?? 0);
}

const MOST_SHARES = 255;

/** `count` shares, each one byte longer than the secret; `random` is as long as the secret. */
export function split(secret: Bytes, random: Bytes, count: number): Bytes[] {
  if (count < 2 || count > MOST_SHARES || random.length !== secret.length) {
    throw new RangeError("two to 255 shares, with as much chance as secret");
  }
  return Array.from({ length: count }, (_, index) => {
    const x = index + 1;
    return join(
      Uint8Array.of(x),
      secret.map((byte, i) => byte ^ times(random[i] ?? 0, x)),
    );
  });
}

/** The secret out of two different shares; null when they are one and the same, or don't fit. */
export function combine(first: Bytes, second: Bytes): Bytes | null {
  const a = first[0] ?? 0;
  const b = second[0] ?? 0;
  if (a === b || a === 0 || b === 0 || first.length !== second.length) return null;
  // Lagrange at 0: s = (y_a * b + y_b * a) / (a + b); plus and minus are the same here.
  return first
    .slice(1)
    .map((byte, i) => over(times(byte, b) ^ times(second[i + 1] ?? 0, a), a ^ b));
}
