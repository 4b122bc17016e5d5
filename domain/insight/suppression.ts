/**
 * Small counts can point to a household (domain.md §6.6). Whoever may open the records behind a
 * figure sees it exactly; everybody else sees it through these rules. One regime for every table:
 * cells are withheld, and enough others with them that no total gives them away.
 */
import type { Figure, Indicator } from "./terms.ts";

/** Printed with every export, so that two copies of a figure can be compared. */
export const SUPPRESSION_VERSION = "1";

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
const SHARE_SIDE = 5;

/** Wishes for no visit are neutral; only counts of at least this are shown, to anybody (§3.2). */
export const WISHES_SHOWN_FROM = 10;

/** `small`: it is below `below`. `withheld`: it is held back, or would give another one away. */
export type Showing =
  | { readonly as: "shown" }
  | { readonly as: "small"; readonly below: number }
  | { readonly as: "withheld" };

/** How a figure that is not shown is held back. */
export type HeldBack = Exclude<Showing, { readonly as: "shown" }>;

export const SHOWN: Showing = { as: "shown" };
const WITHHELD: Showing = { as: "withheld" };

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

export function showWishes(value: number): Showing {
  return value > 0 && value < WISHES_SHOWN_FROM ? { as: "small", below: WISHES_SHOWN_FROM } : SHOWN;
}

/**
 * Tips and complaints: fewer would tell a unit or a house that somebody wrote (§6.6, 1). The bounds
 * hold for everybody: whom they are about may be one who opens other records.
 */
const SENSITIVE_BELOW = { tip: 10, complaint: 20 } as const;

function sensitiveBound({ id }: Indicator): number | null {
  if (id === "K33" || id === "K34") return SENSITIVE_BELOW.tip;
  return id === "K71" || id === "K72" || id === "K73" ? SENSITIVE_BELOW.complaint : null;
}

function showSensitive(figure: Figure, below: number): Showing {
  if (figure.kind === "count") {
    return figure.value > 0 && figure.value < below ? { as: "small", below } : SHOWN;
  }
  if (figure.kind !== "share" || figure.denominator === 0) return SHOWN;
  const { numerator, denominator } = figure;
  return denominator < below || numerator < SHARE_SIDE || denominator - numerator < SHARE_SIDE
    ? WITHHELD
    : SHOWN;
}

/** How one figure, standing alone, is shown. */
export function showFigure(indicator: Indicator, figure: Figure, audience: Audience): Showing {
  const bound = sensitiveBound(indicator);
  if (bound !== null) return showSensitive(figure, bound);
  if (!indicator.protects) return SHOWN;
  switch (figure.kind) {
    case "count":
      return showCount(figure.value, audience);
    case "share":
      return showShare(figure.numerator, figure.denominator, audience);
    case "mean":
      return showCount(figure.denominator, audience).as === "shown" ? SHOWN : WITHHELD;
    case "duration":
      return showCount(figure.n, audience).as === "shown" ? SHOWN : WITHHELD;
    case "rounds":
    case "absent":
      return SHOWN;
  }
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
