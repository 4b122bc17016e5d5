import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DAY_MS, HOUR_MS, startOfLocalDay } from "../shared/instant.ts";
import { eventsOf, evolve } from "./evolve.ts";
import {
  after,
  afterAt,
  clockwork,
  colleague,
  HEARD_AT,
  leader,
  matter,
  officer,
  propertyManager,
  refusalOf,
} from "./fixtures.ts";
import { drawLot, LOT_SHARE } from "./hazard-lot.ts";
import type { Matter } from "./terms.ts";

const hazard = (grade: "ordinary" | "major_candidate" = "ordinary"): Matter =>
  matter({ kind: "hazard", subtype: "blocked_exit", grade });

const slip = {
  type: "advise",
  party: "property_company",
  fixBy: "2026-11-05",
  text: "请清理楼道堆放的杂物，保持出口畅通",
  atHome: false,
} as const;
const fixed = { type: "resolve", outcome: "rectified", text: "已清理" } as const;
const looked = { type: "recheck", cleared: true, text: "出口畅通" } as const;
const notice = { body: "fire_service", number: "消限字〔2026〕12号" } as const;

/** Drawn by lot, as the weekly draw keeps it. */
function drawn(state: Matter): Matter {
  const changes = [{ type: "drawn", lotId: state.id }] as const;
  return eventsOf(changes, state.version, state.id, HEARD_AT).reduce(evolve, state);
}

test("a slip names a kind of body and a day within the matter's own limit", () => {
  const advised = after(hazard(), [officer, slip]);
  assert.deepEqual(
    [advised.state, advised.hazard?.advice?.party, advised.hazard?.advice?.fixBy],
    ["in_progress", "property_company", "2026-11-05"],
  );
  assert.equal(advised.dueOn, "2026-11-05");
  assert.equal(refusalOf(hazard(), officer, { ...slip, fixBy: "2026-11-06" }), "fix-day");
  assert.equal(refusalOf(hazard(), officer, { ...slip, fixBy: "2026-11-01" }), "fix-day");
  assert.equal(refusalOf(hazard(), colleague, slip), "not-responsible");
});

test("in a home there is advice and never an order; elsewhere the competent body's number is kept", () => {
  assert.equal(refusalOf(hazard(), officer, { ...slip, atHome: true, notice }), "home-advice-only");
  const ordered = after(hazard(), [officer, { ...slip, fixBy: "2026-12-31", notice }]);
  assert.deepEqual(ordered.hazard?.advice?.notice, notice);
});

test("a notice, and the body's word about it, go by a number", () => {
  const without = { ...slip, fixBy: "2026-12-31", notice: { ...notice, number: " " } } as const;
  assert.equal(refusalOf(hazard(), officer, without), "notice-number-missing");
  const told = after(
    hazard("major_candidate"),
    [officer, sent],
    [officer, { type: "relay", said: "accepted", text: "已接收" }],
  );
  const heard = { type: "hear_body", major: false, text: "不属重大" } as const;
  assert.equal(refusalOf(told, officer, { ...heard, number: " " }), "notice-number-missing");
  assert.equal(refusalOf(told, officer, heard), null);
});

const sent = {
  type: "refer",
  to: propertyManager.partnerId ?? "",
  bodyKind: "fire_service",
  basis: "duty",
  text: "锁闭出口",
} as const;
const purposes = ({ clocks }: Matter) => clocks.map(({ purpose }) => purpose);

test("what may be major goes to the competent body within a day, as every referral does, and it decides", () => {
  const grave = hazard("major_candidate");
  const due = (of: string) => grave.clocks.find(({ purpose }) => purpose === of)?.dueAt;
  assert.equal(due("report"), HEARD_AT + 24 * HOUR_MS);
  assert.equal(due("hand_over"), startOfLocalDay("2026-11-10"));
  const heard = { type: "hear_body", major: true, number: "12号", text: "属重大火灾隐患" } as const;
  assert.equal(refusalOf(grave, officer, heard), "not-transferred");
  // To a body that decides nothing about hazards it may go as well, and that is no report.
  const elsewhere = after(grave, [officer, { ...sent, bodyKind: "property_manager" }]);
  assert.ok(purposes(elsewhere).includes("report"));
  const told = after(grave, [officer, sent]);
  assert.deepEqual(
    [told.responsibleId, told.hazard?.transfer?.to],
    [officer.memberId, "fire_service"],
  );
  assert.ok(!purposes(told).includes("report") && purposes(told).includes("hand_over"));
  // Returned once, it is the first recipient's as before, and the five days run on.
  const back = after(told, [officer, { type: "relay", said: "returned", text: "不属我处" }]);
  assert.ok(purposes(back).includes("hand_over") && !purposes(back).includes("report"));
  const taken = after(told, [officer, { type: "relay", said: "accepted", text: "已接收" }]);
  assert.deepEqual([taken.state, purposes(taken).includes("hand_over")], ["referred", false]);
  const major = after(taken, [officer, heard]);
  assert.deepEqual([major.grade, major.hazard?.transfer?.number], ["major", "12号"]);
  assert.ok(!purposes(major).includes("hand_over"));
  const milder = { type: "correct", grade: "ordinary", why: "不重" } as const;
  assert.equal(refusalOf(major, officer, milder), "grade-decided");
});

test("a hazard that turns out to be grave is reported from then on", () => {
  const later = clockwork(HEARD_AT + DAY_MS);
  const graver = { type: "correct", grade: "major_candidate", why: "出口焊死" } as const;
  const corrected = afterAt(later, hazard(), [officer, graver]);
  const report = corrected.clocks.find(({ purpose }) => purpose === "report");
  assert.equal(report?.startedAt, HEARD_AT + DAY_MS);
});

test("what the lot fell on is looked at by somebody who had no part in it", () => {
  const cleared = after(hazard(), [officer, slip], [officer, fixed], [colleague, looked]);
  const second = { type: "verify", stands: false, text: "又堆满了" } as const;
  assert.equal(refusalOf(cleared, leader, second), "not-drawn");
  for (const actor of [officer, colleague]) {
    assert.equal(refusalOf(drawn(cleared), actor, second), "finder-cannot-recheck");
  }
  const stood = after(drawn(cleared), [leader, { ...second, stands: true }]);
  assert.deepEqual([stood.outcome, stood.hazard?.lot?.stands], ["cleared", true]);
  const fell = after(drawn(cleared), [leader, second]);
  assert.deepEqual([fell.state, fell.clearedAt, fell.reopened], ["in_progress", null, 1]);
  assert.ok(fell.clocks.some(({ purpose }) => purpose === "redo"));
});

test("a lot is a tenth rounded up, and the same for the same seed", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.uuid(), { maxLength: 60 }), fc.uuid(), (ids, seed) => {
      const lot = drawLot(ids, seed);
      assert.equal(lot.length, Math.ceil(ids.length * LOT_SHARE));
      assert.equal(new Set(lot).size, lot.length);
      assert.ok(lot.every((id) => ids.includes(id)));
      assert.deepEqual(drawLot(ids.toReversed(), seed), lot);
    }),
  );
});
