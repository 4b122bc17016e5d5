import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY_MS, HOUR_MS, startOfLocalDay } from "@wanjia/domain/shared/instant";
import { LISTED_OUTCOMES, OUTCOMES_LISTED_AS } from "@wanjia/domain/visits/policy";
import {
  buildingGrid,
  countDoors,
  emptyPaper,
  nextPaper,
  outcomeTone,
  paperNeeds,
  paperOf,
  paperTimes,
  paperVisit,
  visitInput,
  type Door,
  type Paper,
} from "./view-model.ts";

const today = "2026-11-22";

function door(unitNo: string, changes: Partial<Door> = {}): Door {
  return {
    placeId: unitNo,
    entranceNo: "1",
    floorNo: null,
    unitNo,
    place: `3幢1单元${unitNo}室`,
    status: "open",
    ...changes,
  };
}

function paper(changes: Partial<Paper> = {}): Paper {
  return {
    ...emptyPaper("officer", today),
    placeId: "door",
    outcome: "completed_doorstep",
    starts: "19:30",
    ends: "19:38",
    ...changes,
  };
}

test("the last day that a reader names is included", () => {
  assert.deepEqual(visitInput({ size: 50, from: today, to: today }), {
    size: 50,
    from: "2026-11-22",
    to: "2026-11-23",
  });
});

test("no colour tells a refusal from a door where nobody answered", () => {
  for (const outcome of OUTCOMES_LISTED_AS.not_met) {
    assert.equal(outcomeTone(outcome), outcomeTone("not_met"), outcome);
  }
  for (const outcome of LISTED_OUTCOMES) assert.ok(outcomeTone(outcome));
});

test("a building stands with its top floor on top and its doors in the order of numbers", () => {
  const grid = buildingGrid([
    door("1002"),
    door("201"),
    door("1001"),
    door("202", { entranceNo: "2" }),
  ]);
  assert.deepEqual(grid.entrances, ["1", "2"]);
  assert.deepEqual(
    grid.floors.map(({ floor, byEntrance }) => [
      floor,
      byEntrance.map((doors) => doors.map(({ unitNo }) => unitNo)),
    ]),
    [
      ["10", [["1001", "1002"], []]],
      ["2", [["201"], ["202"]]],
    ],
  );
});

test("doors without floor or entrance are not lost", () => {
  const grid = buildingGrid([door("甲", { entranceNo: null }), door("101")]);
  const shown = grid.floors.flatMap(({ byEntrance }) => byEntrance.flat());
  assert.equal(shown.length, 2);
});

test("doors are counted by what is to be done", () => {
  const counts = countDoors([door("101", { status: "met" }), door("102"), door("103")]);
  assert.deepEqual(counts, { total: 3, open: 2, met: 1, again: 0, appointment: 0, ended: 0 });
});

test("a visit needs a place, a time, a team and an outcome, and nothing personal", () => {
  assert.deepEqual(
    paperNeeds(emptyPaper("officer", today)).map(({ need }) => need),
    ["place", "time", "outcome"],
  );
  assert.deepEqual(paperNeeds(paper()), []);
  assert.deepEqual(paperNeeds(paper(), " "), [{ need: "reason" }]);
  assert.deepEqual(paperNeeds(paper({ ends: "19:00" })), [{ need: "order" }]);
});

test("a visit that ends past midnight ends on the next day", () => {
  const times = paperTimes({ date: today, starts: "23:50", ends: "00:10" });
  const day = startOfLocalDay(today);
  assert.equal(times?.endedAt, day + DAY_MS + HOUR_MS / 6);
});

test("what the outcome rules out is not sent", () => {
  const visit = paperVisit(
    paper({
      outcome: "no_answer",
      noticeGiven: "card_only",
      idShown: true,
      entryConsent: true,
      topics: ["anti_fraud"],
      lastAttempt: true,
      cardLeft: true,
      form: { code: "form_household", version: 1 },
    }),
  );
  assert.deepEqual(Object.keys(visit ?? {}).toSorted(), [
    "arranged",
    "cardLeft",
    "endedAt",
    "lastAttempt",
    "outcome",
    "placeId",
    "startedAt",
    "team",
  ]);
});

test("a phone is only sent for a matter that wants an answer", () => {
  const matter = {
    id: "m",
    kind: "opinion" as const,
    subtype: "patrol",
    text: " 晚上多巡逻 ",
    wantsAnswer: false,
    phone: "12000000000",
    consent: true,
  };
  const quiet = paperVisit(paper({ matters: [matter] }));
  assert.deepEqual(quiet?.matters?.[0], {
    id: "m",
    kind: "opinion",
    subtype: "patrol",
    text: "晚上多巡逻",
    wantsAnswer: false,
  });
  const wanted = paperVisit(paper({ matters: [{ ...matter, wantsAnswer: true }] }));
  assert.equal(wanted?.matters?.[0]?.contact?.phone, "12000000000");
});

test("a correction starts from what was recorded", () => {
  const before = paper({ note: "路灯不亮", leaflets: { anti_fraud: 1 }, noticeGiven: "qr" });
  const visit = paperVisit(before);
  assert.ok(visit);
  const again = paperOf(
    {
      placeId: visit.placeId,
      outcome: visit.outcome,
      visitedAt: visit.startedAt,
      team: [{ id: "officer" }],
      arranged: "none",
      details: { ...visit },
    },
    "officer",
  );
  assert.deepEqual(paperVisit(again), visit);
});

test("the next paper of a round keeps its day and team", () => {
  const next = nextPaper(paper({ team: ["a", "b"], date: "2026-11-20" }));
  assert.deepEqual([next.team, next.date, next.placeId], [["a", "b"], "2026-11-20", undefined]);
});
