import { Words as TextWords } from "../privacy/Words.tsx";
import { formFields } from "../shell/form-fields.tsx";
import type { MessageKey } from "../shell/messages.ts";
import type { zhCN } from "./messages.zh-CN.ts";
import { useListingWords } from "./words.ts";

export const { Choice, Ticks, Typed, useRequired } = formFields(useListingWords);

export function Words({
  label,
  ...field
}: {
  name: string;
  label: MessageKey<typeof zhCN>;
  limit: number;
}) {
  return <TextWords {...field} {...useRequired(label, "required")} rows={3} />;
}
