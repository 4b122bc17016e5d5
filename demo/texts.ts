/**
 * What residents of 云汀市 say and what comes of it (domain.md §10.5). Each entry is one matter with its
 * own working note, result and answer, so that a timeline reads as one story. No names, no numbers
 * of documents, nothing about what kind of person somebody is.
 */
import type { MatterKind } from "@wanjia/domain/matters/terms";
import { DISPUTES } from "./texts/disputes.ts";
import { HAZARDS } from "./texts/hazards.ts";
import { OPINIONS } from "./texts/opinions.ts";
import type { MatterText } from "./texts/row.ts";
import { SERVICES } from "./texts/services.ts";

export const MATTER_TEXTS: Readonly<Record<MatterKind, readonly MatterText[]>> = {
  hazard: HAZARDS,
  dispute: DISPUTES,
  opinion: OPINIONS,
  service_request: SERVICES,
};

/** Notes about a door that help the next officer; about the door, not about the people. */
export const DOOR_NOTES: readonly string[] = [
  "住户方便的时间是周末上午。",
  "门铃坏了，请敲门。",
  "白天上班，晚上七点半后在家。",
  "请从侧门进，正门在修。",
  "希望先在楼栋群里说一声再来。",
  "留了大字版的宣传单。",
  "楼道灯暗，已告诉物业。",
  "想看反诈的小册子，下次带一本。",
  "门口的快递柜挡了门牌，已请物业挪开。",
  "约好下次带居住证变更的材料清单。",
  "请按两下门铃，听得清楚些。",
  "下次来请带方言版的宣传材料。",
];
