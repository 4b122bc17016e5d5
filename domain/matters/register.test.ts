import assert from "node:assert/strict";
import { test } from "node:test";
import { after, auxiliary, clockwork, draft, matter, officer, refusalOf } from "./fixtures.ts";
import { inspectText } from "../privacy/inspect.ts";
import { checkDraft, raise } from "./register.ts";

test("an auxiliary officer notes, and answers for nothing", () => {
  assert.equal(refusalOf(matter(), auxiliary, { type: "note", text: "住户补充：西侧后门" }), null);
  assert.equal(refusalOf(matter(), auxiliary, { type: "accept" }), "sworn-officer-needed");
  const raised = raise(
    draft(),
    {
      stationId: matter().stationId,
      beatId: null,
      communityId: null,
      visitId: null,
      campaignIds: [],
      origin: "officer",
      recipientId: auxiliary.memberId,
      finders: [],
    },
    { actor: auxiliary, ...clockwork(), inspect: inspectText },
  );
  assert.equal(!raised.ok && raised.refusal.code, "sworn-officer-needed");
});

test("a draft needs words and a known sub-type, and no personal datum", () => {
  assert.equal(checkDraft(draft(), inspectText).ok, true);
  const refused = (changes: Parameters<typeof draft>[0]) => {
    const checked = checkDraft(draft(changes), inspectText);
    return checked.ok ? null : checked.refusal.code;
  };
  assert.equal(refused({ text: " " }), "text-missing");
  assert.equal(refused({ text: "长".repeat(1001) }), "text-too-long");
  assert.equal(refused({ subtype: "debt" }), "unknown-subtype");
  assert.equal(refused({ contact: { phone: "12345", consent: true } }), "phone-invalid");
  assert.equal(
    refused({ contact: { phone: "12001234567", salutation: "李女士", consent: true } }),
    null,
  );
  assert.equal(
    refused({ contact: { phone: "0990-1234567", consent: true }, anonymous: true }),
    "contact-of-anonymous",
  );
  assert.equal(refused({ stopSigns: ["party_in_fear"] }), "of-other-kind");
  assert.equal(refused({ grade: "ordinary" }), "of-other-kind");
  assert.equal(refused({ text: "身份证 990101199001010015" }), "text-forbidden");
});

test("a contact is held to the rule of the door: an answer is wanted, and there is consent", () => {
  const contact = { phone: "12001234567", consent: true };
  const refused = (changes: Parameters<typeof draft>[0]) => {
    const checked = checkDraft(draft(changes), inspectText);
    return checked.ok ? null : checked.refusal.code;
  };
  assert.equal(refused({ contact: { ...contact, consent: false } }), "contact-without-consent");
  assert.equal(refused({ contact, feedback: "none" }), "contact-without-purpose");
  assert.equal(refused({ contact, reporter: "officer" }), "contact-without-purpose");
});

test("a hazard is ordinary unless somebody says more, and that can be corrected", () => {
  assert.equal(matter().grade, null);
  const hazard = matter({ kind: "hazard", subtype: "gas_smell" });
  assert.equal(hazard.grade, "ordinary");
  const graver = { type: "correct", grade: "major_candidate", why: "阀门漏气" } as const;
  assert.equal(after(hazard, [officer, graver]).grade, "major_candidate");
  assert.equal(refusalOf(matter(), officer, graver), "of-other-kind");
});
