import assert from "node:assert/strict";
import { test } from "node:test";
import { likeliestStrength } from "./strength.ts";
import { seededRandom } from "../shared/random.ts";

/** Buildings whose true chance lies around a mean as if that were worth so many knocks. */
function drawn(strength: number, buildings: number, knocks: number) {
  const random = seededRandom(`strength ${strength}`);
  return Array.from({ length: buildings }, () => {
    // An urn: each answer makes the next one likelier, as in a building of its own kind.
    let answered = 0;
    for (let i = 0; i < knocks; i += 1) {
      if (random() < (strength * 0.4 + answered) / (strength + i)) answered += 1;
    }
    return { mean: 0.4, answered, knocks };
  });
}

test("what a level is worth is found in the counts: little where buildings differ, much where they don't", () => {
  assert.ok(likeliestStrength(drawn(5, 200, 40)) <= 10);
  const middling = likeliestStrength(drawn(40, 400, 40));
  assert.ok(middling >= 20 && middling <= 80, String(middling));
  assert.ok(likeliestStrength(drawn(2000, 400, 40)) >= 160);
});

test("without counts the middle is taken, and a few knocks don't move it far", () => {
  assert.equal(likeliestStrength([]), 40);
  assert.equal(likeliestStrength([{ mean: 0.4, answered: 0, knocks: 0 }]), 40);
  const few = likeliestStrength([{ mean: 0.4, answered: 1, knocks: 2 }]);
  assert.ok(few >= 20 && few <= 80);
});
