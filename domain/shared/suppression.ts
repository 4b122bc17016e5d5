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
 * the total, the next smallest cell is held back too, and in the end the total. What is held back
 * can be worked out when it is one cell, or when its sum leaves each cell a single value
 * (two cells below 5 that sum to 2 are 1 and 1). `totalHidden` says that a wider table holds this
 * total back; then the rows must not add up to it.
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
  while (givenAway(values, rows)) {
    if (!hide()) return { rows, total: total === 0 ? SHOWN : WITHHELD };
  }
  return { rows, total: showCount(total, audience) };
}

/** Whether the hidden cells of a column with a known total can have one value only. */
function givenAway(values: readonly number[], rows: readonly Showing[]): boolean {
  let hidden = 0;
  let sum = 0;
  let most = 0;
  let open = false;
  for (const [index, value] of values.entries()) {
    const showing = rows[index];
    if (showing === undefined || showing.as === "shown") continue;
    hidden += 1;
    sum += value;
    if (showing.as === "small") most += showing.below - 1;
    else open = true;
  }
  if (hidden === 0) return false;
  if (hidden === 1) return true;
  return !open && (sum === hidden || sum === most);
}
