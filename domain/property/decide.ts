/** What may be done with a recovered item. */
import type { Id } from "../shared/id.ts";
import { type Instant, type LocalDate, localDate, sameDayLater } from "../shared/instant.ts";
import { accept, refuse, type Result } from "../shared/result.ts";
import { placesIn } from "./meetings.ts";
import { mayCommand, type PropertyActor } from "./policy.ts";
import {
  type CollectTerm,
  PROPERTY_COMMANDS,
  PROPERTY_LIMITS,
  type PropertyChange,
  type PropertyCommand,
  type PropertyCommandType,
  type PropertyItem,
  type PropertyRefusal,
  type PropertyState,
  type ReturnMeeting,
} from "./terms.ts";

export interface PropertyContext {
  readonly now: Instant;
  /** The meeting that a booking names; null where there is none at the station. */
  readonly meeting: ReturnMeeting | null;
  /** Items already in the slot that a booking names. */
  readonly taken: number;
  /** Sworn officers of the item's station. */
  readonly officers: readonly Id[];
  /** What holds for whoever is told now. */
  readonly term: CollectTerm;
}

type Decision = Result<PropertyChange, PropertyRefusal>;
type Of<T extends PropertyCommandType> = Extract<PropertyCommand, { type: T }>;

/** States in which who comes gets it. */
const COLLECTABLE: readonly PropertyState[] = [
  "owner_notified",
  "unclaimed_notice",
  "appointment",
  "unclaimed",
];

/** States from which each order is thinkable at all. */
const STATES: { readonly [T in PropertyCommandType]: readonly PropertyState[] } = {
  notify: ["eligible"],
  announce: ["eligible", "owner_notified"],
  book: ["owner_notified", "unclaimed_notice", "unclaimed"],
  release: ["appointment"],
  hand_over: COLLECTABLE,
  extend: COLLECTABLE,
  hand_to_state: ["unclaimed"],
  withdraw: ["eligible", ...COLLECTABLE],
};

/**
 * The last day on which it may be collected; null until somebody was told.
 *
 * Months by the calendar, six at first, extended by at most three. Source: 行政程序规定 197.
 */
export function collectBy({
  toldOn,
  term,
  extraMonths,
}: Pick<PropertyItem, "toldOn" | "term" | "extraMonths">): LocalDate | null {
  return toldOn === null || term === null ? null : sameDayLater(toldOn, term.months + extraMonths);
}

/** Signs of a register: `云公（双）发还〔2026〕18号`; a long run of digits is a phone or identity number. */
export function isNumber(text: string): boolean {
  const trimmed = text.trim();
  return (
    trimmed !== "" &&
    trimmed.length <= PROPERTY_LIMITS.numberLength &&
    !/\d{15}/.test(trimmed) &&
    !/(?<!\d)1[2-9]\d{9}(?!\d)/.test(trimmed)
  );
}

/** What the actor could do now, as far as it does not hang on what he fills in. */
export function openCommands(
  item: PropertyItem,
  actor: PropertyActor,
  now: Instant,
): readonly PropertyCommandType[] {
  return PROPERTY_COMMANDS.filter(
    (type) =>
      mayCommand(actor.role, type) &&
      STATES[type].includes(item.state) &&
      (type !== "notify" || item.hasContact) &&
      (type !== "announce" || mayAnnounce(item)) &&
      (type !== "extend" || monthsLeft(item) > 0) &&
      (type !== "hand_to_state" || isOver(item, now)),
  );
}

export function decide(
  item: PropertyItem,
  command: PropertyCommand,
  actor: PropertyActor,
  context: PropertyContext,
): Decision {
  if (!mayCommand(actor.role, command.type)) return refuse("not-permitted");
  if (!STATES[command.type].includes(item.state)) {
    return refuse("wrong-state", { state: item.state });
  }
  switch (command.type) {
    case "notify":
      return item.hasContact
        ? accept({
            type: "notified",
            mode: command.mode,
            reached: command.reached,
            ...(command.reached ? begins(item, context) : {}),
          })
        : refuse("no-contact");
    case "announce":
      return mayAnnounce(item)
        ? accept({ type: "announced", ...begins(item, context) })
        : refuse("owner-known");
    case "book":
      return book(item, command, context);
    case "release":
      return accept({ type: "released", reason: command.reason });
    case "hand_over":
      return handOver(command, actor, context);
    case "extend":
      return extend(item, command, context);
    case "hand_to_state":
      if (!isOver(item, context.now)) {
        return refuse("still-collectable", { day: collectBy(item) ?? "" });
      }
      return isNumber(command.receiptNo)
        ? accept({ type: "handed_to_state", receiptNo: command.receiptNo.trim() })
        : refuse("list-no-malformed");
    case "withdraw":
      return accept({ type: "withdrawn", reason: command.reason });
  }
}

/** A notice is put up where the owner is unknown, was not reached, or was told and stays away. */
function mayAnnounce({ hasContact, tried, notified, announced }: PropertyItem): boolean {
  return !announced && (!hasContact || tried > 0 || notified);
}

/** The months begin with the first that somebody is told. */
function begins({ toldOn }: PropertyItem, { term }: PropertyContext) {
  return toldOn === null ? { term } : {};
}

/** How many months may still be added. */
export function monthsLeft({ term, extraMonths }: PropertyItem): number {
  return (term?.extraMonths ?? 0) - extraMonths;
}

function isOver(item: PropertyItem, now: Instant): boolean {
  const last = collectBy(item);
  return last !== null && localDate(now) > last;
}

function book(item: PropertyItem, command: Of<"book">, context: PropertyContext): Decision {
  const { meeting, taken, now } = context;
  if (meeting === null || meeting.cancelled || meeting.stationId !== item.stationId) {
    return refuse("meeting-unknown");
  }
  if (command.at <= now || !placesIn(meeting).includes(command.at)) return refuse("slot-unknown");
  if (taken >= meeting.seats) return refuse("slot-full");
  return accept({ type: "booked", meetingId: meeting.id, at: command.at });
}

/**
 * The rightful owner or his agent confirms before two officers, one of whom records it. Officers never
 * collect for anybody. Source: 公通字〔2015〕21号 19.
 */
function handOver(
  command: Of<"hand_over">,
  actor: PropertyActor,
  context: PropertyContext,
): Decision {
  const { receiver, officers } = command;
  if (receiver === "agent" && command.agentIsOfficer) return refuse("officer-may-not-collect");
  if (!command.rightChecked) return refuse("right-unchecked");
  if (!command.confirmed) return refuse("not-confirmed");
  const there = new Set(officers);
  const two =
    there.size === PROPERTY_LIMITS.officers &&
    officers.length === there.size &&
    there.has(actor.memberId) &&
    officers.every((id) => context.officers.includes(id));
  if (!two) return refuse("two-officers");
  if (!isNumber(command.listNo)) return refuse("list-no-malformed");
  return accept({
    type: "returned",
    receiver,
    listNo: command.listNo.trim(),
    officers: [...officers],
  });
}

function extend(item: PropertyItem, command: Of<"extend">, { now }: PropertyContext): Decision {
  const { months, reason } = command;
  if (!Number.isInteger(months) || months < 1 || months > monthsLeft(item)) {
    return refuse("too-many-months", { limit: item.term?.extraMonths ?? 0 });
  }
  const last = collectBy({ ...item, extraMonths: item.extraMonths + months });
  // Without a day to come it would help nobody.
  return last !== null && last >= localDate(now)
    ? accept({ type: "extended", months, reason })
    : refuse("extension-over");
}

/** What time does: nobody came, and no appointment is open. Null where there is nothing to do. */
export function lapse(item: PropertyItem, now: Instant): PropertyChange | null {
  const waits = item.state === "owner_notified" || item.state === "unclaimed_notice";
  return waits && isOver(item, now) ? { type: "lapsed" } : null;
}
/** Its meeting was called off. Null where the item is not booked for it. */
export function callOff(item: PropertyItem, meetingId: Id): PropertyChange | null {
  return item.state === "appointment" && item.appointment?.meetingId === meetingId
    ? { type: "released", reason: "meeting_cancelled" }
    : null;
}
