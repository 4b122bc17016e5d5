import type { Id } from "../shared/id.ts";
import { drawSome } from "../shared/lot.ts";
import { type DrawnVisit, RECHECK_LIMITS, STRATUM_OF, type Stratum } from "./terms.ts";

export interface Drawn extends DrawnVisit {
  readonly stratum: Stratum;
}

/**
 * A simple random sample within each stratum of each station. The seed was made, and its hash shown,
 * before the first of these visits; with the seed, anybody draws the same again.
 */
export function drawRound(frame: readonly DrawnVisit[], seed: string): readonly Drawn[] {
  const eligible = frame.flatMap((visit): Drawn[] => {
    const stratum = STRATUM_OF[visit.outcome];
    return stratum === undefined ? [] : [{ ...visit, stratum }];
  });
  const strata = Map.groupBy(eligible, ({ stationId, stratum }) => `${stationId} ${stratum}`);
  const chosen = new Set<Id>();
  for (const [name, visits] of strata) {
    const size = Math.max(RECHECK_LIMITS.least, Math.ceil(visits.length * RECHECK_LIMITS.share));
    const ids = visits.map(({ id }) => id);
    for (const id of drawSome(ids, size, `${seed} ${name}`)) chosen.add(id);
  }
  return eligible.filter(({ id }) => chosen.has(id));
}
