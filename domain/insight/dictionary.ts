/**
 * The indicator dictionary (domain.md §6.2): each figure that console, report card and export
 * print is one row here. Not here on purpose (§6.3): refusals, tips for each household, anything
 * for each officer, ranks, hours online, likes, targets of 100 %.
 */
import type { Bilingual, CounterName, Indicator, Measure, Unit } from "./terms.ts";

function says(zh: string, en: string): Bilingual {
  return { zh, en };
}

function count(...of: CounterName[]): Measure {
  return { kind: "count", of };
}

function share(
  of: readonly CounterName[],
  over: readonly CounterName[],
  less: readonly CounterName[] = [],
): Measure {
  return { kind: "share", of, over, less };
}

interface Extra {
  readonly guard?: Bilingual;
  readonly eventDay?: Indicator["eventDay"];
  readonly offered?: Indicator["offered"];
  readonly beside?: readonly CounterName[];
  readonly protects?: boolean;
  readonly recorded?: boolean;
}

function indicator(
  id: string,
  name: string,
  label: Bilingual,
  unit: Unit,
  measure: Measure,
  formula: Bilingual,
  extra: Extra = {},
): Indicator {
  return {
    id,
    name,
    label,
    unit,
    measure,
    formula,
    guard: extra.guard ?? null,
    eventDay: extra.eventDay ?? "visit",
    offered: extra.offered ?? "both",
    beside: extra.beside ?? [],
    protects: extra.protects ?? true,
    recorded: extra.recorded ?? true,
  };
}

const ELIGIBLE_LESS = ["excluded_demolished", "excluded_not_residential"] as const;

export const INDICATORS: readonly Indicator[] = [
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
  indicator(
    "K20",
    "opinions",
    says("意见建议", "Opinions and suggestions"),
    "opinion",
    count("opinions"),
    says(
      "登记的意见建议，按登记日；活动内为走访中听到的",
      "Opinions by day of registration; in a campaign, those heard at its visits",
    ),
    { eventDay: "registered" },
  ),
  indicator(
    "K21",
    "opinion_reply_rate",
    says("意见答复率", "Opinions answered in time"),
    "percent",
    share(["opinions_answered_in_time"], ["opinions_due"]),
    says(
      "到期前已答复 ÷ 期内到答复期限的意见（本人不要答复的除外）",
      "Answered by the due day ÷ opinions whose due day fell in the period (without those who wish no answer)",
    ),
    { eventDay: "due" },
  ),
  indicator(
    "K22",
    "opinion_adoption_rate",
    says("意见采纳率", "Opinions adopted"),
    "percent",
    share(["opinions_adopted", "opinions_partly_adopted"], ["opinions_studied"]),
    says(
      "（采纳 + 部分采纳）÷ 研究完的意见，按研究日",
      "(Adopted + partly adopted) ÷ opinions studied, by day of study",
    ),
    {
      eventDay: "studied",
      guard: says(
        "不设 100% 指标；与答复率分开写",
        "No target of 100 %; always printed apart from the answers",
      ),
    },
  ),
  indicator(
    "K23",
    "services_done",
    says("办实事", "Services done"),
    "service",
    count("services_done"),
    says(
      "已办成并办结的群众求助事项，按办结日（不含矛盾纠纷）",
      "Service requests delivered and closed, by day of closing (without disputes)",
    ),
    { eventDay: "ended" },
  ),
  indicator(
    "K24",
    "disputes_registered",
    says("排查矛盾纠纷", "Disputes registered"),
    "dispute",
    count("disputes_registered"),
    says("登记的矛盾纠纷，按登记日", "Disputes by day of registration"),
    { eventDay: "registered", guard: says("排查不等于化解", "Registered is not resolved") },
  ),
  indicator(
    "K25",
    "disputes_resolved",
    says("化解矛盾纠纷", "Disputes resolved"),
    "dispute",
    count("disputes_resolved"),
    says(
      "达成或履行调解协议并办结的矛盾纠纷，按办结日",
      "Disputes closed with an agreement reached or performed, by day of closing",
    ),
    { eventDay: "ended", guard: says("化解不等于排查", "Resolved is not registered") },
  ),
  indicator(
    "K26",
    "dispute_resolution_rate",
    says("纠纷化解率", "Dispute resolution rate"),
    "percent",
    share(["disputes_cohort_resolved"], ["disputes_cohort_ended"]),
    says(
      "期内登记的纠纷中：达成或履行协议 ÷ 已办结（含调解不成，不含不宜调解）",
      "Of disputes registered in the period: with an agreement ÷ closed (failed ones included, unsuitable ones not)",
    ),
    {
      eventDay: "registered",
      guard: says("同批登记，不与当期化解数相除", "One cohort; never same-period numbers divided"),
    },
  ),
  indicator(
    "K27",
    "dispute_relapse_rate",
    says("纠纷反复率", "Dispute relapse"),
    "percent",
    share(["disputes_relapsed"], ["dispute_settlements"]),
    says(
      "办结后 90 天内重办的纠纷 ÷ 化解办结的次数，按原办结日",
      "Settlements reopened within 90 days ÷ settlements, by day of the settlement",
    ),
    { eventDay: "ended" },
  ),
  indicator(
    "K28",
    "judicial_confirm_share",
    says("司法确认占比", "Confirmed by a court"),
    "percent",
    share(["agreements_confirmed"], ["agreements_written"]),
    says("已司法确认的协议 ÷ 书面调解协议", "Agreements confirmed by a court ÷ written agreements"),
    { eventDay: "ended", recorded: false },
  ),
  indicator(
    "K29",
    "hazards_found",
    says("排查安全隐患", "Hazards found"),
    "hazard",
    count("hazards_found"),
    says("登记的安全隐患，按登记日", "Hazards by day of registration"),
    { eventDay: "registered", guard: says("发现不等于整改", "Found is not cleared") },
  ),
  indicator(
    "K30",
    "hazards_cleared",
    says("整改安全隐患", "Hazards cleared"),
    "hazard",
    count("hazards_cleared"),
    says(
      "经他人复查已消除的隐患，按复查日",
      "Hazards that somebody else re-checked and found gone, by that day",
    ),
    { eventDay: "cleared" },
  ),
  indicator(
    "K31",
    "hazard_clear_rate",
    says("隐患整改率", "Hazards cleared in time"),
    "percent",
    share(["hazards_cleared_in_time"], ["hazards_due"]),
    says(
      "到期前复查消除 ÷ 期内到整改期限的隐患",
      "Cleared by the due day ÷ hazards whose due day fell in the period",
    ),
    { eventDay: "due" },
  ),
  indicator(
    "K35",
    "on_time_rate",
    says("按期办结率", "Ended in time"),
    "percent",
    share(["matters_ended_in_time"], ["matters_due"]),
    says(
      "期限内办结 ÷ 期内到期的事项",
      "Ended by the due day ÷ matters whose due day fell in the period",
    ),
    { eventDay: "due" },
  ),
  indicator(
    "K36",
    "median_days_to_end",
    says("办理时长中位数", "Median days to the end"),
    "day",
    { kind: "duration", quantile: 0.5 },
    says(
      "期内登记的事项从登记到办结的天数中位数（Kaplan–Meier，含未办结）",
      "Median days from registration to the end, open ones included (Kaplan-Meier)",
    ),
    { eventDay: "registered", protects: false },
  ),
  indicator(
    "K37",
    "p90_days_to_close",
    says("九成办结时长", "Days until nine in ten ended"),
    "day",
    { kind: "duration", quantile: 0.9 },
    says(
      "期内登记的事项有九成办结所需天数（Kaplan–Meier，含未办结）",
      "Days until nine in ten ended, open ones included (Kaplan-Meier)",
    ),
    {
      eventDay: "registered",
      protects: false,
      guard: says("不是已办结事项的平均数", "Not the mean of closed ones"),
    },
  ),
  indicator(
    "K38",
    "overdue_open",
    says("超期未结", "Open and overdue"),
    "matter",
    count("overdue_opinion", "overdue_service_request", "overdue_dispute", "overdue_hazard"),
    says("现在仍未办结且已过期限的事项", "Matters open now whose due day has passed"),
    {
      eventDay: "as_of",
      beside: ["overdue_opinion", "overdue_service_request", "overdue_dispute", "overdue_hazard"],
    },
  ),
  indicator(
    "K39",
    "reopen_rate",
    says("重办率", "Reopened"),
    "percent",
    share(["matters_reopened"], ["matters_closed"]),
    says("重新办理的次数 ÷ 办结的次数", "Reopenings ÷ closings"),
    { eventDay: "ended" },
  ),
];

const BY_ID = new Map(INDICATORS.map((row) => [row.id, row]));

export function indicatorById(id: string): Indicator | null {
  return BY_ID.get(id) ?? null;
}

/** How the counts that stand beside an indicator are called. */
export const COUNTER_LABELS: Readonly<Partial<Record<CounterName, Bilingual>>> = {
  units: says("目标住户", "Homes in the campaign"),
  excluded_demolished: says("已拆除", "Demolished"),
  excluded_not_residential: says("非住宅或地址有误", "Not residential or wrong address"),
  do_not_visit: says("本人希望不再上门", "Wish no visit"),
  never_reached: says("多次未遇", "Never reached"),
  overdue_opinion: says("意见建议", "Opinions"),
  overdue_service_request: says("求助事项", "Service requests"),
  overdue_dispute: says("矛盾纠纷", "Disputes"),
  overdue_hazard: says("安全隐患", "Hazards"),
};
