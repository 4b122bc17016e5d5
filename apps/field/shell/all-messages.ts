/** Every text of the app in both languages: its own by subject, and as `said` those that it shares. */
import { matters as saidMattersEn } from "@wanjia/contract/messages/matters.en";
import { matters as saidMattersZh } from "@wanjia/contract/messages/matters.zh-CN";
import { planning as saidPlanningEn } from "@wanjia/contract/messages/planning.en";
import { planning as saidPlanningZh } from "@wanjia/contract/messages/planning.zh-CN";
import { platform as platformEn } from "@wanjia/contract/messages/platform.en";
import { platform as platformZh } from "@wanjia/contract/messages/platform.zh-CN";
import { privacy as privacyEn } from "@wanjia/contract/messages/privacy.en";
import { privacy as privacyZh } from "@wanjia/contract/messages/privacy.zh-CN";
import { sync as syncEn } from "@wanjia/contract/messages/sync.en";
import { sync as syncZh } from "@wanjia/contract/messages/sync.zh-CN";
import { tips as saidTipsEn } from "@wanjia/contract/messages/tips.en";
import { tips as saidTipsZh } from "@wanjia/contract/messages/tips.zh-CN";
import { visits as saidVisitsEn } from "@wanjia/contract/messages/visits.en";
import { visits as saidVisitsZh } from "@wanjia/contract/messages/visits.zh-CN";
import { matters as mattersEn } from "../matters/messages.en.ts";
import { matters as mattersZh } from "../matters/messages.zh-CN.ts";
import { planning as planningEn } from "../planning/messages.en.ts";
import { planning as planningZh } from "../planning/messages.zh-CN.ts";
import { tips as tipsEn } from "../tips/messages.en.ts";
import { tips as tipsZh } from "../tips/messages.zh-CN.ts";
import { visits as visitsEn } from "../visits/messages.en.ts";
import { visits as visitsZh } from "../visits/messages.zh-CN.ts";
import { shell as shellEn } from "./messages.en.ts";
import { shell as shellZh } from "./messages.zh-CN.ts";

/** What the phone says of a plan. */
function settledIn({ short, left, change, reason }: typeof saidPlanningZh | typeof saidPlanningEn) {
  return { short, left, change, reason };
}

const saidZh = {
  refusals: {
    ...platformZh.refusals,
    ...syncZh.refusals,
    ...saidMattersZh.refusals,
    ...saidPlanningZh.refusals,
    ...saidVisitsZh.refusals,
  },
  matters: saidMattersZh,
  visits: saidVisitsZh,
  privacy: privacyZh,
  planning: settledIn(saidPlanningZh),
  tips: saidTipsZh.category,
};

const saidEn = {
  refusals: {
    ...platformEn.refusals,
    ...syncEn.refusals,
    ...saidMattersEn.refusals,
    ...saidPlanningEn.refusals,
    ...saidVisitsEn.refusals,
  },
  matters: saidMattersEn,
  visits: saidVisitsEn,
  privacy: privacyEn,
  planning: settledIn(saidPlanningEn),
  tips: saidTipsEn.category,
};

export const messages = {
  "zh-CN": {
    shell: shellZh,
    visits: visitsZh,
    matters: mattersZh,
    planning: planningZh,
    tips: tipsZh,
    said: saidZh,
  },
  en: {
    shell: shellEn,
    visits: visitsEn,
    matters: mattersEn,
    planning: planningEn,
    tips: tipsEn,
    said: saidEn,
  },
};
