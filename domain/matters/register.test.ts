import assert from "node:assert/strict";
import { test } from "node:test";
import { auxiliary, CALENDAR_2026, draft, HEARD_AT, matter, refusalOf } from "./fixtures.ts";
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
    auxiliary,
    HEARD_AT,
    CALENDAR_2026,
  );
  assert.equal(!raised.ok && raised.refusal.code, "sworn-officer-needed");
});

test("a draft needs words and a known sub-type, and no personal datum", () => {
  assert.equal(checkDraft(draft()).ok, true);
  const refused = (changes: Parameters<typeof draft>[0]) => {
    const checked = checkDraft(draft(changes));
    return checked.ok ? null : checked.refusal.code;
  };
  assert.equal(refused({ text: " " }), "text-missing");
  assert.equal(refused({ text: "长".repeat(1001) }), "text-too-long");
  assert.equal(refused({ subtype: "debt" }), "unknown-subtype");
  assert.equal(refused({ contact: { phone: "12345" } }), "phone-invalid");
  assert.equal(refused({ contact: { phone: "12001234567", salutation: "李女士" } }), null);
  assert.equal(
    refused({ contact: { phone: "0990-1234567" }, anonymous: true }),
    "contact-of-anonymous",
  );
  assert.equal(refused({ stopSigns: ["party_in_fear"] }), "of-other-kind");
});
