import type { DaysEstimate, Lifetime } from "./terms.ts";

/** Where the curve of what is still open stands after a day on which something ended. */
export interface SurvivalStep {
  readonly day: number;
  /** Matters that had not ended, and were watched, until that day. */
  readonly inHand: number;
  readonly ended: number;
  /** Share still open after it, with its 95 % band. */
  readonly open: number;
  readonly low: number;
  readonly high: number;
}

/** Two-sided 95 % of the normal distribution. */
const Z95 = 1.959963984540054;

/**
 * The Kaplan-Meier curve: matters still open count for as long as they have been waiting, so that
 * slow ones don't vanish as they do from a mean of closed ones. The band is Greenwood's variance on
 * the log-log scale, which keeps it between 0 and 1 and close to honest for few matters; where all
 * have ended it has no upper end of its own and keeps the last one.
 *
 * Ends at a day come before open ones of the same age, as is customary.
 */
export function survivalCurve(lifetimes: readonly Lifetime[]): SurvivalStep[] {
  const days = new Map<number, { ended: number; open: number }>();
  let inHand = 0;
  for (const { days: age, ended, n } of lifetimes) {
    const at = days.get(age) ?? { ended: 0, open: 0 };
    if (ended) at.ended += n;
    else at.open += n;
    days.set(age, at);
    inHand += n;
  }
  const steps: SurvivalStep[] = [];
  // As an exact fraction it would overflow; doubles are far finer than a day's step.
  let share = 1;
  let greenwood = 0;
  let high = 1;
  for (const [day, { ended, open }] of [...days].sort(([a], [b]) => a - b)) {
    if (ended > 0) {
      share *= 1 - ended / inHand;
      greenwood += ended / (inHand * (inHand - ended));
      let low = 0;
      if (ended < inHand) {
        const reach = (Z95 * Math.sqrt(greenwood)) / Math.abs(Math.log(share));
        low = share ** Math.exp(reach);
        high = share ** Math.exp(-reach);
      } else share = 0;
      steps.push({ day, inHand, ended, open: share, low, high });
    }
    inHand -= ended + open;
  }
  return steps;
}

/** Keeps an open share of exactly what is asked from missing its day. */
const TOLERANCE = 1e-12;

/**
 * The day by which a share of matters has ended, and between which days that may truly lie: where
 * the band crosses the same height (Brookmeyer and Crowley 1982).
 */
export function daysUntil(curve: readonly SurvivalStep[], share: number): DaysEstimate {
  const first = (height: "open" | "low" | "high"): number | null =>
    curve.find((step) => step[height] <= 1 - share + TOLERANCE)?.day ?? null;
  return { days: first("open"), low: first("low"), high: first("high") };
}

export function quantileDays(lifetimes: readonly Lifetime[], share: number): DaysEstimate {
  return daysUntil(survivalCurve(lifetimes), share);
}
