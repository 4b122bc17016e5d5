import { matters as en } from "@wanjia/contract/messages/matters.en";
import { matters as zhCN } from "@wanjia/contract/messages/matters.zh-CN";
import type { MatterRow } from "@wanjia/contract/matters";
import type { MatterKind } from "@wanjia/domain/matters/terms";
import { type MessageKey, subjectMessages } from "../shell/messages.ts";

/** The words for data values that server, phone and desk share. */
export const useMatterLabels = subjectMessages("matters.labels", zhCN, en);

export type LabelKey = MessageKey<typeof zhCN>;

/** The word for a value that came from the server; the server only answers values of the lists. */
export function labelKey(group: keyof typeof zhCN, value: string): LabelKey {
  return `${group}.${value}` as LabelKey;
}

export function subtypeKey(kind: MatterKind, subtype: string): LabelKey {
  return `subtype.${kind}.${subtype}` as LabelKey;
}

/** What a matter is, in one line: 隐患 · 燃气异味 · 疑似重大隐患. */
export function natureOf(
  labels: (key: LabelKey) => string,
  { kind, subtype, grade }: Pick<MatterRow, "kind" | "subtype" | "grade">,
): string {
  return [
    labels(labelKey("kind", kind)),
    labels(subtypeKey(kind, subtype)),
    ...(grade === null || grade === "ordinary" ? [] : [labels(labelKey("grade", grade))]),
  ].join(" · ");
}
