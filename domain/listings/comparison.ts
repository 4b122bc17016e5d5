/** What place statistics say of an estate, and what rectification came to. */
import type { Comparison } from "./terms.ts";

/** Change against the same days of the year before: (12 − 9) / 9 = +33.3 %. Null without a base (K63). */
export function yearOnYear({ count, before }: Pick<Comparison, "count" | "before">): number | null {
  return before === 0 ? null : (count - before) / before;
}

/** Times as many for a thousand homes as in the other estates; null where there is nothing to compare. */
export function againstOthers({ count, households, others }: Comparison): number | null {
  if (others.count === 0 || others.households === 0 || households === 0) return null;
  return count / households / (others.count / others.households);
}

/** Worse than a year ago, or at least twice as much as elsewhere. */
export function isWorse(comparison: Comparison): boolean {
  const year = yearOnYear(comparison);
  const others = againstOthers(comparison);
  return (year !== null && year > 0) || (others !== null && others >= WORSE_THAN_OTHERS);
}

/** Times: below it chance and the size of estates explain too much. */
const WORSE_THAN_OTHERS = 2;

export interface Effect {
  readonly ratio: number;
  /** The interval in which the ratio lies with 95 of 100. */
  readonly low: number;
  readonly high: number;
}

/** Standard normal quantile of a two-sided 95 % interval. */
const Z95 = 1.959964;

/**
 * How the count at a place changed against the change at estates that were not listed in the same
 * days: below 1 it fell further than theirs (K66). The interval is that of the logarithm of a ratio of
 * Poisson counts. Null where a count is 0: nothing can be said.
 */
export function rateRatio(counts: {
  readonly before: number;
  readonly after: number;
  readonly controlBefore: number;
  readonly controlAfter: number;
}): Effect | null {
  const { before, after, controlBefore, controlAfter } = counts;
  if (Math.min(before, after, controlBefore, controlAfter) <= 0) return null;
  const ratio = after / before / (controlAfter / controlBefore);
  const error = Math.sqrt(1 / before + 1 / after + 1 / controlBefore + 1 / controlAfter);
  return { ratio, low: ratio * Math.exp(-Z95 * error), high: ratio * Math.exp(Z95 * error) };
}
