/** Sentences of refused working days; desk and server share them. */
export const workdays = {
  refusals: {
    "workdays-unreadable":
      "第 {{line}} 行读不懂。每行写“休 2027-01-01~2027-01-03”或“班 2027-01-31”。",
    "workdays-other-year": "{{day}} 不是这一年的日子。",
    "workdays-twice": "{{day}} 写了两次。",
    "workdays-not-weekend": "{{day}} 不是星期六、星期日，不会是调休上班日。",
    "workdays-too-few": "放假的日子不全：至少 {{fewest}} 天，包括元旦。",
    "workdays-year-over": "{{year}} 年已经过去，不能再改。",
    "workdays-too-early": "{{year}} 年的安排还没有公布。",
    "workdays-gap": "前一年还没有录入（现有到 {{through}}）。",
    "workdays-source-missing": "请写明依据的通知文号。",
  },
} as const;
