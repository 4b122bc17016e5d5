/**
 * A little work instead of a picture to read: whoever sends something without an account first looks
 * for a number whose SHA-256 with the challenge begins with so many zero bits. A phone does it in a
 * second or two, the blind as well; a thousand of them cost a flood dearly. Nothing is kept of it.
 *
 * SHA-256 stands here in plain code: a hundred thousand short digests through WebCrypto's promises
 * take ten times as long.
 */
import { utf8 } from "./bytes.ts";

/** The first 32 bits of the fractional parts of the cube (or square) roots of the first primes (FIPS 180-4). */
function constants(count: number, root: (prime: number) => number): Int32Array {
  const found: number[] = [];
  for (let n = 2; found.length < count; n += 1) {
    if (found.every((_, i) => n % (primes[i] ?? n) !== 0)) {
      primes[found.length] = n;
      const value = root(n);
      found.push(Math.floor((value - Math.floor(value)) * 2 ** 32));
    }
  }
  return Int32Array.from(found);
}
const primes: number[] = [];
const K = constants(64, Math.cbrt);
const START = constants(8, Math.sqrt);
const words = new Int32Array(64);

function turned(value: number, bits: number): number {
  return (value >>> bits) | (value << (32 - bits));
}

/** Takes one block of sixteen words into the hash. */
function take(hash: Int32Array, block: DataView, at: number): void {
  for (let i = 0; i < 16; i += 1) words[i] = block.getInt32(at + i * 4);
  for (let i = 16; i < 64; i += 1) {
    const w15 = words[i - 15]!;
    const w2 = words[i - 2]!;
    const s0 = turned(w15, 7) ^ turned(w15, 18) ^ (w15 >>> 3);
    const s1 = turned(w2, 17) ^ turned(w2, 19) ^ (w2 >>> 10);
    words[i] = (words[i - 16]! + s0 + words[i - 7]! + s1) | 0;
  }
  let [a, b, c, d] = [hash[0]!, hash[1]!, hash[2]!, hash[3]!];
  let [e, f, g, h] = [hash[4]!, hash[5]!, hash[6]!, hash[7]!];
  for (let i = 0; i < 64; i += 1) {
    const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const one = (h + s1 + ((e & f) ^ (~e & g)) + K[i]! + words[i]!) | 0;
    const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  hash[0]! += a;
  hash[1]! += b;
  hash[2]! += c;
  hash[3]! += d;
  hash[4]! += e;
  hash[5]! += f;
  hash[6]! += g;
  hash[7]! += h;
}

const BLOCK_BYTES = 64;

/** The first 32 bits of SHA-256 of a challenge with numbers behind it; enough to count zeros of. */
function digestsOf(challenge: string): (answer: number) => number {
  const head = utf8(`${challenge}.`);
  // Up to sixteen digits, the end mark and the length.
  const bytes = new Uint8Array(Math.ceil((head.length + 25) / BLOCK_BYTES) * BLOCK_BYTES);
  bytes.set(head);
  const view = new DataView(bytes.buffer);
  const whole = Math.floor(head.length / BLOCK_BYTES) * BLOCK_BYTES;
  const begun = START.slice();
  for (let at = 0; at < whole; at += BLOCK_BYTES) take(begun, view, at);
  const hash = new Int32Array(8);
  return (answer) => {
    const digits = String(answer);
    const length = head.length + digits.length;
    const end = Math.ceil((length + 9) / BLOCK_BYTES) * BLOCK_BYTES;
    bytes.fill(0, head.length);
    for (let i = 0; i < digits.length; i += 1) bytes[head.length + i] = digits.charCodeAt(i);
    bytes[length] = 0x80;
    view.setUint32(end - 4, length * 8);
    hash.set(begun);
    for (let at = whole; at < end; at += BLOCK_BYTES) take(hash, view, at);
    return hash[0]! >>> 0;
  };
}

export const MOST_PUZZLE_BITS = 30;

export function isSolved(challenge: string, answer: number, bits: number): boolean {
  return Math.clz32(digestsOf(challenge)(answer)) >= Math.min(bits, MOST_PUZZLE_BITS);
}

/** Tries `tries` numbers from `from` on; null when none of them is an answer. */
export function tryToSolve(
  challenge: string,
  bits: number,
  from: number,
  tries: number,
): number | null {
  const digest = digestsOf(challenge);
  for (let answer = from; answer < from + tries; answer += 1) {
    if (Math.clz32(digest(answer)) >= Math.min(bits, MOST_PUZZLE_BITS)) return answer;
  }
  return null;
}

/** About a tenth of a second on a slow phone: between two rounds a page still answers a finger. */
const ROUND = 5000;

/** The answer to a puzzle, with a breath after each round of tries. */
export async function solvePatiently(
  { challenge, bits }: { readonly challenge: string; readonly bits: number },
  breath: () => Promise<void>,
): Promise<number> {
  for (let from = 0; ; from += ROUND) {
    const answer = tryToSolve(challenge, bits, from, ROUND);
    if (answer !== null) return answer;
    await breath();
  }
}
