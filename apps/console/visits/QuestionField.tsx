import type { Question } from "@wanjia/domain/visits/form-definition";
import type { AnswerValue } from "@wanjia/domain/visits/terms";
import { Checkbox, Input, InputNumber, Radio, Select } from "antd";
import { useId } from "react";
import { currentLocale } from "../shell/language.ts";
import { useVisitWords } from "./words.ts";

const ANSWERS = ["yes", "no", "na"] as const;

/** One question of a form, as its definition says. `undefined` is "not answered". */
export function QuestionField({
  question,
  value,
  onChange,
}: {
  question: Question;
  value: AnswerValue | undefined;
  onChange: (value: AnswerValue | undefined) => void;
}) {
  const words = useVisitWords();
  const id = useId();
  const locale = currentLocale();
  const label = `${question.number} ${question.label[locale]}`;
  const options = (question.options ?? []).map((option) => ({
    value: option.value,
    label: option.label[locale],
  }));
  const text = (next: string) => onChange(next === "" ? undefined : next);
  const many = Array.isArray(value) ? (value as readonly string[]) : [];
  switch (question.type) {
    case "select_one":
      return (
        <label className="desk-field" htmlFor={id}>
          <span>{label}</span>
          <Select
            id={id}
            allowClear
            value={typeof value === "string" ? value : null}
            options={options}
            onChange={(next: string | null | undefined) => onChange(next ?? undefined)}
          />
        </label>
      );
    case "select_multiple":
      return (
        <fieldset className="desk-field">
          <legend>{label}</legend>
          <Checkbox.Group
            value={[...many]}
            options={options}
            onChange={(next) => onChange(next.length === 0 ? undefined : next)}
          />
        </fieldset>
      );
    case "checklist":
      return (
        <fieldset className="desk-field">
          <legend>{label}</legend>
          {options.map((option) => (
            <div key={option.value} className="paper-check">
              <span id={`${id}-${option.value}`}>{option.label}</span>
              <Radio.Group
                aria-labelledby={`${id}-${option.value}`}
                value={many
                  .find((one) => one.startsWith(`${option.value}:`))
                  ?.slice(option.value.length + 1)}
                options={ANSWERS.map((answer) => ({
                  value: answer,
                  label: words(`paper.checklist.${answer}`),
                }))}
                onChange={(event) =>
                  onChange([
                    ...many.filter((one) => !one.startsWith(`${option.value}:`)),
                    `${option.value}:${String(event.target.value)}`,
                  ])
                }
              />
            </div>
          ))}
        </fieldset>
      );
    case "text":
    case "uscc":
    case "date":
    case "phone":
      return (
        <label className="desk-field" htmlFor={id}>
          <span>{label}</span>
          <Input
            id={id}
            type={question.type === "date" ? "date" : "text"}
            maxLength={question.maxLength ?? 200}
            value={typeof value === "string" ? value : ""}
            onChange={(event) => text(event.target.value)}
          />
        </label>
      );
    case "integer":
      return (
        <label className="desk-field" htmlFor={id}>
          <span>{label}</span>
          <InputNumber
            id={id}
            precision={0}
            min={question.min ?? 0}
            max={question.max ?? 1_000_000}
            value={typeof value === "number" ? value : null}
            onChange={(next) => onChange(next ?? undefined)}
          />
        </label>
      );
    case "acknowledge":
      return (
        <Checkbox
          checked={value === true}
          onChange={(event) => onChange(event.target.checked ? true : undefined)}
        >
          {label}
        </Checkbox>
      );
    case "notice":
    case "matters":
      return null;
  }
}
