import assert from "node:assert/strict";
import { test } from "node:test";
import {
  IDLE_LIMIT_MS,
  idleState,
  KEEP_ALIVE_MS,
  shouldKeepAlive,
  WARN_BEFORE_MS,
} from "./idle.ts";

test("a desk in use is left alone", () => {
  assert.deepEqual(idleState(IDLE_LIMIT_MS - WARN_BEFORE_MS - 1, 0), { kind: "active" });
});

test("two minutes before the end it says how long is left", () => {
  assert.deepEqual(idleState(IDLE_LIMIT_MS - WARN_BEFORE_MS, 0), {
    kind: "warning",
    secondsLeft: 120,
  });
  assert.deepEqual(idleState(IDLE_LIMIT_MS - 1, 0), { kind: "warning", secondsLeft: 1 });
});

test("a laptop that slept through the limit wakes up signed out", () => {
  assert.deepEqual(idleState(IDLE_LIMIT_MS * 10, 0), { kind: "over" });
});

test("the server hears of work at most every five minutes", () => {
  assert.equal(shouldKeepAlive(KEEP_ALIVE_MS - 1, 0), false);
  assert.equal(shouldKeepAlive(KEEP_ALIVE_MS, 0), true);
});
