/**
 * The documents D10-D15 of a mediation, and the notice of art. 26: what stands in them, once for paper
 * (`server/platform/docx.ts`) and for the printed page. They are Chinese, as the case-file is. What
 * isn't known is a line to write on, never a guess; names are written by hand.
 *
 * Sources: 人民调解法 17, 23, 24, 26, 28-33; 行政程序规定 178-186; 民事诉讼法 205; domain.md §4.4, §4.12.
 */
import { SIDE_KEYS, FOLLOW_UP_DAYS } from "@wanjia/domain/mediation/terms";
import { addDays, type Instant, type LocalDate } from "@wanjia/domain/shared/instant";
import { BLANK_DAY, type Block, day, moment } from "./documents.ts";
import { mediation as labels } from "./messages/mediation.zh-CN.ts";

export const MEDIATION_DOCUMENTS = [
  "application",
  "rights",
  "record",
  "agreement",
  "oral_agreement",
  "follow_up",
  "confirmation",
  "other_ways",
] as const;
export type MediationDocument = (typeof MEDIATION_DOCUMENTS)[number];

/** What may be typed in for a document; offered, never asked for. */
export const DOCUMENT_FIELDS = [
  "facts",
  "issues",
  "claims",
  "statements",
  "process",
  "terms",
  "manner",
  "result",
] as const;
export type DocumentField = (typeof DOCUMENT_FIELDS)[number];

/** The fields that each document has room for. */
export const FIELDS_OF: Readonly<Record<MediationDocument, readonly DocumentField[]>> = {
  application: ["facts", "claims"],
  rights: [],
  record: ["facts", "statements", "process", "result"],
  agreement: ["facts", "issues", "terms", "manner"],
  oral_agreement: ["facts", "terms", "manner"],
  follow_up: ["result"],
  confirmation: [],
  other_ways: [],
};

type Side = (typeof SIDE_KEYS)[number];

/** What is known of a mediation; the page's own reply has it all. */
export interface DocumentData {
  readonly form: "people" | "police";
  readonly subtype: string | null;
  readonly stationName: string | null;
  readonly dutyPhone: string | null;
  readonly handOverNo: string | null;
  readonly committee: { readonly name: string } | null;
  readonly mediator: { readonly name: string } | null;
  readonly officers: readonly { readonly name: string }[];
  readonly sides: readonly { readonly key: Side; readonly part: keyof typeof labels.part }[];
  readonly sessions: readonly {
    readonly venue: string;
    readonly from: Instant;
    readonly open: boolean;
    readonly state: "booked" | "held" | "cancelled";
    readonly attendance: Partial<Record<Side, keyof typeof labels.attendance>>;
  }[];
  readonly agreement: {
    readonly form: "written" | "oral";
    readonly number: string;
    readonly effectiveOn: LocalDate;
    readonly performBy: LocalDate;
  } | null;
  readonly performedOn: LocalDate | null;
  readonly followUps: readonly number[];
  readonly confirmationUntil: LocalDate | null;
}

export type DocumentFill = Partial<Record<DocumentField, string | undefined>>;

const signedBySides = ({ sides }: DocumentData): string[] =>
  sides.map(({ key }) => `${labels.side[key]}（签名、盖章或按指印）`);

/** The kind of dispute, of which the words stand with the matters. */
type SubtypeName = (subtype: string) => string;

/** What one document says. `subtypeName` gives the word for the kind of dispute. */
export function documentOf(
  kind: MediationDocument,
  data: DocumentData,
  fill: DocumentFill,
  subtypeName: SubtypeName,
): readonly Block[] {
  const people = data.form === "people";
  const house = people
    ? (data.committee?.name ?? "　　　　　　　　人民调解委员会")
    : (data.stationName ?? "　　　　　　　　派出所");
  const word = (field: DocumentField): string | null => {
    const text = fill[field]?.trim() ?? "";
    return text === "" ? null : text;
  };
  const lines = (label: string, field: DocumentField, count: number): Block => ({
    kind: "lines",
    label,
    text: word(field),
    lines: count,
  });
  const title = (text: string): Block => ({ kind: "title", text });
  const number = (text: string | null | undefined): Block => ({
    kind: "number",
    text: `编号：${text ?? "＿＿＿＿＿＿＿＿"}`,
  });
  const subtype = data.subtype === null ? null : subtypeName(data.subtype);
  const sideFields: Block = {
    kind: "fields",
    rows: data.sides.flatMap(({ key, part }) => [
      [`${labels.side[key]}（${labels.part[part]}）姓名或名称`, null] as const,
      ["联系方式、住址", null] as const,
    ]),
  };
  switch (kind) {
    case "application":
      return [
        title(people ? "人民调解申请（受理）登记表" : "治安调解申请（受理）登记表"),
        number(data.handOverNo),
        {
          kind: "fields",
          rows: [
            ["调解组织", house],
            ["纠纷类型", subtype],
            ["申请日期", null],
          ],
        },
        sideFields,
        lines("纠纷简要情况", "facts", 5),
        lines("申请事项", "claims", 3),
        {
          kind: "paragraph",
          text: `上述当事人自愿申请（同意）由${house}调解，已知悉调解不收取任何费用，随时可以要求终止。`,
        },
        { kind: "signatures", of: signedBySides(data) },
        {
          kind: "checks",
          label: "受理意见",
          options: [
            ["受理", false],
            ["不予受理，并告知其他途径", false],
          ],
        },
        { kind: "signatures", of: [people ? "人民调解员（签名）" : "民警（签名）"] },
      ];
    case "rights":
      return [
        title(people ? "人民调解当事人权利义务告知书" : "治安调解当事人权利义务告知书"),
        { kind: "heading", text: "一、您在调解中的权利" },
        { kind: "paragraph", text: "（一）选择或者接受调解员；" },
        { kind: "paragraph", text: "（二）接受调解、拒绝调解或者要求终止调解；" },
        { kind: "paragraph", text: "（三）要求调解公开进行或者不公开进行；" },
        { kind: "paragraph", text: "（四）自主表达意愿，自愿达成调解协议。" },
        { kind: "heading", text: "二、您在调解中的义务" },
        { kind: "paragraph", text: "（一）如实陈述纠纷事实；" },
        { kind: "paragraph", text: "（二）遵守调解现场秩序，尊重调解员；" },
        { kind: "paragraph", text: "（三）尊重对方当事人行使权利。" },
        { kind: "heading", text: "三、请您知悉" },
        {
          kind: "paragraph",
          text: "（一）调解不收取任何费用。调解员应当保守您的隐私和商业秘密，不得泄露。",
        },
        {
          kind: "paragraph",
          text: people
            ? "（二）调解一般在一个月内完成，各方都同意的可以延长。调解不成的，可以依法通过仲裁、行政、司法等途径维护权利。"
            : "（二）经调解未达成协议，或者达成协议后不履行的，公安机关依法处理，您可以就民事争议依法向人民法院提起民事诉讼。",
        },
        {
          kind: "paragraph",
          text: people
            ? "（三）达成的调解协议具有法律约束力，各方应当按照约定履行。各方可以自协议生效之日起三十日内共同向人民法院申请司法确认。"
            : "（三）调解达成协议并履行的，公安机关依法不予处罚。调解一般进行一次，必要时可以在七个工作日内再调解一次。",
        },
        {
          kind: "paragraph",
          text: "（四）有家庭暴力、侵害未成年人、涉嫌犯罪或者让您害怕的情形，不得调解，请随时告诉民警或者拨打110。",
        },
        {
          kind: "checks",
          label: "本人要求调解",
          options: [
            ["公开进行", false],
            ["不公开进行", false],
          ],
        },
        { kind: "paragraph", text: "以上内容本人已经阅读（已向本人宣读），清楚明白。" },
        { kind: "signatures", of: ["本人（签名、盖章或按指印）"] },
      ];
    case "record": {
      const officers = data.officers.map(({ name }) => name).join("、");
      const session = data.sessions.findLast(({ state }) => state !== "cancelled");
      return [
        title(people ? "人民调解记录" : "治安调解记录"),
        number(data.handOverNo),
        {
          kind: "fields",
          rows: [
            ["时间", session === undefined ? null : moment(session.from)],
            ["地点", session?.venue ?? null],
            ...(people
              ? ([
                  ["主持人、调解员", data.mediator?.name ?? null],
                  ["协助民警", officers],
                ] as const)
              : ([["主持民警", officers]] as const)),
            ["记录人", null],
            ...data.sides.map(({ key, part }) => {
              const there = session?.attendance[key];
              const standing = there === undefined ? null : labels.attendance[there];
              return [`${labels.side[key]}（${labels.part[part]}）`, standing] as const;
            }),
            ["其他参加人", null],
            ["是否公开", session === undefined ? null : session.open ? "公开" : "不公开"],
          ],
        },
        { kind: "paragraph", text: "已向各方当事人告知权利义务，各方表示清楚，同意调解。" },
        lines("纠纷事实和起因", "facts", 5),
        lines("各方意见", "statements", 5),
        lines("调解过程", "process", 5),
        lines("调解结果", "result", 3),
        {
          kind: "signatures",
          of: [
            ...signedBySides(data),
            people ? "人民调解员（签名）" : "民警（签名）",
            "记录人（签名）",
          ],
        },
      ];
    }
    case "agreement":
      return [
        title(people ? "人民调解协议书" : "治安调解协议书"),
        number(data.agreement?.number),
        sideFields,
        lines("纠纷的主要事实、争议事项", "facts", 5),
        lines("各方当事人的责任", "issues", 3),
        lines("协议内容", "terms", 6),
        lines("履行方式", "manner", 2),
        { kind: "paragraph", text: `履行期限：${day(data.agreement?.performBy)}前。` },
        {
          kind: "paragraph",
          text: people
            ? "本协议自各方当事人签名、盖章或者按指印，人民调解员签名并加盖人民调解委员会印章之日起生效。一式　　份，各方当事人各执一份，人民调解委员会留存一份。"
            : "本协议自各方当事人签名、盖章或者按指印之日起生效。一式　　份，各方当事人各执一份，公安机关留存一份。",
        },
        {
          kind: "signatures",
          of: [...signedBySides(data), `${people ? "人民调解员" : "民警"}（签名）`],
        },
        { kind: "seal", of: house, on: data.agreement?.effectiveOn },
      ];
    case "oral_agreement":
      return [
        title(people ? "人民调解口头协议登记表" : "治安调解口头协议登记表"),
        number(data.agreement?.number),
        sideFields,
        { kind: "fields", rows: [["达成协议日期", day(data.agreement?.effectiveOn)]] },
        lines("纠纷的主要事实、争议事项", "facts", 5),
        lines("协议内容", "terms", 6),
        lines("履行方式", "manner", 2),
        { kind: "paragraph", text: `履行期限：${day(data.agreement?.performBy)}前。` },
        { kind: "paragraph", text: "各方当事人认为无需制作调解协议书，口头协议自达成之日起生效。" },
        { kind: "signatures", of: [`${people ? "人民调解员" : "民警"}（签名）`] },
      ];
    case "follow_up":
      return [
        title("调解协议履行回访记录"),
        number(data.agreement?.number),
        {
          kind: "fields",
          rows: [
            ["协议约定履行期限", data.agreement === null ? null : day(data.agreement.performBy)],
            ["履行完毕日期", data.performedOn === null ? null : day(data.performedOn)],
          ],
        },
        ...FOLLOW_UP_DAYS.flatMap((days): Block[] => [
          {
            kind: "heading",
            text: `履行后第${days}天（${data.performedOn === null ? BLANK_DAY : day(addDays(data.performedOn, days))}）`,
          },
          {
            kind: "checks",
            label: "回访情况",
            options: [
              ["得到履行", data.followUps.includes(days)],
              ["纠纷又起", false],
              ["没有联系上", false],
            ],
          },
          { kind: "fields", rows: [["回访人、方式、日期", null]] },
        ]),
        lines("其他情况", "result", 3),
        { kind: "paragraph", text: "回访时各方分别进行，不在对方面前询问。" },
        { kind: "signatures", of: ["回访人（签名）"] },
      ];
    case "confirmation":
      return [
        title("司法确认告知书"),
        number(data.agreement?.number),
        {
          kind: "paragraph",
          text: `各方当事人于${day(data.agreement?.effectiveOn)}经${house}调解，达成编号为${data.agreement?.number ?? "　　　　　　　　"}的调解协议。现将司法确认有关事项告知如下：`,
        },
        {
          kind: "paragraph",
          text: `一、各方认为有必要的，可以自调解协议生效之日起三十日内，即在${day(data.confirmationUntil)}以前，共同向有管辖权的人民法院申请司法确认。`,
        },
        {
          kind: "paragraph",
          text: "二、申请时请带上：司法确认申请书、调解协议、各方签名的承诺书，以及能证明申请人身份的材料。申请司法确认不收取费用。",
        },
        {
          kind: "paragraph",
          text: "三、人民法院确认调解协议有效，一方当事人拒绝履行或者没有全部履行的，对方当事人可以向人民法院申请强制执行。",
        },
        {
          kind: "paragraph",
          text: "四、人民法院确认调解协议无效的，当事人可以变更原调解协议或者达成新的协议，也可以向人民法院提起诉讼。",
        },
        { kind: "paragraph", text: "依据：《人民调解法》第三十三条，《民事诉讼法》第二百零五条。" },
        { kind: "seal", of: house },
        { kind: "signatures", of: ["当事人（签收）"] },
      ];
    case "other_ways":
      return [
        title("调解终止权利告知书"),
        number(data.handOverNo),
        {
          kind: "paragraph",
          text: `您参加的由${house}主持的${subtype ?? "　　　　　　"}纠纷调解已经终止。终止调解不影响您的任何权利。您可以依法选择：`,
        },
        { kind: "paragraph", text: "一、依照约定或者法律规定申请仲裁；" },
        { kind: "paragraph", text: "二、请有关行政机关依法处理；" },
        { kind: "paragraph", text: "三、向有管辖权的人民法院提起诉讼；" },
        {
          kind: "paragraph",
          text:
            "四、需要法律咨询或者法律援助的，拨打12348；需要民警帮助的，联系派出所值班电话" +
            `${data.dutyPhone ?? "　　　　　　　　"}，紧急情况拨打110。`,
        },
        { kind: "paragraph", text: "依据：《人民调解法》第二十六条。" },
        { kind: "seal", of: house },
        { kind: "signatures", of: ["当事人（签收）"] },
      ];
  }
}
