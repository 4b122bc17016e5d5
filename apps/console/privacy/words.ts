import { privacy as labelsEn } from "@wanjia/contract/messages/privacy.en";
import { privacy as labelsZh } from "@wanjia/contract/messages/privacy.zh-CN";
import { subjectMessages } from "../shell/messages.ts";
import { en } from "./messages.en.ts";
import { zhCN } from "./messages.zh-CN.ts";

export const usePrivacyLabels = subjectMessages("privacy.labels", labelsZh, labelsEn);
export const useRequestWords = subjectMessages("privacy.requests", zhCN, en);
