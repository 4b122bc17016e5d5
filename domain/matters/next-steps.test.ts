import assert from "node:assert/strict";
import { test } from "node:test";
import { auxiliary, clockwork, matter, officer } from "./fixtures.ts";
import { openSteps } from "./next-steps.ts";

test("the buttons of a matter's page are the orders its rules would accept", () => {
  assert.deepEqual(
    openSteps(matter(), officer, clockwork()),
    [
      "accept",
      "start",
      "resolve",
      "inform",
      "assign",
      "refer",
      "decline",
      "hand_to_110",
      "correct",
      "note",
      "merge",
    ].filter((step) => step !== "start"),
  );
  assert.deepEqual(openSteps(matter(), auxiliary, clockwork()), ["note"]);
});
