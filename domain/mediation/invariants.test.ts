import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { STOP_SIGNS } from "../matters/terms.ts";
import { workingDaysBetween } from "../shared/calendar.ts";
import { addDays, DAY_MS, HOUR_MS, localDate } from "../shared/instant.ts";
import { seededRandom } from "../shared/random.ts";
import { decide, type MediationContext } from "./decide.ts";
import { eventsOf, evolve, replay } from "./evolve.ts";
import {
  colleague,
  COMMITTEE,
  context,
  feedbackCentre,
  history,
  leader,
  mediation,
  mediator,
  OPENED_AT,
  officer,
  ROOM,
} from "./fixtures.ts";
import { nextDue } from "./due.ts";
import { openSteps } from "./next-steps.ts";
import { callsDue, maySee } from "./policy.ts";
import { clash, type OtherBooking } from "./rooms.ts";
import { sideView } from "./side-view.ts";
import {
  ATTENDANCES,
  FOLLOW_UP_RESULTS,
  type Mediation,
  MEDIATION_COMMANDS,
  MEDIATION_FORMS,
  type MediationCommand,
  type MediationCommandType,
  type MediationEvent,
  SESSION_RESULTS,
} from "./terms.ts";

const ACTORS = [officer, colleague, mediator, feedbackCentre, leader];
const side = fc.constantFrom("a" as const, "b" as const);
const mode = fc.constant("phone" as const);
const mostly = <T>(usual: T, ...rare: T[]) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, fc.constantFrom(...rare));
const id = fc.uuid();

/** Orders that know the day, as people do. */
function ordersOf(
  today: string,
  now: number,
): { [T in MediationCommandType]: fc.Arbitrary<object> } {
  const day = fc.integer({ min: -3, max: 1 }).map((days) => addDays(today, days));
  const attendance = fc.record({
    a: mostly("present", ...ATTENDANCES),
    b: mostly("present", ...ATTENDANCES),
  });
  return {
    answer_of_side: fc.record({ side, agrees: mostly(true, true, false), mode }),
    set_panel: fc.record({
      officers: fc.constant([officer.memberId, colleague.memberId]),
      mediatorId: fc.constant(mediator.memberId),
      committeeId: mostly<string | undefined>(COMMITTEE, undefined),
    }),
    object: fc.record({
      side,
      memberId: fc.constantFrom(mediator.memberId, colleague.memberId, leader.memberId),
    }),
    book: fc
      .record({ sessionId: id, roomId: fc.constant(ROOM), hours: fc.integer({ min: 1, max: 200 }) })
      .map(({ hours, ...rest }) => ({
        ...rest,
        from: now + hours * HOUR_MS,
        to: now + (hours + 1) * HOUR_MS,
        open: false,
      })),
    cancel: fc.constant({}),
    hold: fc.record({ attendance, result: mostly("agreement", ...SESSION_RESULTS) }),
    agree: fc.record({
      form: fc.constant("written"),
      number: fc.constant("调〔2026〕1号"),
      effectiveOn: day,
      performBy: day.map((one) => addDays(one, 5)),
      obliged: fc.subarray(["a", "b"], { minLength: 1 }),
      amount: fc.constant("none"),
    }),
    perform: fc.record({ side, on: day }),
    report_breach: fc.record({ side }),
    urge: fc.constant({}),
    give_up_urging: fc.constant({}),
    follow_up: fc.record({ result: mostly("kept", ...FOLLOW_UP_RESULTS) }),
    fail: fc.record({ reason: fc.constantFrom("no_agreement", "time_over") }),
    notify: fc.record({ side, mode }),
    extend: fc.record({ until: day.map((one) => addDays(one, 40)), allAgree: fc.boolean() }),
    seek_confirmation: fc.record({ on: day, together: mostly(true, false) }),
    decide_confirmation: fc.record({ granted: fc.boolean() }),
    waive_confirmation: fc.constant({}),
    call_back: fc.record({
      side,
      alone: mostly(true, false),
      reached: fc.boolean(),
      solved: fc.constantFrom("yes", "partly", "no", undefined),
    }),
    stop: fc.record({ stopSigns: fc.subarray([...STOP_SIGNS], { minLength: 1 }) }),
  };
}

/** Steps that lead away: sensible people take them rarely. */
const ASIDE: readonly MediationCommandType[] = ["stop", "fail", "cancel", "object", "extend"];

interface Seen {
  readonly before: Mediation;
  readonly after: Mediation;
  readonly event: MediationEvent;
  readonly past: readonly MediationEvent[];
  readonly context: MediationContext;
}

/** Random orders by random people on days that go by; every accepted step is handed to `look`. */
function everyHistory(look: (seen: Seen) => void): void {
  fc.assert(
    fc.property(fc.constantFrom(...MEDIATION_FORMS), fc.nat(2 ** 31 - 1), (form, seed) => {
      const past = history({ form });
      const random = seededRandom(seed);
      let state = mediation({ form });
      let now = OPENED_AT;
      const draw = (below: number): number => Math.floor(random() * below);
      for (let turn = 0; turn < 50; turn += 1) {
        now += draw(3) === 0 ? draw(40) * DAY_MS : draw(30) * HOUR_MS;
        const at = context(now, {
          limitOn: addDays(localDate(now), 30),
          answered: draw(5) > 0,
          chance: () => draw(1000) / 1000,
        });
        const sensible = draw(15) > 0;
        const actors = sensible ? ACTORS : [ACTORS[draw(ACTORS.length)] ?? officer];
        const steps = actors.flatMap((actor) =>
          (sensible ? openSteps(state, actor, at) : MEDIATION_COMMANDS)
            .filter((type) => !sensible || draw(12) === 0 || !ASIDE.includes(type))
            .map((type) => ({ actor, type })),
        );
        const step = steps[draw(Math.max(1, steps.length))];
        if (step === undefined) continue;
        const arbitrary = ordersOf(localDate(now), now)[step.type];
        const [given] = fc.sample(arbitrary, { seed: draw(2 ** 31 - 1), numRuns: 1 });
        const command = { type: step.type, ...given } as MediationCommand;
        const decision = decide(state, command, step.actor, at);
        if (!decision.ok) continue;
        for (const event of eventsOf(decision.value, state.version, step.actor.memberId, now)) {
          const next = evolve(state, event);
          look({ before: state, after: next, event, past, context: at });
          past.push(event);
          state = next;
        }
      }
      assert.deepEqual(replay(past), state);
    }),
    { numRuns: 250 },
  );
}

test("every history keeps the law, whoever does what on which day", () => {
  const seen: Record<string, number> = {};
  everyHistory(({ before, after, event, past, context: { now, calendar } }) => {
    const { change } = event;
    const count = (what: string): void => void (seen[what] = (seen[what] ?? 0) + 1);
    const happened = (type: string) => past.filter((one) => one.change.type === type);
    count(change.type);

    assert.equal(before.endedAt, null, "nothing happens after the end");
    assert.equal(after.version, before.version + 1, "nothing is deleted");
    const over = after.state === "ended" || after.state === "stopped";
    assert.equal(after.ending !== null, over);
    assert.equal(after.endedAt !== null, over);
    assert.equal(nextDue(after, localDate(now)) === null, over || lastOf(after));

    // Art. 17: nobody sits, signs or owes anything who did not agree to it.
    if (["booked", "held", "agreed"].includes(change.type)) {
      assert.ok(before.sides.every(({ agrees }) => agrees === true));
    }
    // Only those who sit with the sides act; only those who don't call back.
    if (change.type === "side_called") assert.equal(event.by, feedbackCentre.memberId);
    else if (change.type !== "ended")
      assert.equal(maySee({ memberId: event.by, role: "mediator" }, before), "all");

    if (change.type === "stopped") {
      assert.equal(after.agreement, null);
      assert.ok(!after.sessions.some(({ state }) => state === "booked"));
    }
    if (change.type === "held" && after.form === "police") {
      const held = after.sessions.filter(({ state }) => state === "held");
      assert.ok(held.length <= 2);
      const [first, second] = held;
      if (first !== undefined && second !== undefined) {
        const days = workingDaysBetween(calendar, localDate(first.from), localDate(second.from));
        assert.ok(days.ok && days.value <= 7);
        count("police twice");
      }
    }
    if (change.type === "booked" && before.limitOn !== null) {
      assert.ok(localDate(change.from) <= before.limitOn);
    }
    if (change.type === "agreed") {
      const last = before.sessions.findLast(({ state }) => state === "held");
      assert.equal(last?.result, "agreement");
      assert.ok(!Object.values(last?.attendance ?? {}).includes("absent"));
      assert.ok(!("text" in change), "what was agreed stands in the committee's file");
    }
    if (change.type === "performed") {
      assert.deepEqual(
        after.performed.toSorted(),
        [...(after.agreement?.obliged ?? [])].toSorted(),
      );
      assert.deepEqual([...after.callOrder].toSorted(), ["a", "b"]);
    }
    if (change.type === "followed_up") {
      assert.ok(localDate(now) >= addDays(before.performedOn ?? "9999-12-31", change.days));
      assert.deepEqual(after.followUps, [7, 30, 90].slice(0, after.followUps.length));
    }
    if (change.type === "confirmation_sought") {
      assert.equal(after.form, "people");
      assert.ok(change.on <= addDays(after.agreement?.effectiveOn ?? "", 30));
    }
    if (change.type === "extended") assert.ok(after.limitOn! > before.limitOn!);
    if (change.type === "ended") {
      switch (change.ending) {
        case "failed":
          assert.ok(before.sides.every(({ notified }) => notified));
          break;
        case "performed":
          assert.deepEqual(before.followUps, [7, 30, 90]);
          assert.ok(!callsDue(before));
          break;
        case "breached":
          assert.ok(before.urged > 0);
          break;
        case "relapsed":
          assert.ok(happened("performed").length > 0);
          break;
        case "stopped":
          assert.fail("a stop is an event of its own");
      }
      count(`ended ${change.ending}`);
    }
    // Read by one side, nothing changes with what the other says of itself.
    const view = sideView(after, "a");
    const other = {
      ...after,
      sides: after.sides.map((one) =>
        one.key === "b" ? { ...one, agrees: null, call: null } : one,
      ),
    };
    assert.deepEqual(sideView(other, "a"), view);
  });
  // What must have been tried for the proof to be one.
  for (const what of ["held", "agreed", "performed", "followed_up", "stopped", "ended failed"]) {
    assert.ok((seen[what] ?? 0) >= 5, `${what}: ${JSON.stringify(seen)}`);
  }
});

/** Performed, asked three times and called: the last event ends it in the same breath. */
function lastOf(state: Mediation): boolean {
  return state.state === "performed" && state.followUps.length === 3 && !callsDue(state);
}

test("whatever is booked in whatever order, no room and no person is taken twice", () => {
  const booking = fc.record({
    id: fc.uuid(),
    roomId: fc.constantFrom("r1", "r2"),
    from: fc.nat(40),
    length: fc.integer({ min: 1, max: 6 }),
    members: fc.subarray(["p", "q", "s"], { minLength: 1 }),
  });
  fc.assert(
    fc.property(fc.array(booking, { maxLength: 30 }), (asked) => {
      const kept: OtherBooking[] = [];
      for (const { length, ...one } of asked) {
        const wish = { ...one, to: one.from + length };
        if (clash(wish, wish.members, kept) === null) kept.push(wish);
      }
      for (let hour = 0; hour < 50; hour += 1) {
        const now = kept.filter(({ from, to }) => from <= hour && hour < to);
        const rooms = now.map(({ roomId }) => roomId);
        const people = now.flatMap(({ members }) => members);
        assert.equal(new Set(rooms).size, rooms.length);
        assert.equal(new Set(people).size, people.length);
      }
    }),
  );
});
