import { bulletins as labelsEn } from "@wanjia/contract/messages/bulletins.en";
import { bulletins as labelsZh } from "@wanjia/contract/messages/bulletins.zh-CN";
import { matters as mattersEn } from "@wanjia/contract/messages/matters.en";
import { matters as mattersZh } from "@wanjia/contract/messages/matters.zh-CN";
import { pageWords } from "../shell/language.ts";
import { en } from "./messages.en.ts";
import { zhCN } from "./messages.zh-CN.ts";

export const useBulletinWords = pageWords(zhCN, en);
/** The words for data values that server, desk and these pages share. */
export const useBulletinLabels = pageWords(labelsZh, labelsEn);
export const useMatterLabels = pageWords(mattersZh, mattersEn);
