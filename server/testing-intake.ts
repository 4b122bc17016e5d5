import { randomBytes } from "node:crypto";
import { jpeg } from "@wanjia/domain/matters/fixtures";
import { receiptCode, RECEIPT_RANDOM_BYTES } from "@wanjia/domain/shared/receipt-code";
import { tryToSolve } from "@wanjia/sync/puzzle";
import type { Client } from "./testing.ts";

/** A puzzle asked for and solved, as a browser does before it sends. */
export async function solvedPuzzle(client: Client): Promise<{ challenge: string; answer: number }> {
  const { body } = await client.get("/public/puzzle");
  const { challenge, bits } = body as { challenge: string; bits: number };
  const answer = tryToSolve(challenge, bits, 0, 2 ** 26);
  if (answer === null) throw new Error("a puzzle without an answer");
  return { challenge, answer };
}

export function newReceiptCode(): string {
  return receiptCode(randomBytes(RECEIPT_RANDOM_BYTES));
}

/** A photo as base64, as a page sends it; or one that still says where it was taken. */
export function aPhoto({ exif = false }: { readonly exif?: boolean } = {}): string {
  const notes = exif ? [[0xe1, Array.from(Buffer.from("Exif\0\0"))] as const] : [];
  return Buffer.from(jpeg({ notes })).toString("base64");
}
