import { visits } from "./visits.zh-CN.ts";

/** Labels of campaigns and the sentences of their refusals; phone, desk and server share them. */
export const campaigns = {
  refusals: {
    "campaign-not-draft": "活动已经开始，不能再修改方案。请调整分组，或结束后另建活动。",
    "campaign-not-open": "活动没有在进行。请核对活动状态。",
    "campaign-changed": "别人刚刚修改过这个方案。请刷新后再改。",
    "name-missing": "请填写活动名称（60字以内）。",
    "period-reversed": "结束日期早于开始日期。请核对日期。",
    "period-too-long": "活动期限不能超过 {{days}} 天。请缩短期限。",
    "period-over": "活动期限已经过去。请改为今后的日期。",
    "phase-outside-period": "阶段“{{phase}}”不在活动期限内。请核对日期。",
    "stations-missing": "请至少选择一个派出所。",
    "station-unknown": "有派出所不存在。请重新选择。",
    "target-missing": "请至少选择一类走访对象。",
    "target-outside-stations": "有社区或警务区不属于所选派出所。请重新选择。",
    "forms-missing": "请至少选择一张走访表。",
    "form-unknown": visits.refusals["form-unknown"],
    "form-expires-early":
      "走访表 {{form}} 到 {{expires}} 失效，早于活动结束。请换用新版或缩短期限。",
    "form-unsuitable": visits.refusals["form-unsuitable"],
    "teams-missing": "请至少编一个走访组。",
    "team-empty": "“{{team}}”还没有成员。请添加成员。",
    "team-too-large": visits.refusals["team-too-large"],
    "team-outside-stations": "“{{team}}”不属于所选派出所。请核对。",
    "team-member-unknown": visits.refusals["team-member-unknown"],
    "auxiliary-alone": visits.refusals["auxiliary-alone"],
    "stock-invalid": "物品“{{item}}”的代码、名称或数量不正确。请核对。",
    "stock-repeated": "物品代码重复。请核对。",
  },
  noun: "活动",
  state: { draft: "草案", open: "进行中", closed: "已结束" },
  track: { outreach: "大走访", hazard_survey: "大排查", research: "大调研" },
  kind: {
    dwelling_unit: "住户",
    rural_house: "农村住房",
    shop: "门店",
    organisation: "单位",
    site: "重点部位",
  },
  form: {
    form_household: "城乡住户走访表",
    form_shop: "企业门店走访表",
    form_community: "进村（社区）走访表",
    form_organisation: "机关企事业单位走访表",
  },
} as const;
