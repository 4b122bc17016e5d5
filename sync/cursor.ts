/**
 * What a phone has already seen, told by PostgreSQL snapshots.
 *
 * A change is marked with the transaction that made it, not with a number drawn before its commit:
 * of two transactions the one that began first may commit last, and a cursor by number would skip
 * it for ever. A snapshot says exactly which transactions were finished, so the next pull asks for
 * what was not visible then.
 */

/** `xmin:xmax:in,progress`, as `pg_current_snapshot()` prints it. */
export type SnapshotText = string;

export interface Position {
  readonly tx: string;
  readonly seq: number;
}

export interface Cursor {
  /**
   * Which borders of the beat, in which life of the database. Transactions can only be compared
   * within one life: a restored backup counts them again. In another era the phone starts afresh.
   */
  readonly era: string;
  /** Everything visible here is on the phone. Null: nothing is. */
  readonly since: SnapshotText | null;
  /** The upper end of the pull under way; null when the last one came to its end. */
  readonly until: SnapshotText | null;
  /** The last record that the pull under way delivered. */
  readonly after: Position | null;
}

const SNAPSHOT = /^\d{1,20}:\d{1,20}:(\d{1,20}(,\d{1,20})*)?$/;
const CURSOR = /^([0-9a-z.]{1,60})~([\d:,]*)~([\d:,]*)~(?:(\d{1,20})\.(\d{1,16}))?$/;

export function formatCursor({ era, since, until, after }: Cursor): string {
  const place = after === null ? "" : `${after.tx}.${after.seq}`;
  return `${era}~${since ?? ""}~${until ?? ""}~${place}`;
}

/** Null when the text is none of ours. */
export function parseCursor(text: string): Cursor | null {
  const match = CURSOR.exec(text);
  if (match === null) return null;
  const [, era = "", since = "", until = "", tx, seq] = match;
  if (since !== "" && !SNAPSHOT.test(since)) return null;
  if (until !== "" && !SNAPSHOT.test(until)) return null;
  if (until === "" && tx !== undefined) return null;
  return {
    era,
    since: since === "" ? null : since,
    until: until === "" ? null : until,
    after: tx === undefined ? null : { tx, seq: Number(seq) },
  };
}

export interface Window {
  /** True: the phone forgets what it had of this beat. */
  readonly full: boolean;
  readonly since: SnapshotText | null;
  readonly until: SnapshotText;
  readonly after: Position | null;
  /** It belongs to an earlier moment: when it is read, there may be more already. */
  readonly resumed: boolean;
}

/**
 * The window that a pull reads: changes visible in `until` and not visible in `since`, after the
 * last one delivered. `current` is the snapshot of now. A cursor of another era starts afresh.
 */
export function windowOf(cursor: Cursor | null, era: string, current: SnapshotText): Window {
  if (cursor === null || cursor.era !== era)
    return { full: true, since: null, until: current, after: null, resumed: false };
  const { since, until, after } = cursor;
  return {
    full: since === null && after === null,
    since,
    until: until ?? current,
    after,
    resumed: until !== null,
  };
}

/** The cursor after a page: `last` null says that the window is read to its end. */
export function cursorAfter(window: Window, era: string, last: Position | null): Cursor {
  return last === null
    ? { era, since: window.until, until: null, after: null }
    : { era, since: window.since, until: window.until, after: last };
}
