import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, startOfLocalDay } from "../shared/instant.ts";
import type { Id } from "../shared/id.ts";
import { doorDelta } from "./facts.ts";
import type { Result } from "../shared/result.ts";
import { inspectText } from "../privacy/inspect.ts";
import {
  campaignAt,
  doorStatus,
  isNeverReached,
  isUnreached,
  addKnock,
  NEW_DOOR,
  nextAttempt,
  setField,
} from "./door.ts";
import {
  aContext as plainContext,
  aKnock,
  anId,
  aPlace,
  AUXILIARY,
  aVisit,
  BEAT,
  CAMPAIGN,
  COLLEAGUE,
  DAY,
  EVENING,
  HOME,
  MORNING,
  NEXT_DOOR,
  OFFICER,
  OTHER_BEAT,
  SATURDAY,
} from "./fixtures.ts";
import {
  correct,
  type CorrectionContext,
  expireWish,
  note,
  type NoteContext,
  record,
  type Recorded,
  type VisitContext,
} from "./rules.ts";
import {
  type DoorField,
  type DoorState,
  OUTCOMES,
  type Outcome,
  OUTCOME_MEANING,
  type RecordVisit,
  type Visit,
} from "./terms.ts";

/** With the real detector. */
function aContext(changes: Partial<VisitContext> = {}): VisitContext {
  return plainContext({ inspect: inspectText, ...changes });
}

function refusal(result: Result<unknown>): string | undefined {
  return result.ok ? undefined : result.refusal.code;
}

function accepted<T>(result: Result<T>): T {
  assert.ok(result.ok, result.ok ? "" : result.refusal.code);
  return result.value;
}

/** The door after visits, recorded one after the other by somebody who saw each before. */
function after(visits: readonly RecordVisit[], changes: Partial<VisitContext> = {}): DoorState {
  return visits.reduce<DoorState>((door, visit, index) => {
    const context = aContext({ id: anId(index + 1), base: door.version, ...changes });
    return accepted(record(door, visit, context)).door;
  }, NEW_DOOR);
}

const ENDED = (outcome: Outcome): RecordVisit =>
  aVisit({ outcome, idShown: true, noticeGiven: "declined_to_hear" });

// -- recording ------------------------------------------------------------------------------------

test("a place, a team and an outcome are enough: no personal datum is required", () => {
  const { visit, door } = accepted(record(NEW_DOOR, aKnock(EVENING), aContext()));
  assert.equal(visit.outcome, "no_answer");
  assert.equal(visit.attemptNo, 1);
  assert.equal(visit.timeMode, "evening");
  assert.deepEqual(visit.details, {});
  assert.equal(doorStatus(door, CAMPAIGN, EVENING), "again");
});

test("a completed visit at the doorstep makes the door met", () => {
  const { visit, door, fact } = accepted(record(NEW_DOOR, aVisit(), aContext()));
  assert.deepEqual([visit.contact, visit.completed], [true, true]);
  assert.equal(doorStatus(door, CAMPAIGN, EVENING), "met");
  assert.deepEqual(fact.firstContactInCampaign, [CAMPAIGN]);
  assert.deepEqual(
    [fact.firstContactInMonth, fact.firstContactInQuarter, fact.firstContactInYear],
    [true, true, true],
  );
});

const REFUSED: readonly (readonly [string, string, RecordVisit, Partial<VisitContext>?])[] = [
  [
    "an auxiliary officer cannot record a visit alone",
    "auxiliary-alone",
    aVisit({ team: [AUXILIARY] }),
    { author: AUXILIARY },
  ],
  ["a visit without a team is refused", "team-missing", aVisit({ team: [] })],
  [
    "five people at one door are too many",
    "team-too-large",
    aVisit({ team: [1, 2, 3, 4, 5].map(anId) }),
  ],
  ["nobody is in a team twice", "team-repeated", aVisit({ team: [OFFICER, OFFICER] })],
  ["a stranger is in no team", "team-member-unknown", aVisit({ team: [OFFICER, anId(9)] })],
  ["the author was there", "author-not-in-team", aVisit({ team: [COLLEAGUE] })],
  ["an unknown place can't be visited", "place-unknown", aVisit(), { place: undefined }],
  [
    "a building is not a door",
    "place-not-visitable",
    aVisit(),
    { place: aPlace({ kind: "building" }) },
  ],
  [
    "a cancelled place can't be visited",
    "place-cancelled",
    aVisit(),
    { place: aPlace({ status: "cancelled" }) },
  ],
  ["outside the beat a reason is needed", "outside-beat", aVisit(), { beatIds: [OTHER_BEAT] }],
  ["entering needs consent", "entry-consent-missing", aVisit({ outcome: "completed_inside" })],
  [
    "a visit is completed only after showing identification",
    "id-not-shown",
    aVisit({ idShown: false }),
  ],
  [
    "whoever is spoken to is told what is recorded",
    "notice-missing",
    aKnock(EVENING, { outcome: "refused" }),
  ],
  ["on the telephone too", "notice-missing", aKnock(EVENING, { outcome: "phone_only" })],
  [
    "nobody answered and identification shown contradict each other",
    "contact-claimed",
    aKnock(EVENING, { idShown: true }),
  ],
  [
    "nobody answered and told how the home is used contradict each other",
    "contact-claimed",
    aKnock(EVENING, { occupancy: "rented" }),
  ],
  ["a visit ends after it begins", "time-reversed", aVisit({ endedAt: EVENING - 1 })],
  [
    "a visit of thirteen hours is a mistake",
    "visit-too-long",
    aVisit({ endedAt: EVENING + 13 * HOUR_MS }),
  ],
  [
    "a paper form from the future is refused",
    "time-in-future",
    aVisit({ startedAt: DAY + 20 * DAY_MS }),
    { atDesk: true },
  ],
  [
    "a paper form from last year is too old",
    "time-too-old",
    aVisit({ startedAt: DAY - 300 * DAY_MS }),
    { atDesk: true },
  ],
  [
    "no text holds an identity number",
    "text-forbidden",
    aVisit({ note: "身份证 990101199001010015" }),
  ],
  ["a note is short", "note-too-long", aVisit({ note: "长".repeat(201) })],
  [
    "only the campaign's leaflets are handed out",
    "leaflet-unknown",
    aVisit({ leaflets: [{ code: "x", quantity: 1 }] }),
  ],
  [
    "leaflets are counted in whole numbers",
    "leaflet-quantity",
    aVisit({ leaflets: [{ code: "anti_fraud", quantity: 0.5 }] }),
  ],
  [
    "a form that nobody knows can't be used",
    "form-unknown",
    aVisit({ form: { code: "form_household", version: 7 } }),
  ],
  [
    "a shop's form does not fit a home",
    "form-unsuitable",
    aVisit({ form: { code: "form_shop", version: 1 } }),
  ],
  [
    "answers belong to a form",
    "answers-without-form",
    aVisit({ answers: { registration_service: "none" } }),
  ],
  [
    "an appointment ends after it begins",
    "appointment-reversed",
    aVisit({ appointment: { from: 2, to: 1 } }),
  ],
  [
    "an inspection needs the number of its order",
    "inspection-ref-missing",
    aVisit({ purpose: "scheduled_inspection_ref" }),
  ],
  ["the last attempt leaves a card", "card-not-left", aKnock(EVENING, { lastAttempt: true })],
];
for (const [what, code, visit, changes] of REFUSED) {
  test(what, () => {
    assert.equal(refusal(record(NEW_DOOR, visit, aContext(changes))), code);
  });
}

test("an expired form can't be used, one on its last day can", () => {
  const form = { code: "form_household", version: 1 } as const;
  const at = startOfLocalDay("2027-12-31") + 10 * HOUR_MS;
  const late = (now: Instant): VisitContext => aContext({ now, at: now, correctedAt: now });
  const visit = aVisit({ startedAt: at, form });
  assert.ok(record(NEW_DOOR, visit, late(at + HOUR_MS)).ok);
  const next = aVisit({ startedAt: at + DAY_MS, form });
  assert.equal(refusal(record(NEW_DOOR, next, late(at + 2 * DAY_MS))), "form-expired");
});

test("a telephone number is kept for an answer that is wanted, and with consent", () => {
  const matter = {
    id: anId(50),
    kind: "opinion",
    subtype: "patrol",
    text: "晚上多来几次",
  } as const;
  const withContact = (wantsAnswer: boolean, consent: boolean, phone = "12000000001") =>
    refusal(
      record(
        NEW_DOOR,
        aVisit({ matters: [{ ...matter, wantsAnswer, contact: { phone, consent } }] }),
        aContext(),
      ),
    );
  assert.equal(withContact(true, true), undefined);
  assert.equal(withContact(false, true), "contact-without-purpose");
  assert.equal(withContact(true, false), "contact-without-consent");
  assert.equal(withContact(true, true, "12345"), "phone-invalid");
});

test("the visit itself keeps neither telephone nor matter's words nor how the home is used", () => {
  const matter = {
    id: anId(50),
    kind: "opinion",
    subtype: "patrol",
    text: "晚上多来几次",
    wantsAnswer: true,
    contact: { phone: "12000000001", consent: true },
  } as const;
  const visit = aVisit({ matters: [matter], occupancy: "rented", knowsOfficer: "both" });
  const recorded = accepted(record(NEW_DOOR, visit, aContext()));
  const kept = JSON.stringify([recorded.visit, recorded.door]);
  assert.doesNotMatch(kept, /12000000001|晚上多来几次|rented|both"/);
  assert.deepEqual(recorded.visit.details.matterIds, [anId(50)]);
  assert.deepEqual(recorded.fact.matters, [matter]);
});

test("more than five leaflets of a kind, an odd hour and doubtful words are accepted with a warning", () => {
  const visit = aVisit({
    startedAt: DAY + 22 * HOUR_MS,
    leaflets: [{ code: "anti_fraud", quantity: 6 }],
    note: "住户说邻居有前科",
  });
  assert.deepEqual(accepted(record(NEW_DOOR, visit, aContext())).warnings, [
    "many-leaflets",
    "unusual-hour",
    "text-suspicious",
  ]);
});

test("outside the beat with a reason the visit counts", () => {
  const visit = aVisit({ outsideBeatReason: "支援邻近警务区" });
  assert.ok(record(NEW_DOOR, visit, aContext({ beatIds: [OTHER_BEAT] })).ok);
});

test("a visit counts once for each of several campaigns", () => {
  const context = aContext({ campaignsAt: () => [CAMPAIGN, OTHER_BEAT] });
  const { visit, door, fact } = accepted(record(NEW_DOOR, aVisit(), context));
  assert.deepEqual(visit.campaignIds, [CAMPAIGN, OTHER_BEAT]);
  assert.deepEqual(
    door.campaigns.map(({ met }) => met),
    [1, 1],
  );
  assert.deepEqual(fact.firstContactInCampaign, [CAMPAIGN, OTHER_BEAT]);
});

test("the same record twice changes the door once", () => {
  const { door } = accepted(record(NEW_DOOR, aVisit(), aContext()));
  const again = accepted(record(door, aVisit(), aContext({ base: 1 })));
  assert.deepEqual(again.door, door);
});

// -- clocks ---------------------------------------------------------------------------------------

test("a phone whose clock is years off still records the true time, and both times are kept", () => {
  const wrong = 3 * 365 * DAY_MS;
  const now = EVENING + HOUR_MS;
  for (const skew of [wrong, -wrong]) {
    const context = aContext({ now, at: now + skew, correctedAt: now });
    const { visit, warnings } = accepted(
      record(NEW_DOOR, aVisit({ startedAt: EVENING + skew }), context),
    );
    assert.equal(visit.visitedAt, EVENING);
    assert.equal(visit.deviceAt, EVENING + skew);
    assert.deepEqual(warnings, ["clock-wrong"]);
  }
});

test("a clock set back during the visit can't put it into the future", () => {
  const now = EVENING + HOUR_MS;
  const context = aContext({ now, at: now, correctedAt: now });
  const { visit } = accepted(record(NEW_DOOR, aVisit({ startedAt: now + 5 * DAY_MS }), context));
  assert.equal(visit.visitedAt, now);
});

// -- the resident's wishes ------------------------------------------------------------------------

test("who asked not to be visited is not offered again for 24 months", () => {
  const door = after([ENDED("asked_not_to_visit")]);
  assert.equal(doorStatus(door, CAMPAIGN, EVENING), "ended");
  assert.equal(doorStatus(door, OTHER_BEAT, EVENING), "ended", "in no other campaign either");
  assert.deepEqual(nextAttempt(door, CAMPAIGN, EVENING), { kind: "none" });
  const until = startOfLocalDay("2028-11-10");
  assert.equal(doorStatus(door, OTHER_BEAT, until - 1), "ended");
  assert.equal(doorStatus(door, OTHER_BEAT, until), "open");
  assert.equal(refusal(record(door, aVisit(), aContext({ base: 1 }))), "do-not-visit");
});

test("a visit that the resident asks for is allowed all the same", () => {
  const door = after([ENDED("asked_not_to_visit")]);
  const visit = aVisit({ arranged: "resident_request" });
  assert.ok(record(door, visit, aContext({ id: anId(2), base: 1 })).ok);
});

test("the resident can take the wish back", () => {
  const door = after([ENDED("asked_not_to_visit")]);
  const noted = accepted(note(door, { placeId: HOME, doNotVisit: false }, aNote({ base: 1 })));
  assert.equal(doorStatus(noted.door, OTHER_BEAT, EVENING), "open");
  assert.equal(noted.delta.quiet, -1);
});

test("after a refusal nobody knocks again in the same campaign unless the resident asks", () => {
  const door = after([ENDED("refused")]);
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
    const door = after([ENDED(outcome)]);
    const { visit, warnings } = accepted(
      record(door, aVisit(), aContext({ id: anId(2), base: 0, author: OFFICER })),
    );
    assert.equal(visit.unaware, true);
    assert.deepEqual(warnings, ["unaware-of-wish"]);
  }
});

test("a paper form of a visit before the wish is taken, of one after it is not", () => {
  const door = after([ENDED("asked_not_to_visit")]);
  const paper = aContext({ id: anId(2), base: null, atDesk: true });
  assert.ok(record(door, aVisit({ startedAt: MORNING }), paper).ok);
  const later = aVisit({ startedAt: EVENING + HOUR_MS });
  assert.equal(refusal(record(door, later, paper)), "do-not-visit");
});

test("a door does not tell whether it was refused, asked for rest, or stood empty", () => {
  const strip = (door: DoorState): unknown => ({ ...door, quietUntil: undefined });
  const doors = (["refused", "vacant_observed"] as const).map((outcome) =>
    strip(after([outcome === "refused" ? ENDED(outcome) : aKnock(EVENING, { outcome })])),
  );
  assert.deepEqual(doors[0], doors[1]);
});

// -- the ladder -----------------------------------------------------------------------------------

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
  assert.deepEqual(nextAttempt(door, CAMPAIGN, EVENING), { kind: "appointment", ...appointment });
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

// -- correction -----------------------------------------------------------------------------------

function correcting(original: Visit, changes: Partial<CorrectionContext> = {}): CorrectionContext {
  return {
    ...aContext({ id: anId(90) }),
    original,
    correctedBy: null,
    mayCorrectOthers: false,
    ...changes,
  };
}

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
  const first = accepted(record(NEW_DOOR, ENDED("asked_not_to_visit"), aContext()));
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
  assert.equal(tried({ now: DAY + 100 * DAY_MS }), "correction-too-late");
});

// -- notes and merging ----------------------------------------------------------------------------

function aNote(changes: Partial<NoteContext> = {}): NoteContext {
  const now = DAY + 10 * DAY_MS;
  return {
    now,
    correctedAt: now,
    base: 0,
    author: OFFICER,
    place: aPlace(),
    inspect: inspectText,
    ...changes,
  };
}

test("two officers who write a hint without knowing of each other keep both, marked", () => {
  const mine = accepted(note(NEW_DOOR, { placeId: HOME, accessHint: "按101#" }, aNote()));
  const both = accepted(
    note(mine.door, { placeId: HOME, accessHint: "找门卫" }, aNote({ author: COLLEAGUE })),
  );
  assert.equal(both.door.accessHint?.value, "找门卫");
  assert.deepEqual(both.door.accessHint?.others, ["按101#"]);
  const settled = accepted(
    note(both.door, { placeId: HOME, accessHint: "按101#后找门卫" }, aNote({ base: 2 })),
  );
  assert.equal(settled.door.accessHint?.others, undefined);
});

test("fields that only one of them set never collide", () => {
  const hint = accepted(note(NEW_DOOR, { placeId: HOME, accessHint: "按101#" }, aNote()));
  const appointment = { from: EVENING, to: EVENING + HOUR_MS };
  const both = accepted(
    note(hint.door, { placeId: HOME, appointment }, aNote({ author: COLLEAGUE })),
  );
  assert.equal(both.door.accessHint?.value, "按101#");
  assert.deepEqual(both.door.appointment?.value, appointment);
});

test("a wish that the officer has not seen can't be taken back", () => {
  const door = after([ENDED("asked_not_to_visit")]);
  const blind = accepted(
    note(door, { placeId: HOME, doNotVisit: false }, aNote({ base: 0, author: COLLEAGUE })),
  );
  assert.equal(doorStatus(blind.door, CAMPAIGN, EVENING), "ended");
});

test("a wish runs out after its time", () => {
  const door = after([ENDED("asked_not_to_visit")]);
  assert.equal(expireWish(door, EVENING), undefined);
  const free = expireWish(door, startOfLocalDay("2028-11-11"));
  assert.equal(free?.quietUntil, undefined);
  assert.equal(free?.version, 2);
});

test("a note must note something and hold no identity number", () => {
  assert.equal(refusal(note(NEW_DOOR, { placeId: HOME }, aNote())), "nothing-to-note");
  const text = "990101199001010015";
  assert.equal(
    refusal(note(NEW_DOOR, { placeId: HOME, accessHint: text }, aNote())),
    "text-forbidden",
  );
});

// -- properties -----------------------------------------------------------------------------------

const QUICK = fc.constantFrom<Outcome>(
  "no_answer",
  "completed_doorstep",
  "rescheduled",
  "inaccessible",
);

const VISITS = fc.array(
  fc.record({
    outcome: QUICK,
    minutes: fc.integer({ min: 0, max: 100 * 24 * 60 }),
    campaigns: fc.subarray([CAMPAIGN, OTHER_BEAT, BEAT]),
    card: fc.boolean(),
  }),
  { minLength: 1, maxLength: 20 },
);

function recordAll(
  visits: readonly { id: Id; outcome: Outcome; minutes: number; campaigns: Id[]; card: boolean }[],
): { door: DoorState; recorded: Recorded[] } {
  const recorded: Recorded[] = [];
  let door: DoorState = NEW_DOOR;
  for (const { id, outcome, minutes, campaigns, card } of visits) {
    const startedAt = DAY - 100 * DAY_MS + minutes * MINUTE_MS;
    const { spoke } = OUTCOME_MEANING[outcome];
    const command = aKnock(startedAt, {
      outcome,
      cardLeft: card,
      lastAttempt: card,
      ...(spoke ? { noticeGiven: "qr", idShown: true } : {}),
    });
    const one = accepted(
      record(door, command, aContext({ id, campaignsAt: () => campaigns, base: 0 })),
    );
    recorded.push(one);
    door = one.door;
  }
  return { door, recorded };
}

function countsOf(door: DoorState): unknown {
  const campaigns = [...door.campaigns].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { campaigns, months: door.months, outside: door.outside, last: door.lastContactOn };
}

test("the order in which visits arrive changes no count", () => {
  fc.assert(
    fc.property(VISITS, fc.integer(), (list, seed) => {
      const visits = list.map((visit, index) => ({ ...visit, id: anId(index + 1) }));
      const shuffled = [...visits].sort(
        (a, b) =>
          Math.imul(Number(a.id.slice(-6)) + 7, seed | 1) -
          Math.imul(Number(b.id.slice(-6)) + 7, seed | 1),
      );
      assert.deepEqual(countsOf(recordAll(visits).door), countsOf(recordAll(shuffled).door));
    }),
  );
});

test("the differences told to others add up to what the door holds, in any order", () => {
  fc.assert(
    fc.property(VISITS, (list) => {
      const { door, recorded } = recordAll(list.map((visit, i) => ({ ...visit, id: anId(i + 1) })));
      const deltas = recorded.flatMap(({ fact }) => fact.doors);
      for (const campaign of door.campaigns) {
        const sum = (
          of: "attempts" | "visits" | "households" | "neverReached" | "unreached",
        ): number =>
          deltas
            .flatMap(({ campaigns }) => campaigns)
            .filter(({ campaignId }) => campaignId === campaign.id)
            .reduce((total, delta) => total + delta[of], 0);
        assert.equal(sum("attempts"), campaign.attempts);
        assert.equal(sum("visits"), campaign.met);
        assert.equal(sum("households"), Number(campaign.met > 0));
        assert.equal(sum("neverReached"), Number(isNeverReached(campaign)));
        assert.equal(sum("unreached"), Number(isUnreached(campaign)));
      }
      const years = deltas.flatMap((delta) => delta.years);
      const year = years.reduce((total, { households }) => total + households, 0);
      assert.equal(year, new Set(Object.keys(door.months).map((m) => m.slice(0, 4))).size);
    }),
  );
});

test("correcting a visit to what it was leaves every count as it was", () => {
  fc.assert(
    fc.property(VISITS, fc.nat(), (list, pick) => {
      const { door, recorded } = recordAll(list.map((visit, i) => ({ ...visit, id: anId(i + 1) })));
      const chosen = recorded[pick % recorded.length]?.visit;
      assert.ok(chosen !== undefined);
      const { spoke } = OUTCOME_MEANING[chosen.outcome];
      const visit = aKnock(chosen.deviceAt, {
        outcome: chosen.outcome,
        cardLeft: chosen.details.cardLeft ?? false,
        lastAttempt: chosen.details.lastAttempt ?? false,
        ...(spoke ? { noticeGiven: "qr", idShown: true } : {}),
      });
      const context = correcting(chosen, {
        campaignsAt: () => chosen.campaignIds,
        base: door.version,
      });
      const { door: again, fact } = accepted(
        correct(door, null, { corrects: chosen.id, reason: "核对", visit }, context),
      );
      assert.deepEqual(countsOf(again), countsOf(door));
      for (const delta of fact.doors) {
        assert.deepEqual([delta.campaigns, delta.months, delta.years], [[], [], []]);
      }
    }),
  );
});

test("a door stays small whatever happens at it", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ outcome: QUICK, days: fc.nat(150) }), { maxLength: 60 }),
      (list) => {
        const campaigns = Array.from({ length: 20 }, (_, i) => anId(1000 + i));
        let door: DoorState = NEW_DOOR;
        for (const [index, { outcome, days }] of list.entries()) {
          const startedAt = EVENING - days * DAY_MS;
          const { spoke } = OUTCOME_MEANING[outcome];
          const command = aKnock(startedAt, {
            outcome,
            ...(spoke ? { noticeGiven: "qr", idShown: true } : {}),
          });
          const campaign = campaigns[index % campaigns.length] ?? CAMPAIGN;
          const context = aContext({
            id: anId(index + 1),
            campaignsAt: () => [campaign],
            alive: new Set(),
          });
          door = accepted(record(door, command, context)).door;
        }
        assert.ok(door.attempts.length <= 12);
        assert.ok(door.campaigns.length <= 8);
        assert.ok(JSON.stringify(door).length < 5000);
      },
    ),
    { numRuns: 30 },
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

test("every outcome is recordable and leaves a trace", () => {
  for (const outcome of OUTCOMES) {
    const { spoke, contact } = OUTCOME_MEANING[outcome];
    const visit = aKnock(EVENING, {
      outcome,
      ...(spoke ? { noticeGiven: "oral_and_card" } : {}),
      ...(contact ? { idShown: true, entryConsent: true } : {}),
    });
    assert.ok(record(NEW_DOOR, visit, aContext()).ok, outcome);
  }
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
