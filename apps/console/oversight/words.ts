import { oversight as labelsEn } from "@wanjia/contract/messages/oversight.en";
import { oversight as labelsZh } from "@wanjia/contract/messages/oversight.zh-CN";
import { subjectMessages } from "../shell/messages.ts";
import { en } from "./messages.en.ts";
import { zhCN } from "./messages.zh-CN.ts";

export const useOversightWords = subjectMessages("oversight", zhCN, en);
/** The words for data values that server and desk share. */
export const useOversightLabels = subjectMessages("oversight.labels", labelsZh, labelsEn);
