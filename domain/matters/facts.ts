import type { Matter, MatterEvent, MatterFact } from "./terms.ts";

/** What the figures are told when `events` took a matter from `before` to `after`. */
export function factOf(
  before: Matter | null,
  after: Matter,
  events: readonly MatterEvent[],
): MatterFact {
  const { kind, subtype, stationId, beatId, communityId, campaignIds, origin } = after;
  const adoptions = ["adopted", "partly", "not_adopted"] as const;
  return {
    matterId: after.id,
    kind,
    subtype,
    stationId,
    beatId,
    communityId,
    campaignIds,
    origin,
    from: before?.state ?? null,
    to: after.state,
    events: events.map((event) => event.change.type),
    happened: events,
    registeredAt: after.registeredAt,
    dueOn: after.dueOn,
    at: events.at(-1)?.at ?? after.registeredAt,
    outcome: after.outcome,
    adoption: kind === "opinion" ? (adoptions.find((one) => one === after.outcome) ?? null) : null,
    reason: after.reason,
    disposition: after.disposition,
    before,
    after,
  };
}
