import type { WorkCalendar } from "../shared/calendar.ts";
import type { Id } from "../shared/id.ts";
import { type Instant, type LocalDate, MINUTE_MS, startOfLocalDay } from "../shared/instant.ts";
import { CLOCK_RULES } from "./clock-table.ts";
import type { Clockwork } from "./clocks.ts";
import { decide } from "./decide.ts";
import { begin, eventsOf, evolve } from "./evolve.ts";
import type { MatterActor } from "./policy.ts";
import { register } from "./register.ts";
import type { Matter, MatterCommand, MatterDraft, MatterEvent, MatterRefusal } from "./terms.ts";

const id = (tail: number): Id => `01923f00-0000-7000-8000-${tail.toString(16).padStart(12, "0")}`;

/** 2026-11-02 19:40 in Asia/Shanghai, a Monday. */
export const HEARD_AT: Instant = startOfLocalDay("2026-11-02") + (19 * 60 + 40) * MINUTE_MS;

/** The announced working days of 2026: Spring Festival, National Day and the days worked for them. */
export const CALENDAR_2026: WorkCalendar = {
  holidays: days(
    "2026-01-01 2026-01-02 2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-02-20 2026-02-23",
    "2026-04-06 2026-05-01 2026-05-04 2026-05-05 2026-06-19 2026-09-25",
    "2026-10-01 2026-10-02 2026-10-05 2026-10-06 2026-10-07",
  ),
  makeUpDays: days("2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10"),
  through: "2026-12-31",
};

function days(...lines: readonly string[]): ReadonlySet<LocalDate> {
  return new Set(lines.flatMap((line) => line.split(" ")));
}

/** The clocks as they are at a moment. */
export function clockwork(now: Instant = HEARD_AT): Clockwork {
  return { now, calendar: CALENDAR_2026, rules: CLOCK_RULES };
}

export const officer: MatterActor = { memberId: id(1), role: "community_officer" };
export const colleague: MatterActor = { memberId: id(2), role: "seconded_officer" };
export const auxiliary: MatterActor = { memberId: id(3), role: "auxiliary" };
export const leader: MatterActor = { memberId: id(4), role: "station_leader" };
export const feedbackCentre: MatterActor = { memberId: id(5), role: "feedback_centre" };
export const businessUnit: MatterActor = { memberId: id(6), role: "business_unit" };
/** A body outside of the police, and another. */
export const propertyManager: MatterActor = {
  memberId: id(7),
  role: "partner",
  partnerId: id(300),
};
export const urbanManagement: MatterActor = {
  memberId: id(8),
  role: "partner",
  partnerId: id(301),
};

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
export function history(
  changes: Partial<MatterDraft> = {},
  work: Clockwork = clockwork(),
): MatterEvent[] {
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
  const registered = register(draft(changes), registration, work);
  return [...eventsOf(registered, 0, officer.memberId, work.now)];
}

/** A registered matter. */
export function matter(changes: Partial<MatterDraft> = {}, work: Clockwork = clockwork()): Matter {
  const [first, ...rest] = history(changes, work);
  if (first === undefined) throw new Error("no history");
  return rest.reduce(evolve, begin(first));
}

type Order = readonly [MatterActor, MatterCommand];

/** The matter after orders that must all be accepted; throws the first refusal. */
export function after(start: Matter, ...orders: readonly Order[]): Matter {
  return afterAt(clockwork(), start, ...orders);
}

/** The same at another moment, or by other rules. */
export function afterAt(work: Clockwork, start: Matter, ...orders: readonly Order[]): Matter {
  return orders.reduce((state, [actor, command]) => {
    const decision = decide(state, command, actor, work);
    if (!decision.ok) throw new Error(`${command.type}: ${decision.refusal.code}`);
    return eventsOf(decision.value, state.version, actor.memberId, work.now).reduce(evolve, state);
  }, start);
}

/** Why an order is refused; null when it is accepted. */
export function refusalOf(
  state: Matter,
  actor: MatterActor,
  command: MatterCommand,
  work: Clockwork = clockwork(),
): MatterRefusal | null {
  const decision = decide(state, command, actor, work);
  return decision.ok ? null : decision.refusal.code;
}

/** The smallest JPEG that there is: its head, `notes` by their marks, a frame, one line, the end. */
export function jpeg({
  notes = [],
  tail = [],
  width = 2,
}: {
  readonly notes?: readonly (readonly [mark: number, body: readonly number[]])[];
  readonly tail?: readonly number[];
  readonly width?: number;
} = {}): Uint8Array<ArrayBuffer> {
  const part = (mark: number, body: readonly number[]): readonly number[] => {
    const length = body.length + 2;
    return [0xff, mark, length >> 8, length & 255, ...body];
  };
  return Uint8Array.from(
    [
      [0xff, 0xd8],
      part(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
      ...notes.map(([mark, body]) => part(mark, body)),
      part(0xdb, [0, ...Array.from({ length: 64 }, () => 1)]),
      part(0xc0, [8, 0, 2, width >> 8, width & 255, 1, 1, 0x11, 0]),
      part(0xda, [1, 1, 0, 0, 63, 0]),
      [0x12, 0xff, 0x00, 0x34],
      [0xff, 0xd9],
      tail,
    ].flat(),
  );
}
