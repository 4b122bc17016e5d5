import assert from "node:assert/strict";
import test from "node:test";
import { HOUR_MS } from "@wanjia/domain/shared/instant";
import { bytesText, toneOf, type StorageState } from "./status.ts";
import type { Status } from "./driver-terms.ts";

const now = 1_794_304_800_000;
const calm: Status = {
  phase: "idle",
  unsent: 0,
  refused: 0,
  stuck: 0,
  lastSync: now,
  receipts: 4,
  faults: 0,
  lacking: 0,
  altered: 0,
  clockOff: null,
  storageFull: false,
  pulled: 0,
};
const room: StorageState = { persisted: true, usedBytes: 3e6, freeBytes: 1e9 };

test("all sent is calm, unsent waits, and a day unsent is an alarm", () => {
  assert.equal(toneOf(calm, room, null, now), "sent");
  const waiting = { ...calm, unsent: 2 };
  assert.equal(toneOf(waiting, room, now - HOUR_MS, now), "waiting");
  assert.equal(toneOf(waiting, room, now - 25 * HOUR_MS, now), "alarm");
});

test("whatever needs an eye raises the alarm", () => {
  const reasons: Partial<Status>[] = [
    { refused: 1 },
    { stuck: 1 },
    { faults: 1 },
    { lacking: 1 },
    { altered: 1 },
    { storageFull: true },
    { phase: "upgrade" },
    { phase: "signed_out", unsent: 1 },
  ];
  for (const reason of reasons) {
    assert.equal(toneOf({ ...calm, ...reason }, room, null, now), "alarm", JSON.stringify(reason));
  }
  assert.equal(toneOf(calm, { ...room, freeBytes: 5e6 }, null, now), "alarm");
  assert.equal(toneOf({ ...calm, phase: "offline" }, room, null, now), "sent");
});

test("sizes are written as the phone's own settings write them, number and unit on one line", () => {
  assert.deepEqual([0, 400, 12_300_000, 1_430_000_000].map(bytesText), [
    "0\u00A0MB",
    "1\u00A0MB",
    "12\u00A0MB",
    "1.4\u00A0GB",
  ]);
});
