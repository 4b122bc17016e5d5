import assert from "node:assert/strict";
import { test } from "node:test";
import { matterNumber, printNumber } from "@wanjia/domain/matters/number";
import { printedReceiptCode, receiptCode } from "@wanjia/domain/shared/receipt-code";
import { contactOf, lacksConsent } from "./contact.ts";
import { namedBy, type PaperValues, stepOf } from "./paper.ts";

const CODE = receiptCode(new Uint8Array(24).fill(7));
const NUMBER = matterNumber("01990000-0000-7000-8000-000600000001");

test("a receipt is told from a number as it was copied, and a group that was misread is named", () => {
  assert.deepEqual(namedBy(printedReceiptCode(CODE)), { ok: true, by: "receipt", value: CODE });
  assert.deepEqual(namedBy(printNumber(NUMBER).toLowerCase()), {
    ok: true,
    by: "number",
    value: NUMBER,
  });
  const wrong = CODE.slice(0, 6) + String((Number(CODE[6]) + 1) % 10) + CODE.slice(7);
  assert.deepEqual(namedBy(wrong), { ok: false, group: 2 });
  assert.deepEqual(namedBy("三号楼的事"), { ok: false });
});

test("a callback from paper carries what was marked, and no mark that was left open", () => {
  const values = {
    errand: "callback",
    contacted: true,
    solved: "yes",
    satisfaction: 4,
    informed: 2,
    mayContact: false,
  } as PaperValues;
  assert.deepEqual(stepOf(values), {
    type: "answer_callback",
    contacted: true,
    solved: "yes",
    satisfaction: 4,
    informed: 2,
    mayContact: false,
    text: "",
  });
  assert.deepEqual(stepOf({ ...values, errand: "withdraw", text: " 不办了 " }), {
    type: "withdraw",
    text: "不办了",
  });
});

test("nothing of a contact is sent where nothing was written, and none without consent", () => {
  assert.deepEqual(contactOf({ phone: " ", salutation: "" }), {});
  assert.deepEqual(contactOf({ phone: " 12001234567 ", consent: true }), {
    contact: { phone: "12001234567", consent: true },
  });
  assert.equal(lacksConsent({ salutation: "王女士" }), true);
  assert.equal(lacksConsent({ salutation: "王女士", consent: true }), false);
  assert.equal(lacksConsent({}), false);
});
