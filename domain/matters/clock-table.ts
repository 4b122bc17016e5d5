/**
 * The time limits of domain.md §4.2, as every bureau starts with them: version 1 of each. Those of
 * reports run in the case system: a matter handed to 110 ends here, so nothing in this product could
 * start them, and they stand here to be looked up. Those of filing an investigation are not even
 * that: nothing of offences is kept here, and the promise (docs/restraint.md) holds for names too.
 * What has to be done on the spot, like the receipt for who reports in person, has no length and no
 * line.
 */
import type { ClockRule, ClockSubject } from "./clocks.ts";
import type { ClockPurpose, ClockUnit } from "./clock-terms.ts";
import { MATTER_KINDS } from "./terms.ts";

type Limit = Pick<ClockRule, "id" | "amount" | "unit" | "source" | "from"> &
  Partial<Pick<ClockRule, "basis" | "pauses" | "extension" | "raiseAgainDays">>;

/** A limit that matters run: missed, it is raised, and raised again two working days later. */
function clock(
  purpose: ClockPurpose,
  on: NonNullable<ClockRule["runs"]>["on"],
  limit: Limit,
): ClockRule {
  return {
    version: 1,
    subject: "matters",
    runs: { purpose, on },
    basis: "default",
    pauses: [],
    extension: null,
    raiseAgainDays: 2,
    ...limit,
  };
}

/** Limits of other subjects: id, amount, unit, source and the first day it held. */
function known(
  subject: ClockSubject,
  basis: ClockRule["basis"],
  ...limits: readonly (readonly [
    id: string,
    amount: number,
    unit: ClockUnit,
    source: string,
    from: string,
    extension?: readonly [number, "calendar_days" | "working_days"],
  ])[]
): ClockRule[] {
  return limits.map(([id, amount, unit, source, from, more]) => ({
    id,
    version: 1,
    subject,
    runs: null,
    amount,
    unit,
    source,
    basis,
    from,
    pauses: [],
    extension:
      more === undefined
        ? null
        : { amount: more[0], unit: more[1], by: ["station_leader"], tellResident: true },
    raiseAgainDays: null,
  }));
}

const ALL = { kinds: MATTER_KINDS };
/** What lies outside of the hands of whoever answers for a matter. */
const OUTSIDE = ["awaiting_other_body", "awaiting_approval", "force_majeure"] as const;

const OF_MATTERS: readonly ClockRule[] = [
  clock(
    "finish",
    { kinds: ["opinion"] },
    {
      id: "petition.suggestion",
      amount: 15,
      unit: "working_days",
      source: "信访工作条例 29",
      from: "2022-05-01",
      pauses: [...OUTSIDE, "resident_away"],
      extension: { amount: 15, unit: "working_days", by: ["station_leader"], tellResident: true },
    },
  ),
  clock(
    "interim",
    { kinds: ["opinion"] },
    {
      id: "petition.interim",
      amount: 10,
      unit: "working_days",
      source: "服务承诺",
      from: "2022-05-01",
    },
  ),
  clock(
    "finish",
    { kinds: ["service_request"], subtypes: ["id_papers"] },
    {
      id: "permit.idcard",
      amount: 60,
      unit: "calendar_days",
      source: "居民身份证法 12",
      basis: "law",
      from: "2004-01-01",
      pauses: ["resident_away", "force_majeure"],
      extension: {
        amount: 30,
        unit: "calendar_days",
        by: ["station_leader"],
        tellResident: true,
      },
    },
  ),
  clock(
    "finish",
    { kinds: ["service_request"], subtypes: ["residence_permit"] },
    {
      id: "permit.residence",
      amount: 15,
      unit: "calendar_days",
      source: "居住证暂行条例 9",
      basis: "law",
      from: "2016-01-01",
      pauses: ["resident_away", "force_majeure"],
      extension: {
        amount: 15,
        unit: "calendar_days",
        by: ["station_leader"],
        tellResident: true,
      },
    },
  ),
  clock(
    "finish",
    { kinds: ["service_request"] },
    {
      id: "service.default",
      amount: 3,
      unit: "working_days",
      source: "服务承诺",
      from: "2022-05-01",
      pauses: [...OUTSIDE, "resident_away"],
      extension: { amount: 10, unit: "working_days", by: ["station_leader"], tellResident: true },
    },
  ),
  clock(
    "finish",
    { kinds: ["hazard"] },
    {
      id: "hazard.ordinary",
      amount: 3,
      unit: "working_days",
      source: "安全生产事故隐患排查治理暂行规定 3",
      from: "2008-02-01",
      // A danger does not wait because somebody is away.
      pauses: ["awaiting_other_body", "force_majeure"],
      extension: { amount: 10, unit: "working_days", by: ["station_leader"], tellResident: true },
      raiseAgainDays: 1,
    },
  ),
  clock(
    "report",
    { kinds: ["hazard"], grades: ["major_candidate"] },
    {
      id: "hazard.report",
      // The same day; in hours, so that what is found late in the evening isn't missed at midnight.
      amount: 24,
      unit: "hours",
      source: "公安部令第120号；安全生产法 70",
      from: "2012-11-01",
      raiseAgainDays: 1,
    },
  ),
  clock(
    "hand_over",
    { kinds: ["hazard"], grades: ["major_candidate", "major"] },
    {
      id: "hazard.major",
      amount: 5,
      unit: "working_days",
      source: "安全生产法 70；公安部令第120号",
      basis: "law",
      from: "2012-11-01",
      raiseAgainDays: 1,
    },
  ),
  clock(
    "finish",
    { kinds: ["dispute"] },
    {
      id: "mediation.people",
      amount: 1,
      unit: "months",
      source: "人民调解工作若干规定 33",
      basis: "law",
      from: "2002-11-01",
      pauses: ["awaiting_appraisal", "awaiting_court", "resident_away", "force_majeure"],
      extension: {
        amount: 30,
        unit: "calendar_days",
        by: ["station_leader"],
        tellResident: true,
      },
    },
  ),
  clock("take_over", ALL, {
    id: "referral.accept",
    amount: 1,
    unit: "working_days",
    source: "首接负责制",
    from: "2022-05-01",
  }),
  clock("other_result", ALL, {
    id: "referral.result",
    amount: 10,
    unit: "working_days",
    source: "首接负责制",
    from: "2022-05-01",
    extension: { amount: 20, unit: "working_days", by: ["station_leader"], tellResident: true },
  }),
  clock("callback", ALL, {
    id: "callback.independent",
    amount: 5,
    unit: "working_days",
    source: "回访规范",
    from: "2022-05-01",
  }),
  clock("human_callback", ALL, {
    id: "callback.dissatisfied",
    amount: 24,
    unit: "hours",
    source: "回访规范（广州）",
    from: "2022-05-01",
  }),
  clock("redo", ALL, {
    id: "callback.rectify",
    amount: 5,
    unit: "working_days",
    source: "回访规范（合肥、渝中）",
    from: "2022-05-01",
    pauses: [...OUTSIDE, "resident_away", "awaiting_appraisal", "awaiting_court"],
    extension: { amount: 5, unit: "working_days", by: ["station_leader"], tellResident: true },
  }),
  clock("pause_review", ALL, {
    id: "pause.review",
    amount: 30,
    unit: "calendar_days",
    source: "服务承诺",
    from: "2022-05-01",
  }),
];

export const CLOCK_RULES: readonly ClockRule[] = [
  ...OF_MATTERS,
  ...known(
    "petitions",
    "law",
    ["petition.forward", 15, "calendar_days", "信访工作条例 22", "2022-05-01"],
    ["petition.notify", 15, "calendar_days", "信访工作条例 23", "2022-05-01"],
    ["petition.objection", 5, "working_days", "信访工作条例 23", "2022-05-01"],
    [
      "petition.finish",
      60,
      "calendar_days",
      "信访工作条例 34",
      "2022-05-01",
      [30, "calendar_days"],
    ],
    ["petition.review", 30, "calendar_days", "信访工作条例 35", "2022-05-01"],
    ["petition.rereview", 30, "calendar_days", "信访工作条例 36", "2022-05-01"],
  ),
  ...known(
    "hotline",
    "default",
    ["hotline.weifang", 5, "working_days", "潍坊市12345条例 20", "2021-01-01"],
    ["hotline.jinan", 5, "working_days", "济南市12345条例 24", "2021-01-01"],
    ["hotline.guangdong.enquiry", 2, "working_days", "广东省12345管理办法", "2022-01-01"],
    ["hotline.guangdong.help", 10, "working_days", "广东省12345管理办法", "2022-01-01"],
    ["hotline.guangdong.complaint", 15, "working_days", "广东省12345管理办法", "2022-01-01"],
    ["hotline.beijing.danger", 2, "hours", "北京市接诉即办标准", "2021-01-01"],
    ["hotline.beijing.utilities", 24, "hours", "北京市接诉即办标准", "2021-01-01"],
    ["hotline.beijing.ordinary", 7, "calendar_days", "北京市接诉即办标准", "2021-01-01"],
    ["hotline.beijing.hard", 15, "calendar_days", "北京市接诉即办标准", "2021-01-01"],
  ),
  ...known(
    "incidents",
    "law",
    ["report.accept_admin", 24, "hours", "公通字〔2015〕32号", "2015-11-04"],
    ["report.accept_admin_complex", 3, "calendar_days", "公通字〔2015〕32号", "2015-11-04"],
    ["report.not_ours", 24, "hours", "公安机关办理行政案件程序规定 61", "2020-08-06"],
  ),
  ...known(
    "mediation",
    "law",
    ["mediation.admin_accept", 5, "working_days", "深圳市矛盾纠纷多元化解条例 45", "2022-05-01"],
    ["mediation.admin_complex", 10, "working_days", "深圳市矛盾纠纷多元化解条例 45", "2022-05-01"],
    ["mediation.admin_transfer", 3, "working_days", "深圳市矛盾纠纷多元化解条例 46", "2022-05-01"],
    [
      "mediation.police_second",
      7,
      "working_days",
      "公安机关办理行政案件程序规定 183",
      "2020-08-06",
    ],
    ["confirm.judicial", 30, "calendar_days", "人民调解法 33", "2011-01-01"],
  ),
  ...known("hazards", "law", [
    "hazard.org_security",
    15,
    "calendar_days",
    "企业事业单位内部治安保卫条例 16",
    "2004-12-01",
  ]),
  ...known(
    "property",
    "law",
    ["property.hand_in", 24, "hours", "公安机关办理行政案件程序规定 190", "2020-08-06"],
    ["property.not_related", 3, "calendar_days", "刑事诉讼法 145", "2018-10-26"],
    [
      "property.collect",
      6,
      "months",
      "公安机关办理行政案件程序规定 197",
      "2020-08-06",
      [90, "calendar_days"],
    ],
    [
      "property.seize_term",
      30,
      "calendar_days",
      "公安机关办理行政案件程序规定 112",
      "2020-08-06",
      [30, "calendar_days"],
    ],
  ),
  ...known("permits", "law", [
    "permit.admin",
    20,
    "working_days",
    "行政许可法 42、82",
    "2004-07-01",
    [10, "working_days"],
  ]),
  ...known(
    "complaints",
    "default",
    ["complaint.live", 24, "hours", "公安机关督察条例 9；人民警察法 46", "2011-10-01"],
    ["complaint.receipt", 24, "hours", "DB32/T 3975-2021", "2021-03-01"],
    ["complaint.check", 3, "working_days", "DB32/T 3975-2021", "2021-03-01"],
    ["complaint.investigate", 30, "working_days", "DB32/T 3975-2021", "2021-03-01"],
    ["complaint.answer", 5, "working_days", "DB32/T 3975-2021", "2021-03-01"],
  ),
  ...known(
    "protection",
    "law",
    ["dv.order", 72, "hours", "反家庭暴力法 28", "2016-03-01"],
    ["dv.order_urgent", 24, "hours", "反家庭暴力法 28", "2016-03-01"],
  ),
  ...known("information", "law", [
    "foi",
    20,
    "working_days",
    "政府信息公开条例 33",
    "2019-05-15",
    [20, "working_days"],
  ]),
  ...known("information", "default", [
    "dsr",
    15,
    "working_days",
    "个人信息保护法 45-50",
    "2021-11-01",
  ]),
];
