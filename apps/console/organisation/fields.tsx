import { Form, Input, Select } from "antd";
import { useMust, useMustSay } from "../shell/form-fields.tsx";
import type { zhCN } from "./messages.zh-CN.ts";
import { useOrganisationWords } from "./words.ts";

type FieldName = keyof typeof zhCN.field;

/** One line of text in a form of this subject, with its own messages. */
export function TextField({
  name,
  label = name as FieldName,
  hint,
  pattern,
  optional = false,
  type = "text",
}: {
  name: string;
  label?: FieldName;
  hint?: string;
  pattern?: RegExp;
  optional?: boolean;
  type?: "text" | "date" | "password";
}) {
  const words = useOrganisationWords();
  const mustSay = useMustSay();
  const field = words(`field.${label}`);
  return (
    <Form.Item
      name={name}
      label={field}
      {...(hint ? { extra: hint } : {})}
      rules={[
        ...(optional ? [] : mustSay(field)),
        ...(pattern ? [{ pattern, message: words("form.format", { field }) }] : []),
        ...(type === "password" ? [{ min: 10, message: words("form.short", { count: 10 }) }] : []),
      ]}
    >
      {type === "password" ? (
        <Input.Password autoComplete="new-password" maxLength={200} />
      ) : (
        <Input type={type} autoComplete="off" maxLength={200} />
      )}
    </Form.Item>
  );
}

export function SelectField({
  name,
  label = name as FieldName,
  options,
  optional = false,
  hint,
  onChange,
}: {
  name: string;
  label?: FieldName;
  options: readonly { value: string; label: string }[];
  optional?: boolean;
  hint?: string;
  onChange?: (value: string) => void;
}) {
  const words = useOrganisationWords();
  const must = useMust();
  const field = words(`field.${label}`);
  return (
    <Form.Item
      name={name}
      label={field}
      {...(hint ? { extra: hint } : {})}
      rules={optional ? [] : must(field, "choose")}
    >
      <Select
        allowClear={optional}
        showSearch={options.length > 8 ? { optionFilterProp: "label" } : false}
        options={[...options]}
        {...(onChange ? { onChange } : {})}
      />
    </Form.Item>
  );
}
