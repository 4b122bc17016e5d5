import assert from "node:assert/strict";
import { test } from "node:test";
import { inspectText } from "../privacy/inspect.ts";
import { DAY_MS, HOUR_MS } from "../shared/instant.ts";
import { correct, type CorrectionContext } from "./correct.ts";
import { campaignAt, doorStatus, NEW_DOOR } from "./door.ts";
import {
  aContext,
  accepted,
  aKnock,
  anId,
  aPlace,
  aVisit,
  CAMPAIGN,
  COLLEAGUE,
  correcting,
  DAY,
  anEnding,
  EVENING,
  HOME,
  NEXT_DOOR,
  OTHER_BEAT,
  refusal,
} from "./fixtures.ts";
import { record } from "./record.ts";

test("a correction is a new record that points to the old one, and the door counts it alone", () => {
  const first = accepted(record(NEW_DOOR, aVisit(), aContext()));
  const command = { corrects: first.visit.id, reason: "点错了", visit: aKnock(EVENING) };
  const { visit, door, fact } = accepted(
    correct(first.door, null, command, correcting(first.visit)),
  );
  assert.equal(visit.corrects, first.visit.id);
  assert.equal(visit.correctionReason, "点错了");
  assert.equal(doorStatus(door, CAMPAIGN, EVENING), "again");
  assert.equal(campaignAt(door, CAMPAIGN)?.attempts, 1);
  assert.deepEqual(door.months, {});
  assert.equal(fact.corrected?.outcome, "completed_doorstep");
  const [campaign] = fact.doors[0]?.campaigns ?? [];
  assert.deepEqual(
    [campaign?.attempts, campaign?.visits, campaign?.households, campaign?.unreached],
    [0, -1, -1, 0],
  );

  assert.deepEqual(fact.doors[0]?.months, [{ period: "2026-11", households: -1 }]);
});

test("a visit recorded at the wrong door moves to the right one", () => {
  const first = accepted(record(NEW_DOOR, aVisit(), aContext()));
  const command = {
    corrects: first.visit.id,
    reason: "错门",
    visit: aVisit({ placeId: NEXT_DOOR }),
  };
  const context = correcting(first.visit, { place: aPlace({ id: NEXT_DOOR }) });
  const { door, leftDoor, fact } = accepted(correct(NEW_DOOR, first.door, command, context));
  assert.equal(doorStatus(door, CAMPAIGN, EVENING), "met");
  assert.equal(leftDoor?.placeId, HOME);
  assert.equal(doorStatus(leftDoor?.door ?? NEW_DOOR, CAMPAIGN, EVENING), "open");
  const households = fact.doors.map(({ placeId, campaigns }) => [
    placeId,
    campaigns[0]?.households,
  ]);
  assert.deepEqual(households, [
    [NEXT_DOOR, 1],
    [HOME, -1],
  ]);
});

test("correcting a mistaken wish for no visits takes the wish back", () => {
  const first = accepted(record(NEW_DOOR, anEnding("asked_not_to_visit"), aContext()));
  const command = { corrects: first.visit.id, reason: "点错", visit: aKnock(EVENING) };
  const { door } = accepted(correct(first.door, null, command, correcting(first.visit)));
  assert.equal(doorStatus(door, OTHER_BEAT, EVENING), "open");
});

test("a correction keeps the time that was found for the visit", () => {
  const skew = 900 * DAY_MS;
  const now = EVENING + HOUR_MS;
  const wrongClock = aContext({ now, at: now + skew, correctedAt: now });
  const visit = aVisit({ startedAt: EVENING + skew });
  const first = accepted(record(NEW_DOOR, visit, wrongClock));
  const command = {
    corrects: first.visit.id,
    reason: "补材料",
    visit: { ...visit, cardLeft: true },
  };
  const second = accepted(correct(first.door, null, command, correcting(first.visit)));
  assert.equal(second.visit.visitedAt, EVENING);
});

test("whoever was not there mends place and team, and the unseen outcome stays", () => {
  const refused = { ...anEnding("refused"), cardLeft: true, note: "隔门说" };
  const first = accepted(record(NEW_DOOR, refused, aContext()));
  const { outcome: _outcome, endedAt: _endedAt, ...seen } = aKnock(EVENING, { placeId: NEXT_DOOR });
  const command = { corrects: first.visit.id, reason: "错门", visit: seen };
  const leader = correcting(first.visit, {
    place: aPlace({ id: NEXT_DOOR }),
    author: COLLEAGUE,
    mayCorrectOthers: true,
  });
  const { visit, door } = accepted(correct(NEW_DOOR, first.door, command, leader));
  assert.equal(visit.outcome, "refused");
  assert.equal(visit.endedAt - visit.visitedAt, first.visit.endedAt - first.visit.visitedAt);
  assert.deepEqual(visit.details, first.visit.details);
  assert.equal(doorStatus(door, CAMPAIGN, EVENING), "ended");
});

test("one record is corrected once, by those who were there or a leader, with a reason, in time", () => {
  const { visit, door } = accepted(record(NEW_DOOR, aVisit(), aContext()));
  const command = { corrects: visit.id, reason: "点错", visit: aKnock(EVENING) };
  const tried = (changes: Partial<CorrectionContext>, reason = "点错"): string | undefined =>
    refusal(correct(door, null, { ...command, reason }, correcting(visit, changes)));
  assert.equal(tried({ correctedBy: anId(7) }), "visit-already-corrected");
  assert.equal(tried({ original: undefined }), "visit-unknown");
  assert.equal(tried({ author: COLLEAGUE }), "not-your-visit");
  assert.equal(tried({ author: COLLEAGUE, mayCorrectOthers: true }), undefined);
  assert.equal(tried({}, " "), "correction-reason-missing");
  assert.equal(tried({ inspect: inspectText }, "错填 990101199001010015"), "text-forbidden");
  assert.equal(tried({ now: DAY + 100 * DAY_MS }), "correction-too-late");
});
