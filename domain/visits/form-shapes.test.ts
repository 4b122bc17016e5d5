import assert from "node:assert/strict";
import { test } from "node:test";
import { checkAnswers } from "./form-answers.ts";
import type { FormDefinition, Question } from "./form-definition.ts";
import { shopForm } from "./form-shop.ts";
import { toXlsForm } from "./form-xls.ts";
import type { AnswerValue, Answers } from "./terms.ts";

const text = (words: string) => ({ "zh-CN": words, en: words });
const option = (value: string) => ({ value, label: text(value) });

function ask(key: string, type: Question["type"], more: Partial<Question> = {}): Question {
  return {
    number: key.toUpperCase(),
    key,
    type,
    label: text(`label of ${key}`),
    why: text(`why ${key}`),
    personal: "none",
    store: "answers",
    retention: "campaign_end_24_months",
    ...more,
  };
}

/** One question of each type, and one for each condition there is. */
const form: FormDefinition = {
  ...shopForm,
  sections: [
    {
      key: "types",
      title: text("types"),
      questions: [
        ask("one", "select_one", { options: ["a", "b"].map(option) }),
        ask("several", "select_multiple", { options: ["a", "b"].map(option) }),
        ask("list", "checklist", { options: ["exits", "wires"].map(option) }),
        ask("words", "text", { maxLength: 5 }),
        ask("long", "text"),
        ask("count", "integer", { min: 2, max: 9 }),
        ask("any_count", "integer"),
        ask("phone", "phone"),
        ask("code", "uscc"),
        ask("day", "date"),
        ask("seen", "acknowledge"),
        ask("told", "notice"),
        ask("heard", "matters", { store: "matter" }),
      ],
    },
    {
      key: "conditions",
      title: text("conditions"),
      questions: [
        ask("if_a", "text", { required: true, condition: { question: "one", is: "a" } }),
        ask("if_in", "text", { condition: { question: "several", includes: "b" } }),
        ask("if_plan", "text", { condition: { campaign: "sampling_plan" } }),
        ask("if_wanted", "text", { condition: { matters: "wants_answer" } }),
        ask("if_both", "text", {
          condition: {
            all: [
              { question: "one", is: "b" },
              { question: "several", includes: "b" },
            ],
          },
        }),
        ask("if_either", "text", {
          condition: {
            any: [
              { question: "one", is: "b" },
              { question: "several", includes: "b" },
            ],
          },
        }),
      ],
    },
  ],
};

function problem(
  answers: Answers,
  around: { samplingPlan?: boolean; wantsAnswer?: boolean } = {},
): string | undefined {
  const checked = checkAnswers(form, answers, {
    samplingPlan: false,
    wantsAnswer: false,
    ...around,
  });
  return checked.ok
    ? undefined
    : `${checked.refusal.code} ${String(checked.refusal.params?.["question"])}`;
}

const SHAPES: readonly (readonly [string, readonly AnswerValue[], readonly AnswerValue[]])[] = [
  ["one", ["b"], ["c", ["b"], 1]],
  ["several", [[], ["a"], ["a", "b"]], ["a", ["c"], ["a", "c"], ["a", "a"]]],
  [
    "list",
    [[], ["exits:yes"], ["exits:no", "wires:na"]],
    ["exits:yes", ["exits"], ["exits:maybe"], ["doors:yes"], ["exits:yes", "doors:yes"]],
  ],
  ["list", [["exits:yes", "wires:yes"]], [["exits:yes", "exits:no"]]],
  ["words", ["", "五个字可以"], ["六个字就太长", 5, true]],
  ["long", ["x".repeat(200)], ["x".repeat(201)]],
  ["count", [2, 9], [1, 10, 2.5, "3", Number.NaN]],
  ["any_count", [0, 1_000_000], [-1, 1_000_001]],
  ["phone", ["12000000001"], ["12345", 12000000001]],
  // The credit code that GB 32100-2015 itself shows, and the same with one sign wrong.
  ["code", ["91350100M000100Y43"], ["91350100M000100Y44", "91350100M000100Z43", 9]],
  ["day", ["2028-02-29"], ["2027-02-29", "tomorrow", 20270101]],
  ["seen", [true], [false, "yes"]],
  ["told", [], ["", true]],
  ["heard", [], [[], "words"]],
];

for (const [key, good, bad] of SHAPES) {
  test(`an answer has the shape of its question: ${key}`, () => {
    for (const value of good) assert.equal(problem({ [key]: value }), undefined, String(value));
    for (const value of bad) {
      assert.equal(problem({ [key]: value }), `answer-invalid ${key.toUpperCase()}`, String(value));
    }
  });
}

test("a question is asked, and may be answered, only where its condition holds", () => {
  const never = (key: string) => `answer-invalid ${key.toUpperCase()}`;
  assert.equal(problem({ one: "a" }), "answer-missing IF_A");
  assert.equal(problem({ one: "a", if_a: "x" }), undefined);
  assert.equal(problem({ one: "b" }), undefined);
  assert.equal(problem({ one: "b", if_a: "x" }), never("if_a"));
  assert.equal(problem({ several: ["a", "b"], if_in: "x" }), undefined);
  assert.equal(problem({ several: ["a"], if_in: "x" }), never("if_in"));
  assert.equal(problem({ if_in: "x" }), never("if_in"));
  assert.equal(problem({ if_plan: "x" }), never("if_plan"));
  assert.equal(problem({ if_plan: "x" }, { samplingPlan: true }), undefined);
  assert.equal(problem({ if_plan: "x" }, { wantsAnswer: true }), never("if_plan"));
  assert.equal(problem({ if_wanted: "x" }), never("if_wanted"));
  assert.equal(problem({ if_wanted: "x" }, { wantsAnswer: true }), undefined);
  const b = { one: "b" };
  const both = { ...b, several: ["b"] };
  assert.equal(problem({ ...both, if_both: "x", if_either: "x" }), undefined);
  assert.equal(problem({ ...b, if_both: "x" }), never("if_both"));
  assert.equal(problem({ ...b, if_either: "x" }), undefined);
  assert.equal(problem({ if_either: "x" }), never("if_either"));
  assert.equal(problem({ stranger: "x" }), "answer-invalid stranger");
});

test("an XLSForm says of each question what it is, when it is asked, what it takes and why", () => {
  const { survey, choices, settings } = toXlsForm(form);
  const rowsOf = (key: string) => survey.filter((row) => row["name"] === key);
  const only = (key: string, ...columns: string[]) =>
    columns.map((column) => rowsOf(key)[0]?.[column]);
  for (const [key, type] of [
    ["one", "select_one one_options"],
    ["several", "select_multiple several_options"],
    ["list", "begin_group"],
    ["exits", "select_one yes_no_na"],
    ["words", "text"],
    ["count", "integer"],
    ["phone", "text"],
    ["code", "text"],
    ["day", "date"],
    ["seen", "acknowledge"],
    ["told", "note"],
    ["heard", "begin_repeat"],
    ["heard_text", "text"],
    ["opening", "note"],
    ["sampling_plan", "hidden"],
    ["wants_answer", "hidden"],
  ] as const) {
    assert.deepEqual(only(key, "type"), [type], key);
  }
  assert.deepEqual(only("one", "label::中文 (zh)", "label::English (en)", "hint::中文 (zh)"), [
    "label of one",
    "label of one",
    "why one",
  ]);
  assert.deepEqual(only("one", "body::personal", "body::retention", "required", "relevant"), [
    "none",
    "campaign_end_24_months",
    undefined,
    undefined,
  ]);
  assert.deepEqual(
    ["words", "long", "count", "any_count", "phone", "code", "day"].map((key) =>
      only(key, "constraint").at(0),
    ),
    [
      "string-length(.) <= 5",
      "string-length(.) <= 200",
      ". >= 2 and . <= 9",
      ". >= 0 and . <= 1000000",
      "regex(., '^[0-9 +-]{5,20}$')",
      "regex(., '^[0-9A-HJ-NPQRTUWXY]{18}$')",
      undefined,
    ],
  );
  assert.deepEqual(only("if_a", "required"), ["yes"]);
  assert.deepEqual(
    ["if_a", "if_in", "if_plan", "if_wanted", "if_both", "if_either"].map((key) =>
      only(key, "relevant").at(0),
    ),
    [
      "${one} = 'a'",
      "selected(${several}, 'b')",
      "${sampling_plan} = 'yes'",
      "${wants_answer} = 'yes'",
      "(${one} = 'b') and (selected(${several}, 'b'))",
      "(${one} = 'b') or (selected(${several}, 'b'))",
    ],
  );
  assert.deepEqual(
    choices.map((row) => `${row["list_name"]} ${row["name"]}`),
    [
      "one_options a",
      "one_options b",
      "several_options a",
      "several_options b",
      "yes_no_na yes",
      "yes_no_na no",
      "yes_no_na na",
    ],
  );
  assert.equal(settings[0]?.["expires_on"], form.marks.expiresOn);
  const plain = { ...form, sections: form.sections.slice(1) };
  assert.deepEqual(toXlsForm(plain).choices, [], "no list that nothing asks for");
});
