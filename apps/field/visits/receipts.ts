/** Receipts for what was said at the door: made on this phone, without a network, and kept nowhere. */
import type { Id } from "@wanjia/domain/shared/id";
import { RECEIPT_RANDOM_BYTES, receiptCode } from "@wanjia/domain/shared/receipt-code";
import type { RecordVisit, VisitMatter } from "@wanjia/domain/visits/terms";
import { toBase64Url } from "@wanjia/sync/bytes";
import { lookOf } from "@wanjia/sync/receipt-keys";

export interface DoorReceipt {
  readonly matterId: Id;
  readonly kind: VisitMatter["kind"];
  readonly subtype: string;
  readonly code: string;
}

/**
 * A receipt for each thing that wants an answer and has none yet. What it shows travels with the visit;
 * its digits are for the resident alone.
 */
export async function withReceipts(
  body: RecordVisit,
): Promise<{ readonly body: RecordVisit; readonly receipts: readonly DoorReceipt[] }> {
  if (body.matters === undefined) return { body, receipts: [] };
  const receipts: DoorReceipt[] = [];
  const matters: VisitMatter[] = [];
  for (const matter of body.matters) {
    const { id, kind, subtype, wantsAnswer, look } = matter;
    if (!wantsAnswer || look !== undefined) {
      matters.push(matter);
      continue;
    }
    const code = receiptCode(crypto.getRandomValues(new Uint8Array(RECEIPT_RANDOM_BYTES)));
    receipts.push({ matterId: id, kind, subtype, code });
    matters.push({ ...matter, look: toBase64Url(await lookOf(code)) });
  }
  return { body: { ...body, matters }, receipts };
}
