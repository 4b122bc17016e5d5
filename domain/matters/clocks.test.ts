import assert from "node:assert/strict";
import { test } from "node:test";
import { CLOCK_RULES, dueDate } from "./clocks.ts";
import { CALENDAR_2026 } from "./fixtures.ts";
import type { Matter } from "./terms.ts";

test("limits are counted in working days after the day of registration", () => {
  const due = (kind: Matter["kind"], on: string) => dueDate(kind, on, CALENDAR_2026)?.dueOn ?? null;
  assert.equal(due("service_request", "2026-11-02"), "2026-11-05");
  assert.equal(
    due("hazard", "2026-09-30"),
    "2026-10-10",
    "over National Day to a make-up Saturday",
  );
  assert.equal(due("opinion", "2026-11-02"), "2026-11-23");
  assert.equal(due("dispute", "2026-10-31"), "2026-11-30", "no 31 November");
  assert.equal(due("dispute", "2026-10-08"), "2026-11-09", "8 November is a Sunday");
  assert.equal(due("opinion", "2026-12-30"), null, "next year's holidays aren't announced");
  assert.equal(due("opinion", "2021-12-30"), null, "no rule in force");
});

test("a new limit leaves the dates of older matters alone", () => {
  const rules = CLOCK_RULES.flatMap((rule) =>
    rule.kind === "hazard"
      ? [
          { ...rule, until: "2026-11-01" },
          { ...rule, id: "hazard.next", amount: 2, from: "2026-11-01" },
        ]
      : [rule],
  );
  assert.equal(dueDate("hazard", "2026-10-30", CALENDAR_2026, rules)?.dueOn, "2026-11-04");
  assert.deepEqual(dueDate("hazard", "2026-11-02", CALENDAR_2026, rules), {
    dueOn: "2026-11-04",
    clock: "hazard.next",
  });
});
