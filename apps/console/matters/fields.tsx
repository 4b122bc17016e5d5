/** The fields that the forms of a matter are made of. */
import { Form } from "antd";
import type { ReactNode } from "react";
import { Words as TextWords } from "../privacy/Words.tsx";
import { formFields } from "../shell/form-fields.tsx";
import type { MessageKey } from "../shell/messages.ts";
import type { zhCN } from "./messages.zh-CN.ts";
import { useMatterWords } from "./words.ts";

export const { Choice, Pick, useRequired } = formFields(useMatterWords);

export function Words({
  label,
  optional = false,
  ...field
}: {
  name: string;
  label: MessageKey<typeof zhCN>;
  limit: number;
  rows?: number;
  optional?: boolean;
}) {
  return <TextWords {...field} {...useRequired(label, "required", optional)} />;
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
