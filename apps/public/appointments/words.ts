import { appointments as labelsEn } from "@wanjia/contract/messages/appointments.en";
import { appointments as labelsZh } from "@wanjia/contract/messages/appointments.zh-CN";
import { pageWords } from "../shell/language.ts";
import { en } from "./messages.en.ts";
import { zhCN } from "./messages.zh-CN.ts";

export const useVisitWords = pageWords(zhCN, en);
/** The words for data values that server, desk and these pages share. */
export const useAppointmentLabels = pageWords(labelsZh, labelsEn);
