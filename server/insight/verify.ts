/** Counts every figure anew from the records and compares it with the totals that are kept. */
import { bureauIds } from "../organisation/read-model.ts";
import { doorDelta, type Posting, visitDelta } from "@wanjia/domain/insight/counting";
import {
  agreementDelta,
  type CountedHazard,
  matterDelta,
  recurrenceDelta,
  relapseDelta,
} from "@wanjia/domain/insight/counting-matters";
import { add } from "@wanjia/domain/insight/rules";
import type { Counters, Delta, Entry, Presence } from "@wanjia/domain/insight/terms";
import {
  addUp,
  beatLineOf,
  postingKey,
  roundsChange,
  withRounds,
} from "@wanjia/domain/insight/totals";
import { begin, evolve } from "@wanjia/domain/matters/evolve";
import type { Matter, MatterEvent } from "@wanjia/domain/matters/terms";
import type { VisitableKind } from "@wanjia/domain/places/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { addDays, type LocalDate, localDate } from "@wanjia/domain/shared/instant";
import { addKnock, NEW_DOOR } from "@wanjia/domain/visits/door";
import { doorDelta as changeOf } from "@wanjia/domain/visits/facts";
import { type DoorState, OUTCOME_MEANING } from "@wanjia/domain/visits/terms";
import type { Database, Tx } from "../platform/database.ts";
import { presenceLines } from "./fold.ts";
import { hazardsInRows, mediationRecords, type MediationRecord } from "./matter-queries.ts";
import {
  campaignsToVerify,
  homesOf,
  matterEvents,
  NIL,
  oneMoment,
  type PresenceLine,
  storedLines,
  storedPresence,
  unpack,
  visitRecords,
  type VisitRecordRow,
  waitingDeltas,
} from "./queries.ts";

/** One line of the totals that differs from what the records say. */
interface Difference {
  readonly bureauId: Id;
  readonly line: string;
  readonly counter: string;
  readonly kept: number;
  readonly recounted: number;
}

export interface Verification {
  readonly bureaus: number;
  readonly visits: number;
  readonly matters: number;
  readonly lines: number;
  readonly differences: readonly Difference[];
}

/** Differences beyond this many are only more of the same. */
const MOST_DIFFERENCES = 1000;

/**
 * Recomputes all figures of all bureaus (or of one) from their records and says where they differ.
 *
 * Reads one moment of the database, so it may run beside the work of the day. Homes of closed
 * campaigns are not counted anew: what they were about is history. Periods whose visits have begun
 * to be deleted for age are left out.
 */
export async function verifyFigures(
  database: Database,
  options: { readonly bureauId?: Id } = {},
): Promise<Verification> {
  const bureaus =
    options.bureauId === undefined ? await database.asSystem(null, bureauIds) : [options.bureauId];
  const sum = { bureaus: bureaus.length, visits: 0, matters: 0, lines: 0 };
  const differences: Difference[] = [];
  for (const bureauId of bureaus) {
    const one = await database.asSystem(bureauId, (tx) => verifyBureau(tx, bureauId));
    sum.visits += one.visits;
    sum.matters += one.matters;
    sum.lines += one.lines;
    differences.push(...one.differences);
  }
  return { ...sum, differences: differences.slice(0, MOST_DIFFERENCES) };
}

async function verifyBureau(tx: Tx, bureauId: Id): Promise<Omit<Verification, "bureaus">> {
  await oneMoment(tx);
  const campaigns = await campaignsToVerify(tx);
  const kept = new Map<string, Posting>();
  for await (const some of storedLines(tx)) for (const line of some) put(kept, line);
  const waiting = (await waitingDeltas(tx)).map(({ stationId, body }) => unpack(stationId, body));
  const keptPresence = [
    ...(await storedPresence(tx)),
    ...presenceLines(waiting.flatMap(({ presence }) => presence)),
  ];
  for (const line of addUp(waiting.flatMap(({ entries }) => entries)).values()) {
    if (line.level === "building") {
      const before = kept.get(postingKey(line))?.counters ?? {};
      const rounds = roundsChange(before, add(before, line.counters));
      if (Object.keys(rounds).length > 0) put(kept, beatLineOf(line, rounds));
    }
    put(kept, line);
  }

  const recounted = new Recount();
  await recountVisits(tx, recounted);
  await recountMatters(tx, recounted);
  for (const { id, open } of campaigns) {
    recounted.add(open ? await homesDelta(tx, id) : homesKept(kept.values(), id));
  }
  const compared = new Scope(campaigns, localDate(tx.now));
  const lines = withRounds(recounted.lines);
  return {
    visits: recounted.visits,
    matters: recounted.matters,
    lines: lines.size,
    differences: [
      ...compareLines(bureauId, kept, lines, compared),
      ...comparePresence(bureauId, keptPresence, recounted.presence, compared),
    ],
  };
}

class Recount {
  readonly lines = new Map<string, Posting>();
  readonly presence: PresenceLine[] = [];
  visits = 0;
  matters = 0;

  add(delta: Delta): void {
    addUp(delta.entries, this.lines);
    this.presence.push(...presenceLines(delta.presence as Presence[]));
  }
}

function put(lines: Map<string, Posting>, line: Posting): void {
  const key = postingKey(line);
  const known = lines.get(key);
  lines.set(
    key,
    known === undefined ? line : { ...known, counters: add(known.counters, line.counters) },
  );
}

// -- visits ---------------------------------------------------------------------------------------

async function recountVisits(tx: Tx, recount: Recount): Promise<void> {
  let placeId: Id | null = null;
  let door: DoorState = NEW_DOOR;
  for await (const some of visitRecords(tx)) {
    const deltas: Delta[] = [];
    for (const visit of some) {
      if (visit.placeId !== placeId) [placeId, door] = [visit.placeId, NEW_DOOR];
      const after = knocked(door, visit);
      const place = { ...visit, placeKind: visit.placeKind as VisitableKind };
      deltas.push(
        visitDelta(visit),
        doorDelta(changeOf(place, door, after), localDate(visit.visitedAt)),
      );
      door = after;
    }
    recount.visits += some.length;
    recount.add({
      entries: deltas.flatMap(({ entries }) => entries),
      presence: deltas.flatMap(({ presence }) => presence),
    });
  }
}

function knocked(door: DoorState, visit: VisitRecordRow): DoorState {
  return addKnock(door, {
    id: visit.id,
    at: visit.visitedAt,
    trace: OUTCOME_MEANING[visit.outcome].trace,
    campaignIds: visit.campaignIds,
    cardLeft: visit.cardLeft,
    last: visit.last,
  });
}

// -- homes ----------------------------------------------------------------------------------------

async function homesDelta(tx: Tx, campaignId: Id): Promise<Delta> {
  const on = localDate(tx.now);
  return {
    presence: [],
    entries: (await homesOf(tx, campaignId)).map((row): Entry => ({
      book: "event",
      campaignId,
      stationId: row.stationId,
      beatId: row.beatId === NIL ? null : row.beatId,
      buildingId: row.buildingId,
      on,
      counters: {
        "units@all": row.units,
        "excluded_demolished@all": row.demolished,
        "do_not_visit@all": row.wishes,
      },
    })),
  };
}

const HOME_COUNTERS = ["units", "excluded_demolished", "do_not_visit"];

function homesKept(lines: Iterable<Posting>, campaignId: Id): Delta {
  const entries: Entry[] = [];
  for (const line of lines) {
    if (line.campaignId !== campaignId || line.level !== "building" || line.stationId === null) {
      continue;
    }
    entries.push({
      ...line,
      stationId: line.stationId,
      book: "event",
      on: "2000-01-01",
      counters: Object.fromEntries(
        HOME_COUNTERS.map((name) => [`${name}@all`, line.counters[name] ?? 0]),
      ),
    });
  }
  return { entries, presence: [] };
}

// -- matters --------------------------------------------------------------------------------------

async function recountMatters(tx: Tx, recount: Recount): Promise<void> {
  const mediations = await mediationRecords(tx);
  for (const { body, campaignIds } of mediations) {
    recount.add(agreementDelta(null, body, campaignIds));
  }
  const comebacks = new Comebacks(mediations);
  let matter: Matter | null = null;
  for await (const some of matterEvents(tx)) {
    for (const { matterId, seq, at, by, type, body } of some) {
      const event = { seq, at, by, change: { type, ...body } } as unknown as MatterEvent;
      const before: Matter | null = matter?.id === matterId ? matter : null;
      if (before === null && matter !== null) recount.add(comebacks.relapse(matter));
      const after: Matter = before === null ? begin(event) : evolve(before, event);
      if (before === null) recount.matters += 1;
      const { campaignIds } = after;
      const reopened = before !== null && after.reopened > before.reopened;
      const cameBack = reopened && comebacks.first(before, at) !== undefined;
      if (reopened) recount.add(comebacks.relapse(before, at));
      const events = [event.change.type];
      recount.add(matterDelta({ before, after, events, campaignIds, now: at, cameBack }));
      matter = after;
    }
  }
  if (matter !== null) recount.add(comebacks.relapse(matter));
  for await (const some of hazardGroups(tx)) recount.add(recurrenceDelta(some));
}

/** When the parties of a dispute were back with another one, by the mediation that says so. */
class Comebacks {
  readonly #times = new Map<Id, number[]>();

  constructor(mediations: readonly MediationRecord[]) {
    for (const { body, earlierMatterId } of mediations) {
      if (earlierMatterId === null || earlierMatterId === body.matterId) continue;
      const times = this.#times.get(earlierMatterId) ?? [];
      times.push(body.openedAt);
      this.#times.set(earlierMatterId, times);
    }
  }

  /** The first time since a matter's end and before an instant. */
  first({ id, closedAt }: Matter, before = Infinity): number | undefined {
    if (closedAt === null) return undefined;
    return this.#times.get(id)?.find((time) => time >= closedAt && time < before);
  }

  relapse(matter: Matter, before?: number): Delta {
    const time = this.first(matter, before);
    return time === undefined ? { entries: [], presence: [] } : relapseDelta(matter, time);
  }
}

/** Hazards of the same place and sort together, whatever the size of what was read at once. */
async function* hazardGroups(tx: Tx): AsyncGenerator<CountedHazard[]> {
  let group: CountedHazard[] = [];
  for await (const some of hazardsInRows(tx)) {
    for (const hazard of some) {
      const [first] = group;
      if (first?.placeId !== hazard.placeId || first.subtype !== hazard.subtype) {
        yield group;
        group = [];
      }
      group.push(hazard);
    }
  }
  yield group;
}

// -- comparing ------------------------------------------------------------------------------------

/** Visits live for 24 months (domain.md §8.5); the totals of what they counted live on. */
const RETAINED_DAYS = 730;

class Scope {
  readonly #campaigns: ReadonlyMap<Id, LocalDate>;
  readonly #since: LocalDate;

  constructor(campaigns: readonly { id: Id; endsOn: LocalDate }[], today: LocalDate) {
    this.#campaigns = new Map(campaigns.map(({ id, endsOn }) => [id, endsOn]));
    this.#since = addDays(today, -RETAINED_DAYS);
  }

  has({ campaignId, period }: { campaignId: Id | null; period: string }): boolean {
    if (campaignId !== null) return (this.#campaigns.get(campaignId) ?? "9999") >= this.#since;
    return startOf(period) >= this.#since;
  }
}

function startOf(period: string): LocalDate {
  const quarter = /^(\d{4})-Q(\d)$/.exec(period);
  if (quarter !== null)
    return `${quarter[1]}-${String(Number(quarter[2]) * 3 - 2).padStart(2, "0")}-01`;
  return `${period}-01-01`.slice(0, 10);
}

function compareLines(
  bureauId: Id,
  kept: ReadonlyMap<string, Posting>,
  recounted: ReadonlyMap<string, Posting>,
  scope: Scope,
): Difference[] {
  const differences: Difference[] = [];
  for (const key of new Set([...kept.keys(), ...recounted.keys()])) {
    const line = recounted.get(key) ?? kept.get(key);
    if (line === undefined || !scope.has(line)) continue;
    const [a, b]: Counters[] = [kept.get(key)?.counters ?? {}, recounted.get(key)?.counters ?? {}];
    for (const name of Object.keys(add(a ?? {}, b ?? {}, -1))) {
      differences.push({
        bureauId,
        line: key,
        counter: name,
        kept: a?.[name] ?? 0,
        recounted: b?.[name] ?? 0,
      });
    }
  }
  return differences;
}

function comparePresence(
  bureauId: Id,
  kept: readonly PresenceLine[],
  recounted: readonly PresenceLine[],
  scope: Scope,
): Difference[] {
  const sums = new Map<string, { kept: number; recounted: number }>();
  const put = (row: PresenceLine, side: "kept" | "recounted"): void => {
    if (!scope.has(row)) return;
    const key = `${row.campaignId}|${row.grain}|${row.period}|${row.kind}|${row.stationId}|${row.subjectId}`;
    const sum = sums.get(key) ?? { kept: 0, recounted: 0 };
    sum[side] += row.n;
    sums.set(key, sum);
  };
  for (const row of kept) put(row, "kept");
  for (const row of recounted) put(row, "recounted");
  return [...sums]
    .filter(([, sum]) => sum.kept !== sum.recounted)
    .map(([line, sum]) => ({ bureauId, line, counter: "presence", ...sum }));
}
