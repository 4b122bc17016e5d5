import { listings as labelsEn } from "@wanjia/contract/messages/listings.en";
import { listings as labelsZh } from "@wanjia/contract/messages/listings.zh-CN";
import { pageWords } from "../shell/language.ts";
import { en } from "./messages.en.ts";
import { zhCN } from "./messages.zh-CN.ts";

export const useListedWords = pageWords(zhCN, en);
/** The words for data values that server, desk and this page share. */
export const useListingLabels = pageWords(labelsZh, labelsEn);
