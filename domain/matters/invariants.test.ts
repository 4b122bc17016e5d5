import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Id } from "../shared/id.ts";
import { HOUR_MS } from "../shared/instant.ts";
import { CLOCK_PURPOSES, PAUSE_REASONS } from "./clock-terms.ts";
import { ruleOf } from "./clocks.ts";
import { decide } from "./decide.ts";
import { eventsOf, evolve, replay } from "./evolve.ts";
import {
  auxiliary,
  businessUnit,
  clockwork,
  colleague,
  feedbackCentre,
  HEARD_AT,
  history,
  leader,
  matter,
  officer,
  propertyManager,
  urbanManagement,
} from "./fixtures.ts";
import { followed } from "./followed.ts";
import { PARTNER_KINDS } from "../organisation/terms.ts";
import { RESPONSIBLE_PARTIES } from "./hazard-terms.ts";
import { openSteps } from "./next-steps.ts";
import { type MatterActor, mayHandle } from "./policy.ts";
import { CONTACT_CONSENTS, isPending, REFERRAL_BASES } from "./referral.ts";
import { look as lookAtClocks } from "./running.ts";
import {
  ENDED,
  CALLBACK_MODES,
  CALLBACK_WAIVERS,
  DECLINE_REASONS,
  feedbackNeeded,
  MATTER_COMMANDS,
  MATTER_KINDS,
  type Matter,
  type MatterChange,
  type MatterCommandType,
  type MatterCommand,
  type MatterEvent,
  OUTCOMES,
  REOPEN_REASONS,
  SOLVED,
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
  propertyManager,
  urbanManagement,
];
const BODIES = [propertyManager, urbanManagement].map((one) => one.partnerId ?? "");

/** What others are merged into; it never comes to an end here (decide-merge.test.ts has both sides). */
const MAIN = matter({ id: "01923f00-0000-7000-8000-0000000000fe" });
const SYSTEM: Id = "01923f00-0000-7000-8000-0000000000ff";

const text = fc.constantFrom("已处理", "说明");
const commandOf: { readonly [T in MatterCommandType]: fc.Arbitrary<MatterCommand> } = {
  assign: fc.record({
    type: fc.constant("assign"),
    to: fc.constantFrom(...ACTORS.filter((one) => mayHandle(one.role)).map((one) => one.memberId)),
  }),
  return_assignment: fc.record({ type: fc.constant("return_assignment"), reason: text }),
  refer: fc.record({
    type: fc.constant("refer"),
    to: fc.constantFrom(...BODIES),
    bodyKind: fc.constantFrom(...PARTNER_KINDS),
    basis: fc.constantFrom(...REFERRAL_BASES),
    text,
    contact: fc.option(fc.constantFrom(...CONTACT_CONSENTS), { nil: undefined }),
  }),
  relay: fc.record({
    type: fc.constant("relay"),
    said: fc.constantFrom("accepted", "returned"),
    text,
  }),
  recall: fc.record({ type: fc.constant("recall"), text }),
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
  advise: fc.record({
    type: fc.constant("advise"),
    party: fc.constantFrom(...RESPONSIBLE_PARTIES),
    fixBy: fc.constantFrom("2026-11-03", "2026-11-05", "2026-11-30"),
    atHome: fc.boolean(),
    notice: fc.option(fc.constant({ body: "fire_service" as const, number: "消限〔2026〕1号" }), {
      nil: undefined,
    }),
    text,
  }),
  hear_body: fc.record({
    type: fc.constant("hear_body"),
    major: fc.option(fc.boolean(), { nil: undefined }),
    text,
  }),
  verify: fc.record({ type: fc.constant("verify"), stands: fc.boolean(), text }),
  show_place: fc.record({
    type: fc.constant("show_place"),
    photos: fc.integer({ min: 1, max: 3 }),
    atHome: fc.boolean(),
  }),
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
  hand_to_110: fc.record({ type: fc.constant("hand_to_110"), text }),
  inform: fc.record({ type: fc.constant("inform"), mode: fc.constant("phone"), text }),
  suspend: fc.record({
    type: fc.constant("suspend"),
    reason: fc.constantFrom(...PAUSE_REASONS),
    text,
  }),
  resume: fc.constant({ type: "resume" }),
  extend: fc.record({
    type: fc.constant("extend"),
    purpose: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom("finish", "redo") },
      fc.constantFrom(...CLOCK_PURPOSES),
    ),
    amount: fc.integer({ min: 1, max: 12 }),
    why: text,
    told: fc.constant("phone"),
  }),
  merge: fc.constant({ type: "merge", into: MAIN.id, main: MAIN }),
  unmerge: fc.record({ type: fc.constant("unmerge"), text }),
  supervise: fc.record({ type: fc.constant("supervise"), text }),
};

/** Steps that lead nowhere or away: sensible people take them rarely. */
const ASIDE: readonly MatterCommandType[] = [
  "note",
  "correct",
  "withdraw",
  "hand_to_110",
  "reopen",
  "recall",
  "merge",
];

type Start = Pick<Matter, "kind" | "reporter" | "anonymous"> & {
  readonly feedback: "phone" | "none";
};

/** One of each, of which the state and the person choose one. */
const anyOrder = fc.record({
  actor: fc.constantFrom(...ACTORS),
  /** Whether the person does what he may, or tries anything. */
  sensible: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
  pick: fc.nat(1000),
  /** Hours until the next one comes. */
  later: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(60)),
  commands: fc.record(commandOf),
});

const anyStart: fc.Arbitrary<Start> = fc.record({
  kind: fc.constantFrom(...MATTER_KINDS),
  reporter: fc.constantFrom("resident" as const, "officer" as const),
  feedback: fc.constantFrom("phone" as const, "none" as const),
  anonymous: fc.boolean(),
});

/** What a resident told of, and wants to hear of. */
const hazardOfResident: fc.Arbitrary<Start> = fc.constant({
  kind: "hazard",
  reporter: "resident",
  feedback: "phone",
  anonymous: false,
});

/** Runs random orders by random people and hands every accepted step to `look`. */
function everyHistory(
  look: (before: Matter, after: Matter, event: MatterEvent, past: readonly MatterEvent[]) => void,
  starts = anyStart,
): void {
  fc.assert(
    fc.property(starts, fc.array(anyOrder, { minLength: 20, maxLength: 60 }), (start, orders) => {
      const changes = { ...start, subtype: "other" } as const;
      const past = history(changes);
      let state = matter(changes);
      let now = HEARD_AT;
      for (const { sensible, pick, later, commands, ...order } of orders) {
        now += later * HOUR_MS;
        const work = clockwork(now);
        const keep = (changes: readonly MatterChange[], by: Id) => {
          for (const event of eventsOf(changes, state.version, by, now)) {
            const next = evolve(state, event);
            look(state, next, event, past);
            past.push(event);
            state = next;
          }
        };
        keep(lookAtClocks(state, true, SYSTEM, work), SYSTEM);
        const steps = sensible
          ? ACTORS.flatMap((actor) =>
              openSteps(state, actor, work).map((type) => ({ actor, type })),
            ).filter(({ type }) => !ASIDE.includes(type))
          : MATTER_COMMANDS.map((type) => ({ actor: order.actor, type }));
        const step = steps[pick % steps.length];
        if (step === undefined) continue;
        const { actor, type } = step;
        const command = commands[type];
        const decision = decide(state, command, actor, work);
        if (!decision.ok) continue;
        keep(decision.value, actor.memberId);
      }
      assert.deepEqual(replay(past), state);
    }),
    // The same on every machine: that rare endings are among them is asserted.
    { numRuns: 500, seed: 20_261_101 },
  );
}

test("invariants 1 and 6: exactly one disposition at the end, solved or not, taken back only by reopening", () => {
  let ends = 0;
  let unsolved = 0;
  everyHistory((before, after, event) => {
    assert.equal(after.disposition !== null, ENDED.includes(after.state));
    assert.equal(after.version, before.version + 1, "nothing is deleted");
    if (before.disposition !== null && after.disposition === null) {
      assert.equal(event.change.type, "reopened");
    } else if (before.disposition !== null) {
      assert.equal(after.disposition, before.disposition);
    }
    if (after.disposition !== null && before.disposition === null) ends += 1;
    // Invariant 6: what was not solved ends as well, with its reason.
    const { outcome } = after;
    if (event.change.type !== "closed" || outcome === null || SOLVED.includes(outcome)) return;
    if (outcome === "not_suitable") return;
    assert.notEqual(after.reason, null);
    unsolved += 1;
  });
  assert.ok(ends > 30 && unsolved > 5, `${ends} endings seen, ${unsolved} unsolved`);
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

test("invariant 3: a body has it from its own acceptance, and after two returns the feedback centre decides for good", () => {
  const seen = { accepted: 0, returned: 0, decided: 0, answered: 0, referredEnd: 0 };
  everyHistory((before, after, event, past) => {
    const { change, by } = event;
    assert.ok(before.returns < 3 && after.returns < 3, "nothing comes back a third time");
    assert.equal(
      after.state === "referred",
      (after.referral?.acceptedAt ?? null) !== null &&
        after.disposition === null &&
        after.outcome === null,
    );
    assert.ok(after.assigneeId === null || !isPending(after.referral), "one is asked at a time");
    const role = ACTORS.find(({ memberId }) => memberId === by);
    if (change.type === "referred" || change.type === "assigned") {
      const arbiter = role?.role === "feedback_centre";
      if (before.returns === 2) {
        assert.ok(arbiter && after.arbitrated);
        seen.decided += 1;
      }
    }
    if (change.type === "assignment_returned") {
      assert.ok(!before.arbitrated, "what the arbiter decided stays");
      seen.returned += 1;
    }
    if (change.type === "accepted_by_body") {
      assert.ok(isPending(before.referral));
      assert.ok(role?.partnerId === undefined || role.partnerId === before.referral.partnerId);
      assert.ok(after.clocks.some(({ purpose }) => purpose === "other_result"));
      seen.accepted += 1;
    }
    // A body does nothing but accept, return and answer, and only what was sent to it.
    if (role?.partnerId !== undefined) {
      assert.equal(before.referral?.partnerId, role.partnerId);
      assert.ok(["accepted_by_body", "assignment_returned", "resolved"].includes(change.type));
      if (change.type === "resolved") seen.answered += 1;
    }
    // Another body's end is called that, and is independently confirmed as any other.
    if (change.type === "closed" && change.disposition === "closed_referred") {
      const claimed = past.findLast((one) => one.change.type === "resolved");
      assert.ok(before.referral !== null && before.referral.answeredAt === claimed?.at);
      seen.referredEnd += 1;
    }
  });
  for (const [what, times] of Object.entries(seen)) assert.ok(times > 2, `${what}: ${times}`);
});

test("no history mediates a stopped dispute away, and none clears a hazard by its finder alone", () => {
  const seen = { recheck: 0, confirmed: 0 };
  const look: Parameters<typeof everyHistory>[0] = (before, after, event, past) => {
    if (after.outcome === "agreement_reached" || after.outcome === "agreement_performed") {
      assert.ok(
        !past.some((one) => one.change.type === "screened" && one.change.stopSigns.length > 0),
      );
    }
    if (after.outcome === "cleared" && before.outcome !== "cleared") {
      if (event.change.type === "rechecked") {
        assert.ok(!before.finders.includes(event.by) && !before.handlers.includes(event.by));
        seen.recheck += 1;
      } else if (event.change.type === "confirmed") {
        // A photo since the claim, and the word of whoever reported it to somebody independent.
        const claimed = past.findLastIndex(({ change }) => change.type === "resolved");
        const round = past.slice(claimed);
        const said = round.findLast(
          ({ change }) => change.type === "called_back" && change.reached,
        );
        assert.ok(round.some(({ change }) => change.type === "place_shown"));
        assert.ok(said?.change.type === "called_back" && said.change.solved === "yes");
        const handled = round.filter(({ change }) => change.type === "resolved");
        assert.ok(!handled.some(({ by }) => by === said.by));
        assert.equal(before.reporter, "resident");
        seen.confirmed += 1;
      } else assert.equal(event.change.type, "followed");
    }
    if (after.state === "closed") assert.notEqual(after.outcome, "rectified");
  };
  everyHistory(look);
  everyHistory(look, hazardOfResident);
  assert.ok(seen.recheck > 2 && seen.confirmed > 2, JSON.stringify(seen));
});

test("invariant 4: a clock keeps the version that started it; only pauses and extensions move it, and never earlier", () => {
  const seen = { paused: 0, extended: 0, raised: 0, met: 0 };
  everyHistory((before, after, event) => {
    const { change, at } = event;
    const purposes = after.clocks.map(({ purpose }) => purpose);
    assert.equal(new Set(purposes).size, purposes.length, "one clock of a kind");
    if (after.disposition !== null) assert.deepEqual(after.clocks, [], "the end stops them all");
    for (const clock of after.clocks) {
      const was = before.clocks.find(({ purpose }) => purpose === clock.purpose);
      assert.equal(clock.pausedAt === null || clock.dueAt === null, true);
      if (
        was === undefined ||
        was.startedAt !== clock.startedAt ||
        /assigned|referred/.test(change.type)
      ) {
        continue;
      }
      if (change.type !== "corrected") {
        assert.deepEqual([clock.rule, clock.version], [was.rule, was.version]);
      }
      const missed = was.dueAt !== null && was.dueAt <= at;
      if (missed) assert.equal(clock.dueAt, was.dueAt, "what was missed stays missed");
      if (was.dueAt !== null && clock.dueAt !== null && was.dueAt !== clock.dueAt) {
        assert.ok(change.type === "extended" && clock.dueAt > was.dueAt);
        seen.extended += 1;
      }
      if (was.pausedAt === null && clock.pausedAt !== null) {
        const why = change.type === "suspended" ? change.reason : "awaiting_other_body";
        assert.ok(change.type === "suspended" || change.type === "accepted_by_body");
        assert.ok(ruleOf(clock, clockwork()).pauses.includes(why));
        seen.paused += 1;
      }
    }
    if (change.type === "raised") {
      assert.ok(change.dueAt <= at, "nothing is raised before it is missed");
      seen.raised += 1;
    }
    if (after.clocks.length < before.clocks.length) seen.met += 1;
    assert.equal(after.state === "suspended", after.pauseReason !== null);
    if (change.type === "suspended" || change.type === "extended") {
      assert.ok(
        !before.handlers.includes(event.by),
        "nobody moves the clock that runs against him",
      );
    }
  });
  for (const [what, times] of Object.entries(seen)) assert.ok(times > 5, `${what}: ${times}`);
});

test("invariant 5: the resident sees number, state, unit and next day, the last answer, and nothing that others said", () => {
  const unit = { name: "东亭派出所", nameEn: "Dongting", dutyPhone: "0990-110110" };
  const seen = { next: 0, answer: 0, informed: 0, guarded: 0, outcome: 0 };
  const told = ["answered", "informed"];
  everyHistory((_, after, event, past) => {
    // Every text says which event it stands in.
    const said = [...past, event].map(({ at, seq, change }) => ({
      type: change.type,
      at,
      text: "text" in change ? `<${seq}>${change.text}` : undefined,
    }));
    const view = followed(after, unit, said, null, false, clockwork(event.at));
    assert.deepEqual([view.number, view.unit], [after.number, unit]);
    const shown = JSON.stringify({ ...view, number: "" });
    for (const { memberId, partnerId } of ACTORS) {
      assert.ok(
        !shown.includes(memberId) && (partnerId === undefined || !shown.includes(partnerId)),
      );
    }
    for (const id of [after.id, after.placeId, MAIN.id]) assert.ok(!shown.includes(id));
    for (const [, seq] of shown.matchAll(/<(\d+)>/g)) {
      assert.ok(told.includes(said[Number(seq) - 1]?.type ?? ""), `event ${seq} is not for him`);
    }
    if (view.guarded) {
      assert.equal(after.suitable, false);
      const { number: _n, guarded: _g, unit: _u, registeredAt: _r, ...rest } = view;
      const nothing = Object.values(rest)
        .flat()
        .filter((one) => one !== null && one !== 0);
      assert.deepEqual(nothing, [], "who finds the receipt learns nothing");
      seen.guarded += 1;
      return;
    }
    assert.equal(view.state, after.state);
    if (after.disposition !== null) assert.equal(view.next, null);
    if (view.next !== null) {
      const clock = after.clocks.find(({ purpose }) => purpose === view.next?.purpose);
      assert.equal(clock?.dueAt, view.next.dueAt, "the day that was given");
      seen.next += 1;
    }
    if (view.answer !== null) seen.answer += 1;
    if (view.informed !== null) seen.informed += 1;
    if (view.outcome === null) return;
    assert.ok(
      view.answer?.stands === true || !feedbackNeeded(after),
      "heard before it was answered",
    );
    seen.outcome += 1;
  });
  for (const [what, times] of Object.entries(seen)) assert.ok(times > 5, `${what}: ${times}`);
});
