import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  printedReceiptCode,
  RECEIPT_GROUPS,
  RECEIPT_RANDOM_BYTES,
  readReceiptCode,
  receiptCode,
} from "./receipt-code.ts";

const bytes = fc.uint8Array({ minLength: RECEIPT_RANDOM_BYTES, maxLength: RECEIPT_RANDOM_BYTES });
const code = bytes.map(receiptCode);

test("a receipt is read back as it was printed, however it is spaced", () => {
  fc.assert(
    fc.property(code, (made) => {
      assert.match(printedReceiptCode(made), /^(\d{6} ){5}\d{6}$/);
      for (const typed of [made, printedReceiptCode(made), made.replaceAll(/(\d{6})/g, "$1-")]) {
        assert.deepEqual(readReceiptCode(typed), { ok: true, value: made });
      }
    }),
  );
});

test("a receipt is worth at least 96 bits", () => {
  assert.ok(Math.log2(10 ** (5 * RECEIPT_GROUPS)) >= 96);
});

test("one wrong digit, two neighbours or two groups that changed places are found", () => {
  fc.assert(
    fc.property(code, fc.nat(35), fc.integer({ min: 1, max: 9 }), fc.nat(5), (made, at, by, to) => {
      const wrong = String((Number(made[at]) + by) % 10);
      const read = readReceiptCode(made.slice(0, at) + wrong + made.slice(at + 1));
      assert.deepEqual(
        read.ok ? null : read.refusal,
        { code: "receipt-misread", params: { group: Math.floor(at / 6) + 1 } },
        "the group is named",
      );
      if (at % 6 < 5 && made[at] !== made[at + 1]) {
        const pair = `${made[at + 1]}${made[at]}`;
        assert.equal(readReceiptCode(made.slice(0, at) + pair + made.slice(at + 2)).ok, false);
      }
      const groups = made.match(/\d{6}/g) ?? [];
      const from = Math.floor(at / 6);
      if (groups[from] !== groups[to]) {
        [groups[from], groups[to]] = [groups[to] ?? "", groups[from] ?? ""];
        assert.equal(readReceiptCode(groups.join("")).ok, false);
      }
    }),
  );
});

test("what is no receipt at all is said to be none", () => {
  for (const text of ["", "123", "abc", "1".repeat(37)]) {
    assert.deepEqual(readReceiptCode(text), { ok: false, refusal: { code: "receipt-malformed" } });
  }
});
