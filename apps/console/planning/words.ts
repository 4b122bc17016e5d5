import { planning as labelsEn } from "@wanjia/contract/messages/planning.en";
import { planning as labelsZhCN } from "@wanjia/contract/messages/planning.zh-CN";
import { subjectMessages } from "../shell/messages.ts";
import { en } from "./messages.en.ts";
import { zhCN } from "./messages.zh-CN.ts";

export const usePlanningWords = subjectMessages("planning", zhCN, en);
export const usePlanningLabels = subjectMessages("planning.labels", labelsZhCN, labelsEn);
