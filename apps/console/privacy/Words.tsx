import { Form } from "antd";
import { FreeText } from "./FreeText.tsx";

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
  return (
    <Form.Item
      name={name}
      label={label}
      rules={rules.map((rule) => ({ ...rule, whitespace: true }))}
    >
      <FreeText autoSize={{ minRows: rows, maxRows: 14 }} maxLength={limit} showCount />
    </Form.Item>
  );
}
