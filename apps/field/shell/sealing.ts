import type { Sealing, Secret } from "@wanjia/sync/export";
import { utf8 } from "@wanjia/sync/bytes";

const { subtle } = globalThis.crypto;

async function fileKey({ passphrase, rounds, salt }: Secret): Promise<CryptoKey> {
  const base = await subtle.importKey("raw", utf8(passphrase), "PBKDF2", false, ["deriveKey"]);
  return subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds },
    base,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

function parameters({ nonce, head }: Secret): AesGcmParams {
  return { name: "AES-GCM", iv: nonce, additionalData: head };
}

/** The cryptography of exported files, by the browser. */
export const sealing: Sealing = {
  seal: async (secret, plain) =>
    new Uint8Array(await subtle.encrypt(parameters(secret), await fileKey(secret), plain)),
  open: async (secret, sealed) => {
    try {
      return new Uint8Array(
        await subtle.decrypt(parameters(secret), await fileKey(secret), sealed),
      );
    } catch {
      return null;
    }
  },
};

/** Without 0 O 1 I L: read aloud and typed at a desk. */
const LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ2";

/** A passphrase of sixteen letters in groups of four, 5 bits each. */
export function exportCode(random: Uint8Array): string {
  const letters = [...random.subarray(0, 16)].map((byte) => LETTERS.charAt(byte % 32));
  return [0, 4, 8, 12].map((at) => letters.slice(at, at + 4).join("")).join("-");
}
