import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addDays, DAY_MS, type Instant, localDate, startOfLocalDay } from "../shared/instant.ts";
import { againstOthers, isWorse, rateRatio, yearOnYear } from "./comparison.ts";
import { decide, latestDeadline, openCommands, propose } from "./decide.ts";
import { begin, evolve } from "./evolve.ts";
import type { ListingActor } from "./policy.ts";
import {
  type Comparison,
  CRITERION_ANSWERS,
  DELIST_CRITERIA,
  LISTING_BODIES,
  LISTING_COMMANDS,
  LISTING_LIMITS,
  type Listing,
  type ListingCommand,
} from "./terms.ts";

const id = (tail: number) => `01923f00-0000-7000-8000-${tail.toString(16).padStart(12, "0")}`;
const NOW: Instant = startOfLocalDay("2026-03-02") + 10 * 3_600_000;
const leader: ListingActor = { memberId: id(1), role: "station_leader" };
const office: ListingActor = { memberId: id(2), role: "campaign_office" };
const inspector: ListingActor = { memberId: id(3), role: "inspectorate" };
const officer: ListingActor = { memberId: id(4), role: "community_officer" };
const ACTORS = [leader, office, inspector, officer];

const context = (actor: ListingActor, now = NOW) => ({
  actor,
  now,
  forbidden: (text: string) => text.includes("身份证"),
});

/** Story 6: twelve thefts, nine a year ago. */
const twelve: Comparison = {
  measure: "theft",
  from: "2025-09-01",
  to: "2026-03-01",
  count: 12,
  before: 9,
  households: 320,
  others: { estates: 8, count: 20, households: 4000 },
  source: "刑侦大队统计",
};
const draft = {
  id: id(10),
  estateId: id(11),
  measure: "theft",
  from: twelve.from,
  to: twelve.to,
  causes: ["no_management", "open_access"],
  text: "没有物业，出入口敞开，盗窃上升",
} as const;
const place = {
  stationId: id(20),
  beatId: id(21),
  households: 320,
  comparison: twelve,
  running: false,
};

function proposed(): Listing {
  const change = propose(draft, place, context(leader));
  assert.ok(change.ok);
  return begin({ seq: 1, at: NOW, by: leader.memberId, change: change.value });
}

function step(listing: Listing, actor: ListingActor, command: ListingCommand, now = NOW) {
  const decision = decide(listing, command, context(actor, now));
  if (!decision.ok) return decision.refusal.code;
  return evolve(listing, {
    seq: listing.version + 1,
    at: now,
    by: actor.memberId,
    change: decision.value,
  });
}

function through(
  listing: Listing,
  ...steps: readonly (readonly [ListingActor, ListingCommand])[]
): Listing {
  return steps.reduce((state, [actor, command]) => {
    const next = step(state, actor, command);
    assert.ok(typeof next === "object", command.type);
    return next;
  }, listing);
}

const order = {
  type: "order",
  number: "云综治〔2026〕3号",
  bodies: ["police", "order_coordination", "subdistrict"],
  street: "锦湖街道",
} as const;
const measure = {
  type: "set_measure",
  id: id(30),
  body: "subdistrict",
  text: "组织成立业主委员会",
  dueOn: "2026-04-15",
} as const;
const done = { type: "tell_measure", id: id(30), note: "已备案", done: true } as const;
const answers = Object.fromEntries(DELIST_CRITERIA.map((one) => [one, "yes"])) as Record<
  (typeof DELIST_CRITERIA)[number],
  "yes"
>;
const passing = { type: "test", answers, asked: 20, agree: 16, text: "逐项核对" } as const;

test("story 6: twelve thefts after nine are +33.3 %, listed for two months, tested and taken off", () => {
  assert.equal(((yearOnYear(twelve) ?? 0) * 100).toFixed(1), "33.3");
  assert.equal((againstOthers(twelve) ?? 0).toFixed(1), "7.5");
  const listed = through(proposed(), [office, order], [leader, measure]);
  assert.deepEqual([listed.state, listed.deadline], ["listed", "2026-05-02"]);
  assert.equal(step(listed, leader, passing), "not-permitted");
  const early = through(listed, [inspector, passing]);
  assert.equal(early.test?.passed, false, "a measure is still open");
  assert.equal(step(early, office, { type: "delist" }), "test-failed");
  const off = through(early, [leader, done], [inspector, passing], [office, { type: "delist" }]);
  assert.deepEqual([off.state, off.delistedOn], ["delisted", "2026-03-02"]);
});

test("small estates, small counts and what is no worse are not proposed", () => {
  const refusal = (changes: object) => {
    const decision = propose(draft, { ...place, ...changes }, context(leader));
    return decision.ok ? null : decision.refusal.code;
  };
  assert.equal(refusal({ households: 49 }), "estate-too-small");
  assert.equal(refusal({ comparison: null }), "no-comparison");
  assert.equal(refusal({ comparison: { ...twelve, count: 4 } }), "count-too-small");
  const same = { ...twelve, count: 9, others: { estates: 8, count: 200, households: 4000 } };
  assert.equal(refusal({ comparison: same }), "not-worse");
  assert.ok(isWorse({ ...same, count: 10 }));
  assert.equal(refusal({ running: true }), "already-listed");
  const named = propose({ ...draft, text: "身份证号" }, place, context(leader));
  assert.equal(named.ok ? null : named.refusal.code, "text-forbidden");
});

test("an inspection is a joint one of a day gone by, and says what is behind it", () => {
  const seen = {
    type: "inspect",
    on: localDate(NOW),
    bodies: ["police", "housing", "housing"],
    causes: ["no_management", "lighting"],
    text: "没有业委会",
  } as const;
  const after = step(proposed(), leader, seen);
  assert.ok(typeof after !== "string");
  assert.deepEqual(after.inspections, [
    {
      on: localDate(NOW),
      bodies: ["police", "housing"],
      causes: ["no_management", "lighting"],
      text: "没有业委会",
    },
  ]);
  assert.equal(after.state, "proposed", "it changes nothing by itself");
  assert.equal(step(proposed(), leader, { ...seen, bodies: ["police"] }), "not-joint");
  assert.equal(step(proposed(), leader, { ...seen, on: addDays(seen.on, 1) }), "day-future");
  assert.equal(step(proposed(), leader, { ...seen, text: "业主身份证" }), "text-forbidden");
  assert.equal(step(proposed(), officer, seen), "not-permitted");
});

test("the police never list a place alone, and for two months at most", () => {
  const alone = { ...order, bodies: ["police"] } as const;
  assert.equal(step(proposed(), office, alone), "not-joint");
  const without = { ...order, bodies: ["subdistrict", "housing"] } as const;
  assert.equal(step(proposed(), office, without), "not-joint");
  assert.equal(step(proposed(), leader, order), "not-permitted");
  const long = { ...order, deadline: addDays(latestDeadline(NOW), 1) };
  assert.equal(step(proposed(), office, long), "deadline-too-late");
});

test("texts have words and an end, and nobody else proposes", () => {
  const refusal = (text: string, by = leader) => {
    const decision = propose({ ...draft, text }, place, context(by));
    return decision.ok ? null : decision.refusal.code;
  };
  assert.equal(refusal(" \n"), "text-missing");
  assert.equal(refusal("长".repeat(LISTING_LIMITS.textLength)), null);
  assert.equal(refusal("长".repeat(LISTING_LIMITS.textLength + 1)), "text-too-long");
  assert.equal(refusal(draft.text, officer), "not-permitted");
});

test("each step has its time: what is proposed is not tested, what is listed not ordered again", () => {
  assert.equal(step(proposed(), inspector, passing), "wrong-state");
  const listed = through(proposed(), [office, order]);
  assert.equal(step(listed, office, order), "wrong-state");
  assert.equal(step(listed, leader, { type: "drop", text: "不列" }), "wrong-state");
});

test("days lie ahead, and measures within the deadline", () => {
  const yesterday = addDays(localDate(NOW), -1);
  assert.equal(step(proposed(), office, { ...order, deadline: localDate(NOW) }), "day-past");
  const listed = through(proposed(), [office, order]);
  assert.equal(step(listed, leader, { ...measure, dueOn: yesterday }), "day-past");
  const late = { ...measure, dueOn: addDays(listed.deadline ?? "", 1) };
  assert.equal(step(listed, leader, late), "deadline-too-late");
});

test("measures and inspections have an end, and two months more are all there are", () => {
  const listed = through(proposed(), [office, order]);
  const full = through(
    listed,
    ...Array.from(
      { length: LISTING_LIMITS.measures },
      (_, n) => [leader, { ...measure, id: id(200 + n) }] as const,
    ),
  );
  assert.equal(step(full, leader, { ...measure, id: id(300) }), "too-many-measures");
  const look = {
    type: "inspect",
    on: localDate(NOW),
    bodies: ["police", "housing"],
    causes: ["other"],
    text: "看过",
  } as const;
  const looks = Array.from({ length: LISTING_LIMITS.inspections }, () => [leader, look] as const);
  assert.equal(step(through(listed, ...looks), leader, look), "too-many-inspections");
  const extend = (months: number) => ({ type: "extend", months, text: "等招标" }) as const;
  for (const months of [0, 1.5, LISTING_LIMITS.extraMonths + 1]) {
    assert.equal(step(listed, office, extend(months)), "months-over", String(months));
  }
  const longer = through(listed, [office, extend(LISTING_LIMITS.extraMonths)]);
  assert.equal(step(longer, office, extend(1)), "months-over");
});

test("whoever had a hand in it does not test it, ten residents are asked, and the tester takes nothing off", () => {
  const ready = through(proposed(), [office, order], [leader, measure], [leader, done]);
  const posted = { ...inspector, memberId: leader.memberId };
  assert.equal(step(ready, posted, passing), "handler-cannot-test");
  for (const [asked, agree] of [
    [9, 9],
    [10.5, 9],
    [20, 21],
    [20, -1],
  ] as const) {
    assert.equal(step(ready, inspector, { ...passing, asked, agree }), "too-few-asked");
  }
  const tested = through(ready, [inspector, passing]);
  const tester = { ...office, memberId: inspector.memberId };
  assert.equal(step(tested, tester, { type: "delist" }), "tester-cannot-delist");
  assert.equal(typeof step(tested, office, { type: "delist" }), "object");
});

test("the effect is told against other estates, with an interval that holds it", () => {
  const counts = fc.integer({ min: 1, max: 400 });
  fc.assert(
    fc.property(counts, counts, counts, counts, (before, after, controlBefore, controlAfter) => {
      const effect = rateRatio({ before, after, controlBefore, controlAfter });
      assert.ok(effect !== null && effect.low < effect.ratio && effect.ratio < effect.high);
      const inverse = rateRatio({
        before: after,
        after: before,
        controlBefore: controlAfter,
        controlAfter: controlBefore,
      });
      assert.ok(inverse !== null && Math.abs(inverse.ratio * effect.ratio - 1) < 1e-9);
    }),
  );
  assert.equal(rateRatio({ before: 12, after: 0, controlBefore: 9, controlAfter: 9 }), null);
});

test("no history takes a place off the list untested, by its tester, or with something left to do", () => {
  let ends = 0;
  const anyStep = fc.record({
    actor: fc.constantFrom(...ACTORS),
    pick: fc.nat(100),
    later: fc.nat(20),
    no: fc.option(fc.constantFrom(...DELIST_CRITERIA), { nil: undefined, freq: 3 }),
    answer: fc.constantFrom(...CRITERION_ANSWERS),
    body: fc.constantFrom(...LISTING_BODIES),
    agree: fc.integer({ min: 0, max: 20 }),
    done: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(anyStep, { minLength: 20, maxLength: 40 }), (steps) => {
      let state = proposed();
      let now = NOW;
      for (const { actor, pick, later, no, answer, body, agree, done: finished } of steps) {
        now += later * DAY_MS;
        const open = openCommands(state, actor);
        const type =
          open[pick % (open.length || 1)] ?? LISTING_COMMANDS[pick % LISTING_COMMANDS.length];
        const left = state.measures.find(({ doneOn }) => doneOn === null);
        const command = {
          inspect: {
            type: "inspect",
            on: localDate(now),
            bodies: ["police", body],
            causes: ["other"],
            text: "看过",
          },
          drop: { type: "drop", text: "不列" },
          order,
          set_measure: { ...measure, id: id(100 + pick), body, dueOn: localDate(now) },
          tell_measure: { ...done, id: left?.id ?? id(999), done: finished },
          extend: { type: "extend", months: 1, text: "等招标" },
          test: {
            ...passing,
            agree,
            answers: no === undefined ? answers : { ...answers, [no]: answer },
          },
          delist: { type: "delist" },
        }[type ?? "drop"] as ListingCommand;
        // Proposals are rarely dropped, or nothing else would be seen; inspections lead nowhere.
        if (command.type === "drop" && pick % 5 > 0) continue;
        if (command.type === "inspect" && pick % 3 > 0) continue;
        const next = step(state, actor, command, now);
        if (typeof next === "string") continue;
        assert.equal(next.version, state.version + 1);
        assert.ok(next.extraMonths <= LISTING_LIMITS.extraMonths);
        if (next.state === "delisted") {
          ends += 1;
          assert.ok(next.test?.passed === true && next.test.by !== actor.memberId);
          assert.ok(next.measures.length > 0 && next.measures.every((one) => one.doneOn !== null));
          assert.ok(!next.handlers.includes(next.test.by));
        }
        state = next;
      }
    }),
    { numRuns: 600 },
  );
  assert.ok(ends > 15, `${ends} seen`);
});
