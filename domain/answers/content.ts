/** What an answer has to say. Source: domain.md §4.11. */
import { type Matter, SOLVED } from "../matters/terms.ts";

/** What a reader would miss. */
export const ANSWER_GAPS = ["blank", "who", "why_not", "next", "disagree"] as const;
export type AnswerGap = (typeof ANSWER_GAPS)[number];

/** What a template leaves to be written by hand. */
export const BLANK = "＿＿";

/** Signs by which a part of an answer is known to be there. */
const PARTS: Record<Exclude<AnswerGap, "blank">, RegExp> = {
  who: /\d{3,4}-?\d{4,8}|\b(?:110|12345)\b|(?:联系|致电|电话)/,
  why_not: /因|由于|鉴于|依据|根据|按照|不在|不属|没有|未能|不能|无法|尚未|暂/,
  next: /\d+月\d+日|\d+[个]?(?:工作)?(?:日|天|周|月)内|下一步|转给|移送|已转|跟进|请您|可以?(?:要求|[到向找联拨])/,
  disagree: /不满意|不同意|异议|复查|复核|复议|诉讼|12345|12389|找我们|联系我们/,
};

/**
 * The parts that seem to be missing from an answer: a warning for who writes it, no verdict.
 * What was asked and what was done are in its own words, so nothing here can look for them.
 */
export function gapsIn(text: string, matter: Pick<Matter, "outcome">): readonly AnswerGap[] {
  const solved = matter.outcome !== null && SOLVED.includes(matter.outcome);
  return ANSWER_GAPS.filter((gap) => {
    // While it goes on there is nothing to excuse yet.
    if (matter.outcome === null && gap === "why_not") return false;
    if (gap === "blank") return text.includes(BLANK);
    if (solved && (gap === "why_not" || gap === "next")) return false;
    return !PARTS[gap].test(text);
  });
}
