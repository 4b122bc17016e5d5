/** Orders about a matter's clocks. */
import { accept, refuse, type Result } from "../shared/result.ts";
import { type Clockwork, ruleOf } from "./clocks.ts";
import { answersFor, handles, independent, type MatterActor, supervisorOf } from "./policy.ts";
import { canPause, extensionLeft } from "./running.ts";
import {
  feedbackNeeded,
  MATTER_LIMITS,
  type Matter,
  type MatterChange,
  type MatterCommand,
  type MatterCommandType,
  type MatterRefusal,
} from "./terms.ts";
import { checkAnswer, checkText } from "./text.ts";
import { wrongState } from "./working.ts";

type Decision = Result<readonly MatterChange[], MatterRefusal>;
type Of<T extends MatterCommandType> = Extract<MatterCommand, { type: T }>;

/** The resident hears how it stands while it takes long. */
export function inform(matter: Matter, command: Of<"inform">, actor: MatterActor): Decision {
  const open = ["registered", "accepted", "in_progress", "referred", "suspended"].includes(
    matter.state,
  );
  if (!open || !feedbackNeeded(matter)) return wrongState(matter);
  if (actor.role !== "feedback_centre" && !answersFor(matter, actor)) {
    return refuse("not-responsible");
  }
  const text = checkAnswer(command.text, command.mode);
  if (!text.ok) return text;
  return accept([{ type: "informed", mode: command.mode, text: text.value }]);
}

/**
 * The matter waits for what is in nobody's hands here. Whoever handles it asks, somebody who never
 * handled it says so: nobody stops the clock that runs against himself.
 */
export function suspend(
  matter: Matter,
  command: Of<"suspend">,
  actor: MatterActor,
  work: Clockwork,
): Decision {
  if (matter.state !== "in_progress") return wrongState(matter);
  if (!independent(matter, actor)) return refuse("handler-cannot-suspend");
  if (!matter.clocks.some((clock) => canPause(clock, command.reason, work))) {
    return refuse("pause-unlawful");
  }
  const text = checkText(command.text, MATTER_LIMITS.reasonLength);
  if (!text.ok) return text;
  return accept([{ type: "suspended", reason: command.reason, text: text.value }]);
}

export function resume(matter: Matter, actor: MatterActor): Decision {
  if (matter.state !== "suspended") return wrongState(matter);
  const may = actor.role === "feedback_centre" || answersFor(matter, actor);
  return may ? accept([{ type: "resumed" }]) : refuse("not-responsible");
}

/** More time, as far as the rule allows, from whom it names, and the resident hears of it. */
export function extend(
  matter: Matter,
  command: Of<"extend">,
  actor: MatterActor,
  work: Clockwork,
): Decision {
  const { purpose, amount, told = null } = command;
  const clock = matter.clocks.find((one) => one.purpose === purpose);
  const extension = clock === undefined ? null : ruleOf(clock, work).extension;
  if (clock === undefined || extension === null) return refuse("extension-unlawful");
  if (!extension.by.includes(actor.role) && actor.role !== "feedback_centre") {
    return refuse("not-permitted");
  }
  if (handles(matter, actor) || !independent(matter, actor)) {
    return refuse("handler-cannot-extend");
  }
  const most = extensionLeft(clock, work);
  if (most === 0) return refuse("extension-unlawful");
  if (!Number.isInteger(amount) || amount < 1 || amount > most) {
    return refuse("extension-too-long", { most });
  }
  if (extension.tellResident && feedbackNeeded(matter) && told === null) {
    return refuse("tell-resident");
  }
  const why = checkText(command.why, MATTER_LIMITS.reasonLength);
  if (!why.ok) return why;
  return accept([
    { type: "extended", purpose, amount, unit: extension.unit, why: why.value, told },
  ]);
}

/** The level above says what it does about a missed limit. */
export function supervise(matter: Matter, said: string, actor: MatterActor): Decision {
  const level = supervisorOf(actor.role);
  const waits = matter.clocks.some(({ task, raisedTo }) => task && raisedTo === level);
  if (level === null || !waits) return refuse("no-task");
  const text = checkText(said, MATTER_LIMITS.reasonLength);
  return text.ok ? accept([{ type: "supervised", level, text: text.value }]) : text;
}
