import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decide } from "./decide.ts";
import { eventsOf, evolve, replay } from "./evolve.ts";
import {
  auxiliary,
  businessUnit,
  colleague,
  feedbackCentre,
  HEARD_AT,
  history,
  leader,
  matter,
  officer,
} from "./fixtures.ts";
import { openSteps } from "./next-steps.ts";
import { type MatterActor, mayHandle } from "./policy.ts";
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
  assert.ok(ends > 30, `${ends} endings seen`);
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
  assert.ok(seen.callback > 5 && seen.waiver > 5, JSON.stringify(seen));
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
  assert.ok(handedOver > 30, `${handedOver} seen`);
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
