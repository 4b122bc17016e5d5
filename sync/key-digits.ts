import { fromBase64Url, utf8 } from "./bytes.ts";
import { sha256 } from "./webcrypto.ts";

const GROUPS = 4;

/** Twenty digits of a public key, the same on a resident's page, at the desk and on a poster. */
export async function keyDigits(publicKey: string): Promise<string> {
  const digest = await sha256(fromBase64Url(publicKey) ?? utf8(""));
  return Array.from({ length: GROUPS }, (_, group) => {
    const bytes = digest.subarray(4 * group, 4 * group + 4);
    const value = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
    return String(value % 100_000).padStart(5, "0");
  }).join(" ");
}
