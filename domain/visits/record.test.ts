import assert from "node:assert/strict";
import { test } from "node:test";
import { inspectText } from "../privacy/inspect.ts";
import { DAY_MS, HOUR_MS, type Instant, startOfLocalDay } from "../shared/instant.ts";
import type { VisitContext } from "./context.ts";
import { doorStatus, NEW_DOOR } from "./door.ts";
import {
  aContext,
  accepted,
  aKnock,
  anId,
  aPlace,
  AUXILIARY,
  aVisit,
  CAMPAIGN,
  COLLEAGUE,
  DAY,
  EVENING,
  OFFICER,
  OTHER_BEAT,
  refusal,
} from "./fixtures.ts";
import { record } from "./record.ts";
import {
  MAX_OTHERS,
  OUTCOMES,
  OUTCOME_MEANING,
  type RecordVisit,
  type VisitMatter,
} from "./terms.ts";

function aMatter(changes: Partial<VisitMatter> = {}): VisitMatter {
  const said = {
    kind: "opinion",
    subtype: "traffic",
    text: "路灯坏了",
    wantsAnswer: false,
  } as const;
  return { id: anId(50), ...said, ...changes };
}

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
    { inspect: inspectText },
  ],
  ["a note is short", "note-too-long", aVisit({ note: "长".repeat(201) })],
  [
    "only the campaign's leaflets are handed out",
    "leaflet-unknown",
    aVisit({ leaflets: [{ code: "x", quantity: 1 }] }),
  ],
  [
    "a leaflet is named once",
    "leaflet-repeated",
    aVisit({
      leaflets: [
        { code: "anti_fraud", quantity: 1 },
        { code: "anti_fraud", quantity: 2 },
      ],
    }),
  ],
  [
    "a matter is told once in a visit",
    "matter-repeated",
    aVisit({ matters: [aMatter(), aMatter()] }),
  ],
  ["a matter has words", "matter-empty", aVisit({ matters: [aMatter({ text: " \n" })] })],
  [
    "a matter has a thousand signs at most",
    "matter-too-long",
    aVisit({ matters: [aMatter({ text: "长".repeat(1001) })] }),
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

test("answers are checked by their form, and only a visit that met somebody has any", () => {
  const shop = aContext({ place: aPlace({ kind: "shop" }) });
  const form = { code: "form_shop", version: 1 } as const;
  const answers = { purpose_ack: true } as const;
  const outcomeOf = (changes: Partial<RecordVisit>): string | undefined =>
    refusal(record(NEW_DOOR, aVisit({ form, ...changes }), shop));
  assert.equal(outcomeOf({ answers }), undefined);
  assert.equal(outcomeOf({}), "answer-missing");
  assert.equal(outcomeOf({ answers: { ...answers, surprise: "x" } }), "answer-invalid");
  const refusing = { outcome: "refused", noticeGiven: "declined_to_hear" } as const;
  assert.equal(outcomeOf(refusing), undefined, "who refuses has answered nothing");
  const nobody = aKnock(EVENING, { form });
  assert.equal(refusal(record(NEW_DOOR, nobody, shop)), undefined);
  assert.equal(refusal(record(NEW_DOOR, { ...nobody, answers }, shop)), "contact-claimed");
});

test("a last attempt is warned of unless the ladder is finished in each campaign it is for", () => {
  const card = { cardLeft: true, lastAttempt: true } as const;
  const [first, ...rest] = [DAY + 10 * HOUR_MS, EVENING + DAY_MS, DAY + 4.5 * DAY_MS];
  const campaignsAt = (campaigns: readonly string[]) => ({ campaignsAt: () => campaigns });
  const one = accepted(record(NEW_DOOR, aKnock(first ?? 0), aContext()));
  const both = rest.reduce(
    (door, at, i) =>
      accepted(
        record(
          door,
          aKnock(at),
          aContext({ id: anId(i + 2), ...campaignsAt([CAMPAIGN, OTHER_BEAT]) }),
        ),
      ).door,
    one.door,
  );
  const last = aKnock(EVENING + 6 * DAY_MS, card);
  const warned = (campaigns: readonly string[]) =>
    accepted(record(both, last, aContext({ id: anId(9), ...campaignsAt(campaigns) }))).warnings;
  assert.deepEqual(warned([CAMPAIGN]), []);
  assert.deepEqual(warned([CAMPAIGN, OTHER_BEAT]), ["ladder-not-finished"]);
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
  assert.deepEqual(accepted(record(NEW_DOOR, visit, aContext({ inspect: inspectText }))).warnings, [
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

test("of one field a door keeps a value and four others; a sixth waits until that is settled", () => {
  const authors = [1, 2, 3, 4, 5, 6].map((n) => anId(60 + n));
  let door = NEW_DOOR;
  const answers = authors.map((author, n) => {
    const from = EVENING + n * DAY_MS;
    const visit = aVisit({ team: [author], appointment: { from, to: from + HOUR_MS } });
    const context = aContext({ id: anId(70 + n), author, member: () => ({ sworn: true }) });
    const answer = record(door, visit, context);
    if (answer.ok) door = answer.value.door;
    return refusal(answer);
  });
  assert.deepEqual(answers, [...Array<undefined>(MAX_OTHERS + 1), "too-many-versions"]);
});
