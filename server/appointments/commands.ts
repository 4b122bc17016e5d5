import { askFor, takeAppointmentStep } from "@wanjia/domain/appointments/rules";
import {
  type Appointment,
  APPOINTMENT_KEPT_MONTHS,
  type AppointmentOrigin,
  type AppointmentRefusal,
  type AppointmentStep,
  UNCONFIRMED_QUIET_MONTHS,
  type Window,
  WISH_RECEIPT_MONTHS,
  type WishRefusal,
} from "@wanjia/domain/appointments/terms";
import type { ContactPurpose } from "@wanjia/domain/matters/terms";
import { contactRefusal } from "@wanjia/domain/shared/contact";
import type { Id } from "@wanjia/domain/shared/id";
import {
  type Instant,
  localDate,
  sameDayLater,
  startOfLocalDay,
} from "@wanjia/domain/shared/instant";
import { accept, refuse, type Result } from "@wanjia/domain/shared/result";
import { isQuiet, NEW_DOOR } from "@wanjia/domain/visits/door";
import type { AppointmentMove, DoorNotedFact, DoorPlace } from "@wanjia/domain/visits/facts";
import { QUIET_MONTHS, RESIDENT, type ResidentWish } from "@wanjia/domain/visits/terms";
import { type Fact, type Listener, record } from "../platform/audit.ts";
import { keepForgotten, keepLook, openContact, sealContact } from "../platform/contacts.ts";
import { newId, sha256 } from "../platform/crypto.ts";
import type { Tx } from "../platform/database.ts";
import { asHouse } from "../platform/on-behalf.ts";
import { type PlaceSeat, placeSeats } from "../places/read-model.ts";
import { plannedTimes } from "../planning/read-model.ts";
import { doorState } from "../visits/read-model.ts";
import * as queries from "./queries.ts";

export type WishedDoor = Omit<DoorPlace, "placeKind" | "communityId">;

interface ContactGiven {
  readonly phone?: string | undefined;
  readonly salutation?: string | undefined;
  readonly consent: boolean;
}

export type WishDraft =
  | {
      readonly kind: "visit";
      readonly window: Window;
      readonly contact?: ContactGiven | undefined;
    }
  | { readonly kind: "no_visits" };

/** Where a wish stands, for whoever holds its receipt. */
export interface FollowedWish {
  readonly placeId: Id;
  readonly kind: WishDraft["kind"];
  readonly state: Appointment["state"] | "holding" | "ended";
  readonly window: Window | null;
  /** Until when no visits are wished. */
  readonly until: Instant | null;
}

function hashOf(look: string): Buffer {
  return sha256(Buffer.from(look, "base64url"));
}

// -- making ---------------------------------------------------------------------------------------

/** The trail says that somebody at a door wished something, never what: it holds no list of wishes. */
function wishFact(door: WishedDoor, wish: ResidentWish): Fact {
  const { placeId, stationId } = door;
  const payload = { placeId, wish };
  return { action: "wish.made", subjectKind: "door", subjectId: placeId, stationId, payload };
}

function monthsLater(from: Instant, months: number): Instant {
  return startOfLocalDay(sameDayLater(localDate(from), months));
}

/**
 * Keeps a wish. `confirmed` when it comes with the code of a card left at this door, or by a desk that
 * spoke with the resident: then a time is agreed at once, and no visits hold their full term.
 */
export async function makeWish(
  tx: Tx,
  door: WishedDoor,
  wish: WishDraft,
  made: { readonly look: string; readonly origin: AppointmentOrigin; readonly confirmed: boolean },
): Promise<Result<null, WishRefusal>> {
  const { look, origin, confirmed } = made;
  const now = tx.now;
  let appointmentId: Id | null = null;
  if (wish.kind === "visit") {
    // Whoever sits at a desk agrees on any time with the resident; a page asks for one that is offered.
    const asked =
      origin === "page" ? await askOnPage(tx, door, wish.window) : futureOnly(wish.window, now);
    if (!asked.ok) return asked;
    const { contact } = wish;
    const refused = contact === undefined ? null : contactRefusal(contact, true);
    if (refused === "contact-without-consent" || refused === "phone-invalid")
      return refuse(refused);
    const appointment: Appointment = {
      ...door,
      ...wish.window,
      id: newId(now),
      state: confirmed ? "confirmed" : "asked",
      origin,
      madeAt: now,
      changedAt: now,
    };
    appointmentId = appointment.id;
    await queries.insertAppointment(tx, appointment);
    const sealed = contact?.consent === true ? sealContact(appointment.id, given(contact)) : null;
    if (sealed !== null) await queries.insertContact(tx, appointment, sealed);
  }
  const expiresAt = monthsLater(now, WISH_RECEIPT_MONTHS);
  const receipt = { placeId: door.placeId, appointmentId, confirmed, madeAt: now };
  await asHouse(tx, (house) => queries.insertReceipt(house, hashOf(look), receipt, expiresAt));
  await record(tx, [wishFact(door, atDoor(wish, confirmed))]);
  return accept(null);
}

function atDoor(wish: WishDraft, confirmed: boolean): ResidentWish {
  if (wish.kind === "visit") {
    return { kind: confirmed ? "visit_agreed" : "visit_asked", window: wish.window };
  }
  return { kind: "no_visits", months: confirmed ? QUIET_MONTHS : UNCONFIRMED_QUIET_MONTHS };
}

async function askOnPage(tx: Tx, door: WishedDoor, window: Window) {
  const taken = await queries.takenWindows(tx, door.beatId);
  const planned = await plannedTimes(tx, { ...door, id: door.placeId });
  return askFor(window, tx.now, taken, planned);
}

function futureOnly(window: Window, now: Instant): Result<Window, "window-not-offered"> {
  const fits = window.from < window.to && window.to > now;
  return fits ? accept(window) : refuse("window-not-offered");
}

function given({ phone, salutation }: ContactGiven) {
  return {
    ...(phone === undefined ? {} : { phone }),
    ...(salutation === undefined ? {} : { salutation }),
  };
}

// -- by receipt -----------------------------------------------------------------------------------

/** Where the wish of a receipt stands; undefined when there is none in this bureau. */
export async function followWish(tx: Tx, look: string): Promise<FollowedWish | undefined> {
  const receipt = await queries.holdReceipt(tx, hashOf(look));
  return receipt === undefined ? undefined : standing(tx, receipt);
}

async function standing(tx: Tx, receipt: queries.WishReceipt): Promise<FollowedWish | undefined> {
  const { placeId, appointmentId } = receipt;
  if (appointmentId !== null) {
    const found = await queries.holdAppointment(tx, appointmentId);
    if (found === undefined) return undefined;
    const { from, to, state } = found;
    return { placeId, kind: "visit", state, window: { from, to }, until: null };
  }
  const door = (await doorState(tx, placeId)) ?? NEW_DOOR;
  const holds = receipt.takenBackAt === null && isQuiet(door, tx.now);
  const until = holds ? (door.quietUntil?.value ?? null) : null;
  return { placeId, kind: "no_visits", state: holds ? "holding" : "ended", window: null, until };
}

/**
 * Takes a wish back. No visits: an unconfirmed receipt ends what it brought about and nothing else,
 * so that a stranger with a plate can't open a door that its resident closed.
 */
export async function takeBack(
  tx: Tx,
  look: string,
): Promise<Result<FollowedWish, AppointmentRefusal> | undefined> {
  const hash = hashOf(look);
  const receipt = await queries.holdReceipt(tx, hash);
  if (receipt === undefined) return undefined;
  const { placeId, appointmentId } = receipt;
  if (appointmentId === null) {
    if (receipt.takenBackAt !== null) return refuse("appointment-wrong-state");
    const door = (await doorState(tx, placeId)) ?? NEW_DOOR;
    const own = door.quietUntil?.by === RESIDENT && door.quietUntil.at === receipt.madeAt;
    await queries.saveTakenBack(tx, hash);
    if (own || receipt.confirmed) {
      await record(tx, [wishFact(await seat(tx, placeId), { kind: "visits_again" })]);
    }
  } else {
    const appointment = await queries.holdAppointment(tx, appointmentId);
    if (appointment === undefined) return undefined;
    const taken = await takeStep(tx, appointment, "cancel");
    if (!taken.ok) return taken;
    await queries.saveTakenBack(tx, hash);
  }
  const followed = await standing(tx, { ...receipt, takenBackAt: tx.now });
  return followed === undefined ? undefined : accept(followed);
}

async function seat(tx: Tx, placeId: Id): Promise<WishedDoor> {
  const [found] = await placeSeats(tx, [placeId]);
  if (found === undefined) throw new Error("a wish for a place that is gone");
  return seatOf(found);
}

export function seatOf({ id, buildingId, stationId, beatId }: PlaceSeat): WishedDoor {
  return { placeId: id, buildingId: buildingId ?? id, stationId, beatId };
}

// -- steps ----------------------------------------------------------------------------------------

export const { holdAppointment, takenWindows } = queries;

/** Agrees to a time or calls it off; the door, and with it the phone, hear of it at once. */
export async function takeStep(
  tx: Tx,
  appointment: Appointment,
  step: Extract<AppointmentStep, "confirm" | "cancel">,
): Promise<Result<null, AppointmentRefusal>> {
  const next = takeAppointmentStep(appointment, step, tx.now);
  if (!next.ok) return next;
  const { id, from, to, placeId, buildingId, stationId, beatId } = appointment;
  await queries.saveState(tx, id, next.value);
  if (step === "cancel") await queries.forgetContact(tx, id);
  const kind = step === "confirm" ? "visit_agreed" : "visit_dropped";
  await record(tx, [
    {
      action: step === "confirm" ? "appointment.confirmed" : "appointment.cancelled",
      subjectKind: "appointment",
      subjectId: id,
      stationId,
    },
    wishFact({ placeId, buildingId, stationId, beatId }, { kind, window: { from, to } }),
  ]);
  if (step === "cancel") await askNext(tx, appointment);
  return accept(null);
}

/** What else is asked for at a door comes forward when what stood before it has gone. */
async function askNext(tx: Tx, { placeId, buildingId, stationId, beatId }: WishedDoor) {
  const window = await queries.nextAsked(tx, placeId);
  if (window === undefined) return;
  const wish = { kind: "visit_asked", window } as const;
  await record(tx, [wishFact({ placeId, buildingId, stationId, beatId }, wish)]);
}

/** Shows how to reach the resident, and keeps the look and its purpose. */
export async function revealContact(
  tx: Tx,
  memberId: Id,
  { id, stationId }: Appointment,
  purpose: ContactPurpose,
): Promise<
  Result<{ phone: string | null; salutation: string | null }, "too-many-looks"> | undefined
> {
  const sealed = await queries.contactOf(tx, id);
  if (sealed === undefined) return undefined;
  const subject = { subjectKind: "appointment", subjectId: id, stationId, purpose } as const;
  const looked = await keepLook(tx, memberId, subject);
  return looked.ok ? accept(openContact(id, sealed)) : looked;
}

// -- what happens elsewhere -----------------------------------------------------------------------

/** Times that officers agree on at doors, keep or drop. Most visits change none and cost nothing. */
export const followDoors: Listener = async (tx, facts) => {
  const moves = facts.flatMap(({ payload }) =>
    (payload as DoorNotedFact).doors.filter(
      (door): door is typeof door & { appointment: AppointmentMove } => door.appointment !== null,
    ),
  );
  const ended = moves.flatMap(({ placeId, appointment: { ended: over, met } }) =>
    over.map(({ from, to }) => ({ placeId, from, to, met })),
  );
  const begun = moves.flatMap(({ placeId, buildingId, stationId, beatId, appointment }) =>
    appointment.begun === null
      ? []
      : [{ id: newId(tx.now), placeId, buildingId, stationId, beatId, ...appointment.begun }],
  );
  if (moves.length === 0) return;
  if (begun.length > 0) await queries.beginAtDoors(tx, begun);
  if (ended.length > 0) await queries.endAtDoors(tx, ended);
  const settled = moves.filter(({ appointment: { settles } }) => settles);
  await queries.settleAsked(
    tx,
    settled.map(({ placeId, appointment: { met } }) => ({ placeId, met })),
  );
  // Left for this once: whoever was met, or agreed on another time, isn't rung up any more.
  const placeIds = moves.map(({ placeId }) => placeId);
  await keepForgotten(tx, await queries.forgetContactsAt(tx, placeIds));
};

export const { moveAppointments } = queries;

const PORTION = 500;

/** What time ends: appointments of past days that nobody kept; false when there may be more. */
export async function passAppointments(tx: Tx): Promise<boolean> {
  const before = startOfLocalDay(localDate(tx.now));
  const found = await queries.passedBefore(tx, before, PORTION);
  for (const appointment of found) {
    const next = takeAppointmentStep(appointment, "pass", tx.now);
    if (!next.ok) continue;
    await queries.saveState(tx, appointment.id, next.value);
    if (appointment.state === "asked") await askNext(tx, appointment);
  }
  return found.length < PORTION;
}

export async function forgetAppointments(tx: Tx): Promise<void> {
  await keepForgotten(tx, await queries.forgetContacts(tx));
  await queries.deleteExpired(tx, monthsLater(tx.now, -APPOINTMENT_KEPT_MONTHS));
}
