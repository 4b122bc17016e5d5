/** Which of the cleared hazards somebody independent looks at once more. */
import type { Id } from "../shared/id.ts";
import { drawSome } from "../shared/lot.ts";

/** One in ten is looked at once more. Source: domain.md §4.5. */
export const LOT_SHARE = 0.1;

/** Draws a tenth of them, rounded up, so that no week goes by unlooked. */
export function drawLot(cleared: readonly Id[], seed: string): readonly Id[] {
  return drawSome(cleared, Math.ceil(cleared.length * LOT_SHARE), seed);
}
