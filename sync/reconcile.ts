/**
 * Comparing two ledgers cheaply. The phone sends counts and digests of ranges of ids; for the
 * ranges that differ it sends the ids; the server names those that it lacks.
 */
import type { Id } from "@wanjia/domain/shared/id";
import { fromBase64Url } from "./bytes.ts";

/** Ids in a bucket: 1,000 acknowledged commands are compared by 16 buckets, about 2 kB. */
const BUCKET_SIZE = 64;

export interface LedgerLine {
  readonly id: Id;
  /** SHA-256 of the content, base64url. */
  readonly hash: string;
}

/** All commands of this device with `from <= id <= to`. */
export interface Bucket {
  readonly from: Id;
  readonly to: Id;
  readonly count: number;
  /** The exclusive or of the first eight bytes of each hash, as 16 hexadecimal digits. */
  readonly digest: string;
}

export interface ReconcileRequest {
  readonly device: Id;
  readonly buckets: readonly Bucket[];
  readonly lines: readonly LedgerLine[];
}

export interface ReconcileReply {
  /** Indexes of the buckets that the server holds otherwise. */
  readonly differing: number[];
  /** Of the lines: ids that the server does not have. */
  readonly lacking: Id[];
  /** Of the lines: ids that the server has with other content. */
  readonly altered: Id[];
}

/** The first eight bytes of a hash. The hash covers the id, so the digest does too. */
export function digestWord(hash: string): bigint {
  let word = 0n;
  for (const byte of (fromBase64Url(hash.slice(0, 11)) ?? new Uint8Array(8)).subarray(0, 8))
    word = (word << 8n) | BigInt(byte);
  return word;
}

/** Digest of many lines: the order does not matter. */
export function digestOf(lines: readonly LedgerLine[]): string {
  let word = 0n;
  for (const line of lines) word ^= digestWord(line.hash);
  return word.toString(16).padStart(16, "0");
}

export function bucketsOf(ledger: readonly LedgerLine[]): Bucket[] {
  const sorted = [...ledger].sort((a, b) => (a.id < b.id ? -1 : 1));
  const buckets: Bucket[] = [];
  for (let at = 0; at < sorted.length; at += BUCKET_SIZE) {
    const lines = sorted.slice(at, at + BUCKET_SIZE);
    const first = lines[0] as LedgerLine;
    const last = lines.at(-1) as LedgerLine;
    buckets.push({ from: first.id, to: last.id, count: lines.length, digest: digestOf(lines) });
  }
  return buckets;
}

/** The lines to send for the buckets that differ. */
export function linesOf(ledger: readonly LedgerLine[], buckets: readonly Bucket[]): LedgerLine[] {
  return ledger
    .filter(({ id }) => buckets.some((bucket) => bucket.from <= id && id <= bucket.to))
    .map(({ id, hash }) => ({ id, hash }));
}

/**
 * Whether the server's figure for a range differs. More than the phone has is no loss: the phone
 * may have died between the server's commit and the answer; it will ask again and be told `had`.
 * But then the digest proves nothing, so the ids are compared.
 */
export function differs(bucket: Bucket, held: { readonly count: number; readonly digest: string }) {
  return bucket.count !== held.count || bucket.digest !== held.digest;
}

/** Compares lines with what the server holds under these ids. */
export function compareLines(
  lines: readonly LedgerLine[],
  held: ReadonlyMap<Id, string>,
): Pick<ReconcileReply, "lacking" | "altered"> {
  const lacking: Id[] = [];
  const altered: Id[] = [];
  for (const { id, hash } of lines) {
    const there = held.get(id);
    if (there === undefined) lacking.push(id);
    else if (there !== hash) altered.push(id);
  }
  return { lacking, altered };
}
