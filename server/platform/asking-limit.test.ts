import assert from "node:assert/strict";
import { test } from "node:test";
import { AskingLimit, networkOf } from "./asking-limit.ts";

const NOW = 1_800_000_000_000;

test("a household has one network, however many addresses it takes", () => {
  const same = [
    ["2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"],
    ["2001:0db8:0001:0002:0:0:0:9", "2001:db8:1:2::"],
    ["2001:db8::5", "2001:db8:0:0:7::"],
    ["::1", "::ffff"],
    ["fe80::1%eth0", "fe80::2"],
    ["::ffff:192.0.2.9", "192.0.2.9"],
  ] as const;
  for (const [one, other] of same) assert.equal(networkOf(one), networkOf(other), one);
  const apart = [
    ["2001:db8:1:2::1", "2001:db8:1:3::1"],
    ["2001:db8::1", "2001:db9::1"],
    ["192.0.2.9", "192.0.2.8"],
    ["::ffff:192.0.2.9", "::ffff:192.0.2.8"],
  ] as const;
  for (const [one, other] of apart) assert.notEqual(networkOf(one), networkOf(other), one);
});

test("one network waits for the rest of the window, and its neighbours don't", () => {
  const limit = new AskingLimit(3);
  const asked = [1, 2, 3, 4].map((host) => limit.ask(`2001:db8::${host}`, NOW) > 0);
  assert.deepEqual(asked, [false, false, false, true]);
  assert.equal(limit.ask("2001:db8:0:1::1", NOW), 0);
  assert.equal(limit.ask("2001:db8::9", NOW, "another count"), 0);
  assert.equal(limit.ask("2001:db8::9", NOW + 60_000), 0, "a minute later");
});

test("a crowd of addresses doesn't free the one that has to wait", () => {
  const limit = new AskingLimit(2);
  for (let i = 0; i < 3; i += 1) limit.ask("192.0.2.1", NOW);
  for (let i = 0; i < 120_000; i += 1) {
    limit.ask(`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`, NOW);
  }
  assert.ok(limit.ask("192.0.2.1", NOW) > 0);
});
