/**
 * Sealing to somebody who is not there: HPKE (RFC 9180) with DHKEM(P-256, HKDF-SHA256) and
 * AES-256-GCM over WebCrypto, the same in the resident's browser, on the phone and in tests. P-256,
 * because phones of 2020 know it and X25519 they don't. A private key is a seed of 32 bytes
 * (RFC 9180 §7.1.3), so that keys, shares and wrapped keys are all made of the same stuff.
 */
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";
import { type Bytes, join, utf8 } from "./bytes.ts";
import { stretch } from "./webcrypto.ts";

export const SEED_BYTES = 32;
/** An uncompressed point of P-256. */
export const PUBLIC_KEY_BYTES = 65;

const suite = new CipherSuite({
  kem: new DhkemP256HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});

export async function publicKeyOf(seed: Bytes): Promise<Bytes> {
  const { publicKey } = await suite.kem.deriveKeyPair(seed);
  return new Uint8Array(await suite.kem.serializePublicKey(publicKey));
}

/** Closes `plain` so that the owner of `publicKey` alone opens it, and only for the same `purpose`. */
export async function sealTo(publicKey: Bytes, purpose: string, plain: Bytes): Promise<Bytes> {
  const recipientPublicKey = await suite.kem.deserializePublicKey(publicKey);
  const sender = await suite.createSenderContext({
    recipientPublicKey,
    info: utf8(purpose),
  });
  return join(new Uint8Array(sender.enc), new Uint8Array(await sender.seal(plain)));
}

/** Null when it was sealed to another key, for another purpose, or changed since. */
export async function openWith(seed: Bytes, purpose: string, sealed: Bytes): Promise<Bytes | null> {
  const recipientKey = await suite.kem.deriveKeyPair(seed);
  try {
    const recipient = await suite.createRecipientContext({
      recipientKey,
      enc: sealed.slice(0, PUBLIC_KEY_BYTES),
      info: utf8(purpose),
    });
    return new Uint8Array(await recipient.open(sealed.slice(PUBLIC_KEY_BYTES)));
  } catch {
    return null;
  }
}

/** Texts are filled up to a multiple of this, so that a length tells nothing. */
const BLOCK_BYTES = 1024;

/** A text ended by 0x80 and zeros (ISO/IEC 7816-4). */
export function padded(text: Bytes): Bytes {
  const out = new Uint8Array(Math.ceil((text.length + 1) / BLOCK_BYTES) * BLOCK_BYTES);
  out.set(text);
  out[text.length] = 0x80;
  return out;
}

export function unpadded(bytes: Bytes): Bytes | null {
  // Phones of 2020 have no findLastIndex.
  let end = bytes.length - 1;
  while (end >= 0 && bytes[end] === 0) end -= 1;
  return bytes[end] === 0x80 ? bytes.slice(0, end) : null;
}

/** A seed as it rests on the server: closed by a passphrase that its owner alone knows. */
export interface WrappedSeed {
  readonly salt: Bytes;
  /** PBKDF2-SHA-256; OWASP 2023 asks for 600,000. */
  readonly rounds: number;
  readonly sealed: Bytes;
}

export const WRAP_ROUNDS = 600_000;
const WRAP_PURPOSE = "wanjia/seed/1";

export async function wrapSeed(
  passphrase: string,
  salt: Bytes,
  seed: Bytes,
  rounds = WRAP_ROUNDS,
): Promise<WrappedSeed> {
  const key = await publicKeyOf(await stretch(passphrase, salt, rounds));
  return { salt, rounds, sealed: await sealTo(key, WRAP_PURPOSE, seed) };
}

/** Null when the passphrase is another one. */
export async function unwrapSeed(
  passphrase: string,
  { salt, rounds, sealed }: WrappedSeed,
): Promise<Bytes | null> {
  return openWith(await stretch(passphrase, salt, rounds), WRAP_PURPOSE, sealed);
}
