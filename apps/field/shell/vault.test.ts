import assert from "node:assert/strict";
import test from "node:test";
import {
  addPasskey,
  createVault,
  nextAttempt,
  open,
  openByPasskey,
  openByPin,
  pinWeakness,
  renewPin,
  seal,
} from "./vault.ts";

const minute = 60_000;

test("what was sealed opens with the PIN, and with no other PIN", async () => {
  const { record, key } = await createVault("402917", "correct horse", {
    pin: 1_000,
    password: 1_000,
  });
  const sealed = await seal(key, "packs/a", { door: "1203" });
  const again = await openByPin(record, "402917");
  assert.ok(again);
  assert.deepEqual(await open(again, "packs/a", sealed), { door: "1203" });
  assert.equal(await openByPin(record, "402918"), null);
});

test("a sealed value put in another's place does not open", async () => {
  const { key } = await createVault("402917", "correct horse", { pin: 1_000, password: 1_000 });
  const sealed = await seal(key, "packs/a", 1);
  await assert.rejects(open(key, "packs/b", sealed));
});

test("the data key can't be taken out of the browser", async () => {
  const { key, record } = await createVault("402917", "correct horse", {
    pin: 1_000,
    password: 1_000,
  });
  assert.equal(key.extractable, false);
  assert.equal(record.device.extractable, false);
  await assert.rejects(crypto.subtle.exportKey("raw", key));
});

test("a forgotten PIN is renewed with the password, and what was stored stays readable", async () => {
  const { record, key } = await createVault("402917", "correct horse", {
    pin: 1_000,
    password: 1_000,
  });
  const sealed = await seal(key, "outbox/1", "unsent");
  assert.equal(await renewPin(record, "wrong horse", "773311"), null);
  const renewed = await renewPin(record, "correct horse", "773310");
  assert.ok(renewed);
  assert.equal(await open(renewed.key, "outbox/1", sealed), "unsent");
  assert.equal(await openByPin(renewed.record, "402917"), null);
});

test("a passkey opens what the PIN opens, no other secret does, and a new PIN leaves it valid", async () => {
  const { record, key } = await createVault("402917", "correct horse", {
    pin: 1_000,
    password: 1_000,
  });
  const sealed = await seal(key, "packs/a", "inside");
  const bytes = (fill: number) => new Uint8Array(32).fill(fill);
  const passkey = { credential: bytes(1), salt: bytes(2), secret: bytes(3) };
  assert.equal(await addPasskey(record, "402918", passkey), null);
  const both = await addPasskey(record, "402917", passkey);
  assert.ok(both);
  assert.ok(!JSON.stringify(both).includes(JSON.stringify(passkey.secret)));
  const opened = await openByPasskey(both, bytes(3));
  assert.ok(opened);
  assert.equal(opened.extractable, false);
  assert.equal(await open(opened, "packs/a", sealed), "inside");
  assert.equal(await openByPasskey(both, bytes(4)), null);
  assert.equal(await openByPasskey(record, bytes(3)), null);
  const renewed = await renewPin(both, "correct horse", "773310");
  assert.ok(renewed && (await openByPasskey(renewed.record, bytes(3))));
});

test("after five wrong PINs each try waits longer, after ten only the password helps", () => {
  const at = 1_000 * minute;
  assert.equal(nextAttempt({ wrong: 4, last: at }, at), null);
  assert.equal(nextAttempt({ wrong: 5, last: at }, at), at + minute);
  assert.equal(nextAttempt({ wrong: 5, last: at }, at + minute), null);
  assert.equal(nextAttempt({ wrong: 7, last: at }, at + minute), at + 15 * minute);
  assert.equal(nextAttempt({ wrong: 10, last: at }, at + 1e9), "never");
});

test("turning the clock back does not end a wait", () => {
  assert.equal(nextAttempt({ wrong: 5, last: 1_000 * minute }, 500 * minute), 501 * minute);
});

test("a PIN that anyone would try first is refused", () => {
  for (const pin of ["000000", "123456", "654321", "121212", "123123"]) {
    assert.equal(pinWeakness(pin), "simple", pin);
  }
  assert.equal(pinWeakness("12345"), "length");
  assert.equal(pinWeakness("402917"), null);
});
