import { appointments as labelsEn } from "@wanjia/contract/messages/appointments.en";
import { appointments as labelsZh } from "@wanjia/contract/messages/appointments.zh-CN";
import { subjectMessages } from "../shell/messages.ts";
import { en } from "./messages.en.ts";
import { zhCN } from "./messages.zh-CN.ts";

export const useAppointmentWords = subjectMessages("appointments", zhCN, en);
/** The words for data values that server, desk and residents' pages share. */
export const useAppointmentLabels = subjectMessages("appointments.labels", labelsZh, labelsEn);
