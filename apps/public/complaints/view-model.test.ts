import assert from "node:assert/strict";
import { test } from "node:test";
import { complaintOf, missingIn, NOTHING, type Written } from "./view-model.ts";

const whole: Written = { ...NOTHING, about: "unknown", kind: "delay", text: "三个月没有回音" };

test("what is missing is named, and a contact needs consent", () => {
  assert.deepEqual(missingIn(NOTHING), ["about", "kind", "text"]);
  assert.deepEqual(missingIn(whole), []);
  assert.deepEqual(missingIn({ ...whole, about: "station" }), ["station"]);
  assert.deepEqual(missingIn({ ...whole, text: "长".repeat(4001) }), ["long"]);
  assert.deepEqual(missingIn({ ...whole, phone: "123" }), ["phone", "consent"]);
  assert.deepEqual(missingIn({ ...whole, salutation: "王女士" }), ["consent"]);
});

test("without consent no contact goes along, and no station where none is concerned", async () => {
  const sent = (await complaintOf(
    "b",
    { ...whole, phone: "12012345678", stationId: "s" },
    "1",
  )) as {
    contact?: object;
    stationId: string | null;
  };
  assert.equal(sent.contact, undefined);
  assert.equal(sent.stationId, null);
});
