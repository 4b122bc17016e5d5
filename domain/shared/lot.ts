import type { Id } from "./id.ts";
import { seededRandom } from "./random.ts";

/**
 * Draws `size` of them, each as likely as any other. The same seed and the same ones, in whatever
 * order, give the same lot: whoever doubts it draws it again.
 */
export function drawSome(from: readonly Id[], size: number, seed: string): readonly Id[] {
  const random = seededRandom(seed);
  const left = from.toSorted();
  const drawn: Id[] = [];
  while (drawn.length < size) {
    const [one] = left.splice(Math.floor(random() * left.length), 1);
    if (one === undefined) break;
    drawn.push(one);
  }
  return drawn.toSorted();
}
