/**
 * D16: the sheet of a return meeting, by numbers. Whose a thing is stands on no sheet that lies about:
 * a turn has a number, an item its number in the ledger, and the list of returned items (发还清单)
 * that holds the names stays with the case. Sources: domain.md §4.7, §4.12; 行政程序规定 192.
 */
import { type Block, moment } from "./documents.ts";
import { property as labels } from "./messages/property.zh-CN.ts";
import type { MeetingDetail } from "./property.ts";

export const SHEET_TITLE = "涉案财物返还会签到表";

export function returnSheet(
  meeting: Pick<MeetingDetail, "venue" | "from" | "slots">,
): readonly Block[] {
  const turns = meeting.slots.flatMap(({ at, items }) => items.map((item) => ({ at, ...item })));
  return [
    { kind: "title", text: SHEET_TITLE },
    { kind: "number", text: `共${turns.length}号` },
    {
      kind: "fields",
      rows: [
        ["时间", moment(meeting.from)],
        ["地点", meeting.venue],
      ],
    },
    {
      kind: "paragraph",
      text: "按号领取，不叫姓名。领取人身份和权利由两名民警当场核对，民警不得代领。发还清单另行填写，这里只记编号。",
    },
    {
      kind: "fields",
      rows: turns.map(({ at, itemClass, count, registerNo, returned }, index) => [
        `${index + 1}号　${moment(at).split("日")[1] ?? ""}`,
        [
          `${labels.itemClass[itemClass]} ${count}，台账编号 ${registerNo}${returned ? "（已发还）" : ""}`,
          "发还清单编号：　　　　　　　　　领取人确认：　　　　　",
        ].join("\n"),
      ]),
    },
    { kind: "signatures", of: ["在场民警", "在场民警"] },
  ];
}
