import { answers as labelsEn } from "@wanjia/contract/messages/answers.en";
import { answers as labelsZh } from "@wanjia/contract/messages/answers.zh-CN";
import { type MessageKey, subjectMessages } from "../shell/messages.ts";
import { en } from "./messages.en.ts";
import { zhCN } from "./messages.zh-CN.ts";

export const useAnswerWords = subjectMessages("answers", zhCN, en);

/** The words for data values that server and desk share. */
export const useAnswerLabels = subjectMessages("answers.labels", labelsZh, labelsEn);

type Group = Exclude<keyof typeof labelsZh, "paper">;

/** The word for a value that came from the server; the server only answers values of the lists. */
export function labelKey(group: Group, value: string): MessageKey<typeof labelsZh> {
  return `${group}.${value}` as MessageKey<typeof labelsZh>;
}
