import assert from "node:assert/strict";
import { test } from "node:test";
import type { Command } from "@wanjia/sync/protocol";
import { addAnswers, batchesOf, nothingSent } from "./view-model.ts";

function command(id: string): Command {
  return { id, type: "visits.record", at: 0, base: null, body: {} };
}

test("every command is sent once and in its order", () => {
  const commands = Array.from({ length: 123 }, (_, at) => at);
  const batches = batchesOf(commands);
  assert.deepEqual(batches.flat(), commands);
  assert.deepEqual(
    batches.map(({ length }) => length),
    [50, 50, 23],
  );
  assert.deepEqual(batchesOf([]), []);
});

test("answers add up, and what has none is not taken for sent", () => {
  const batch = ["a", "b", "c", "d", "e"].map(command);
  const sent = addAnswers(nothingSent, batch, [
    { id: "a", status: "accepted" },
    { id: "b", status: "had" },
    { id: "c", status: "refused", refusal: { code: "do-not-visit" } },
    { id: "d", status: "failed", reason: "server-fault" },
  ]);
  assert.equal(sent.done, 5);
  assert.equal(sent.accepted, 1);
  assert.equal(sent.had, 1);
  assert.deepEqual(
    sent.refused.map(({ command: { id }, code }) => [id, code]),
    [
      ["c", "do-not-visit"],
      ["d", "server-fault"],
      ["e", "no-answer"],
    ],
  );
});
