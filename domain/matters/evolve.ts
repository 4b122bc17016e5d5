/** A matter is what its events make of it. */
import type { Id } from "../shared/id.ts";
import type { Instant, LocalDate } from "../shared/instant.ts";
import type { RunningClock } from "./clock-terms.ts";
import { dueDay } from "./clocks.ts";
import { hazardAfter, recheckedBy, referredTo } from "./evolve-hazard.ts";
import { mergeAfter } from "./evolve-merge.ts";
import { matterNumber } from "./number.ts";
import { RETURNS } from "./referral.ts";
import {
  type CallbackResult,
  CLAIMED,
  type Matter,
  type MatterChange,
  type MatterEvent,
  type StopSign,
} from "./terms.ts";
import { workAgain } from "./working.ts";

function joined(ids: readonly Id[], id: Id): readonly Id[] {
  return ids.includes(id) ? ids : [...ids, id];
}

/** The last day for the matter itself: none while its clock stands still; undefined once it is met. */
function finishOn(clocks: readonly RunningClock[]): LocalDate | null | undefined {
  const clock = clocks.find(({ purpose }) => purpose === "finish");
  if (clock === undefined) return undefined;
  return clock.dueAt === null ? null : dueDay(clock.dueAt);
}

/** The matter after its first event. */
export function begin(event: MatterEvent): Matter {
  const change = event.change;
  if (change.type !== "registered") throw new Error("a matter begins with `registered`");
  return {
    id: change.id,
    number: matterNumber(change.id),
    kind: change.kind,
    subtype: change.subtype,
    state: "registered",
    version: event.seq,
    stationId: change.stationId,
    beatId: change.beatId,
    communityId: change.communityId,
    placeId: change.placeId,
    visitId: change.visitId,
    campaignIds: change.campaignIds,
    origin: change.origin,
    reporter: change.reporter,
    text: change.text,
    feedback: change.feedback,
    anonymous: change.anonymous,
    finders: change.finders,
    responsibleId: change.recipientId,
    assigneeId: null,
    referral: null,
    arbitrated: false,
    returns: 0,
    handlers: [change.recipientId],
    suitable: null,
    stopSigns: [],
    grade: change.grade,
    hazard: null,
    merged: null,
    outcome: null,
    reason: null,
    registeredAt: event.at,
    dueOn: finishOn(change.clocks ?? []) ?? null,
    acceptedAt: null,
    resolvedAt: null,
    clearedAt: null,
    answeredAt: null,
    informedAt: null,
    pauseReason: null,
    clocks: change.clocks ?? [],
    callbacks: [],
    waiver: null,
    closedAt: null,
    disposition: null,
    reopened: 0,
  };
}

/** The matter after one more event. */
export function evolve(before: Matter, event: MatterEvent): Matter {
  const after = applied(before, event);
  const { clocks } = event.change;
  if (clocks === undefined) return after;
  const dueOn = finishOn(clocks);
  return { ...after, clocks, dueOn: dueOn === undefined ? after.dueOn : dueOn };
}

function applied(before: Matter, event: MatterEvent): Matter {
  const { change, at, by } = event;
  const matter: Matter = { ...before, version: event.seq };
  switch (change.type) {
    case "registered":
      throw new Error("a matter is registered once");
    case "screened": {
      if (change.stopSigns.length === 0) {
        return { ...matter, suitable: true, handlers: joined(matter.handlers, by) };
      }
      const stopped: Matter = {
        ...matter,
        suitable: false,
        stopSigns: change.stopSigns.reduce<readonly StopSign[]>(
          (signs, sign) => (signs.includes(sign) ? signs : [...signs, sign]),
          matter.stopSigns,
        ),
        handlers: joined(matter.handlers, by),
      };
      // An agreement that should never have been sought is no outcome.
      return CLAIMED.includes(matter.state) && matter.outcome !== "not_suitable"
        ? workAgain({ ...stopped, referral: null })
        : stopped;
    }
    case "assigned":
      return { ...matter, assigneeId: change.to, referral: null, arbitrated: change.arbitrated };
    case "assignment_returned":
      return { ...matter, assigneeId: null, referral: null, returns: matter.returns + 1 };
    case "referred": {
      const { to, bodyKind, basis, law, text, contact } = change;
      const sent = { seq: event.seq, partnerId: to, bodyKind, basis, law, text, contact };
      const referral = { ...sent, sentAt: at };
      const asked: Matter = {
        ...matter,
        assigneeId: null,
        referral: { ...referral, acceptedAt: null, answeredAt: null },
        // Only the arbiter asks once more after two returns.
        arbitrated: matter.returns >= RETURNS,
        handlers: joined(matter.handlers, by),
      };
      return referredTo(asked, bodyKind, at);
    }
    case "accepted_by_body":
      return {
        ...matter,
        state: "referred",
        referral: matter.referral === null ? null : { ...matter.referral, acceptedAt: at },
        arbitrated: false,
        returns: 0,
        acceptedAt: matter.acceptedAt ?? at,
      };
    case "recalled":
      return {
        ...matter,
        state: matter.state === "referred" ? "in_progress" : matter.state,
        referral: null,
        arbitrated: false,
        handlers: joined(matter.handlers, by),
      };
    case "accepted":
      return {
        ...matter,
        state: matter.state === "registered" ? "accepted" : matter.state,
        responsibleId: by,
        // Taking up one's own matter is no answer to those who returned it.
        ...(matter.assigneeId === null ? {} : { assigneeId: null, arbitrated: false, returns: 0 }),
        handlers: joined(matter.handlers, by),
        acceptedAt: matter.acceptedAt ?? at,
      };
    case "started":
      return { ...matter, state: "in_progress", handlers: joined(matter.handlers, by) };
    case "noted":
      return matter;
    case "corrected":
      return {
        ...matter,
        subtype: change.subtype ?? matter.subtype,
        grade: change.grade ?? matter.grade,
        text: change.text ?? matter.text,
      };
    case "resolved":
      return {
        ...matter,
        state: "resolved",
        outcome: change.outcome,
        reason: change.reason,
        resolvedAt: at,
        assigneeId: null,
        referral:
          matter.state === "referred" && matter.referral !== null
            ? { ...matter.referral, answeredAt: at }
            : null,
        arbitrated: false,
        handlers: joined(matter.handlers, by),
      };
    case "performed":
      return {
        ...matter,
        outcome: "agreement_performed",
        handlers: joined(matter.handlers, by),
      };
    case "rechecked":
      return recheckedBy(
        change.cleared ? { ...matter, outcome: "cleared", clearedAt: at } : workAgain(matter),
        by,
        at,
        change.cleared,
      );
    case "place_shown":
      // Whoever reported it does not handle it by showing what he sees.
      return by === matter.id
        ? hazardAfter(matter, change, at)
        : hazardAfter({ ...matter, handlers: joined(matter.handlers, by) }, change, at);
    case "advised":
    case "body_answered":
      return hazardAfter({ ...matter, handlers: joined(matter.handlers, by) }, change, at);
    case "confirmed":
    case "drawn":
    case "verified":
    case "recurred":
      return hazardAfter(matter, change, at);
    case "declined":
      return {
        ...matter,
        state: "declined",
        outcome: "declined",
        reason: change.reason,
        resolvedAt: at,
        assigneeId: null,
        referral: null,
        arbitrated: false,
        handlers: joined(matter.handlers, by),
      };
    case "answered":
      return {
        ...matter,
        state: "feedback_given",
        answeredAt: matter.answeredAt ?? at,
        callbacks: [],
        handlers: joined(matter.handlers, by),
      };
    case "called_back": {
      const result: CallbackResult = {
        by,
        at,
        mode: change.mode,
        reached: change.reached,
        solved: change.solved,
        satisfaction: change.satisfaction,
      };
      return {
        ...matter,
        state: change.reached ? "called_back" : matter.state,
        callbacks: [...matter.callbacks, result],
      };
    }
    case "callback_waived":
      return { ...matter, waiver: change.reason };
    case "reopened":
      // Whoever says that his own is not solved stands for himself again.
      return { ...workAgain(matter), merged: null, reopened: matter.reopened + 1 };
    case "closed":
      return { ...matter, state: "closed", closedAt: at, disposition: change.disposition };
    case "withdrawn":
    case "handed_to_110":
      return {
        ...matter,
        state: change.type,
        assigneeId: null,
        referral: null,
        pauseReason: null,
        closedAt: at,
        disposition: change.type,
      };
    case "informed":
      return { ...matter, informedAt: at, handlers: joined(matter.handlers, by) };
    case "suspended":
      return { ...matter, state: "suspended", pauseReason: change.reason };
    case "resumed":
      return { ...matter, state: "in_progress", pauseReason: null };
    case "merged":
    case "followed":
    case "unmerged":
      return mergeAfter(matter, change, at);
    case "extended":
    case "raised":
    case "supervised":
    case "dated":
      return matter;
  }
}

/** The events that changes become when they are kept one after another. */
export function eventsOf(
  changes: readonly MatterChange[],
  lastSeq: number,
  by: Id,
  at: Instant,
): readonly MatterEvent[] {
  return changes.map((change, index) => ({ seq: lastSeq + 1 + index, at, by, change }));
}

/** A matter out of its whole history. */
export function replay(events: readonly MatterEvent[]): Matter {
  const [first, ...rest] = events;
  if (first === undefined) throw new Error("a matter has at least one event");
  return rest.reduce(evolve, begin(first));
}
