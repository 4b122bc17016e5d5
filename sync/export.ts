/**
 * Unsent work as a file: sealed with a passphrase on the phone, opened in the browser at a desk,
 * and sent from there as ordinary commands. The passphrase never leaves the browser, and the
 * commands keep their ids, so work that was sent in the meantime is simply answered `had`.
 */
import { canonicalJson } from "@wanjia/domain/shared/canonical";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import { type Result, accept, refuse } from "@wanjia/domain/shared/result";
import { type Bytes, type Digest, fromBase64Url, fromUtf8, toBase64Url, utf8 } from "./bytes.ts";
import { type Command, contentOf } from "./protocol.ts";

/** PBKDF2-HMAC-SHA-256 rounds that OWASP asks for (Password Storage Cheat Sheet, 2023). */
const KEY_ROUNDS = 600_000;
const FILE_FORMAT = "wanjia-unsent";

/** AES-256-GCM under a key that PBKDF2-HMAC-SHA-256 makes from a passphrase. */
export interface Sealing {
  seal(secret: Secret, plain: Bytes): Promise<Uint8Array>;
  /** Null when the passphrase is wrong or the file was changed. */
  open(secret: Secret, sealed: Bytes): Promise<Uint8Array | null>;
}

export interface Secret {
  readonly passphrase: string;
  readonly rounds: number;
  readonly salt: Bytes;
  /** The nonce of AES-GCM, 12 bytes. */
  readonly nonce: Bytes;
  /** Authenticated, not encrypted: the head of the file. */
  readonly head: Bytes;
}

export interface UnsentWork {
  readonly member: Id;
  readonly device: Id;
  readonly exportedAt: Instant;
  readonly commands: readonly { readonly command: Command; readonly hash: string }[];
}

interface FileHead {
  readonly format: typeof FILE_FORMAT;
  readonly version: 1;
  readonly rounds: number;
  readonly salt: string;
  readonly nonce: string;
}

/** Without 0 O 1 I L: read aloud and typed at a desk. */
const LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ2";

/** A passphrase of sixteen letters in groups of four, 5 bits each. */
export function exportCode(random: Uint8Array): string {
  const letters = Array.from(random.subarray(0, 16), (byte) => LETTERS.charAt(byte % 32));
  return [0, 4, 8, 12].map((at) => letters.slice(at, at + 4).join("")).join("-");
}

/** `random` gives 28 fresh random bytes. */
export async function sealUnsent(
  work: UnsentWork,
  passphrase: string,
  random: Bytes,
  sealing: Sealing,
): Promise<string> {
  const salt = random.slice(0, 16);
  const nonce = random.slice(16, 28);
  const head: FileHead = {
    format: FILE_FORMAT,
    version: 1,
    rounds: KEY_ROUNDS,
    salt: toBase64Url(salt),
    nonce: toBase64Url(nonce),
  };
  const secret = { passphrase, rounds: KEY_ROUNDS, salt, nonce, head: utf8(canonicalJson(head)) };
  const sealed = await sealing.seal(secret, utf8(JSON.stringify(work)));
  return JSON.stringify({ ...head, sealed: toBase64Url(sealed) });
}

export type ExportRefusal = "not-an-export" | "wrong-passphrase" | "content-differs";

/** Opens a file of unsent work and checks each command against its hash. */
export async function openUnsent(
  file: string,
  passphrase: string,
  sealing: Sealing,
  digest: Digest,
): Promise<Result<UnsentWork, ExportRefusal>> {
  const parsed = parseFile(file);
  if (parsed === null) return refuse("not-an-export");
  const { sealed, secret } = parsed;
  const plain = await sealing.open({ ...secret, passphrase }, sealed);
  if (plain === null) return refuse("wrong-passphrase");
  // Sealed by us and authenticated, so its shape needs no further check.
  const work = JSON.parse(fromUtf8(plain)) as UnsentWork;
  for (const { command, hash } of work.commands)
    if (toBase64Url(await digest(utf8(contentOf(command)))) !== hash)
      return refuse("content-differs", { id: command.id });
  return accept(work);
}

function parseFile(
  file: string,
): { readonly sealed: Bytes; readonly secret: Omit<Secret, "passphrase"> } | null {
  let raw: unknown;
  try {
    raw = JSON.parse(file);
  } catch {
    return null;
  }
  if (typeof raw !== "object" || raw === null) return null;
  const { format, version, rounds, salt, nonce, sealed } = raw as Partial<Record<string, unknown>>;
  if (format !== FILE_FORMAT || version !== 1) return null;
  // A file that asks for many more rounds than ours would only hang the desk.
  if (typeof rounds !== "number" || !(rounds >= 1 && rounds <= 10 * KEY_ROUNDS)) return null;
  if (typeof salt !== "string" || typeof nonce !== "string" || typeof sealed !== "string")
    return null;
  const bytes = [salt, nonce, sealed].map(fromBase64Url);
  const [saltBytes, nonceBytes, sealedBytes] = bytes;
  if (!saltBytes || !nonceBytes || !sealedBytes) return null;
  const head: FileHead = { format: FILE_FORMAT, version: 1, rounds, salt, nonce };
  return {
    sealed: sealedBytes,
    secret: { rounds, salt: saltBytes, nonce: nonceBytes, head: utf8(canonicalJson(head)) },
  };
}
