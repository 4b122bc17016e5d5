import { organisation as en } from "@wanjia/contract/messages/organisation.en";
import { organisation as zhCN } from "@wanjia/contract/messages/organisation.zh-CN";
import { subjectMessages } from "../shell/messages.ts";

/** The words for data values that server, phone and desk share. */
export const useOrganisationLabels = subjectMessages("organisation.labels", zhCN, en);
