/** What follows from an order on a matter, or why it is refused. */
import type { Id } from "../shared/id.ts";
import { DAY_MS } from "../shared/instant.ts";
import { accept, refuse, type Result } from "../shared/result.ts";
import { answersFor, handles, independent, type MatterActor, mayCommand } from "./policy.ts";
import type { Clockwork } from "./clocks.ts";
import { decideHazard } from "./decide-hazard.ts";
import { claim } from "./claim.ts";
import { decideMerge } from "./decide-merge.ts";
import { extend, inform, resume, supervise, suspend } from "./decide-clocks.ts";
import { arbiterNeeded, ofBody, recall, refer, relay } from "./decide-referral.ts";
import { withClocks } from "./running.ts";
import { wayFor } from "./screening.ts";
import { confirming } from "./shown.ts";
import {
  type CallbackWaiver,
  CLAIMED,
  feedbackNeeded,
  given,
  isMark,
  MATTER_LIMITS,
  MATTER_SUBTYPES,
  type Matter,
  type MatterChange,
  type MatterCommand,
  type MatterCommandType,
  type MatterRefusal,
  SOLVED,
} from "./terms.ts";
import { checkAnswer, checkText } from "./text.ts";
import { OPEN, wrongState } from "./working.ts";

type Decision = Result<readonly MatterChange[], MatterRefusal>;

/**
 * What follows from an order, or why it is refused. Nothing is deleted: to mend is to add.
 *
 * Source: domain.md §4.1 (spine and invariants), §4.3-4.5 (by kind).
 */
export function decide(
  matter: Matter,
  command: MatterCommand,
  actor: MatterActor,
  work: Clockwork,
): Decision {
  const decision = judge(matter, command, actor, work);
  if (!decision.ok) return decision;
  return accept(withClocks(matter, decision.value, actor.memberId, work));
}

/** The same without the clocks: whether it may be, and what happens. */
export function judge(
  matter: Matter,
  command: MatterCommand,
  actor: MatterActor,
  work: Clockwork,
): Decision {
  if (!mayCommand(actor.role, command.type)) {
    return actor.role === "auxiliary" ? refuse("sworn-officer-needed") : refuse("not-permitted");
  }
  if (actor.role === "partner") return ofBody(matter, command, actor);
  switch (command.type) {
    case "refer":
      return refer(matter, command, actor);
    case "relay":
      return relay(matter, command, actor);
    case "recall":
      return recall(matter, command.text, actor);
    case "assign":
      return assign(matter, command.to, actor);
    case "return_assignment":
      return returnAssignment(matter, command.reason, actor);
    case "accept":
      return take(matter, actor);
    case "screen":
      return screen(matter, command, actor);
    case "start":
      return start(matter, actor);
    case "note": {
      const text = checkText(command.text, MATTER_LIMITS.noteLength);
      return text.ok ? accept([{ type: "noted", text: text.value }]) : text;
    }
    case "correct":
      return correct(matter, command, actor);
    case "resolve":
      return resolve(matter, command, actor);
    case "perform":
      return perform(matter, actor);
    case "recheck":
    case "advise":
    case "hear_body":
    case "verify":
    case "show_place":
      return decideHazard(matter, command, actor, work);
    case "decline":
      return decline(matter, command, actor);
    case "answer":
      return answer(matter, command, actor);
    case "call_back":
      return callBack(matter, command, actor);
    case "close":
      return close(matter, command, actor, work);
    case "reopen":
      return reopen(matter, command);
    case "withdraw":
      return withdraw(matter, command.text, actor);
    case "hand_to_110":
      return handTo110(matter, command.text, actor);
    case "inform":
      return inform(matter, command, actor);
    case "suspend":
      return suspend(matter, command, actor, work);
    case "resume":
      return resume(matter, actor);
    case "extend":
      return extend(matter, command, actor, work);
    case "supervise":
      return supervise(matter, command.text, actor);
    case "merge":
    case "unmerge":
      return decideMerge(matter, command, actor);
  }
}

type Of<T extends MatterCommandType> = Extract<MatterCommand, { type: T }>;

function assign(matter: Matter, to: Id, actor: MatterActor): Decision {
  if (!OPEN.includes(matter.state)) return wrongState(matter);
  if (arbiterNeeded(matter, actor)) return refuse("arbiter-decides");
  if (actor.role !== "feedback_centre" && !answersFor(matter, actor)) {
    return refuse("not-responsible");
  }
  if (matter.responsibleId === to) return refuse("already-responsible");
  if (matter.assigneeId === to) return refuse("already-asked");
  return accept([{ type: "assigned", to, arbitrated: matter.returns >= 2 }]);
}

function returnAssignment(matter: Matter, reason: string, actor: MatterActor): Decision {
  if (matter.assigneeId !== actor.memberId) return refuse("not-assigned-to-you");
  if (matter.arbitrated) return refuse("arbiter-decides");
  const text = checkText(reason, MATTER_LIMITS.reasonLength);
  return text.ok ? accept([{ type: "assignment_returned", reason: text.value }]) : text;
}

function take(matter: Matter, actor: MatterActor): Decision {
  if (!OPEN.includes(matter.state)) return wrongState(matter);
  if (matter.assigneeId !== null) {
    return matter.assigneeId === actor.memberId
      ? accept([{ type: "accepted" }])
      : refuse("not-assigned-to-you");
  }
  if (!handles(matter, actor)) return refuse("not-assigned-to-you");
  return matter.state === "registered" ? accept([{ type: "accepted" }]) : wrongState(matter);
}

function screen(matter: Matter, command: Of<"screen">, actor: MatterActor): Decision {
  if (matter.kind !== "dispute") return refuse("of-other-kind", { kind: matter.kind });
  if (!OPEN.includes(matter.state) && !CLAIMED.includes(matter.state)) return wrongState(matter);
  if (!answersFor(matter, actor)) return refuse("not-responsible");
  if (command.stopSigns.length === 0) {
    // A stop sign once seen is not talked away.
    if (matter.suitable === false) return refuse("mediation-stopped");
    return matter.suitable === null
      ? accept([{ type: "screened", stopSigns: [], way: null }])
      : wrongState(matter);
  }
  return accept([
    {
      type: "screened",
      stopSigns: command.stopSigns,
      way: command.way ?? wayFor(command.stopSigns),
    },
  ]);
}

function start(matter: Matter, actor: MatterActor): Decision {
  if (matter.state !== "accepted") return wrongState(matter);
  if (!handles(matter, actor)) return refuse("not-responsible");
  if (matter.kind === "dispute" && matter.suitable === null) return refuse("screening-needed");
  return accept([{ type: "started" }]);
}

function correct(matter: Matter, command: Of<"correct">, actor: MatterActor): Decision {
  if (!answersFor(matter, actor)) return refuse("not-responsible");
  const why = checkText(command.why, MATTER_LIMITS.reasonLength);
  if (!why.ok) return why;
  const subtypes: readonly string[] = MATTER_SUBTYPES[matter.kind];
  if (command.subtype !== undefined && !subtypes.includes(command.subtype)) {
    return refuse("unknown-subtype");
  }
  let text: string | undefined;
  if (command.text !== undefined) {
    const checked = checkText(command.text, MATTER_LIMITS.textLength);
    if (!checked.ok) return checked;
    if (checked.value !== matter.text) text = checked.value;
  }
  const subtype = command.subtype === matter.subtype ? undefined : command.subtype;
  if (command.grade !== undefined && matter.kind !== "hazard") {
    return refuse("of-other-kind", { kind: matter.kind });
  }
  if (command.grade !== undefined && matter.grade === "major") return refuse("grade-decided");
  const grade = command.grade === matter.grade ? undefined : command.grade;
  if (subtype === undefined && grade === undefined && text === undefined) {
    return refuse("nothing-to-correct");
  }
  return accept([
    {
      type: "corrected",
      ...(subtype === undefined ? {} : { subtype }),
      ...(grade === undefined ? {} : { grade }),
      ...(text === undefined ? {} : { text }),
      why: why.value,
    },
  ]);
}

function resolve(matter: Matter, command: Of<"resolve">, actor: MatterActor): Decision {
  // What a body without an account came to is written down by whoever referred it.
  if (!OPEN.includes(matter.state) && matter.state !== "referred") return wrongState(matter);
  return handles(matter, actor) ? claim(matter, command) : refuse("not-responsible");
}

function perform(matter: Matter, actor: MatterActor): Decision {
  if (matter.kind !== "dispute") return refuse("of-other-kind", { kind: matter.kind });
  if (!CLAIMED.includes(matter.state) || matter.outcome !== "agreement_reached") {
    return wrongState(matter);
  }
  return answersFor(matter, actor) ? accept([{ type: "performed" }]) : refuse("not-responsible");
}

function decline(matter: Matter, command: Of<"decline">, actor: MatterActor): Decision {
  if (!OPEN.includes(matter.state)) return wrongState(matter);
  if (!answersFor(matter, actor)) return refuse("not-responsible");
  const text = checkText(command.text, MATTER_LIMITS.reasonLength);
  if (!text.ok) return text;
  return accept([{ type: "declined", reason: command.reason, text: text.value }]);
}

function answer(matter: Matter, command: Of<"answer">, actor: MatterActor): Decision {
  if (!CLAIMED.includes(matter.state) && matter.state !== "declined") return wrongState(matter);
  if (actor.role !== "feedback_centre" && !answersFor(matter, actor)) {
    return refuse("not-responsible");
  }
  const text = checkAnswer(command.text, command.mode);
  if (!text.ok) return text;
  return accept([{ type: "answered", mode: command.mode, text: text.value }]);
}

function callBack(matter: Matter, command: Of<"call_back">, actor: MatterActor): Decision {
  if (matter.state !== "feedback_given" && matter.state !== "called_back") {
    return wrongState(matter);
  }
  if (!independent(matter, actor)) return refuse("handler-cannot-call-back");
  // The handling unit does not ring up its own residents; a colleague may look in at the door.
  if (actor.role !== "feedback_centre" && command.mode !== "in_person") {
    return refuse("not-permitted");
  }
  const satisfaction = command.satisfaction ?? null;
  if (command.reached && command.solved === undefined) return refuse("callback-incomplete");
  const { respectful, informed } = command;
  const marks = [satisfaction, respectful, informed].flatMap((mark) => mark ?? []);
  if (!marks.every(isMark)) return refuse("callback-incomplete");
  const text = command.text.trim();
  if (text.length > MATTER_LIMITS.noteLength) {
    return refuse("text-too-long", { limit: MATTER_LIMITS.noteLength });
  }
  const called = {
    type: "called_back",
    mode: command.mode,
    reached: command.reached,
    solved: command.reached ? (command.solved ?? null) : null,
    satisfaction: command.reached ? satisfaction : null,
    ...(command.reached ? given(command) : {}),
    text,
  } as const;
  if (command.reached && command.wantsReopen === true) {
    return accept([called, { type: "reopened", reason: "resident_disagrees", text }]);
  }
  return accept([called, ...confirming(matter, called.solved, false)]);
}

/** A waiver holds only where its fact does: it is no way round the resident. */
export function waiverHolds(
  matter: Matter,
  waiver: CallbackWaiver,
  actor: MatterActor,
  { now }: Pick<Clockwork, "now">,
): boolean {
  switch (waiver) {
    case "anonymous":
      return matter.anonymous;
    case "not_wanted":
      return matter.reporter === "resident" && !matter.anonymous && matter.feedback === "none";
    case "no_reporter":
      return matter.reporter === "officer";
    case "unreachable":
      return matter.callbacks.filter((call) => !call.reached).length >= UNREACHABLE_AFTER;
    case "unsafe_to_contact":
      return matter.suitable === false;
    case "not_sampled":
      // Every dispute and everything reopened is called back; of the rest a sample (§5.2).
      return actor.role === "feedback_centre" && matter.kind !== "dispute" && matter.reopened === 0;
    case "silent_on_page": {
      const asked = matter.clocks.find(({ purpose }) => purpose === "callback")?.startedAt;
      return matter.feedback === "page" && asked !== undefined && now >= asked + SILENT_AFTER;
    }
  }
}

/** Calls without an answer after which nobody is called again (§5.2, rule 4). */
const UNREACHABLE_AFTER = 2;

/** Time to read an answer on the page before silence counts as an answer; the callback is due after five. */
const SILENT_AFTER = 3 * DAY_MS;

function close(
  matter: Matter,
  { waiver, lesson: words = "" }: Of<"close">,
  actor: MatterActor,
  work: Clockwork,
): Decision {
  const answered = matter.state === "feedback_given" || matter.state === "called_back";
  if (!answered && matter.state !== "resolved" && matter.state !== "declined") {
    return wrongState(matter);
  }
  if (!independent(matter, actor)) return refuse("handler-cannot-close");
  if (!answered && feedbackNeeded(matter)) return refuse("feedback-needed");
  if (matter.outcome === "rectified") return refuse("recheck-needed");
  const elsewhere = matter.referral === null ? "closed" : "closed_referred";
  const alone = matter.outcome === "declined" ? "declined" : elsewhere;
  const disposition = matter.merged === null ? alone : "merged";
  const lesson = words.trim();
  if (lesson.length > MATTER_LIMITS.reasonLength) {
    return refuse("text-too-long", { limit: MATTER_LIMITS.reasonLength });
  }
  const closed = { type: "closed", disposition, ...(lesson === "" ? {} : { lesson }) } as const;
  if (matter.state === "called_back") {
    const said = matter.callbacks.findLast((call) => call.reached)?.solved;
    if (said === "no" && matter.outcome !== null && SOLVED.includes(matter.outcome)) {
      return refuse("resident-contradicts");
    }
    return accept([closed]);
  }
  if (waiver === undefined) return refuse("callback-needed");
  if (!waiverHolds(matter, waiver, actor, work)) return refuse("waiver-unlawful");
  return accept([{ type: "callback_waived", reason: waiver }, closed]);
}

function reopen(matter: Matter, command: Of<"reopen">): Decision {
  const unfinished = [...OPEN, "suspended", "referred", "merged"].includes(matter.state);
  if (unfinished || matter.state === "withdrawn") return wrongState(matter);
  const text = checkText(command.text, MATTER_LIMITS.reasonLength);
  if (!text.ok) return text;
  return accept([{ type: "reopened", reason: command.reason, text: text.value }]);
}

/**
 * Somebody is in danger: the emergency line has it from now on, at once and by whoever works with it.
 * Whoever raised it may have it taken up again, as after every end. Source: domain.md §4.1, §4.10.
 */
function handTo110(matter: Matter, said: string, actor: MatterActor): Decision {
  const open = [...OPEN, "suspended"].includes(matter.state);
  if (!open) return wrongState(matter);
  if (actor.role !== "feedback_centre" && !answersFor(matter, actor)) {
    return refuse("not-responsible");
  }
  const text = checkText(said, MATTER_LIMITS.reasonLength);
  return text.ok ? accept([{ type: "handed_to_110", text: text.value }]) : text;
}

function withdraw(matter: Matter, reason: string, actor: MatterActor): Decision {
  if (matter.disposition !== null) return wrongState(matter);
  // Asking a resident to withdraw is forbidden (§4.3), so the handler's word is not enough.
  if (!independent(matter, actor)) return refuse("handler-cannot-withdraw");
  const text = checkText(reason, MATTER_LIMITS.reasonLength);
  return text.ok ? accept([{ type: "withdrawn", text: text.value }]) : text;
}
