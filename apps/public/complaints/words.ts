import { complaints as labelsEn } from "@wanjia/contract/messages/complaints.en";
import { complaints as labelsZh } from "@wanjia/contract/messages/complaints.zh-CN";
import { pageWords } from "../shell/language.ts";
import { en } from "./messages.en.ts";
import { zhCN } from "./messages.zh-CN.ts";

export const useComplaintWords = pageWords(zhCN, en);
/** The words for data values that server, desk and these pages share. */
export const useComplaintLabels = pageWords(labelsZh, labelsEn);
