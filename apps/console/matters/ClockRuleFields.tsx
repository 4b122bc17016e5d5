import type { ClockRuleRow } from "@wanjia/contract/clock-rules";
import { CLOCK_UNITS, PAUSE_REASONS } from "@wanjia/domain/matters/clock-terms";
import { Checkbox, Form, Input, InputNumber } from "antd";
import { Choice, Pick, useRequired } from "./fields.tsx";
import { useMatterLabels } from "./labels.ts";
import { useMatterWords } from "./words.ts";

/** The fields of a new version of a time limit: see `ruleDraft` in the view model. */
export function ClockRuleFields({ rule }: { rule: ClockRuleRow }) {
  const words = useMatterWords();
  const labels = useMatterLabels();
  const runs = rule.purpose !== null;
  return (
    <>
      <Amount name="amount" label="rules.amount_field" />
      <Pick
        name="unit"
        label="rules.unit"
        options={CLOCK_UNITS.map((value) => ({
          value,
          label: labels(`clockUnit.${value}`, { amount: "", count: 2 }).trim(),
        }))}
      />
      <Line name="from" label="rules.from" type="date" />
      <Line name="source" label="rules.source" type="text" />
      <Choice
        name="basis"
        label="rules.basis"
        options={(["law", "default"] as const).map((value) => ({
          value,
          label: labels(`clockBasis.${value}`),
        }))}
      />
      {runs && (
        <Form.Item name="pauses" label={words("rules.pauses")}>
          <Checkbox.Group
            className="desk-choices"
            options={PAUSE_REASONS.map((value) => ({ value, label: labels(`pause.${value}`) }))}
          />
        </Form.Item>
      )}
      {rule.extension !== null && <Amount name="longer" label="rules.extension" optional />}
      {runs && <Amount name="again" label="rules.raise_again" optional />}
    </>
  );
}

type Label = Parameters<typeof useRequired>[0];

function Amount({
  name,
  label,
  optional = false,
}: {
  name: string;
  label: Label;
  optional?: boolean;
}) {
  const { label: field, rules } = useRequired(label, "required", optional);
  return (
    <Form.Item name={name} label={field} rules={rules}>
      <InputNumber min={1} max={1000} precision={0} />
    </Form.Item>
  );
}

function Line({ name, label, type }: { name: string; label: Label; type: "date" | "text" }) {
  const { label: field, rules } = useRequired(label, "required", false);
  return (
    <Form.Item name={name} label={field} rules={rules}>
      <Input type={type} autoComplete="off" maxLength={200} />
    </Form.Item>
  );
}
