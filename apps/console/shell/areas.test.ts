import assert from "node:assert/strict";
import { test } from "node:test";
import { ROLES } from "@wanjia/domain/organisation/terms";
import { areaOf, areas, areasFor, homeOf } from "./areas.ts";

function keys(role: (typeof ROLES)[number]): string[] {
  return areasFor(role).map((area) => area.key);
}

test("the auditor sees the audit trail and nothing of the work", () => {
  assert.deepEqual(keys("auditor"), ["audit"]);
});

test("nobody but the auditor sees the audit trail", () => {
  for (const role of ROLES) assert.equal(keys(role).includes("audit"), role === "auditor", role);
});

test("an administrator sees units and devices but nothing of the work", () => {
  const seen = keys("sys_admin");
  assert.ok(seen.includes("organisation") && seen.includes("devices"));
  assert.ok(!seen.includes("visits") && !seen.includes("matters") && !seen.includes("board"));
});

test("an officer sees the work but imports nothing", () => {
  const seen = keys("community_officer");
  assert.ok(seen.includes("visits") && seen.includes("matters"));
  assert.ok(!seen.includes("imports"));
});

test("an observer sees figures alone", () => {
  assert.deepEqual(keys("external_observer"), ["board", "report_card"]);
});

test("shortcuts and paths are each used once", () => {
  assert.equal(new Set(areas.map((area) => area.shortcut)).size, areas.length);
  assert.equal(new Set(areas.map((area) => area.path)).size, areas.length);
});

test("an address belongs to its area, however deep", () => {
  assert.equal(areaOf("/visits/abc/doors")?.key, "visits");
  assert.equal(areaOf("/visitsabc"), undefined);
});

test("the desk opens at the first thing the role may see", () => {
  assert.equal(homeOf("station_leader"), "/board");
  assert.equal(homeOf("auditor"), "/audit");
});
