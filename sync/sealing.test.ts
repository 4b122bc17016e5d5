import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { type Bytes, fromUtf8, utf8 } from "./bytes.ts";
import { openWith, padded, publicKeyOf, sealTo, unpadded, unwrapSeed, wrapSeed } from "./hpke.ts";
import { isSolved, tryToSolve } from "./puzzle.ts";
import { lookOf, replyKeyOf, replySeedOf } from "./receipt-keys.ts";
import { combine, split } from "./shares.ts";

const chance = (length: number): Bytes => Uint8Array.from(randomBytes(length));
const bytes = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((some) => Uint8Array.from(some));

test("what is sealed to a key is opened by its seed alone, and for its purpose alone", async () => {
  const seed = chance(32);
  const sealed = await sealTo(await publicKeyOf(seed), "a", utf8("灯坏了"));
  assert.equal(fromUtf8((await openWith(seed, "a", sealed)) ?? chance(0)), "灯坏了");
  assert.equal(await openWith(chance(32), "a", sealed), null);
  assert.equal(await openWith(seed, "b", sealed), null);
  sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
  assert.equal(await openWith(seed, "a", sealed), null);
});

test("a padded text comes back, and its length says only which kibibyte", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3000 }), (some) => {
      const text = Uint8Array.from(some);
      assert.deepEqual(unpadded(padded(text)), text);
      assert.equal(padded(text).length % 1024, 0);
    }),
  );
});

test("any two shares give the secret back", () => {
  fc.assert(
    fc.property(bytes(32), bytes(32), fc.integer({ min: 2, max: 9 }), (secret, random, count) => {
      const shares = split(secret, random, count);
      for (const a of shares) {
        for (const b of shares) assert.deepEqual(combine(a, b), a === b ? null : secret);
      }
    }),
  );
});

test("one share fits every secret: by itself it says nothing", () => {
  // For a given share, each guess of the secret is explained by exactly one coefficient.
  const share = split(Uint8Array.of(77), Uint8Array.of(5), 3)[1] ?? chance(0);
  for (let guess = 0; guess < 256; guess += 1) {
    const fits = Array.from({ length: 256 }, (_, coefficient) => coefficient).filter(
      (coefficient) =>
        split(Uint8Array.of(guess), Uint8Array.of(coefficient), 3)[1]?.[1] === share[1],
    );
    assert.equal(fits.length, 1);
  }
});

test("a wrapped seed opens by its passphrase alone", async () => {
  const seed = chance(32);
  const wrapped = await wrapSeed("雨 后 山 色", chance(16), seed, 1000);
  assert.deepEqual(await unwrapSeed("雨 后 山 色", wrapped), seed);
  assert.equal(await unwrapSeed("雨后山色", wrapped), null);
});

test("the server's half of a receipt does not open the answer", async () => {
  const code = "123";
  const sealed = await sealTo(await replyKeyOf(code), "a", utf8("好"));
  assert.notEqual(await openWith(await replySeedOf(code), "a", sealed), null);
  assert.equal(await openWith(await lookOf(code), "a", sealed), null);
});

test("a puzzle is solved exactly by a digest with so many zero bits", () => {
  const answer = tryToSolve("云汀", 12, 0, 100_000);
  assert.notEqual(answer, null);
  for (const tried of [answer ?? 0, 0, 1, 2, 99_999]) {
    const digest = createHash("sha256").update(`云汀.${tried}`).digest();
    for (let bits = 0; bits <= 24; bits += 1) {
      assert.equal(isSolved("云汀", tried, bits), Math.clz32(digest.readUInt32BE()) >= bits);
    }
  }
  assert.equal(tryToSolve("云汀", 30, 0, 10), null);
});

test("a puzzle's digest is right for texts of every length", () => {
  for (let length = 0; length < 150; length += 1) {
    const text = "a".repeat(length);
    const zeros = Math.clz32(createHash("sha256").update(`${text}.7`).digest().readUInt32BE());
    assert.equal(isSolved(text, 7, zeros), true);
    assert.equal(isSolved(text, 7, zeros + 1), false);
  }
});
