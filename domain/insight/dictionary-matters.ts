/** What residents raised and officers found: K20-K42. */
import { count, indicator, says, share } from "./dictionary-row.ts";
import { COUNTED_REASONS, type Indicator } from "./terms.ts";

const OVERDUE_COUNTERS = [
  "overdue_opinion",
  "overdue_service_request",
  "overdue_dispute",
  "overdue_hazard",
] as const;
const REASON_COUNTERS = COUNTED_REASONS.map((code) => `reason_${code}` as const);

export const MATTER_INDICATORS: readonly Indicator[] = [
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
        "No target of 100%; always printed apart from the answers",
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
      "办结后 90 天内重办、或同样当事人又来调解的纠纷 ÷ 化解办结的次数，按原办结日",
      "Settlements reopened, or back between the same parties, within 90 days ÷ settlements, by day of the settlement",
    ),
    { eventDay: "ended" },
  ),
  indicator(
    "K28",
    "judicial_confirm_share",
    says("司法确认占比", "Confirmed by a court"),
    "percent",
    share(["agreements_confirmed"], ["agreements_written"]),
    says(
      "法院裁定确认的协议 ÷ 书面调解协议，按协议生效日",
      "Agreements that a court confirmed ÷ written agreements, by the agreement's first day",
    ),
    {
      eventDay: "agreed",
      guard: says(
        "口头协议和未申请的不算差",
        "Oral ones and those not brought to court are no fault",
      ),
    },
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
    "K32",
    "hazard_recurrence",
    says("隐患复发率", "Hazards that came back"),
    "percent",
    share(["hazards_recurred"], ["hazards_cleared"]),
    says(
      "复查消除后 180 天内同一地点又登记同类隐患的 ÷ 复查消除的隐患，按消除日，算到今天",
      "Cleared hazards of whose sort another was found at the same place within 180 days ÷ hazards cleared, by the day of clearing, as known today",
    ),
    {
      eventDay: "cleared",
      guard: says(
        "近 180 天内消除的还可能复发",
        "What was cleared in the last 180 days may still come back",
      ),
    },
  ),
  indicator(
    "K35",
    "on_time_rate",
    says("按期办结率", "Ended in time"),
    "percent",
    share(["matters_ended_in_time"], ["matters_due"]),
    says(
      "期限内办结 ÷ 期内到期的事项；期限以依法中止、延长后的为准",
      "Ended by the due day ÷ matters whose due day fell in the period; lawful pauses and extensions move the day",
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
    { eventDay: "registered" },
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
      guard: says("不是已办结事项的平均数", "Not the mean of closed ones"),
    },
  ),
  indicator(
    "K38",
    "overdue_open",
    says("超期未结", "Open and overdue"),
    "matter",
    { kind: "count", of: OVERDUE_COUNTERS },
    says("现在仍未办结且已过期限的事项", "Matters open now whose due day has passed"),
    {
      eventDay: "as_of",
      beside: OVERDUE_COUNTERS,
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
  indicator(
    "K40",
    "bounce_rate",
    says("退单率", "Referrals that came back"),
    "percent",
    share(["referrals_returned"], ["referrals_sent"]),
    says("退回的转办次数 ÷ 转办次数", "Referrals returned ÷ referrals sent"),
    {
      eventDay: "happened",
      guard: says("退回要有理由，不是过错", "A return has its reasons and is no fault"),
    },
  ),
  indicator(
    "K41",
    "not_solved_reasons",
    says("未解决原因", "Why not solved"),
    "matter",
    { kind: "count", of: REASON_COUNTERS },
    says(
      "办结时未解决、部分解决或不予受理的事项，按原因分，按办结日",
      "Matters that ended unsolved, partly solved or not taken up, by reason, by day of closing",
    ),
    {
      eventDay: "ended",
      beside: REASON_COUNTERS,
      guard: says(
        "如实说明解决不了的原因，不设指标",
        "An honest account of what can't be solved; no target",
      ),
    },
  ),
  indicator(
    "K42",
    "same_day_clear_rate",
    says("一日清率", "Told by the next morning"),
    "percent",
    share(["morning_told"], ["morning_due"]),
    says(
      "次日 8 时前有人受理并已告知群众 ÷ 登记的、群众等回音的事项，按应清日",
      "Taken on and the resident told by 8 the next morning ÷ matters registered whose resident waits to hear, by that morning",
    ),
    { eventDay: "due" },
  ),
];
