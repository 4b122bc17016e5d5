/** A correction: a new record that stands for an older one. */
import type { Id } from "../shared/id.ts";
import { DAY_MS } from "../shared/instant.ts";
import { accept, refuse } from "../shared/result.ts";
import { isForbidden } from "../privacy/terms.ts";
import { type Answer, type VisitContext } from "./context.ts";
import { forget, type Knock, removeKnock } from "./door.ts";
import { countedOf, doorDelta, factOf, placeOf } from "./facts.ts";
import { judge, type Recorded } from "./record.ts";
import {
  CORRECTABLE_DAYS,
  type CorrectedVisit,
  type CorrectVisit,
  type DoorState,
  OUTCOME_MEANING,
  type RecordVisit,
  type Visit,
} from "./terms.ts";

export interface CorrectionContext extends VisitContext {
  /** The record that is to be corrected; undefined when there is none that this session may see. */
  readonly original: Visit | undefined;
  /** It was corrected already: by which record. */
  readonly correctedBy: Id | null;
  /** A leader of the station may correct what others recorded. */
  readonly mayCorrectOthers: boolean;
}

export interface Corrected extends Recorded {
  /** The door of the original, when the correction moved the visit to another one. */
  readonly leftDoor: { readonly placeId: Id; readonly door: DoorState } | null;
}

/** How the door counted a visit. */
function knockOf(visit: Visit): Knock {
  return {
    id: visit.id,
    at: visit.visitedAt,
    trace: OUTCOME_MEANING[visit.outcome].trace,
    campaignIds: visit.campaignIds,
    cardLeft: visit.details.cardLeft ?? false,
    last: visit.details.lastAttempt ?? false,
  };
}

/**
 * A new record that stands for an older one: both are kept, the door counts the new one alone.
 *
 * `door` is the door of the corrected visit, `leftDoor` that of the original when they differ.
 * Refuses a second correction of the same record (`visit-already-corrected`): the newest record is
 * the one to correct.
 */
export function correct(
  door: DoorState,
  leftDoor: DoorState | null,
  command: CorrectVisit,
  context: CorrectionContext,
): Answer<Corrected> {
  const { original } = context;
  if (original === undefined) return refuse("visit-unknown");
  if (context.correctedBy !== null) return refuse("visit-already-corrected");
  if (!original.team.includes(context.author) && !context.mayCorrectOthers) {
    if (original.memberId !== context.author) return refuse("not-your-visit");
  }
  if (original.receivedAt < context.now - CORRECTABLE_DAYS * DAY_MS) {
    return refuse("correction-too-late", { days: CORRECTABLE_DAYS });
  }
  const reason = command.reason.trim();
  if (reason === "") return refuse("correction-reason-missing");
  if (context.inspect(reason).some(isForbidden)) return refuse("text-forbidden");

  const corrected = asRecorded(original, command.visit);
  const moved = original.placeId !== corrected.placeId;
  const source = moved ? (leftDoor ?? door) : door;
  const without = withoutVisit(source, original);
  const judged = judge(
    moved ? door : without,
    corrected,
    withTimesOf(original, corrected, context),
    { original, reason },
  );
  if (!judged.ok) return judged;
  const { visit, after, warnings } = judged.value;
  const doors = moved
    ? [doorDelta(placeOf(visit), door, after), doorDelta(placeOf(original), source, without)]
    : [doorDelta(placeOf(visit), source, after)];
  return accept({
    visit,
    door: forget(after, context.now, context.alive),
    leftDoor: moved
      ? { placeId: original.placeId, door: forget(without, context.now, context.alive) }
      : null,
    warnings,
    fact: factOf(visit, corrected, after, doors, countedOf(original)),
  });
}

/** The whole record that a correction stands for: what it leaves out stays. */
function asRecorded(original: Visit, visit: CorrectedVisit): RecordVisit {
  const { outcome, endedAt = visit.startedAt + original.endedAt - original.visitedAt } = visit;
  if (outcome !== undefined) return { ...visit, outcome, endedAt };
  const { matterIds: _heard, ...details } = original.details;
  return { ...details, ...visit, outcome: original.outcome, endedAt };
}

/** A correction that leaves the start as it was keeps the time found for it, whatever clock it uses. */
function withTimesOf<C extends VisitContext>(original: Visit, command: RecordVisit, context: C): C {
  if (command.startedAt !== original.deviceAt) return context;
  const skewMs = original.visitedAt - original.deviceAt;
  return { ...context, atDesk: false, at: context.now - skewMs, correctedAt: context.now };
}

/** The door without a visit, and without the wish that this very visit had noted. */
function withoutVisit(door: DoorState, original: Visit): DoorState {
  const without = removeKnock(door, knockOf(original));
  const { quietUntil: wish, ...rest } = without;
  const ownWish =
    original.outcome === "asked_not_to_visit" &&
    wish?.at === original.visitedAt &&
    wish.by === original.memberId;
  return ownWish ? rest : without;
}
