/**
 * What a receipt's code is good for. The server is shown the first, keeps only its hash, and never
 * learns the second: it can find the row, and can't read the answer.
 */
import { type Bytes, utf8 } from "./bytes.ts";
import { publicKeyOf } from "./hpke.ts";
import { sha256 } from "./webcrypto.ts";

/** Shown to ask what became of it. */
export async function lookOf(code: string): Promise<Bytes> {
  return (await sha256(utf8(`wanjia/receipt/look/1 ${code}`))) as Bytes;
}

/** Opens the answer. */
export async function replySeedOf(code: string): Promise<Bytes> {
  return (await sha256(utf8(`wanjia/receipt/reply/1 ${code}`))) as Bytes;
}

/** Goes with what is sent, so that the answer can be sealed to it. */
export async function replyKeyOf(code: string): Promise<Bytes> {
  return publicKeyOf(await replySeedOf(code));
}
