import { visits } from "./visits.zh-CN.ts";

export const duty = {
  refusals: {
    "day-not-over": "这一天还没有结束，零点以后才能签收。",
    "day-too-old": "这一天已超过 7 天，不能再补签；记录保持未签收。",
    "day-signed": "这一天已经签收，不能更改。",
    "left-unexplained": "还有 {{count}} 件未受理的事项没有说明原因，请逐件选择后再签收。",
    "note-too-long": visits.refusals["note-too-long"],
    "note-forbidden": "说明里有电话、证件号等个人信息，请删去后再签收。",
  },
  figure: {
    came_in: "当天登记",
    taken_up: "已受理",
    answered: "已答复",
    ended: "已结束",
    untouched: "还没人受理",
    resolved_that_day: "当天办完",
    closed_that_day: "当天办结",
    due_next_day: "次日到期",
  },
  why: {
    came_late: "当天较晚才登记",
    resident_unreached: "联系不上群众",
    handler_away: "承办人不在岗",
    waits_for_body: "等别的单位接手",
    more_urgent_first: "先办更急的事",
  },
} as const;
