import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE_MS } from "@wanjia/domain/shared/instant";
import { tryToSolve } from "@wanjia/sync/puzzle";
import { TEST_NOW } from "../testing.ts";
import { Puzzles } from "./puzzles.ts";

function solve(puzzles: Puzzles, now: number): void {
  const { challenge, bits } = puzzles.give(now);
  const answer = tryToSolve(challenge, bits, 0, 2 ** 16);
  assert.ok(answer !== null);
  assert.ok(puzzles.take(challenge, answer, now).ok);
}

test("who writes in earnest works a second or two", () => {
  assert.equal(new Puzzles("a secret").give(TEST_NOW).bits, 17);
});

test("a flood makes the work harder for as long as it lasts, and never without bound", () => {
  const puzzles = new Puzzles("a secret", 4);
  for (let i = 0; i < 30; i += 1) solve(puzzles, TEST_NOW);
  assert.equal(puzzles.give(TEST_NOW).bits, 4);
  for (let i = 30; i < 100; i += 1) solve(puzzles, TEST_NOW);
  assert.equal(puzzles.give(TEST_NOW).bits, 6);
  assert.equal(puzzles.give(TEST_NOW + MINUTE_MS).bits, 6);
  assert.equal(puzzles.give(TEST_NOW + 2 * MINUTE_MS).bits, 4);
});
