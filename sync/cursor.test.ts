import assert from "node:assert/strict";
import { test } from "node:test";
import { cursorAfter, formatCursor, parseCursor, windowOf } from "./cursor.ts";

test("are read as they were written", () => {
  for (const cursor of [
    { era: "1.a9", since: null, until: null, after: null },
    { era: "1", since: "10:20:11,12", until: null, after: null },
    { era: "3", since: "10:20:", until: "30:40:31", after: { tx: "35", seq: 7 } },
  ])
    assert.deepEqual(parseCursor(formatCursor(cursor)), cursor);
  for (const text of ["", "x", "1~a~~", "1~1:2~~", "1~~~5.5", "1~1:2:;drop~~", "A~~~"])
    assert.equal(parseCursor(text), null, text);
});
test("other borders, or another life of the database, start afresh", () => {
  const cursor = { era: "1.7", since: "10:20:", until: null, after: null };
  assert.equal(windowOf(cursor, "1.7", "15:25:").full, false);
  assert.equal(windowOf(cursor, "2.7", "15:25:").full, true);
  assert.equal(windowOf(cursor, "1.8", "15:25:").full, true);
  assert.equal(windowOf(null, "1.7", "5:9:").full, true);
});
test("a pull in pages keeps its upper end, and the next one begins there", () => {
  const first = windowOf(null, "1", "5:9:");
  const middle = cursorAfter(first, "1", { tx: "6", seq: 3 });
  const second = windowOf(middle, "1", "50:90:");
  assert.deepEqual(second, {
    full: false,
    since: null,
    until: "5:9:",
    after: { tx: "6", seq: 3 },
    resumed: true,
  });
  assert.deepEqual(cursorAfter(second, "1", null), {
    era: "1",
    since: "5:9:",
    until: null,
    after: null,
  });
});
