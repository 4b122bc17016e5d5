import assert from "node:assert/strict";
import { test } from "node:test";
import { asAt, bareCode, parentCode, remap, successorsOn, tierOf } from "./divisions.ts";
import type { Division } from "./terms.ts";

const row = (
  code: string,
  validTo: string | null,
  successors: string[] = [],
  validFrom = "2020-01-01",
): Division => ({
  code,
  name: code,
  level: "community",
  parentCode: parentCode(code),
  validFrom,
  validTo,
  successors,
});

test("a padded code is laid bare; quasi-units 4xx and 5xx are as good as any", () => {
  const cases = [
    ["350000000000", "35"],
    ["350200000000", "3502"],
    ["350205000000", "350205"],
    ["350205001000", "350205001"],
    ["350205001001", "350205001001"],
    ["320614400000", "320614400"],
    ["350000", "35"],
    ["350200", "3502"],
    ["350205403", "350205403"],
  ] as const;
  for (const [given, bare] of cases) assert.deepEqual(bareCode(given), { ok: true, value: bare });
  for (const wrong of ["35020A", "", "3", "350", "35020", "3502051", "3502050010001", "-3502"]) {
    assert.equal(bareCode(wrong).ok, false, wrong);
  }
  assert.deepEqual(["35", "3502", "350205", "350205403", "350205403001", "3"].map(tierOf), [
    "province",
    "city",
    "county",
    "township",
    "community",
    undefined,
  ]);
  assert.deepEqual(["350205403001", "350205403", "350205", "3502", "35"].map(parentCode), [
    "350205403",
    "350205",
    "3502",
    "35",
    null,
  ]);
});

test("merged communities add up on the new list, split ones are not guessed, nothing is lost", () => {
  const list = [
    row("990101001001", "2026-07-01", ["990101001003"]),
    row("990101001002", "2026-07-01", ["990101001003"]),
    row("990101001003", null, [], "2026-07-01"),
    row("990101001004", "2026-07-01", ["990101001005", "990101001006"]),
    row("990101001005", null, [], "2026-07-01"),
    row("990101001006", null, [], "2026-07-01"),
    row("990101001007", null),
    row("990101001008", "2026-07-01"),
  ];
  assert.equal(asAt(list, "2026-06-30").length, 5);
  const figures = new Map([
    ["990101001001", 10],
    ["990101001002", 5],
    ["990101001004", 7],
    ["990101001007", 2],
    ["990101001008", 3],
  ]);
  const moved = remap(list, figures, "2026-08-01");
  assert.ok(moved.ok);
  assert.deepEqual(moved.value, {
    figures: new Map([
      ["990101001003", 15],
      ["990101001007", 2],
    ]),
    split: [{ code: "990101001004", successors: ["990101001005", "990101001006"], figure: 7 }],
    lost: [{ code: "990101001008", figure: 3 }],
  });
  const lastDay = asAt(list, "2026-06-30").map(({ code }) => code);
  const firstDay = asAt(list, "2026-07-01").map(({ code }) => code);
  assert.ok(lastDay.includes("990101001001") && !lastDay.includes("990101001003"));
  assert.ok(!firstDay.includes("990101001001") && firstDay.includes("990101001003"));
  const before = remap(list, figures, "2026-06-30");
  assert.deepEqual(before.ok && before.value.figures, figures);
});

test("a list of divisions that leads back to itself is refused", () => {
  const list = [
    row("990101001001", "2026-01-01", ["990101001002"]),
    row("990101001002", "2026-01-01", ["990101001001"]),
  ];
  assert.equal(successorsOn(list, "990101001001", "2026-02-01").ok, false);
});
