import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DAY_MS, HOUR_MS } from "../shared/instant.ts";
import { decide } from "./decide.ts";
import { eventsOf, evolve, replay } from "./evolve.ts";
import {
  after,
  afterAt,
  clockwork,
  feedbackCentre,
  HEARD_AT,
  history,
  jpeg,
  leader,
  matter,
  officer,
} from "./fixtures.ts";
import { openSteps } from "./next-steps.ts";
import { bare, checkPhoto, PHOTO_LIMITS } from "./photo.ts";
import type { MatterActor } from "./policy.ts";
import {
  decideByResident,
  isGuarded,
  REOPEN_DAYS,
  type ResidentCommand,
  residentOf,
  residentSteps,
  reopenUntil,
} from "./resident.ts";
import { type Matter, type MatterCommand, type MatterEvent, SOLVED_ANSWERS } from "./terms.ts";
import { isSpot, recipientFor, spotsFor, type Surroundings } from "./web.ts";

const resolved = { type: "resolve", outcome: "adopted", text: "已加入巡逻路线" } as const;
const answered = { type: "answer", mode: "page", text: "后门每晚两次巡逻" } as const;
const happy = {
  type: "answer_callback",
  contacted: true,
  solved: "yes",
  satisfaction: 5,
  mayContact: false,
  text: "",
} as const;

/** The matter after what its resident says; throws a refusal. */
function said(state: Matter, command: ResidentCommand, now: number = HEARD_AT): Matter {
  const decision = decideByResident(state, command, null, clockwork(now));
  if (!decision.ok) throw new Error(decision.refusal.code);
  return eventsOf(decision.value, state.version, residentOf(state), now).reduce(evolve, state);
}

function refusedFor(state: Matter, command: ResidentCommand, now: number = HEARD_AT) {
  const decision = decideByResident(state, command, null, clockwork(now));
  return decision.ok ? null : decision.refusal.code;
}

test("what is said on the page is an independent callback: the leader may close, the handler may not", () => {
  const told = after(matter({ feedback: "page" }), [officer, resolved], [officer, answered]);
  const heard = said(told, happy);
  assert.equal(heard.state, "called_back");
  assert.equal(decide(heard, { type: "close" }, officer, clockwork()).ok, false);
  assert.equal(after(heard, [leader, { type: "close" }]).state, "closed");
  assert.equal(refusedFor(heard, happy), "wrong-state", "once after each answer");
  const no = said(told, { ...happy, solved: "no" });
  const close = decide(no, { type: "close" }, leader, clockwork());
  assert.equal(close.ok ? null : close.refusal.code, "resident-contradicts");
});

test("who is unhappy on the page is rung up only if he lets the unit do so", () => {
  const told = after(matter({ feedback: "page" }), [officer, resolved], [officer, answered]);
  const purposes = (state: Matter) => state.clocks.map(({ purpose }) => purpose);
  const unhappy = { ...happy, satisfaction: 1 };
  assert.deepEqual(purposes(said(told, { ...unhappy, mayContact: true })), ["human_callback"]);
  assert.deepEqual(purposes(said(told, unhappy)), []);
});

test("silence on the page closes after three days, and only for who reads there", () => {
  const close = { type: "close", waiver: "silent_on_page" } as const;
  const told = after(matter({ feedback: "page" }), [officer, resolved], [officer, answered]);
  assert.equal(decide(told, close, leader, clockwork(HEARD_AT + 3 * DAY_MS - 1)).ok, false);
  assert.equal(afterAt(clockwork(HEARD_AT + 3 * DAY_MS), told, [leader, close]).state, "closed");
  const byPhone = after(matter({ feedback: "phone" }), [officer, resolved], [officer, answered]);
  assert.equal(decide(byPhone, close, leader, clockwork(HEARD_AT + 9 * DAY_MS)).ok, false);
});

test("a receipt that a handler gave follows and reopens, and is no callback and no withdrawal", () => {
  const told = after(matter({ feedback: "page" }), [officer, resolved], [officer, answered]);
  assert.deepEqual(residentSteps(told, officer.memberId, clockwork()), ["reopen"]);
  assert.deepEqual(residentSteps(told, leader.memberId, clockwork()), [
    "answer_callback",
    "reopen",
    "withdraw",
  ]);
});

test("a receipt tells and asks nothing where contact could harm", () => {
  const stopped = matter({
    kind: "dispute",
    subtype: "family",
    stopSigns: ["violence_at_home"],
  });
  assert.equal(isGuarded(stopped), true);
  assert.deepEqual(residentSteps(stopped, null, clockwork()), []);
});

const word = fc.constantFrom("没有解决", "还是老样子");
const residentOrder: fc.Arbitrary<ResidentCommand> = fc.oneof(
  fc.record({
    type: fc.constant("answer_callback" as const),
    contacted: fc.boolean(),
    solved: fc.constantFrom(...SOLVED_ANSWERS),
    satisfaction: fc.integer({ min: 1, max: 5 }),
    respectful: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
    mayContact: fc.boolean(),
    text: fc.constantFrom("", "谢谢"),
  }),
  fc.record({
    type: fc.constant("reopen" as const),
    reason: fc.constantFrom("not_solved" as const, "came_back" as const),
    text: word,
  }),
  fc.record({ type: fc.constant("withdraw" as const), text: fc.constant("") }),
);
const OFFICE: readonly (readonly [MatterActor, MatterCommand])[] = [
  [officer, resolved],
  [officer, answered],
  [officer, { type: "close" }],
  [leader, { type: "close" }],
  [leader, { type: "close", waiver: "silent_on_page" }],
  [feedbackCentre, { ...happy, type: "call_back", mode: "phone", reached: true }],
];
const turn = fc.record({
  /** Hours until the next one comes. */
  later: fc.oneof({ weight: 4, arbitrary: fc.nat(30) }, fc.nat(24 * 40)),
  resident: fc.oneof(
    { weight: 1, arbitrary: residentOrder },
    { weight: 3, arbitrary: fc.constant(null) },
  ),
  pick: fc.nat(100),
});

test("over every history: the handler never closes, the resident reopens within thirty days, and it goes back to the same body", () => {
  const seen = { reopened: 0, tooLate: 0, closed: 0 };
  fc.assert(
    fc.property(fc.array(turn, { minLength: 15, maxLength: 50 }), (turns) => {
      const past: MatterEvent[] = history({ feedback: "page" });
      let state = matter({ feedback: "page" });
      let now = HEARD_AT;
      for (const { later, resident, pick } of turns) {
        now += later * HOUR_MS;
        const work = clockwork(now);
        const steps = residentSteps(state, null, work);
        const until = reopenUntil(state);
        if (state.state === "closed" && until !== null) {
          assert.equal(until - (state.closedAt ?? 0), REOPEN_DAYS * DAY_MS);
          assert.deepEqual(steps, now < until ? ["reopen"] : []);
          if (now >= until) seen.tooLate += 1;
        }
        const open = OFFICE.filter(([actor, order]) => decide(state, order, actor, work).ok);
        const office = open[pick % open.length] ?? OFFICE[0]!;
        const decision =
          resident === null
            ? decide(state, office[1], office[0], work)
            : decideByResident(state, resident, null, work);
        if (resident !== null) assert.equal(decision.ok, steps.includes(resident.type));
        if (!decision.ok) continue;
        const by = resident === null ? office[0].memberId : residentOf(state);
        const before = state;
        for (const event of eventsOf(decision.value, state.version, by, now)) {
          past.push(event);
          state = evolve(state, event);
          if (event.change.type === "closed") {
            assert.notEqual(by, officer.memberId, "the handler closed it");
            seen.closed += 1;
          }
          if (event.change.type === "reopened") {
            assert.equal(state.responsibleId, before.responsibleId);
            assert.equal(state.reopened, before.reopened + 1);
            seen.reopened += 1;
          }
        }
        assert.ok(!state.handlers.includes(residentOf(state)), "a resident handles nothing");
        assert.equal(openSteps(state, officer, work).includes("close"), false);
      }
      assert.deepEqual(replay(past), state);
    }),
    { numRuns: 300 },
  );
  for (const [what, times] of Object.entries(seen)) assert.ok(times > 5, `${what}: ${times}`);
});

const FLAT: Surroundings = {
  home: true,
  building: true,
  estate: true,
  entrances: ["1", "2"],
  floors: ["1", "2", "3"],
};

test("a hazard is placed where everybody passes, help may be asked for at home", () => {
  assert.deepEqual(spotsFor("hazard", FLAT), ["building", "entrance", "floor", "estate"]);
  assert.equal(spotsFor("service_request", FLAT)[0], "door");
  const lonely = { home: true, building: false, estate: false, entrances: [], floors: [] };
  assert.deepEqual(spotsFor("hazard", lonely), ["door"]);
  assert.equal(isSpot({ spot: "floor", part: "3" }, "hazard", FLAT), true);
  assert.equal(isSpot({ spot: "floor", part: "9" }, "hazard", FLAT), false);
  assert.equal(isSpot({ spot: "building", part: "3" }, "hazard", FLAT), false);
  assert.equal(isSpot({ spot: "door" }, "hazard", FLAT), false);
});

test("the officer of the beat receives it, and the leader what is about conduct", () => {
  const covering = [
    { id: leader.memberId, role: "station_leader" },
    { id: officer.memberId, role: "community_officer" },
  ] as const;
  assert.equal(recipientFor({ subtype: "patrol" }, covering), officer.memberId);
  assert.equal(recipientFor({ subtype: "police_conduct" }, covering), leader.memberId);
  assert.equal(recipientFor({ subtype: "patrol" }, []), null);
});

test("a photo is a bare JPEG: no notes of the camera, nothing behind it, no larger than allowed", () => {
  const why = (bytes: Uint8Array) => {
    const checked = checkPhoto(bytes);
    return checked.ok ? checked.value : checked.refusal.code;
  };
  const bytesOf = (text: string) => Array.from(text, (sign) => sign.charCodeAt(0));
  assert.deepEqual(why(jpeg()), { width: 2, height: 2 });
  assert.equal(why(jpeg({ notes: [[0xe1, bytesOf("Exif\0\0")]] })), "photo-with-notes");
  assert.equal(why(jpeg({ notes: [[0xfe, bytesOf("made by")]] })), "photo-with-notes");
  assert.equal(why(jpeg({ notes: [[0xe2, bytesOf("MPF\0")]] })), "photo-with-notes");
  assert.deepEqual(why(jpeg({ notes: [[0xe2, bytesOf("ICC_PROFILE\0\u0001\u0001")]] })), {
    width: 2,
    height: 2,
  });
  assert.equal(why(jpeg({ tail: [0, 1, 2] })), "photo-with-notes");
  const noted = jpeg({
    notes: [
      [0xe1, bytesOf("Exif\0\0")],
      [0xfe, bytesOf("made by")],
    ],
  });
  assert.deepEqual(bare(noted), jpeg());
  assert.equal(why(jpeg({ width: PHOTO_LIMITS.pixels + 1 })), "photo-too-large");
  assert.equal(why(new Uint8Array(PHOTO_LIMITS.bytes + 1)), "photo-too-large");
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(120), (noise, at) => {
      checkPhoto(noise);
      bare(noise);
      const torn = jpeg();
      torn.set(noise.subarray(0, Math.max(0, torn.length - at)), Math.min(at, torn.length));
      checkPhoto(torn);
      checkPhoto(torn.subarray(0, at));
    }),
  );
});
