/**
 * How much a level is worth for the level below it, in knocks: not chosen, but the value under which
 * the counts are likeliest (empirical Bayes). Where counts are few every value is about as likely, and
 * the middle one is taken.
 */

/** From "the level above says next to nothing" to "it says nearly all". */
const STRENGTHS = [5, 10, 20, 40, 80, 160, 320];
/** The middle before any count; each doubling away from it is held to be a little less likely. */
const MIDDLE = 3;
const DOUBLING = 0.5;

export interface Drawn {
  /** What the level above expects. */
  readonly mean: number;
  readonly answered: number;
  readonly knocks: number;
}

/** Beta-binomial. */
export function likeliestStrength(of: readonly Drawn[]): number {
  let best = STRENGTHS[MIDDLE] ?? 1;
  let highest = -Infinity;
  STRENGTHS.forEach((strength, i) => {
    let log = -DOUBLING * Math.abs(i - MIDDLE);
    for (const { mean, answered, knocks } of of) {
      if (knocks <= 0 || mean <= 0 || mean >= 1) continue;
      const yes = strength * mean;
      const no = strength - yes;
      log +=
        logGamma(yes + answered) -
        logGamma(yes) +
        logGamma(no + Math.max(0, knocks - answered)) -
        logGamma(no) +
        logGamma(strength) -
        logGamma(strength + Math.max(knocks, answered));
    }
    if (log > highest) {
      highest = log;
      best = strength;
    }
  });
  return best;
}

/** Stirling's series, from 8 upwards; below it by the recurrence. */
function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  while (z < 8) {
    shift -= Math.log(z);
    z += 1;
  }
  return (
    shift +
    (z - 0.5) * Math.log(z) -
    z +
    0.5 * Math.log(2 * Math.PI) +
    1 / (12 * z) -
    1 / (360 * z ** 3)
  );
}
