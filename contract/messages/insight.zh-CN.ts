/** Sentences of the refusals about figures. */
export const insight = {
  refusals: {
    "period-not-offered":
      "不能按“{{period}}”统计。走访户数按整月、整季、整年或整个活动去重；请选择其中一种时段。",
    "indicator-unknown": "没有这个指标。",
    "indicator-not-offered": "这个指标在这里没有明细记录，或不适用于这个范围。请换一个指标或范围。",
    "records-not-open": "您的岗位只看汇总数，不能打开明细记录。",
    "level-not-offered": "您的岗位不能按这个层级查看。请改看上一级。",
    "units-differ": "“{{first}}”和“{{second}}”单位不同，不能相加。",
  },
} as const;
