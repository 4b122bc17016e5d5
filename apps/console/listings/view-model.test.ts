import assert from "node:assert/strict";
import { test } from "node:test";
import { changeText, countText, readCounts } from "./view-model.ts";

test("a change has its sign, and a small count is small, never zero", () => {
  assert.deepEqual([(12 - 9) / 9, -0.5, null].map(changeText), ["+33.3%", "−50.0%", "—"]);
  assert.deepEqual([12, null].map(countText), ["12", "<5"]);
});

test("pasted lines are a name and a number; the first that isn't is told", () => {
  assert.deepEqual(readCounts("锦湖小区 12\n\n桃园里，3\n东 苑\t0"), {
    rows: [
      { estate: "锦湖小区", count: 12 },
      { estate: "桃园里", count: 3 },
      { estate: "东 苑", count: 0 },
    ],
  });
  assert.deepEqual(readCounts("锦湖小区 12\n桃园里"), { line: 2 });
  assert.deepEqual(readCounts(" \n"), { line: 1 });
});
