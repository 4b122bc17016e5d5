/**
 * Small counts can point to a household (domain.md §6.6): which cells of a table are held back, and
 * enough others with them that no total gives them away.
 */
/**
 * `handler`: works on the records themselves. `internal`: inside the bureau, without records.
 * `public`: everybody else.
 */
export type Audience = "handler" | "internal" | "public";

interface Thresholds {
  /** Counts above 0 and below this are not shown. */
  readonly count: number;
  /** Shares over fewer cases are not shown. */
  readonly denominator: number;
}

const THRESHOLDS: Readonly<Record<Exclude<Audience, "handler">, Thresholds>> = {
  internal: { count: 5, denominator: 30 },
  public: { count: 10, denominator: 100 },
};

/** A share with fewer cases than this on either side is not shown. */
export const SHARE_SIDE = 5;

/** `small`: it is below `below`. `withheld`: it is held back, or would give another one away. */
export type Showing =
  | { readonly as: "shown" }
  | { readonly as: "small"; readonly below: number }
  | { readonly as: "withheld" };

/** How a figure that is not shown is held back. */
export type HeldBack = Exclude<Showing, { readonly as: "shown" }>;

export const SHOWN: Showing = { as: "shown" };
export const WITHHELD: Showing = { as: "withheld" };

export function showCount(value: number, audience: Audience): Showing {
  if (audience === "handler" || value === 0) return SHOWN;
  const { count } = THRESHOLDS[audience];
  return value < count ? { as: "small", below: count } : SHOWN;
}

export function showShare(numerator: number, denominator: number, audience: Audience): Showing {
  if (audience === "handler" || denominator === 0) return SHOWN;
  const tooFew = denominator < THRESHOLDS[audience].denominator;
  return tooFew || numerator < SHARE_SIDE || denominator - numerator < SHARE_SIDE
    ? WITHHELD
    : SHOWN;
}

export interface Column {
  readonly rows: readonly Showing[];
  readonly total: Showing;
}

/**
 * How a column of counts and their total are shown.
 *
 * Primary: each cell by its own size. Secondary: while what is held back could be worked out from
 * the total, the next smallest cell is held back too, and in the end the total. `totalHidden` says
 * that a wider table holds this total back; then the rows must not add up to it.
 */
export function showColumn(
  values: readonly number[],
  audience: Audience,
  totalHidden = false,
): Column {
  const total = values.reduce((sum, value) => sum + value, 0);
  const rows = values.map((value) => showCount(value, audience));
  if (audience === "handler") return { rows, total: SHOWN };
  const hide = (): boolean => {
    let next = -1;
    for (const [index, value] of values.entries()) {
      if (value === 0 || rows[index]?.as !== "shown") continue;
      if (next === -1 || value < (values[next] ?? 0)) next = index;
    }
    if (next === -1) return false;
    rows[next] = WITHHELD;
    return true;
  };
  if (totalHidden) {
    if (!rows.some(({ as }) => as !== "shown")) hide();
    return { rows, total: WITHHELD };
  }
  while (givenAway(values, rows, THRESHOLDS[audience])) {
    if (!hide()) return { rows, total: total === 0 ? SHOWN : WITHHELD };
  }
  return { rows, total: showCount(total, audience) };
}

/**
 * Whether the total, with what anybody knows who knows these rules, leaves a hidden cell one value
 * only. Small cells are below the bound; withheld ones aren't, and none is above a cell that is shown.
 * Two cells below 5 that sum to 2 are 1 and 1; a small one and a withheld one that sum to 6, 1 and 5.
 */
function givenAway(
  values: readonly number[],
  rows: readonly Showing[],
  { count: bound }: Thresholds,
): boolean {
  const hidden: { readonly low: number; readonly high: number }[] = [];
  let sum = 0;
  let largest = Infinity;
  for (const [index, value] of values.entries()) {
    if (rows[index]?.as !== "shown") sum += value;
    else if (value > 0) largest = Math.min(largest, value);
  }
  for (const { as } of rows) {
    if (as === "small") hidden.push({ low: 1, high: bound - 1 });
    else if (as === "withheld") hidden.push({ low: bound, high: Math.min(largest, sum) });
  }
  const lows = hidden.reduce((total, { low }) => total + low, 0);
  const highs = hidden.reduce((total, { high }) => total + high, 0);
  return hidden.some(
    ({ low, high }) => Math.max(low, sum - (highs - high)) >= Math.min(high, sum - (lows - low)),
  );
}
