import assert from "node:assert/strict";
import { test } from "node:test";
import { toBase64Url } from "./bytes.ts";
import { bucketsOf, compareLines, differs, digestOf, digestWord, linesOf } from "./reconcile.ts";
import { bytes, anId } from "./testing.ts";

const ledger = Array.from({ length: 200 }, () => ({ id: anId(), hash: toBase64Url(bytes(32)) }));

test("equal ledgers agree by a few buckets", () => {
  const buckets = bucketsOf(ledger);
  assert.equal(buckets.length, 4);
  assert.equal(
    buckets.reduce((sum, bucket) => sum + bucket.count, 0),
    200,
  );
  for (const bucket of buckets) {
    const lines = linesOf(ledger, [bucket]);
    assert.equal(differs(bucket, { count: lines.length, digest: digestOf(lines) }), false);
  }
});
test("one missing line is named", () => {
  const missing = ledger[77] as (typeof ledger)[number];
  const server = new Map(ledger.filter((line) => line !== missing).map((l) => [l.id, l.hash]));
  const altered = ledger[5] as (typeof ledger)[number];
  server.set(altered.id, toBase64Url(bytes(32)));
  assert.deepEqual(compareLines(ledger, server), {
    lacking: [missing.id],
    altered: [altered.id],
  });
});
test("the digest is the exclusive or of the first eight bytes", () => {
  const [a, b] = ledger as [(typeof ledger)[number], (typeof ledger)[number]];
  const first = Buffer.from(a.hash, "base64url").readBigUInt64BE();
  assert.equal(digestWord(a.hash), first);
  const second = Buffer.from(b.hash, "base64url").readBigUInt64BE();
  assert.equal(digestOf([a, b]), (first ^ second).toString(16).padStart(16, "0"));
  assert.equal(digestOf([]), "0000000000000000");
});
