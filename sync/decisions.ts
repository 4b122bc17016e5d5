/**
 * What the server decides about a push before any rule runs: which commands are new, which it has
 * had, which contradict themselves. Pure, so that the simulated server and the real one cannot
 * drift apart.
 */
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Refusal } from "@wanjia/domain/shared/result";
import type { Answer, Command } from "./protocol.ts";

/** A line of the server's ledger: a command is decided once. */
export interface LedgerRow {
  readonly id: Id;
  readonly hash: string;
  readonly seq: number;
  /** Null together with `leaf` when it was refused. */
  readonly batch: Id | null;
  readonly leaf: number | null;
  readonly refusal: Refusal | null;
}

export interface Incoming {
  readonly command: Command;
  readonly hash: string;
}

export interface Triage {
  /** To be run, each id once, in the order sent. */
  readonly fresh: readonly Incoming[];
  /** Answers that are settled already, by id. */
  readonly settled: ReadonlyMap<Id, Answer>;
  /** Refused without running a rule, to be written into the ledger as such. */
  readonly rejected: ReadonlyMap<Id, Refusal>;
  /** Commands that never arrived and were replaced by one that did; they must never count. */
  readonly buried: readonly Id[];
}

/** The answer for a command that the ledger has. */
function answerFrom(row: LedgerRow, hash: string): Answer {
  const { id, seq, batch, leaf, refusal } = row;
  if (row.hash === "" && refusal !== null) return { id, status: "refused", refusal };
  if (row.hash !== hash) return { id, status: "refused", refusal: { code: "content-differs" } };
  if (refusal !== null) return { id, status: "refused", refusal };
  return { id, status: "had", seq, batch: batch as Id, leaf: leaf as number };
}

/** Ids that the server has to look up for a push. */
export function idsToLookUp(incoming: readonly Incoming[]): Id[] {
  const ids = new Set<Id>();
  for (const { command } of incoming) {
    ids.add(command.id);
    if (command.replaces !== undefined) ids.add(command.replaces);
  }
  return [...ids];
}

export function triage(incoming: readonly Incoming[], ledger: ReadonlyMap<Id, LedgerRow>): Triage {
  const fresh = new Map<Id, Incoming>();
  const settled = new Map<Id, Answer>();
  const rejected = new Map<Id, Refusal>();
  const buried = new Set<Id>();
  for (const item of incoming) {
    const { id, replaces } = item.command;
    const row = ledger.get(id);
    const twin = fresh.get(id);
    if (row !== undefined) settled.set(id, answerFrom(row, item.hash));
    else if (twin !== undefined) {
      // The same id twice in one push: the first counts, and answers for both.
      continue;
    } else if (rejected.has(id)) continue;
    else if (buried.has(id)) rejected.set(id, { code: "replaced" });
    else {
      if (replaces !== undefined) {
        const original = ledger.get(replaces);
        if (fresh.has(replaces) || (original !== undefined && original.refusal === null)) {
          rejected.set(id, { code: "original-accepted" });
          continue;
        }
        if (original === undefined && !rejected.has(replaces)) buried.add(replaces);
      }
      fresh.set(id, item);
    }
  }
  return { fresh: [...fresh.values()], settled, rejected, buried: [...buried] };
}

export interface Run<Item> {
  readonly type: string;
  readonly items: readonly Item[];
}

/** Neighbours of the same type go to their handler together; the order of all is kept. */
export function runsOf(fresh: readonly Incoming[]): Run<Incoming>[] {
  const runs: { type: string; items: Incoming[] }[] = [];
  for (const item of fresh) {
    const last = runs.at(-1);
    if (last?.type === item.command.type) last.items.push(item);
    else runs.push({ type: item.command.type, items: [item] });
  }
  return runs;
}

/**
 * When it happened by the server's clock: the device's time, shifted by the error that its clock
 * showed when it sent, and never later than the arrival.
 */
export function correctedTime(at: Instant, deviceNow: Instant, receivedAt: Instant): Instant {
  return Math.min(receivedAt, at + (receivedAt - deviceNow));
}
