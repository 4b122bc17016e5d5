import { Form, Input } from "antd";
import { Findings } from "./Findings.tsx";

/** A text of a form, with a warning while it is typed where something should not stand in it. */
export function Words({
  name,
  label,
  rules,
  limit,
  rows = 4,
}: {
  name: string;
  label: string;
  rules: readonly { readonly required: boolean; readonly message: string }[];
  limit: number;
  rows?: number;
}) {
  const text: unknown = Form.useWatch(name);
  return (
    <>
      <Form.Item
        name={name}
        label={label}
        rules={rules.map((rule) => ({ ...rule, whitespace: true }))}
      >
        <Input.TextArea autoSize={{ minRows: rows, maxRows: 14 }} maxLength={limit} showCount />
      </Form.Item>
      <Findings text={typeof text === "string" ? text : ""} />
    </>
  );
}
