/** A form as the rows of an XLSForm (xlsform.org): sheets `survey`, `choices` and `settings`. */
import type { Condition, FormDefinition, Question, Text } from "./form-definition.ts";

const ZH = "::中文 (zh)";
const EN = "::English (en)";

type XlsRow = Readonly<Record<string, string>>;

export interface XlsForm {
  readonly survey: readonly XlsRow[];
  readonly choices: readonly XlsRow[];
  readonly settings: readonly XlsRow[];
}

export function toXlsForm(form: FormDefinition): XlsForm {
  const survey: XlsRow[] = [];
  const choices: XlsRow[] = [];
  survey.push(
    { type: "note", name: "opening", ...columns("label", form.opening) },
    // What conditions may ask beside the answers; the program that collects sets them.
    { type: "hidden", name: "sampling_plan" },
    { type: "hidden", name: "wants_answer" },
  );
  for (const section of form.sections) {
    survey.push({ type: "begin_group", name: section.key, ...columns("label", section.title) });
    for (const question of section.questions) {
      survey.push(...surveyRows(question));
      choices.push(...choiceRows(question));
    }
    survey.push({ type: "end_group", name: section.key });
  }
  return {
    survey,
    choices: [...choices, ...yesNo(form)],
    settings: [
      {
        form_title: `${form.title["zh-CN"]} / ${form.title.en}`,
        form_id: form.code,
        version: String(form.version),
        default_language: "中文 (zh)",
        form_no: form.marks.formNo,
        issuing_body: form.marks.issuingBody["zh-CN"],
        approval_no: form.marks.approvalNo,
        expires_on: form.marks.expiresOn,
      },
    ],
  };
}

function columns(name: "label" | "hint", text: Text): XlsRow {
  return { [`${name}${ZH}`]: text["zh-CN"], [`${name}${EN}`]: text.en };
}

function listOf(question: Question): string {
  return `${question.key}_options`;
}

/** The type word of XLSForm; a checklist becomes a group, matters a repeat. */
function typeOf(question: Question): string {
  switch (question.type) {
    case "select_one":
    case "select_multiple":
      return `${question.type} ${listOf(question)}`;
    case "text":
    case "phone":
    case "uscc":
      return "text";
    case "integer":
    case "date":
    case "acknowledge":
      return question.type;
    case "notice":
      return "note";
    case "checklist":
      return "begin_group";
    case "matters":
      return "begin_repeat";
  }
}

const PATTERNS: Readonly<Partial<Record<Question["type"], string>>> = {
  phone: "regex(., '^[0-9 +-]{5,20}$')",
  uscc: "regex(., '^[0-9A-HJ-NPQRTUWXY]{18}$')",
};

function surveyRows(question: Question): XlsRow[] {
  const condition = question.condition === undefined ? "" : relevant(question.condition);
  const row: XlsRow = {
    type: typeOf(question),
    name: question.key,
    ...columns("label", question.label),
    ...columns("hint", question.why),
    ...(question.required === true ? { required: "yes" } : {}),
    ...(condition === "" ? {} : { relevant: condition }),
    ...constraintOf(question),
    "body::personal": question.personal,
    "body::retention": question.retention,
  };
  if (question.type === "checklist") {
    return [
      row,
      ...(question.options ?? []).map((item) => ({
        type: "select_one yes_no_na",
        name: item.value,
        ...columns("label", item.label),
      })),
      { type: "end_group", name: question.key },
    ];
  }
  if (question.type === "matters") {
    return [
      row,
      { type: "text", name: `${question.key}_text`, ...columns("label", question.label) },
      { type: "end_repeat", name: question.key },
    ];
  }
  return [row];
}

function constraintOf(question: Question): XlsRow {
  const pattern = PATTERNS[question.type];
  if (pattern !== undefined) return { constraint: pattern };
  if (question.type === "text") {
    return { constraint: `string-length(.) <= ${question.maxLength ?? 200}` };
  }
  if (question.type === "integer") {
    return { constraint: `. >= ${question.min ?? 0} and . <= ${question.max ?? 1_000_000}` };
  }
  return {};
}

function relevant(condition: Condition): string {
  if ("all" in condition) return joined(condition.all, " and ");
  if ("any" in condition) return joined(condition.any, " or ");
  if ("campaign" in condition) return "${sampling_plan} = 'yes'";
  if ("matters" in condition) return "${wants_answer} = 'yes'";
  const reference = `\${${condition.question}}`;
  return "includes" in condition
    ? `selected(${reference}, '${condition.includes}')`
    : `${reference} = '${String(condition.is)}'`;
}

function joined(parts: readonly Condition[], by: string): string {
  return parts.map((part) => `(${relevant(part)})`).join(by);
}

function choiceRows(question: Question): XlsRow[] {
  if (question.type !== "select_one" && question.type !== "select_multiple") return [];
  return (question.options ?? []).map((item) => ({
    list_name: listOf(question),
    name: item.value,
    ...columns("label", item.label),
  }));
}

function yesNo(form: FormDefinition): XlsRow[] {
  const needed = form.sections.some(({ questions }) =>
    questions.some(({ type }) => type === "checklist"),
  );
  if (!needed) return [];
  return [
    { value: "yes", zh: "是", en: "Yes" },
    { value: "no", zh: "否", en: "No" },
    { value: "na", zh: "不适用", en: "Not applicable" },
  ].map(({ value, zh, en }) => ({
    list_name: "yes_no_na",
    name: value,
    [`label${ZH}`]: zh,
    [`label${EN}`]: en,
  }));
}
