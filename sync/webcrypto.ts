/** WebCrypto, which browsers and Node both have, in the shapes that the pure parts take. */
import { type Bytes, type Digest, toBase64Url, utf8 } from "./bytes.ts";
import type { Sealing } from "./export.ts";
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
    deriveKey(
      algorithm: object,
      key: object,
      derived: object,
      extractable: boolean,
      uses: string[],
    ): Promise<object>;
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

/** Verifies with raw Ed25519 keys, as the phone does. */
export function verifier(keys: ReadonlyMap<string, Bytes>): Verify {
  return async (keyId, statement, signature) => {
    const raw = keys.get(keyId);
    if (raw === undefined) return null;
    const key = await subtle.importKey("raw", raw, "Ed25519", false, ["verify"]);
    return subtle.verify("Ed25519", key, signature, statement);
  };
}

async function keyFrom(secret: Parameters<Sealing["seal"]>[0]): Promise<object> {
  const { passphrase, rounds: iterations, salt } = secret;
  const base = await subtle.importKey("raw", utf8(passphrase), "PBKDF2", false, ["deriveKey"]);
  return subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations },
    base,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

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
