import { accept, refuse, type Result } from "../shared/result.ts";
import type { LocalDate } from "../shared/instant.ts";
import { isLocalDate } from "../shared/instant.ts";
import { isPhone } from "../shared/phone.ts";
import type { Answers, AnswerValue } from "./terms.ts";
import {
  type Condition,
  type FormDefinition,
  type Question,
  questionsOf,
} from "./form-definition.ts";

/** What a condition may ask beside the answers. */
export interface Surroundings {
  readonly samplingPlan: boolean;
  readonly wantsAnswer: boolean;
}

/** A form may be used up to and on its last day (Statistics Act, article 17). */
export function isExpired(form: FormDefinition, on: LocalDate): boolean {
  return on > form.marks.expiresOn;
}

/** Whether a question is asked, given what was answered so far. */
export function isAsked(question: Question, answers: Answers, around: Surroundings): boolean {
  return question.condition === undefined || holds(question.condition, answers, around);
}

function holds(condition: Condition, answers: Answers, around: Surroundings): boolean {
  if ("all" in condition) return condition.all.every((part) => holds(part, answers, around));
  if ("any" in condition) return condition.any.some((part) => holds(part, answers, around));
  if ("campaign" in condition) return around.samplingPlan;
  if ("matters" in condition) return around.wantsAnswer;
  const answer = answers[condition.question];
  if ("includes" in condition) return Array.isArray(answer) && answer.includes(condition.includes);
  return answer === condition.is;
}

/**
 * Whether the answers fit the form: every required question that is asked has one, no question that
 * isn't asked or isn't kept with the visit has one, and each has the shape of its type.
 *
 * Refuses `answer-missing` and `answer-invalid` with the number of the question.
 */
export function checkAnswers(
  form: FormDefinition,
  answers: Answers,
  around: Surroundings,
): Result<Answers, "answer-missing" | "answer-invalid"> {
  const questions = new Map(questionsOf(form).map((question) => [question.key, question]));
  for (const [key, value] of Object.entries(answers)) {
    const question = questions.get(key);
    if (
      question === undefined ||
      question.store !== "answers" ||
      !isAsked(question, answers, around) ||
      !fits(question, value)
    ) {
      return refuse("answer-invalid", { question: question?.number ?? key });
    }
  }
  for (const question of questions.values()) {
    if (
      question.required === true &&
      question.store === "answers" &&
      answers[question.key] === undefined &&
      isAsked(question, answers, around)
    ) {
      return refuse("answer-missing", { question: question.number });
    }
  }
  return accept(answers);
}

function fits(question: Question, value: AnswerValue): boolean {
  const known = new Set(question.options?.map((option) => option.value));
  switch (question.type) {
    case "select_one":
      return typeof value === "string" && known.has(value);
    case "select_multiple":
      return (
        Array.isArray(value) &&
        new Set(value).size === value.length &&
        value.every((one) => known.has(one))
      );
    case "checklist":
      return (
        Array.isArray(value) &&
        new Set(value.map((one) => one.split(":", 1)[0])).size === value.length &&
        value.every((one) => {
          const [item = "", answer = ""] = one.split(":");
          return known.has(item) && ["yes", "no", "na"].includes(answer);
        })
      );
    case "text":
      return typeof value === "string" && value.length <= (question.maxLength ?? 200);
    case "integer":
      return (
        typeof value === "number" &&
        Number.isInteger(value) &&
        value >= (question.min ?? 0) &&
        value <= (question.max ?? 1_000_000)
      );
    case "phone":
      return typeof value === "string" && isPhone(value);
    case "uscc":
      return typeof value === "string" && isUscc(value);
    case "date":
      return typeof value === "string" && isLocalDate(value);
    case "acknowledge":
      return value === true;
    case "notice":
    case "matters":
      return false;
  }
}

const USCC_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const USCC_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** Unified social credit code with its check character (GB 32100-2015). */
export function isUscc(text: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(text)) return false;
  const sum = USCC_WEIGHTS.reduce(
    (total, weight, index) => total + weight * USCC_DIGITS.indexOf(text.charAt(index)),
    0,
  );
  return USCC_DIGITS.charAt((31 - (sum % 31)) % 31) === text.charAt(17);
}
