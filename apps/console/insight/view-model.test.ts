import assert from "node:assert/strict";
import { test } from "node:test";
import { startOfLocalDay } from "@wanjia/domain/shared/instant";
import {
  bareText,
  type Cell,
  coverageStep,
  grainOf,
  opens,
  periodsOf,
  SECTIONS,
  shareOf,
  textOf,
} from "./view-model.ts";

function cell(id: string, figure: Cell["figure"], showing?: Cell["showing"]): Cell {
  return { id, figure, showing };
}

test("a figure carries its unit; in a table the unit stands in the head", () => {
  const visits = cell("K03", { kind: "count", value: 137_435 });
  assert.equal(textOf(visits, "zh"), "137435户次");
  assert.equal(textOf(visits, "en"), "137,435 household visits");
  assert.equal(bareText(visits, "zh"), "137435");
});

test("what is held back shows its mark and opens onto nothing", () => {
  const small = cell("K20", null, { as: "small", below: 5 });
  assert.equal(textOf(small, "zh"), "<5条");
  assert.equal(bareText(cell("K06", null, { as: "withheld" }), "zh"), "•");
  assert.equal(opens(small), false);
  assert.equal(opens(cell("K20", { kind: "count", value: 0 })), false);
  assert.equal(opens(cell("K20", { kind: "count", value: 12 })), true);
  assert.equal(shareOf(cell("K06", null)), null);
});

test("coverage has five steps, each with its words", () => {
  assert.equal(coverageStep(0), 0);
  assert.equal(coverageStep(19.99), 0);
  assert.equal(coverageStep(20), 1);
  assert.equal(coverageStep(100), 4);
  assert.equal(coverageStep(null), null);
});

test("periods that can be chosen begin with the present one", () => {
  const now = startOfLocalDay("2026-02-10");
  assert.deepEqual(periodsOf("month", now).slice(0, 3), ["2026-02", "2026-01", "2025-12"]);
  assert.deepEqual(periodsOf("quarter", now).slice(0, 2), ["2026-Q1", "2025-Q4"]);
  assert.deepEqual(periodsOf("year", now), ["2026", "2025", "2024"]);
  assert.equal(grainOf("2026-Q1"), "quarter");
  assert.equal(grainOf("nonsense"), "month");
});

test("the card's sections hold every indicator once", () => {
  const all = [...SECTIONS.visits, ...SECTIONS.matters, ...SECTIONS.pace];
  assert.equal(new Set(all).size, all.length);
  assert.ok(all.includes("K15a") && all.includes("K39"));
});
