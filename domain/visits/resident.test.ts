import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DAY_MS, HOUR_MS } from "../shared/instant.ts";
import { cardAt, cardCode, isCardOf } from "./card-code.ts";
import { doorStatus, isQuiet, NEW_DOOR, nextAttempt } from "./door.ts";
import {
  accepted,
  aContext,
  after,
  aKnock,
  anEnding,
  anId,
  aNote,
  aPlace,
  aVisit,
  CAMPAIGN,
  EVENING,
  HOME,
  refusal,
} from "./fixtures.ts";
import { note } from "./note.ts";
import { record } from "./record.ts";
import { heedResident } from "./resident.ts";
import type { DoorState, ResidentWish } from "./terms.ts";

const window = { from: EVENING + 2 * DAY_MS, to: EVENING + 2 * DAY_MS + 2 * HOUR_MS };
const later = { from: window.from + DAY_MS, to: window.to + DAY_MS };

function heeded(door: DoorState, wish: ResidentWish, at = EVENING) {
  return accepted(heedResident(door, wish, aPlace(), at));
}

test("a time that was asked for stands on the door until somebody answers it", () => {
  const { door, delta } = heeded(NEW_DOOR, { kind: "visit_asked", window });
  assert.equal(doorStatus(door, CAMPAIGN, EVENING), "appointment");
  assert.deepEqual(nextAttempt(door, CAMPAIGN, EVENING), {
    kind: "appointment",
    ...window,
    asked: true,
  });
  assert.equal(delta.appointment, null, "nothing is agreed yet");
  const agreed = accepted(note(door, { placeId: HOME, appointment: window }, aNote()));
  assert.equal(agreed.door.asked, undefined);
  assert.deepEqual(agreed.delta.appointment, {
    ended: [],
    met: false,
    begun: window,
    settles: true,
  });
  const other = accepted(note(door, { placeId: HOME, appointment: later }, aNote()));
  assert.deepEqual(other.delta.appointment, {
    ended: [window],
    met: false,
    begun: later,
    settles: true,
  });
  assert.equal(doorStatus(door, CAMPAIGN, window.to), "open", "asked for in vain");
});

test("of two who ask at one door neither ends the other's wish: the first stands, what is agreed settles both", () => {
  const { door } = heeded(NEW_DOOR, { kind: "visit_asked", window });
  const second = heeded(door, { kind: "visit_asked", window: later });
  assert.deepEqual([second.door.asked, second.delta.appointment], [window, null]);
  const dropped = heeded(second.door, { kind: "visit_dropped", window: later });
  assert.deepEqual([dropped.door.asked, dropped.delta.appointment], [window, null]);
  const own = heeded(second.door, { kind: "visit_dropped", window });
  const settlesNoOther = { ended: [window], met: false, begun: null, settles: false };
  assert.deepEqual([own.door.asked, own.delta.appointment], [undefined, settlesNoOther]);
  const agreed = heeded(second.door, { kind: "visit_agreed", window: later });
  assert.deepEqual(agreed.delta.appointment, {
    ended: [window],
    met: false,
    begun: later,
    settles: true,
  });
  const over = heeded(door, { kind: "visit_asked", window: later }, window.to);
  assert.deepEqual(
    [over.door.asked, over.delta.appointment],
    [later, settlesNoOther],
    "what was asked for in vain is in nobody's way",
  );
});

test("an appointment is kept by a visit that met somebody, whichever way it was made", () => {
  for (const kind of ["visit_asked", "visit_agreed"] as const) {
    const { door } = heeded(NEW_DOOR, { kind, window });
    const now = window.from + HOUR_MS;
    const context = aContext({ now, at: now, correctedAt: now, base: door.version });
    const met = accepted(record(door, aVisit({ startedAt: window.from }), context));
    assert.deepEqual(met.fact.doors[0]?.appointment, {
      ended: [window],
      met: true,
      begun: null,
      settles: true,
    });
    const missed = accepted(record(door, aKnock(window.from), context));
    assert.equal(missed.fact.doors[0]?.appointment, null, "time ends it, not one knock");
  }
});

test("no visits is heeded at once, and ends what was agreed", () => {
  const { door } = heeded(NEW_DOOR, { kind: "visit_agreed", window });
  const quiet = heeded(door, { kind: "no_visits", months: 24 });
  assert.equal(doorStatus(quiet.door, CAMPAIGN, EVENING), "ended");
  assert.deepEqual(nextAttempt(quiet.door, CAMPAIGN, EVENING), { kind: "none" });
  assert.deepEqual(quiet.delta.appointment, {
    ended: [window],
    met: false,
    begun: null,
    settles: true,
  });
  assert.equal(quiet.delta.quiet, 1);
  const context = aContext({ base: quiet.door.version });
  assert.equal(refusal(record(quiet.door, aVisit(), context)), "do-not-visit");
});

test("a stranger's wish neither opens nor shortens what an officer noted at the door", () => {
  const noted = after([anEnding("asked_not_to_visit")]);
  const asked = heeded(noted, { kind: "visit_asked", window });
  assert.ok(isQuiet(asked.door, EVENING));
  assert.equal(doorStatus(asked.door, CAMPAIGN, EVENING), "ended");
  const shorter = heeded(noted, { kind: "no_visits", months: 3 });
  assert.deepEqual(shorter.door.quietUntil, noted.quietUntil);
  assert.equal(doorStatus(heeded(noted, { kind: "visits_again" }).door, null, EVENING), "ended");
  assert.ok(!isQuiet(heeded(noted, { kind: "visits_again" }).door, EVENING));
});

test("whatever residents wish in whatever order, a quiet door is never offered", () => {
  const wishes = fc.array(
    fc.oneof(
      fc.constantFrom<ResidentWish>(
        { kind: "visit_asked", window },
        { kind: "visit_agreed", window: later },
        { kind: "visit_dropped", window: later },
        { kind: "visits_again" },
      ),
      fc.record({
        kind: fc.constant("no_visits" as const),
        months: fc.integer({ min: 1, max: 24 }),
      }),
    ),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(wishes, (all) => {
      let door = NEW_DOOR;
      for (const wish of all) {
        const before = door;
        door = heeded(door, wish).door;
        assert.equal(door.version, before.version + 1);
        if (wish.kind === "no_visits") assert.ok(isQuiet(door, EVENING));
        if (wish.kind === "visit_agreed") assert.ok(!isQuiet(door, EVENING));
        if (wish.kind === "visit_asked")
          assert.equal(isQuiet(door, EVENING), isQuiet(before, EVENING));
        if (isQuiet(door, EVENING)) assert.equal(nextAttempt(door, CAMPAIGN, EVENING).kind, "none");
      }
    }),
  );
});

test("the card left at a door proves that its holder has it from there", () => {
  const door = after([aKnock(EVENING, { cardLeft: true }), aKnock(EVENING + DAY_MS)]);
  const code = cardCode(anId(1));
  assert.match(code, /^\d{8}$/);
  assert.equal(cardAt(door, EVENING + 2 * DAY_MS), code);
  assert.ok(isCardOf(door, `${code.slice(0, 4)} ${code.slice(4)}`, EVENING + 2 * DAY_MS));
  assert.ok(!isCardOf(door, cardCode(anId(2)), EVENING + 2 * DAY_MS), "no card was left that time");
  assert.ok(!isCardOf(door, "", EVENING));
  assert.equal(cardAt(door, EVENING + 61 * DAY_MS), null);
});
