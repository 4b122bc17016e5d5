import { complaints as labelsEn } from "@wanjia/contract/messages/complaints.en";
import { complaints as labelsZh } from "@wanjia/contract/messages/complaints.zh-CN";
import { type MessageKey, subjectMessages } from "../shell/messages.ts";
import { en } from "./messages.en.ts";
import { zhCN } from "./messages.zh-CN.ts";

export const useComplaintWords = subjectMessages("complaints", zhCN, en);
/** The words for data values that server, desk and residents' pages share. */
export const useComplaintLabels = subjectMessages("complaints.labels", labelsZh, labelsEn);

/** The word for what was done; the server only answers those of the list. */
export function eventKey(type: string): MessageKey<typeof zhCN> {
  return `event.${type}` as MessageKey<typeof zhCN>;
}

/** The word for a step of the file; the server only answers those of the list. */
export function stepKey(type: string): MessageKey<typeof labelsZh> {
  return `step.${type}` as MessageKey<typeof labelsZh>;
}
