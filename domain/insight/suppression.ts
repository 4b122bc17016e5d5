/**
 * Small counts can point to a household (domain.md §6.6). Whoever may open the records behind a
 * figure sees it exactly; everybody else sees it through these rules. One regime for every table:
 * cells are withheld, and enough others with them that no total gives them away.
 */
import {
  type Audience,
  SHARE_SIDE,
  showCount,
  showShare,
  SHOWN,
  type Showing,
  WITHHELD,
} from "../shared/suppression.ts";
import type { Figure, Indicator } from "./terms.ts";

/** Printed with every export, so that two copies of a figure can be compared. */
export const SUPPRESSION_VERSION = "2";

/** Wishes for no visit are neutral; only counts of at least this are shown, to anybody (§3.2). */
export const WISHES_SHOWN_FROM = 10;

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
