import assert from "node:assert/strict";
import { test } from "node:test";
import { startOfLocalDay } from "../shared/instant.ts";
import { after, feedbackCentre, officer, performed, performing, scheduled } from "./fixtures.ts";
import { followsMediation, ordersAfter } from "./outcome.ts";
import type { Mediation, MediationEventType } from "./terms.ts";

const TEXTS = {
  agreed: "agreed",
  failed: "failed",
  breached: "breached",
  relapsed: "relapsed",
  stopped: "stopped",
  called: "called",
};

const orders = (
  before: Mediation,
  now: Mediation,
  events: readonly MediationEventType[],
  state: "in_progress" | "resolved" = "resolved",
) =>
  ordersAfter(
    { matterId: now.matterId, by: officer.memberId, before, after: now, events },
    state,
    TEXTS,
  ).map((order) => ("outcome" in order ? `${order.type} ${order.outcome}` : order.type));

test("the dispute's outcome is what the mediation came to", () => {
  const agreed = performing();
  assert.deepEqual(orders(scheduled(), agreed, ["agreed"], "in_progress"), [
    "resolve agreement_reached",
  ]);
  assert.deepEqual(orders(agreed, performed(), ["side_performed", "performed"]), ["perform"]);
  const stopped = after(agreed, [officer, { type: "stop", stopSigns: ["party_in_fear"] }]);
  assert.deepEqual(orders(agreed, stopped, ["stopped"]), ["screen", "resolve not_suitable"]);
  const broken = after(
    agreed,
    [officer, { type: "report_breach", side: "b" }],
    [officer, { type: "urge" }],
    [officer, { type: "give_up_urging" }],
  );
  assert.deepEqual(orders(agreed, broken, ["ended"]), ["reopen", "resolve failed"]);
  const back = after(performed(), [
    officer,
    { type: "follow_up", result: "relapsed" },
    startOfLocalDay("2026-11-20"),
  ]);
  assert.deepEqual(orders(performed(), back, ["followed_up", "ended"]), ["reopen"]);
});

test("the matter was called back when the last side was, and as the less content side says", () => {
  const start = performed();
  const [first = "a", second = "b"] = start.callOrder;
  const call = { type: "call_back", alone: true, reached: true } as const;
  const one = after(start, [
    feedbackCentre,
    { ...call, side: first, solved: "yes", satisfaction: 5 },
  ]);
  assert.deepEqual(orders(start, one, ["side_called"]), []);
  const both = after(one, [
    feedbackCentre,
    { ...call, side: second, solved: "no", satisfaction: 2 },
  ]);
  const [order] = ordersAfter(
    { matterId: "", by: "", before: one, after: both, events: ["side_called"] },
    "feedback_given",
    TEXTS,
  );
  assert.ok(order?.type === "call_back" && order.solved === "no" && order.satisfaction === 2);
  const missed = { type: "call_back", alone: true, reached: false } as const;
  const nobody = after(
    start,
    [feedbackCentre, { ...missed, side: first }],
    [feedbackCentre, { ...missed, side: first }],
    [feedbackCentre, { ...missed, side: second }],
    [feedbackCentre, { ...missed, side: second }],
  );
  assert.deepEqual(orders(start, nobody, ["side_called"]), ["call_back", "call_back"]);
});

test("what is heard meanwhile may still be noted, and who handles it may still change", () => {
  for (const free of ["note", "assign", "accept", "answer", "correct"] as const) {
    assert.equal(followsMediation(free), false, free);
  }
  assert.ok(followsMediation("resolve") && followsMediation("close"));
});
