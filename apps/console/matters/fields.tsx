/** The fields that the forms of a matter are made of. */
import { Form, Input, Radio, Select } from "antd";
import type { ReactNode } from "react";
import { Findings } from "../privacy/Findings.tsx";
import type { MessageKey } from "../shell/messages.ts";
import type { zhCN } from "./messages.zh-CN.ts";
import { useMatterWords } from "./words.ts";

type Label = MessageKey<typeof zhCN>;
interface Option {
  readonly value: string | number | boolean;
  readonly label: string;
}

export function useRequired(label: Label, verb: "required" | "choose", optional: boolean) {
  const words = useMatterWords();
  const field = words(label);
  return {
    label: field,
    rules: optional ? [] : [{ required: true, message: words(`form.${verb}`, { field }) }],
  };
}

/** A text, with a warning while it is typed where something should not stand in it. */
export function Words({
  name,
  label,
  limit,
  rows = 4,
  optional = false,
}: {
  name: string;
  label: Label;
  limit: number;
  rows?: number;
  optional?: boolean;
}) {
  const { label: field, rules } = useRequired(label, "required", optional);
  const text: unknown = Form.useWatch(name);
  return (
    <>
      <Form.Item
        name={name}
        label={field}
        rules={rules.map((rule) => ({ ...rule, whitespace: true }))}
      >
        <Input.TextArea autoSize={{ minRows: rows, maxRows: 14 }} maxLength={limit} showCount />
      </Form.Item>
      <Findings text={typeof text === "string" ? text : ""} />
    </>
  );
}

export function Choice({
  name,
  label,
  options,
  optional = false,
  onChange,
}: {
  name: string;
  label: Label;
  options: readonly Option[];
  optional?: boolean;
  onChange?: () => void;
}) {
  const { label: field, rules } = useRequired(label, "choose", optional);
  return (
    <Form.Item name={name} label={field} rules={rules}>
      <Radio.Group vertical options={[...options]} {...(onChange ? { onChange } : {})} />
    </Form.Item>
  );
}

export function Pick({
  name,
  label,
  options,
  optional = false,
}: {
  name: string | string[];
  label: Label;
  options: readonly Option[];
  optional?: boolean;
}) {
  const { label: field, rules } = useRequired(label, "choose", optional);
  return (
    <Form.Item name={name} label={field} rules={rules}>
      <Select options={[...options]} allowClear={optional} />
    </Form.Item>
  );
}

/** Fields that are asked for only while another one has a certain value. */
export function When({
  field,
  is,
  children,
}: {
  field: string;
  is: (value: unknown) => boolean;
  children: ReactNode;
}) {
  const value: unknown = Form.useWatch(field);
  return is(value) ? children : null;
}
