import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { test } from "node:test";

const DESK = new URL("../", import.meta.url);

/** Fields that hold no words about anybody, and papers that go to the printer and are kept nowhere. */
const PLAIN: readonly string[] = [
  "privacy/FreeText.tsx",
  "workdays/WorkdaysCard.tsx",
  "organisation/BeatOutlineScreen.tsx",
  "listings/CountsForm.tsx",
  "mediation/DocumentScreen.tsx",
];

test("every free text of the desk is read while it is typed", async () => {
  const plain: string[] = [];
  for await (const file of glob("*/*.tsx", { cwd: DESK })) {
    if (readFileSync(new URL(file, DESK), "utf8").includes("<Input.TextArea")) plain.push(file);
  }
  assert.deepEqual(plain.toSorted(), PLAIN.toSorted());
});
