/** Which of the cleared hazards somebody independent looks at once more. */
import type { Id } from "../shared/id.ts";
import { seededRandom } from "../shared/random.ts";

/** One in ten is looked at once more. Source: domain.md §4.5. */
export const LOT_SHARE = 0.1;

/**
 * Draws a tenth of them, rounded up, so that no week goes by unlooked. The same seed and the same
 * cleared hazards give the same lot: whoever doubts it draws it again.
 */
export function drawLot(cleared: readonly Id[], seed: string): readonly Id[] {
  const random = seededRandom(seed);
  const left = cleared.toSorted();
  const size = Math.ceil(left.length * LOT_SHARE);
  const drawn: Id[] = [];
  while (drawn.length < size) {
    const [one] = left.splice(Math.floor(random() * left.length), 1);
    if (one !== undefined) drawn.push(one);
  }
  return drawn.toSorted();
}
