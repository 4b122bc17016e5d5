/** Sends sealed tips as any stranger does: no cookie, no referrer, a little work instead. */
import { solvePatiently } from "@wanjia/sync/puzzle";
import { asStranger } from "@wanjia/sync/stranger";
import type { Delivery, ReceivingUnit, TipPost } from "./tip-box.ts";

const ANSWER_MS = 30_000;
/** Refusals that another try doesn't change; whoever solved too slowly or too often tries later. */
const FINAL = new Set(["tip-unit-closed", "tip-key-retired", "tip-too-long"]);

export function httpTipPost(base: string, fetcher: typeof fetch = fetch): TipPost {
  async function ask(path: string, body?: object): Promise<{ ok: boolean; value: unknown } | null> {
    try {
      const response = await fetcher(`${base}/public${path}`, {
        ...asStranger(body),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      return { ok: response.ok, value: await response.json() };
    } catch {
      return null;
    }
  }
  return {
    units: async () => {
      const answer = await ask("/tips/units");
      if (!answer?.ok) return null;
      return (answer.value as { items: readonly ReceivingUnit[] }).items;
    },
    send: async (tip): Promise<Delivery> => {
      const puzzle = await ask("/puzzle");
      if (puzzle === null) return "unreachable";
      if (!puzzle.ok) return "later";
      const { challenge, bits } = puzzle.value as { challenge: string; bits: number };
      const answer = await solvePatiently(
        { challenge, bits },
        () => new Promise((done) => setTimeout(done, 0)),
      );
      const sent = await ask("/tips", { ...tip, puzzle: { challenge, answer } });
      if (sent === null) return "unreachable";
      if (sent.ok) return "taken";
      return FINAL.has((sent.value as { code?: string }).code ?? "") ? "refused" : "later";
    },
  };
}
