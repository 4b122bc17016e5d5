import assert from "node:assert/strict";
import { test } from "node:test";
import { HOUR_MS, startOfLocalDay } from "../shared/instant.ts";
import { doorStatus, NEW_DOOR, nextAttempt } from "./door.ts";
import {
  aContext,
  accepted,
  after,
  aKnock,
  anId,
  aNote,
  aVisit,
  CAMPAIGN,
  COLLEAGUE,
  anEnding,
  EVENING,
  HOME,
  MORNING,
  OFFICER,
  OTHER_BEAT,
  refusal,
} from "./fixtures.ts";
import { note } from "./note.ts";
import { record } from "./record.ts";
import type { DoorState } from "./terms.ts";
import { expireWish } from "./wishes.ts";

test("who asked not to be visited is not offered again for 24 months", () => {
  const door = after([anEnding("asked_not_to_visit")]);
  assert.equal(doorStatus(door, CAMPAIGN, EVENING), "ended");
  assert.equal(doorStatus(door, OTHER_BEAT, EVENING), "ended", "in no other campaign either");
  assert.deepEqual(nextAttempt(door, CAMPAIGN, EVENING), { kind: "none" });
  const until = startOfLocalDay("2028-11-10");
  assert.equal(doorStatus(door, OTHER_BEAT, until - 1), "ended");
  assert.equal(doorStatus(door, OTHER_BEAT, until), "open");
  assert.equal(refusal(record(door, aVisit(), aContext({ base: 1 }))), "do-not-visit");
});

test("a visit that the resident asks for is allowed all the same", () => {
  const door = after([anEnding("asked_not_to_visit")]);
  const visit = aVisit({ arranged: "resident_request" });
  assert.ok(record(door, visit, aContext({ id: anId(2), base: 1 })).ok);
});

test("the resident can take the wish back", () => {
  const door = after([anEnding("asked_not_to_visit")]);
  const noted = accepted(note(door, { placeId: HOME, doNotVisit: false }, aNote({ base: 1 })));
  assert.equal(doorStatus(noted.door, OTHER_BEAT, EVENING), "open");
  assert.equal(noted.delta.quiet, -1);
});

test("after a refusal nobody knocks again in the same campaign unless the resident asks", () => {
  const door = after([anEnding("refused")]);
  assert.equal(doorStatus(door, CAMPAIGN, EVENING), "ended");
  const later = aContext({ id: anId(2), base: 1 });
  assert.equal(refusal(record(door, aVisit(), later)), "ended-in-campaign");
  const asked = accepted(record(door, aVisit({ arranged: "qr_request" }), later));
  assert.equal(doorStatus(asked.door, CAMPAIGN, EVENING), "met");
  const elsewhere = aContext({ id: anId(2), base: 1, campaignsAt: () => [OTHER_BEAT] });
  assert.ok(record(door, aVisit(), elsewhere).ok, "another campaign may");
});

test("an officer who could not know of a refusal keeps the record of the visit", () => {
  for (const outcome of ["refused", "asked_not_to_visit"] as const) {
    const door = after([anEnding(outcome)]);
    const { visit, warnings } = accepted(
      record(door, aVisit(), aContext({ id: anId(2), base: 0, author: OFFICER })),
    );
    assert.equal(visit.unaware, true);
    assert.deepEqual(warnings, ["unaware-of-wish"]);
  }
});

test("a paper form of a visit before the wish is taken, of one after it is not", () => {
  const door = after([anEnding("asked_not_to_visit")]);
  const paper = aContext({ id: anId(2), base: null, atDesk: true });
  assert.ok(record(door, aVisit({ startedAt: MORNING }), paper).ok);
  const later = aVisit({ startedAt: EVENING + HOUR_MS });
  assert.equal(refusal(record(door, later, paper)), "do-not-visit");
});

test("a door does not tell whether it was refused, asked for rest, or stood empty", () => {
  const strip = (door: DoorState): unknown => ({ ...door, quietUntil: undefined });
  const doors = (["refused", "vacant_observed"] as const).map((outcome) =>
    strip(after([outcome === "refused" ? anEnding(outcome) : aKnock(EVENING, { outcome })])),
  );
  assert.deepEqual(doors[0], doors[1]);
});

test("a wish is taken back by who had seen it, and by nobody else", () => {
  const door = after([anEnding("asked_not_to_visit")]);
  const version = door.quietUntil?.version ?? 0;
  assert.ok(version > 0);
  const takenBack = (changes: Parameters<typeof aNote>[0]): string =>
    doorStatus(
      accepted(note(door, { placeId: HOME, doNotVisit: false }, aNote(changes))).door,
      OTHER_BEAT,
      EVENING,
    );
  assert.equal(takenBack({ base: version - 1, author: COLLEAGUE }), "ended", "not seen");
  assert.equal(takenBack({ base: version, author: COLLEAGUE }), "open", "seen");
  assert.equal(takenBack({ base: version - 1, author: OFFICER }), "open", "noted by himself");
  assert.equal(takenBack({ base: null, author: COLLEAGUE }), "open", "at the desk");
  const never = accepted(note(NEW_DOOR, { placeId: HOME, doNotVisit: false }, aNote()));
  assert.equal(never.door.quietUntil, undefined, "where there is none, none is taken back");
});

test("a wish that holds longer stays as it was, and whose it was", () => {
  const door = after([anEnding("asked_not_to_visit")]);
  const later = { now: EVENING + HOUR_MS, correctedAt: EVENING + HOUR_MS, author: COLLEAGUE };
  const again = accepted(note(door, { placeId: HOME, doNotVisit: true }, aNote(later)));
  assert.deepEqual(again.door.quietUntil, door.quietUntil);
});

test("a wish runs out after its time", () => {
  const door = after([anEnding("asked_not_to_visit")]);
  const until = startOfLocalDay("2028-11-10");
  assert.equal(expireWish(door, until - 1), undefined);
  assert.notEqual(expireWish(door, until), undefined);
  assert.equal(expireWish(NEW_DOOR, until), undefined);
  const free = expireWish(door, startOfLocalDay("2028-11-11"));
  assert.equal(free?.quietUntil, undefined);
  assert.equal(free?.version, 2);
});
