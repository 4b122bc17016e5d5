import { useQuery } from "@tanstack/react-query";
import { isAsked } from "@wanjia/domain/visits/form-answers";
import { questionsOf } from "@wanjia/domain/visits/form-definition";
import { FORMS } from "@wanjia/domain/visits/forms";
import { Select } from "antd";
import { api } from "../shell/api.ts";
import { Field } from "../shell/Field.tsx";
import { currentLocale } from "../shell/language.ts";
import { Card } from "../shell/Page.tsx";
import { QuestionField } from "./QuestionField.tsx";
import type { PaperProps } from "./paper.ts";
import { useVisitWords } from "./words.ts";

export function PaperForm({ paper, change }: PaperProps) {
  const words = useVisitWords();
  const locale = currentLocale();
  const adopted = useQuery(api.campaigns.forms.queryOptions());
  const options = (adopted.data?.items ?? [])
    .filter((form) => form.marks.expiresOn >= paper.date)
    .map((form) => ({
      value: `${form.code} ${form.version}`,
      label: `${form.title[locale]} · ${form.marks.formNo}`,
      form,
    }));
  const chosen = options.find(
    ({ form }) => form.code === paper.form?.code && form.version === paper.form.version,
  );
  const around = {
    samplingPlan: false,
    wantsAnswer: paper.matters.some(({ wantsAnswer }) => wantsAnswer),
  };
  const questions = chosen
    ? questionsOf(FORMS[chosen.form.code]).filter(
        (question) => question.store === "answers" && isAsked(question, paper.answers, around),
      )
    : [];
  return (
    <Card title={words("paper.form")}>
      <div className="desk-stack">
        <Field label={words("field.form")}>
          {(id) => (
            <Select
              id={id}
              allowClear
              placeholder={words("paper.no_form")}
              value={chosen?.value ?? null}
              options={options.map(({ value, label }) => ({ value, label }))}
              onChange={(value: string | null | undefined) => {
                const form = options.find((option) => option.value === value)?.form;
                change({
                  form: form && { code: form.code, version: form.version },
                  answers: {},
                });
              }}
            />
          )}
        </Field>
        {questions.map((question) => (
          <QuestionField
            key={question.key}
            question={question}
            value={paper.answers[question.key]}
            onChange={(value) => {
              const { [question.key]: _before, ...answers } = paper.answers;
              change({
                answers: value === undefined ? answers : { ...answers, [question.key]: value },
              });
            }}
          />
        ))}
      </div>
    </Card>
  );
}
