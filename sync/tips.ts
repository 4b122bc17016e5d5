import type { TipCategory } from "@wanjia/domain/tips/terms";
import { fromBase64Url, toBase64Url, utf8 } from "./bytes.ts";
import { padded, sealTo } from "./hpke.ts";
import { lookOf, replyKeyOf } from "./receipt-keys.ts";

/** What each sealing around a tip is for: a piece that is put in another's place doesn't open. */
export const TIP_PURPOSES = {
  text: "wanjia/tip/text/1",
  answer: "wanjia/tip/answer/1",
  /** A share of a unit's key, as its keeper holds it. */
  share: "wanjia/tip/share/1",
  /** The same share, handed over to the keeper who asked. */
  handover: "wanjia/tip/handover/1",
} as const;

/** Where a tip goes, and the key to seal it to. */
export interface TipAddress {
  readonly bureauId: string;
  readonly unitId: string;
  readonly keyId: string;
  readonly publicKey: string;
}

/** What goes to the server; the words are closed before they leave this device. */
export interface SealedTip {
  readonly bureauId: string;
  readonly unitId: string;
  readonly keyId: string;
  readonly category: TipCategory;
  readonly wantsAnswer: boolean;
  readonly look: string;
  readonly replyKey: string;
  readonly sealed: string;
}

export async function sealTip(
  { bureauId, unitId, keyId, publicKey }: TipAddress,
  { text, category, wantsAnswer }: { text: string; category: TipCategory; wantsAnswer: boolean },
  code: string,
): Promise<SealedTip> {
  const key = fromBase64Url(publicKey);
  if (key === null) throw new Error("a unit without a key");
  const sealed = await sealTo(key, TIP_PURPOSES.text, padded(utf8(text.trim())));
  return {
    bureauId,
    unitId,
    keyId,
    category,
    wantsAnswer,
    look: toBase64Url(await lookOf(code)),
    replyKey: toBase64Url(await replyKeyOf(code)),
    sealed: toBase64Url(sealed),
  };
}
