import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { matterNumber, parseNumber, printNumber } from "./number.ts";

test("a number is read back whatever way it was heard, and one wrong sign is noticed", () => {
  fc.assert(
    fc.property(fc.uuid({ version: 7 }), fc.nat(7), fc.nat(29), (id, at, shift) => {
      const number = matterNumber(id);
      assert.equal(parseNumber(printNumber(number).toLowerCase()), number);
      const signs = "123456789ABCDEFGHJKMNPQRSTVWXYZ";
      const wrong = signs[(signs.indexOf(number[at] ?? "") + 1 + shift) % signs.length];
      assert.equal(parseNumber(number.slice(0, at) + wrong + number.slice(at + 1)), null);
    }),
  );
  assert.equal(parseNumber("O000-0000"), null);
});
