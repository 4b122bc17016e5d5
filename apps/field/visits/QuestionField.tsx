import { CheckField, ChoiceField, TextField } from "@wanjia/ui/form/fields";
import { Icon } from "@wanjia/ui/icons/Icon";
import { useTranslation } from "@wanjia/ui/language/language";
import type { Question } from "@wanjia/domain/visits/form-definition";
import type { AnswerValue } from "@wanjia/domain/visits/terms";
import { useLocale } from "../shell/work.tsx";
import { useDoubts } from "./doubts.tsx";

/** Draws one question of a form by its definition; knows the types and no single question. */
export function QuestionField({
  question,
  value,
  onValue,
}: {
  question: Question;
  value: AnswerValue | undefined;
  onValue: (value: AnswerValue | undefined) => void;
}) {
  return (
    <div className="question">
      <Answer question={question} value={value} onValue={onValue} />
      <Why question={question} />
    </div>
  );
}

function Why({ question }: { question: Question }) {
  const { t } = useTranslation("visits");
  const locale = useLocale();
  return (
    <details className="why">
      <summary>
        <Icon name="info" size={1} /> {t("form.why")}
      </summary>
      <p>{question.why[locale]}</p>
    </details>
  );
}

function Answer({
  question,
  value,
  onValue,
}: {
  question: Question;
  value: AnswerValue | undefined;
  onValue: (value: AnswerValue | undefined) => void;
}) {
  const { t } = useTranslation("visits");
  const locale = useLocale();
  const { type, required = false } = question;
  const label = question.label[locale];
  const options = (question.options ?? []).map((option) => ({
    value: option.value,
    label: option.label[locale],
  }));
  const list = Array.isArray(value) ? (value as readonly string[]) : [];
  const text = typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
  const warning = useDoubts(type === "text" ? text : "");
  switch (type) {
    case "select_one":
      return (
        <ChoiceField
          label={label}
          required={required}
          options={options}
          value={text ? [text] : []}
          onValue={([chosen]) => onValue(chosen)}
        />
      );
    case "select_multiple":
      return (
        <ChoiceField label={label} multiple options={options} value={list} onValue={onValue} />
      );
    case "checklist":
      return (
        <fieldset className="w-field">
          <legend className="w-field-label">{label}</legend>
          {options.map((option) => {
            const answer = list.find((one) => one.startsWith(`${option.value}:`));
            return (
              <ChoiceField
                key={option.value}
                label={option.label}
                options={(["yes", "no", "na"] as const).map((one) => ({
                  value: one,
                  label: t(`form.checklist.${one}`),
                }))}
                value={answer ? [answer.slice(option.value.length + 1)] : []}
                onValue={([chosen]) => {
                  const others = list.filter((one) => !one.startsWith(`${option.value}:`));
                  onValue(chosen ? [...others, `${option.value}:${chosen}`] : others);
                }}
              />
            );
          })}
        </fieldset>
      );
    case "text":
    case "uscc":
      return (
        <TextField
          label={label}
          required={required}
          maxLength={type === "uscc" ? 18 : (question.maxLength ?? 200)}
          lines={(question.maxLength ?? 0) > 60 ? 3 : 1}
          value={text}
          warning={warning}
          onValue={(next) => onValue(next || undefined)}
        />
      );
    case "phone":
      return (
        <TextField
          label={label}
          type="tel"
          inputMode="tel"
          autoComplete="off"
          maxLength={20}
          value={text}
          onValue={(next) => onValue(next || undefined)}
        />
      );
    case "integer":
      return (
        <TextField
          label={label}
          required={required}
          inputMode="numeric"
          value={text}
          onValue={(next) => {
            const digits = next.replaceAll(/\D/g, "");
            onValue(digits === "" ? undefined : Number(digits));
          }}
        />
      );
    case "date":
      return (
        <TextField
          label={label}
          required={required}
          type="date"
          value={text}
          onValue={(next) => onValue(next || undefined)}
        />
      );
    case "acknowledge":
      return (
        <CheckField
          label={label}
          checked={value === true}
          onChecked={(checked) => onValue(checked ? true : undefined)}
        />
      );
    case "notice":
      return <p className="notice">{label}</p>;
    case "matters":
      return null;
  }
}
