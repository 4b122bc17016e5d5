/** Moves deltas into the totals. Only the holder of the fold lock of a bureau does. */
import { setImmediate } from "node:timers/promises";
import { join, type Posting, presencePeriods } from "@wanjia/domain/insight/counting";
import { add } from "@wanjia/domain/insight/rules";
import type { Delta, Presence } from "@wanjia/domain/insight/terms";
import { addUp, beatLineOf, postingKey, roundsChange } from "@wanjia/domain/insight/totals";
import type { Id } from "@wanjia/domain/shared/id";
import type { Database, Tx } from "../platform/database.ts";
import {
  addPresence,
  foldLock,
  loadBuildings,
  loadLines,
  type PresenceLine,
  saveBuildings,
  saveLines,
  takeDeltas,
  tryFoldLock,
  unpack,
} from "./queries.ts";

/** So many deltas in one transaction: a few megabytes, a few hundred milliseconds. */
const DELTAS_PER_FOLD = 2000;
/** So many are added up before whoever waits for the server has his turn: about a millisecond. */
const DELTAS_PER_TURN = 100;
/** So many lines in one statement. */
const LINES_PER_STATEMENT = 5000;

/** Folds what is waiting, in short transactions; says how many deltas. */
export async function fold(database: Database, bureauId: Id): Promise<number> {
  let folded = 0;
  for (;;) {
    const some = await database.asSystem(bureauId, async (tx) =>
      (await tryFoldLock(tx)) ? foldOnce(tx) : 0,
    );
    folded += some;
    if (some < DELTAS_PER_FOLD) return folded;
  }
}

/** Folds all that is waiting within this transaction, and keeps the lock until its end. */
export async function foldAll(tx: Tx): Promise<void> {
  await foldLock(tx);
  while ((await foldOnce(tx)) === DELTAS_PER_FOLD);
}

async function foldOnce(tx: Tx): Promise<number> {
  const taken = await takeDeltas(tx, DELTAS_PER_FOLD);
  const lines = new Map<string, Posting>();
  const presence: Presence[] = [];
  for (let from = 0; from < taken.length; from += DELTAS_PER_TURN) {
    const some = taken.slice(from, from + DELTAS_PER_TURN);
    const sum = join(some.map(({ stationId, body }) => unpack(stationId, body)));
    addUp(sum.entries, lines);
    presence.push(...sum.presence);
    await setImmediate();
  }
  await addLines(tx, lines, presence);
  return taken.length;
}

/** Adds a delta to the totals. The caller holds the fold lock. */
export async function addToTotals(tx: Tx, delta: Delta): Promise<void> {
  await addLines(tx, addUp(delta.entries), delta.presence);
}

async function addLines(
  tx: Tx,
  lines: Map<string, Posting>,
  presence: readonly Presence[],
): Promise<void> {
  const buildings = [...lines.values()].filter(({ level }) => level === "building");
  for (const some of portions(buildings)) {
    const known = await loadBuildings(tx, some);
    const saved = some.map((line, i) => {
      const before = known[i] ?? {};
      const after = add(before, line.counters);
      const rounds = roundsChange(before, after);
      if (Object.keys(rounds).length > 0) addLine(lines, beatLineOf(line, rounds));
      return { ...line, counters: after };
    });
    await saveBuildings(tx, saved);
  }
  const others = [...lines.values()].filter(({ level }) => level !== "building");
  for (const some of portions(others)) {
    const known = await loadLines(tx, some);
    await saveLines(
      tx,
      some.map((line, i) => ({ ...line, counters: add(known[i] ?? {}, line.counters) })),
    );
  }
  await addPresence(tx, presenceLines(presence));
}

function addLine(lines: Map<string, Posting>, line: Posting): void {
  const key = postingKey(line);
  lines.set(key, { ...line, counters: add(lines.get(key)?.counters ?? {}, line.counters) });
}

export function presenceLines(presence: readonly Presence[]): PresenceLine[] {
  const lines = new Map<string, PresenceLine>();
  for (const row of presence) {
    for (const { grain, period } of presencePeriods(row)) {
      const { campaignId, kind, stationId, subjectId } = row;
      const key = `${campaignId}|${grain}|${period}|${kind}|${stationId}|${subjectId}`;
      const n = (lines.get(key)?.n ?? 0) + row.n;
      lines.set(key, { campaignId, grain, period, kind, stationId, subjectId, n });
    }
  }
  return [...lines.values()].filter(({ n }) => n !== 0);
}

function* portions<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += LINES_PER_STATEMENT) {
    yield all.slice(from, from + LINES_PER_STATEMENT);
  }
}
