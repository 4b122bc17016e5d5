/** WebCrypto, which browsers and Node both have, in the shapes that the pure parts take. */
import { type Bytes, type Digest, toBase64Url, utf8 } from "./bytes.ts";
import type { Sealing, Secret } from "./export.ts";
import { type Command, contentOf } from "./protocol.ts";
import type { Verify } from "./receipts.ts";

// Node and browsers both have WebCrypto as a global; the pure packages are compiled without it.
interface WebCrypto {
  readonly subtle: {
    digest(algorithm: string, data: Bytes): Promise<ArrayBuffer>;
    importKey(
      format: string,
      key: Bytes,
      algorithm: string,
      extractable: boolean,
      uses: string[],
    ): Promise<object>;
    deriveBits(algorithm: object, key: object, bits: number): Promise<ArrayBuffer>;
    encrypt(algorithm: object, key: object, data: Bytes): Promise<ArrayBuffer>;
    decrypt(algorithm: object, key: object, data: Bytes): Promise<ArrayBuffer>;
    verify(algorithm: string, key: object, signature: Uint8Array, data: Bytes): Promise<boolean>;
  };
}
const { subtle } = (globalThis as unknown as { readonly crypto: WebCrypto }).crypto;

export const sha256: Digest = async (data) => new Uint8Array(await subtle.digest("SHA-256", data));

export async function hashOf(command: Command): Promise<string> {
  return toBase64Url(await sha256(utf8(contentOf(command))));
}

/** Verifies with raw Ed25519 keys by their ids; null for a key that is not among them. */
export function verifier(keys: ReadonlyMap<string, Bytes>): Verify {
  return async (keyId, statement, signature) => {
    const raw = keys.get(keyId);
    if (raw === undefined) return null;
    const key = await subtle.importKey("raw", raw, "Ed25519", false, ["verify"]);
    return subtle.verify("Ed25519", key, signature, statement);
  };
}

/** 256 bits from a secret that people remember; PBKDF2-SHA-256, so that guessing costs `rounds` each. */
export async function stretch(secret: string, salt: Bytes, rounds: number): Promise<Bytes> {
  const base = await subtle.importKey("raw", utf8(secret), "PBKDF2", false, ["deriveBits"]);
  const algorithm = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return new Uint8Array(await subtle.deriveBits(algorithm, base, 256));
}

async function keyFrom({ passphrase, rounds, salt }: Secret): Promise<object> {
  const bits = await stretch(passphrase, salt, rounds);
  return subtle.importKey("raw", bits, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** The cryptography of exported files: sealed on the phone, opened at a desk. */
export const sealing: Sealing = {
  async seal(secret, plain) {
    const algorithm = { name: "AES-GCM", iv: secret.nonce, additionalData: secret.head };
    return new Uint8Array(await subtle.encrypt(algorithm, await keyFrom(secret), plain));
  },
  async open(secret, sealed) {
    const algorithm = { name: "AES-GCM", iv: secret.nonce, additionalData: secret.head };
    const key = await keyFrom(secret);
    try {
      return new Uint8Array(await subtle.decrypt(algorithm, key, sealed));
    } catch {
      return null;
    }
  },
};
