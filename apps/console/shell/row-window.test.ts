import assert from "node:assert/strict";
import { test } from "node:test";
import { rowForKey, rowWindow, scrollToRow } from "./row-window.ts";

test("a page of 200 rows draws only those in sight and a margin", () => {
  const window = rowWindow(200, 44, 44 * 100, 440);
  assert.deepEqual(window, { start: 88, end: 122, before: 88 * 44, after: 78 * 44 });
});

test("drawn and undrawn rows add up to the whole at every place of the scroll", () => {
  for (let scroll = -50; scroll < 10_000; scroll += 37) {
    const { start, end, before, after } = rowWindow(137, 44, scroll, 500);
    assert.equal(before + (end - start) * 44 + after, 137 * 44);
  }
});

test("an empty list draws nothing", () => {
  assert.deepEqual(rowWindow(0, 44, 0, 500), { start: 0, end: 0, before: 0, after: 0 });
});

test("a row out of sight is scrolled to, one in sight is left where it is", () => {
  assert.equal(scrollToRow(0, 44, 100, 484, 44), 0);
  assert.equal(scrollToRow(5, 44, 0, 484, 44), undefined);
  assert.equal(scrollToRow(20, 44, 0, 484, 44), 21 * 44 - 440);
});

test("keys stay within the page, and others are left to the browser", () => {
  assert.equal(rowForKey("ArrowDown", 4, 5, 10), 4);
  assert.equal(rowForKey("ArrowUp", 0, 5, 10), 0);
  assert.equal(rowForKey("PageDown", 0, 50, 10), 10);
  assert.equal(rowForKey("End", 0, 50, 10), 49);
  assert.equal(rowForKey("x", 0, 50, 10), undefined);
  assert.equal(rowForKey("ArrowDown", 0, 0, 10), undefined);
});
