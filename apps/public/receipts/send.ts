import { RECEIPT_RANDOM_BYTES, receiptCode } from "@wanjia/domain/shared/receipt-code";
import type { Locale } from "../shell/language.ts";
import { type Puzzle, solve } from "./puzzle.ts";
import { type Said, say } from "./server.ts";

/** A receipt's code; made here, and known to nobody else. */
export function newCode(): string {
  return receiptCode(crypto.getRandomValues(new Uint8Array(RECEIPT_RANDOM_BYTES)));
}

/** Does the work that the server asks for, then sends. */
export async function sendWithWork<T>(
  locale: Locale,
  path: string,
  body: object,
): Promise<Said<T>> {
  const puzzle = await say<Puzzle>(locale, "/puzzle");
  if (!puzzle.ok) return puzzle;
  const { challenge } = puzzle.value;
  const answer = await solve(puzzle.value);
  return say(locale, path, { ...body, puzzle: { challenge, answer } });
}

/** Sealing needs a page that came over https (or from this very machine). */
export function canSeal(): boolean {
  return typeof crypto === "object" && "subtle" in crypto;
}
