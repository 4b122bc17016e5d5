import { referrals as en } from "@wanjia/contract/messages/referrals.en";
import { referrals as zhCN } from "@wanjia/contract/messages/referrals.zh-CN";
import { subjectMessages } from "../shell/messages.ts";

/** The words that the page of a link uses too. */
export const useReferralLabels = subjectMessages("referrals.labels", zhCN, en);
