import { organisation as organisationEn } from "@wanjia/contract/messages/organisation.en";
import { organisation as organisationZh } from "@wanjia/contract/messages/organisation.zh-CN";
import { privacy as labelsEn } from "@wanjia/contract/messages/privacy.en";
import { privacy as labelsZh } from "@wanjia/contract/messages/privacy.zh-CN";
import { pageWords } from "../shell/language.ts";
import { en } from "./messages.en.ts";
import { zhCN } from "./messages.zh-CN.ts";

export const useDataWords = pageWords(zhCN, en);
export const useDataLabels = pageWords(labelsZh, labelsEn);
export const useRoleNames = pageWords(organisationZh.role, organisationEn.role);
