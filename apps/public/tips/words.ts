import { tips as labelsEn } from "@wanjia/contract/messages/tips.en";
import { tips as labelsZh } from "@wanjia/contract/messages/tips.zh-CN";
import { pageWords } from "../shell/language.ts";
import { en } from "./messages.en.ts";
import { zhCN } from "./messages.zh-CN.ts";

export const useTipWords = pageWords(zhCN, en);
/** The words for data values that server, desk and these pages share. */
export const useTipLabels = pageWords(labelsZh, labelsEn);
