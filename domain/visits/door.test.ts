import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DAY_MS, HOUR_MS, startOfLocalDay } from "../shared/instant.ts";
import {
  addKnock,
  campaignAt,
  doorStatus,
  isNeverReached,
  isUnreached,
  NEW_DOOR,
  nextAttempt,
  removeKnock,
  setField,
} from "./door.ts";
import { doorDelta } from "./facts.ts";
import {
  aContext,
  accepted,
  after,
  aKnock,
  anId,
  aVisit,
  CAMPAIGN,
  DAY,
  EVENING,
  MORNING,
  SATURDAY,
} from "./fixtures.ts";
import { record } from "./record.ts";
import { type DoorField, OUTCOME_MEANING } from "./terms.ts";

const LADDER = [MORNING, EVENING + DAY_MS, SATURDAY, EVENING + 5 * DAY_MS];
const CARD = { cardLeft: true, lastAttempt: true } as const;

test("after four attempts over daytime, evening and weekend a door may end as unreached", () => {
  const [a, b, c, d] = LADDER as [number, number, number, number];
  const three = after([aKnock(a), aKnock(b), aKnock(c)]);
  const next = nextAttempt(three, CAMPAIGN, c + HOUR_MS);
  assert.ok(next.kind === "knock" && next.mayBeLast);
  const four = after([aKnock(a), aKnock(b), aKnock(c), aKnock(d, CARD)]);
  assert.equal(doorStatus(four, CAMPAIGN, d), "ended");
  assert.ok(isUnreached(campaignAt(four, CAMPAIGN)));
  assert.ok(isNeverReached(campaignAt(four, CAMPAIGN)));
});

test("never before: three attempts, or four without a weekend, end nothing", () => {
  const [a, b, c] = LADDER as [number, number, number, number];
  const three = accepted(
    record(after([aKnock(a), aKnock(b)]), aKnock(c, CARD), aContext({ id: anId(3) })),
  );
  assert.equal(doorStatus(three.door, CAMPAIGN, c), "again");
  assert.deepEqual(three.warnings, ["ladder-not-finished"]);
  const workdays = [MORNING, EVENING, MORNING + DAY_MS, EVENING + DAY_MS, MORNING + 2 * DAY_MS];
  const door = after(workdays.map((at) => aKnock(at, CARD)));
  assert.equal(doorStatus(door, CAMPAIGN, DAY + 3 * DAY_MS), "again");
});

test("without a card a finished ladder ends nothing", () => {
  assert.equal(doorStatus(after(LADDER.map((at) => aKnock(at))), CAMPAIGN, DAY), "again");
});

test("the next attempt is on another day and in another band", () => {
  const first = nextAttempt(NEW_DOOR, CAMPAIGN, MORNING);
  assert.ok(first.kind === "knock");
  assert.equal(first.band, "evening");
  const second = nextAttempt(after([aKnock(EVENING)]), CAMPAIGN, EVENING + HOUR_MS);
  assert.ok(second.kind === "knock");
  assert.equal(second.band, "weekend");
  assert.equal(second.from, startOfLocalDay("2026-11-14") + 9 * HOUR_MS);
  const third = nextAttempt(after([aKnock(EVENING), aKnock(SATURDAY)]), CAMPAIGN, SATURDAY);
  assert.ok(third.kind === "knock");
  assert.equal(third.band, "daytime");
  assert.equal(third.from, startOfLocalDay("2026-11-16") + 9 * HOUR_MS);
});

test("nobody is knocked at in the same band twice in a row, unless it is the one not tried yet", () => {
  const bandAfter = (...knocks: number[]) => {
    const next = nextAttempt(after(knocks.map((at) => aKnock(at))), CAMPAIGN, knocks.at(-1) ?? 0);
    return next.kind === "knock" ? next.band : next.kind;
  };
  assert.equal(bandAfter(EVENING), "weekend");
  assert.equal(bandAfter(SATURDAY, SATURDAY + DAY_MS, MORNING + 7 * DAY_MS), "evening");
  // The evening has been tried least, but was the last.
  const twice = [MORNING, MORNING + DAY_MS, SATURDAY, SATURDAY + DAY_MS];
  assert.equal(bandAfter(...twice, EVENING + 7 * DAY_MS), "weekend");
});

test("a knock may be the last only when it finishes the ladder", () => {
  const mayBeLast = (...knocks: number[]) => {
    const next = nextAttempt(after(knocks.map((at) => aKnock(at))), CAMPAIGN, knocks.at(-1) ?? DAY);
    return next.kind === "knock" && next.mayBeLast;
  };
  const [a, b, c] = LADDER as [number, number, number, number];
  assert.deepEqual([mayBeLast(), mayBeLast(a), mayBeLast(a, b)], [false, false, false]);
  assert.equal(mayBeLast(a, b, c), true);
});

test("never reached are four unanswered knocks, one of them in an evening or on a weekend", () => {
  const never = (...knocks: number[]) =>
    isNeverReached(campaignAt(after(knocks.map((at) => aKnock(at))), CAMPAIGN));
  const days = [0, 1, 2].map((day) => MORNING + day * DAY_MS);
  assert.equal(never(...days, EVENING), true);
  assert.equal(never(...days, SATURDAY), true);
  assert.equal(never(...days, MORNING + 3 * DAY_MS), false, "by day alone");
  assert.equal(never(EVENING, ...[1, 2, 3].map((day) => EVENING + day * DAY_MS)), false);
  assert.equal(never(...days.slice(1), EVENING), false, "three");
});

test("the last contact is the latest that is left when one is taken back", () => {
  const knock = (id: string, at: number) => ({
    id,
    at,
    trace: "met" as const,
    campaignIds: [CAMPAIGN],
    cardLeft: false,
    last: false,
  });
  const [early, late, same] = [
    knock("a", MORNING),
    knock("b", MORNING + 3 * DAY_MS),
    knock("c", EVENING),
  ];
  const dayOf = (door: typeof NEW_DOOR) => door.lastContactOn;
  const both = addKnock(addKnock(NEW_DOOR, late), early);
  assert.equal(dayOf(both), "2026-11-13", "whichever came first");
  assert.equal(dayOf(removeKnock(both, late)), "2026-11-10");
  assert.equal(dayOf(removeKnock(both, early)), "2026-11-13");
  assert.equal(dayOf(removeKnock(removeKnock(both, late), early)), null);
  const oneDay = addKnock(addKnock(NEW_DOOR, early), same);
  assert.equal(dayOf(removeKnock(oneDay, same)), "2026-11-10");
});

test("someone who opens at last is met, however long the ladder was", () => {
  const door = after([
    ...LADDER.map((at) => aKnock(at, CARD)),
    aVisit({ startedAt: DAY + 7 * DAY_MS, arranged: "phone_appointment" }),
  ]);
  assert.equal(doorStatus(door, CAMPAIGN, DAY + 8 * DAY_MS), "met");
  assert.equal(isNeverReached(campaignAt(door, CAMPAIGN)), false);
});

test("an appointment shows until it is over, and a kept one is cleared", () => {
  const appointment = { from: EVENING + DAY_MS, to: EVENING + DAY_MS + HOUR_MS };
  const visit = aVisit({ outcome: "rescheduled", appointment });
  const door = after([visit]);
  assert.equal(doorStatus(door, CAMPAIGN, EVENING), "appointment");
  assert.deepEqual(nextAttempt(door, CAMPAIGN, EVENING), {
    kind: "appointment",
    asked: false,
    ...appointment,
  });
  assert.equal(doorStatus(door, CAMPAIGN, appointment.to), "again");
  const kept = after([
    visit,
    aVisit({ startedAt: appointment.from, arranged: "phone_appointment" }),
  ]);
  assert.equal(doorStatus(kept, CAMPAIGN, appointment.from), "met");
});

test("without a campaign the last 90 days decide", () => {
  const door = after([aVisit()], { campaignsAt: () => [] });
  assert.equal(doorStatus(door, null, EVENING + DAY_MS), "met");
  assert.equal(doorStatus(door, null, EVENING + 91 * DAY_MS), "open");
  assert.deepEqual(door.outside, { attempts: 1, met: 1 });
});

test("a correction that turns an absence into an ending is a change to count", () => {
  const place = { placeKind: "dwelling_unit", stationId: "s", beatId: "b", buildingId: "h" };
  const knock = { id: "k", at: MORNING, campaignIds: ["c"], cardLeft: false, last: false };
  const absent = addKnock(NEW_DOOR, { ...knock, trace: OUTCOME_MEANING.no_answer.trace });
  const refused = addKnock(NEW_DOOR, { ...knock, trace: OUTCOME_MEANING.refused.trace });
  const delta = doorDelta(place as never, absent, refused);
  assert.deepEqual(
    delta.campaigns.map(({ before, after }) => [before?.ended, after?.ended]),
    [[0, 1]],
  );
});

test("whatever officers write at the same time, no text is lost", () => {
  const changes = fc.array(
    fc.record({
      by: fc.integer({ min: 1, max: 4 }),
      text: fc.string({ minLength: 1, maxLength: 8 }),
    }),
    { minLength: 1, maxLength: 4 },
  );
  fc.assert(
    fc.property(changes, (list) => {
      let field: DoorField<string> | undefined;
      const lastOf = new Map<number, string>();
      for (const [index, { by, text }] of list.entries()) {
        field = setField(field, { value: text, base: 0, at: index, by: anId(by) }, index + 1);
        lastOf.set(by, text);
      }
      const shown = new Set([field?.value, ...(field?.others ?? [])]);
      // Nobody is contradicted by somebody else: the last word of each author is there, unless he
      // himself replaced what he saw.
      const last = list.at(-1);
      assert.ok(shown.has(last?.text));
      for (const [by, text] of lastOf) {
        if (last?.by === by) continue;
        const replacedByNobody = list.slice(list.findLastIndex((one) => one.by === by) + 1);
        const settled = replacedByNobody.some(
          (one, i) => i > 0 && replacedByNobody[i - 1]?.by === one.by,
        );
        if (!settled) assert.ok(shown.has(text), `${text} of ${by}`);
      }
    }),
  );
});

test("whoever clears a field that he has not seen clears nothing of others", () => {
  const write = (
    field: DoorField<string> | undefined,
    value: string | null,
    by: number,
    base: number | null = 0,
  ) => setField(field, { value, base, at: by, by: anId(by) }, (field?.version ?? 0) + 1);
  const one = write(undefined, "门禁 101#", 1);
  const blind = write(one, null, 2);
  assert.deepEqual([blind?.value, blind?.others], ["门禁 101#", undefined]);
  const two = write(one, "走后门", 2);
  const three = write(two, null, 3);
  assert.deepEqual([three?.value, three?.others], ["走后门", ["门禁 101#"]]);
  const seen = write(two, null, 3, two?.version);
  assert.deepEqual(
    [seen?.value, seen?.others],
    [null, undefined],
    "who has seen both settles them",
  );
});
