import { bulletins as labelsEn } from "@wanjia/contract/messages/bulletins.en";
import { bulletins as labelsZh } from "@wanjia/contract/messages/bulletins.zh-CN";
import { subjectMessages } from "../shell/messages.ts";
import { en } from "./messages.en.ts";
import { zhCN } from "./messages.zh-CN.ts";

export const useBulletinWords = subjectMessages("bulletins", zhCN, en);

/** The words for data values that server, desk and the residents' page share. */
export const useBulletinLabels = subjectMessages("bulletins.labels", labelsZh, labelsEn);
