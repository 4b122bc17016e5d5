import { matters } from "./matters.zh-CN.ts";

/** Labels of messages to residents and the sentences of their refusals; desk and server share them. */
export const answers = {
  refusals: {
    "not-permitted": matters.refusals["not-permitted"],
    "wrong-message-state": "这条信息的状态已经变了。请刷新后再看。",
    "still-held": "不能发出的原因还在。请换一种方式答复。",
    "no-question-open": "现在不能问：还没有答复，或者已经问过了。",
    "nobody-to-ask": "群众没有留联系方式，或不要求答复，不能发短信问。",
  },
  state: {
    queued: "待发",
    held: "未发，请处理",
    sending: "发送中",
    sent: "已发出",
    delivered: "已送达",
    failed: "没有送到",
    shown: "已交付",
    cancelled: "已撤回",
  },
  /** Paper waits for hands, not for a time. */
  paper: "待打印交付",
  channel: { sms: "短信", letter: "信件", notice_board: "公告栏" },
  purpose: { answer: "答复", interim: "进展告知", callback: "回访提问", reminder: "回访提醒" },
  reason: {
    may_harm: "自动发送可能伤害到人。请用安全的方式当面或电话说明。",
    no_number: "没有留手机号码，或保存期已过。",
    not_mobile: "留的是固定电话，收不到短信。请打电话。",
    do_not_contact: "机主退订了短信。请换一种方式。",
    matter_cap: "这件事已经问过两次，不再打扰。",
    number_cap: "这个号码本季度已经问过三次，不再打扰。",
    uncertain: "发送时连接中断，可能已经送到。请核实后再决定是否重发。",
    refused: "短信网关拒绝发送。",
    undelivered: "没有送到手机，可能停机或空号。",
    given_up: "多次发送没有成功。",
  },
  reply: {
    "0": "未处理",
    "1": "非常满意",
    "2": "满意",
    "3": "基本满意",
    "4": "不满意",
    "5": "非常不满意",
    T: "退订",
    words: "回了文字，请打电话",
  },
  step: { again: "重新发送", mark: "标记为已送达", cancel: "撤回" },
} as const;
