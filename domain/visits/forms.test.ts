import assert from "node:assert/strict";
import { test } from "node:test";
import { inspectText } from "../privacy/inspect.ts";
import { checkAnswers, isExpired, isUscc } from "./form-answers.ts";
import { FORM_CODES, questionsOf } from "./form-definition.ts";
import { householdForm } from "./form-household.ts";
import { shopForm } from "./form-shop.ts";
import { FORMS } from "./forms.ts";
import { toXlsForm } from "./form-xls.ts";
import type { Answers } from "./terms.ts";

const NOTHING = { samplingPlan: false, wantsAnswer: false };

function problem(answers: Answers, form = householdForm, around = NOTHING): string | undefined {
  const checked = checkAnswers(form, answers, around);
  return checked.ok ? undefined : checked.refusal.code;
}

for (const code of FORM_CODES) {
  const form = FORMS[code];

  test(`${code}: every question says in both languages what it asks and why`, () => {
    for (const { number, label, why, options = [] } of questionsOf(form)) {
      for (const text of [label, why, ...options.map((one) => one.label)]) {
        assert.ok(text["zh-CN"].length > 0 && text.en.length > 0, number);
      }
    }
  });

  test(`${code}: numbers and keys are unique, conditions name questions of the form`, () => {
    const questions = questionsOf(form);
    assert.equal(new Set(questions.map(({ number }) => number)).size, questions.length);
    const keys = new Set(questions.map(({ key }) => key));
    assert.equal(keys.size, questions.length);
    const named = JSON.stringify(questions.map(({ condition }) => condition ?? null));
    for (const [, key = ""] of named.matchAll(/"question":"(\w+)"/g)) assert.ok(keys.has(key), key);
  });

  test(`${code}: what is personal is never required and never kept with the visit unless ordinary`, () => {
    for (const { number, personal, required, store } of questionsOf(form)) {
      if (personal === "none") continue;
      assert.notEqual(required, true, number);
      if (personal === "consent" || personal === "sensitive_possible") {
        assert.notEqual(store, "answers", number);
      }
    }
  });

  test(`${code}: asks for nothing that is forbidden`, () => {
    for (const { label } of questionsOf(form)) {
      const kinds = inspectText(label["zh-CN"]).filter(
        ({ category }) => category !== "id_document",
      );
      assert.deepEqual(kinds, [], label["zh-CN"]);
    }
  });

  test(`${code}: maps onto the three sheets of an XLSForm`, () => {
    const { survey, choices, settings } = toXlsForm(form);
    const lists = new Set(choices.map((row) => row["list_name"]));
    let depth = 0;
    for (const row of survey) {
      const [type = "", list] = (row["type"] ?? "").split(" ");
      if (type.startsWith("begin_")) depth += 1;
      if (type.startsWith("end_")) depth -= 1;
      assert.ok(depth >= 0);
      if (list !== undefined) assert.ok(lists.has(list), list);
    }
    assert.equal(depth, 0, "every group is closed");
    const names = survey
      .filter((row) => !row["type"]?.startsWith("end_"))
      .map((row) => row["name"]);
    assert.equal(new Set(names).size, names.length, "names are unique");
    for (const row of survey) {
      for (const [, name = ""] of (row["relevant"] ?? "").matchAll(/\$\{(\w+)\}/g)) {
        assert.ok(names.includes(name), name);
      }
    }
    assert.deepEqual(
      [settings[0]?.["form_id"], settings[0]?.["version"], settings[0]?.["form_no"]],
      [form.code, String(form.version), form.marks.formNo],
    );
  });
}

test("an empty household form is complete", () => {
  assert.equal(problem({}), undefined);
});

test("a shop's form is complete only when it was said that this is no inspection", () => {
  assert.equal(problem({}, shopForm), "answer-missing");
  assert.equal(problem({ purpose_ack: true }, shopForm), undefined);
});

const BAD: readonly (readonly [string, Answers])[] = [
  ["an unknown question", { surprise: "x" }],
  ["an unknown option", { registration_service: "maybe" }],
  ["a list where one answer is asked", { registration_service: ["none"] }],
  ["how the home is used, which has a store of its own", { occupancy_status: "rented" }],
  ["a telephone number, which belongs to a matter", { contact_phone: "12000000001" }],
  ["household size without an approved sampling plan", { household_size_band: "2" }],
];
for (const [what, answers] of BAD) {
  test(`the household form takes no answer of ${what}`, () => {
    assert.equal(problem(answers), "answer-invalid");
  });
}

test("household size is asked under an approved sampling plan", () => {
  const plan = { ...NOTHING, samplingPlan: true };
  assert.equal(problem({ household_size_band: "2" }, householdForm, plan), undefined);
});

const BAD_SHOP: readonly (readonly [string, Answers])[] = [
  ["a credit code with a wrong check character", { uscc: "91350200M000100Y44" }],
  [
    "a checklist answer that is neither yes, no nor not applicable",
    { fire_basics: ["exits_clear:maybe"] },
  ],
  ["one checklist item twice", { fire_basics: ["exits_clear:yes", "exits_clear:no"] }],
  ["a name of 61 characters", { premises_name: "店".repeat(61) }],
  ["one option twice", { security_measures: ["guard", "guard"] }],
];
for (const [what, answers] of BAD_SHOP) {
  test(`a shop's form refuses ${what}`, () => {
    assert.equal(problem({ purpose_ack: true, ...answers }, shopForm), "answer-invalid");
  });
}

test("a form may be used on its last day and not after", () => {
  assert.equal(isExpired(householdForm, "2027-12-31"), false);
  assert.equal(isExpired(householdForm, "2028-01-01"), true);
});

test("credit codes are checked by GB 32100", () => {
  assert.ok(isUscc("91350100M000100Y43"));
  assert.ok(!isUscc("91350100M000100Y44"));
  assert.ok(!isUscc("91350100M000100Y4"));
});
