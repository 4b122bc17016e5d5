/** Bytes and their texts, without help from Node or a browser. Bytes in text are base64url. */
import type { Id } from "@wanjia/domain/shared/id";

export type Bytes = Uint8Array<ArrayBuffer>;

/** SHA-256; brought by the caller (WebCrypto on a phone, node:crypto on the server). */
export type Digest = (data: Bytes) => Uint8Array | Promise<Uint8Array>;

export function utf8(text: string): Bytes {
  const out: number[] = [];
  for (let i = 0; i < text.length; i += 1) {
    let code = text.charCodeAt(i);
    if (code >= 0xd800 && code < 0xdc00) {
      const low = text.charCodeAt(i + 1);
      if (low >= 0xdc00 && low < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        i += 1;
      } else code = 0xfffd;
    } else if (code >= 0xdc00 && code < 0xe000) code = 0xfffd;
    if (code < 0x80) out.push(code);
    else if (code < 0x800) out.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000)
      out.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else
      out.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
  }
  return Uint8Array.from(out);
}

/** The reverse of `utf8`; bytes that are no UTF-8 become U+FFFD. */
export function fromUtf8(bytes: Uint8Array): string {
  let out = "";
  for (let i = 0; i < bytes.length;) {
    const first = bytes[i] ?? 0;
    const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 0;
    let code = length === 1 ? first : length === 0 ? -1 : first & (0xff >> (length + 1));
    for (let j = 1; j < length; j += 1) {
      const next = bytes[i + j];
      if (next === undefined || (next & 0xc0) !== 0x80) code = -1;
      else if (code >= 0) code = (code << 6) | (next & 63);
    }
    out += code < 0 || code > 0x10ffff ? "\ufffd" : String.fromCodePoint(code);
    i += code < 0 ? 1 : length;
  }
  return out;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const NO_VALUE = 255;
/** By the letter's code: every receipt is read through this. */
const VALUES = new Uint8Array(128).fill(NO_VALUE);
for (let value = 0; value < ALPHABET.length; value += 1) VALUES[ALPHABET.charCodeAt(value)] = value;

export function toBase64Url(bytes: Uint8Array): string {
  let out = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const word = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    out += ALPHABET.charAt(word >> 18) + ALPHABET.charAt((word >> 12) & 63);
    if (left > 1) out += ALPHABET.charAt((word >> 6) & 63);
    if (left > 2) out += ALPHABET.charAt(word & 63);
  }
  return out;
}

/** Null when the text is not base64url. */
export function fromBase64Url(text: string): Bytes | null {
  if (text.length % 4 === 1) return null;
  const out = new Uint8Array(Math.floor((text.length * 3) / 4));
  let word = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < text.length; i += 1) {
    const value = VALUES[text.charCodeAt(i)] ?? NO_VALUE;
    if (value === NO_VALUE) return null;
    word = ((word << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out[at] = (word >> bits) & 0xff;
      at += 1;
    }
  }
  return out;
}

const DASH = 45;
const ZERO = 48;
const SMALL_A = 97;

export function idBytes(id: Id): Bytes {
  const out = new Uint8Array(16);
  let at = 0;
  for (let i = 0; i < id.length; i += 1) {
    const code = id.charCodeAt(i);
    if (code === DASH) continue;
    const digit = code < SMALL_A ? code - ZERO : code - SMALL_A + 10;
    out[at >> 1] = ((out[at >> 1] ?? 0) << 4) | digit;
    at += 1;
  }
  return out;
}

/** Eight bytes, big-endian; exact up to 2^53. */
export function uint64(value: number): Bytes {
  const out = new Uint8Array(8);
  for (let i = 7, rest = value; i >= 0; i -= 1) {
    out[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return out;
}

export function join(...parts: readonly Uint8Array[]): Bytes {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
