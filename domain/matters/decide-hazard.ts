/**
 * Orders about a hazard: advice to whoever has to put it right, the way to the competent body, and
 * who looks again. Source: domain.md §4.5.
 */
import { addDays, type LocalDate, localDate } from "../shared/instant.ts";
import { accept, refuse, type Result } from "../shared/result.ts";
import { type Clockwork, dueDay } from "./clocks.ts";
import { FIX_DAYS_AT_MOST, type HazardCommand, NOTICE_NUMBER_LENGTH } from "./hazard-terms.ts";
import { answersFor, handles, independent, type MatterActor } from "./policy.ts";
import {
  MATTER_LIMITS,
  type Matter,
  type MatterChange,
  type MatterCommand,
  type MatterRefusal,
} from "./terms.ts";
import { checkText } from "./text.ts";
import { confirming, isSaidToBeRight, showing } from "./shown.ts";
import { OPEN, stepsBefore, wrongState } from "./working.ts";

type Decision = Result<readonly MatterChange[], MatterRefusal>;
type Of<T extends HazardCommand["type"]> = Extract<HazardCommand, { type: T }>;

export function decideHazard(
  matter: Matter,
  command: HazardCommand | Extract<MatterCommand, { type: "recheck" }>,
  actor: MatterActor,
  work: Clockwork,
): Decision {
  if (matter.kind !== "hazard") return refuse("of-other-kind", { kind: matter.kind });
  switch (command.type) {
    case "advise":
      return advise(matter, command, actor, work);
    case "hear_body":
      return hearBody(matter, command, actor);
    case "recheck":
      return recheck(matter, command, actor);
    case "verify":
      return verify(matter, command, actor);
    case "show_place":
      return showPlace(matter, command, actor);
  }
}

/**
 * The last day that a slip may give. A slip gives no more time than the matter itself has: who needs
 * longer asks for an extension first, so that no deadline passes unseen.
 */
export function latestFixDay(matter: Matter, work: Clockwork): LocalDate {
  const today = localDate(work.now);
  const due = matter.clocks.find(({ purpose }) => purpose === "finish")?.dueAt ?? null;
  return due === null || due <= work.now ? addDays(today, FIX_DAYS_AT_MOST) : dueDay(due);
}

/** Who answers for it begins with his first step; his leader's step leaves it with him. */
function taken(matter: Matter, actor: MatterActor): readonly MatterChange[] {
  return handles(matter, actor) ? stepsBefore(matter) : [];
}

/** Refuses `fix-day` with the `latest` day, `home-advice-only`, `notice-number-missing`. */
function advise(
  matter: Matter,
  command: Of<"advise">,
  actor: MatterActor,
  work: Clockwork,
): Decision {
  if (!OPEN.includes(matter.state)) return wrongState(matter);
  if (!answersFor(matter, actor)) return refuse("not-responsible");
  const { party, fixBy, atHome, notice = null } = command;
  if (atHome && notice !== null) return refuse("home-advice-only");
  // An order has the deadline that the body gave it.
  const latest = notice === null ? latestFixDay(matter, work) : fixBy;
  if (fixBy < localDate(work.now) || fixBy > latest) return refuse("fix-day", { latest });
  const number = checkText(notice?.number ?? "-", NOTICE_NUMBER_LENGTH);
  if (!number.ok) return refuse("notice-number-missing");
  const text = checkText(command.text, MATTER_LIMITS.reasonLength);
  if (!text.ok) return text;
  return accept([
    ...taken(matter, actor),
    {
      type: "advised",
      party,
      fixBy,
      text: text.value,
      notice: notice === null ? null : { body: notice.body, number: number.value },
      atHome,
    },
  ]);
}

/** Whether the competent body finds it major: said by whom it was referred to, and kept as it was said. */
function hearBody(matter: Matter, command: Of<"hear_body">, actor: MatterActor): Decision {
  if (matter.disposition !== null) return wrongState(matter);
  if (!answersFor(matter, actor)) return refuse("not-responsible");
  const transferred = matter.hazard?.transfer ?? null;
  if (transferred === null || transferred.answeredAt !== null) return refuse("not-transferred");
  const number = checkText(command.number ?? "-", NOTICE_NUMBER_LENGTH);
  if (!number.ok) return refuse("notice-number-missing");
  const text = checkText(command.text, MATTER_LIMITS.reasonLength);
  if (!text.ok) return text;
  return accept([
    {
      type: "body_answered",
      major: command.major ?? null,
      number: command.number === undefined ? null : number.value,
      text: text.value,
    },
  ]);
}

/** Somebody who neither found nor handled it looks whether it is gone. */
function recheck(
  matter: Matter,
  command: Extract<MatterCommand, { type: "recheck" }>,
  actor: MatterActor,
): Decision {
  if (!isSaidToBeRight(matter)) return wrongState(matter);
  if (matter.finders.includes(actor.memberId) || !independent(matter, actor)) {
    return refuse("finder-cannot-recheck");
  }
  const text = checkText(command.text, MATTER_LIMITS.reasonLength);
  if (!text.ok) return text;
  return accept([{ type: "rechecked", cleared: command.cleared, text: text.value }]);
}

/** By whoever answers for it. What is in a home, nobody of the house takes a photo of. */
function showPlace(matter: Matter, command: Of<"show_place">, actor: MatterActor): Decision {
  if (!isSaidToBeRight(matter)) return wrongState(matter);
  if (!answersFor(matter, actor)) return refuse("not-responsible");
  if (command.atHome) return refuse("photo-out-of-place");
  const shown = showing(matter, command.photos);
  if (!shown.ok) return shown;
  const said = matter.callbacks.findLast(({ reached }) => reached)?.solved ?? null;
  return accept([...shown.value, ...confirming(matter, said, true)]);
}

/**
 * The second look at what the lot fell on, by somebody who had no part in the first. What does not
 * stand is taken up again.
 */
function verify(matter: Matter, command: Of<"verify">, actor: MatterActor): Decision {
  const lot = matter.hazard?.lot ?? null;
  if (lot === null || lot.stands !== null || matter.outcome !== "cleared") {
    return refuse("not-drawn");
  }
  const took =
    matter.finders.includes(actor.memberId) || matter.hazard?.recheck?.by === actor.memberId;
  if (took || !independent(matter, actor)) return refuse("finder-cannot-recheck");
  const text = checkText(command.text, MATTER_LIMITS.reasonLength);
  if (!text.ok) return text;
  const verified: MatterChange = { type: "verified", stands: command.stands, text: text.value };
  return accept(
    command.stands
      ? [verified]
      : [verified, { type: "reopened", reason: "not_solved", text: text.value }],
  );
}
