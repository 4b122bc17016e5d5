import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  randomFillSync,
} from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Id, uuidv7 } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";

const ID_RANDOM_BYTES = 10;
/** Asking the system for a few bytes costs as much as asking for many. */
const chance = Buffer.alloc(400 * ID_RANDOM_BYTES);
let spent = chance.length;

export function newId(now: Instant): Id {
  if (spent === chance.length) {
    randomFillSync(chance);
    spent = 0;
  }
  spent += ID_RANDOM_BYTES;
  return uuidv7(now, chance.subarray(spent - ID_RANDOM_BYTES, spent));
}

export function sha256(data: string | Uint8Array): Buffer {
  return createHash("sha256").update(data).digest();
}

/**
 * The server's secrets. In production they come from the environment; without it they are made
 * once and kept in the data directory, readable by its owner alone.
 */
export interface Secrets {
  /** Signs session cookies. */
  readonly sessionSecret: string;
  /** Signs the receipts of synchronised work. */
  readonly signingKey: {
    readonly id: string;
    readonly privateKey: KeyObject;
    readonly publicKey: KeyObject;
  };
  /** Encrypts residents' contact data. */
  readonly fieldKey: Buffer;
}

/**
 * Reads `WANJIA_SECRET` (≥ 32 characters) and derives every key from it, so that one secret is kept
 * and all keys follow. Without it, a secret is made in `dataDirectory`.
 */
export function loadSecrets(environment: NodeJS.ProcessEnv, dataDirectory: string | null): Secrets {
  const secret = environment["WANJIA_SECRET"] ?? storedSecret(dataDirectory);
  if (secret.length < 32) {
    throw new Error(
      "WANJIA_SECRET must have at least 32 characters; make one with: openssl rand -hex 32",
    );
  }
  return deriveSecrets(secret);
}

export function deriveSecrets(secret: string): Secrets {
  const derive = (purpose: string): Buffer =>
    Buffer.from(hkdfSync("sha256", secret, "wanjia", purpose, 32));
  // PKCS #8 wrapping of a raw Ed25519 seed (RFC 8410 §7).
  const privateKey = createPrivateKey({
    key: Buffer.concat([
      Buffer.from("302e020100300506032b657004220420", "hex"),
      derive("receipts"),
    ]),
    format: "der",
    type: "pkcs8",
  });
  const publicKey = createPublicKey(privateKey);
  const raw = publicKey.export({ format: "der", type: "spki" });
  return {
    sessionSecret: derive("session").toString("hex"),
    signingKey: { id: sha256(raw).toString("hex").slice(0, 16), privateKey, publicKey },
    fieldKey: derive("contact"),
  };
}

function storedSecret(dataDirectory: string | null): string {
  if (dataDirectory === null) return randomBytes(32).toString("hex");
  const file = join(dataDirectory, "secret");
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, randomBytes(32).toString("hex"), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return readFileSync(file, "utf8").trim();
}

/** One block, under a key that is for this alone: a permutation of all 128 bits. */
function passBlock(
  cipher: typeof createCipheriv | typeof createDecipheriv,
  { fieldKey }: Secrets,
  block: Uint8Array,
): Buffer {
  const key = Buffer.from(hkdfSync("sha256", fieldKey, "wanjia", "short address", 16));
  const worked = cipher("aes-128-ecb", key, null).setAutoPadding(false);
  return Buffer.concat([worked.update(block), worked.final()]);
}

/**
 * A place's id as 16 bytes that tell nothing of it and lead to no other: for whoever named the place, as
 * a plate is for whoever stands before it. Nothing is stored.
 */
export function passOf(secrets: Secrets, id: Id): Buffer {
  return passBlock(createCipheriv, secrets, Buffer.from(id.replaceAll("-", ""), "hex"));
}

/** What `passOf` made of which place; any other bytes give an id that no place has. */
export function idOfPass(secrets: Secrets, pass: Uint8Array): Id {
  const hex = passBlock(createDecipheriv, secrets, pass).toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Encrypts a field (AES-256-GCM); `context` binds it to its row, so that it can't be moved. */
export function seal(key: Buffer, context: string, plain: string): Buffer {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  cipher.setAAD(Buffer.from(context));
  return Buffer.concat([iv, cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what `seal` closed; throws when the context or the bytes were changed. */
export function open(key: Buffer, context: string, sealed: Buffer): string {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, 12));
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(sealed.length - 16));
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString(
    "utf8",
  );
}
