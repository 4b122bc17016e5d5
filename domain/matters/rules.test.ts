import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { CLOCK_RULES, dueDate } from "./clocks.ts";
import {
  after,
  auxiliary,
  businessUnit,
  CALENDAR_2026,
  colleague,
  draft,
  feedbackCentre,
  HEARD_AT,
  history,
  leader,
  matter,
  officer,
  refusalOf,
} from "./fixtures.ts";
import { matterNumber, parseNumber, printNumber } from "./number.ts";
import { type MatterActor, mayHandle } from "./policy.ts";
import { checkDraft, decide, eventsOf, evolve, openSteps, raise, replay } from "./rules.ts";
import {
  CALLBACK_MODES,
  CALLBACK_WAIVERS,
  DECLINE_REASONS,
  MATTER_COMMANDS,
  MATTER_KINDS,
  type Matter,
  type MatterCommandType,
  type MatterCommand,
  type MatterEvent,
  OUTCOMES,
  REOPEN_REASONS,
  SOLVED_ANSWERS,
  STOP_SIGNS,
  UNSOLVED_REASONS,
} from "./terms.ts";

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
  const decision = decide(matter(), resolveOpinion, officer);
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

test("an auxiliary officer notes, and answers for nothing", () => {
  assert.equal(refusalOf(matter(), auxiliary, { type: "note", text: "住户补充：西侧后门" }), null);
  assert.equal(refusalOf(matter(), auxiliary, { type: "accept" }), "auxiliary-alone");
  const raised = raise(
    draft(),
    {
      stationId: matter().stationId,
      beatId: null,
      communityId: null,
      visitId: null,
      campaignIds: [],
      origin: "officer",
      recipientId: auxiliary.memberId,
      finders: [],
    },
    auxiliary,
    HEARD_AT,
    CALENDAR_2026,
  );
  assert.equal(!raised.ok && raised.refusal.code, "auxiliary-alone");
});

test("a draft needs words and a known sub-type, and no personal datum", () => {
  assert.equal(checkDraft(draft()).ok, true);
  const refused = (changes: Parameters<typeof draft>[0]) => {
    const checked = checkDraft(draft(changes));
    return checked.ok ? null : checked.refusal.code;
  };
  assert.equal(refused({ text: " " }), "text-missing");
  assert.equal(refused({ text: "长".repeat(1001) }), "text-too-long");
  assert.equal(refused({ subtype: "debt" }), "unknown-subtype");
  assert.equal(refused({ contact: { phone: "12345" } }), "phone-invalid");
  assert.equal(refused({ contact: { phone: "12001234567", salutation: "李女士" } }), null);
  assert.equal(
    refused({ contact: { phone: "0990-1234567" }, anonymous: true }),
    "contact-of-anonymous",
  );
  assert.equal(refused({ stopSigns: ["party_in_fear"] }), "of-other-kind");
});

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

test("a number is read back whatever way it was heard, and one wrong sign is noticed", () => {
  fc.assert(
    fc.property(fc.uuid({ version: 7 }), fc.nat(7), fc.nat(29), (id, at, shift) => {
      const number = matterNumber(id);
      assert.equal(parseNumber(printNumber(number).toLowerCase()), number);
      const signs = "123456789ABCDEFGHJKMNPQRSTVWXYZ";
      const wrong = signs[(signs.indexOf(number[at] ?? "") + 1 + shift) % signs.length];
      assert.equal(parseNumber(number.slice(0, at) + wrong + number.slice(at + 1)), null);
    }),
  );
  assert.equal(parseNumber("O000-0000"), null);
});

test("the buttons of a matter's page are the orders its rules would accept", () => {
  assert.deepEqual(
    openSteps(matter(), officer),
    ["accept", "start", "resolve", "assign", "decline", "correct", "note"].filter(
      (step) => step !== "start",
    ),
  );
  assert.deepEqual(openSteps(matter(), auxiliary), ["note"]);
});

// -- invariants over random histories -------------------------------------------------------------

const ACTORS: readonly MatterActor[] = [
  officer,
  colleague,
  auxiliary,
  leader,
  feedbackCentre,
  businessUnit,
];

const text = fc.constantFrom("已处理", "说明");
const commandOf: { readonly [T in MatterCommandType]: fc.Arbitrary<MatterCommand> } = {
  assign: fc.record({
    type: fc.constant("assign"),
    to: fc.constantFrom(...ACTORS.filter((one) => mayHandle(one.role)).map((one) => one.memberId)),
  }),
  return_assignment: fc.record({ type: fc.constant("return_assignment"), reason: text }),
  accept: fc.constant({ type: "accept" }),
  screen: fc.record({
    type: fc.constant("screen"),
    stopSigns: fc.oneof(
      { weight: 6, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.subarray([...STOP_SIGNS], { minLength: 1 }) },
    ),
  }),
  start: fc.constant({ type: "start" }),
  note: fc.record({ type: fc.constant("note"), text }),
  correct: fc.record({
    type: fc.constant("correct"),
    text: fc.string({ maxLength: 5 }),
    why: text,
  }),
  resolve: fc.record({
    type: fc.constant("resolve"),
    outcome: fc.constantFrom(...MATTER_KINDS.flatMap((kind) => [...OUTCOMES[kind]])),
    reason: fc.option(fc.constantFrom(...UNSOLVED_REASONS), { nil: undefined, freq: 4 }),
    text,
  }),
  perform: fc.constant({ type: "perform" }),
  recheck: fc.record({ type: fc.constant("recheck"), cleared: fc.boolean(), text }),
  decline: fc.record({
    type: fc.constant("decline"),
    reason: fc.constantFrom(...DECLINE_REASONS),
    text,
  }),
  answer: fc.record({ type: fc.constant("answer"), mode: fc.constant("phone"), text }),
  call_back: fc.record({
    type: fc.constant("call_back"),
    mode: fc.constantFrom(...CALLBACK_MODES),
    reached: fc.boolean(),
    solved: fc.constantFrom(...SOLVED_ANSWERS),
    wantsReopen: fc.option(fc.boolean(), { nil: undefined }),
    text,
  }),
  close: fc.record({
    type: fc.constant("close"),
    waiver: fc.option(fc.constantFrom(...CALLBACK_WAIVERS), { nil: undefined }),
  }),
  reopen: fc.record({
    type: fc.constant("reopen"),
    reason: fc.constantFrom(...REOPEN_REASONS),
    text,
  }),
  withdraw: fc.record({ type: fc.constant("withdraw"), text }),
};

/** Steps that lead nowhere or away: sensible people take them rarely. */
const ASIDE: readonly MatterCommandType[] = ["note", "correct", "withdraw", "reopen"];

/** One of each, of which the state and the person choose one. */
const anyOrder = fc.record({
  actor: fc.constantFrom(...ACTORS),
  /** Whether the person does what he may, or tries anything. */
  sensible: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
  pick: fc.nat(1000),
  commands: fc.record(commandOf),
});

const anyStart = fc.record({
  kind: fc.constantFrom(...MATTER_KINDS),
  reporter: fc.constantFrom("resident" as const, "officer" as const),
  feedback: fc.constantFrom("phone" as const, "none" as const),
  anonymous: fc.boolean(),
});

/** Runs random orders by random people and hands every accepted step to `look`. */
function everyHistory(
  look: (before: Matter, after: Matter, event: MatterEvent, past: readonly MatterEvent[]) => void,
): void {
  fc.assert(
    fc.property(anyStart, fc.array(anyOrder, { minLength: 20, maxLength: 60 }), (start, orders) => {
      const changes = { ...start, subtype: "other" } as const;
      const past = history(changes);
      let state = matter(changes);
      for (const { sensible, pick, commands, ...order } of orders) {
        const steps = sensible
          ? ACTORS.flatMap((actor) =>
              openSteps(state, actor).map((type) => ({ actor, type })),
            ).filter(({ type }) => !ASIDE.includes(type))
          : MATTER_COMMANDS.map((type) => ({ actor: order.actor, type }));
        const step = steps[pick % steps.length];
        if (step === undefined) continue;
        const { actor, type } = step;
        const command = commands[type];
        const decision = decide(state, command, actor);
        if (!decision.ok) continue;
        for (const event of eventsOf(decision.value, state.version, actor.memberId, HEARD_AT)) {
          const next = evolve(state, event);
          look(state, next, event, past);
          past.push(event);
          state = next;
        }
      }
      assert.deepEqual(replay(past), state);
    }),
    { numRuns: 500 },
  );
}

test("invariant 1: exactly one disposition at the end, taken back only by reopening", () => {
  let ends = 0;
  everyHistory((before, after, event) => {
    assert.equal(
      after.disposition !== null,
      after.state === "closed" || after.state === "withdrawn",
    );
    assert.equal(after.version, before.version + 1, "nothing is deleted");
    if (before.disposition !== null && after.disposition === null) {
      assert.equal(event.change.type, "reopened");
    } else if (before.disposition !== null) {
      assert.equal(after.disposition, before.disposition);
    }
    if (after.disposition !== null && before.disposition === null) ends += 1;
  });
  assert.ok(ends > 100, `${ends} endings seen`);
});

test("invariant 2: closed never by the handler, never unanswered, never without callback or waiver", () => {
  const seen = { callback: 0, waiver: 0 };
  everyHistory((before, after, event, past) => {
    if (event.change.type !== "closed") return;
    assert.equal(after.state, "closed");
    const since = past.findLastIndex(
      (one) => one.change.type === "resolved" || one.change.type === "declined",
    );
    const round = past.slice(since);
    const handled = past.filter((one) =>
      [
        "registered",
        "accepted",
        "started",
        "resolved",
        "declined",
        "answered",
        "performed",
      ].includes(one.change.type),
    );
    assert.ok(!handled.some((one) => one.by === event.by), "the handler closed it");
    const wanted =
      before.reporter === "resident" && !before.anonymous && before.feedback !== "none";
    assert.ok(!wanted || round.some((one) => one.change.type === "answered"), "not answered");
    const called = round.some(
      (one) =>
        one.change.type === "called_back" &&
        one.change.reached &&
        !handled.some((work) => work.by === one.by),
    );
    assert.ok(called || before.waiver !== null, "neither called back nor waived");
    seen[called ? "callback" : "waiver"] += 1;
  });
  assert.ok(seen.callback > 20 && seen.waiver > 20, JSON.stringify(seen));
});

test("invariant 3: the first recipient is responsible until the one who was asked accepts", () => {
  let handedOver = 0;
  everyHistory((before, after, event) => {
    if (before.responsibleId === after.responsibleId) return;
    assert.equal(event.change.type, "accepted");
    assert.equal(before.assigneeId, event.by);
    assert.equal(after.responsibleId, event.by);
    handedOver += 1;
  });
  assert.ok(handedOver > 100, `${handedOver} seen`);
});

test("no history mediates a stopped dispute away, and none clears a hazard by its finder", () => {
  everyHistory((before, after, event, past) => {
    if (after.outcome === "agreement_reached" || after.outcome === "agreement_performed") {
      assert.ok(
        !past.some((one) => one.change.type === "screened" && one.change.stopSigns.length > 0),
      );
    }
    if (after.outcome === "cleared" && before.outcome !== "cleared") {
      assert.ok(!before.finders.includes(event.by) && !before.handlers.includes(event.by));
    }
    if (after.state === "closed") assert.notEqual(after.outcome, "rectified");
  });
});
