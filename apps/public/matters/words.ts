import { matters as mattersEn } from "@wanjia/contract/messages/matters.en";
import { matters as mattersZh } from "@wanjia/contract/messages/matters.zh-CN";
import { residents as labelsEn } from "@wanjia/contract/messages/residents.en";
import { residents as labelsZh } from "@wanjia/contract/messages/residents.zh-CN";
import { pageWords } from "../shell/language.ts";
import { en } from "./messages.en.ts";
import { zhCN } from "./messages.zh-CN.ts";

export const useVoiceWords = pageWords(zhCN, en);
/** The words for data values that the pages without JavaScript share. */
export const useResidentLabels = pageWords(labelsZh, labelsEn);
/** The names of kinds, outcomes and reasons, as the desk says them. */
export const useMatterLabels = pageWords(mattersZh, mattersEn);
