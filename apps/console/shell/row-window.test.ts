import assert from "node:assert/strict";
import { test } from "node:test";
import { rowForKey, rowInHand, rowWindow, scrollToRow } from "./row-window.ts";

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

test("the row in hand is drawn even when it was scrolled out of sight", () => {
  const above = rowWindow(200, 44, 44 * 100, 440, 3);
  assert.deepEqual([above.start, above.end], [3, 122]);
  const below = rowWindow(200, 44, 0, 440, 150);
  assert.deepEqual([below.start, below.end, below.after], [0, 151, 49 * 44]);
});

test("the row in hand is found again by what it shows, else by where it stood", () => {
  const hand = { key: "b", index: 1 };
  assert.equal(rowInHand(["a", "b", "c"], hand), 1);
  assert.equal(rowInHand(["c", "a", "b"], hand), 2);
  assert.equal(rowInHand(["a", "c"], hand), 1);
  assert.equal(rowInHand(["a"], hand), 0);
  assert.equal(rowInHand([], hand), 0);
});
