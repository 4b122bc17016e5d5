import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addDays, DAY_MS, HOUR_MS, localDate, startOfLocalDay } from "../shared/instant.ts";
import { CLOCK_RULES } from "./clock-table.ts";
import { CLOCK_UNITS } from "./clock-terms.ts";
import { type ClockRule, dueAfter, dueAt, dueDay, leftOf, rulesInForce } from "./clocks.ts";
import {
  after,
  afterAt,
  CALENDAR_2026,
  clockwork,
  colleague,
  feedbackCentre,
  leader,
  matter,
  officer,
  refusalOf,
} from "./fixtures.ts";
import { look, nextDeadline } from "./running.ts";
import { eventsOf, evolve } from "./evolve.ts";
import type { ClockPurpose } from "./clock-terms.ts";
import type { Matter, MatterDraft } from "./terms.ts";

const CALENDAR = CALENDAR_2026;
const at = (day: string, hour = 10) => clockwork(startOfLocalDay(day) + hour * HOUR_MS);
const due = (draft: Partial<MatterDraft>, on: string) => matter(draft, at(on)).dueOn;
const clockOf = ({ clocks }: Matter, purpose: ClockPurpose) =>
  clocks.find((clock) => clock.purpose === purpose);
/** The matter after the sweep of a moment, where a station's leader stands above the handler. */
function swept(state: Matter, on: string, hasLeader = true): Matter {
  const work = at(on);
  const changes = look(state, hasLeader, state.responsibleId, work);
  return eventsOf(changes, state.version, state.responsibleId, work.now).reduce(evolve, state);
}

test("limits are counted in working days after the day of registration", () => {
  const service = { kind: "service_request", subtype: "other" } as const;
  const hazard = { kind: "hazard", subtype: "other" } as const;
  const dispute = { kind: "dispute", subtype: "other" } as const;
  assert.equal(due(service, "2026-11-02"), "2026-11-05");
  assert.equal(due({}, "2026-11-02"), "2026-11-23");
  assert.equal(due(hazard, "2026-09-30"), "2026-10-10", "National Day, and a Saturday worked");
  assert.equal(due(hazard, "2026-02-13"), "2026-02-25", "Spring Festival, and a Saturday worked");
  assert.equal(due(hazard, "2026-02-27"), "2026-03-03", "the Saturday after it is worked too");
  assert.equal(due(hazard, "2026-09-18"), "2026-09-22", "a Sunday worked for National Day");
  assert.equal(due(dispute, "2026-10-31"), "2026-11-30", "no 31 November");
  assert.equal(due(dispute, "2026-10-08"), "2026-11-09", "8 November is a Sunday");
  assert.equal(due(dispute, "2026-01-20"), "2026-02-24", "20 February is within Spring Festival");
  assert.equal(due({}, "2026-12-30"), null, "next year's holidays aren't announced");
  assert.equal(due({}, "2021-12-30"), null, "no rule in force");
});

test("a kind of papers has the limit of its own law, and a corrected one gets it", () => {
  const papers = { kind: "service_request", subtype: "id_papers" } as const;
  assert.equal(due(papers, "2026-09-01"), "2026-11-02", "60 days end on a Saturday");
  const other = matter({ kind: "service_request", subtype: "other" }, at("2026-09-01"));
  const mended = afterAt(at("2026-09-02"), other, [
    officer,
    { type: "correct", subtype: "id_papers", why: "是补办身份证" },
  ]);
  assert.equal(mended.dueOn, "2026-11-02", "from the day it came in");
  assert.equal(clockOf(mended, "finish")?.rule, "permit.idcard");
});

test("a new version leaves the dates of older matters alone", () => {
  const rules = [
    ...CLOCK_RULES,
    ...CLOCK_RULES.filter(({ id }) => id === "hazard.ordinary").map((rule) => ({
      ...rule,
      version: 2,
      amount: 2,
      from: "2026-11-01",
    })),
  ];
  const hazard = { kind: "hazard", subtype: "other" } as const;
  const old = matter(hazard, { ...at("2026-10-30"), rules });
  assert.equal(old.dueOn, "2026-11-04");
  assert.equal(matter(hazard, { ...at("2026-11-02"), rules }).dueOn, "2026-11-04");
  const later = afterAt({ ...at("2026-11-02"), rules }, old, [officer, { type: "accept" }]);
  assert.deepEqual([later.dueOn, clockOf(later, "finish")?.version], ["2026-11-04", 1]);
});

test("on any day exactly one version of a rule is in force, from its first day on", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 0, max: 2000 }),
      (starts, on) => {
        const [rule] = CLOCK_RULES;
        assert.ok(rule);
        const versions = starts.map((day, i) => ({
          ...rule,
          version: i + 1,
          from: addDays("2022-05-01", day),
        }));
        const inForce = rulesInForce(versions, addDays("2022-05-01", on));
        const begun = starts.filter((day) => day <= on);
        assert.deepEqual(
          inForce.map(({ from }) => from),
          begun.length === 0 ? [] : [addDays("2022-05-01", Math.max(...begun))],
        );
      },
    ),
  );
});

test("a limit taken up again has what it had left, and never ends earlier", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...CLOCK_UNITS),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 0, max: 150 }),
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: 0, max: 40 }),
      (unit, amount, day, waited, stood) => {
        const start = startOfLocalDay("2026-01-05") + day * DAY_MS + 10 * HOUR_MS;
        const first = dueAt({ amount: unit === "months" ? 1 : amount, unit }, start, CALENDAR);
        const pause = start + waited * DAY_MS;
        if (first === null || first <= pause) return;
        const left = leftOf(unit, first, pause, CALENDAR);
        assert.ok(left !== null && left >= 0);
        const again = dueAfter(unit, left, pause + stood * DAY_MS, CALENDAR);
        if (again === null) return;
        assert.ok(again >= first, "never earlier");
        if (stood === 0) assert.equal(again, first, "taken up at once, nothing is lost");
      },
    ),
  );
});

test("while it waits the clock stands still, and the handler can't stop it himself", () => {
  const working = afterAt(at("2026-11-02"), matter({}, at("2026-11-02")), [
    officer,
    { type: "accept" },
  ]);
  const started = afterAt(at("2026-11-03"), working, [officer, { type: "start" }]);
  const wait = { type: "suspend", reason: "awaiting_other_body", text: "等城管回函" } as const;
  assert.equal(refusalOf(started, officer, wait, at("2026-11-03")), "not-permitted");
  assert.equal(
    refusalOf(
      started,
      leader,
      { type: "suspend", reason: "awaiting_court", text: "-" },
      at("2026-11-03"),
    ),
    "pause-unlawful",
  );
  const waiting = afterAt(at("2026-11-06"), started, [leader, wait]);
  assert.deepEqual(
    [waiting.state, waiting.dueOn, waiting.pauseReason],
    ["suspended", null, "awaiting_other_body"],
  );
  assert.equal(clockOf(waiting, "finish")?.left, 11);
  assert.equal(nextDeadline(waiting.clocks)?.purpose, "interim", "the resident still hears");
  assert.equal(
    refusalOf(
      waiting,
      officer,
      { type: "resolve", outcome: "adopted", text: "-" },
      at("2026-11-16"),
    ),
    "wrong-state",
  );
  const again = afterAt(at("2026-11-16"), waiting, [officer, { type: "resume" }]);
  assert.deepEqual([again.state, again.dueOn], ["in_progress", "2026-12-01"]);

  const forgotten = swept(waiting, "2026-12-08");
  assert.deepEqual(
    forgotten.clocks.filter(({ task }) => task).map(({ purpose }) => purpose),
    ["interim", "pause_review"],
    "nothing stands still unseen",
  );
});

test("more time is given by who may, as much as the rule says, and the resident is told", () => {
  const now = at("2026-11-04");
  const state = matter({}, at("2026-11-02"));
  const more = { type: "extend", purpose: "finish", amount: 10, why: "涉及多部门" } as const;
  assert.equal(refusalOf(state, officer, more, now), "not-permitted");
  assert.equal(refusalOf(state, leader, more, now), "tell-resident");
  const told = { ...more, told: "phone" } as const;
  assert.equal(refusalOf(state, leader, { ...told, amount: 16 }, now), "extension-too-long");
  assert.equal(
    refusalOf(state, leader, { ...told, purpose: "interim" }, now),
    "extension-unlawful",
  );
  const longer = afterAt(now, state, [leader, told]);
  assert.equal(longer.dueOn, "2026-12-07");
  assert.equal(refusalOf(longer, leader, told, now), "extension-too-long");
  assert.equal(
    refusalOf(state, leader, told, at("2026-11-24")),
    "extension-unlawful",
    "a missed limit is not mended afterwards",
  );
  assert.equal(
    refusalOf(
      after(state, [leader, { type: "inform", mode: "phone", text: "在办" }]),
      leader,
      told,
    ),
    "handler-cannot-extend",
  );
});

test("a missed limit goes up one level at a time, once each, and asks for a word", () => {
  const hazard = matter({ kind: "hazard", subtype: "gas_smell" }, at("2026-11-02"));
  assert.equal(swept(hazard, "2026-11-05"), hazard, "the last day is not over");
  const raised = swept(hazard, "2026-11-06");
  assert.deepEqual(
    raised.clocks.map(({ purpose, raisedTo, task }) => [purpose, raisedTo, task]),
    [
      ["finish", "station", true],
      ["interim", null, false],
    ].slice(0, raised.clocks.length),
  );
  assert.equal(swept(raised, "2026-11-06"), raised, "sweeping again does no harm");
  assert.equal(refusalOf(raised, feedbackCentre, { type: "supervise", text: "-" }), "no-task");
  const said = afterAt(at("2026-11-06"), raised, [
    leader,
    { type: "supervise", text: "今天下午同物业到场" },
  ]);
  assert.equal(clockOf(said, "finish")?.task, false);
  const higher = swept(said, "2026-11-10");
  assert.deepEqual(
    [clockOf(higher, "finish")?.raisedTo, clockOf(higher, "finish")?.task],
    ["bureau", true],
  );
  assert.equal(swept(higher, "2026-12-10"), higher, "there is no level above");
  assert.equal(clockOf(swept(hazard, "2026-11-06", false), "finish")?.raisedTo, "bureau");
  const done = afterAt(
    at("2026-11-11"),
    higher,
    [officer, { type: "resolve", outcome: "rectified", text: "已清理" }],
    [colleague, { type: "recheck", cleared: true, text: "看过" }],
  );
  assert.equal(clockOf(done, "finish"), undefined, "what is done leaves nobody a task");
});

test("each step of the way has its own clock", () => {
  const purposes = ({ clocks }: Matter) => clocks.map(({ purpose }) => purpose).toSorted();
  const asked = after(matter(), [officer, { type: "assign", to: colleague.memberId }]);
  assert.deepEqual(purposes(asked), ["finish", "interim", "take_over"]);
  const told = after(
    asked,
    [colleague, { type: "accept" }],
    [colleague, { type: "inform", mode: "phone", text: "正在与物业商量" }],
  );
  assert.deepEqual(purposes(told), ["finish"]);
  const answered = after(
    told,
    [colleague, { type: "resolve", outcome: "adopted", text: "已加入路线" }],
    [colleague, { type: "answer", mode: "sms", text: "已加入" }],
  );
  assert.deepEqual(purposes(answered), ["callback"]);
  const text = {
    type: "call_back",
    mode: "sms",
    reached: true,
    solved: "no",
    satisfaction: 1,
    text: "",
  } as const;
  const unhappy = after(answered, [feedbackCentre, text]);
  assert.deepEqual(purposes(unhappy), ["human_callback"]);
  const [clock] = unhappy.clocks;
  assert.equal((clock?.dueAt ?? 0) - clockwork().now, 24 * HOUR_MS);
  const heard = after(unhappy, [
    feedbackCentre,
    { ...text, mode: "phone", wantsReopen: true, text: "没有人来" },
  ]);
  assert.deepEqual(purposes(heard), ["redo"]);
  assert.equal(heard.dueOn, matter().dueOn, "reopening leaves the first date as it was");
});

test("dates come when the holidays are announced", () => {
  const state = matter({}, at("2026-12-28"));
  assert.equal(state.dueOn, null);
  const calendar = { ...CALENDAR, through: "2027-12-31" };
  const work = { ...at("2026-12-29"), calendar };
  const [change] = look(state, true, officer.memberId, work);
  assert.equal(change?.type, "dated");
  const events = eventsOf([change], state.version, officer.memberId, work.now);
  assert.equal(events.reduce(evolve, state).dueOn, "2027-01-18");
});

test("a clock taken up again beyond the announced days has its date as soon as there is one", () => {
  const began = at("2026-12-01");
  const working = afterAt(
    began,
    matter({}, began),
    [officer, { type: "accept" }],
    [officer, { type: "start" }],
  );
  const wait = { type: "suspend", reason: "awaiting_other_body", text: "等城管回函" } as const;
  const waiting = afterAt(at("2026-12-03"), working, [leader, wait]);
  const left = clockOf(waiting, "finish")?.left ?? 0;
  const again = afterAt(at("2026-12-30"), waiting, [officer, { type: "resume" }]);
  assert.deepEqual([again.dueOn, clockOf(again, "finish")?.left], [null, left]);

  const work = { ...at("2027-01-20"), calendar: { ...CALENDAR, through: "2027-12-31" } };
  const known = eventsOf(
    look(again, true, officer.memberId, work),
    again.version,
    officer.memberId,
    work.now,
  ).reduce(evolve, again);
  const finish = clockOf(known, "finish");
  const promised = dueAfter("working_days", left, at("2026-12-30").now, work.calendar);
  assert.deepEqual([finish?.dueAt, finish?.left], [promised, null], "from the day it went on");
});

test("every limit of the table names its source, and runs from a day that exists", () => {
  const keys = CLOCK_RULES.map(({ id, version }) => `${id} ${version}`);
  assert.equal(new Set(keys).size, keys.length);
  for (const rule of CLOCK_RULES satisfies readonly ClockRule[]) {
    assert.ok(rule.source.length > 2 && rule.amount > 0, rule.id);
    assert.equal(localDate(startOfLocalDay(rule.from)), rule.from, rule.id);
    const ends = dueAt(rule, at("2026-03-02").now, CALENDAR);
    assert.ok(ends !== null && dueDay(ends) >= "2026-03-02", rule.id);
  }
});

/** The last day of a limit that starts at ten on the eve of each festival, counted off a wall calendar. */
const FROM_THE_EVE: Readonly<Record<string, readonly [spring: string, national: string | null]>> = {
  "2 hours": ["2026-02-13", "2026-09-30"],
  "24 hours": ["2026-02-14", "2026-10-01"],
  "72 hours": ["2026-02-16", "2026-10-03"],
  "1 working_days": ["2026-02-14", "2026-10-08"],
  "2 working_days": ["2026-02-24", "2026-10-09"],
  "3 working_days": ["2026-02-25", "2026-10-10"],
  "5 working_days": ["2026-02-27", "2026-10-13"],
  "7 working_days": ["2026-03-02", "2026-10-15"],
  "10 working_days": ["2026-03-05", "2026-10-20"],
  "15 working_days": ["2026-03-12", "2026-10-27"],
  "20 working_days": ["2026-03-19", "2026-11-03"],
  "30 working_days": ["2026-04-02", "2026-11-17"],
  "3 calendar_days": ["2026-02-24", "2026-10-08"],
  "7 calendar_days": ["2026-02-24", "2026-10-08"],
  "15 calendar_days": ["2026-02-28", "2026-10-15"],
  "30 calendar_days": ["2026-03-16", "2026-10-30"],
  "60 calendar_days": ["2026-04-14", "2026-11-30"],
  "1 months": ["2026-03-13", "2026-10-30"],
  "6 months": ["2026-08-13", null],
};

test("every limit of the table has its day around Spring Festival and National Day", () => {
  const last = (rule: ClockRule, eve: string) => {
    const ends = dueAt(rule, at(eve).now, CALENDAR);
    return ends === null ? null : dueDay(ends);
  };
  for (const rule of CLOCK_RULES) {
    assert.deepEqual(
      [last(rule, "2026-02-13"), last(rule, "2026-09-30")],
      FROM_THE_EVE[`${rule.amount} ${rule.unit}`],
      rule.id,
    );
  }
});
