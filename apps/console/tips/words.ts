import { tips as labelsEn } from "@wanjia/contract/messages/tips.en";
import { tips as labelsZh } from "@wanjia/contract/messages/tips.zh-CN";
import { subjectMessages } from "../shell/messages.ts";
import { en } from "./messages.en.ts";
import { zhCN } from "./messages.zh-CN.ts";

export const useTipWords = subjectMessages("tips", zhCN, en);
/** The words for data values that server, desk and residents' pages share. */
export const useTipLabels = subjectMessages("tips.labels", labelsZh, labelsEn);
