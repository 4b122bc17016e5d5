/**
 * A photo of a place as it may be kept: a JPEG that a browser drew anew, so that nothing in it says
 * where, when and with what it was taken. The same check runs on the phone and on the server.
 */
import { accept, refuse, type Result } from "../shared/result.ts";

export const PHOTO_LIMITS = {
  perMatter: 3,
  bytes: 300_000,
  /** Enough to see a crack in a wall; the longer side. */
  pixels: 1600,
} as const;

/** What a photo shows: the place as it was reported, or as it was left by whoever put it right. */
export const PHOTO_SHOWS = ["as_reported", "put_right"] as const;
export type PhotoShows = (typeof PHOTO_SHOWS)[number];

export type PhotoRefusal =
  | "photo-too-large"
  | "photo-not-jpeg"
  /** It still carries notes of the camera: EXIF, XMP, a preview, a comment. */
  | "photo-with-notes"
  | "too-many-photos";

/** Marks that a drawn picture has: its frame, colours, tables and lines. */
const DQT = 0xdb;
const DHT = 0xc4;
const DRI = 0xdd;
const SOS = 0xda;
const EOI = 0xd9;
/** JFIF's head; the colour profile, which some browsers add; Adobe's word for the colours. */
const HARMLESS_NOTES = [0xe0, 0xe2, 0xee];

function isFrame(mark: number): boolean {
  return mark === 0xc0 || mark === 0xc1 || mark === 0xc2;
}

/** Where the next mark after compressed lines stands. */
function afterLines(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at + 1 < bytes.length) {
    const next = bytes[at + 1] ?? 0;
    // A stuffed zero and the counters within the lines are no marks.
    if (bytes[at] === 0xff && next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at;
    at += 1;
  }
  return at;
}

/**
 * A picture that a browser drew, without what it noted beside it: some write the colour space or the
 * size as EXIF even there. Only for pictures drawn anew: of a camera's own file nothing is mended here.
 */
export function bare(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== SOS) {
    const mark = bytes[at + 1] ?? 0;
    const next = at + 2 + (bytes[at + 2] ?? 0) * 256 + (bytes[at + 3] ?? 0);
    const isNote = mark === 0xfe || (mark >= 0xe0 && mark <= 0xef);
    if (!isNote || isHarmless(bytes, at)) kept.push(bytes.subarray(at, next));
    at = Math.max(next, at + 2);
  }
  kept.push(bytes.subarray(at));
  const whole = new Uint8Array(kept.reduce((sum, part) => sum + part.length, 0));
  let from = 0;
  for (const part of kept) {
    whole.set(part, from);
    from += part.length;
  }
  return whole;
}

/** The same where it may be kept; null where it is too large, or no picture that a browser drew. */
export function asKept(drawn: Uint8Array): Uint8Array | null {
  const picture = bare(drawn);
  return checkPhoto(picture).ok ? picture : null;
}

/** A second picture may hide in a profile's place: only true profiles pass. */
function isHarmless(bytes: Uint8Array, at: number): boolean {
  const mark = bytes[at + 1] ?? 0;
  if (!HARMLESS_NOTES.includes(mark)) return false;
  return mark !== 0xe2 || startsWith(bytes, at + 4, "ICC_PROFILE\0");
}

/** Whether it may be kept. Refuses what `PhotoRefusal` lists but for the count. */
export function checkPhoto(
  bytes: Uint8Array,
): Result<{ readonly width: number; readonly height: number }, PhotoRefusal> {
  const { bytes: most, pixels } = PHOTO_LIMITS;
  const kilobytes = Math.round(most / 1000);
  if (bytes.length > most) return refuse("photo-too-large", { kilobytes, pixels });
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return refuse("photo-not-jpeg");
  let size: { readonly width: number; readonly height: number } | undefined;
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return refuse("photo-not-jpeg");
    const mark = bytes[at + 1] ?? 0;
    const length = (bytes[at + 2] ?? 0) * 256 + (bytes[at + 3] ?? 0);
    if (length < 2) return refuse("photo-not-jpeg");
    if (isFrame(mark)) {
      const height = (bytes[at + 5] ?? 0) * 256 + (bytes[at + 6] ?? 0);
      const width = (bytes[at + 7] ?? 0) * 256 + (bytes[at + 8] ?? 0);
      if (width === 0 || height === 0) return refuse("photo-not-jpeg");
      if (Math.max(width, height) > pixels) return refuse("photo-too-large", { kilobytes, pixels });
      size = { width, height };
    } else if (mark !== DQT && mark !== DHT && mark !== DRI && mark !== SOS) {
      if (!isHarmless(bytes, at)) return refuse("photo-with-notes");
    }
    at += 2 + length;
    if (mark !== SOS) continue;
    at = afterLines(bytes, at);
    if (bytes[at] !== 0xff || bytes[at + 1] !== EOI) continue;
    // Nothing may follow the picture: a film of the moment, or anything else.
    if (at + 2 !== bytes.length) return refuse("photo-with-notes");
    return size === undefined ? refuse("photo-not-jpeg") : accept(size);
  }
  return refuse("photo-not-jpeg");
}

function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  return Array.from(text).every((sign, i) => bytes[at + i] === sign.charCodeAt(0));
}
