import type { Lifetime } from "./terms.ts";

/**
 * The day by which a share of matters has ended, by the Kaplan-Meier estimate: matters still open
 * count for as long as they have been waiting, so that slow ones don't vanish from the figure as
 * they do from a mean of closed ones. Null while too few have ended to know.
 *
 * Ends at a day come before open ones of the same age, as is customary.
 */
export function quantileDays(lifetimes: readonly Lifetime[], share: number): number | null {
  const days = new Map<number, { ended: number; open: number }>();
  let atRisk = 0;
  for (const { days: age, ended, n } of lifetimes) {
    const at = days.get(age) ?? { ended: 0, open: 0 };
    if (ended) at.ended += n;
    else at.open += n;
    days.set(age, at);
    atRisk += n;
  }
  // Survival as an exact fraction would overflow; doubles are far finer than a day's step, and the
  // tolerance keeps a survival of exactly 1 - share from missing its day.
  let survival = 1;
  for (const [age, { ended, open }] of [...days].sort(([a], [b]) => a - b)) {
    if (ended > 0 && atRisk > 0) {
      survival *= 1 - ended / atRisk;
      if (survival <= 1 - share + 1e-12) return age;
    }
    atRisk -= ended + open;
  }
  return null;
}
