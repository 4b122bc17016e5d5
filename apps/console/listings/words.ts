import { listings as labelsEn } from "@wanjia/contract/messages/listings.en";
import { listings as labelsZh } from "@wanjia/contract/messages/listings.zh-CN";
import { type MessageKey, subjectMessages } from "../shell/messages.ts";
import { en } from "./messages.en.ts";
import { zhCN } from "./messages.zh-CN.ts";

export const useListingWords = subjectMessages("listings", zhCN, en);

/** The words for data values that server and desk share. */
export const useListingLabels = subjectMessages("listings.labels", labelsZh, labelsEn);

/** The word for a value that came from the server; the server only answers values of the lists. */
export function labelKey(group: keyof typeof labelsZh, value: string): MessageKey<typeof labelsZh> {
  return `${group}.${value}` as MessageKey<typeof labelsZh>;
}
