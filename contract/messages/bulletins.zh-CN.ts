import { matters } from "./matters.zh-CN.ts";

/** Labels of the community board and the sentences of its refusals. */
export const bulletins = {
  refusals: {
    "bulletin-unknown": "这里还没有公布的板报。",
    "bulletin-month-open": "这个月还没有过完，数字还会变。下月初再写。",
    "bulletin-empty": "还没有写，也没有可以公布的数字。请至少写一条再提交。",
    "bulletin-too-many": "一张板报最多写 {{limit}} 条。请留下最要紧的。",
    "bulletin-reason-needed": "没有全部办成的，请选原因。",
    "bulletin-verbatim": "“{{text}}”和群众登记的原话一样，可能看得出是谁。请换自己的话概括。",
    "bulletin-own-text": "自己写的不能自己公布，请由另一位同事审核。",
    "bulletin-correction-needed": "请写明更正了什么。",
    "text-missing": matters.refusals["text-missing"],
  },
  state: { none: "未写", draft: "草稿", released: "待审核", published: "已公布" },
  result: { done: "办成了", partly: "办成一部分", under_way: "正在办", cannot: "办不了" },
  total: "合计",
} as const;
