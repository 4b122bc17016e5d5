import assert from "node:assert/strict";
import { test } from "node:test";
import type { ClockRuleRow } from "@wanjia/contract/clock-rules";
import { matters } from "@wanjia/contract/messages/matters.zh-CN";
import { CLOCK_RULES } from "@wanjia/domain/matters/clock-table";
import { HOUR_MS, startOfLocalDay } from "@wanjia/domain/shared/instant";
import {
  arrangeSteps,
  claimableOutcomes,
  dueTone,
  eventLines,
  leftOf,
  limitsOf,
  listInput,
  nextSentence,
  orderOf,
  ruleDraft,
  ruleKey,
  ruleValues,
  stateTone,
} from "./view-model.ts";

test("only what is overdue is shown in the colour of alarm", () => {
  const morning = startOfLocalDay("2026-11-10") + 9 * HOUR_MS;
  const left = (dueAt: number | null, pausedAt: number | null = null) =>
    leftOf({ dueAt, pausedAt }, morning);
  assert.deepEqual(left(startOfLocalDay("2026-11-08")), { kind: "overdue", days: 3 });
  assert.deepEqual(left(startOfLocalDay("2026-11-11")), { kind: "today" });
  assert.deepEqual(left(startOfLocalDay("2026-11-21")), { kind: "left", days: 10 });
  assert.deepEqual(left(morning + 2.5 * HOUR_MS), { kind: "hours", hours: 3 });
  assert.deepEqual(left(morning - HOUR_MS), { kind: "overdue", days: 1 });
  assert.deepEqual(left(null), { kind: "none" });
  assert.deepEqual(left(null, morning), { kind: "paused" });
  assert.equal(dueTone({ kind: "overdue", days: 1 }), "alarm");
  assert.equal(dueTone({ kind: "left", days: 10 }), "open");
});

test("every time limit has a name that people read", () => {
  for (const { id } of CLOCK_RULES) assert.ok(ruleKey(id) in matters.clockRule, id);
});

test("a limit shows the version of the day, and the one that comes", () => {
  const version = (number: number, from: string) =>
    ({ id: "hazard.ordinary", version: number, from }) as ClockRuleRow;
  const rules = [version(1, "2008-02-01"), version(2, "2026-11-01"), version(3, "2027-01-01")];
  const [limit] = limitsOf(rules, "2026-11-10");
  assert.deepEqual([limit?.now.version, limit?.planned?.version], [2, 3]);
  assert.equal(limit?.earliest, "2027-01-02");
  assert.equal(limitsOf(rules, "2027-01-01")[0]?.planned, null);
});

test("a new version keeps what the form does not ask for", () => {
  const now = {
    id: "service.default",
    amount: 3,
    unit: "working_days",
    source: "服务承诺",
    basis: "default",
    pauses: ["force_majeure"],
    extension: { amount: 10, unit: "working_days", by: ["station_leader"], tellResident: true },
    raiseAgainDays: 2,
  } as unknown as ClockRuleRow;
  const limit = { id: now.id, now, planned: null, earliest: "2026-11-11" };
  const draft = ruleDraft(limit, { ...ruleValues(limit), amount: 2, longer: 5 });
  assert.deepEqual([draft.amount, draft.from, draft.pauses], [2, "2026-11-11", ["force_majeure"]]);
  assert.deepEqual(draft.extension, { ...now.extension, amount: 5 });
  assert.equal(ruleDraft(limit, { ...ruleValues(limit), longer: null }).extension, null);
});

test("an ending without a solution is neutral, never red", () => {
  assert.equal(stateTone({ state: "closed", disposition: "declined" }), "ended");
  assert.equal(stateTone({ state: "withdrawn", disposition: "withdrawn" }), "ended");
  assert.equal(stateTone({ state: "closed", disposition: "closed" }), "met");
});

test("`mine` becomes the member's own id", () => {
  assert.deepEqual(listInput({ size: 50, mine: "true", kind: "hazard" }, "me"), {
    size: 50,
    kind: "hazard",
    handlerId: "me",
  });
  assert.deepEqual(listInput({ size: 50 }, "me"), { size: 50 });
});

test("what moves a matter on is a button, the rest is in a menu", () => {
  assert.deepEqual(arrangeSteps(["accept", "resolve", "assign", "decline", "correct", "note"]), {
    main: ["accept", "resolve", "note"],
    more: ["assign", "decline", "correct"],
  });
});

test("the next step says who waits for whom", () => {
  const matter = {
    state: "resolved",
    outcome: "adopted",
    assigneeId: null,
    referral: null,
    feedback: "phone",
    anonymous: false,
    reporter: "resident",
  } as const;
  assert.equal(nextSentence(matter), "resolved");
  assert.equal(nextSentence({ ...matter, feedback: "none" }), "resolved_no_answer");
  assert.equal(nextSentence({ ...matter, outcome: "rectified" }), "resolved_recheck");
  assert.equal(nextSentence({ ...matter, state: "accepted", assigneeId: "x" }), "asked");
});

test("a stopped dispute offers the other way as its only outcome", () => {
  assert.deepEqual(claimableOutcomes({ kind: "dispute", suitable: false }), ["not_suitable"]);
  assert.ok(!claimableOutcomes({ kind: "dispute", suitable: true }).includes("not_suitable"));
  assert.ok(!claimableOutcomes({ kind: "hazard", suitable: null }).includes("cleared"));
});

test("an order leaves out what its case didn't ask for", () => {
  assert.deepEqual(
    orderOf("resolve", { outcome: "delivered", reason: "other", text: "已送证上门" }),
    { type: "resolve", outcome: "delivered", text: "已送证上门" },
  );
  assert.deepEqual(
    orderOf("call_back", { mode: "phone", reached: false, solved: "yes", satisfaction: 5 }),
    { type: "call_back", mode: "phone", reached: false, text: "" },
  );
  assert.deepEqual(orderOf("screen", {}), { type: "screen", stopSigns: [] });
  assert.deepEqual(orderOf("close", { waiver: undefined }), { type: "close" });
});

test("an event tells its outcome, its reason, and then its words", () => {
  const event = { seq: 4, at: 0, memberId: "m", memberName: null, role: "community_officer" };
  assert.deepEqual(
    eventLines({
      ...event,
      type: "resolved",
      body: { outcome: "not_adopted", reason: "no_means", text: "缺少经费" },
    }),
    [
      { kind: "label", group: "outcome", value: "not_adopted" },
      { kind: "label", group: "reason", value: "no_means" },
      { kind: "text", text: "缺少经费" },
    ],
  );
  assert.deepEqual(eventLines({ ...event, type: "screened", body: { stopSigns: [] } }), [
    { kind: "words", key: "no_stop" },
  ]);
});
