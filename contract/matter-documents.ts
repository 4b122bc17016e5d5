/**
 * Papers of any matter: D5 the register sheet of what was raised, D6 the letter to the body it was
 * passed to, D7 the reply to whoever raised it.
 * A reply is given by hand or sent by post; who gets it is written by hand, as nobody's name is kept.
 *
 * Source: domain.md §4.3, §4.11, §4.12.
 */
import { printNumber } from "@wanjia/domain/matters/number";
import { REFERRAL_BASES } from "@wanjia/domain/matters/referral";
import type { HazardSide } from "@wanjia/domain/matters/hazard-terms";
import type {
  FeedbackWish,
  HazardStanding,
  MatterKind,
  MatterOutcome,
  Reporter,
} from "@wanjia/domain/matters/terms";
import { type Instant, type LocalDate, localDate } from "@wanjia/domain/shared/instant";
import { type Block, day, moment } from "./documents.ts";
import { type HazardPaper, hazardDocument, hazardTitle, papersOf } from "./hazard-documents.ts";
import { matters as labels } from "./messages/matters.zh-CN.ts";

export const MATTER_DOCUMENTS = ["register", "referral", "reply"] as const;
export type MatterDocument = (typeof MATTER_DOCUMENTS)[number];

/** What is known of a matter; its page has it all. */
export interface MatterPaper {
  readonly number: string;
  readonly kind: MatterKind;
  readonly subtype: string;
  readonly place: string | null;
  readonly stationName: string | null;
  readonly dutyPhone: string | null;
  readonly responsibleName: string | null;
  readonly reporter: Reporter;
  readonly anonymous: boolean;
  readonly feedback: FeedbackWish;
  readonly text: string;
  readonly registeredAt: Instant;
  /** Hazards only. */
  readonly grade: HazardStanding | null;
  readonly hazard: Pick<HazardSide, "advice"> | null;
  readonly dueOn: LocalDate | null;
  readonly outcome: MatterOutcome | null;
  readonly reason: string | null;
  /** The body outside of the police that was asked. */
  readonly referral: { readonly bodyName: string; readonly sentAt: Instant } | null;
  readonly timeline: readonly {
    readonly type: string;
    readonly at: Instant;
    readonly body: Readonly<Record<string, unknown>>;
  }[];
}

/** A reply can be printed when there is one, a letter when there is a body to send it to. */
export function matterPapersOf({
  timeline,
  referral,
}: Pick<MatterPaper, "timeline" | "referral">): readonly MatterDocument[] {
  const answered = timeline.some(({ type }) => type === "answered");
  const there = { register: true, referral: referral !== null, reply: answered };
  return MATTER_DOCUMENTS.filter((kind) => there[kind]);
}

export function matterTitle(kind: MatterDocument): string {
  return labels.matterPaper[kind];
}

function said(data: MatterPaper, ...types: readonly string[]): string | null {
  const text = data.timeline.findLast(({ type }) => types.includes(type))?.body["text"];
  return typeof text === "string" ? text : null;
}

function nature({ kind, subtype }: MatterPaper): string {
  const names: Readonly<Record<string, string>> = labels.subtype[kind];
  return `${labels.kind[kind]}（${names[subtype] ?? subtype}）`;
}

function ending({ outcome, reason }: MatterPaper): string | null {
  if (outcome === null) return null;
  const reasons: Readonly<Record<string, string>> = labels.reason;
  const why = reason === null ? "" : `（${reasons[reason] ?? reason}）`;
  return `${labels.outcome[outcome]}${why}`;
}

const house = ({ stationName }: MatterPaper): string => stationName ?? "　　　　　　派出所";
const phone = ({ dutyPhone }: MatterPaper): string => dutyPhone ?? "　　　　　　　　";

export interface Paper {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** A matter's paper by its name; null where there is nothing of that name to print. */
export function paperOf(name: string, data: MatterPaper & HazardPaper): Paper | null {
  const own = matterPapersOf(data).find((kind) => kind === name);
  if (own !== undefined) return { title: matterTitle(own), blocks: matterDocument(own, data) };
  const hazard = papersOf(data).find((kind) => kind === name);
  if (hazard === undefined) return null;
  return { title: hazardTitle(hazard), blocks: hazardDocument(hazard, data) };
}

function matterDocument(kind: MatterDocument, data: MatterPaper): readonly Block[] {
  const head: Block[] = [
    { kind: "title", text: matterTitle(kind) },
    { kind: "number", text: `编号：${printNumber(data.number)}` },
  ];
  return [...head, ...BODY[kind](data)];
}

/** D5: what was raised, what became of it. */
function register(data: MatterPaper): Block[] {
  const reporter = data.anonymous ? "匿名" : labels.reporter[data.reporter];
  return [
    {
      kind: "fields",
      rows: [
        ["登记时间", moment(data.registeredAt)],
        ["地点", data.place],
        ["事项类别", nature(data)],
        ["来源", reporter],
        ["希望怎样答复", labels.feedback[data.feedback]],
        ["负责民警", data.responsibleName],
        ["办理期限", data.dueOn === null ? null : `${day(data.dueOn)}前`],
        ["办理结果", ending(data)],
      ],
    },
    { kind: "lines", label: "反映的内容", text: data.text, lines: 4 },
    { kind: "lines", label: "办理情况", text: said(data, "resolved", "declined"), lines: 4 },
    { kind: "lines", label: "答复情况", text: said(data, "answered"), lines: 4 },
    { kind: "signatures", of: ["登记人（签名）", "审核人（签名）"] },
  ];
}

/** D7: the question, what was found, the decision and its reasons, the next step, whom to turn to. */
function reply(data: MatterPaper): Block[] {
  const answered = data.timeline.findLast(({ type }) => type === "answered");
  const complaint = data.subtype === "police_conduct" ? "、12389（投诉民警）" : "";
  return [
    { kind: "addressee", text: "　　　　　　　　（同志）" },
    {
      kind: "paragraph",
      text: `您于${day(localDate(data.registeredAt))}反映的事项，现答复如下：`,
    },
    { kind: "heading", text: "一、您反映的内容" },
    { kind: "paragraph", text: data.text },
    { kind: "heading", text: "二、办理情况" },
    { kind: "paragraph", text: said(data, "resolved", "declined") ?? "" },
    { kind: "heading", text: "三、办理结果和理由" },
    { kind: "paragraph", text: ending(data) ?? "" },
    { kind: "heading", text: "四、答复" },
    { kind: "paragraph", text: said(data, "answered") ?? "" },
    { kind: "heading", text: "五、您不同意时" },
    {
      kind: "paragraph",
      text: `您可以联系${house(data)}（值班电话${phone(data)}）要求复查，也可以拨打12345${complaint}。法律规定可以申请行政复议或者提起诉讼的，从其规定。`,
    },
    {
      kind: "seal",
      of: house(data),
      on: answered === undefined ? undefined : localDate(answered.at),
    },
  ];
}

/** D6: place and problem, and what the body is asked on; nobody's name, and no number but the station's. */
function letter(data: MatterPaper): Block[] {
  const sent = data.timeline.findLast(({ type }) => type === "referred")?.body ?? {};
  const basis = REFERRAL_BASES.find((one) => one === sent["basis"]);
  const law = typeof sent["law"] === "string" && sent["law"] !== "" ? `（${sent["law"]}）` : "";
  const reached =
    sent["contact"] == null
      ? "反映人没有同意转交联系方式，请通过我所联系。"
      : "反映人同意由你单位联系，联系方式另行告知经办人。";
  return [
    { kind: "addressee", text: data.referral?.bodyName ?? "　　　　　　　　" },
    {
      kind: "paragraph",
      text: "我所走访中收到下列事项，属于你单位职责或者需要你单位协助，现转你单位办理，请依法处理并将结果告知我所。",
    },
    {
      kind: "fields",
      rows: [
        ["地点", data.place],
        ["事项类别", nature(data)],
        ["转办依据", basis === undefined ? null : `${labels.basis[basis]}${law}`],
        ...ofHazard(data),
        ["转办日期", data.referral === null ? null : day(localDate(data.referral.sentAt))],
      ],
    },
    { kind: "lines", label: "需要办理的问题", text: said(data, "referred"), lines: 5 },
    {
      kind: "paragraph",
      text: `请于收到后一个工作日内告知是否接收；不属于你单位职责的，请说明理由退回。${reached}`,
    },
    { kind: "paragraph", text: `联系：${house(data)}，值班电话${phone(data)}。` },
    {
      kind: "seal",
      of: house(data),
      on: data.referral === null ? undefined : localDate(data.referral.sentAt),
    },
    { kind: "signatures", of: ["接收单位（签收）"] },
  ];
}

/** What a competent body asks of a hazard first: how grave it looks, and who was told. */
function ofHazard({ kind, grade, hazard, registeredAt }: MatterPaper): [string, string | null][] {
  if (kind !== "hazard") return [];
  const party = hazard?.advice?.party ?? null;
  return [
    ["发现时间", moment(registeredAt)],
    ["初步判断", grade === null ? null : labels.grade[grade]],
    ["已告知", party === null ? null : labels.responsibleParty[party]],
  ];
}

const BODY = { register, referral: letter, reply } as const satisfies Record<
  MatterDocument,
  (data: MatterPaper) => Block[]
>;
