import { randomInt } from "node:crypto";
import type { ContactPurpose } from "@wanjia/domain/matters/terms";
import { decide, type MediationContext } from "@wanjia/domain/mediation/decide";
import { nextDue } from "@wanjia/domain/mediation/due";
import { begin, eventsOf, evolve } from "@wanjia/domain/mediation/evolve";
import { withoutReferences } from "@wanjia/domain/mediation/forgetting";
import { type MediationDraft, open } from "@wanjia/domain/mediation/open";
import { callsDue, mayAssist, type MediationActor } from "@wanjia/domain/mediation/policy";
import {
  type Mediation,
  type MediationChange,
  type MediationCommand,
  type MediationEvent,
  type MediationFact,
  type MediationRefusal,
  SIDE_KEYS,
  type SideKey,
} from "@wanjia/domain/mediation/terms";
import { ROLES } from "@wanjia/domain/organisation/terms";
import { inspectText } from "@wanjia/domain/privacy/inspect";
import { retentionEnd } from "@wanjia/domain/privacy/retention";
import { isForbidden } from "@wanjia/domain/privacy/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { localDate } from "@wanjia/domain/shared/instant";
import { accept, refuse, type Result } from "@wanjia/domain/shared/result";
import { disputeOf, mediationLimits } from "../matters/read-model.ts";
import { isSystem, type Principal } from "../platform/access.ts";
import { record } from "../platform/audit.ts";
import { keepForgotten, keepLook, openContact, sealContact } from "../platform/contacts.ts";
import type { Tx } from "../platform/database.ts";
import { asHouse } from "../platform/on-behalf.ts";
import { workCalendar } from "../workdays/read-model.ts";
import * as queries from "./queries.ts";
import { linksOf, peopleAt } from "./read-model.ts";

export const { holdMediation } = queries;
export const OFFICER_ROLES: readonly string[] = ROLES.filter(mayAssist);

function actorOf({ memberId, role }: Principal): MediationActor {
  return { memberId, role };
}

// -- keeping --------------------------------------------------------------------------------------

function coverOf(mediation: Mediation, tx: Tx): queries.Cover {
  const { officers, mediatorId } = mediation.panel;
  return {
    readers: mediatorId === null ? officers : [...officers, mediatorId],
    callsDue: callsDue(mediation),
    next: nextDue(mediation, localDate(tx.now)),
  };
}

/** Until it ended, or was performed and every side was called, the dispute's outcome is the mediation's. */
function holdsMatter(mediation: Mediation): boolean {
  if (mediation.endedAt !== null) return false;
  return mediation.state !== "performed" || callsDue(mediation);
}

/**
 * Saves what happened. Whoever acts may leave the panel by it, or sees neither matter nor rooms, so
 * the server saves it, after the rule and the caller's own sight have allowed it.
 */
async function keep(
  tx: Tx,
  before: Mediation | null,
  events: readonly MediationEvent[],
  by: Id,
): Promise<Mediation> {
  const after = before === null ? replayed(events) : events.reduce(evolve, before);
  const cover = coverOf(after, tx);
  await asHouse(tx, async (house) => {
    if (before === null) await queries.insertMediation(house, after, cover);
    else await queries.saveMediation(house, after, cover);
    const role = isSystem(tx.actor) ? "system" : tx.actor.role;
    await queries.insertEvents(house, after.id, events, cover.readers, role);
    await queries.saveLink(house, after, holdsMatter(after));
    for (const session of after.sessions) {
      const was = before?.sessions.find(({ id }) => id === session.id);
      if (was?.state === session.state && session.state !== "booked") continue;
      await queries.saveBooking(house, after, session, cover.readers);
    }
  });
  const fact: MediationFact = {
    matterId: after.matterId,
    by,
    before,
    after,
    events: events.map(({ change }) => change.type),
  };
  await record(tx, [
    {
      action: "mediation.changed",
      subjectKind: "mediation",
      subjectId: after.id,
      stationId: after.stationId,
      detail: { from: before?.state ?? null, to: after.state, events: fact.events },
      payload: fact,
    },
  ]);
  return after;
}

function replayed(events: readonly MediationEvent[]): Mediation {
  const [first, ...rest] = events;
  if (first === undefined) throw new Error("a mediation has at least one event");
  return rest.reduce(evolve, begin(first));
}

// -- opening --------------------------------------------------------------------------------------

/** Opens a mediation of a dispute that the caller sees; undefined where he sees none. */
export async function openMediation(
  tx: Tx,
  principal: Principal,
  matterId: Id,
  draft: MediationDraft,
): Promise<Result<Mediation, MediationRefusal> | undefined> {
  const dispute = await disputeOf(tx, matterId);
  if (dispute === undefined) return undefined;
  const links = await linksOf(tx, matterId);
  const decided = open(draft, dispute, {
    actor: actorOf(principal),
    running: links.some(({ running }) => running),
    earlierId: links[0]?.mediationId ?? null,
    forbidden: (text) => inspectText(text).some(isForbidden),
  });
  if (!decided.ok) return decided;
  const events = eventsOf(decided.value, 0, principal.memberId, tx.now);
  const mediation = await keep(tx, null, events, principal.memberId);
  for (const [index, { contact }] of draft.sides.entries()) {
    const side = SIDE_KEYS[index];
    if (side === undefined || contact?.consent !== true) continue;
    const sealed = sealContact(`${mediation.id}/${side}`, contact);
    if (sealed === null) continue;
    await queries.insertContact(tx, mediation.id, side, [principal.memberId], sealed);
  }
  return accept(mediation);
}

// -- steps ----------------------------------------------------------------------------------------

/** What the rules need to know of matter, rooms and calendar. */
export async function contextFor(
  tx: Tx,
  mediation: Mediation,
  command?: MediationCommand,
): Promise<MediationContext> {
  const { stationId, matterId } = mediation;
  const booking = command?.type === "book" ? command : undefined;
  const known = await asHouse(tx, async (house) => ({
    matter: await disputeOf(house, matterId),
    venue: booking === undefined ? null : await queries.holdRoom(house, booking.roomId, stationId),
    bookings:
      booking === undefined
        ? []
        : await queries.bookingsBetween(house, stationId, booking.from, booking.to),
  }));
  return {
    now: tx.now,
    calendar: await workCalendar(tx),
    ...(await mediationLimits(tx)),
    bookings: known.bookings,
    venue: known.venue,
    answered: known.matter?.answered ?? false,
    chance: () => randomInt(2 ** 32) / 2 ** 32,
  };
}

/**
 * Takes a step with a mediation that the caller looked at in `version`. Refuses `stale-version` when
 * somebody was quicker, and whatever the rule refuses.
 */
export async function takeStep(
  tx: Tx,
  principal: Principal,
  mediation: Mediation,
  command: MediationCommand,
  version: number,
): Promise<Result<Mediation, MediationRefusal>> {
  if (version !== mediation.version) return refuse("stale-version");
  if (command.type === "set_panel" && !(await mayAllSit(tx, mediation, command))) {
    return refuse("panel-unknown");
  }
  const context = await contextFor(tx, mediation, command);
  const decided = decide(mediation, command, actorOf(principal), context);
  if (!decided.ok) return decided;
  return accept(
    await keep(
      tx,
      mediation,
      eventsFor(tx, mediation, decided.value, principal.memberId),
      principal.memberId,
    ),
  );
}

function eventsFor(
  tx: Tx,
  mediation: Mediation,
  changes: readonly MediationChange[],
  by: Id,
): readonly MediationEvent[] {
  return eventsOf(changes, mediation.version, by, tx.now);
}

/** Officers and mediators are of the station. */
async function mayAllSit(
  tx: Tx,
  { stationId }: Mediation,
  { officers, mediatorId }: Extract<MediationCommand, { type: "set_panel" }>,
): Promise<boolean> {
  const people = await peopleAt(tx, stationId, [...OFFICER_ROLES, "mediator"]);
  const is = (id: Id, roles: readonly string[]): boolean =>
    people.some((one) => one.id === id && roles.includes(one.role));
  return (
    officers.every((id) => is(id, OFFICER_ROLES)) &&
    (mediatorId === undefined || is(mediatorId, ["mediator"]))
  );
}

/** Whoever takes a dispute over takes its mediation over. */
export async function followHandler(tx: Tx, matterId: Id, from: Id, to: Id): Promise<void> {
  await asHouse(tx, async (house) => {
    const running = (await linksOf(house, matterId)).find((link) => link.running);
    if (running === undefined) return;
    const mediation = await queries.holdMediation(house, running.mediationId);
    if (mediation === undefined || !mediation.panel.officers.includes(from)) return;
    if (mediation.barred.includes(to)) return;
    const changes: readonly MediationChange[] = [{ type: "handler_changed", from, to }];
    await keep(house, mediation, eventsFor(house, mediation, changes, to), to);
  });
}

// -- contacts -------------------------------------------------------------------------------------

/** Shows how to reach a side, and keeps that it was looked at and what for. */
export async function revealSide(
  tx: Tx,
  principal: Principal,
  mediation: Mediation,
  side: SideKey,
  purpose: ContactPurpose,
): Promise<
  Result<{ phone: string | null; salutation: string | null }, "too-many-looks"> | undefined
> {
  const sealed = await queries.sealedContact(tx, mediation.id, side);
  if (sealed === undefined) return undefined;
  const looked = await keepLook(tx, principal.memberId, {
    subjectKind: "mediation",
    subjectId: mediation.id,
    stationId: mediation.stationId,
    purpose,
    detail: { side },
  });
  if (!looked.ok) return looked;
  return accept(openContact(`${mediation.id}/${side}`, sealed));
}

/** Removes contacts whose time is over; what remains is how many they were. */
export async function forgetContacts(tx: Tx): Promise<void> {
  await keepForgotten(tx, await queries.deleteExpiredContacts(tx));
}

/** Mediations whose references go in one transaction. */
const PORTION = 200;

/** Lets the references of mediations go that ended long ago; true when none is left. */
export async function forgetReferences(tx: Tx): Promise<boolean> {
  const over = retentionEnd("matter_document_reference", tx.now);
  const found = await queries.withReferences(tx, over, PORTION);
  const { bureauId } = tx.actor;
  if (found.length === 0 || bureauId === null) return true;
  await queries.dropReferences(tx, found.map(withoutReferences));
  await record(tx, [
    {
      action: "mediation.references_forgotten",
      subjectKind: "bureau",
      subjectId: bureauId,
      detail: { mediations: found.length },
    },
  ]);
  return found.length < PORTION;
}

// -- rooms and papers -----------------------------------------------------------------------------

/** Names a room; false where its id is another station's room. */
export async function saveRoom(
  tx: Tx,
  room: Parameters<typeof queries.saveRoom>[1],
): Promise<boolean> {
  const there = await asHouse(tx, (house) => queries.stationOfRoom(house, room.id));
  if (there !== null && there !== room.stationId) return false;
  await queries.saveRoom(tx, room);
  await record(tx, [
    {
      action: "mediation_room.saved",
      subjectKind: "mediation_room",
      subjectId: room.id,
      stationId: room.stationId,
    },
  ]);
  return true;
}

/** Keeps that a paper was made, and nothing of what stands in it. */
export async function recordDocument(
  tx: Tx,
  { id, stationId }: Mediation,
  kind: string,
): Promise<void> {
  await record(tx, [
    {
      action: "mediation.document_made",
      subjectKind: "mediation",
      subjectId: id,
      stationId,
      detail: { kind },
    },
  ]);
}
