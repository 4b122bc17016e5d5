/** What went back to its owners: K58-K61. */
import { count, indicator, says } from "./dictionary-row.ts";
import type { Indicator } from "./terms.ts";

export const PROPERTY_INDICATORS: readonly Indicator[] = [
  indicator(
    "K58",
    "return_value",
    says("返还财物价值", "Value returned"),
    "yuan",
    count("return_value_yuan"),
    says(
      "期内发还给所有人的财物，按清单所载价值相加",
      "What was handed back to its owners, by the values of the list",
    ),
    {
      eventDay: "happened",
      offered: "period",
      guard: says(
        "不是缴获或没收的价值；不同范围的数不相加",
        "Not what was seized or confiscated; sums of different scopes don't add",
      ),
    },
  ),
  indicator(
    "K59",
    "return_items",
    says("返还财物", "Items returned"),
    "item",
    count("items_returned"),
    says("期内发还给所有人的财物件数", "Items handed back to their owners"),
    { eventDay: "happened", offered: "period" },
  ),
  indicator(
    "K60",
    "return_meetings",
    says("返还会", "Return meetings"),
    "meeting",
    count("return_meetings"),
    says("期内至少发还一件的返还会", "Meetings at which at least one item was handed back"),
    { eventDay: "happened", offered: "period", protects: false },
  ),
  indicator(
    "K61",
    "notify_to_return_days",
    says("通知到返还的天数", "Days from notice to return"),
    "day",
    { kind: "duration", quantile: 0.5, clock: "returns" },
    says(
      "期内发还的财物，从通知所有人到发还的天数，取中位数",
      "Median days from telling the owner to handing it back, of what was returned",
    ),
    { eventDay: "happened", offered: "period" },
  ),
];
