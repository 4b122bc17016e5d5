import assert from "node:assert/strict";
import { test } from "node:test";
import { decide } from "./decide.ts";
import {
  after,
  businessUnit,
  clockwork,
  colleague,
  feedbackCentre,
  leader,
  matter,
  officer,
  refusalOf,
} from "./fixtures.ts";
import { CALLBACK_WAIVERS, MATTER_LIMITS, type MatterCommand } from "./terms.ts";

const resolveOpinion = { type: "resolve", outcome: "adopted", text: "已加入巡逻路线" } as const;
const answerByPhone = { type: "answer", mode: "phone", text: "后门每晚两次巡逻" } as const;
const calledSolved = {
  type: "call_back",
  mode: "phone",
  reached: true,
  solved: "yes",
  satisfaction: 4,
  text: "",
} as const;

test("an opinion goes the whole way from the door to closed", () => {
  const closed = after(
    matter(),
    [officer, { type: "accept" }],
    [officer, { type: "start" }],
    [officer, resolveOpinion],
    [officer, answerByPhone],
    [feedbackCentre, calledSolved],
    [leader, { type: "close" }],
  );
  assert.equal(closed.state, "closed");
  assert.equal(closed.disposition, "closed");
  assert.equal(closed.outcome, "adopted");
  assert.equal(closed.version, 7);
});

test("what is done at once is one order, and the history still holds each step", () => {
  const decision = decide(matter(), resolveOpinion, officer, clockwork());
  assert.deepEqual(decision.ok && decision.value.map((change) => change.type), [
    "accepted",
    "started",
    "resolved",
  ]);
});

test("the handler neither calls back nor closes nor withdraws his own matter", () => {
  const answered = after(matter(), [officer, resolveOpinion], [officer, answerByPhone]);
  assert.equal(
    refusalOf(answered, officer, { ...calledSolved, mode: "in_person" }),
    "handler-cannot-call-back",
  );
  assert.equal(refusalOf(answered, officer, { type: "close" }), "not-permitted");

  const byLeader = after(
    matter(),
    [officer, { type: "assign", to: leader.memberId }],
    [leader, { type: "accept" }],
    [leader, resolveOpinion],
    [leader, answerByPhone],
    [feedbackCentre, calledSolved],
  );
  assert.equal(refusalOf(byLeader, leader, { type: "close" }), "handler-cannot-close");
  assert.equal(
    refusalOf(byLeader, leader, { type: "withdraw", text: "不再需要" }),
    "handler-cannot-withdraw",
  );
  assert.equal(after(byLeader, [feedbackCentre, { type: "close" }]).state, "closed");
});

test("a leader who answered the resident himself is a handler as well", () => {
  const answered = after(matter(), [officer, resolveOpinion], [leader, answerByPhone]);
  const called = after(answered, [feedbackCentre, calledSolved]);
  assert.equal(refusalOf(called, leader, { type: "close" }), "handler-cannot-close");
});

test("nothing closes before the resident has been answered", () => {
  const resolved = after(matter(), [officer, resolveOpinion]);
  assert.equal(
    refusalOf(resolved, leader, { type: "close", waiver: "not_wanted" }),
    "feedback-needed",
  );
  const silent = after(matter({ feedback: "none" }), [officer, resolveOpinion]);
  assert.equal(
    after(silent, [leader, { type: "close", waiver: "not_wanted" }]).waiver,
    "not_wanted",
  );
});

test("nothing closes without an independent callback or a waiver that holds", () => {
  const answered = after(matter(), [officer, resolveOpinion], [officer, answerByPhone]);
  assert.equal(refusalOf(answered, leader, { type: "close" }), "callback-needed");
  for (const waiver of CALLBACK_WAIVERS) {
    assert.equal(refusalOf(answered, leader, { type: "close", waiver }), "waiver-unlawful", waiver);
  }
  const notReached = { type: "call_back", mode: "phone", reached: false, text: "" } as const;
  const twice = after(answered, [feedbackCentre, notReached], [feedbackCentre, notReached]);
  assert.equal(twice.state, "feedback_given");
  assert.equal(after(twice, [leader, { type: "close", waiver: "unreachable" }]).state, "closed");
  const learning = (lesson: string) =>
    ({ type: "close", waiver: "unreachable", lesson }) satisfies MatterCommand;
  assert.equal(refusalOf(twice, leader, learning("长".repeat(501))), "text-too-long");
  const closed = decide(twice, learning(" 先看现场，再答复。 "), leader, clockwork());
  assert.equal(
    closed.ok && closed.value.some((one) => "lesson" in one && one.lesson === "先看现场，再答复。"),
    true,
  );
});

test("a dispute and a reopened matter are always called back, never left out of the sample", () => {
  const agreed = after(
    matter({ kind: "dispute", subtype: "neighbour_noise" }),
    [officer, { type: "screen", stopSigns: [] }],
    [officer, { type: "resolve", outcome: "agreement_reached", text: "22点后不装修" }],
    [officer, answerByPhone],
  );
  const leaveOut = { type: "close", waiver: "not_sampled" } as const;
  assert.equal(refusalOf(agreed, feedbackCentre, leaveOut), "waiver-unlawful");
  const opinion = after(matter(), [officer, resolveOpinion], [officer, answerByPhone]);
  assert.equal(refusalOf(opinion, feedbackCentre, leaveOut), null);
  const again = after(
    opinion,
    [feedbackCentre, { type: "reopen", reason: "not_solved", text: "仍未巡逻" }],
    [officer, resolveOpinion],
    [officer, answerByPhone],
  );
  assert.equal(refusalOf(again, feedbackCentre, leaveOut), "waiver-unlawful");
});

test("a resident who says no can't be closed as solved; he can have it reopened in the same call", () => {
  const answered = after(matter(), [officer, resolveOpinion], [officer, answerByPhone]);
  const saidNo = after(answered, [feedbackCentre, { ...calledSolved, solved: "no" }]);
  assert.equal(refusalOf(saidNo, leader, { type: "close" }), "resident-contradicts");
  const reopened = after(answered, [
    feedbackCentre,
    { ...calledSolved, solved: "no", wantsReopen: true, text: "后门仍无人巡逻" },
  ]);
  assert.equal(reopened.state, "in_progress");
  assert.equal(reopened.reopened, 1);
  assert.equal(reopened.outcome, null);
  assert.equal(reopened.responsibleId, officer.memberId);
});

test("not adopted is an honest ending, with a reason code", () => {
  const bare = { type: "resolve", outcome: "not_adopted", text: "道路产权不属公安" } as const;
  assert.equal(refusalOf(matter(), officer, bare), "reason-needed");
  const honest = after(
    matter(),
    [officer, { ...bare, reason: "outside_police_powers" }],
    [officer, answerByPhone],
    [feedbackCentre, { ...calledSolved, solved: "no" }],
    [leader, { type: "close" }],
  );
  assert.deepEqual([honest.outcome, honest.reason], ["not_adopted", "outside_police_powers"]);
});

test("a declined matter is answered and called back like any other, and ends as declined", () => {
  const declined = after(matter(), [
    officer,
    { type: "decline", reason: "in_court", text: "法院已受理" },
  ]);
  assert.equal(refusalOf(declined, leader, { type: "close" }), "feedback-needed");
  const closed = after(
    declined,
    [officer, answerByPhone],
    [feedbackCentre, { ...calledSolved, solved: "do_not_know" }],
    [leader, { type: "close" }],
  );
  assert.equal(closed.disposition, "declined");
});

test("the first recipient stays responsible until the receiver accepts", () => {
  const asked = after(matter(), [officer, { type: "assign", to: colleague.memberId }]);
  assert.equal(asked.responsibleId, officer.memberId);
  assert.equal(refusalOf(asked, officer, { type: "accept" }), "not-assigned-to-you");
  assert.equal(after(asked, [colleague, { type: "accept" }]).responsibleId, colleague.memberId);
});

test("after the second return the feedback centre decides, and its choice isn't returned", () => {
  const bounced = after(
    matter(),
    [officer, { type: "assign", to: colleague.memberId }],
    [colleague, { type: "return_assignment", reason: "不在我的警务区" }],
    [officer, { type: "assign", to: businessUnit.memberId }],
    [businessUnit, { type: "return_assignment", reason: "不属本单位职责" }],
  );
  const again = { type: "assign", to: colleague.memberId } as const;
  assert.equal(refusalOf(bounced, officer, again), "arbiter-decides");
  const decided = after(bounced, [feedbackCentre, again]);
  assert.equal(
    refusalOf(decided, colleague, { type: "return_assignment", reason: "忙" }),
    "arbiter-decides",
  );
  assert.equal(refusalOf(decided, leader, again), "arbiter-decides");
});

test("a dispute with a stop sign is never settled by agreement", () => {
  const heard = matter({ kind: "dispute", subtype: "family", stopSigns: ["violence_at_home"] });
  assert.equal(heard.suitable, false);
  const agree = { type: "resolve", outcome: "agreement_reached", text: "双方和好" } as const;
  assert.equal(refusalOf(heard, officer, agree), "mediation-stopped");
  assert.equal(refusalOf(heard, officer, { type: "screen", stopSigns: [] }), "mediation-stopped");

  const settled = after(
    matter({ kind: "dispute", subtype: "family" }),
    [officer, { type: "screen", stopSigns: [] }],
    [officer, agree],
    [officer, answerByPhone],
  );
  const stopped = after(settled, [leader, { type: "screen", stopSigns: ["party_in_fear"] }]);
  assert.deepEqual([stopped.state, stopped.outcome], ["in_progress", null]);
  const shown = after(
    stopped,
    [officer, { type: "resolve", outcome: "not_suitable", text: "已陪同到妇联" }],
    [officer, { type: "answer", mode: "in_person", text: "已说明保护令申请途径" }],
    [feedbackCentre, { type: "close", waiver: "unsafe_to_contact" }],
  );
  assert.equal(shown.outcome, "not_suitable");
});

test("a dispute is screened before anything is done about it", () => {
  const dispute = after(matter({ kind: "dispute", subtype: "debt" }), [
    officer,
    { type: "accept" },
  ]);
  assert.equal(refusalOf(dispute, officer, { type: "start" }), "screening-needed");
});

test("a hazard is cleared only by the re-check of someone who neither found nor handled it", () => {
  const rectified = after(
    matter({ kind: "hazard", subtype: "blocked_exit", reporter: "officer" }),
    [officer, { type: "resolve", outcome: "rectified", text: "物业已清理楼道" }],
  );
  const close = { type: "close", waiver: "no_reporter" } as const;
  assert.equal(refusalOf(rectified, leader, close), "recheck-needed");
  const seen = { type: "recheck", cleared: true, text: "楼道畅通" } as const;
  assert.equal(refusalOf(rectified, officer, seen), "finder-cannot-recheck");
  const cleared = after(rectified, [colleague, seen], [leader, close]);
  assert.deepEqual([cleared.outcome, cleared.clearedAt !== null], ["cleared", true]);
  const still = after(rectified, [colleague, { ...seen, cleared: false }]);
  assert.equal(still.state, "in_progress");
});

test("who is in danger is handed to 110 at once, whoever works with it, and may still come back", () => {
  const call = { type: "hand_to_110", text: "楼上有人持刀，已报 110，单号 1123" } as const;
  const gone = after(matter({ kind: "dispute" }), [officer, call]);
  assert.deepEqual(
    [gone.state, gone.disposition, gone.outcome, gone.clocks],
    ["handed_to_110", "handed_to_110", null, []],
  );
  assert.equal(refusalOf(matter(), colleague, call), "not-responsible");
  assert.equal(refusalOf(gone, officer, call), "wrong-state");
  const again = after(gone, [
    feedbackCentre,
    { type: "reopen", reason: "new_facts", text: "纠纷还在" },
  ]);
  assert.deepEqual([again.state, again.disposition], ["in_progress", null]);
});

test("only who answers for it corrects or declines it, and a correction changes something", () => {
  const correct = (changes: object) => ({ type: "correct", why: "听错了", ...changes }) as const;
  assert.equal(refusalOf(matter(), colleague, correct({ subtype: "traffic" })), "not-responsible");
  assert.equal(refusalOf(matter(), officer, correct({ subtype: "gas_smell" })), "unknown-subtype");
  assert.equal(refusalOf(matter(), officer, correct({})), "nothing-to-correct");
  assert.equal(refusalOf(matter(), officer, correct({ subtype: "patrol" })), "nothing-to-correct");
  assert.equal(refusalOf(matter(), officer, correct({ subtype: "traffic" })), null);
  const decline = { type: "decline", reason: "not_police", text: "属城管" } as const;
  assert.equal(refusalOf(matter(), colleague, decline), "not-responsible");
});

test("who has it is not asked again, nor who was asked already", () => {
  const assign = (to: string) => ({ type: "assign", to }) as const;
  const asked = after(matter(), [officer, assign(colleague.memberId)]);
  assert.equal(refusalOf(asked, officer, assign(officer.memberId)), "already-responsible");
  assert.equal(refusalOf(asked, officer, assign(colleague.memberId)), "already-asked");
  assert.equal(refusalOf(asked, leader, assign(colleague.memberId)), "already-asked");
});

test("a call that reached somebody says whether it is solved, and marks are those of the scale", () => {
  const answered = after(matter(), [officer, resolveOpinion], [officer, answerByPhone]);
  const call = (changes: object) =>
    refusalOf(answered, feedbackCentre, { ...calledSolved, ...changes } as MatterCommand);
  assert.equal(call({}), null);
  assert.equal(call({ solved: undefined }), "callback-incomplete");
  assert.equal(call({ satisfaction: 6 }), "callback-incomplete");
  assert.equal(call({ respectful: 0 }), "callback-incomplete");
  assert.equal(call({ informed: 2.5 }), "callback-incomplete");
  assert.equal(call({ text: "长".repeat(MATTER_LIMITS.noteLength + 1) }), "text-too-long");
  assert.equal(
    refusalOf(matter(), officer, { type: "perform" }),
    "of-other-kind",
    "only disputes are performed",
  );
});
