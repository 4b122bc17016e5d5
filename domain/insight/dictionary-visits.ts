/** Coverage and reach: K01-K18. */
import { count, indicator, says, share } from "./dictionary-row.ts";
import type { Indicator } from "./terms.ts";

const ELIGIBLE_LESS = ["excluded_demolished", "excluded_not_residential"] as const;

export const VISIT_INDICATORS: readonly Indicator[] = [
  indicator(
    "K01",
    "stations_active",
    says("参与派出所数", "Stations taking part"),
    "station",
    count("stations_active"),
    says(
      "至少有一次完成走访的派出所，各计一次",
      "Stations with at least one completed visit, each once",
    ),
    { protects: false },
  ),
  indicator(
    "K02",
    "households_visited",
    says("走访户数", "Households visited"),
    "household",
    count("households"),
    says(
      "期内至少见面一次的住户，各计一次（住宅套、农房）",
      "Homes where a visit was completed at least once in the period, each once",
    ),
    { guard: says("不是户次，也不是敲门次数", "Neither household visits nor attempts") },
  ),
  indicator(
    "K03",
    "household_visits",
    says("走访户次", "Household visits"),
    "household_visit",
    count("household_visits"),
    says(
      "完成的住户走访次数，同一户可多次",
      "Completed visits to homes; one home may have several",
    ),
    {
      guard: says(
        "不小于走访户数；不得与户数相加",
        "Never below households visited; never added to them",
      ),
    },
  ),
  indicator(
    "K04",
    "attempts",
    says("敲门次数", "Attempts"),
    "attempt",
    count("attempts"),
    says("全部走访记录，无论结果", "All visit records, whatever came of them"),
    { protects: false },
  ),
  indicator(
    "K05",
    "contact_rate",
    says("见面率", "Contact rate"),
    "percent",
    share(["household_visits"], ["home_attempts_eligible"]),
    says(
      "完成的住户走访 ÷ 对应走访住户的敲门次数（不含非住宅、地址有误、仅电话）",
      "Completed household visits ÷ attempts at homes (without non-residential, wrong address, phone only)",
    ),
  ),
  indicator(
    "K06",
    "coverage_rate",
    says("覆盖率", "Coverage"),
    "percent",
    share(["households"], ["units"], ELIGIBLE_LESS),
    says(
      "走访户数 ÷ 应走访户数；应走访户数 = 目标住户 − 已拆除 − 非住宅",
      "Households visited ÷ eligible homes; eligible = homes in the campaign − demolished − not residential",
    ),
    {
      offered: "campaign",
      beside: ["units", "excluded_demolished", "excluded_not_residential", "do_not_visit"],
      guard: says(
        "同时公布分母、每项剔除数，以及剔除“不再上门”后的覆盖率",
        "Printed with its denominator, every exclusion, and the variant without homes that wish no visit",
      ),
    },
  ),
  indicator(
    "K07",
    "completion_depth",
    says("每户平均敲门次数", "Attempts a household"),
    "attempt_per_household",
    { kind: "mean", of: ["home_attempts"], over: ["households"] },
    says("住户敲门次数 ÷ 走访户数", "Attempts at homes ÷ households visited"),
  ),
  indicator(
    "K08",
    "passes_per_building",
    says("每栋楼走访遍数", "Rounds a building"),
    "pass",
    { kind: "rounds" },
    says(
      "每栋楼应走访户中有 90% 已见面或已了结时，这些门最多敲过几遍；取各楼的四分位数",
      "For each building: the most attempts any door needed among the 90 % of eligible homes first met or ended; quartiles over buildings",
    ),
    {
      offered: "campaign",
      protects: false,
      guard: says(
        "只算已达到 90% 的楼，并写明有几栋",
        "Only buildings that reached 90 %; their number stands beside it",
      ),
    },
  ),
  indicator(
    "K09",
    "never_reached_share",
    says("多次未遇占比", "Never reached"),
    "percent",
    share(["never_reached"], ["units"], ELIGIBLE_LESS),
    says(
      "敲门至少 4 次、至少两个时段（含晚间或周末）仍未见面的住户 ÷ 应走访户数",
      "Homes with at least 4 attempts in at least two bands (an evening or weekend among them) and nobody met ÷ eligible homes",
    ),
    {
      offered: "campaign",
      beside: ["never_reached"],
      guard: says("如实收尾，不是过错", "An honest ending, not a fault"),
    },
  ),
  indicator(
    "K12",
    "by_request_share",
    says("群众邀约占比", "By request of residents"),
    "percent",
    share(["completed_by_request"], ["completed_visits"]),
    says(
      "群众主动预约的走访 ÷ 完成的走访",
      "Completed visits that residents asked for ÷ completed visits",
    ),
  ),
  indicator(
    "K13",
    "shops_visited",
    says("走访门店", "Shops visited"),
    "firm",
    count("shops"),
    says("期内走访过的门店，各计一次", "Shops visited in the period, each once"),
    { protects: false },
  ),
  indicator(
    "K14",
    "orgs_visited",
    says("走访企业单位", "Organisations visited"),
    "firm",
    count("organisations"),
    says(
      "期内走访过的企业和单位，各计一次",
      "Firms and institutions visited in the period, each once",
    ),
    { protects: false },
  ),
  indicator(
    "K15",
    "villages_visited",
    says("走访村居", "Villages and communities visited"),
    "village",
    count("villages"),
    says(
      "期内用《进村（社区）走访表》走访过的村、社区，各计一次",
      "Villages and communities visited with their own form in the period, each once",
    ),
    { protects: false },
  ),
  indicator(
    "K15a",
    "sites_visited",
    says("走访重点部位", "Sites visited"),
    "site",
    count("sites"),
    says(
      "期内走访过的治安防范重点部位，各计一次",
      "Sites of prevention work visited in the period, each once",
    ),
    { protects: false },
  ),
  indicator(
    "K16",
    "officers_participating",
    says("参与民警", "Officers taking part"),
    "officer",
    count("officers"),
    says(
      "期内至少参加一次走访的民警，各计一次",
      "Sworn officers present at one visit or more, each once",
    ),
    {
      protects: false,
      guard: says("只有总数，不按人统计", "A total; never a figure for each officer"),
    },
  ),
  indicator(
    "K17",
    "liaison_coverage",
    says("挂钩联系覆盖率", "Communities with their officer"),
    "percent",
    share(["communities_with_liaison"], ["communities"]),
    says(
      "有在任联系民警的村、社区 ÷ 全部村、社区",
      "Communities with a serving liaison officer ÷ communities",
    ),
    { eventDay: "as_of", offered: "period", protects: false },
  ),
  indicator(
    "K18",
    "leaflets",
    says("发放宣传材料", "Leaflets"),
    "copy",
    count("leaflets"),
    says("发放份数之和", "Copies handed out"),
    { protects: false },
  ),
];
