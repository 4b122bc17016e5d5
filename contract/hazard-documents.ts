/**
 * The papers of a hazard: D8 advice to whoever has to put it right, D9 the record of the look by
 * somebody else. The slip advises; only the competent body orders,
 * and what is printed then is the number of its order. Nobody's name stands on them.
 *
 * Sources: domain.md §4.5, §4.12; 安全生产法 70; 公安部令第120号.
 */
import type { CompetentBody, HazardSide } from "@wanjia/domain/matters/hazard-terms";
import { printNumber } from "@wanjia/domain/matters/number";
import type { HazardStanding } from "@wanjia/domain/matters/terms";
import type { Instant } from "@wanjia/domain/shared/instant";
import { type Block, day, moment } from "./documents.ts";
import { matters as labels } from "./messages/matters.zh-CN.ts";

export const HAZARD_DOCUMENTS = ["advice", "recheck"] as const;
export type HazardDocument = (typeof HAZARD_DOCUMENTS)[number];

/** What is known of a hazard; the page of the matter has it all. */
export interface HazardPaper {
  readonly number: string;
  readonly subtype: string;
  readonly grade: HazardStanding | null;
  readonly place: string | null;
  readonly stationName: string | null;
  readonly dutyPhone: string | null;
  readonly text: string;
  readonly registeredAt: Instant;
  readonly hazard: (HazardSide & { readonly atHome: boolean }) | null;
  readonly timeline: readonly {
    readonly type: string;
    readonly at: Instant;
    readonly body: Readonly<Record<string, unknown>>;
  }[];
}

/** The papers that there is something to print for. */
export function papersOf({ hazard }: Pick<HazardPaper, "hazard">): readonly HazardDocument[] {
  if (hazard === null) return [];
  return HAZARD_DOCUMENTS.filter(
    (kind) => ({ advice: hazard.advice, recheck: hazard.recheck ?? hazard.confirmedAt })[kind],
  );
}

export function hazardTitle(kind: HazardDocument): string {
  return labels.hazardPaper[kind];
}

const bodyName = (body: CompetentBody): string => labels.competentBody[body];

function subtypeName(subtype: string): string {
  const names: Readonly<Record<string, string>> = labels.subtype.hazard;
  return names[subtype] ?? subtype;
}

/** What was said with the last event of a type. */
function said(data: HazardPaper, type: string): string | null {
  const text = data.timeline.findLast((event) => event.type === type)?.body["text"];
  return typeof text === "string" ? text : null;
}

function head(kind: HazardDocument, data: HazardPaper): Block[] {
  return [
    { kind: "title", text: hazardTitle(kind) },
    { kind: "number", text: `编号：${printNumber(data.number)}` },
  ];
}

const house = ({ stationName }: HazardPaper): string => stationName ?? "　　　　　　派出所";

export function hazardDocument(kind: HazardDocument, data: HazardPaper): readonly Block[] {
  switch (kind) {
    case "advice":
      return advice(data);
    case "recheck":
      return recheck(data);
  }
}

/** D8, also for reading out at the door. */
function advice(data: HazardPaper): Block[] {
  const slip = data.hazard?.advice ?? null;
  const party = slip === null ? "　　　　　　" : labels.responsibleParty[slip.party];
  const atHome = data.hazard?.atHome === true;
  const order: Block[] =
    slip?.notice == null
      ? []
      : [
          {
            kind: "paragraph",
            text: `${bodyName(slip.notice.body)}已就此出具文书，文号：${slip.notice.number}。整改要求以该文书为准。`,
          },
        ];
  return [
    ...head("advice", data),
    { kind: "addressee", text: party },
    {
      kind: "fields",
      rows: [
        ["地点", data.place],
        ["隐患", subtypeName(data.subtype)],
        ["发现时间", moment(data.registeredAt)],
        ["建议整改期限", slip === null ? null : `${day(slip.fixBy)}前`],
      ],
    },
    { kind: "lines", label: "看到的情况", text: data.text, lines: 3 },
    { kind: "lines", label: "整改建议", text: said(data, "advised"), lines: 3 },
    ...order,
    {
      kind: "paragraph",
      text: atHome
        ? "这是一份提醒和建议，不是处罚，也不是命令。不拍照，不公示。整改有困难的，请告诉我们，一起想办法。"
        : "这是一份提醒和建议，不是处罚决定，也不是责令改正通知。依法需要责令改正的，由有权的主管部门出具文书。",
    },
    {
      kind: "paragraph",
      text: `期限届满后，由另一名民警到现场复查。联系：${house(data)}，值班电话${data.dutyPhone ?? "　　　　　　　　"}。有紧急危险请立即拨打119、110。`,
    },
    { kind: "seal", of: house(data) },
    ...(atHome ? [] : [{ kind: "signatures" as const, of: ["接收单位（签收）"] }]),
  ];
}

/** D9. Where nobody looked, it says what stands instead. */
function recheck(data: HazardPaper): Block[] {
  const { advice: slip = null, recheck: look = null, confirmedAt, shown } = data.hazard ?? {};
  const confirmed = confirmedAt !== undefined && (look === null || look.at < confirmedAt);
  return [
    ...head("recheck", data),
    {
      kind: "fields",
      rows: [
        ["地点", data.place],
        ["隐患", subtypeName(data.subtype)],
        ["责任方", slip === null ? null : labels.responsibleParty[slip.party]],
        ["建议整改期限", slip === null ? null : day(slip.fixBy)],
        ["主管部门文号", slip?.notice?.number ?? null],
        confirmed
          ? ["确认时间", moment(confirmedAt)]
          : ["复查时间", look === null ? null : moment(look.at)],
      ],
    },
    {
      kind: "checks",
      label: "复查结果",
      options: [
        ["隐患已消除", confirmed || look?.cleared === true],
        ["仍未消除，继续整改", !confirmed && look?.cleared === false],
      ],
    },
    ...(confirmed
      ? [
          {
            kind: "lines" as const,
            label: "依据",
            text: `整改后的现场照片${shown?.photos ?? 0}张（只拍地点），并由反映人向没有经手的人确认隐患已消除。`,
            lines: 3,
          },
        ]
      : [
          {
            kind: "lines" as const,
            label: "看到的情况",
            text: said(data, "rechecked"),
            lines: 4,
          },
          { kind: "paragraph" as const, text: "复查人没有参与发现，也没有经手整改。" },
        ]),
    {
      kind: "signatures",
      of: [
        confirmed ? "记录人" : "复查民警",
        ...(data.hazard?.atHome === true ? [] : ["责任方代表"]),
      ],
    },
  ];
}
