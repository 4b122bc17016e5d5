import type { WorkCalendar } from "../shared/calendar.ts";
import type { Id } from "../shared/id.ts";
import { type Instant, MINUTE_MS, startOfLocalDay } from "../shared/instant.ts";
import { decide } from "./decide.ts";
import { begin, eventsOf, evolve } from "./evolve.ts";
import type { MatterActor } from "./policy.ts";
import { register } from "./register.ts";
import type { Matter, MatterCommand, MatterDraft, MatterEvent, MatterRefusal } from "./terms.ts";

const id = (tail: number): Id => `01923f00-0000-7000-8000-${tail.toString(16).padStart(12, "0")}`;

/** 2026-11-02 19:40 in Asia/Shanghai, a Monday. */
export const HEARD_AT: Instant = startOfLocalDay("2026-11-02") + (19 * 60 + 40) * MINUTE_MS;

export const CALENDAR_2026: WorkCalendar = {
  holidays: new Set(["2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07"]),
  makeUpDays: new Set(["2026-09-27", "2026-10-10"]),
  through: "2026-12-31",
};

export const officer: MatterActor = { memberId: id(1), role: "community_officer" };
export const colleague: MatterActor = { memberId: id(2), role: "seconded_officer" };
export const auxiliary: MatterActor = { memberId: id(3), role: "auxiliary" };
export const leader: MatterActor = { memberId: id(4), role: "station_leader" };
export const feedbackCentre: MatterActor = { memberId: id(5), role: "feedback_centre" };
export const businessUnit: MatterActor = { memberId: id(6), role: "business_unit" };

export function draft(changes: Partial<MatterDraft> = {}): MatterDraft {
  return {
    id: id(0x4d41_5454_4552),
    kind: "opinion",
    subtype: "patrol",
    text: "希望晚上多到小区后门巡逻",
    placeId: id(100),
    reporter: "resident",
    feedback: "phone",
    ...changes,
  };
}

/** The history of a matter that `officer` heard on a visit with `auxiliary`. */
export function history(changes: Partial<MatterDraft> = {}): MatterEvent[] {
  const registration = {
    stationId: id(200),
    beatId: id(201),
    communityId: id(202),
    visitId: id(203),
    campaignIds: [id(204)],
    origin: "visit",
    recipientId: officer.memberId,
    finders: [officer.memberId, auxiliary.memberId],
  } as const;
  const registered = register(draft(changes), registration, HEARD_AT, CALENDAR_2026);
  return [...eventsOf(registered, 0, officer.memberId, HEARD_AT)];
}

/** A registered matter. */
export function matter(changes: Partial<MatterDraft> = {}): Matter {
  const [first, ...rest] = history(changes);
  if (first === undefined) throw new Error("no history");
  return rest.reduce(evolve, begin(first));
}

/** The matter after orders that must all be accepted; throws the first refusal. */
export function after(
  start: Matter,
  ...orders: readonly (readonly [MatterActor, MatterCommand])[]
): Matter {
  return orders.reduce((state, [actor, command]) => {
    const decision = decide(state, command, actor);
    if (!decision.ok) throw new Error(`${command.type}: ${decision.refusal.code}`);
    return eventsOf(decision.value, state.version, actor.memberId, HEARD_AT).reduce(evolve, state);
  }, start);
}

/** Why an order is refused; null when it is accepted. */
export function refusalOf(
  state: Matter,
  actor: MatterActor,
  command: MatterCommand,
): MatterRefusal | null {
  const decision = decide(state, command, actor);
  return decision.ok ? null : decision.refusal.code;
}
