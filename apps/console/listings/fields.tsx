/** The fields that the forms of listed places are made of. */
import { Checkbox, Form, Input, Radio } from "antd";
import type { MessageKey } from "../shell/messages.ts";
import type { zhCN } from "./messages.zh-CN.ts";
import { useListingWords } from "./words.ts";

/** A text of the screen, or a word that server and desk share. */
type Label = MessageKey<typeof zhCN> | { readonly said: string };
interface FieldProps {
  readonly name: string | string[];
  readonly label: Label;
}
interface Option {
  readonly value: string | boolean;
  readonly label: string;
}

export function useField(name: string | string[], label: Label, verb: "choose" | "required") {
  const words = useListingWords();
  const field = typeof label === "string" ? words(label) : label.said;
  const message = words(`form.${verb}`, { field });
  return { name, label: field, rules: [{ required: true, message }] };
}

export function Choice({ name, label, options }: FieldProps & { options: readonly Option[] }) {
  return (
    <Form.Item {...useField(name, label, "choose")}>
      <Radio.Group vertical options={[...options]} />
    </Form.Item>
  );
}

export function Ticks({ name, label, options }: FieldProps & { options: readonly Option[] }) {
  return (
    <Form.Item {...useField(name, label, "choose")}>
      <Checkbox.Group className="listing-ticks" options={[...options]} />
    </Form.Item>
  );
}

export function Typed({
  name,
  label,
  type = "text",
  limit,
}: FieldProps & { type?: "text" | "date" | "number"; limit?: number }) {
  return (
    <Form.Item {...useField(name, label, "required")}>
      <Input type={type} {...(limit === undefined ? {} : { maxLength: limit })} />
    </Form.Item>
  );
}

export function Words({ name, label, limit }: FieldProps & { limit: number }) {
  return (
    <Form.Item {...useField(name, label, "required")}>
      <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={limit} showCount />
    </Form.Item>
  );
}
