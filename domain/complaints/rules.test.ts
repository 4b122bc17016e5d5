import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { WorkCalendar } from "../shared/calendar.ts";
import { DAY_MS, HOUR_MS, startOfLocalDay } from "../shared/instant.ts";
import type { Result } from "../shared/result.ts";
import { CLOCK_RULES } from "../matters/clock-table.ts";
import { dueAfter } from "./clocks.ts";
import { complaintFigures } from "./figures.ts";
import type { ComplaintActor } from "./policy.ts";
import { decideComplaint, openComplaintSteps, receiveComplaint } from "./rules.ts";
import {
  type Complaint,
  COMPLAINT_LIMITS,
  type ComplaintCommand,
  type ComplaintDraft,
  FINDINGS,
} from "./terms.ts";

const NOW = startOfLocalDay("2026-09-24") + 16 * HOUR_MS;
/** Mid-autumn on the 25th, National Day from the 1st to the 7th, work on the 20th and on October 10th. */
const CALENDAR: WorkCalendar = {
  holidays: new Set(["2026-09-25", ..."1234567".split("").map((day) => `2026-10-0${day}`)]),
  makeUpDays: new Set(["2026-09-20", "2026-10-10"]),
  through: "2027-12-31",
};
const limits = { calendar: CALENDAR, rules: CLOCK_RULES };
const draft: ComplaintDraft = {
  about: "station",
  stationId: "s",
  kind: "attitude",
  text: "态度粗暴",
  origin: "online",
};
const inspector: ComplaintActor = { memberId: "i", role: "inspectorate", stationIds: [] };
const second: ComplaintActor = { ...inspector, memberId: "j" };

function received(changes: Partial<ComplaintDraft> = {}): Complaint {
  const answer = receiveComplaint("c", { ...draft, ...changes }, NOW, limits);
  assert.ok(answer.ok);
  return answer.value;
}

function codeOf(answer: Result<unknown>): string | null {
  return answer.ok ? null : answer.refusal.code;
}

test("whoever it concerns, and his chain, can't touch it; the inspectorate's own goes elsewhere", () => {
  const note: ComplaintCommand = { type: "note", text: "看过" };
  const touch = (complaint: Complaint, actor: ComplaintActor) =>
    codeOf(decideComplaint(complaint, note, actor, NOW, limits));
  assert.equal(touch(received(), inspector), null);
  for (const role of ["station_leader", "community_officer", "feedback_centre"] as const) {
    assert.equal(touch(received(), { ...inspector, role }), "conflict-of-interest");
  }
  assert.equal(touch(received(), { ...inspector, stationIds: ["s"] }), "conflict-of-interest");
  assert.equal(touch({ ...received(), concerned: ["i"] }, inspector), "conflict-of-interest");
  const own = received({ about: "inspectorate", stationId: null });
  assert.equal(touch(own, inspector), "conflict-of-interest");
  assert.equal(touch(own, { ...inspector, role: "feedback_centre" }), null);
});

test("the limits run in hours, working days and days, around the holidays", () => {
  assert.equal(dueAfter("receipt", NOW, limits), NOW + 24 * HOUR_MS);
  assert.equal(dueAfter("check", NOW, limits), startOfLocalDay("2026-10-01"));
  assert.equal(dueAfter("answer", NOW, limits), startOfLocalDay("2026-10-09") + DAY_MS);
  assert.equal(dueAfter("review", NOW, limits), startOfLocalDay("2026-10-25"));
  assert.equal(dueAfter("finding", startOfLocalDay("2027-12-20"), limits), null);
  // A later version of the bureau's table is for what begins from its day on.
  const check = {
    id: "complaint.check",
    from: "2026-09-25",
    amount: 1,
    unit: "working_days",
  } as const;
  const changed = { ...limits, rules: [...limits.rules, check] };
  assert.equal(dueAfter("check", NOW, changed), dueAfter("check", NOW, limits));
  const later = NOW + 3 * DAY_MS;
  assert.notEqual(dueAfter("check", later, changed), dueAfter("check", later, limits));
});

test("a contact needs consent, and a number that can be one", () => {
  const contact = (phone: string, consent: boolean) =>
    codeOf(receiveComplaint("c", { ...draft, contact: { phone, consent } }, NOW, limits));
  assert.equal(contact("12012345678", true), null);
  assert.equal(contact("12012345678", false), "contact-without-consent");
  assert.equal(contact("1", true), "phone-invalid");
});

test("a complaint has words, and says which station it is about", () => {
  const code = (changes: Partial<ComplaintDraft>) =>
    codeOf(receiveComplaint("c", { ...draft, ...changes }, NOW, limits));
  assert.equal(code({ text: " " }), "complaint-text-missing");
  const most = COMPLAINT_LIMITS.textLength;
  assert.equal(code({ text: "长".repeat(most) }), null);
  assert.equal(code({ text: "长".repeat(most + 1) }), "complaint-text-too-long");
  assert.equal(code({ stationId: null }), "station-needed");
});

test("reviewed once, in time, by somebody else, and never against an officer who was not heard", () => {
  let now = NOW;
  const step = (complaint: Complaint, command: ComplaintCommand, actor = inspector) =>
    decideComplaint(
      complaint,
      command,
      ["ask_review", "close"].includes(command.type) ? null : actor,
      now,
      limits,
    );
  const after = (complaint: Complaint, command: ComplaintCommand, actor = inspector): Complaint => {
    const answer = step(complaint, command, actor);
    assert.ok(answer.ok, `${command.type}: ${codeOf(answer)}`);
    return answer.value;
  };
  const answered = (
    [
      { type: "receipt" },
      { type: "check", result: "investigate", text: "查" },
      { type: "find", finding: "unsubstantiated", text: "不属实" },
      { type: "answer", text: "答复" },
    ] as const
  ).reduce<Complaint>((complaint, command) => after(complaint, command), received());
  const ask = { type: "ask_review", text: "不服" } as const;
  now = (answered.dueAt ?? 0) - 1;
  assert.equal(codeOf(step(answered, { type: "close" })), "complaint-wrong-state");
  const review = after(answered, ask);
  now += 1;
  assert.equal(codeOf(step(answered, ask)), "review-too-late");
  assert.equal(step(answered, { type: "close" }).ok, true, "nobody disagreed in time");

  const decided = (more: object) => ({ type: "decide_review", text: "复核", ...more }) as const;
  const upheld = decided({ result: "upheld" }) as ComplaintCommand;
  assert.equal(codeOf(step(review, upheld)), "reviewer-was-finder");
  const changed = (finding?: string) =>
    decided({ result: "changed", finding }) as unknown as ComplaintCommand;
  assert.equal(codeOf(step(review, changed(), second)), "finding-needed");
  assert.equal(codeOf(step(review, changed("substantiated"), second)), "officer-not-heard");
  const told = after(after(review, upheld, second), { type: "answer", text: "维持" });
  assert.equal(told.state, "closed");
  assert.equal(codeOf(step({ ...answered, reviewAskedAt: NOW }, ask)), "review-used");
});

const text = fc.constantFrom("", "说明");
const order: fc.Arbitrary<ComplaintCommand> = fc.oneof(
  fc.constant({ type: "receipt" } as const),
  fc.record({
    type: fc.constantFrom("note", "hear", "answer", "ask_review"),
    text,
  }) as fc.Arbitrary<ComplaintCommand>,
  fc.record({
    type: fc.constant("check" as const),
    result: fc.constantFrom("investigate", "not_police", "other_channel"),
    text,
  }),
  fc.record({
    type: fc.constant("find" as const),
    finding: fc.constantFrom("substantiated", "partly", "unsubstantiated"),
    text,
  }),
  fc.record({
    type: fc.constant("decide_review" as const),
    result: fc.constantFrom("upheld", "changed"),
    finding: fc.constantFrom("substantiated", "unsubstantiated", undefined),
    text,
  }),
  fc.record({
    type: fc.constant("name" as const),
    memberIds: fc.subarray(["i", "o", "p"]),
  }),
  fc.constantFrom({ type: "withdraw" } as const, { type: "close" } as const),
);
const BY_COMPLAINANT = ["ask_review", "withdraw", "close"];

test("whatever happens: heard before found, told before closed, reviewed once and by another", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(order, fc.boolean(), fc.nat(40)), { maxLength: 30 }),
      (orders) => {
        let complaint = received();
        let now = NOW;
        for (const [command, other, days] of orders) {
          now += days * DAY_MS;
          const actor = BY_COMPLAINANT.includes(command.type) ? null : other ? second : inspector;
          const before = complaint;
          const answer = decideComplaint(complaint, command, actor, now, limits);
          if (!answer.ok) continue;
          complaint = answer.value;
          assert.equal(complaint.version, before.version + 1);
          assert.notEqual(before.state, "closed", "nothing after the end");
          if (actor !== null) assert.ok(!before.concerned.includes(actor.memberId));
          if (complaint.finding === "substantiated" || complaint.finding === "partly") {
            assert.ok(complaint.heard > 0);
          }
          if (command.type === "decide_review") assert.notEqual(actor?.memberId, before.foundBy);
          if (command.type === "ask_review") assert.equal(before.reviewAskedAt, null);
          if (complaint.state === "closed") assert.ok(complaint.answeredAt !== null);
          assert.equal(complaint.finding !== null, complaint.foundAt !== null);
          assert.ok(complaint.finding === null || FINDINGS.includes(complaint.finding));
          assert.equal(complaint.state === "closed", complaint.closedAt !== null);
          if (complaint.state === "closed") assert.equal(complaint.dueAt, null);
          const steps = openComplaintSteps(complaint, actor ?? inspector);
          if (complaint.state === "closed") assert.deepEqual(steps, []);
        }
      },
    ),
  );
});

test("figures show from twenty answers on", () => {
  const one = (days: number, finding: Complaint["finding"]) => ({
    receivedAt: NOW,
    finding,
    answeredAt: NOW + days * DAY_MS,
    answerDueAt: NOW + 20 * DAY_MS,
    reviewAskedAt: days > 18 ? NOW : null,
  });
  const some = Array.from({ length: 19 }, (_, i) =>
    one(i + 1, i < 5 ? "partly" : "unsubstantiated"),
  );
  assert.equal(complaintFigures(some, NOW), null);
  assert.deepEqual(complaintFigures([...some, one(40, "unsubstantiated")], NOW), {
    received: 20,
    answeredOnTime: 0.95,
    substantiatedShare: 0.25,
    medianDays: 10,
    reviewedShare: 0.1,
  });
});
