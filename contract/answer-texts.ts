/**
 * What residents are told, as data: a sentence for each kind of matter and each end of it, blanks to be
 * filled, and the question of the callback. They are Chinese, as what residents read of the police is.
 *
 * Sources: domain.md §4.11 (what an answer says), §5.2 (the question).
 */
import { BLANK } from "@wanjia/domain/answers/content";
import { printNumber } from "@wanjia/domain/matters/number";
import {
  type AnswerMode,
  type MatterChange,
  MATTER_LIMITS,
  type MatterKind,
  type MatterOutcome,
  OUTCOMES,
} from "@wanjia/domain/matters/terms";
import { type LocalDate, localDate } from "@wanjia/domain/shared/instant";
import { matters as labels } from "./messages/matters.zh-CN.ts";

type OutcomeOf<K extends MatterKind> = (typeof OUTCOMES)[K][number];
type Templates = { readonly [K in MatterKind]: Readonly<Record<OutcomeOf<K>, string>> };

/** By what came of it. `{asked}` what was said, `{done}` what was done, `{why}` the reason. */
export const ANSWERS: Templates = {
  opinion: {
    adopted: "您提的“{asked}”已采纳：{done}。",
    partly: "您提的“{asked}”采纳了一部分：{done}。其余因{why}，下一步{next}。",
    not_adopted: "您提的“{asked}”研究后没有采纳：{done}。原因：{why}。您可以要求复查。",
  },
  service_request: {
    delivered: "您要办的“{asked}”已办好：{done}。",
    partly: "您要办的“{asked}”办了一部分：{done}。其余因{why}，下一步{next}。",
    cannot: "您要办的“{asked}”没能办成：{done}。原因：{why}。下一步{next}。",
  },
  dispute: {
    agreement_reached: "“{asked}”一事已达成协议：{done}。到期后我们会回访履行情况。",
    agreement_performed: "“{asked}”一事的协议已履行：{done}。",
    failed: "“{asked}”一事没有调成：{done}。原因：{why}。您可以向法院起诉，法律咨询拨12348。",
    not_suitable: "“{asked}”一事依据规定不用调解：{done}。下一步{next}。",
  },
  hazard: {
    rectified: "您反映的“{asked}”已整改：{done}。会有另一名民警复查。",
    cleared: "您反映的“{asked}”已消除，经另一名民警复查：{done}。",
    not_cleared: "您反映的“{asked}”还没有消除：{done}。原因：{why}。下一步{next}。",
  },
};

const DECLINED = "您反映的“{asked}”不能由我们办理：{done}。原因：{why}。下一步可以找{next}。";
const LONGER = "您反映的“{asked}”还在办，办理时限延长{more}。原因：{done}。";
const INTERIM = "您反映的“{asked}”还在办：{done}。下一步{next}。";
/** Who, and how to disagree. */
const TAIL = "有不同意见请拨{phone}找我们，或拨12345。";

/** The question of a callback. Every answer is offered, and none is wished for. */
const QUESTION =
  "您{day}反映的{what}事项，处理结果您是否满意？回复1非常满意 2满意 3基本满意 4不满意 5非常不满意 0未处理。不回复视为不参加，不影响办事。退订回T";

/** What a text is made of; a matter's page has it all. */
export interface ToAnswer {
  readonly kind: MatterKind;
  readonly outcome: MatterOutcome | null;
  readonly reason: string | null;
  readonly text: string;
  readonly number: string;
  readonly stationName: string | null;
  readonly dutyPhone: string | null;
  readonly registeredAt: number;
  /** What the handler wrote when he claimed or declined it. */
  readonly done: string | null;
}

/** 【双乐派出所】 before the words: a text says first who sends it. */
export function signature(stationName: string | null): string {
  return `【${stationName ?? "公安派出所"}】`;
}

function templateFor({ kind, outcome }: Pick<ToAnswer, "kind" | "outcome">): string {
  if (outcome === null) return INTERIM;
  if (outcome === "declined") return DECLINED;
  return (ANSWERS[kind] as Readonly<Record<string, string>>)[outcome] ?? INTERIM;
}

function filled(template: string, blanks: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => blanks[name] ?? BLANK);
}

function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  // No sign is cut in two.
  return `${text.slice(0, Math.max(0, length - 1)).replace(/[\ud800-\udbff]$/, "")}…`;
}

function clause(text: string | null): string {
  const plain = (text ?? "").trim().replace(/[。.！；]+$/, "");
  return plain === "" ? BLANK : plain;
}

/** Longest part of what was said that an answer repeats, and the least that still says what is meant. */
const ASKED = { longest: 30, least: 8 } as const;
/** A text keeps at least this much of what was done. */
const DONE_LEAST = 12;

/**
 * An answer to begin with. In a text what was said is shortened first, then what was done, until it
 * fits; on paper there is room for both.
 */
export function answerText(of: ToAnswer, mode: AnswerMode): string {
  return composed(templateFor(of), of, mode);
}

/** That a limit was extended: `why` is what the one who granted it wrote. */
export function extensionText(
  of: Pick<ToAnswer, "text" | "number" | "stationName" | "dutyPhone">,
  mode: AnswerMode,
  {
    amount,
    unit,
    why,
  }: Pick<Extract<MatterChange, { type: "extended" }>, "amount" | "unit" | "why">,
): string {
  const more = labels.clockUnit[unit].replace("{{amount}}", String(amount));
  return composed(LONGER.replace("{more}", more), { ...of, reason: null, done: why }, mode);
}

function composed(
  template: string,
  of: Omit<ToAnswer, "kind" | "outcome" | "registeredAt">,
  mode: AnswerMode,
): string {
  const reasons: Readonly<Record<string, string>> = labels.reason;
  const why = of.reason === null ? BLANK : (reasons[of.reason] ?? BLANK);
  const compose = (asked: string, done: string): string => {
    const blanks = { asked, done, why, phone: of.dutyPhone ?? BLANK };
    const text = filled(template + TAIL, blanks);
    // A number would lead whoever reads the board to the matter.
    const number = mode === "notice_board" ? "" : `编号${printNumber(of.number)}`;
    return `${mode === "sms" ? signature(of.stationName) : ""}${text}${number}`;
  };
  const asked = clause(of.text);
  const done = clause(of.done);
  if (mode !== "sms") return compose(shortened(asked, ASKED.longest), done);
  const room = MATTER_LIMITS.smsLength;
  const over = (text: string): number => text.length - room;
  const first = shortened(asked, ASKED.longest);
  const tooLong = over(compose(first, done));
  if (tooLong <= 0) return compose(first, done);
  const second = shortened(first, Math.max(ASKED.least, first.length - tooLong));
  const still = over(compose(second, done));
  if (still <= 0) return compose(second, done);
  return compose(second, shortened(done, Math.max(DONE_LEAST, done.length - still)));
}

/** 11月22日 */
function dayInWords(day: LocalDate): string {
  return `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;
}

/** The question of a callback; asked again, it says that it is the last time. */
export function questionText(
  of: Pick<ToAnswer, "kind" | "registeredAt" | "stationName">,
  again: boolean,
): string {
  const question = filled(QUESTION, {
    day: dayInWords(localDate(of.registeredAt)),
    what: labels.kind[of.kind],
  });
  return `${signature(of.stationName)}${again ? "再问您一次，以后不再问：" : ""}${question}`;
}
