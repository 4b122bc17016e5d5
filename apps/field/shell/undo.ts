/** What was recorded last and can still be taken back. One at a time: the next tap settles it. */
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";

export type Undoable = {
  readonly id: Id;
  readonly text: string;
  readonly until: Instant;
  /** What else falls with it, once it is taken back. */
  readonly onUndone?: (() => void) | undefined;
};

let current: Undoable | null = null;
const listeners = new Set<() => void>();

export function offerUndo(undoable: Undoable | null): void {
  current = undoable;
  for (const listener of listeners) listener();
}

export function undoable(): Undoable | null {
  return current;
}

export function onUndoable(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
