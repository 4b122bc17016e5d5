import { visits as labelsEn } from "@wanjia/contract/messages/visits.en";
import { visits as labelsZhCN } from "@wanjia/contract/messages/visits.zh-CN";
import { subjectMessages } from "../shell/messages.ts";
import { en } from "./messages.en.ts";
import { zhCN } from "./messages.zh-CN.ts";

export const useVisitWords = subjectMessages("visits", zhCN, en);
export const useVisitLabels = subjectMessages("visits.labels", labelsZhCN, labelsEn);
