import { sync as labelsEn } from "@wanjia/contract/messages/sync.en";
import { sync as labelsZhCN } from "@wanjia/contract/messages/sync.zh-CN";
import { subjectMessages } from "../shell/messages.ts";
import { en } from "./messages.en.ts";
import { zhCN } from "./messages.zh-CN.ts";

export const useSyncWords = subjectMessages("sync", zhCN, en);
export const useSyncLabels = subjectMessages("sync.labels", labelsZhCN, labelsEn);
