import assert from "node:assert/strict";
import test from "node:test";
import { householdForm } from "@wanjia/domain/visits/form-household";
import { shopForm } from "@wanjia/domain/visits/form-shop";
import {
  askedSections,
  commandBody,
  contactQuestions,
  doubts,
  draftOf,
  matterKinds,
  newDraft,
  type DraftMatter,
  type VisitDraft,
} from "./draft.ts";

const PLACE = "01990000-0000-7000-8000-000700000001";
const BUILDING = "01990000-0000-7000-8000-000600000001";
const OFFICER = "01990000-0000-7000-8000-000500000001";
const NOW = 1_794_304_800_000;

const aMatter: DraftMatter = {
  id: "01990000-0000-7000-8000-000900000001",
  kind: "opinion",
  subtype: "patrol",
  text: "夜里多巡逻",
  common: false,
  grade: "ordinary",
  wantsAnswer: true,
};

function aDraft(changes: Partial<VisitDraft> = {}): VisitDraft {
  return {
    ...newDraft(PLACE, [OFFICER], NOW - 240_000),
    idShown: true,
    noticeGiven: "oral_and_card",
    ...changes,
  };
}

test("an empty form gives a visit without a personal datum", () => {
  assert.deepEqual(commandBody(aDraft(), householdForm, false, BUILDING, NOW), {
    placeId: PLACE,
    outcome: "completed_doorstep",
    startedAt: NOW - 240_000,
    endedAt: NOW,
    team: [OFFICER],
    idShown: true,
    noticeGiven: "oral_and_card",
    form: { code: "form_household", version: 1 },
  });
});

test("each answer goes to the home that its question names", () => {
  const values = {
    occupancy_status: "rented",
    knows_officer: "both",
    registration_service: "wants_help",
    fraud_advice: ["anti_fraud"],
  };
  const body = commandBody(aDraft({ values }), householdForm, false, BUILDING, NOW);
  assert.deepEqual(body.answers, { registration_service: "wants_help" });
  assert.deepEqual(
    [body.occupancy, body.knowsOfficer, body.topics],
    ["rented", "both", ["anti_fraud"]],
  );
});

test("the number of people at home is asked only where a sampling plan needs it", () => {
  const keys = (samplingPlan: boolean) =>
    askedSections(householdForm, aDraft(), samplingPlan)
      .flatMap(({ questions }) => questions)
      .map(({ key }) => key);
  assert.ok(!keys(false).includes("household_size_band"));
  assert.ok(keys(true).includes("household_size_band"));
  const values = { household_size_band: "2" };
  assert.equal(
    commandBody(aDraft({ values }), householdForm, false, BUILDING, NOW).answers,
    undefined,
  );
});

test("a phone is asked for only when something wants an answer, and goes with that matter alone", () => {
  assert.deepEqual(contactQuestions(householdForm, aDraft()), []);
  const hazard: DraftMatter = {
    ...aMatter,
    id: "01990000-0000-7000-8000-000900000002",
    kind: "hazard",
    subtype: "unlit_path",
    common: true,
    grade: "major_candidate",
    wantsAnswer: false,
  };
  const draft = aDraft({
    matters: [aMatter, hazard],
    values: { contact_phone: "12900000001", contact_salutation: "王女士", feedback_wanted: "sms" },
    consent: true,
  });
  assert.ok(contactQuestions(householdForm, draft).length > 0);
  const [opinion, found] = commandBody(draft, householdForm, false, BUILDING, NOW).matters ?? [];
  assert.deepEqual(opinion?.contact, {
    salutation: "王女士",
    phone: "12900000001",
    preference: "sms",
    consent: true,
  });
  assert.equal(found?.contact, undefined);
  assert.deepEqual([opinion?.grade, found?.grade], [undefined, "major_candidate"]);
  assert.equal(found?.placeId, BUILDING);
  assert.equal(opinion?.placeId, undefined);
});

test("a shop's form asks its own questions and the same four kinds of matters", () => {
  assert.deepEqual(new Set(matterKinds(shopForm)), new Set(matterKinds(householdForm)));
  const asked = askedSections(shopForm, aDraft(), false).flatMap(({ questions }) => questions);
  assert.ok(asked.some(({ type }) => type === "acknowledge"));
});

test("a recorded visit becomes the draft that gives the same visit again", () => {
  const draft = aDraft({
    outcome: "completed_inside",
    entryConsent: true,
    cardLeft: true,
    leaflets: { anti_fraud: 2 },
    companions: ["grid_worker"],
    accessNeeds: ["large_print"],
    note: "门铃坏了",
    values: { occupancy_status: "rented", registration_service: "none", feedback_wanted: "letter" },
    matters: [aMatter],
  });
  const body = commandBody(draft, householdForm, false, BUILDING, NOW);
  const again = commandBody(draftOf(body, householdForm), householdForm, false, BUILDING, NOW);
  assert.deepEqual(again, body);
});

test("doubtful words are told once each kind", () => {
  assert.deepEqual(doubts("请打13912345678或13912345679"), ["phone"]);
  assert.deepEqual(doubts("三单元路灯不亮"), []);
});
