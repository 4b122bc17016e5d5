/** What was heard against what was written, and what may follow from it: people decide, nothing else. */
import type { Role } from "../organisation/terms.ts";
import type { Id } from "../shared/id.ts";
import { type Instant, type LocalDate, localDate } from "../shared/instant.ts";
import { accept, refuse, type Result } from "../shared/result.ts";
import type { Outcome } from "../visits/terms.ts";
import {
  type AnswerRefusal,
  type Finding,
  type FindingCommand,
  type FindingCommandType,
  FINDING_COMMANDS,
  type FindingEvent,
  type FindingRefusal,
  type FindingState,
  RECHECK_LIMITS,
  type RecheckAnswer,
  type RecheckResult,
  STRATUM_OF,
} from "./terms.ts";

/** An answer that says something: at a home they were asked, and who remembers was asked where. */
export function checkAnswer(answer: RecheckAnswer): Result<RecheckAnswer, AnswerRefusal> {
  const { found, came, spoke } = answer;
  if (found !== "home") {
    return accept({ found, came: null, spoke: null, gasCheck: null, gridWorker: null });
  }
  if (came === null || (came === "yes" && spoke === null)) return refuse("answer-incomplete");
  return accept(came === "yes" ? answer : { ...answer, spoke: null });
}

/** How what was heard stands to the record. Who was not asked, or can't say, proves nothing. */
export function compare(outcome: Outcome, answer: RecheckAnswer | null): RecheckResult {
  if (answer === null) return "unknown";
  const { found, came, spoke } = answer;
  if (STRATUM_OF[outcome] === "written_off") return found === "home" ? "different" : "confirmed";
  if (found !== "home") return "different";
  if (came === "no") return "not_confirmed";
  if (came !== "yes") return "unknown";
  if (spoke === "phone") return "different";
  return outcome === "completed_inside" && spoke === "doorstep" ? "different" : "confirmed";
}

/** Only what contradicts the record is put to those who wrote it. */
export function isFinding(result: RecheckResult): boolean {
  return result === "different" || result === "not_confirmed";
}

export interface FindingContext {
  readonly actor: { readonly memberId: Id; readonly role: Role };
  readonly now: Instant;
  readonly appealUntil: LocalDate;
  /** Whom the panel's third seat is offered to: a colleague of another team. */
  isPeer(memberId: Id): boolean;
  forbidden(text: string): boolean;
}

type Decision = Result<Finding, FindingRefusal>;

/** In which states each step fits. */
const FITS: Readonly<Record<FindingCommandType, readonly FindingState[]>> = {
  explain: ["open"],
  view: ["open", "explained", "appealed"],
  decide: ["open", "explained", "appealed"],
  appeal: ["upheld"],
};

/** Whose step it is. */
function isTheirs(finding: Finding, type: FindingCommandType, { actor }: FindingContext): boolean {
  const own = finding.team.includes(actor.memberId);
  if (type === "explain" || type === "appeal") return own;
  if (type === "view") return actor.role === "station_leader" && !own;
  return actor.role === "inspectorate" && !own;
}

function decidedBy(finding: Finding): Id | null {
  return finding.events.findLast(({ type }) => type === "decide")?.by ?? null;
}

function problemOf(
  finding: Finding,
  type: FindingCommandType,
  context: FindingContext,
): FindingRefusal | null {
  if (!isTheirs(finding, type, context)) return "not-permitted";
  if (!FITS[type].includes(finding.state)) return "wrong-state";
  if (type === "appeal") {
    if (finding.events.some((event) => event.type === "appeal")) return "wrong-state";
    if (finding.appealUntil === null || localDate(context.now) > finding.appealUntil)
      return "appeal-late";
  }
  if (type === "view" && finding.events.some((event) => event.type === "view"))
    return "wrong-state";
  if (type === "decide") {
    if (finding.state === "open" && context.now < finding.explainUntil)
      return "explanation-awaited";
    if (!finding.events.some((event) => event.type === "view")) return "view-missing";
    if (decidedBy(finding) === context.actor.memberId) return "decider-cannot-review";
  }
  return null;
}

/** The steps that are open to the actor now. */
export function openFindingSteps(
  finding: Finding,
  context: FindingContext,
): readonly FindingCommandType[] {
  return FINDING_COMMANDS.filter((type) => problemOf(finding, type, context) === null);
}

/**
 * One step with a finding. Those whose visit it was are heard, the station gives its view, a panel of
 * inspectorate, station and a peer decides, and against a decision there is one appeal, to another
 * inspector. Nothing follows by itself: a record that was not true is mended by its officer or leader.
 */
export function decideFinding(
  finding: Finding,
  command: FindingCommand,
  context: FindingContext,
): Decision {
  const problem = problemOf(finding, command.type, context);
  if (problem !== null) return refuse(problem);
  const text = command.text.trim();
  if (text === "") return refuse("text-missing");
  if (text.length > RECHECK_LIMITS.textLength) {
    return refuse("text-too-long", { limit: RECHECK_LIMITS.textLength });
  }
  if (context.forbidden(text)) return refuse("text-forbidden");
  if (command.type === "decide" && !context.isPeer(command.peerId)) return refuse("peer-unfit");
  const event: FindingEvent = { ...command, text, by: context.actor.memberId, at: context.now };
  const next = { ...finding, version: finding.version + 1, events: [...finding.events, event] };
  switch (command.type) {
    case "explain":
      return accept({ ...next, state: "explained" });
    case "view":
      return accept(next);
    case "appeal":
      return accept({ ...next, state: "appealed" });
    case "decide": {
      const last = finding.state === "appealed" || command.verdict === "accepted";
      return accept({
        ...next,
        state: command.verdict,
        appealUntil: last ? null : context.appealUntil,
      });
    }
  }
}
