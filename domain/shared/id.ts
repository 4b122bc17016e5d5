import type { Instant } from "./instant.ts";

/** A UUID, lower case. Records made by people carry version 7, so that ids sort by time. */
export type Id = string;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function isId(text: string): boolean {
  return PATTERN.test(text);
}

/**
 * A version 7 UUID (RFC 9562 §5.7) from a time and ten random bytes.
 *
 * The caller brings both, so that the domain stays without clock and chance.
 */
export function uuidv7(now: Instant, random: Uint8Array): Id {
  const bytes = new Uint8Array(16);
  for (let i = 0, rest = Math.max(0, Math.floor(now)); i < 6; i += 1) {
    bytes[5 - i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  let hex = "";
  for (const byte of bytes) hex += HEX[byte];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
