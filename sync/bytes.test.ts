import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from "./bytes.ts";

test("texts of every script survive as UTF-8, as the platform writes it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      assert.deepEqual(utf8(text), new Uint8Array(new TextEncoder().encode(text)));
      assert.equal(fromUtf8(utf8(text)), text);
    }),
  );
});
test("bytes survive as base64url, as the platform writes it", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (data) => {
      assert.equal(toBase64Url(data), Buffer.from(data).toString("base64url"));
      assert.deepEqual(fromBase64Url(toBase64Url(data)), new Uint8Array(data));
    }),
  );
  assert.equal(fromBase64Url("a"), null);
  assert.equal(fromBase64Url("a+b="), null);
});
