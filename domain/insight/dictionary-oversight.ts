/** Tips, complaints and rights to one's data: K33, K34 and K71-K76, of the whole bureau alone. */
import { count, indicator, says, share } from "./dictionary-row.ts";
import type { Indicator } from "./terms.ts";

export const OVERSIGHT_INDICATORS: readonly Indicator[] = [
  indicator(
    "K33",
    "tips_routed",
    says("转交线索", "Tips passed on"),
    "tip",
    count("tips_routed"),
    says("受理单位已接收的线索，按转交日", "Tips that the receiving unit took over, by that day"),
    {
      eventDay: "happened",
      offered: "bureau",
      guard: says(
        "一季结束后才有；没有指标，也不按户、按人计算",
        "Once a quarter is over; no quota, never by household or by officer",
      ),
    },
  ),
  indicator(
    "K34",
    "tip_feedback_rate",
    says("线索反馈率", "Tips answered"),
    "percent",
    share(["tips_answered"], ["tips_wanting_answer"]),
    says(
      "已答复 ÷ 期内转交的、本人希望答复的线索",
      "Answered ÷ tips passed on in the period whose sender wishes an answer",
    ),
    { eventDay: "happened", offered: "bureau" },
  ),
  indicator(
    "K71",
    "complaints",
    says("涉警投诉", "Complaints about the police"),
    "complaint",
    count("complaints"),
    says("受理的涉警投诉，按收到日", "Complaints received, by that day"),
    {
      eventDay: "registered",
      offered: "bureau",
      guard: says(
        "一年结束后只公布全局合计；被投诉的单位看不到自己的",
        "The bureau's sum alone, once the year is over; nobody learns what concerns his own unit",
      ),
    },
  ),
  indicator(
    "K72",
    "complaint_answered_on_time",
    says("投诉按期答复率", "Complaints answered in time"),
    "percent",
    share(["complaints_answered_on_time"], ["complaints_answer_due"]),
    says(
      "期限内答复 ÷ 期内收到的、已答复或答复期限已过的投诉",
      "Answered in time ÷ complaints of the period that were answered or whose answer is overdue",
    ),
    { eventDay: "registered", offered: "bureau" },
  ),
  indicator(
    "K73",
    "substantiated_share",
    says("投诉属实率", "Complaints found true"),
    "percent",
    share(["complaints_substantiated"], ["complaints_answered"]),
    says(
      "属实和部分属实 ÷ 期内收到并已答复的投诉",
      "Substantiated and partly substantiated ÷ complaints of the period that were answered",
    ),
    { eventDay: "registered", offered: "bureau" },
  ),
  indicator(
    "K74",
    "dsr_on_time",
    says("个人信息请求按期答复率", "Requests about one's data answered in time"),
    "percent",
    share(["requests_on_time"], ["requests_due"]),
    says(
      "期限内答复 ÷ 期内收到的、已答复或期限已过的请求",
      "Answered in time ÷ requests of the period that were answered or whose time is over",
    ),
    { eventDay: "registered", offered: "bureau" },
  ),
  indicator(
    "K75",
    "consent_withdrawals_done",
    says("撤回同意", "Consents withdrawn"),
    "time",
    count("consents_withdrawn"),
    says(
      "撤回同意的次数；每一次都马上生效，联系方式随即删除",
      "How often consent was withdrawn; each takes effect at once, and the contact is gone",
    ),
    { eventDay: "happened", offered: "bureau" },
  ),
  indicator(
    "K76",
    "deletions_due_done",
    says("到期删除率", "Contacts deleted when due"),
    "percent",
    share(["contacts_deleted"], ["contacts_due"]),
    says("已删除 ÷ 期内到期应删除的联系方式", "Deleted ÷ contacts whose time ended in the period"),
    { eventDay: "happened", offered: "bureau" },
  ),
];
