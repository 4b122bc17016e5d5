import type { WorkCalendar } from "../shared/calendar.ts";
import type { Id } from "../shared/id.ts";
import { type Instant, localDate } from "../shared/instant.ts";
import { accept, refuse, type Result } from "../shared/result.ts";
import { dueDate } from "./clocks.ts";
import { matterNumber } from "./number.ts";
import { type MatterActor, mayCommand, mayRaise } from "./policy.ts";
import {
  CALLBACK_WAIVERS,
  type CallbackResult,
  type CallbackWaiver,
  MATTER_LIMITS,
  MATTER_SUBTYPES,
  type Matter,
  type MatterChange,
  type MatterCommand,
  type MatterCommandType,
  type MatterDraft,
  type MatterEvent,
  type MatterFact,
  type MatterOrigin,
  type MatterOutcome,
  type MatterRefusal,
  type MatterState,
  OUTCOMES,
  type OtherWay,
  SOLVED,
  type StopSign,
} from "./terms.ts";

type Decision = Result<readonly MatterChange[], MatterRefusal>;

// -- registering ----------------------------------------------------------------------------------

/** Where and through whom a matter came in. */
export interface Registration {
  readonly stationId: Id;
  readonly beatId: Id | null;
  readonly communityId: Id | null;
  readonly visitId: Id | null;
  readonly campaignIds: readonly Id[];
  readonly origin: MatterOrigin;
  readonly recipientId: Id;
  readonly finders: readonly Id[];
}

/** Mobile, fixed line with area code, or 400 number. */
const PHONE = /^(?:1\d{10}|0\d{2,3}-?\d{7,8}|400-?\d{3}-?\d{4})$/;

export function isPhone(text: string): boolean {
  return PHONE.test(text);
}

function checkText(text: string, limit: number): Result<string, MatterRefusal> {
  const trimmed = text.trim();
  if (trimmed === "") return refuse("text-missing");
  if (trimmed.length > limit) return refuse("text-too-long", { limit });
  return accept(trimmed);
}

/** Whether a matter can be noted like this. A matter without any contact is valid. */
export function checkDraft(draft: MatterDraft): Result<MatterDraft, MatterRefusal> {
  const subtypes: readonly string[] = MATTER_SUBTYPES[draft.kind];
  if (!subtypes.includes(draft.subtype)) return refuse("unknown-subtype");
  const text = checkText(draft.text, MATTER_LIMITS.textLength);
  if (!text.ok) return text;
  if (draft.contact !== undefined) {
    if (draft.anonymous === true) return refuse("contact-of-anonymous");
    const { phone } = draft.contact;
    if (phone !== undefined && !isPhone(phone)) return refuse("phone-invalid");
    const salutation = checkText(draft.contact.salutation ?? "-", MATTER_LIMITS.salutationLength);
    if (!salutation.ok) return salutation;
  }
  if ((draft.stopSigns?.length ?? 0) > 0 && draft.kind !== "dispute") {
    return refuse("of-other-kind", { kind: draft.kind });
  }
  return accept({ ...draft, text: text.value });
}

/** An officer notes a matter that he heard or saw outside of a visit. */
export function raise(
  draft: MatterDraft,
  registration: Registration,
  actor: MatterActor,
  now: Instant,
  calendar: WorkCalendar,
): Decision {
  if (actor.role === "auxiliary") return refuse("auxiliary-alone");
  if (!mayRaise(actor.role)) return refuse("not-permitted");
  const checked = checkDraft(draft);
  return checked.ok ? accept(register(checked.value, registration, now, calendar)) : checked;
}

/** The first events of a matter. The draft is one that `checkDraft` accepts. */
export function register(
  draft: MatterDraft,
  registration: Registration,
  now: Instant,
  calendar: WorkCalendar,
): readonly MatterChange[] {
  const due = dueDate(draft.kind, localDate(now), calendar);
  const registered: MatterChange = {
    type: "registered",
    id: draft.id,
    kind: draft.kind,
    subtype: draft.subtype,
    text: draft.text,
    placeId: draft.placeId,
    reporter: draft.reporter,
    feedback: draft.reporter === "officer" ? "none" : draft.feedback,
    anonymous: draft.anonymous === true,
    ...registration,
    dueOn: due?.dueOn ?? null,
    clock: due?.clock ?? null,
  };
  const stopSigns = draft.stopSigns ?? [];
  if (stopSigns.length === 0) return [registered];
  return [registered, { type: "screened", stopSigns, way: wayFor(stopSigns) }];
}

// -- screening ------------------------------------------------------------------------------------

/** The gravest first: it decides which way is shown. Source: 反家庭暴力法, 未成年人保护法 11. */
const WAY_FOR_SIGN: Record<StopSign, OtherWay> = {
  weapon_threat: "emergency_110",
  child_or_sexual_harm: "emergency_110",
  serious_crime: "emergency_110",
  violence_at_home: "domestic_violence_protection",
  party_in_fear: "competent_body",
  repeated_breach: "court",
};
const GRAVITY = Object.keys(WAY_FOR_SIGN) as readonly StopSign[];

/** The way to show instead of mediation; null without a stop sign. */
export function wayFor(signs: readonly StopSign[]): OtherWay | null {
  const gravest = GRAVITY.find((sign) => signs.includes(sign));
  return gravest === undefined ? null : WAY_FOR_SIGN[gravest];
}

// -- deciding -------------------------------------------------------------------------------------

const OPEN: readonly MatterState[] = ["registered", "accepted", "in_progress"];
const CLAIMED: readonly MatterState[] = ["resolved", "feedback_given", "called_back"];

/** Whether the resident has a right to an answer before the end. */
export function feedbackNeeded(matter: Matter): boolean {
  return matter.reporter === "resident" && !matter.anonymous && matter.feedback !== "none";
}

function handles(matter: Matter, actor: MatterActor): boolean {
  return matter.responsibleId === actor.memberId;
}

function answersFor(matter: Matter, actor: MatterActor): boolean {
  return handles(matter, actor) || actor.role === "station_leader";
}

/** Neither answered for it at any time nor acted in handling it. */
function independent(matter: Matter, actor: MatterActor): boolean {
  return !matter.handlers.includes(actor.memberId);
}

function wrongState(matter: Matter): Decision {
  return refuse("wrong-state", { state: matter.state });
}

/**
 * What follows from an order, or why it is refused. Nothing is deleted: to mend is to add.
 *
 * Source: domain.md §4.1 (spine and invariants), §4.3-4.5 (by kind).
 */
export function decide(matter: Matter, command: MatterCommand, actor: MatterActor): Decision {
  if (!mayCommand(actor.role, command.type)) {
    return actor.role === "auxiliary" ? refuse("auxiliary-alone") : refuse("not-permitted");
  }
  switch (command.type) {
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
      return recheck(matter, command, actor);
    case "decline":
      return decline(matter, command, actor);
    case "answer":
      return answer(matter, command, actor);
    case "call_back":
      return callBack(matter, command, actor);
    case "close":
      return close(matter, command.waiver, actor);
    case "reopen":
      return reopen(matter, command);
    case "withdraw":
      return withdraw(matter, command.text, actor);
  }
}

type Of<T extends MatterCommandType> = Extract<MatterCommand, { type: T }>;

function assign(matter: Matter, to: Id, actor: MatterActor): Decision {
  if (!OPEN.includes(matter.state)) return wrongState(matter);
  const arbiter = actor.role === "feedback_centre";
  if (matter.arbitrated && !arbiter) return refuse("arbiter-decides");
  if (matter.returns >= 2 && !arbiter) return refuse("arbiter-decides");
  if (!arbiter && !answersFor(matter, actor)) return refuse("not-responsible");
  if (matter.responsibleId === to) return refuse("already-responsible");
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
  if (subtype === undefined && text === undefined) return refuse("nothing-to-correct");
  return accept([
    {
      type: "corrected",
      ...(subtype === undefined ? {} : { subtype }),
      ...(text === undefined ? {} : { text }),
      why: why.value,
    },
  ]);
}

/** The steps that lie before a claim or a refusal, so that what is done at once is one order. */
function stepsBefore(matter: Matter): readonly MatterChange[] {
  if (matter.state === "registered") return [{ type: "accepted" }, { type: "started" }];
  return matter.state === "accepted" ? [{ type: "started" }] : [];
}

function resolve(matter: Matter, command: Of<"resolve">, actor: MatterActor): Decision {
  if (!OPEN.includes(matter.state)) return wrongState(matter);
  if (!handles(matter, actor)) return refuse("not-responsible");
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

function perform(matter: Matter, actor: MatterActor): Decision {
  if (matter.kind !== "dispute") return refuse("of-other-kind", { kind: matter.kind });
  if (!CLAIMED.includes(matter.state) || matter.outcome !== "agreement_reached") {
    return wrongState(matter);
  }
  return answersFor(matter, actor) ? accept([{ type: "performed" }]) : refuse("not-responsible");
}

function recheck(matter: Matter, command: Of<"recheck">, actor: MatterActor): Decision {
  if (matter.kind !== "hazard") return refuse("of-other-kind", { kind: matter.kind });
  if (!CLAIMED.includes(matter.state) || matter.outcome !== "rectified") return wrongState(matter);
  if (matter.finders.includes(actor.memberId) || !independent(matter, actor)) {
    return refuse("finder-cannot-recheck");
  }
  const text = checkText(command.text, MATTER_LIMITS.reasonLength);
  if (!text.ok) return text;
  return accept([{ type: "rechecked", cleared: command.cleared, text: text.value }]);
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
  const text = checkText(command.text, MATTER_LIMITS.answerLength);
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
  if (
    satisfaction !== null &&
    !(Number.isInteger(satisfaction) && satisfaction >= 1 && satisfaction <= 5)
  ) {
    return refuse("callback-incomplete");
  }
  const text = command.text.trim();
  if (text.length > MATTER_LIMITS.noteLength) {
    return refuse("text-too-long", { limit: MATTER_LIMITS.noteLength });
  }
  const called: MatterChange = {
    type: "called_back",
    mode: command.mode,
    reached: command.reached,
    solved: command.reached ? (command.solved ?? null) : null,
    satisfaction: command.reached ? satisfaction : null,
    text,
  };
  if (command.reached && command.wantsReopen === true) {
    return accept([called, { type: "reopened", reason: "resident_disagrees", text }]);
  }
  return accept([called]);
}

/** A waiver holds only where its fact does: it is no way round the resident. */
function waiverHolds(matter: Matter, waiver: CallbackWaiver, actor: MatterActor): boolean {
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
  }
}

/** Calls without an answer after which nobody is called again (§5.2, rule 4). */
const UNREACHABLE_AFTER = 2;

function close(matter: Matter, waiver: CallbackWaiver | undefined, actor: MatterActor): Decision {
  const answered = matter.state === "feedback_given" || matter.state === "called_back";
  if (!answered && matter.state !== "resolved" && matter.state !== "declined") {
    return wrongState(matter);
  }
  if (!independent(matter, actor)) return refuse("handler-cannot-close");
  if (!answered && feedbackNeeded(matter)) return refuse("feedback-needed");
  if (matter.outcome === "rectified") return refuse("recheck-needed");
  const disposition = matter.outcome === "declined" ? "declined" : "closed";
  if (matter.state === "called_back") {
    const said = matter.callbacks.findLast((call) => call.reached)?.solved;
    if (said === "no" && matter.outcome !== null && SOLVED.includes(matter.outcome)) {
      return refuse("resident-contradicts");
    }
    return accept([{ type: "closed", disposition }]);
  }
  if (waiver === undefined) return refuse("callback-needed");
  if (!waiverHolds(matter, waiver, actor)) return refuse("waiver-unlawful");
  return accept([
    { type: "callback_waived", reason: waiver },
    { type: "closed", disposition },
  ]);
}

function reopen(matter: Matter, command: Of<"reopen">): Decision {
  if (OPEN.includes(matter.state) || matter.state === "withdrawn") return wrongState(matter);
  const text = checkText(command.text, MATTER_LIMITS.reasonLength);
  if (!text.ok) return text;
  return accept([{ type: "reopened", reason: command.reason, text: text.value }]);
}

function withdraw(matter: Matter, reason: string, actor: MatterActor): Decision {
  if (matter.disposition !== null) return wrongState(matter);
  // Asking a resident to withdraw is forbidden (§4.3), so the handler's word is not enough.
  if (!independent(matter, actor)) return refuse("handler-cannot-withdraw");
  const text = checkText(reason, MATTER_LIMITS.reasonLength);
  return text.ok ? accept([{ type: "withdrawn", text: text.value }]) : text;
}

// -- evolving -------------------------------------------------------------------------------------

function joined(ids: readonly Id[], id: Id): readonly Id[] {
  return ids.includes(id) ? ids : [...ids, id];
}

/** Back to work: what was claimed no longer stands. */
function workAgain(matter: Matter): Matter {
  return {
    ...matter,
    state: "in_progress",
    outcome: null,
    reason: null,
    resolvedAt: null,
    clearedAt: null,
    callbacks: [],
    waiver: null,
    closedAt: null,
    disposition: null,
  };
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
    arbitrated: false,
    returns: 0,
    handlers: [change.recipientId],
    suitable: null,
    stopSigns: [],
    outcome: null,
    reason: null,
    registeredAt: event.at,
    dueOn: change.dueOn,
    acceptedAt: null,
    resolvedAt: null,
    clearedAt: null,
    answeredAt: null,
    callbacks: [],
    waiver: null,
    closedAt: null,
    disposition: null,
    reopened: 0,
  };
}

/** The matter after one more event. */
export function evolve(before: Matter, event: MatterEvent): Matter {
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
        ? workAgain(stopped)
        : stopped;
    }
    case "assigned":
      return { ...matter, assigneeId: change.to, arbitrated: change.arbitrated };
    case "assignment_returned":
      return { ...matter, assigneeId: null, returns: matter.returns + 1 };
    case "accepted":
      return {
        ...matter,
        state: matter.state === "registered" ? "accepted" : matter.state,
        responsibleId: by,
        assigneeId: null,
        arbitrated: false,
        returns: 0,
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
      return change.cleared ? { ...matter, outcome: "cleared", clearedAt: at } : workAgain(matter);
    case "declined":
      return {
        ...matter,
        state: "declined",
        outcome: "declined",
        reason: change.reason,
        resolvedAt: at,
        assigneeId: null,
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
      return { ...workAgain(matter), reopened: matter.reopened + 1 };
    case "closed":
      return { ...matter, state: "closed", closedAt: at, disposition: change.disposition };
    case "withdrawn":
      return {
        ...matter,
        state: "withdrawn",
        assigneeId: null,
        closedAt: at,
        disposition: "withdrawn",
      };
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

/** What the figures are told when `events` took a matter from `before` to `after`. */
export function factOf(
  before: Matter | null,
  after: Matter,
  events: readonly MatterEvent[],
): MatterFact {
  const { kind, subtype, stationId, beatId, communityId, campaignIds, origin } = after;
  const adoptions = ["adopted", "partly", "not_adopted"] as const;
  return {
    matterId: after.id,
    kind,
    subtype,
    stationId,
    beatId,
    communityId,
    campaignIds,
    origin,
    from: before?.state ?? null,
    to: after.state,
    events: events.map((event) => event.change.type),
    registeredAt: after.registeredAt,
    dueOn: after.dueOn,
    at: events.at(-1)?.at ?? after.registeredAt,
    outcome: after.outcome,
    adoption: kind === "opinion" ? (adoptions.find((one) => one === after.outcome) ?? null) : null,
    reason: after.reason,
    disposition: after.disposition,
    before,
    after,
  };
}

// -- what is next ---------------------------------------------------------------------------------

/** One order of each type that is right in itself: refused only for the state or the person. */
function probes(matter: Matter, actor: MatterActor): readonly MatterCommand[] {
  const outcome = matter.suitable === false ? "not_suitable" : OUTCOMES[matter.kind][0];
  const subtype = MATTER_SUBTYPES[matter.kind].find((one) => one !== matter.subtype);
  const text = "-";
  return [
    { type: "accept" },
    { type: "return_assignment", reason: text },
    { type: "screen", stopSigns: [] },
    { type: "start" },
    { type: "resolve", outcome, text },
    { type: "recheck", cleared: true, text },
    { type: "call_back", mode: "in_person", reached: false, text: "" },
    { type: "close", waiver: lawfulWaivers(matter, actor)[0] },
    { type: "answer", mode: "in_person", text },
    { type: "perform" },
    { type: "reopen", reason: "not_solved", text },
    { type: "assign", to: "" },
    { type: "decline", reason: "other", text },
    { type: "withdraw", text },
    { type: "correct", subtype, why: text },
    { type: "note", text },
  ];
}

/** What this person may do with this matter now, the likeliest first: the buttons of its page. */
export function openSteps(matter: Matter, actor: MatterActor): readonly MatterCommandType[] {
  return probes(matter, actor)
    .filter((command) => decide(matter, command, actor).ok)
    .map((command) => command.type);
}

/** The waivers that would hold for this matter and this person, for the closing form. */
export function lawfulWaivers(matter: Matter, actor: MatterActor): readonly CallbackWaiver[] {
  return CALLBACK_WAIVERS.filter((waiver) => waiverHolds(matter, waiver, actor));
}
