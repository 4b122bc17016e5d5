import { matters } from "./matters.zh-CN.ts";

/** Labels of appointments and the sentences of their refusals; residents' pages, desk and server share them. */
export const appointments = {
  refusals: {
    "window-not-offered": "这个时间不能约。请从列出的时间里选一个。",
    "window-full": "这个时间刚被约满，请另选一个。",
    "door-unknown": "没有这扇门。请重新选门牌号；找不到就打派出所电话。",
    "card-code-wrong":
      "卡片上的码不对。请核对八位数字；卡片过了六十天也不能用，可以不填，由派出所与您确认。",
    "appointment-over": "约定的时间已经过了。请另约时间。",
    "appointment-not-over": "约定的时间还没过。",
    "appointment-wrong-state": "这个约定已经了结，不能再改。请刷新后查看。",
    "contact-without-consent": matters.refusals["contact-without-consent"],
    "phone-invalid": matters.refusals["phone-invalid"],
  },
  state: {
    asked: "等派出所回话",
    confirmed: "已约定",
    kept: "已见面",
    missed: "没有见到",
    cancelled: "已取消",
  },
  origin: { page: "门牌网页", door: "上门时约", desk: "来电来访", paper: "纸质表" },
} as const;
