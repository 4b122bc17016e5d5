import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DAY_MS, startOfLocalDay } from "../shared/instant.ts";
import type { Outcome } from "../visits/terms.ts";
import { OUTCOMES } from "../visits/terms.ts";
import { drawRound } from "./draw.ts";
import { maySeeFinding } from "./policy.ts";
import { checkAnswer, compare, decideFinding, type FindingContext, isFinding } from "./rules.ts";
import {
  type DrawnVisit,
  type Finding,
  type FindingCommand,
  RECHECK_LIMITS,
  type RecheckAnswer,
  STRATUM_OF,
} from "./terms.ts";

const NOW = startOfLocalDay("2026-11-16") + 9 * 3_600_000;
const heard: RecheckAnswer = {
  found: "home",
  came: "no",
  spoke: null,
  gasCheck: false,
  gridWorker: false,
};

function visits(count: number, outcome: Outcome, stationId = "s"): DrawnVisit[] {
  return Array.from({ length: count }, (_, i) => {
    const id = `${stationId}-${outcome}-${String(i).padStart(3, "0")}`;
    return { id, placeId: `p${id}`, stationId, beatId: "b", outcome };
  });
}

test("of each stratum of each station one in twenty is drawn, two at least, and the seed draws them again", () => {
  const frame = [
    ...visits(100, "completed_doorstep"),
    ...visits(3, "not_residential"),
    ...visits(1, "completed_inside", "t"),
  ];
  const drawn = drawRound(frame, "seed");
  const count = (stationId: string, stratum: string) =>
    drawn.filter((one) => one.stationId === stationId && one.stratum === stratum).length;
  assert.deepEqual([count("s", "met"), count("s", "written_off"), count("t", "met")], [5, 2, 1]);
  assert.deepEqual(new Set(drawRound(frame.toReversed(), "seed")), new Set(drawn));
  assert.notDeepEqual(drawRound(frame, "another seed"), drawn);
});

test("every visit of a stratum is as likely as any other", () => {
  const frame = visits(20, "completed_inside");
  const times = new Map<string, number>();
  for (let i = 0; i < 4000; i += 1) {
    for (const { id } of drawRound(frame, `seed ${i}`)) times.set(id, (times.get(id) ?? 0) + 1);
  }
  // Two of twenty: 400 times each, give or take five standard deviations.
  for (const { id } of frame) assert.ok(Math.abs((times.get(id) ?? 0) - 400) < 95, id);
});

test("nobody is asked who declined, asked for no visits, or was not met; no empty home is listed", () => {
  const left: readonly Outcome[] = [
    "refused",
    "asked_not_to_visit",
    "vacant_observed",
    "no_answer",
  ];
  for (const outcome of left) assert.deepEqual(drawRound(visits(40, outcome), "seed"), []);
  assert.equal(OUTCOMES.filter((outcome) => STRATUM_OF[outcome] !== undefined).length, 5);
});

test("what was heard is held against what was written", () => {
  const cases: readonly (readonly [Outcome, Partial<RecheckAnswer>, string])[] = [
    ["completed_inside", { came: "yes", spoke: "inside" }, "confirmed"],
    ["completed_inside", { came: "yes", spoke: "doorstep" }, "different"],
    ["completed_doorstep", { came: "yes", spoke: "inside" }, "confirmed"],
    ["completed_doorstep", { came: "yes", spoke: "phone" }, "different"],
    ["completed_doorstep", { came: "no" }, "not_confirmed"],
    ["completed_doorstep", { came: "dont_know" }, "unknown"],
    ["completed_doorstep", { came: "household_changed" }, "unknown"],
    ["completed_doorstep", { came: "declined" }, "unknown"],
    ["completed_doorstep", { came: "no_contact" }, "unknown"],
    ["completed_doorstep", { found: "no_home", came: null }, "different"],
    ["not_residential", { came: "no" }, "different"],
    ["not_residential", { found: "no_home", came: null }, "confirmed"],
    ["wrong_address", { found: "no_such_door", came: null }, "confirmed"],
  ];
  for (const [outcome, changes, result] of cases) {
    assert.equal(compare(outcome, { ...heard, ...changes }), result, `${outcome} ${result}`);
  }
  assert.equal(compare("completed_inside", null), "unknown");
  assert.deepEqual(
    ["confirmed", "different", "not_confirmed", "unknown", "self_corrected"].filter((one) =>
      isFinding(one as never),
    ),
    ["different", "not_confirmed"],
  );
});

test("an answer says where they spoke, or that there is no home to ask at", () => {
  const code = (answer: RecheckAnswer) => {
    const checked = checkAnswer(answer);
    return checked.ok ? null : checked.refusal.code;
  };
  assert.equal(code({ ...heard, came: "yes" }), "answer-incomplete");
  assert.equal(code({ ...heard, came: null }), "answer-incomplete");
  assert.equal(code({ ...heard, found: "no_home", came: null }), null);
  const kept = checkAnswer({ ...heard, spoke: "inside" });
  assert.ok(kept.ok && kept.value.spoke === null, "who says no was spoken to nowhere");
});

const finding: Finding = {
  id: "f",
  version: 1,
  visitId: "v",
  stationId: "s",
  team: ["officer", "auxiliary"],
  result: "not_confirmed",
  state: "open",
  explainUntil: NOW + RECHECK_LIMITS.explainDays * DAY_MS,
  appealUntil: null,
  events: [],
};

function context(memberId: string, role: FindingContext["actor"]["role"], later = 0) {
  return {
    actor: { memberId, role },
    now: NOW + later,
    appealUntil: "2026-11-30",
    isPeer: (id: string) => id === "peer",
    forbidden: (text: string) => text.includes("138"),
  } satisfies FindingContext;
}

const explain = { type: "explain", why: "device_failed", text: "手机进水" } as const;
const view = { type: "view", text: "当晚他确在该楼" } as const;
const decide = { type: "decide", verdict: "upheld", peerId: "peer", text: "三方看过" } as const;
const appeal = { type: "appeal", text: "请再看" } as const;
const officer = context("officer", "community_officer");
const leader = context("leader", "station_leader");
const inspector = context("inspector", "inspectorate");

function after(...steps: readonly (readonly [FindingCommand, FindingContext])[]) {
  let now = finding;
  for (const [command, who] of steps) {
    const answer = decideFinding(now, command, who);
    if (!answer.ok) return answer.refusal.code;
    now = answer.value;
  }
  return now.state;
}

test("those whose visit it was are heard first, the station says its view, and then a panel decides", () => {
  assert.equal(after([decide, inspector]), "explanation-awaited");
  assert.equal(after([explain, officer], [decide, inspector]), "view-missing");
  assert.equal(after([explain, officer], [view, leader], [decide, inspector]), "upheld");
  const accepted = { ...decide, verdict: "accepted" } as const;
  assert.equal(after([explain, officer], [view, leader], [accepted, inspector]), "accepted");
  const late = context("inspector", "inspectorate", 8 * DAY_MS);
  assert.equal(after([view, leader], [decide, late]), "upheld", "silence stops nothing");
  assert.equal(
    after([explain, officer], [view, leader], [{ ...decide, peerId: "officer" }, inspector]),
    "peer-unfit",
  );
});

test("what is said of a finding has words and an end", () => {
  assert.equal(after([{ ...explain, text: " " }, officer]), "text-missing");
  const long = "长".repeat(RECHECK_LIMITS.textLength + 1);
  assert.equal(after([{ ...explain, text: long }, officer]), "text-too-long");
});

test("nobody judges his own visit, and nobody else explains it", () => {
  assert.equal(after([explain, context("colleague", "community_officer")]), "not-permitted");
  assert.equal(after([explain, context("auxiliary", "auxiliary")]), "explained");
  assert.equal(after([view, context("officer", "station_leader")]), "not-permitted");
  assert.equal(after([decide, context("officer", "inspectorate")]), "not-permitted");
  assert.equal(after([view, leader], [view, leader]), "wrong-state");
});

test("one appeal, in time, and to another inspector", () => {
  const upheld = [
    [explain, officer],
    [view, leader],
    [decide, inspector],
  ] as const;
  const other = context("other", "inspectorate");
  assert.equal(after(...upheld, [appeal, officer]), "appealed");
  assert.equal(
    after(...upheld, [appeal, context("officer", "community_officer", 20 * DAY_MS)]),
    "appeal-late",
  );
  assert.equal(after(...upheld, [appeal, officer], [decide, inspector]), "decider-cannot-review");
  assert.equal(after(...upheld, [appeal, officer], [decide, other]), "upheld");
  assert.equal(
    after(...upheld, [appeal, officer], [decide, other], [appeal, officer]),
    "wrong-state",
  );
});

test("whatever is tried: no decision without a view and a hearing or its time, and texts without persons", () => {
  const command: fc.Arbitrary<FindingCommand> = fc.oneof(
    fc.constantFrom<FindingCommand>(explain, view, decide, appeal),
    fc.constantFrom<FindingCommand>({ ...view, text: " " }, { ...explain, text: "问13800000000" }),
  );
  const who = fc.constantFrom(officer, leader, inspector, context("other", "inspectorate"));
  fc.assert(
    fc.property(fc.array(fc.tuple(command, who), { maxLength: 12 }), (tries) => {
      let now = finding;
      for (const [one, actor] of tries) {
        const answer = decideFinding(now, one, actor);
        if (!answer.ok) continue;
        now = answer.value;
        assert.equal(now.version, now.events.length + 1);
      }
      const types = now.events.map(({ type }) => type);
      if (types.includes("decide")) {
        assert.ok(types.indexOf("view") >= 0 && types.indexOf("view") < types.indexOf("decide"));
        assert.ok(types.includes("explain"));
      }
      assert.ok(types.filter((type) => type === "appeal").length <= 1);
      for (const { text } of now.events) assert.ok(text !== "" && !text.includes("138"));
    }),
  );
});

test("an officer sees what concerns him, not what concerns a colleague", () => {
  assert.ok(maySeeFinding(officer.actor, finding));
  assert.ok(!maySeeFinding(context("colleague", "community_officer").actor, finding));
  assert.ok(!maySeeFinding(context("asker", "feedback_centre").actor, finding));
  assert.ok(maySeeFinding(leader.actor, finding) && maySeeFinding(inspector.actor, finding));
});
