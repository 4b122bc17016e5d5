/**
 * What keeps a lost phone from telling. All that the phone stores about doors and visits is sealed
 * with one data key, which never leaves WebCrypto. That key is kept twice: wrapped by the PIN, for the
 * street, and wrapped by the password, for the day the PIN is forgotten.
 */
import type { Instant } from "@wanjia/domain/shared/instant";
import { stretch } from "@wanjia/sync/webcrypto";

/**
 * PBKDF2-SHA-256 rounds. A PIN has only a million values, so rounds alone can't guard it: the result
 * also goes through a device key that the browser doesn't hand out. 310,000 rounds take about
 * 0.1-0.2 s on a phone of 2022, which a person at a door hardly feels.
 */
export type Rounds = { readonly pin: number; readonly password: number };
const ROUNDS: Rounds = { pin: 310_000, password: 600_000 };

export const PIN_LENGTH = 6;

/** Wrong PINs before each further try has to wait. */
const FREE_ATTEMPTS = 5;
/** Wrong PINs after which only the password opens the store again. */
export const MOST_ATTEMPTS = 10;
const WAITS_MS = [60_000, 5 * 60_000, 15 * 60_000, 30 * 60_000, 60 * 60_000] as const;

export type Sealed = { readonly iv: Uint8Array<ArrayBuffer>; readonly data: ArrayBuffer };

type Wrap = {
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly rounds: number;
  readonly sealed: Sealed;
};

/** A passkey of this phone and the data key wrapped by the secret that only it can compute. */
export type PasskeyWrap = {
  readonly credential: Uint8Array<ArrayBuffer>;
  /** What the passkey computes its secret from (WebAuthn extension `prf`). */
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly sealed: Sealed;
};

/** What is stored of the vault; of no use without PIN, passkey or password. */
export type VaultRecord = {
  readonly byPin: Wrap;
  readonly byPassword: Wrap;
  readonly byPasskey?: PasskeyWrap;
  /** HMAC key, not extractable: a copied database without the browser's key store opens nothing. */
  readonly device: CryptoKey;
};

export type Attempts = { readonly wrong: number; readonly last: Instant };

/**
 * When the PIN may be tried: now (`null`), at an instant, or `never` (only the password helps).
 * A clock that was turned back does not shorten the wait; it starts anew.
 */
export function nextAttempt(attempts: Attempts, now: Instant): Instant | "never" | null {
  if (attempts.wrong >= MOST_ATTEMPTS) return "never";
  if (attempts.wrong < FREE_ATTEMPTS) return null;
  const wait = WAITS_MS[Math.min(attempts.wrong - FREE_ATTEMPTS, WAITS_MS.length - 1)] ?? 0;
  const from = Math.min(attempts.last, now);
  const until = from + wait;
  return until <= now ? null : until;
}

/** Six digits that aren't the first anyone would try. */
export function pinWeakness(pin: string): "length" | "simple" | null {
  if (!/^\d{6}$/.test(pin)) return "length";
  const steps = new Set(
    [1, 2, 3, 4, 5].map((at) => Number(pin.charAt(at)) - Number(pin.charAt(at - 1))),
  );
  if (steps.size === 1 && Math.abs([...steps][0] ?? 9) <= 1) return "simple";
  if (/^(\d{2})\1\1$|^(\d{3})\2$/.test(pin)) return "simple";
  return null;
}

const { subtle } = globalThis.crypto;
const text = new TextEncoder();
const read = new TextDecoder();

function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return globalThis.crypto.getRandomValues(new Uint8Array(length));
}

/** Binds a secret to this browser and makes a key of it. */
async function wrappingKey(secret: BufferSource, device: CryptoKey): Promise<CryptoKey> {
  const bound = await subtle.sign("HMAC", device, secret);
  return subtle.importKey("raw", bound, "AES-GCM", false, ["wrapKey", "unwrapKey"]);
}

async function wrapKey(key: CryptoKey, by: CryptoKey): Promise<Sealed> {
  const iv = randomBytes(12);
  return { iv, data: await subtle.wrapKey("raw", key, by, { name: "AES-GCM", iv }) };
}

async function unwrapKey(
  { iv, data }: Sealed,
  by: CryptoKey,
  extractable: boolean,
): Promise<CryptoKey | null> {
  const algorithm = { name: "AES-GCM", iv };
  try {
    return await subtle.unwrapKey("raw", data, by, algorithm, "AES-GCM", extractable, [
      "encrypt",
      "decrypt",
    ]);
  } catch {
    return null; // the seal doesn't fit: a wrong PIN, password or passkey
  }
}

async function wrap(
  key: CryptoKey,
  secret: string,
  rounds: number,
  device: CryptoKey,
): Promise<Wrap> {
  const salt = randomBytes(16);
  const by = await wrappingKey(await stretch(secret, salt, rounds), device);
  return { salt, rounds, sealed: await wrapKey(key, by) };
}

async function unwrap(
  { salt, rounds, sealed }: Wrap,
  secret: string,
  device: CryptoKey,
  extractable: boolean,
): Promise<CryptoKey | null> {
  const by = await wrappingKey(await stretch(secret, salt, rounds), device);
  return unwrapKey(sealed, by, extractable);
}

/** A new vault with a new data key. */
export async function createVault(
  pin: string,
  password: string,
  rounds: Rounds = ROUNDS,
): Promise<{ record: VaultRecord; key: CryptoKey }> {
  const device = await subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const fresh = await subtle.generateKey({ name: "AES-GCM", length: 256 }, true, [
    "encrypt",
    "decrypt",
  ]);
  const record = {
    device,
    byPin: await wrap(fresh, pin, rounds.pin, device),
    byPassword: await wrap(fresh, password, rounds.password, device),
  };
  const key = await unwrap(record.byPin, pin, device, false);
  if (!key) throw new Error("a new vault must open with its own PIN");
  return { record, key };
}

/** The data key, or null when the PIN is wrong. */
export function openByPin(record: VaultRecord, pin: string): Promise<CryptoKey | null> {
  return unwrap(record.byPin, pin, record.device, false);
}

/** The same vault under a new PIN; null when the password isn't the one it was made with. */
export async function renewPin(
  record: VaultRecord,
  password: string,
  pin: string,
): Promise<{ record: VaultRecord; key: CryptoKey } | null> {
  const key = await unwrap(record.byPassword, password, record.device, true);
  if (!key) return null;
  const renewed = { ...record, byPin: await wrap(key, pin, record.byPin.rounds, record.device) };
  const opened = await openByPin(renewed, pin);
  return opened && { record: renewed, key: opened };
}

/** The same vault, which a passkey opens too; null when the PIN is wrong. */
export async function addPasskey(
  record: VaultRecord,
  pin: string,
  { credential, salt, secret }: Omit<PasskeyWrap, "sealed"> & { readonly secret: BufferSource },
): Promise<VaultRecord | null> {
  const key = await unwrap(record.byPin, pin, record.device, true);
  if (!key) return null;
  const sealed = await wrapKey(key, await wrappingKey(secret, record.device));
  return { ...record, byPasskey: { credential, salt, sealed } };
}

/** The data key, by what the passkey computed; null when that doesn't fit. */
export async function openByPasskey(
  { byPasskey, device }: VaultRecord,
  secret: BufferSource,
): Promise<CryptoKey | null> {
  return byPasskey ? unwrapKey(byPasskey.sealed, await wrappingKey(secret, device), false) : null;
}

/** Seals a value; `label` names its place, so that one sealed value can't be put where another was. */
export async function seal(key: CryptoKey, label: string, value: unknown): Promise<Sealed> {
  const iv = randomBytes(12);
  const data = await subtle.encrypt(
    { name: "AES-GCM", iv, additionalData: text.encode(label) },
    key,
    text.encode(JSON.stringify(value)),
  );
  return { iv, data };
}

export async function open<T>(key: CryptoKey, label: string, { iv, data }: Sealed): Promise<T> {
  const plain = await subtle.decrypt(
    { name: "AES-GCM", iv, additionalData: text.encode(label) },
    key,
    data,
  );
  return JSON.parse(read.decode(plain)) as T;
}
