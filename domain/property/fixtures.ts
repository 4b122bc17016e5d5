import { DAY_MS, HOUR_MS, type Instant, startOfLocalDay } from "../shared/instant.ts";
import type { Id } from "../shared/id.ts";
import { decide, type PropertyContext } from "./decide.ts";
import { begin, evolve } from "./evolve.ts";
import type { PropertyActor } from "./policy.ts";
import type {
  CollectTerm,
  PropertyCommand,
  PropertyItem,
  PropertyRefusal,
  ReturnMeeting,
} from "./terms.ts";

const id = (tail: number): Id => `01923f00-0000-7000-8000-${tail.toString(16).padStart(12, "0")}`;

/** 2026-08-31 09:00 in Asia/Shanghai: the last of a month, six months before a short one. */
export const IMPORTED_AT: Instant = startOfLocalDay("2026-08-31") + 9 * HOUR_MS;

export const officer: PropertyActor = { memberId: id(1), role: "community_officer" };
export const leader: PropertyActor = { memberId: id(2), role: "station_leader" };
export const auxiliary: PropertyActor = { memberId: id(3), role: "auxiliary" };
export const STRANGER = id(9);

/** As every bureau starts with it. */
export const TERM: CollectTerm = {
  version: 1,
  months: 6,
  extraMonths: 3,
  source: "公安机关办理行政案件程序规定 197",
};

export function item(changes: Partial<PropertyItem> = {}): PropertyItem {
  const imported = begin({
    seq: 1,
    at: IMPORTED_AT,
    by: leader.memberId,
    change: {
      type: "imported",
      id: id(0x100),
      stationId: id(0x200),
      registerNo: "双乐-2026-0018",
      itemClass: "e_bike",
      count: 1,
      valueYuan: 2600,
      approvedOn: "2026-08-28",
      hasContact: true,
    },
  });
  return { ...imported, term: TERM, ...changes };
}

/** The Saturday after: 9 to 11, half an hour each, two at a time. */
export function meeting(changes: Partial<ReturnMeeting> = {}): ReturnMeeting {
  const from = IMPORTED_AT + 5 * DAY_MS;
  return {
    id: id(0x300),
    stationId: id(0x200),
    venue: "双乐所一楼大厅",
    from,
    to: from + 2 * HOUR_MS,
    slotMinutes: 30,
    seats: 2,
    cancelled: false,
    ...changes,
  };
}

export function context(changes: Partial<PropertyContext> = {}): PropertyContext {
  return {
    now: IMPORTED_AT + DAY_MS,
    meeting: meeting(),
    taken: 0,
    officers: [officer.memberId, leader.memberId],
    term: TERM,
    ...changes,
  };
}

export const handOver = {
  type: "hand_over",
  receiver: "owner",
  rightChecked: true,
  agentIsOfficer: false,
  confirmed: true,
  listNo: "云公双发还〔2026〕18号",
  officers: [officer.memberId, leader.memberId],
} as const satisfies PropertyCommand;

/** The item after an order, or why it is refused. */
export function after(
  before: PropertyItem,
  command: PropertyCommand,
  by: PropertyActor = officer,
  at: PropertyContext = context(),
): PropertyItem | PropertyRefusal {
  const decided = decide(before, command, by, at);
  if (!decided.ok) return decided.refusal.code;
  const { value: change } = decided;
  return evolve(before, { seq: before.version + 1, at: at.now, by: by.memberId, change });
}
