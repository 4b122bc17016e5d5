import { duty as labelsEn } from "@wanjia/contract/messages/duty.en";
import { duty as labelsZh } from "@wanjia/contract/messages/duty.zh-CN";
import { subjectMessages } from "../shell/messages.ts";
import { en } from "./messages.en.ts";
import { zhCN } from "./messages.zh-CN.ts";

export const useDutyWords = subjectMessages("duty", zhCN, en);

/** The words for data values that server and desk share. */
export const useDutyLabels = subjectMessages("duty.labels", labelsZh, labelsEn);
