import { accept, refuse, type Result } from "../shared/result.ts";
import { coaching } from "../shared/coaching.ts";
import { type AnswerMode, MATTER_LIMITS, type MatterRefusal } from "./terms.ts";

/** Words that must be there and short enough. Refuses `text-missing` and `text-too-long`. */
export function checkText(text: string, limit: number): Result<string, MatterRefusal> {
  const trimmed = text.trim();
  if (trimmed === "") return refuse("text-missing");
  if (trimmed.length > limit) return refuse("text-too-long", { limit });
  return accept(trimmed);
}

/**
 * What a resident is told: short enough for its way, and no word on what he should say of it. Refuses
 * `text-coaches` beside what every text is refused for.
 */
export function checkAnswer(text: string, mode: AnswerMode): Result<string, MatterRefusal> {
  const checked = checkText(text, MATTER_LIMITS.answerLength);
  if (!checked.ok) return checked;
  const limit = MATTER_LIMITS.smsLength;
  if (mode === "sms" && checked.value.length > limit) return refuse("text-too-long", { limit });
  const words = coaching(checked.value);
  return words === null ? checked : refuse("text-coaches", { words });
}
