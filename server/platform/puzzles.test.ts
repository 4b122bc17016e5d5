import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE_MS } from "@wanjia/domain/shared/instant";
import { tryToSolve } from "@wanjia/sync/puzzle";
import { TEST_NOW } from "../testing.ts";
import { admit, Puzzles } from "./puzzles.ts";

/** Every time another home of the city. */
let homes = 0;
const another = (): string => `10.${homes >> 16}.${(homes >> 8) & 255}.${homes++ & 255}`;

function solved(puzzles: Puzzles, now: number, address: string) {
  const { challenge, bits } = puzzles.give(now, address);
  const answer = tryToSolve(challenge, bits, 0, 2 ** 20);
  assert.ok(answer !== null);
  return { challenge, answer };
}

function solve(puzzles: Puzzles, now: number, address = another()): void {
  const { challenge, answer } = solved(puzzles, now, address);
  assert.ok(puzzles.take(challenge, answer, now, address).ok);
}

test("who writes in earnest works a second or two", () => {
  assert.equal(new Puzzles("a secret").give(TEST_NOW, another()).bits, 17);
});

test("a flood makes the work harder for as long as it lasts, and never without bound", () => {
  const puzzles = new Puzzles("a secret", 4);
  for (let i = 0; i < 30; i += 1) solve(puzzles, TEST_NOW);
  assert.equal(puzzles.give(TEST_NOW, another()).bits, 4);
  for (let i = 30; i < 100; i += 1) solve(puzzles, TEST_NOW);
  assert.equal(puzzles.give(TEST_NOW, another()).bits, 6);
  assert.equal(puzzles.give(TEST_NOW + MINUTE_MS, another()).bits, 6);
  assert.equal(puzzles.give(TEST_NOW + 2 * MINUTE_MS, another()).bits, 4);
});

test("one network's flood makes its own puzzles harder, and those of no other home", () => {
  const puzzles = new Puzzles("a secret", 4);
  const flat = (rest: number) => `2001:db8:1:2::${rest.toString(16)}`;
  for (let i = 0; i < 20; i += 1) solve(puzzles, TEST_NOW, flat(i));
  assert.equal(puzzles.give(TEST_NOW, flat(99)).bits, 5, "another address of the same /64");
  assert.equal(puzzles.give(TEST_NOW, another()).bits, 4);
  assert.equal(puzzles.give(TEST_NOW + 2 * MINUTE_MS, flat(99)).bits, 4);
});

test("whoever sends junk without work shuts nobody out who shares the address", () => {
  const puzzles = new Puzzles("a secret", 4);
  const stranger = { puzzles, address: "192.0.2.77", now: TEST_NOW };
  for (let i = 0; i < 500; i += 1) {
    const junk = admit(stranger, { challenge: `17.${TEST_NOW * 2}.x.${i}`, answer: i });
    assert.equal(junk.ok || junk.refusal.code, "puzzle-unsolved");
  }
  assert.ok(admit(stranger, solved(puzzles, TEST_NOW, stranger.address)).ok, "the neighbour");
  const refused: string[] = [];
  for (let i = 0; i < 21; i += 1) {
    const sent = admit(stranger, solved(puzzles, TEST_NOW, stranger.address));
    if (!sent.ok) refused.push(sent.refusal.code);
  }
  assert.deepEqual(refused, ["too-many-requests", "too-many-requests"], "twenty a minute");
  const later = { ...stranger, now: TEST_NOW + MINUTE_MS };
  assert.ok(admit(later, solved(puzzles, later.now, later.address)).ok, "a minute later");
});

test("a solution is taken once, in its time, and for the challenge it was worked out for", () => {
  const puzzles = new Puzzles("a secret", 4);
  const address = another();
  const code = (challenge: string, answer: number, now = TEST_NOW) => {
    const taken = puzzles.take(challenge, answer, now, address);
    return taken.ok ? "taken" : taken.refusal.code;
  };
  const { challenge, answer } = solved(puzzles, TEST_NOW, address);
  const [bits = "", ...rest] = challenge.split(".");
  assert.equal(code([String(Number(bits) - 4), ...rest].join("."), 0), "puzzle-unsolved");
  assert.equal(
    code(new Puzzles("another secret", 4).give(TEST_NOW, address).challenge, 0),
    "puzzle-unsolved",
  );
  assert.equal(code(challenge, answer, TEST_NOW + 31 * MINUTE_MS), "puzzle-expired");
  assert.equal(code(challenge, answer), "taken");
  assert.equal(code(challenge, answer), "puzzle-used");
});
