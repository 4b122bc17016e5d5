import type { PropertyImport } from "@wanjia/contract/property";
import type { ContactPurpose } from "@wanjia/domain/matters/terms";
import { ROLES } from "@wanjia/domain/organisation/terms";
import { inspectText } from "@wanjia/domain/privacy/inspect";
import { isForbidden } from "@wanjia/domain/privacy/terms";
import {
  callOff,
  collectBy,
  decide,
  lapse,
  type PropertyContext,
} from "@wanjia/domain/property/decide";
import { begin, evolve } from "@wanjia/domain/property/evolve";
import { arrange } from "@wanjia/domain/property/meetings";
import { mayArrange, mayAttend } from "@wanjia/domain/property/policy";
import type {
  MeetingRefusal,
  PropertyChange,
  PropertyCommand,
  PropertyItem,
  PropertyRefusal,
  ReturnMeeting,
} from "@wanjia/domain/property/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { localDate } from "@wanjia/domain/shared/instant";
import { accept, refuse, type Result } from "@wanjia/domain/shared/result";
import { collectTerm } from "../matters/read-model.ts";
import { peopleAt } from "../mediation/read-model.ts";
import { isSystem, type Principal } from "../platform/access.ts";
import { record } from "../platform/audit.ts";
import { keepForgotten, keepLook, openContact, sealContact } from "../platform/contacts.ts";
import { newId } from "../platform/crypto.ts";
import type { Tx } from "../platform/database.ts";
import { readList } from "./list-file.ts";
import * as queries from "./queries.ts";

export const { holdItem } = queries;
const ATTENDING: readonly string[] = ROLES.filter(mayAttend);

/** Sworn officers of a station. */
export async function officersAt(tx: Tx, stationId: Id): Promise<{ id: Id; name: string }[]> {
  const people = await peopleAt(tx, stationId, ATTENDING);
  return [...new Map(people.map(({ id, name }) => [id, { id, name }])).values()];
}

// -- keeping --------------------------------------------------------------------------------------

interface Step {
  readonly before: PropertyItem;
  readonly change: PropertyChange;
}

/** Saves what happened to some items, with the fact of each. */
async function keep(tx: Tx, steps: readonly Step[]): Promise<readonly PropertyItem[]> {
  if (steps.length === 0) return [];
  const by = isSystem(tx.actor) ? null : tx.actor.memberId;
  const kept = steps.map(({ before, change }) => {
    const event = { seq: before.version + 1, at: tx.now, by, change };
    return { event, before, item: evolve(before, event) };
  });
  await queries.saveItems(
    tx,
    kept.map(({ item }) => ({ item, collectBy: collectBy(item) })),
  );
  await queries.insertEvents(tx, kept);
  await record(
    tx,
    kept.map(({ item, before, event }) => ({
      action: `property.${event.change.type}`,
      subjectKind: "property",
      subjectId: item.id,
      stationId: item.stationId,
      detail: { from: before.state, to: item.state },
    })),
  );
  return kept.map(({ item }) => item);
}

/** Takes a step with an item that the caller looked at in `version`. */
export async function takeStep(
  tx: Tx,
  principal: Principal,
  item: PropertyItem,
  command: PropertyCommand,
  version: number,
): Promise<Result<null, PropertyRefusal>> {
  if (version !== item.version) return refuse("stale-version");
  const context = await contextFor(tx, item, command);
  const decided = decide(item, command, principal, context);
  if (!decided.ok) return decided;
  await keep(tx, [{ before: item, change: decided.value }]);
  return accept(null);
}

async function contextFor(
  tx: Tx,
  item: PropertyItem,
  command: PropertyCommand,
): Promise<PropertyContext> {
  const booking = command.type === "book" ? command : null;
  const meeting =
    booking === null ? null : ((await queries.holdMeeting(tx, booking.meetingId)) ?? null);
  const taken =
    booking === null || meeting === null
      ? 0
      : await queries.takenAt(tx, booking.meetingId, booking.at);
  const officers =
    command.type === "hand_over" ? (await officersAt(tx, item.stationId)).map(({ id }) => id) : [];
  const term = await collectTerm(tx);
  return { now: tx.now, meeting, taken, officers, term };
}

// -- the list -------------------------------------------------------------------------------------

type Transact = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/**
 * Brings in a list for a station of the caller's. A bad row keeps the whole file out and is told; what
 * the station already has stays as it is. Of the file nothing remains but its items.
 */
export async function importList(
  transact: Transact,
  principal: Principal,
  upload: {
    readonly stationId: Id;
    readonly now: number;
    readonly body: AsyncIterable<Uint8Array>;
  },
): Promise<Result<PropertyImport>> {
  const { stationId, now } = upload;
  if (!mayArrange(principal.role) || !principal.stationIds.includes(stationId)) {
    return refuse("not-permitted");
  }
  const read = await readList(upload.body, localDate(now));
  if (!read.ok) return read;
  const { items, problems } = read.value;
  if (problems.length > 0) return accept({ added: 0, known: 0, problems });
  return accept(
    await transact(async (tx) => {
      const numbers = items.map(({ registerNo }) => registerNo);
      const known = await queries.knownNumbers(tx, stationId, numbers);
      const fresh = items
        .filter(({ registerNo }) => !known.has(registerNo))
        .map(({ contact, ...row }) => {
          const id = newId(now);
          const sealed = contact === null ? null : sealContact(id, contact);
          const change = {
            type: "imported",
            id,
            stationId,
            ...row,
            hasContact: sealed !== null,
          } as const;
          const event = { seq: 1, at: now, by: principal.memberId, change };
          return { item: begin(event), event, sealed };
        });
      if (fresh.length > 0) {
        await queries.insertItems(
          tx,
          fresh.map(({ item }) => item),
        );
        await queries.insertEvents(tx, fresh);
        await queries.insertContacts(
          tx,
          fresh.flatMap(({ item, sealed }) => (sealed === null ? [] : [{ item, sealed }])),
        );
      }
      const result = { added: fresh.length, known: known.size };
      await record(tx, [
        {
          action: "property.imported",
          subjectKind: "station",
          subjectId: stationId,
          stationId,
          detail: result,
        },
      ]);
      return { ...result, problems: [] };
    }),
  );
}

// -- time -----------------------------------------------------------------------------------------

const PORTION = 500;

/** Items for which the time ran out, some at a time; how many they were. */
export async function lapseSome(tx: Tx): Promise<number> {
  const items = await queries.holdLapsing(tx, localDate(tx.now), PORTION);
  const steps = items.flatMap((before) => {
    const change = lapse(before, tx.now);
    return change === null ? [] : [{ before, change }];
  });
  await keep(tx, steps);
  return steps.length;
}

/** Removes contacts whose time is over; what remains is how many they were. */
export async function forgetContacts(tx: Tx): Promise<void> {
  await keepForgotten(tx, await queries.deleteExpiredContacts(tx));
}

// -- contacts -------------------------------------------------------------------------------------

/** Shows how to reach the owner, and keeps that it was looked at and what for. */
export async function revealOwner(
  tx: Tx,
  principal: Principal,
  { id, stationId }: PropertyItem,
  purpose: ContactPurpose,
): Promise<
  Result<{ phone: string | null; salutation: string | null }, "too-many-looks"> | undefined
> {
  const sealed = await queries.sealedContact(tx, id);
  if (sealed === undefined) return undefined;
  const looked = await keepLook(tx, principal.memberId, {
    subjectKind: "property",
    subjectId: id,
    stationId,
    purpose,
  });
  return looked.ok ? accept(openContact(id, sealed)) : looked;
}

// -- meetings -------------------------------------------------------------------------------------

export async function arrangeMeeting(
  tx: Tx,
  principal: Principal,
  meeting: Omit<ReturnMeeting, "cancelled">,
): Promise<Result<Id, MeetingRefusal>> {
  const arranged = arrange(meeting, {
    actor: principal,
    now: tx.now,
    forbidden: (text) => inspectText(text).some(isForbidden),
  });
  if (!arranged.ok) return arranged;
  if (await queries.insertMeeting(tx, arranged.value)) await keepMeeting(tx, meeting, "arranged");
  return accept(meeting.id);
}

/** Calls a meeting off before it begins: those who were booked for it wait for another. */
export async function callOffMeeting(
  tx: Tx,
  principal: Principal,
  id: Id,
): Promise<Result<null, MeetingRefusal> | undefined> {
  if (!mayArrange(principal.role)) return refuse("not-permitted");
  const meeting = await queries.holdMeeting(tx, id);
  if (meeting === undefined) return undefined;
  if (meeting.from <= tx.now) return refuse("meeting-held");
  if (meeting.cancelled) return accept(null);
  await queries.cancelMeeting(tx, id);
  const booked = await queries.holdBooked(tx, id);
  await keep(
    tx,
    booked.flatMap((before) => {
      const change = callOff(before, id);
      return change === null ? [] : [{ before, change }];
    }),
  );
  await keepMeeting(tx, meeting, "called_off");
  return accept(null);
}

function keepMeeting(
  tx: Tx,
  { id, stationId }: Pick<ReturnMeeting, "id" | "stationId">,
  what: "arranged" | "called_off",
): Promise<void> {
  const action = `return_meeting.${what}`;
  return record(tx, [{ action, subjectKind: "return_meeting", subjectId: id, stationId }]);
}

/** The sheet of a return meeting left the house. */
export function recordSheet(
  tx: Tx,
  { id, stationId }: { readonly id: Id; readonly stationId: Id },
): Promise<void> {
  return record(tx, [
    {
      action: "property.sheet_made",
      subjectKind: "return_meeting",
      subjectId: id,
      stationId,
    },
  ]);
}
