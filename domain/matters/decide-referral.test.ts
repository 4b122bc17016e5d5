import assert from "node:assert/strict";
import { test } from "node:test";
import {
  after,
  colleague,
  feedbackCentre,
  matter,
  officer,
  propertyManager,
  refusalOf,
  urbanManagement,
} from "./fixtures.ts";
import { REFERRAL_LIMITS } from "./referral.ts";
import type { MatterCommand } from "./terms.ts";

const to = propertyManager.partnerId ?? "";
const refer = (changes: object = {}): MatterCommand =>
  ({
    type: "refer",
    to,
    bodyKind: "property_manager",
    basis: "duty",
    text: "单元门禁坏了",
    ...changes,
  }) as MatterCommand;
const back = { type: "return_assignment", reason: "不在服务范围" } as const;
const recall = { type: "recall", text: "改由本所办" } as const;

test("a dispute goes to no body before it is known that nobody is in danger", () => {
  const dispute = matter({ kind: "dispute", subtype: "noise" });
  assert.equal(refusalOf(dispute, officer, refer()), "screening-needed");
  const screened = after(dispute, [officer, { type: "screen", stopSigns: [] }]);
  assert.equal(refusalOf(screened, officer, refer()), null);
});

test("a referral is by who answers for it, to somebody else, with a basis of bounded length", () => {
  assert.equal(refusalOf(matter(), colleague, refer()), "not-responsible");
  assert.equal(refusalOf(matter(), feedbackCentre, refer()), null);
  const law = "长".repeat(REFERRAL_LIMITS.lawLength + 1);
  assert.equal(refusalOf(matter(), officer, refer({ law })), "text-too-long");
  const sent = after(matter(), [officer, refer()]);
  assert.equal(refusalOf(sent, officer, refer()), "already-responsible");
  const nobody = matter({ anonymous: true, feedback: "page" });
  const contact = { phone: "12001234567" };
  assert.equal(refusalOf(nobody, officer, refer({ contact })), "contact-of-anonymous");
});

test("after two returns the feedback centre decides, and what it decided only it takes back", () => {
  const twice = after(
    matter(),
    [officer, refer()],
    [propertyManager, back],
    [officer, refer()],
    [propertyManager, back],
  );
  assert.equal(refusalOf(twice, officer, refer()), "arbiter-decides");
  const decided = after(twice, [feedbackCentre, refer()]);
  assert.equal(refusalOf(decided, propertyManager, back), "arbiter-decides");
  assert.equal(refusalOf(decided, officer, recall), "arbiter-decides");
  assert.equal(refusalOf(decided, feedbackCentre, recall), null);
});

test("only who may send it takes it back; another body has no word, and the right one only its own", () => {
  const sent = after(matter(), [officer, refer()]);
  assert.equal(refusalOf(sent, colleague, recall), "not-responsible");
  assert.equal(refusalOf(sent, officer, recall), null);
  assert.equal(refusalOf(sent, urbanManagement, { type: "accept" }), "not-assigned-to-you");
  assert.equal(refusalOf(sent, propertyManager, { type: "note", text: "看过" }), "not-permitted");
});
