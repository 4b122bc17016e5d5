/** What whoever did the work may say came of it. */
import { accept, refuse, type Result } from "../shared/result.ts";
import {
  MATTER_LIMITS,
  type Matter,
  type MatterChange,
  type MatterCommand,
  type MatterOutcome,
  type MatterRefusal,
  OUTCOMES,
  SOLVED,
} from "./terms.ts";
import { checkText } from "./text.ts";
import { stepsBefore } from "./working.ts";

/** A claim that fits the kind of the matter; who may make it, and when, is decided before. */
export function claim(
  matter: Matter,
  command: Extract<MatterCommand, { type: "resolve" }>,
): Result<readonly MatterChange[], MatterRefusal> {
  const outcomes: readonly MatterOutcome[] = OUTCOMES[matter.kind];
  // `cleared` is what a re-check finds, never what the handler says.
  if (!outcomes.includes(command.outcome) || command.outcome === "cleared") {
    return refuse("of-other-kind", { kind: matter.kind });
  }
  if (matter.kind === "dispute") {
    if (matter.suitable === null) return refuse("screening-needed");
    if (matter.suitable === (command.outcome === "not_suitable")) {
      return refuse(matter.suitable ? "screening-needed" : "mediation-stopped");
    }
  }
  const needsReason = !SOLVED.includes(command.outcome) && command.outcome !== "not_suitable";
  if (needsReason && command.reason === undefined) return refuse("reason-needed");
  const text = checkText(command.text, MATTER_LIMITS.reasonLength);
  if (!text.ok) return text;
  return accept([
    ...stepsBefore(matter),
    {
      type: "resolved",
      outcome: command.outcome,
      reason: needsReason ? (command.reason ?? null) : null,
      text: text.value,
    },
  ]);
}
