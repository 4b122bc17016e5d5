/**
 * One problem, many reporters: the work is done once, at the main matter. What was merged into it keeps
 * its reporter's right to an answer: it takes over the main one's outcome, is answered, called back and
 * closed as every other, with the disposition `merged`. Source: domain.md §4.1, invariant 7.
 */
import { accept, refuse, type Result } from "../shared/result.ts";
import type { Clockwork } from "./clocks.ts";
import type { MainMatter, MainOutcome, MergeCommand } from "./merge-terms.ts";
import { answersFor, type MatterActor } from "./policy.ts";
import type { Id } from "../shared/id.ts";
import { withClocks } from "./running.ts";
import { MATTER_LIMITS, type Matter, type MatterChange, type MatterRefusal } from "./terms.ts";
import { checkText } from "./text.ts";
import { OPEN, wrongState } from "./working.ts";

type Decision = Result<readonly MatterChange[], MatterRefusal>;

export function decideMerge(matter: Matter, command: MergeCommand, actor: MatterActor): Decision {
  if (actor.role !== "feedback_centre" && !answersFor(matter, actor)) {
    return refuse("not-responsible");
  }
  return command.type === "merge" ? merge(matter, command) : unmerge(matter, command.text);
}

type Order = Extract<MergeCommand, { type: "merge" }>;

function merge(matter: Matter, { main, hasReporters = false }: Order): Decision {
  if (!OPEN.includes(matter.state) || matter.merged !== null) return wrongState(matter);
  if (main === undefined || main.id === matter.id) return refuse("merge-unknown");
  if (main.kind !== matter.kind) return refuse("merge-other-kind", { kind: main.kind });
  if (main.disposition !== null || main.merged !== null) return refuse("merge-ended");
  if (hasReporters) return refuse("merge-has-reporters");
  if (main.suitable === false || matter.suitable === false) return refuse("merge-stopped");
  const { id, number, outcome } = main;
  return accept([
    { type: "merged", into: id, number },
    ...(outcome === null ? [] : [{ type: "followed", ...outcomeOf(main) } as const]),
  ]);
}

/** They are two problems after all, or the reporter says so. */
function unmerge(matter: Matter, why: string): Decision {
  if (matter.merged === null || matter.disposition !== null) return wrongState(matter);
  const text = checkText(why, MATTER_LIMITS.reasonLength);
  return text.ok ? accept([{ type: "unmerged", text: text.value }]) : text;
}

function outcomeOf({ outcome, reason, handlers }: Pick<Matter, keyof MainOutcome>): MainOutcome {
  return { outcome, reason, handlers };
}

/** Whether a step of a matter changes what those merged into it go by. */
export function concernsMerged(before: Matter | null, after: Matter): boolean {
  if (before === null || after.merged !== null) return false;
  const { outcome, disposition } = after;
  return before.outcome !== outcome || (isGone(disposition) && before.disposition === null);
}

/** Ended without an outcome that the others could go by. */
function isGone(disposition: Matter["disposition"]): boolean {
  return disposition === "withdrawn" || disposition === "handed_to_110";
}

/**
 * What follows for a matter that was merged into `main`, after a step of that one. Where the main
 * reporter takes back what he said, or 110 has it, the others still wait: each stands alone again.
 */
export function follow(
  matter: Matter,
  main: Matter,
  by: Id,
  work: Clockwork,
): readonly MatterChange[] {
  if (matter.merged?.into !== main.id || matter.disposition !== null) return [];
  const change: MatterChange = isGone(main.disposition)
    ? { type: "unmerged", text: "" }
    : { type: "followed", ...outcomeOf(main) };
  return withClocks(matter, [change], by, work);
}

/** Stands in for any main matter that would do, to see whether merging is open at all. */
export function anyMain(matter: Matter): MainMatter {
  return { ...matter, id: "", suitable: null, disposition: null, merged: null, outcome: null };
}
