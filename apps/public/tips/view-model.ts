import type { tipsContract } from "@wanjia/contract/tips";
import { TIP_TEXT_LENGTH, type TipCategory } from "@wanjia/domain/tips/terms";
import { fromBase64Url, fromUtf8 } from "@wanjia/sync/bytes";
import { openWith, unpadded } from "@wanjia/sync/hpke";
import { replySeedOf } from "@wanjia/sync/receipt-keys";
import { TIP_PURPOSES } from "@wanjia/sync/tips";
import type { Output } from "../receipts/output.ts";

type Units = Output<typeof tipsContract.publicUnits>;
/** A unit that receives tips, and the key to seal them to. */
export type ReceivingUnit = Units["items"][number];
export type FollowedTip = Output<typeof tipsContract.follow>;

export interface Written {
  readonly text: string;
  readonly category: TipCategory | undefined;
  readonly wantsAnswer: boolean;
}

export type Missing = "category" | "text" | "long";

/** What is still to be filled in. */
export function missingIn({ text, category }: Written): readonly Missing[] {
  const missing: Missing[] = [];
  if (category === undefined) missing.push("category");
  if (text.trim() === "") missing.push("text");
  else if (text.length > TIP_TEXT_LENGTH) missing.push("long");
  return missing;
}

/** The answer, opened by the receipt; null when it doesn't open. */
export async function openAnswer(code: string, sealedAnswer: string): Promise<string | null> {
  const sealed = fromBase64Url(sealedAnswer);
  if (sealed === null) return null;
  const opened = await openWith(await replySeedOf(code), TIP_PURPOSES.answer, sealed);
  const text = opened === null ? null : unpadded(opened);
  return text === null ? null : fromUtf8(text);
}
