/** What follows from an order on a mediation, or why it is refused. */
import type { StopSign } from "../matters/terms.ts";
import { addWorkingDays, type WorkCalendar } from "../shared/calendar.ts";
import { addDays, HOUR_MS, type Instant, localDate, type LocalDate } from "../shared/instant.ts";
import { accept, refuse, type Result } from "../shared/result.ts";
import { confirmationDue, nextFollowUp } from "./due.ts";
import { callsDue, mayCommand, type MediationActor, nextToCall, onPanel } from "./policy.ts";
import { clash, type OtherBooking } from "./rooms.ts";
import {
  type Attendance,
  FOLLOW_UP_DAYS,
  type Mediation,
  MEDIATION_LIMITS,
  type MediationChange,
  type MediationCommand,
  type MediationCommandType,
  type MediationRefusal,
  type MediationSession,
  type SideKey,
} from "./terms.ts";

type Decision = Result<readonly MediationChange[], MediationRefusal>;
type Of<T extends MediationCommandType> = Extract<MediationCommand, { type: T }>;

/** What a rule needs to know and can't ask. */
export interface MediationContext {
  readonly now: Instant;
  readonly calendar: WorkCalendar;
  /** The clock table's day for a mediation that is accepted today; null where none is set. */
  readonly limitOn: LocalDate | null;
  /** Limits of the bureau's table, in days: to ask the court together; to a second police mediation. */
  readonly days: { readonly confirmation: number; readonly policeSecond: number };
  /** Other sessions of the station that are booked, and the name of the room that is asked for. */
  readonly bookings: readonly OtherBooking[];
  readonly venue: string | null;
  /** Whether the one who raised the dispute has been answered. */
  readonly answered: boolean;
  /** In [0, 1): the lot by which sides are called back. */
  readonly chance: () => number;
}

/** States in which everybody may still leave, and a stop sign still stops. */
const BEFORE_AGREEMENT: readonly Mediation["state"][] = [
  "asking",
  "consented",
  "scheduled",
  "reached",
];

function wrongState({ state }: Mediation): Decision {
  return refuse("wrong-state", { state });
}

/**
 * What follows from an order, or why it is refused. Nothing is deleted: to mend is to add.
 *
 * Source: domain.md §4.4; 人民调解法 15, 17, 23, 26, 28-33; 行政程序规定 178-186.
 */
export function decide(
  mediation: Mediation,
  command: MediationCommand,
  actor: MediationActor,
  context: MediationContext,
): Decision {
  if (!mayCommand(actor.role, command.type)) return refuse("not-permitted");
  if (command.type !== "call_back" && !onPanel(mediation, actor.memberId)) {
    return refuse("not-on-panel");
  }
  if ("side" in command && !mediation.sides.some(({ key }) => key === command.side)) {
    return refuse("side-unknown");
  }
  switch (command.type) {
    case "answer_of_side":
      return answerOfSide(mediation, command, context);
    case "set_panel":
      return setPanel(mediation, command);
    case "object":
      return object(mediation, command);
    case "book":
      return book(mediation, command, context);
    case "cancel": {
      const booked = bookedIn(mediation);
      return booked === undefined
        ? wrongState(mediation)
        : accept([{ type: "cancelled", sessionId: booked.id }]);
    }
    case "hold":
      return hold(mediation, command, context);
    case "agree":
      return agree(mediation, command, context);
    case "perform":
      return perform(mediation, command, context);
    case "report_breach":
      return reportBreach(mediation, command.side);
    case "urge":
      return mediation.state === "breached" ? accept([{ type: "urged" }]) : wrongState(mediation);
    case "give_up_urging":
      if (mediation.state !== "breached") return wrongState(mediation);
      return mediation.urged === 0
        ? refuse("urging-first")
        : accept([{ type: "ended", ending: "breached" }]);
    case "follow_up":
      return followUp(mediation, command, context);
    case "fail":
      return fail(mediation, command, context);
    case "notify":
      return notify(mediation, command);
    case "extend":
      return extend(mediation, command);
    case "seek_confirmation":
      return seekConfirmation(mediation, command, context);
    case "decide_confirmation":
      return mediation.confirmation?.granted === null && mediation.endedAt === null
        ? accept([{ type: "confirmation_decided", granted: command.granted }])
        : wrongState(mediation);
    case "waive_confirmation":
      return waiveConfirmation(mediation);
    case "call_back":
      return callBack(mediation, command, context);
    case "stop":
      return stop(mediation, command.stopSigns);
  }
}

/** Consent is asked of each side; one that clearly refuses ends it (人民调解法 17). It may be taken back. */
function answerOfSide(
  mediation: Mediation,
  command: Of<"answer_of_side">,
  { limitOn }: MediationContext,
): Decision {
  if (!BEFORE_AGREEMENT.includes(mediation.state)) return wrongState(mediation);
  const { side, agrees, mode, closedDoors = false } = command;
  const answered: MediationChange = { type: "side_answered", side, agrees, mode, closedDoors };
  if (!agrees) return accept([answered, { type: "failed", reason: "side_refuses" }]);
  const others = mediation.sides.filter(({ key }) => key !== side);
  return mediation.state === "asking" && others.every((one) => one.agrees === true)
    ? accept([
        answered,
        { type: "accepted", limitOn: mediation.form === "people" ? limitOn : null },
      ])
    : accept([answered]);
}

function setPanel(mediation: Mediation, command: Of<"set_panel">): Decision {
  if (mediation.endedAt !== null) return wrongState(mediation);
  const { officers, mediatorId = null, committeeId = null, lawyerId = null } = command;
  const own = new Set(officers);
  if (own.size === 0 || own.size !== officers.length || own.size > MEDIATION_LIMITS.officers) {
    return refuse("panel-incomplete");
  }
  if (mediation.form === "people" && committeeId === null) return refuse("panel-incomplete");
  const members = mediatorId === null ? officers : [...officers, mediatorId];
  if (members.some((id) => mediation.barred.includes(id))) return refuse("objected-to");
  const handOverNo = command.handOverNo?.trim() ?? "";
  if (handOverNo !== "" && !isNumber(handOverNo)) return refuse("number-malformed");
  return accept([
    {
      type: "panel_set",
      officers: [...officers],
      mediatorId,
      committeeId,
      lawyerId,
      handOverNo: handOverNo === "" ? null : handOverNo,
    },
  ]);
}

/** A side chooses who mediates by saying whom it would not have (人民调解法 19, 23). */
function object(mediation: Mediation, { side, memberId }: Of<"object">): Decision {
  if (!BEFORE_AGREEMENT.includes(mediation.state)) return wrongState(mediation);
  if (!onPanel(mediation, memberId)) return refuse("panel-unknown");
  const { officers, mediatorId } = mediation.panel;
  // Somebody has to be left who can ask for another: the last officer is replaced, not struck out.
  if (officers.length === 1 && memberId !== mediatorId) return refuse("panel-incomplete");
  return accept([{ type: "objected", side, memberId }]);
}

function book(mediation: Mediation, command: Of<"book">, context: MediationContext): Decision {
  if (mediation.state !== "consented") return wrongState(mediation);
  const { panel, limitOn, form } = mediation;
  if (form === "people" && panel.committeeId === null) return refuse("panel-incomplete");
  const { sessionId: id, roomId, from, to, open } = command;
  if (from <= context.now || to <= from || to - from > MEDIATION_LIMITS.sessionHours * HOUR_MS) {
    return refuse("session-times", { hours: MEDIATION_LIMITS.sessionHours });
  }
  if (open && mediation.sides.some(({ closedDoors }) => closedDoors))
    return refuse("closed-wished");
  const day = localDate(from);
  if (limitOn !== null && day > limitOn) return refuse("past-limit", { limit: limitOn });
  const again = policeAgain(mediation, day, context);
  if (again !== null) return again;
  if (context.venue === null) return refuse("room-unknown");
  const booking = { id, roomId, from, to };
  const { officers, mediatorId } = panel;
  const members = mediatorId === null ? officers : [...officers, mediatorId];
  const against = clash(booking, members, context.bookings);
  if (against !== null) return refuse(against);
  return accept([{ type: "booked", ...booking, venue: context.venue, open }]);
}

/** Police mediation is normally done once; a second time within seven working days (行政程序规定 183). */
function policeAgain(
  { form, sessions }: Mediation,
  day: LocalDate,
  { calendar, days }: MediationContext,
): Decision | null {
  const held = sessions.filter(({ state }) => state === "held");
  const [first] = held;
  if (form !== "police" || first === undefined) return null;
  if (held.length >= MEDIATION_LIMITS.policeSessions) return refuse("police-twice");
  const last = addWorkingDays(calendar, localDate(first.from), days.policeSecond);
  if (last.ok && day <= last.value) return null;
  return refuse("second-too-late", { days: days.policeSecond });
}

function bookedIn({ sessions }: Mediation): MediationSession | undefined {
  return sessions.find(({ state }) => state === "booked");
}

function hold(
  mediation: Mediation,
  { attendance, result }: Of<"hold">,
  { now }: MediationContext,
): Decision {
  const booked = bookedIn(mediation);
  if (booked === undefined) return wrongState(mediation);
  if (now < booked.from) return refuse("session-not-over");
  const kept: Partial<Record<SideKey, Attendance>> = {};
  for (const { key } of mediation.sides) {
    const one = attendance[key];
    if (one === undefined) return refuse("attendance-incomplete");
    kept[key] = one;
  }
  const there = Object.values(kept);
  if (result === "agreement" && there.includes("absent")) return refuse("side-absent");
  const held: MediationChange = {
    type: "held",
    sessionId: booked.id,
    attendance: kept,
    result,
  };
  return accept(
    result === "no_agreement" ? [held, { type: "failed", reason: "no_agreement" }] : [held],
  );
}

/** Signs of a register: `东亭民调〔2026〕18号`; a run of digits as in a phone or an identity number is none. */
function isNumber(text: string): boolean {
  return (
    text.length <= MEDIATION_LIMITS.numberLength && !/\d{9}/.test(text.replaceAll(/[\s-]/g, ""))
  );
}

/** The contents of 人民调解法 29 are offered by the form; what the rule needs is what the clocks need. */
function agree(
  mediation: Mediation,
  { type: _type, ...agreement }: Of<"agree">,
  { now, days }: MediationContext,
): Decision {
  if (mediation.state !== "reached") return wrongState(mediation);
  const number = agreement.number.trim();
  if (number === "" || !isNumber(number)) return refuse("number-malformed");
  const { effectiveOn, performBy } = agreement;
  const held = mediation.sessions.findLast(({ state }) => state === "held");
  const reachedOn = held === undefined ? effectiveOn : localDate(held.from);
  if (effectiveOn < reachedOn || effectiveOn > localDate(now) || performBy < effectiveOn) {
    return refuse("dates-malformed");
  }
  const obliged = mediation.sides
    .map(({ key }) => key)
    .filter((key) => agreement.obliged.includes(key));
  if (obliged.length === 0) return refuse("obliged-missing");
  // Source: 人民调解法 33; 民事诉讼法 205.
  const confirmBy = mediation.form === "people" ? addDays(effectiveOn, days.confirmation) : null;
  return accept([{ type: "agreed", ...agreement, number, obliged, confirmBy }]);
}

function perform(
  mediation: Mediation,
  { side, on }: Of<"perform">,
  { now, chance }: MediationContext,
): Decision {
  const { state, agreement, performed } = mediation;
  if ((state !== "performing" && state !== "breached") || agreement === null) {
    return wrongState(mediation);
  }
  if (!agreement.obliged.includes(side)) return refuse("not-obliged");
  if (performed.includes(side)) return refuse("already-performed");
  if (on < agreement.effectiveOn || on > localDate(now)) return refuse("dates-malformed");
  const done: MediationChange = { type: "side_performed", side, on };
  const left = agreement.obliged.filter((key) => key !== side && !performed.includes(key));
  if (left.length > 0) return accept([done]);
  const keys = mediation.sides.map(({ key }) => key);
  return accept([done, { type: "performed", on, callOrder: byLot(keys, chance) }]);
}

function byLot(keys: readonly SideKey[], chance: () => number): readonly SideKey[] {
  return keys
    .map((key) => ({ key, lot: chance() }))
    .toSorted((a, b) => a.lot - b.lot)
    .map(({ key }) => key);
}

function reportBreach(mediation: Mediation, side: SideKey): Decision {
  const { state, agreement, performed } = mediation;
  if (state !== "performing" || agreement === null) return wrongState(mediation);
  if (!agreement.obliged.includes(side)) return refuse("not-obliged");
  return performed.includes(side)
    ? refuse("already-performed")
    : accept([{ type: "breached", side }]);
}

/** The end of the road: performed, everybody asked, everybody called. */
function endIfDone(after: Mediation): readonly MediationChange[] {
  const asked = FOLLOW_UP_DAYS.every((days) => after.followUps.includes(days));
  return asked && !callsDue(after) ? [{ type: "ended", ending: "performed" }] : [];
}

function followUp(
  mediation: Mediation,
  { result }: Of<"follow_up">,
  { now }: MediationContext,
): Decision {
  const next = mediation.state === "performed" ? nextFollowUp(mediation) : null;
  if (next === null) return wrongState(mediation);
  if (localDate(now) < next.on) return refuse("too-early", { day: next.on });
  const asked: MediationChange = { type: "followed_up", days: next.days, result };
  if (result === "relapsed") return accept([asked, { type: "ended", ending: "relapsed" }]);
  if (result === "unreached") return accept([asked]);
  return accept([
    asked,
    ...endIfDone({ ...mediation, followUps: [...mediation.followUps, next.days] }),
  ]);
}

function fail(mediation: Mediation, { reason }: Of<"fail">, { now }: MediationContext): Decision {
  if (!BEFORE_AGREEMENT.includes(mediation.state)) return wrongState(mediation);
  if (reason === "time_over") {
    const { limitOn } = mediation;
    if (limitOn === null || localDate(now) <= limitOn) {
      return refuse("too-early", { day: limitOn ?? "" });
    }
  }
  return accept([{ type: "failed", reason }]);
}

/** Nobody is left without knowing his other ways: arbitration, administration, court (人民调解法 26). */
function notify(mediation: Mediation, { side, mode }: Of<"notify">): Decision {
  if (mediation.state !== "failed") return wrongState(mediation);
  const left = mediation.sides.filter(({ notified }) => !notified);
  if (!left.some(({ key }) => key === side)) return refuse("already-notified");
  const told: MediationChange = { type: "side_notified", side, mode };
  return accept(left.length === 1 ? [told, { type: "ended", ending: "failed" }] : [told]);
}

/** The month goes on only if all sides wish it (人民调解工作若干规定 33). */
function extend(mediation: Mediation, { until, allAgree }: Of<"extend">): Decision {
  const { limitOn } = mediation;
  if (!BEFORE_AGREEMENT.includes(mediation.state) || limitOn === null) return wrongState(mediation);
  if (!allAgree) return refuse("all-must-agree");
  return until > limitOn ? accept([{ type: "extended", until }]) : refuse("dates-malformed");
}

function seekConfirmation(
  mediation: Mediation,
  { on, together }: Of<"seek_confirmation">,
  { now }: MediationContext,
): Decision {
  const { agreement, form, confirmation, confirmBy } = mediation;
  if (form !== "people") return refuse("people-only");
  if (agreement === null || mediation.endedAt !== null || confirmation !== null) {
    return wrongState(mediation);
  }
  if (!together) return refuse("all-must-agree");
  if (on < agreement.effectiveOn || on > localDate(now)) return refuse("dates-malformed");
  if (confirmBy !== null && on > confirmBy) {
    return refuse("confirmation-too-late", { day: confirmBy });
  }
  return accept([{ type: "confirmation_sought", on }]);
}

/** To go to the court is the sides' own choice; that they were told of it is not left open. */
function waiveConfirmation(mediation: Mediation): Decision {
  return confirmationDue(mediation) === null
    ? wrongState(mediation)
    : accept([{ type: "confirmation_waived" }]);
}

/** Each side by itself, in the order of the lot, by somebody who sat with nobody (domain.md §4.4, §5.2). */
function callBack(
  mediation: Mediation,
  command: Of<"call_back">,
  { answered }: MediationContext,
): Decision {
  if (!callsDue(mediation)) return wrongState(mediation);
  if (!answered) return refuse("answer-first");
  const { side, reached, alone, solved } = command;
  if (nextToCall(mediation)?.key !== side) return refuse("not-next");
  const called = { type: "side_called", side, reached } as const;
  if (!reached) {
    const tried: MediationChange = { ...called, solved: null, satisfaction: null };
    return accept([tried, ...endAfterCall(mediation, side, tried)]);
  }
  if (!alone) return refuse("not-alone");
  const satisfaction = command.satisfaction ?? null;
  const fits =
    satisfaction === null ||
    (Number.isInteger(satisfaction) && satisfaction >= 1 && satisfaction <= 5);
  if (solved === undefined || !fits) return refuse("callback-incomplete");
  const said: MediationChange = { ...called, solved, satisfaction };
  return accept([said, ...endAfterCall(mediation, side, said)]);
}

function endAfterCall(
  mediation: Mediation,
  key: SideKey,
  { reached, solved }: Extract<MediationChange, { type: "side_called" }>,
): readonly MediationChange[] {
  const sides = mediation.sides.map((side) => {
    if (side.key !== key) return side;
    return reached && solved !== null
      ? { ...side, call: { solved, satisfaction: null } }
      : { ...side, unreached: side.unreached + 1 };
  });
  return endIfDone({ ...mediation, sides });
}

/** A stop sign ends it at any time before it was performed: such a dispute is never mediated away. */
function stop(mediation: Mediation, stopSigns: readonly StopSign[]): Decision {
  if (mediation.endedAt !== null) return wrongState(mediation);
  return stopSigns.length === 0
    ? refuse("sides-malformed")
    : accept([{ type: "stopped", stopSigns: [...stopSigns] }]);
}
