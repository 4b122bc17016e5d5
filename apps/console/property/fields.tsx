/** The fields that the forms of an item are made of. */
import { Checkbox, Form, Input, Radio, Select } from "antd";
import type { MessageKey } from "../shell/messages.ts";
import type { zhCN } from "./messages.zh-CN.ts";
import { usePropertyWords } from "./words.ts";

interface FieldProps {
  readonly name: string;
  readonly label: MessageKey<typeof zhCN>;
}
interface Option {
  readonly value: string | number | boolean;
  readonly label: string;
}

function useItem({ name, label }: FieldProps, verb: "choose" | "required") {
  const words = usePropertyWords();
  const field = words(label);
  const message = words(`form.${verb}`, { field });
  return { name, label: field, rules: [{ required: true, message }] };
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
      <Select options={[...options]} {...(many ? { mode: "multiple" as const } : {})} />
    </Form.Item>
  );
}

export function Typed({
  type = "text",
  limit,
  ...field
}: FieldProps & { type?: "text" | "date" | "time" | "number"; limit?: number }) {
  return (
    <Form.Item {...useItem(field, "required")}>
      <Input type={type} {...(limit === undefined ? {} : { maxLength: limit })} />
    </Form.Item>
  );
}

export function Tick({ name, label }: FieldProps) {
  const words = usePropertyWords();
  return (
    <Form.Item name={name} valuePropName="checked">
      <Checkbox>{words(label)}</Checkbox>
    </Form.Item>
  );
}
