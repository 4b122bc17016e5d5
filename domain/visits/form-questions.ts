import type { Option, Question, Text } from "./form-definition.ts";

export function text(zh: string, en: string): Text {
  return { "zh-CN": zh, en };
}

export function option(value: string, zh: string, en: string): Option {
  return { value, label: text(zh, en) };
}

/** Where an answer goes that stays with the visit, and for how long. */
export const WITH_VISIT = { store: "answers", retention: "campaign_end_24_months" } as const;

/** Where something goes that must be answered. */
export const AS_MATTER = { store: "matter", retention: "matter_5_years" } as const;

export function opinions(number: string): Question {
  return {
    number,
    key: "opinions",
    type: "matters",
    matterKind: "opinion",
    label: text("对公安工作有什么意见建议", "Opinions and suggestions on police work"),
    why: text(
      "听取意见、接受监督；可以不说，也可以匿名。",
      "To hear opinions and be held to account; may be left out or given without a name.",
    ),
    personal: "ordinary",
    ...AS_MATTER,
  };
}

export function serviceNeeds(number: string): Question {
  return {
    number,
    key: "service_needs",
    type: "matters",
    matterKind: "service_request",
    label: text("有什么需要帮办的事", "Anything you need done"),
    why: text(
      "记下来才能办、能答复。",
      "It can only be done and answered when it is written down.",
    ),
    personal: "ordinary",
    ...AS_MATTER,
  };
}

export function disputes(number: string): Question {
  return {
    number,
    key: "disputes",
    type: "matters",
    matterKind: "dispute",
    label: text("有没有需要帮助调解的纠纷", "A dispute you would like help with"),
    why: text(
      "只有当事人自己提出或同意才登记；不在门口记录对方的信息。",
      "Only when a party asks or agrees; nothing about the other party is taken at the door.",
    ),
    personal: "ordinary",
    ...AS_MATTER,
  };
}

export function hazards(number: string): Question {
  return {
    number,
    key: "hazards",
    type: "matters",
    matterKind: "hazard",
    label: text("发现的安全隐患（默认公共部位）", "Hazards found (common parts by default)"),
    why: text(
      "交给负责的单位整改；屋内只在住户要求时记录。",
      "To have it put right by whoever is responsible; inside a home only at the resident's request.",
    ),
    personal: "none",
    ...AS_MATTER,
  };
}

export function tipNotice(number: string): Question {
  return {
    number,
    key: "tip_notice",
    type: "notice",
    label: text(
      "群众要反映线索的，不写入走访记录，请其使用卡片上的举报渠道。",
      "A tip is never written into a visit: point to the channel on the contact card.",
    ),
    why: text("线索不与任何一户相连。", "A tip is tied to no home."),
    personal: "none",
    store: "none",
    retention: "not_recorded",
  };
}

export const contactPhone: Omit<Question, "number"> = {
  key: "contact_phone",
  type: "phone",
  label: text("联系电话（只用于答复，可不填）", "Telephone (for the answer only, optional)"),
  why: text(
    "只用来答复这件事，经您同意才记；办结后30天内删除。",
    "Only to answer this matter and with your consent; deleted within 30 days of its end.",
  ),
  condition: { matters: "wants_answer" },
  personal: "consent",
  store: "matter_contact",
  retention: "matter_closed_30_days",
};

export const staffBand: readonly Option[] = [
  option("1", "1人", "1"),
  option("2_5", "2–5人", "2–5"),
  option("6_20", "6–20人", "6–20"),
  option("21_50", "21–50人", "21–50"),
  option("51_plus", "51人以上", "51 or more"),
];

const contactRoles: readonly Option[] = [
  option("owner", "负责人", "Owner or head"),
  option("manager", "店长/主管", "Manager"),
  option("security", "安保负责人", "Security lead"),
  option("staff", "工作人员", "Staff"),
  option("other", "其他", "Other"),
];

export function contactRole(number: string): Question {
  return {
    number,
    key: "contact_role",
    type: "select_one",
    label: text("接待人身份", "Role of the person met"),
    why: text("不登记姓名。", "No name is taken."),
    options: contactRoles,
    personal: "none",
    ...WITH_VISIT,
  };
}
