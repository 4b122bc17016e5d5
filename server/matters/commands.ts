import { matterDraftSchema, matterNoteSchema } from "@wanjia/contract/matter-steps";
import type { Clockwork } from "@wanjia/domain/matters/clocks";
import { decide } from "@wanjia/domain/matters/decide";
import { concernsMerged, follow } from "@wanjia/domain/matters/decide-merge";
import { begin, eventsOf, evolve } from "@wanjia/domain/matters/evolve";
import { factOf } from "@wanjia/domain/matters/facts";
import { followsMediation } from "@wanjia/domain/mediation/outcome";
import { mayHandle, type MatterActor } from "@wanjia/domain/matters/policy";
import { raise, register, type Registration } from "@wanjia/domain/matters/register";
import { residentOf } from "@wanjia/domain/matters/resident";
import { mayReceive } from "@wanjia/domain/matters/referral";
import { look } from "@wanjia/domain/matters/running";
import type {
  ContactDraft,
  ContactPurpose,
  Matter,
  MatterChange,
  MatterCommand,
  MatterDraft,
  MatterEvent,
  MatterRefusal,
} from "@wanjia/domain/matters/terms";
import { inspectText } from "@wanjia/domain/privacy/inspect";
import { isForbidden } from "@wanjia/domain/privacy/terms";
import { ROLES } from "@wanjia/domain/organisation/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { DAY_MS, type Instant } from "@wanjia/domain/shared/instant";
import { accept, refuse, type Result } from "@wanjia/domain/shared/result";
import { linksOf } from "../mediation/read-model.ts";
import { partnerById } from "../organisation/read-model.ts";
import { isSystem, type Principal } from "../platform/access.ts";
import { type Fact, record } from "../platform/audit.ts";
import { newId } from "../platform/crypto.ts";
import type { Tx } from "../platform/database.ts";
import type { SyncCommand, SyncCommands, SyncContext, SyncItem } from "../platform/sync.ts";
import { keepForgotten, keepLook, openContact, sealContact } from "../platform/contacts.ts";
import { clockwork, noteDeadlines } from "./clock-commands.ts";
import { holdMerged } from "./merge-queries.ts";
import * as clockQueries from "./clock-queries.ts";
import * as queries from "./queries.ts";
import { handlersCovering, leadersOf } from "./read-model.ts";
import { recurrencesOf } from "./recurrences.ts";
import { saveWords } from "./search-queries.ts";

/** A contact goes this long after the matter ended (domain.md §8.5). */
const CONTACT_KEPT_DAYS = 30;

export const HANDLING_ROLES: readonly string[] = ROLES.filter(mayHandle);

function actorOf(principal: Principal): MatterActor {
  return { memberId: principal.memberId, role: principal.role };
}

function roleOf(tx: Tx): string {
  return isSystem(tx.actor) ? "system" : tx.actor.role;
}

// -- keeping --------------------------------------------------------------------------------------

/** What happened to one matter in one order. */
interface Outcome {
  readonly before: Matter | null;
  readonly after: Matter;
  readonly events: readonly MatterEvent[];
}

function changedFact({ before, after, events }: Outcome): Fact {
  const payload = factOf(before, after, events);
  return {
    action: "matter.changed",
    subjectKind: "matter",
    subjectId: after.id,
    stationId: after.stationId,
    detail: { from: payload.from, to: payload.to, events: payload.events },
    payload,
  };
}

async function keep(
  tx: Tx,
  outcomes: readonly Outcome[],
  role: string = roleOf(tx),
): Promise<void> {
  const entries = outcomes.flatMap(({ after, events }) =>
    events.map((event) => ({
      matter: after,
      event,
      role: event.by === residentOf(after) ? "resident" : role,
    })),
  );
  queries.insertEvents(tx, entries);
  await saveWords(tx, outcomes);
  await record(tx, outcomes.map(changedFact));
}

export interface NewMatter {
  readonly changes: readonly MatterChange[];
  readonly by: Id;
  readonly at: Instant;
  readonly contact: ContactDraft | undefined;
}

/**
 * Keeps new matters in as few statements as one would take, and answers which are new. Those that are
 * there stay as they are.
 */
export async function keepNew(
  tx: Tx,
  arrivals: readonly NewMatter[],
  work: Clockwork,
): Promise<readonly Matter[]> {
  const seen = new Set<Id>();
  const again = await recurrencesOf(tx, arrivals);
  const born = arrivals.flatMap(({ changes, by, at, contact }) => {
    const events = eventsOf([...changes, ...(again.get(changes) ?? [])], 0, by, at);
    const [first, ...rest] = events;
    if (first === undefined) return [];
    const after = rest.reduce(evolve, begin(first));
    if (seen.has(after.id)) return [];
    seen.add(after.id);
    return [{ before: null, after, events, contact }];
  });
  if (born.length === 0) return [];
  const inserted = await queries.insertMatters(
    tx,
    born.map(({ after }) => after),
  );
  const kept = born.filter(({ after }) => inserted.has(after.id));
  if (kept.length === 0) return [];
  noteDeadlines(tx, kept, work);
  const contacts = kept.flatMap(({ after, contact }) => {
    const sealed = contact?.consent === true ? sealContact(after.id, contact) : null;
    return sealed === null ? [] : [{ id: newId(tx.now), matter: after, ...sealed }];
  });
  await queries.insertContacts(tx, contacts);
  await keep(tx, kept);
  return kept.map(({ after }) => after);
}

// -- out of visits --------------------------------------------------------------------------------

/** A matter heard at a door, with where and by whom. */
export interface HeardMatter {
  readonly draft: MatterDraft;
  readonly registration: Registration;
  /** Where it was heard; stands in for a place that isn't in the register. */
  readonly doorId: Id;
  readonly at: Instant;
}

/**
 * Registers what visits brought, and answers what of it is new. Nothing is refused: the visit is
 * recorded, so its words are too.
 */
export async function registerHeard(
  tx: Tx,
  heard: readonly HeardMatter[],
): Promise<readonly Matter[]> {
  if (heard.length === 0) return [];
  const named = heard.map(({ draft }) => draft.placeId);
  const known = new Set((await queries.whereabouts(tx, named)).map(({ id }) => id));
  const work = await clockwork(tx);
  return keepNew(
    tx,
    heard.map(({ draft, registration, doorId, at }) => {
      const placeId = known.has(draft.placeId) ? draft.placeId : doorId;
      return {
        changes: register({ ...draft, placeId }, registration, { ...work, now: at }),
        by: registration.recipientId,
        at,
        contact: draft.contact,
      };
    }),
    work,
  );
}

// -- raised outside of a visit --------------------------------------------------------------------

interface Raising {
  readonly draft: MatterDraft;
  readonly at: Instant;
}

/** Raises matters one officer noted; answers each in order. */
export async function raiseMatters(
  tx: Tx,
  principal: Principal,
  raisings: readonly Raising[],
): Promise<Result<null, MatterRefusal>[]> {
  const places = new Map(
    (
      await queries.whereabouts(
        tx,
        raisings.map(({ draft }) => draft.placeId),
      )
    ).map((place) => [place.id, place]),
  );
  const arrivals: NewMatter[] = [];
  const work = await clockwork(tx);
  const answers = raisings.map(({ draft, at }): Result<null, MatterRefusal> => {
    const place = places.get(draft.placeId);
    if (place === undefined) return refuse("place-unknown");
    const { stationId, beatId, communityId } = place;
    const { memberId } = principal;
    const registration: Registration = {
      stationId,
      beatId,
      communityId,
      visitId: null,
      campaignIds: [],
      origin: "officer",
      recipientId: memberId,
      finders: [memberId],
    };
    const raised = raise(draft, registration, {
      ...work,
      actor: actorOf(principal),
      now: at,
      inspect: inspectText,
    });
    if (!raised.ok) return raised;
    arrivals.push({ changes: raised.value, by: memberId, at, contact: draft.contact });
    return accept(null);
  });
  await keepNew(tx, arrivals, work);
  return answers;
}

// -- steps ----------------------------------------------------------------------------------------

export const { holdMatter, viewMatter } = queries;

/** Whether a dispute's outcome is its mediation's to say, and nobody's by hand. */
export async function inMediation(tx: Tx, { id, kind }: Matter): Promise<boolean> {
  return kind === "dispute" && (await linksOf(tx, id)).some(({ holds }) => holds);
}

/**
 * Takes a step with a matter that the caller looked at in `version`. A note may come without one:
 * it contradicts nothing.
 *
 * Refuses `stale-version` when somebody was quicker, and whatever the rule refuses.
 */
export async function takeStep(
  tx: Tx,
  principal: Principal,
  matter: Matter,
  command: MatterCommand,
  version: number | undefined,
): Promise<Result<Matter, MatterRefusal>> {
  if (version !== matter.version && !(version === undefined && command.type === "note")) {
    return refuse("stale-version");
  }
  if (followsMediation(command.type) && (await inMediation(tx, matter))) {
    return refuse("mediation-runs");
  }
  const work = await clockwork(tx);
  const decision = decide(matter, command, actorOf(principal), work);
  if (!decision.ok) return decision;
  if (command.type === "assign") {
    const covering = await handlersCovering(tx, matter, HANDLING_ROLES);
    if (!covering.some(({ id }) => id === command.to)) return refuse("assignee-out-of-scope");
  }
  if (command.type === "refer") {
    const sent = await mayBeSent(tx, matter, command);
    if (!sent.ok) return sent;
  }
  const events = eventsOf(decision.value, matter.version, principal.memberId, tx.now);
  const [outcome] = await saveSteps(tx, [{ before: matter, events }], work);
  return accept(outcome?.after ?? matter);
}

/** Whether there is such a body, it may hear of this, and what it is told is fit to leave the house. */
async function mayBeSent(
  tx: Tx,
  matter: Matter,
  { to, text }: Extract<MatterCommand, { type: "refer" }>,
): Promise<Result<null, MatterRefusal>> {
  const body = await partnerById(tx, to);
  if (body === undefined || !body.active) return refuse("body-unknown");
  if (!mayReceive(matter, body.kind)) return refuse("mediation-stopped");
  return inspectText(text).some(isForbidden) ? refuse("text-forbidden") : accept(null);
}

export interface Step {
  readonly before: Matter;
  readonly events: readonly MatterEvent[];
}

export async function saveSteps(
  tx: Tx,
  steps: readonly Step[],
  work: Clockwork,
  role?: string,
): Promise<Outcome[]> {
  const outcomes = steps.map(({ before, events }) => ({
    before,
    events,
    after: events.reduce(evolve, before),
  }));
  await queries.saveMatters(
    tx,
    outcomes.map(({ after }) => after),
  );
  await queries.expireContacts(
    tx,
    outcomes
      .filter(({ before, after }) => before.closedAt !== after.closedAt)
      .map(({ after }) => ({
        matterId: after.id,
        expiresAt: after.closedAt === null ? null : after.closedAt + CONTACT_KEPT_DAYS * DAY_MS,
      })),
  );
  noteDeadlines(tx, outcomes, work);
  await keep(tx, outcomes, role);
  const leading = outcomes.filter(({ before, after }) => concernsMerged(before, after));
  if (leading.length > 0) await followLeading(tx, leading, work);
  return outcomes;
}

/** What was merged into matters goes by what became of them, in the same transaction. */
async function followLeading(tx: Tx, leading: readonly Outcome[], work: Clockwork): Promise<void> {
  const mains = new Map(leading.map(({ after, events }) => [after.id, { after, events }]));
  const merged = await holdMerged(tx, [...mains.keys()]);
  const steps = merged.flatMap((before): Step[] => {
    const main = mains.get(before.merged?.into ?? "");
    const by = main?.events.at(-1)?.by;
    if (main === undefined || by === undefined) return [];
    const changes = follow(before, main.after, by, work);
    if (changes.length === 0) return [];
    return [{ before, events: eventsOf(changes, before.version, by, tx.now) }];
  });
  if (steps.length > 0) await saveSteps(tx, steps, work);
}

// -- what time does -------------------------------------------------------------------------------

/** Matters that one transaction looks at: a second's work at most. */
const LOOKED_AT_ONCE = 1000;

/**
 * Looks at the matters whose time has come, the next portion of them in the order of their time:
 * what was missed is raised one level. Answers where the next portion begins; null after the last.
 * A portion that was done has nothing left to do, so that it may be begun anew anywhere.
 */
export async function sweepClocks(
  tx: Tx,
  after: clockQueries.Look | null,
): Promise<clockQueries.Look | null> {
  const { bureauId } = tx.actor;
  if (bureauId === null) throw new Error("clocks belong to a bureau");
  const due = await clockQueries.mattersToLookAt(tx, after, LOOKED_AT_ONCE);
  if (due.length === 0) return null;
  const matters = await queries.holdMatters(
    tx,
    due.map(({ id }) => id),
  );
  const work = await clockwork(tx);
  const leaders = await leadersOf(tx, [...new Set(matters.map(({ stationId }) => stationId))]);
  const steps = matters.map((before): Step => {
    const led = leaders.some(
      ({ stationId, memberId }) =>
        stationId === before.stationId && memberId !== before.responsibleId,
    );
    const changes = look(before, led, bureauId, work);
    return { before, events: eventsOf(changes, before.version, bureauId, tx.now) };
  });
  const moved = steps.filter(({ events }) => events.length > 0);
  if (moved.length > 0) await saveSteps(tx, moved, work);
  // Nothing to be done yet: they say themselves when to look again.
  const still = steps.filter(({ events }) => events.length === 0);
  noteDeadlines(
    tx,
    still.map(({ before }) => ({ before: null, after: before })),
    work,
  );
  return due.length < LOOKED_AT_ONCE ? null : (due.at(-1) ?? null);
}

/** Adds notes that phones sent; answers each in order. */
async function addNotes(
  tx: Tx,
  principal: Principal,
  notes: readonly { readonly matterId: Id; readonly text: string; readonly at: Instant }[],
): Promise<Result<null, MatterRefusal | "not-found">[]> {
  const matters = new Map(
    (
      await queries.holdMatters(
        tx,
        notes.map(({ matterId }) => matterId),
      )
    ).map((matter) => [matter.id, matter]),
  );
  const events = new Map<Id, MatterEvent[]>();
  const work = await clockwork(tx);
  const answers = notes.map(({ matterId, text, at }): Result<null, MatterRefusal | "not-found"> => {
    const matter = matters.get(matterId);
    if (matter === undefined) return refuse("not-found");
    const decision = decide(matter, { type: "note", text }, actorOf(principal), work);
    if (!decision.ok) return decision;
    const before = events.get(matterId) ?? [];
    const lastSeq = matter.version + before.length;
    events.set(matterId, [...before, ...eventsOf(decision.value, lastSeq, principal.memberId, at)]);
    return accept(null);
  });
  if (events.size > 0) {
    await saveSteps(
      tx,
      [...events].flatMap(([id, some]) => {
        const before = matters.get(id);
        return before === undefined ? [] : [{ before, events: some }];
      }),
      work,
    );
  }
  return answers;
}

// -- contact --------------------------------------------------------------------------------------

/**
 * Shows how to reach the resident, and keeps that it was looked at and what for. Refuses
 * `too-many-looks`, which is kept as well.
 */
export async function revealContact(
  tx: Tx,
  principal: Principal,
  matter: Matter,
  purpose: ContactPurpose,
): Promise<
  Result<{ phone: string | null; salutation: string | null }, "too-many-looks"> | undefined
> {
  const sealed = await queries.sealedContact(tx, matter.id);
  if (sealed === undefined) return undefined;
  const looked = await keepLook(tx, principal.memberId, {
    subjectKind: "matter",
    subjectId: matter.id,
    stationId: matter.stationId,
    purpose,
  });
  if (!looked.ok) return looked;
  return accept(openContact(matter.id, sealed));
}

/** Removes contacts whose time is over; what remains is how many they were. */
export async function forgetContacts(tx: Tx): Promise<void> {
  await keepForgotten(tx, await queries.deleteExpiredContacts(tx));
}

// -- from phones ----------------------------------------------------------------------------------

const raiseCommand: SyncCommand<MatterDraft> = {
  parse(body) {
    const parsed = matterDraftSchema.safeParse(body);
    return parsed.success ? accept(parsed.data) : refuse("malformed-command");
  },
  run: (tx: Tx, context: SyncContext, items: readonly SyncItem<MatterDraft>[]) =>
    raiseMatters(
      tx,
      context.principal,
      items.map(({ body, correctedAt }) => ({ draft: body, at: correctedAt })),
    ),
};

const noteCommand: SyncCommand<{ matterId: Id; text: string }> = {
  parse(body) {
    const parsed = matterNoteSchema.safeParse(body);
    return parsed.success ? accept(parsed.data) : refuse("malformed-command");
  },
  run: (tx, context, items) =>
    addNotes(
      tx,
      context.principal,
      items.map(({ body, correctedAt }) => ({ ...body, at: correctedAt })),
    ),
};

export const syncCommands: SyncCommands = {
  "matters.raise": raiseCommand,
  "matters.note": noteCommand,
};
