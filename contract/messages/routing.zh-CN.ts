/** Sentences of a routing table that is refused; desk and server share them. */
export const routing = {
  refusals: {
    "routing-rule-unknown": "没有这条规则。请刷新后重选。",
    "routing-mismatch":
      "条件对不上：细类要属于所选类别，等级只用于安全隐患，社区要属于所选派出所。",
    "routing-tie":
      "第 {{one}} 条和第 {{other}} 条会同时管到一件事项，分不出以谁为准。请先另立一条，把两条的条件写在一起，定明由谁负责。",
    "routing-target-gone": "责任单位已停用或没有人在岗（第 {{number}} 条）。请改选。",
    "routing-basis-long": "依据太长，最多 {{limit}} 字。",
    "routing-too-many": "最多 {{most}} 条规则。请先合并或删去一些。",
    "routing-no-draft": "没有草稿。请先修改规则。",
    "routing-empty": "表里还没有规则，不能启用。",
    "routing-untried": "草稿改过之后还没有试算。请先试算，看清结果再启用。",
  },
} as const;
