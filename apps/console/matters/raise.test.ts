import assert from "node:assert/strict";
import { test } from "node:test";
import { checkDraft } from "@wanjia/domain/matters/register";
import { draftOf, type RaiseValues, wishesFor } from "./raise.ts";

const values: RaiseValues = {
  placeId: "p",
  kind: "opinion",
  subtype: "patrol",
  text: " 晚上多巡逻 ",
  reporter: "resident",
  feedback: "phone",
  phone: "12001234567",
  consent: true,
};

test("what the form stands for is what the rule of the door accepts", () => {
  const draft = draftOf("m", values);
  assert.equal(draft.text, "晚上多巡逻");
  assert.deepEqual(draft.contact, { phone: "12001234567", consent: true });
  assert.equal(checkDraft(draft, () => []).ok, true);
});

test("a number typed before the resident wished no answer, or was unknown, isn't sent", () => {
  for (const change of [
    { feedback: "none" },
    { feedback: "notice_board" },
    { anonymous: true },
    { reporter: "officer" },
  ] as const) {
    const draft = draftOf("m", { ...values, ...change });
    assert.equal(draft.contact, undefined, JSON.stringify(change));
    assert.equal(checkDraft(draft, () => []).ok, true);
  }
  assert.deepEqual(wishesFor(true), ["notice_board", "none"]);
});

test("a grade goes with a hazard and stop signs with a dispute, whatever was chosen before", () => {
  const both = { ...values, grade: "major_candidate", stopSigns: ["party_in_fear"] } as const;
  assert.deepEqual(
    [draftOf("m", both).grade, draftOf("m", both).stopSigns],
    [undefined, undefined],
  );
  const hazard = draftOf("m", { ...both, kind: "hazard", subtype: "gas_smell" });
  assert.deepEqual([hazard.grade, hazard.stopSigns], ["major_candidate", undefined]);
  const dispute = draftOf("m", { ...both, kind: "dispute", subtype: "family" });
  assert.deepEqual([dispute.grade, dispute.stopSigns], [undefined, ["party_in_fear"]]);
});
