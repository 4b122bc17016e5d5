import { mediation as en } from "@wanjia/contract/messages/mediation.en";
import { mediation as zhCN } from "@wanjia/contract/messages/mediation.zh-CN";
import { type MessageKey, subjectMessages } from "../shell/messages.ts";

/** The words for data values that server and desk share. */
export const useMediationLabels = subjectMessages("mediation.labels", zhCN, en);

type LabelKey = MessageKey<typeof zhCN>;

/** The word for a value that came from the server; the server only answers values of the lists. */
export function labelKey(group: keyof typeof zhCN, value: string): LabelKey {
  return `${group}.${value}` as LabelKey;
}
