import { privacy as en } from "@wanjia/contract/messages/privacy.en";
import { privacy as zhCN } from "@wanjia/contract/messages/privacy.zh-CN";
import { subjectMessages } from "../shell/messages.ts";

export const usePrivacyLabels = subjectMessages("privacy.labels", zhCN, en);
