import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY_MS, HOUR_MS, startOfLocalDay } from "@wanjia/domain/shared/instant";
import {
  correctedPaper,
  emptyPaper,
  nextPaper,
  paperNeeds,
  paperOf,
  paperTimes,
  paperVisit,
  type Paper,
} from "./paper.ts";

const today = "2026-11-22";

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
    grade: "ordinary" as const,
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

test("an appointment, the use of the home and an inspection's number go with the paper", () => {
  const appointment = { date: "2026-11-25", starts: "19:00", ends: "20:00" };
  const from = startOfLocalDay("2026-11-25") + 19 * HOUR_MS;
  const full = paper({
    appointment,
    occupancy: "rented",
    knowsOfficer: "name",
    purpose: "scheduled_inspection_ref",
    inspectionRef: " 检2026-11 ",
  });
  const visit = paperVisit(full);
  assert.deepEqual(visit?.appointment, { from, to: from + HOUR_MS });
  assert.deepEqual([visit?.occupancy, visit?.knowsOfficer], ["rented", "name"]);
  assert.deepEqual(
    [visit?.purpose, visit?.inspectionRef],
    ["scheduled_inspection_ref", "检2026-11"],
  );
  const nobody = paperVisit({ ...full, outcome: "no_answer" });
  assert.deepEqual([nobody?.appointment, nobody?.occupancy], [undefined, undefined]);
  assert.deepEqual(paperNeeds(paper({ appointment: { ...appointment, ends: "" } })), [
    { need: "appointment" },
  ]);
});

test("a correction by somebody who was not there asks no outcome again", () => {
  const visitedAt = startOfLocalDay(today) + 19 * HOUR_MS;
  const unseen = paperOf(
    {
      placeId: "p",
      outcome: "not_met",
      visitedAt,
      team: [{ id: "officer" }],
      arranged: "none",
      details: null,
    },
    "leader",
  );
  assert.deepEqual(paperNeeds(unseen, "错门"), []);
  assert.deepEqual(correctedPaper({ ...unseen, placeId: "q" }), {
    placeId: "q",
    startedAt: visitedAt,
    team: ["officer"],
    arranged: "none",
  });
  const named = correctedPaper({ ...unseen, outcome: "no_answer", ends: "19:01" });
  assert.equal(named?.outcome, "no_answer");
});
