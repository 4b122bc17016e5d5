/** What goes of a mediation when the term of its references is over. */
import type { Mediation } from "./terms.ts";

/**
 * The mediation without its numbers, without who sat there and where: its form, its days, what came of
 * it and the body it was before stay, for the figures. Source: domain.md §8.5, documents with legal
 * effect (reference, ten years).
 */
export function withoutReferences(mediation: Mediation): Mediation {
  const { agreement, panel, sessions } = mediation;
  return {
    ...mediation,
    panel: { ...panel, officers: [], mediatorId: null, lawyerId: null, handOverNo: null },
    barred: [],
    sessions: sessions.map((session) => ({ ...session, venue: "" })),
    agreement: agreement && { ...agreement, number: "" },
  };
}
