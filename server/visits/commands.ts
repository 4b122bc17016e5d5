import { correctVisitSchema, noteDoorSchema, recordVisitSchema } from "@wanjia/contract/visits";
import { campaignsFor } from "@wanjia/domain/campaigns/rules";
import { inspectText } from "@wanjia/domain/privacy/inspect";
import type { Id } from "@wanjia/domain/shared/id";
import { addDays, type Instant, localDate, monthOf } from "@wanjia/domain/shared/instant";
import { accept, refuse, type Result } from "@wanjia/domain/shared/result";
import type { VisitContext } from "@wanjia/domain/visits/context";
import { correct } from "@wanjia/domain/visits/correct";
import { NEW_DOOR, quietUntil } from "@wanjia/domain/visits/door";
import {
  type DoorDelta,
  doorDelta,
  type DoorNotedFact,
  type VisitFact,
} from "@wanjia/domain/visits/facts";
import type { FormDefinition } from "@wanjia/domain/visits/form-definition";
import { mayVisit } from "@wanjia/domain/visits/policy";
import { note } from "@wanjia/domain/visits/note";
import { record, type Recorded } from "@wanjia/domain/visits/record";
import type {
  CorrectedVisit,
  CorrectVisit,
  DoorState,
  KnowsOfficer,
  NoteDoor,
  Occupancy,
  RecordVisit,
  ResidentWish,
  Visit,
  VisitRefusal,
  VisitWarning,
} from "@wanjia/domain/visits/terms";
import { heedResident } from "@wanjia/domain/visits/resident";
import { expireWish } from "@wanjia/domain/visits/wishes";
import type { VisitableKind } from "@wanjia/domain/places/terms";
import type { Principal } from "../platform/access.ts";
import { type Fact, record as recordFacts } from "../platform/audit.ts";
import { newId } from "../platform/crypto.ts";
import type { Tx } from "../platform/database.ts";
import { keepInMind } from "../platform/memory.ts";
import type { SyncCommand, SyncCommands, SyncContext, SyncItem } from "../platform/sync.ts";
import * as queries from "./queries.ts";

/** A command with what is known of its making. */
export interface Item<Body> {
  readonly id: Id;
  readonly body: Body;
  readonly base: number | null;
  /** The device's clock at confirmation, and the same moment by the server's. */
  readonly at: Instant;
  readonly correctedAt: Instant;
}

export interface Author {
  readonly principal: Principal;
  /** Entered at a desk: times are as written on the paper. */
  readonly atDesk: boolean;
}

export type Decision = Result<
  { readonly warnings: readonly VisitWarning[]; readonly version: number },
  VisitRefusal | "not-allowed"
>;

// -- the batch ------------------------------------------------------------------------------------

/**
 * What a batch works on: loaded once, changed in memory as one command follows another, saved once.
 */
class Work {
  readonly tx: Tx;
  readonly batch: queries.Batch;
  readonly visits: (Visit & { originalId: Id | null })[] = [];
  readonly facts: Fact[] = [];
  readonly corrections: { id: Id; by: Id }[] = [];
  readonly occupancy: queries.OccupancyNoted[] = [];
  readonly accessNeeds: Parameters<typeof queries.addAccessNeeds>[1][number][] = [];
  readonly familiarity = new Map<
    string,
    { stationId: Id; month: string; answer: KnowsOfficer; n: number }
  >();
  readonly #doors = new Map<Id, DoorState>();
  readonly #changed = new Set<Id>();

  constructor(tx: Tx, batch: queries.Batch) {
    this.tx = tx;
    this.batch = batch;
  }

  door(placeId: Id): DoorState {
    return this.#doors.get(placeId) ?? this.batch.places.get(placeId)?.state ?? NEW_DOOR;
  }

  setDoor(placeId: Id, door: DoorState): void {
    this.#doors.set(placeId, door);
    this.#changed.add(placeId);
  }

  noteOccupancy(place: queries.PlaceWithDoor, status: Occupancy | null, at: Instant): void {
    this.occupancy.push({
      id: newId(this.tx.now),
      placeId: place.id,
      stationId: place.stationId,
      beatId: place.beatId,
      status,
      notedAt: at,
      expiresAt: quietUntil(at, OCCUPANCY_MONTHS),
    });
  }

  async save(): Promise<void> {
    const { tx } = this;
    const doors = [...this.#changed].map((placeId): queries.DoorToSave => {
      const place = this.batch.places.get(placeId);
      if (place === undefined) throw new Error(`door of an unknown place ${placeId}`);
      const { stationId, beatId, buildingId, state } = place;
      const before = state?.version ?? null;
      return { placeId, stationId, beatId, buildingId, before, state: this.door(placeId) };
    });
    if (doors.length === 0 && this.occupancy.length === 0) return;
    if (doors.length > 0) queries.save(tx, this.visits, doors);
    if (this.corrections.length > 0) await queries.markCorrected(tx, this.corrections);
    if (this.occupancy.length > 0) await queries.addOccupancy(tx, this.occupancy);
    if (this.accessNeeds.length > 0) await queries.addAccessNeeds(tx, this.accessNeeds);
    if (this.familiarity.size > 0) {
      const slot = Number.parseInt(newId(tx.now).slice(-1), 16);
      await queries.countFamiliarity(tx, [...this.familiarity.values()], slot);
    }
    await recordFacts(tx, this.facts);
  }
}

/** §8.5: how a home is used is forgotten after twelve months. */
const OCCUPANCY_MONTHS = 12;

// -- forms ----------------------------------------------------------------------------------------

/** Adopted forms never change, so what was read once stays true. By bureau, code and version. */
const knownForms = keepInMind(new Map<string, FormDefinition>());
const KNOWN_FORMS_LIMIT = 500;

function keyOfForm(bureauId: Id, code: string, version: number): string {
  return `${bureauId} ${code} ${version}`;
}

async function readForms(
  tx: Tx,
  bureauId: Id,
  bodies: readonly Pick<RecordVisit, "form">[],
): Promise<VisitContext["form"]> {
  const missing = new Map<string, { code: string; version: number }>();
  for (const { form } of bodies) {
    if (form === undefined) continue;
    const key = keyOfForm(bureauId, form.code, form.version);
    if (!knownForms.has(key)) missing.set(key, form);
  }
  if (missing.size > 0) {
    if (knownForms.size > KNOWN_FORMS_LIMIT) knownForms.clear();
    for (const { definition } of await queries.loadForms(tx, [...missing.values()])) {
      knownForms.set(keyOfForm(bureauId, definition.code, definition.version), definition);
    }
  }
  return (code, version) => knownForms.get(keyOfForm(bureauId, code, version));
}

// -- recording and correcting ---------------------------------------------------------------------

/** Records visits, set by set: one load, one save, whatever the number. */
export async function recordVisits(
  tx: Tx,
  author: Author,
  items: readonly Item<RecordVisit>[],
): Promise<Decision[]> {
  if (!mayVisit(author.principal.role, "record")) return items.map(() => refuse("not-allowed"));
  const bodies = items.map(({ body }) => body);
  const work = await begin(tx, bodies, []);
  const contextOf = await contextMaker(tx, author, work, bodies);
  const decisions = items.map((item): Decision => {
    const { body } = item;
    const recorded = record(work.door(body.placeId), body, contextOf(item, body.placeId));
    if (!recorded.ok) return recorded;
    keep(work, body, recorded.value, "visit.recorded", null);
    work.setDoor(body.placeId, recorded.value.door);
    const { warnings, door } = recorded.value;
    return accept({ warnings, version: door.version });
  });
  await work.save();
  return decisions;
}

/** Corrects visits: each a new record that stands for an older one. */
export async function correctVisits(
  tx: Tx,
  author: Author,
  items: readonly Item<CorrectVisit>[],
): Promise<Decision[]> {
  const { principal } = author;
  if (!mayVisit(principal.role, "correct")) return items.map(() => refuse("not-allowed"));
  const visits = items.map(({ body }) => body.visit);
  const work = await begin(
    tx,
    visits,
    items.map(({ body }) => body.corrects),
  );
  const { originals } = work.batch;
  const forms = [...visits, ...[...originals.values()].map(({ details }) => details)];
  const contextOf = await contextMaker(tx, author, work, forms);
  const decisions = items.map((item): Decision => {
    const { corrects, visit: body } = item.body;
    const original = originals.get(corrects);
    const corrected = correct(
      work.door(body.placeId),
      original === undefined ? null : work.door(original.placeId),
      item.body,
      {
        ...contextOf(item, body.placeId),
        original,
        correctedBy:
          original?.correctedBy ?? work.corrections.find(({ id }) => id === corrects)?.by ?? null,
        mayCorrectOthers: mayVisit(principal.role, "correct_others"),
      },
    );
    if (!corrected.ok) return corrected;
    keep(work, body, corrected.value, "visit.corrected", original?.originalId ?? corrects);
    work.corrections.push({ id: corrects, by: item.id });
    work.setDoor(body.placeId, corrected.value.door);
    const { leftDoor, warnings, door } = corrected.value;
    if (leftDoor !== null) work.setDoor(leftDoor.placeId, leftDoor.door);
    return accept({ warnings, version: door.version });
  });
  await work.save();
  return decisions;
}

async function begin(
  tx: Tx,
  bodies: readonly Pick<RecordVisit, "placeId" | "team">[],
  visitIds: readonly Id[],
): Promise<Work> {
  const placeIds = new Set(bodies.map(({ placeId }) => placeId));
  const memberIds = new Set(bodies.flatMap(({ team }) => team));
  return new Work(tx, await queries.loadBatch(tx, [...placeIds], [...memberIds], visitIds));
}

async function contextMaker(
  tx: Tx,
  { principal, atDesk }: Author,
  work: Work,
  bodies: readonly Pick<RecordVisit, "form">[],
): Promise<(item: Item<unknown>, placeId: Id) => VisitContext> {
  const { campaigns, members, places } = work.batch;
  const form = await readForms(tx, principal.bureauId, bodies);
  const alive = new Set(campaigns.map(({ id }) => id));
  const leafletCodes = new Set(campaigns.flatMap(({ leaflets }) => leaflets));
  const sampling = new Set(campaigns.filter((one) => one.samplingPlan).map(({ id }) => id));
  return (item, placeId) => ({
    id: item.id,
    now: tx.now,
    at: item.at,
    correctedAt: item.correctedAt,
    atDesk,
    base: item.base,
    author: principal.memberId,
    beatIds: principal.scope === "beat" ? principal.beatIds : "all",
    place: places.get(placeId),
    member: (id) => members.get(id),
    campaignsAt: (place, at) => campaignsFor(place, at, campaigns),
    alive,
    leafletCodes: campaigns.length === 0 ? null : leafletCodes,
    form,
    inspect: inspectText,
    samplingPlan: (ids) => ids.some((id) => sampling.has(id)),
  });
}

/** Puts a judged visit, and what is kept apart from it, with what will be saved. */
function keep(
  work: Work,
  body: CorrectedVisit,
  { visit, fact }: Recorded,
  action: "visit.recorded" | "visit.corrected",
  originalId: Id | null,
): void {
  const place = work.batch.places.get(visit.placeId);
  if (place === undefined) return;
  work.visits.push({ ...visit, originalId });
  if (body.occupancy !== undefined) work.noteOccupancy(place, body.occupancy, visit.visitedAt);
  if (body.accessNeeds !== undefined && body.accessNeeds.length > 0) {
    work.accessNeeds.push({
      visitId: visit.id,
      placeId: visit.placeId,
      stationId: visit.stationId,
      beatId: visit.beatId,
      needs: body.accessNeeds,
      expiresOn: needsExpireOn(work, visit),
    });
  }
  // A correction repeats what was asked; it is counted once.
  if (body.knowsOfficer !== undefined && action === "visit.recorded") {
    const { stationId } = visit;
    const month = monthOf(localDate(visit.visitedAt));
    const key = `${stationId} ${month} ${body.knowsOfficer}`;
    const n = (work.familiarity.get(key)?.n ?? 0) + 1;
    work.familiarity.set(key, { stationId, month, answer: body.knowsOfficer, n });
  }
  const payload: VisitFact = fact;
  work.facts.push({
    action,
    subjectKind: "visit",
    subjectId: visit.id,
    stationId: visit.stationId,
    ...(visit.corrects === null ? {} : { detail: { corrects: visit.corrects } }),
    payload,
  });
}

/** Days that a need outside any campaign is remembered. */
const NEED_DAYS = 90;

function needsExpireOn({ batch }: Work, visit: Visit): string {
  const ends = batch.campaigns
    .filter(({ id }) => visit.campaignIds.includes(id))
    .map(({ endsOn }) => endsOn)
    .sort();
  return ends.at(-1) ?? addDays(localDate(visit.visitedAt), NEED_DAYS);
}

// -- notes ----------------------------------------------------------------------------------------

/** Sets fields of doors. */
export async function noteDoors(
  tx: Tx,
  { principal }: Author,
  items: readonly Item<NoteDoor>[],
): Promise<Decision[]> {
  if (!mayVisit(principal.role, "note")) return items.map(() => refuse("not-allowed"));
  const placeIds = new Set(items.map(({ body }) => body.placeId));
  const work = new Work(tx, await queries.loadBatch(tx, [...placeIds], [], []));
  const decisions = items.map((item): Decision => {
    const { body, base, correctedAt } = item;
    const place = work.batch.places.get(body.placeId);
    const noted = note(work.door(body.placeId), body, {
      now: tx.now,
      correctedAt,
      base,
      author: principal.memberId,
      place,
      inspect: inspectText,
    });
    if (!noted.ok || place === undefined) return noted.ok ? refuse("place-unknown") : noted;
    work.setDoor(place.id, noted.value.door);
    if (body.occupancy !== undefined) {
      work.noteOccupancy(place, body.occupancy, Math.min(correctedAt, tx.now));
    }
    work.facts.push(notedFact(place, noted.value.delta));
    return accept({ warnings: [], version: noted.value.door.version });
  });
  await work.save();
  return decisions;
}

/** What residents wish at their doors; a wish that the door can't take is a fault of the caller. */
export async function heedWishes(
  tx: Tx,
  wishes: readonly { readonly placeId: Id; readonly wish: ResidentWish }[],
): Promise<void> {
  const placeIds = new Set(wishes.map(({ placeId }) => placeId));
  const work = new Work(tx, await queries.loadBatch(tx, [...placeIds], [], []));
  for (const { placeId, wish } of wishes) {
    const place = work.batch.places.get(placeId);
    const heeded = heedResident(work.door(placeId), wish, place, tx.now);
    if (!heeded.ok || place === undefined) throw new Error("a wish for a door that is none");
    work.setDoor(placeId, heeded.value.door);
    work.facts.push(notedFact(place, heeded.value.delta));
  }
  await work.save();
}

/** Says that a door was noted, never what: the trail holds no list of wishes. */
function notedFact(
  place: Pick<queries.PlaceWithDoor, "id" | "stationId" | "beatId">,
  delta: DoorDelta,
): Fact {
  const payload: DoorNotedFact = { doors: [delta] };
  return {
    action: "door.noted",
    subjectKind: "door",
    subjectId: place.id,
    stationId: place.stationId,
    payload,
  };
}

// -- time passes ----------------------------------------------------------------------------------

const PORTION = 500;

/** Ends wishes for no visits that have run out; false when there may be more. */
export async function endWishes(tx: Tx): Promise<boolean> {
  const found = await queries.doorsWithEndedWish(tx, PORTION);
  const doors: queries.DoorToSave[] = [];
  const facts: Fact[] = [];
  for (const { state, ...place } of found) {
    const after = expireWish(state, tx.now);
    if (after === undefined) continue;
    const { id: placeId, stationId, beatId, buildingId, communityId } = place;
    doors.push({ placeId, stationId, beatId, buildingId, before: state.version, state: after });
    const placeKind = place.kind as VisitableKind;
    const at = { placeId, placeKind, buildingId, communityId, stationId, beatId };
    facts.push(notedFact(place, doorDelta(at, state, after)));
  }
  if (doors.length > 0) queries.save(tx, [], doors);
  await recordFacts(tx, facts);
  return doors.length < PORTION;
}

/** Deletes what has outlived its time; false when there may be more. */
export async function deleteExpired(tx: Tx): Promise<boolean> {
  return (await queries.deleteExpired(tx, PORTION)) < PORTION;
}

/** Places that now belong to another beat. */
export interface PlacesMoved {
  readonly placeIds: readonly Id[];
  readonly stationId: Id;
  readonly beatId: Id;
}

/**
 * Doors and what help was asked for at them follow their places. Visits stay with the beat that made
 * them, and matters with whoever took them on (首接负责).
 */
export function moveDoors(tx: Tx, moved: PlacesMoved): Promise<void> {
  return queries.moveDoors(tx, moved);
}

/** Which of these visits are recorded already. */
export function knownVisits(tx: Tx, ids: readonly Id[]): Promise<Set<Id>> {
  return queries.knownVisits(tx, ids);
}

// -- from phones ----------------------------------------------------------------------------------

interface Schema<T> {
  safeParse(
    body: unknown,
  ):
    | { success: true; data: T }
    | { success: false; error: { issues: readonly { path: PropertyKey[]; message: string }[] } };
}

/** The shape was checked; what is optional is absent, since JSON knows no `undefined`. */
function parserOf<Body>(schema: Schema<unknown>): SyncCommand<Body>["parse"] {
  return (body) => {
    const parsed = schema.safeParse(body);
    if (parsed.success) return accept(parsed.data as Body);
    const [issue] = parsed.error.issues;
    return refuse("malformed-command", {
      field: issue?.path.map(String).join(".") ?? "",
      problem: issue?.message ?? "",
    });
  };
}

type Run<Body> = (
  tx: Tx,
  author: Author,
  items: readonly Item<Body>[],
) => Promise<readonly Decision[]>;

function commandOf<Body>(schema: Schema<unknown>, run: Run<Body>): SyncCommand<Body> {
  return {
    parse: parserOf<Body>(schema),
    async run(tx, { principal }: SyncContext, items: readonly SyncItem<Body>[]) {
      const decisions = await run(tx, { principal, atDesk: false }, items);
      return decisions.map((decision) =>
        decision.ok ? { ok: true as const } : { ok: false as const, refusal: decision.refusal },
      );
    },
  };
}

export const syncCommands: SyncCommands = {
  "visits.record": commandOf<RecordVisit>(recordVisitSchema, recordVisits),
  "visits.correct": commandOf<CorrectVisit>(correctVisitSchema, correctVisits),
  "visits.note": commandOf<NoteDoor>(noteDoorSchema, noteDoors),
};
