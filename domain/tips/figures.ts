import { HOUR_MS } from "../shared/instant.ts";
import { TIP_SUPPRESSED_BELOW } from "./policy.ts";
import type { Tip } from "./terms.ts";

/** K33, the time to route, K34: of all units together. Null where too few would show. */
export interface TipFigures {
  readonly received: number | null;
  readonly routed: number | null;
  readonly medianHoursToRoute: number | null;
  readonly feedbackRate: number | null;
}

type Counted = Pick<Tip, "receivedAt" | "routedAt" | "wantsAnswer" | "answerGivenAt">;

/** K33 and K34 as sums over tips that were passed on. */
export function tipCounts(routed: readonly Pick<Tip, "wantsAnswer" | "answerGivenAt">[]) {
  const wanted = routed.filter(({ wantsAnswer }) => wantsAnswer);
  return {
    tips_routed: routed.length,
    tips_wanting_answer: wanted.length,
    tips_answered: wanted.filter(({ answerGivenAt }) => answerGivenAt !== null).length,
  };
}

/** There is no quota and no target: a number that must grow makes informers. */
export function tipFigures(tips: readonly Counted[]): TipFigures {
  const shown = (count: number): number | null => (count < TIP_SUPPRESSED_BELOW ? null : count);
  const hours = tips
    .flatMap(({ receivedAt, routedAt }) => (routedAt === null ? [] : [routedAt - receivedAt]))
    .toSorted((a, b) => a - b);
  const counts = tipCounts(tips.filter(({ routedAt }) => routedAt !== null));
  const middle = hours[Math.floor((hours.length - 1) / 2)];
  return {
    received: shown(tips.length),
    routed: shown(hours.length),
    medianHoursToRoute:
      middle === undefined || shown(hours.length) === null ? null : Math.round(middle / HOUR_MS),
    feedbackRate:
      shown(counts.tips_wanting_answer) === null
        ? null
        : counts.tips_answered / counts.tips_wanting_answer,
  };
}
