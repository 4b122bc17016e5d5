import { campaigns as labelsEn } from "@wanjia/contract/messages/campaigns.en";
import { campaigns as labelsZhCN } from "@wanjia/contract/messages/campaigns.zh-CN";
import { subjectMessages } from "../shell/messages.ts";
import { en } from "./messages.en.ts";
import { zhCN } from "./messages.zh-CN.ts";

export const useCampaignWords = subjectMessages("campaigns", zhCN, en);
export const useCampaignLabels = subjectMessages("campaigns.labels", labelsZhCN, labelsEn);
