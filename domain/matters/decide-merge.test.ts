import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Id } from "../shared/id.ts";
import { concernsMerged, follow } from "./decide-merge.ts";
import { decide } from "./decide.ts";
import { eventsOf, evolve } from "./evolve.ts";
import {
  after,
  clockwork,
  colleague,
  draft,
  feedbackCentre,
  leader,
  matter,
  officer,
  refusalOf,
} from "./fixtures.ts";
import { openSteps } from "./next-steps.ts";
import type { MatterActor } from "./policy.ts";
import { likeness } from "./similar.ts";
import {
  ENDED,
  feedbackNeeded,
  type Matter,
  type MatterChange,
  type MatterCommand,
  SOLVED,
} from "./terms.ts";

const id = (n: number): Id => `01923f00-0000-7000-8000-${n.toString(16).padStart(12, "0")}`;
const main = matter({ id: id(900), text: "楼下烧烤店油烟大" });
const other = matter({ id: id(901), text: "烧烤摊晚上吵，油烟呛人" });
const merge = { type: "merge", into: main.id, main } as const;

test("what was merged rests, and stands where it stood when it is taken apart", () => {
  const started = after(other, [officer, { type: "accept" }], [officer, { type: "start" }]);
  const merged = after(started, [officer, merge]);
  assert.equal(merged.state, "merged");
  assert.equal(merged.merged?.number, main.number);
  assert.equal(refusalOf(merged, officer, { type: "start" }), "wrong-state");
  assert.ok(
    merged.clocks.some(({ purpose }) => purpose === "finish"),
    "its answer stays due",
  );
  const apart = after(merged, [leader, { type: "unmerge", text: "是两家店" }]);
  assert.deepEqual([apart.state, apart.merged], ["in_progress", null]);
});

test("only one open problem of the same kind takes another, and none that somebody is in danger from", () => {
  const refused = (changes: Partial<typeof main>, more = {}) =>
    refusalOf(other, officer, { ...merge, main: { ...main, ...changes }, ...more });
  assert.equal(refused({}), null);
  assert.equal(refused({ kind: "hazard" }), "merge-other-kind");
  assert.equal(refused({ disposition: "closed" }), "merge-ended");
  assert.equal(refused({ merged: { into: id(1), number: "", from: "registered" } }), "merge-ended");
  assert.equal(refused({ id: other.id }), "merge-unknown");
  assert.equal(refused({ suitable: false }), "merge-stopped");
  assert.equal(refused({}, { hasReporters: true }), "merge-has-reporters");
  assert.equal(refusalOf(other, officer, { type: "merge", into: id(5) }), "merge-unknown");
  assert.equal(refusalOf(other, colleague, merge), "not-responsible");
});

test("whoever handled the main matter neither calls back nor closes what was merged into it", () => {
  const solved = after(
    main,
    [officer, { type: "resolve", outcome: "adopted", text: "已加装油烟净化" }],
    [leader, { type: "answer", mode: "phone", text: "已加装油烟净化" }],
  );
  const merged = after(other, [officer, { ...merge, main: solved }]);
  assert.deepEqual([merged.state, merged.outcome], ["resolved", "adopted"]);
  const answered = after(merged, [officer, { type: "answer", mode: "phone", text: "已处理" }]);
  const called = { type: "call_back", mode: "in_person", reached: false, text: "" } as const;
  assert.equal(refusalOf(answered, leader, called), "handler-cannot-call-back");
  const closed = after(answered, [feedbackCentre, { type: "close", waiver: "not_sampled" }]);
  assert.deepEqual([closed.state, closed.disposition], ["closed", "merged"]);
});

const ACTORS: readonly MatterActor[] = [officer, leader, colleague, feedbackCentre];
const text = "说明";
const ORDERS: readonly MatterCommand[] = [
  { type: "accept" },
  { type: "start" },
  { type: "resolve", outcome: "adopted", text },
  { type: "resolve", outcome: "not_adopted", reason: "no_legal_basis", text },
  { type: "decline", reason: "not_police_business", text },
  { type: "answer", mode: "phone", text },
  { type: "call_back", mode: "phone", reached: true, solved: "yes", text },
  { type: "call_back", mode: "phone", reached: true, solved: "no", text },
  { type: "close", waiver: "not_sampled" },
  { type: "close" },
  { type: "reopen", reason: "not_solved", text },
  { type: "withdraw", text },
  { type: "unmerge", text },
  merge,
];

/** What sensible people do rarely. */
const ASIDE: readonly string[] = ["reopen", "withdraw", "unmerge"];

/** A few matters of one problem under random orders; every accepted step is handed to `look`. */
function everyProblem(
  look: (before: Matter, now: Matter, change: MatterChange, all: readonly Matter[]) => void,
): void {
  const order = fc.record({
    actor: fc.constantFrom(...ACTORS),
    at: fc.nat(3),
    command: fc.constantFrom(...ORDERS),
    pick: fc.nat(99),
  });
  const work = clockwork();
  fc.assert(
    fc.property(fc.array(order, { minLength: 30, maxLength: 80 }), (orders) => {
      const all = [main, ...[1, 2, 3].map((n) => matter({ id: id(910 + n) }))];
      const keep = (at: number, changes: readonly MatterChange[], by: Id): void => {
        for (const event of eventsOf(changes, all[at]!.version, by, work.now)) {
          const before = all[at]!;
          all[at] = evolve(before, event);
          look(before, all[at], event.change, all);
        }
      };
      for (const { actor, at, command, pick } of orders) {
        const before = all[at]!;
        // Half of the time what the page offers, so that ends are reached.
        const offered = openSteps(before, actor, work);
        const fitting = ORDERS.filter(
          ({ type }) => offered.includes(type) && !ASIDE.includes(type),
        );
        const chosen =
          (pick % 2 === 0 ? fitting[pick % Math.max(1, fitting.length)] : command) ?? command;
        const [first] = all;
        const hasReporters = all.some(({ merged }) => merged?.into === before.id);
        const told = chosen.type === "merge" ? { ...chosen, main: first, hasReporters } : chosen;
        const decision = decide(before, told, actor, work);
        if (!decision.ok) continue;
        keep(at, decision.value, actor.memberId);
        if (!concernsMerged(before, all[at]!)) continue;
        for (const [i, one] of all.entries()) {
          keep(i, follow(one, all[at]!, actor.memberId, work), actor.memberId);
        }
      }
    }),
    { numRuns: 300 },
  );
}

test("invariant 7: one problem is worked on once, and every reporter is answered with its outcome", () => {
  const seen = { merged: 0, answered: 0, apart: 0 };
  everyProblem((before, now, change, all) => {
    const { merged } = now;
    if (change.type === "merged") seen.merged += 1;
    if (change.type === "unmerged" || (before.merged !== null && merged === null)) {
      assert.ok(change.type === "unmerged" || change.type === "reopened", change.type);
      seen.apart += 1;
    }
    if (merged === null) return;
    const leading = all.find((one) => one.id === merged.into);
    assert.equal(leading?.merged ?? null, null, "no chains");
    assert.ok(
      !["accepted", "started", "resolved", "declined", "assigned"].includes(change.type),
      "the work is the main matter's",
    );
    if (change.type === "answered") {
      assert.equal(now.outcome, leading?.outcome, "answered with the main outcome");
      seen.answered += 1;
    }
  });
  assert.ok(
    Object.values(seen).every((times) => times > 10),
    JSON.stringify(seen),
  );
});

test("invariants 1 and 2: what was merged ends once, answered first, and never by a handler of either", () => {
  let ends = 0;
  everyProblem((before, now, change) => {
    assert.equal(now.version, before.version + 1);
    assert.equal(now.disposition !== null, ENDED.includes(now.state));
    if (change.type !== "closed") return;
    assert.equal(change.disposition === "merged", now.merged !== null);
    if (now.merged === null) return;
    assert.ok(!feedbackNeeded(now) || now.answeredAt !== null, "not answered");
    assert.ok(now.outcome !== null && (SOLVED.includes(now.outcome) || now.reason !== null));
    ends += 1;
  });
  assert.ok(ends > 5, `${ends} seen`);
});

test("one problem is known by its words, whoever tells it", () => {
  const at = (said: string, more = {}) => ({ ...draft({ text: said }), ...more });
  const smoke = at("楼下烧烤店油烟大，晚上吵到十二点");
  const alike = (said: string, more = {}) => likeness(smoke, at(said, more)) !== null;
  assert.ok(alike("烧烤摊油烟呛人，晚上睡不着"));
  assert.ok(alike("烧烤油烟飘到阳台"));
  assert.ok(!alike("晚上路灯不亮", { subtype: "other" }), "a common word is no common problem");
  assert.ok(!alike("电梯坏了"));
  assert.ok(!alike("楼下烧烤店油烟大", { kind: "hazard" }), "another kind");
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      assert.equal(likeness(at(a), at(b)), likeness(at(b), at(a)));
    }),
  );
});
