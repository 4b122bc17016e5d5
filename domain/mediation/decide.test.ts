import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY_MS, HOUR_MS, startOfLocalDay } from "../shared/instant.ts";
import { decide } from "./decide.ts";
import { nextDue } from "./due.ts";
import {
  after,
  agreement,
  booking,
  bothThere,
  colleague,
  context,
  dispute,
  draft,
  feedbackCentre,
  FROM,
  leader,
  mediation,
  mediator,
  officer,
  panel,
  performed,
  performing,
  refusalOf,
  ROOM,
  scheduled,
} from "./fixtures.ts";
import { openSteps } from "./next-steps.ts";
import { open } from "./open.ts";
import { callsDue, maySee } from "./policy.ts";
import { sideView } from "./side-view.ts";
import type { Mediation, MediationCommand } from "./terms.ts";

const on = (day: string) => startOfLocalDay(day) + 10 * HOUR_MS;
const opening = {
  actor: officer,
  running: false,
  earlierId: null,
  forbidden: (text: string) => text.includes("坏"),
};
const refusalToOpen = (of: Partial<typeof dispute>, changes = {}, more = {}) => {
  const opened = open(draft(changes), { ...dispute, ...of }, { ...opening, ...more });
  return opened.ok ? null : opened.refusal.code;
};

test("only a screened dispute without a stop sign is mediated, by whoever answers for it", () => {
  assert.equal(refusalToOpen({}), null);
  assert.equal(refusalToOpen({ kind: "hazard" }), "of-other-kind");
  assert.equal(refusalToOpen({ suitable: null }), "screening-needed");
  assert.equal(refusalToOpen({ suitable: false }), "mediation-stopped");
  assert.equal(refusalToOpen({ responsibleId: colleague.memberId }), "not-responsible");
  assert.equal(refusalToOpen({ ended: true }), "wrong-state");
  assert.equal(refusalToOpen({}, {}, { running: true }), "mediation-runs");
  assert.equal(refusalToOpen({}, {}, { actor: feedbackCentre }), "not-permitted");
  assert.equal(refusalToOpen({}, { sides: [{ part: "resident" }] }), "sides-malformed");
  const side = (contact: object) => ({ sides: [{ part: "resident" }, { part: "shop", contact }] });
  assert.equal(
    refusalToOpen({}, side({ phone: "12001234567", consent: false })),
    "contact-without-consent",
  );
  assert.equal(refusalToOpen({}, side({ salutation: "坏人", consent: true })), "text-forbidden");
});

test("it is accepted when all agree, with its month; one clear refusal ends it (art. 17)", () => {
  const asked = after(mediation(), [
    officer,
    { type: "answer_of_side", side: "a", agrees: true, mode: "phone" },
  ]);
  assert.equal(asked.state, "asking");
  assert.equal(asked.limitOn, null);
  const accepted = after(asked, [
    officer,
    { type: "answer_of_side", side: "b", agrees: true, mode: "in_person", closedDoors: true },
  ]);
  assert.deepEqual([accepted.state, accepted.limitOn], ["consented", "2026-12-02"]);
  const refused = after(scheduled(), [
    officer,
    { type: "answer_of_side", side: "b", agrees: false, mode: "phone" },
  ]);
  assert.deepEqual([refused.state, refused.failure], ["failed", "side_refuses"]);
  assert.equal(refused.sessions[0]?.state, "cancelled");
});

test("each side is told of its other ways before a failed mediation ends (art. 26)", () => {
  const failed = after(scheduled(), [
    officer,
    { type: "hold", attendance: bothThere, result: "no_agreement" },
    FROM,
  ]);
  const told = after(failed, [officer, { type: "notify", side: "a", mode: "letter" }]);
  assert.equal(told.state, "failed");
  assert.equal(
    refusalOf(told, officer, { type: "notify", side: "a", mode: "phone" }),
    "already-notified",
  );
  const ended = after(told, [officer, { type: "notify", side: "b", mode: "letter" }]);
  assert.deepEqual([ended.state, ended.ending], ["ended", "failed"]);
});

test("whoever a side would not have goes, and does not come back", () => {
  const objected = after(scheduled(), [
    officer,
    { type: "object", side: "a", memberId: mediator.memberId },
  ]);
  assert.equal(objected.panel.mediatorId, null);
  assert.equal(refusalOf(objected, officer, panel), "objected-to");
  assert.equal(refusalOf(objected, mediator, { type: "urge" }), "not-on-panel");
});

test("a panel has officers, each once, and a committee where the people's way is gone", () => {
  const start = after(mediation(), [officer, panel]);
  const tried = (changes: object) =>
    refusalOf(start, officer, { ...panel, ...changes } as MediationCommand);
  assert.equal(tried({}), null);
  assert.equal(tried({ officers: [] }), "panel-incomplete");
  assert.equal(tried({ officers: [officer.memberId, officer.memberId] }), "panel-incomplete");
  assert.equal(tried({ committeeId: undefined }), "panel-incomplete");
  assert.equal(tried({ handOverNo: "13812341234" }), "number-malformed");
  const object = (memberId: string) => ({ type: "object", side: "a", memberId }) as const;
  assert.equal(refusalOf(start, officer, object(leader.memberId)), "panel-unknown");
  const alone = after(start, [
    officer,
    { ...panel, officers: [officer.memberId] } as MediationCommand,
  ]);
  assert.equal(refusalOf(alone, officer, object(officer.memberId)), "panel-incomplete");
  const nobody = { type: "answer_of_side", side: "c", agrees: true, mode: "phone" } as const;
  assert.equal(refusalOf(start, officer, nobody), "side-unknown");
});

test("no day is booked before a committee sits on the panel", () => {
  const agreed = after(
    mediation(),
    [officer, { type: "answer_of_side", side: "a", agrees: true, mode: "phone" }],
    [officer, { type: "answer_of_side", side: "b", agrees: true, mode: "phone" }],
  );
  assert.equal(refusalOf(agreed, officer, booking), "panel-incomplete");
});

test("who owes nothing breaks nothing; what was performed is performed once, on a day that was", () => {
  const running = performing();
  const perform = (side: "a" | "b", day: string) => ({ type: "perform", side, on: day }) as const;
  const later = on("2026-11-12");
  assert.equal(refusalOf(running, officer, perform("a", "2026-11-12"), later), "not-obliged");
  assert.equal(refusalOf(running, officer, perform("b", "2026-11-13"), later), "dates-malformed");
  assert.equal(refusalOf(running, officer, perform("b", "2026-11-03"), later), "dates-malformed");
  const breach = { type: "report_breach", side: "a" } as const;
  assert.equal(refusalOf(running, officer, breach, later), "not-obliged");
  const half = { ...running, performed: ["b"] } as Mediation;
  assert.equal(refusalOf(half, officer, perform("b", "2026-11-12"), later), "already-performed");
});

test("dates run forward, and a stop sign is named", () => {
  const asking = scheduled();
  const extend = { type: "extend", until: asking.limitOn ?? "", allAgree: true } as const;
  assert.equal(refusalOf(asking, officer, extend), "dates-malformed");
  const seek = { type: "seek_confirmation", on: "2026-11-13", together: true } as const;
  assert.equal(refusalOf(performing(), officer, seek, on("2026-11-12")), "dates-malformed");
  assert.equal(refusalOf(asking, officer, { type: "stop", stopSigns: [] }), "sides-malformed");
});

test("a room and a person are in one place at a time", () => {
  const ready = after(scheduled(), [officer, { type: "cancel" }]);
  const other = { id: "x", roomId: ROOM, from: FROM + HOUR_MS, to: FROM + 3 * HOUR_MS };
  const busy = (changes: object) =>
    context(undefined, { bookings: [{ ...other, members: [], ...changes }] });
  assert.equal(refusalOf(ready, officer, booking, busy({})), "room-taken");
  assert.equal(refusalOf(ready, officer, booking, busy({ from: FROM + 2 * HOUR_MS })), null);
  assert.equal(
    refusalOf(ready, officer, booking, busy({ roomId: "y", members: [colleague.memberId] })),
    "person-taken",
  );
  assert.equal(
    refusalOf(ready, officer, booking, context(undefined, { venue: null })),
    "room-unknown",
  );
  assert.equal(refusalOf(ready, officer, booking, FROM), "session-times");
});

test("a side that wishes closed doors has them (art. 23)", () => {
  const ready = after(
    scheduled(),
    [officer, { type: "cancel" }],
    [
      officer,
      { type: "answer_of_side", side: "b", agrees: true, mode: "phone", closedDoors: true },
    ],
  );
  const asked = (open: boolean) => ({ ...booking, open }) as MediationCommand;
  assert.equal(refusalOf(ready, officer, asked(true)), "closed-wished");
  assert.equal(refusalOf(ready, officer, asked(false)), null);
});

test("no session lies past the limit, unless all sides prolong it", () => {
  const late = { ...booking, from: on("2026-12-03"), to: on("2026-12-03") + HOUR_MS };
  const ready = after(scheduled(), [officer, { type: "cancel" }]);
  assert.equal(refusalOf(ready, officer, late as MediationCommand), "past-limit");
  const extend = { type: "extend", until: "2026-12-20", allAgree: true } as const;
  assert.equal(refusalOf(ready, officer, { ...extend, allAgree: false }), "all-must-agree");
  assert.equal(refusalOf(after(ready, [officer, extend]), officer, late as MediationCommand), null);
  const over = { type: "fail", reason: "time_over" } as const;
  assert.equal(refusalOf(ready, officer, over, on("2026-12-02")), "too-early");
  assert.equal(refusalOf(ready, officer, over, on("2026-12-03")), null);
});

test("the police mediate once, and a second time within seven working days", () => {
  const once = after(scheduled({ form: "police" }), [
    officer,
    { type: "hold", attendance: bothThere, result: "continued" },
    FROM,
  ]);
  assert.equal(once.limitOn, null);
  const again = (day: string): MediationCommand => ({
    ...(booking as MediationCommand & { type: "book" }),
    sessionId: day,
    from: on(day),
    to: on(day) + HOUR_MS,
  });
  // Wednesday 4 November; the seventh working day after it is Friday 13.
  assert.equal(refusalOf(once, officer, again("2026-11-16")), "second-too-late");
  const twice = after(
    once,
    [officer, again("2026-11-13")],
    [officer, { type: "hold", attendance: bothThere, result: "continued" }, on("2026-11-13")],
  );
  assert.equal(refusalOf(twice, officer, again("2026-11-14"), on("2026-11-13")), "police-twice");
});

test("an agreement needs a session at which nobody was missing", () => {
  const held = (attendance: object, result: string): MediationCommand =>
    ({ type: "hold", attendance, result }) as MediationCommand;
  const state = scheduled();
  assert.equal(refusalOf(state, officer, held(bothThere, "agreement")), "session-not-over");
  assert.equal(
    refusalOf(state, officer, held({ a: "present" }, "continued"), FROM),
    "attendance-incomplete",
  );
  assert.equal(
    refusalOf(state, officer, held({ a: "present", b: "absent" }, "agreement"), FROM),
    "side-absent",
  );
  assert.equal(refusalOf(state, officer, agreement, FROM), "wrong-state");
  const reached = after(state, [officer, held(bothThere, "agreement"), FROM]);
  const bad = (changes: object) =>
    refusalOf(reached, officer, { ...agreement, ...changes } as MediationCommand, FROM);
  assert.equal(bad({ number: "13812341234" }), "number-malformed");
  assert.equal(bad({ number: " " }), "number-malformed");
  assert.equal(bad({ effectiveOn: "2026-11-03" }), "dates-malformed");
  assert.equal(bad({ performBy: "2026-11-01" }), "dates-malformed");
  assert.equal(bad({ obliged: [] }), "obliged-missing");
  assert.equal(bad({}), null);
});

test("what was not done is urged; then it is done after all, or the court's way is shown", () => {
  const breached = after(performing(), [officer, { type: "report_breach", side: "b" }]);
  assert.equal(refusalOf(breached, officer, { type: "give_up_urging" }), "urging-first");
  const urged = after(breached, [mediator, { type: "urge" }]);
  assert.equal(after(urged, [officer, { type: "give_up_urging" }]).ending, "breached");
  assert.equal(
    after(urged, [officer, { type: "perform", side: "b", on: "2026-11-25" }, on("2026-11-25")])
      .state,
    "performed",
  );
  assert.equal(refusalOf(urged, officer, { type: "report_breach", side: "a" }), "wrong-state");
});

test("after performance each side is asked on day 7, 30 and 90, and called back alone", () => {
  const kept = { type: "follow_up", result: "kept" } as const;
  const state = performed();
  assert.deepEqual(nextDue(state, "2026-11-12"), { step: "call_back", on: "2026-11-12" });
  assert.equal(refusalOf(state, officer, kept, on("2026-11-18")), "too-early");
  const asked = after(
    state,
    [officer, kept, on("2026-11-19")],
    [mediator, { type: "follow_up", result: "unreached" }, on("2026-12-12")],
    [mediator, kept, on("2026-12-12")],
    [officer, kept, on("2027-02-10")],
  );
  assert.equal(asked.state, "performed", "still to be called back");
  const [first, second] = asked.callOrder;
  const call = (side: string, changes = {}) =>
    ({ type: "call_back", side, alone: true, reached: true, solved: "yes", ...changes }) as const;
  assert.equal(refusalOf(asked, officer, call(first ?? "") as MediationCommand), "not-permitted");
  const refused = (command: object, given = context()) =>
    refusalOf(asked, feedbackCentre, command as MediationCommand, given);
  assert.equal(refused(call(second ?? "")), "not-next");
  assert.equal(refused(call(first ?? "", { alone: false })), "not-alone");
  assert.equal(refused(call(first ?? "", { solved: undefined })), "callback-incomplete");
  assert.equal(refused(call(first ?? ""), context(undefined, { answered: false })), "answer-first");
  assert.equal(maySee(feedbackCentre, asked), "calls");
  const ended = after(
    asked,
    [feedbackCentre, call(first ?? "") as MediationCommand],
    [feedbackCentre, call(second ?? "", { reached: false }) as MediationCommand],
    [feedbackCentre, call(second ?? "", { reached: false }) as MediationCommand],
  );
  assert.deepEqual([ended.state, ended.ending], ["ended", "performed"]);
  assert.equal(maySee(feedbackCentre, ended), "nothing");
});

test("the order of the calls is drawn by lot", () => {
  const drawn = (...lots: number[]) =>
    after(performing(), [
      officer,
      { type: "perform", side: "b", on: "2026-11-12" },
      context(on("2026-11-12"), { chance: () => lots.pop() ?? 0 }),
    ]).callOrder;
  assert.deepEqual(drawn(0.1, 0.9), ["b", "a"]);
  assert.deepEqual(drawn(0.9, 0.1), ["a", "b"]);
});

test("both together ask the court to confirm within thirty days, people's mediation only", () => {
  const seek = { type: "seek_confirmation", on: "2026-12-04", together: true } as const;
  assert.equal(refusalOf(performing(), officer, seek, on("2026-12-04")), null);
  const late = { ...seek, on: "2026-12-05" };
  assert.equal(refusalOf(performing(), officer, late, on("2026-12-05")), "confirmation-too-late");
  const alone = { ...seek, together: false };
  assert.equal(refusalOf(performing(), officer, alone, on("2026-12-04")), "all-must-agree");
  const police = performing({ form: "police" });
  assert.equal(refusalOf(police, officer, seek, on("2026-12-04")), "people-only");
  assert.equal(refusalOf(police, officer, { type: "waive_confirmation" }), "wrong-state");
});

test("the court's thirty days are a day that is due, until the sides asked it or said that they won't", () => {
  const next = (state: Mediation) => nextDue(state, "2026-11-05");
  const reached = after(scheduled(), [
    mediator,
    { type: "hold", attendance: bothThere, result: "agreement" },
    FROM + HOUR_MS,
  ]);
  const agreed = (performBy: string) =>
    after(reached, [mediator, { ...agreement, performBy } as MediationCommand, FROM + HOUR_MS]);
  const soon = agreed("2027-01-20");
  assert.deepEqual(next(soon), { step: "seek_confirmation", on: "2026-12-04" });
  const waived = after(soon, [officer, { type: "waive_confirmation" }]);
  assert.deepEqual(next(waived), { step: "check_performance", on: "2027-01-20" });
  assert.equal(refusalOf(waived, officer, { type: "waive_confirmation" }), "wrong-state");
  const seek = { type: "seek_confirmation", on: "2026-11-05", together: true } as const;
  const changed = after(waived, [officer, seek, on("2026-11-05")]);
  assert.equal(changed.confirmation?.granted, null, "whoever changes his mind in time may");
  assert.equal(next(agreed("2026-11-10"))?.step, "check_performance");
  // What the table says later is for later agreements: this one keeps its day.
  const shorter = context(on("2026-11-25"), { days: { confirmation: 10, policeSecond: 7 } });
  assert.ok(decide(soon, { ...seek, on: "2026-11-25" }, officer, shorter).ok);
});

test("a stop sign ends it at any time and leaves no agreement", () => {
  const stopped = after(performing(), [officer, { type: "stop", stopSigns: ["violence_at_home"] }]);
  assert.deepEqual(
    [stopped.state, stopped.ending, stopped.agreement],
    ["stopped", "stopped", null],
  );
  assert.deepEqual(openSteps(stopped, officer, context(FROM + 30 * DAY_MS)), []);
});

test("nobody but the panel sees it, the feedback centre for its calls", () => {
  for (const one of [officer, colleague, mediator]) assert.equal(maySee(one, scheduled()), "all");
  for (const one of [leader, feedbackCentre]) assert.equal(maySee(one, scheduled()), "nothing");
  assert.ok(callsDue(performed()));
  assert.equal(refusalOf(scheduled(), leader, { type: "cancel" }), "not-on-panel");
  assert.equal(refusalOf(scheduled(), mediator, booking), "not-permitted");
});

test("the buttons of the page follow the state", () => {
  const steps = (state = mediation(), now = FROM) => openSteps(state, officer, context(now));
  assert.ok(steps().includes("answer_of_side"));
  assert.ok(!steps().includes("book"));
  assert.ok(steps(scheduled()).includes("hold"));
  assert.ok(steps(performing()).includes("perform"));
  assert.ok(!steps(performed()).includes("follow_up"));
  assert.ok(steps(performed(), on("2026-11-19")).includes("follow_up"));
});

test("a side's own page says nothing of the other", () => {
  const state = performed();
  for (const [own, other] of [
    ["a", "b"],
    ["b", "a"],
  ] as const) {
    const view = sideView(state, own);
    const changedOther = {
      ...state,
      sides: state.sides.map((side) =>
        side.key === other
          ? {
              ...side,
              part: "property_company",
              agrees: false,
              call: { solved: "no", satisfaction: 1 },
            }
          : side,
      ),
      sessions: state.sessions.map((session) => ({
        ...session,
        attendance: { ...session.attendance, [other]: "absent" },
      })),
      barred: [mediator.memberId],
    } as typeof state;
    assert.deepEqual(sideView(changedOther, own), view);
  }
  assert.equal(sideView(state, "c"), undefined);
});
