import assert from "node:assert/strict";
import { test } from "node:test";
import { startOfLocalDay } from "@wanjia/domain/shared/instant";
import { formatDay, formatInstant, formatPeriod } from "./format.ts";

const now = startOfLocalDay("2026-11-22");

test("a day of this year is said without its year, another year's with it", () => {
  assert.equal(formatDay("2026-11-22", "zh-CN", now), "11月22日 周日");
  assert.equal(formatDay("2025-02-03", "zh-CN", now), "2025年2月3日 周一");
  assert.equal(formatDay("2026-11-22", "en", now), "Sun 22 Nov");
});

test("the clock is Shanghai's, wherever the reader sits", () => {
  assert.equal(formatInstant(Date.UTC(2026, 10, 22, 11, 30), "zh-CN", now), "11月22日 周日 19:30");
  assert.equal(formatInstant(Date.UTC(2026, 10, 22, 16, 5), "zh-CN", now), "11月23日 周一 00:05");
});

test("an open period says from when", () => {
  assert.equal(formatPeriod("2026-11-01", null, "zh-CN", now), "11月1日 周日 起");
  assert.equal(formatPeriod("2025-11-01", "2026-11-30", "en", now), "Sat 1 Nov 2025 – Mon 30 Nov");
});
