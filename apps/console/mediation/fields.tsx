/** The fields that the forms of a mediation are made of. */
import { Checkbox, Form, Input, Radio, Select } from "antd";
import type { MessageKey } from "../shell/messages.ts";
import type { zhCN } from "./messages.zh-CN.ts";
import { useMediationWords } from "./words.ts";

type Label = MessageKey<typeof zhCN>;
interface Option {
  readonly value: string | boolean | number;
  readonly label: string;
}
interface FieldProps {
  readonly name: string | readonly (string | number)[];
  readonly label: Label;
  /** Of the label's sentence. */
  readonly of?: Readonly<Record<string, string>>;
  readonly optional?: boolean;
}

function useItem(
  { name, label, of = {}, optional = false }: FieldProps,
  verb: "choose" | "required",
) {
  const words = useMediationWords();
  const field = words(label, of);
  return {
    name: typeof name === "string" ? name : [...name],
    label: field,
    rules: optional ? [] : [{ required: true, message: words(`form.${verb}`, { field }) }],
  };
}

export function Choice({ options, ...field }: FieldProps & { options: readonly Option[] }) {
  return (
    <Form.Item {...useItem(field, "choose")}>
      <Radio.Group vertical options={[...options]} />
    </Form.Item>
  );
}

export function Pick({
  options,
  many = false,
  ...field
}: FieldProps & { options: readonly Option[]; many?: boolean }) {
  return (
    <Form.Item {...useItem(field, "choose")}>
      <Select
        options={[...options]}
        allowClear={field.optional === true}
        {...(many ? { mode: "multiple" as const } : {})}
      />
    </Form.Item>
  );
}

export function Typed({
  type = "text",
  limit,
  ...field
}: FieldProps & { type?: "text" | "date" | "time" | "tel" | "number"; limit?: number }) {
  return (
    <Form.Item {...useItem(field, "required")}>
      <Input type={type} {...(limit === undefined ? {} : { maxLength: limit })} />
    </Form.Item>
  );
}

export function Tick({ name, label, of }: FieldProps) {
  const words = useMediationWords();
  return (
    <Form.Item name={typeof name === "string" ? name : [...name]} valuePropName="checked">
      <Checkbox>{words(label, of ?? {})}</Checkbox>
    </Form.Item>
  );
}
