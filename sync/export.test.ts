import assert from "node:assert/strict";
import { test } from "node:test";
import { openUnsent, sealUnsent } from "./export.ts";
import { hashOf, sealing, sha256 } from "./webcrypto.ts";
import { NOW, bytes, anId, aCommand } from "./testing.ts";

test("opens at a desk with the passphrase, and only so", async () => {
  const command = aCommand({ body: { note: "没人应门" } });
  const work = {
    member: anId(),
    device: anId(),
    exportedAt: NOW,
    commands: [{ command, hash: await hashOf(command) }],
  };
  const file = await sealUnsent(work, "正确的口令", bytes(28), sealing);
  assert.ok(!file.includes("没人"));
  assert.deepEqual(await openUnsent(file, "正确的口令", sealing, sha256), {
    ok: true,
    value: work,
  });
  const wrong = await openUnsent(file, "别的口令", sealing, sha256);
  assert.equal(wrong.ok ? "" : wrong.refusal.code, "wrong-passphrase");
  const bent = await openUnsent(file.replace('"version":1', '"version":2'), "x", sealing, sha256);
  assert.equal(bent.ok ? "" : bent.refusal.code, "not-an-export");
  for (const rubbish of ["", "[]", "{}", "null", '{"format":"wanjia-unsent","version":1}']) {
    const opened = await openUnsent(rubbish, "x", sealing, sha256);
    assert.equal(opened.ok ? "" : opened.refusal.code, "not-an-export");
  }
  const altered = { ...work, commands: [{ command, hash: await hashOf(aCommand()) }] };
  const other = await sealUnsent(altered, "a", bytes(28), sealing);
  const opened = await openUnsent(other, "a", sealing, sha256);
  assert.equal(opened.ok ? "" : opened.refusal.code, "content-differs");
});
