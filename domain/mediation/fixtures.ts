import type { WorkCalendar } from "../shared/calendar.ts";
import type { Id } from "../shared/id.ts";
import { DAY_MS, HOUR_MS, type Instant, startOfLocalDay } from "../shared/instant.ts";
import { decide, type MediationContext } from "./decide.ts";
import { begin, eventsOf, evolve } from "./evolve.ts";
import { type DisputeToMediate, type MediationDraft, open } from "./open.ts";
import type { MediationActor } from "./policy.ts";
import type { Mediation, MediationCommand, MediationEvent, MediationRefusal } from "./terms.ts";

const id = (tail: number): Id => `01923f00-0000-7000-8000-${tail.toString(16).padStart(12, "0")}`;

/** 2026-11-02 09:00 in Asia/Shanghai, a Monday. */
export const OPENED_AT: Instant = startOfLocalDay("2026-11-02") + 9 * HOUR_MS;

const CALENDAR: WorkCalendar = {
  holidays: new Set(["2026-10-01", "2026-10-02"]),
  makeUpDays: new Set(["2026-10-10"]),
  through: "2027-12-31",
};

export const officer: MediationActor = { memberId: id(1), role: "community_officer" };
export const colleague: MediationActor = { memberId: id(2), role: "seconded_officer" };
export const mediator: MediationActor = { memberId: id(3), role: "mediator" };
export const feedbackCentre: MediationActor = { memberId: id(4), role: "feedback_centre" };
export const leader: MediationActor = { memberId: id(5), role: "station_leader" };

export const ROOM = id(0x600);
export const COMMITTEE = id(0x700);
export const SESSION = id(0x800);

export const dispute: DisputeToMediate = {
  id: id(0x100),
  kind: "dispute",
  stationId: id(0x200),
  beatId: id(0x201),
  responsibleId: officer.memberId,
  ended: false,
  suitable: true,
};

export function draft(changes: Partial<MediationDraft> = {}): MediationDraft {
  return {
    id: id(0x300),
    form: "people",
    sides: [{ part: "resident" }, { part: "shop" }],
    ...changes,
  };
}

export function context(
  now: Instant = OPENED_AT,
  changes: Partial<MediationContext> = {},
): MediationContext {
  return {
    now,
    calendar: CALENDAR,
    limitOn: "2026-12-02",
    days: { confirmation: 30, policeSecond: 7 },
    bookings: [],
    venue: "东亭调解室",
    answered: true,
    chance: () => 0.5,
    ...changes,
  };
}

/** The first events of a mediation that `officer` opened. */
export function history(changes: Partial<MediationDraft> = {}): MediationEvent[] {
  const opened = open(draft(changes), dispute, {
    actor: officer,
    running: false,
    earlierId: null,
    forbidden: () => false,
  });
  if (!opened.ok) throw new Error(opened.refusal.code);
  return [...eventsOf(opened.value, 0, officer.memberId, OPENED_AT)];
}

export function mediation(changes: Partial<MediationDraft> = {}): Mediation {
  const [first, ...rest] = history(changes);
  if (first === undefined) throw new Error("no history");
  return rest.reduce(evolve, begin(first));
}

export type Order = readonly [MediationActor, MediationCommand, (Instant | MediationContext)?];

function contextOf(given: Order[2]): MediationContext {
  return typeof given === "object" ? given : context(given);
}

/** The mediation after orders that must all be accepted; throws the first refusal. */
export function after(start: Mediation, ...orders: readonly Order[]): Mediation {
  return orders.reduce((state, [actor, command, given]) => {
    const at = contextOf(given);
    const decision = decide(state, command, actor, at);
    if (!decision.ok) throw new Error(`${command.type}: ${decision.refusal.code}`);
    return eventsOf(decision.value, state.version, actor.memberId, at.now).reduce(evolve, state);
  }, start);
}

/** Why an order is refused; null when it is accepted. */
export function refusalOf(
  state: Mediation,
  ...[actor, command, given]: Order
): MediationRefusal | null {
  const decision = decide(state, command, actor, contextOf(given));
  return decision.ok ? null : decision.refusal.code;
}

export const FROM = OPENED_AT + 2 * DAY_MS;
export const panel: MediationCommand = {
  type: "set_panel",
  officers: [officer.memberId, colleague.memberId],
  mediatorId: mediator.memberId,
  committeeId: COMMITTEE,
  handOverNo: "东亭民调〔2026〕18号",
};
export const booking: MediationCommand = {
  type: "book",
  sessionId: SESSION,
  roomId: ROOM,
  from: FROM,
  to: FROM + 2 * HOUR_MS,
  open: false,
};
export const bothThere = { a: "present", b: "accompanied" } as const;
export const agreement: MediationCommand = {
  type: "agree",
  form: "written",
  number: "东亭调协〔2026〕7号",
  effectiveOn: "2026-11-04",
  performBy: "2026-11-20",
  obliged: ["b"],
  amount: "under_10000",
};

const agrees = (side: "a" | "b"): Order => [
  officer,
  { type: "answer_of_side", side, agrees: true, mode: "phone" },
];

/** Both agreed, the panel sits, a room is booked. */
export function scheduled(changes: Partial<MediationDraft> = {}): Mediation {
  return after(mediation(changes), agrees("a"), agrees("b"), [officer, panel], [officer, booking]);
}

/** Agreed in writing, to be performed by 20 November. */
export function performing(changes: Partial<MediationDraft> = {}): Mediation {
  return after(
    scheduled(changes),
    [mediator, { type: "hold", attendance: bothThere, result: "agreement" }, FROM + HOUR_MS],
    [mediator, agreement, FROM + HOUR_MS],
  );
}

/** Performed on 12 November. */
export function performed(changes: Partial<MediationDraft> = {}): Mediation {
  return after(performing(changes), [
    officer,
    { type: "perform", side: "b", on: "2026-11-12" },
    startOfLocalDay("2026-11-12") + 10 * HOUR_MS,
  ]);
}
