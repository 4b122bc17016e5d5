import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY_MS, startOfLocalDay } from "@wanjia/domain/shared/instant";
import { auditInput, detailLines } from "./view-model.ts";

test("a last day is seen whole", () => {
  const day = startOfLocalDay("2026-11-22");
  assert.deepEqual(auditInput({ size: 50, from: "2026-11-22", to: "2026-11-22" }), {
    size: 50,
    from: day,
    to: day + DAY_MS,
  });
});

test("a day that does not exist is not asked for", () => {
  assert.deepEqual(auditInput({ size: 50, from: "2026-02-30", action: "a.b" }), {
    size: 50,
    action: "a.b",
  });
});

test("details are told as they are", () => {
  assert.deepEqual(detailLines({ role: "auditor", count: 3, gone: null }), [
    { name: "role", value: "auditor" },
    { name: "count", value: "3" },
    { name: "gone", value: "null" },
  ]);
  assert.deepEqual(detailLines(null), []);
});
