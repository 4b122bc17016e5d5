import { type Id, isId } from "@wanjia/domain/shared/id";
import { isSystem } from "./access.ts";
import { newId } from "./crypto.ts";
import type { Tx } from "./database.ts";
import { at, given, named, prepared, runLater, sql } from "./sql.ts";

/** Something that happened: a change, or a look at a personal field. */
export interface Fact {
  /** Dotted, past tense: `visit.recorded`, `contact.revealed`. */
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly stationId?: Id | null | undefined;
  /** Why a personal field was looked at. */
  readonly purpose?: string | undefined;
  /** Kept with the row: small, and never personal. */
  readonly detail?: Readonly<Record<string, unknown>> | undefined;
  /** For listeners in the same transaction; not kept. */
  readonly payload?: unknown;
}

export type Listener = (tx: Tx, facts: readonly Fact[]) => Promise<void>;
export type Listeners = Readonly<Record<string, Listener>>;

const listeners = new Map<string, Set<Listener>>();

/** Wires a subject's listeners; `server/app.ts` calls it once for each subject. */
export function listen(subject: Listeners): void {
  for (const [action, listener] of Object.entries(subject)) {
    const known = listeners.get(action) ?? new Set();
    listeners.set(action, known.add(listener));
  }
}

/**
 * Saves the audit rows of `facts` and lets other subjects act on them, all in the transaction of
 * the change: a change without its audit row can't be.
 */
export async function record(tx: Tx, facts: readonly Fact[]): Promise<void> {
  if (facts.length === 0) return;
  const { actor } = tx;
  if (actor.bureauId === null) throw new Error("facts belong to a bureau");
  runLater(
    tx,
    prepared(
      sql`insert into audit (bureau_id, id, at, actor_id, actor_role, action, subject_kind, subject_id, subject_name, station_id, purpose, detail)
      select ${actor.bureauId}::uuid, r.id, ${at(tx.now)}, ${isSystem(actor) ? null : actor.memberId}::uuid, ${isSystem(actor) ? "system" : actor.role},
        r.action, r.subject_kind, r.subject_id, r.subject_name #>> '{}', r.station_id, r.purpose #>> '{}', r.detail
      from ${given(facts, {
        id: ["uuid", () => newId(tx.now)],
        action: ["text", ({ action }) => action],
        subject_kind: ["text", ({ subjectKind }) => subjectKind],
        subject_id: ["uuid", ({ subjectId }) => (isId(subjectId) ? subjectId : null)],
        subject_name: ["jsonb", ({ subjectId }) => (isId(subjectId) ? null : subjectId)],
        station_id: ["uuid", ({ stationId }) => stationId],
        purpose: ["jsonb", ({ purpose }) => purpose],
        detail: ["jsonb", ({ detail }) => detail],
      })}`,
      named("audit", facts),
    ),
  );
  const byAction = Map.groupBy(facts, (fact) => fact.action);
  for (const [action, group] of byAction) {
    for (const listener of listeners.get(action) ?? []) await listener(tx, group);
  }
}
