import assert from "node:assert/strict";
import { test } from "node:test";
import { type ClockRuleDraft, newVersion, takeBack } from "./clock-editing.ts";
import { CLOCK_RULES } from "./clock-table.ts";

const TODAY = "2026-11-23";
const [first] = CLOCK_RULES;

function refusal(changes: Partial<ClockRuleDraft>): string | null {
  const draft = { ...first, from: "2026-11-24", ...changes } as ClockRuleDraft;
  const written = newVersion(CLOCK_RULES, draft, TODAY);
  return written.ok ? null : written.refusal.code;
}

test("a limit is changed from a day to come, to a whole amount, with its source", () => {
  assert.equal(refusal({}), null);
  assert.equal(refusal({ id: "no.such.limit" }), "rule-unknown");
  assert.equal(refusal({ from: TODAY }), "rule-too-early");
  for (const amount of [0, 1.5, 1001]) assert.equal(refusal({ amount }), "rule-amount");
  assert.equal(refusal({ raiseAgainDays: 0 }), "rule-amount");
  assert.equal(refusal({ source: " " }), "rule-source-missing");
});

test("a version is taken back until its day comes, and never the one in force", () => {
  const draft = { ...first, from: "2026-12-01", amount: 3 } as ClockRuleDraft;
  const written = newVersion(CLOCK_RULES, draft, TODAY);
  assert.ok(written.ok);
  const rules = [...CLOCK_RULES, written.value];
  const codeOf = (version: number, today: string) => {
    const answer = takeBack(rules, { id: draft.id, version }, today);
    return answer.ok ? null : answer.refusal.code;
  };
  assert.equal(codeOf(written.value.version, "2026-11-30"), null);
  assert.equal(codeOf(written.value.version, "2026-12-01"), "rule-in-force");
  assert.equal(codeOf(1, TODAY), "rule-in-force");
  assert.equal(codeOf(9, TODAY), "rule-unknown");
});
