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

/** There is no quota and no target: a number that must grow makes informers. */
export function tipFigures(tips: readonly Counted[]): TipFigures {
  const shown = (count: number): number | null => (count < TIP_SUPPRESSED_BELOW ? null : count);
  const hours = tips
    .flatMap(({ receivedAt, routedAt }) => (routedAt === null ? [] : [routedAt - receivedAt]))
    .toSorted((a, b) => a - b);
  const wanted = tips.filter(({ wantsAnswer, routedAt }) => wantsAnswer && routedAt !== null);
  const answered = wanted.filter(({ answerGivenAt }) => answerGivenAt !== null).length;
  const middle = hours[Math.floor((hours.length - 1) / 2)];
  return {
    received: shown(tips.length),
    routed: shown(hours.length),
    medianHoursToRoute:
      middle === undefined || shown(hours.length) === null ? null : Math.round(middle / HOUR_MS),
    feedbackRate: shown(wanted.length) === null ? null : answered / wanted.length,
  };
}
