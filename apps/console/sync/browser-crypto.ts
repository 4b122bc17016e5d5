import { utf8, type Bytes, type Digest } from "@wanjia/sync/bytes";
import type { Sealing, Secret } from "@wanjia/sync/export";

async function keyOf({ passphrase, rounds, salt }: Secret): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey("raw", utf8(passphrase), "PBKDF2", false, [
    "deriveKey",
  ]);
  return crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", iterations: rounds, salt },
    material,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

/** AES-256-GCM by the browser; the passphrase goes nowhere else. */
export const browserSealing: Sealing = {
  async seal(secret, plain) {
    const { nonce, head } = secret;
    return new Uint8Array(
      await crypto.subtle.encrypt(
        { name: "AES-GCM", iv: nonce, additionalData: head },
        await keyOf(secret),
        plain,
      ),
    );
  },
  async open(secret, sealed) {
    const { nonce, head } = secret;
    const key = await keyOf(secret);
    try {
      return new Uint8Array(
        await crypto.subtle.decrypt(
          { name: "AES-GCM", iv: nonce, additionalData: head },
          key,
          sealed,
        ),
      );
    } catch {
      return null;
    }
  },
};

export const browserDigest: Digest = async (bytes: Bytes) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
