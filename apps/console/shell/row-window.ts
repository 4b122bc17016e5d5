export interface RowWindow {
  readonly start: number;
  readonly end: number;
  readonly before: number;
  readonly after: number;
}

/** Rows beyond the edge that are drawn as well, so that a quick scroll shows no gap. */
const OVERSCAN_ROWS = 12;

/**
 * Which rows of a fixed height to draw, and how much empty room stands before and after them. A
 * row that has the focus is among them wherever it is scrolled to: undrawn, it would lose it.
 */
export function rowWindow(
  rows: number,
  rowHeight: number,
  scrollTop: number,
  viewport: number,
  focused?: number,
): RowWindow {
  const visible = Math.ceil(viewport / rowHeight);
  const first = Math.min(rows, Math.max(0, Math.floor(scrollTop / rowHeight)));
  const start = Math.max(0, Math.min(first - OVERSCAN_ROWS, focused ?? rows));
  const end = Math.min(rows, Math.max(first + visible + OVERSCAN_ROWS, (focused ?? -1) + 1));
  return { start, end, before: start * rowHeight, after: (rows - end) * rowHeight };
}

/** Where to scroll so that a row is in sight, below the sticky head; `undefined` if it is already. */
export function scrollToRow(
  row: number,
  rowHeight: number,
  scrollTop: number,
  viewport: number,
  headHeight: number,
): number | undefined {
  const top = row * rowHeight;
  if (top < scrollTop) return top;
  const room = viewport - headHeight;
  if (top + rowHeight > scrollTop + room) return top + rowHeight - room;
  return undefined;
}

/** The row that a key leads to, within the page. `undefined` when the key is not for the list. */
export function rowForKey(
  key: string,
  active: number,
  rows: number,
  pageRows: number,
): number | undefined {
  if (rows === 0) return undefined;
  const moves: Record<string, number> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    j: active + 1,
    k: active - 1,
    Home: 0,
    End: rows - 1,
    PageDown: active + pageRows,
    PageUp: active - pageRows,
  };
  const wanted = moves[key];
  return wanted === undefined ? undefined : Math.min(rows - 1, Math.max(0, wanted));
}

/** A row as it was taken in hand: what it shows, and where it stood. */
export interface Hand {
  readonly key: string;
  readonly index: number;
}

/** Where the row in hand stands now; the one in its place when it is gone. */
export function rowInHand(keys: readonly string[], hand: Hand): number {
  const found = keys.indexOf(hand.key);
  return found === -1 ? Math.max(0, Math.min(hand.index, keys.length - 1)) : found;
}
