import { places as labelsEn } from "@wanjia/contract/messages/places.en";
import { places as labelsZhCN } from "@wanjia/contract/messages/places.zh-CN";
import { subjectMessages } from "../shell/messages.ts";
import { en } from "./messages.en.ts";
import { zhCN } from "./messages.zh-CN.ts";

export const usePlaceWords = subjectMessages("places", zhCN, en);
export const usePlaceLabels = subjectMessages("places.labels", labelsZhCN, labelsEn);
