/** The resident's wish for no visits, and an end in this campaign: whom they bind, how long they hold. */
import type { Id } from "../shared/id.ts";
import type { Instant } from "../shared/instant.ts";
import { accept, refuse } from "../shared/result.ts";
import type { Answer, VisitContext } from "./context.ts";
import { campaignAt, isQuiet, quietUntil } from "./door.ts";
import { type DoorState, QUIET_MONTHS, type RecordVisit } from "./terms.ts";

/**
 * Whether the resident's wishes allow this knock. They bind whoever could know of them: the door's
 * version that the officer had seen tells it, or, from paper, the time of the visit.
 */
export function checkWishes(
  door: DoorState,
  command: RecordVisit,
  campaignIds: readonly Id[],
  visitedAt: Instant,
  context: VisitContext,
): Answer<{ unaware: boolean }> {
  const arranged = command.arranged ?? "none";
  const asked = arranged === "resident_request" || arranged === "qr_request";
  const wish = door.quietUntil;
  if (wish !== undefined && isQuiet(door, visitedAt) && !asked) {
    const knew = couldKnow(wish.version, wish.at, visitedAt, context.base);
    return knew ? refuse("do-not-visit") : accept({ unaware: true });
  }
  const ended = campaignIds
    .map((id) => campaignAt(door, id))
    .find((campaign) => (campaign?.ended ?? 0) > 0);
  if (ended !== undefined && arranged === "none") {
    const knew = couldKnow(
      ended.endedVersion ?? door.version,
      ended.endedAt ?? 0,
      visitedAt,
      context.base,
    );
    return knew ? refuse("ended-in-campaign") : accept({ unaware: true });
  }
  return accept({ unaware: false });
}

function couldKnow(
  version: number,
  since: Instant,
  visitedAt: Instant,
  base: number | null,
): boolean {
  return base === null ? visitedAt >= since : base >= version;
}

/**
 * The door with the wish noted or taken back. Only somebody who had seen it can take it back, at the
 * resident's own request.
 */
export function withWish(
  after: DoorState,
  door: DoorState,
  doNotVisit: boolean,
  at: Instant,
  { base, author }: Pick<VisitContext, "base" | "author">,
  months = QUIET_MONTHS,
): DoorState {
  const wish = door.quietUntil;
  if (doNotVisit) {
    const until = quietUntil(at, months);
    // A wish that holds longer stays as it was, and whose it was.
    if ((wish?.value ?? 0) >= until) return after;
    return { ...after, quietUntil: { value: until, version: after.version, at, by: author } };
  }
  const seen = wish !== undefined && (base === null || base >= wish.version || wish.by === author);
  return seen
    ? { ...after, quietUntil: { value: null, version: after.version, at, by: author } }
    : after;
}

/** The wish ran out: 24 months after the resident expressed it. Undefined when it still holds. */
export function expireWish(door: DoorState, now: Instant): DoorState | undefined {
  const wish = door.quietUntil;
  if (wish === undefined || wish.value === null || wish.value > now) return undefined;
  const { quietUntil: _ended, ...rest } = door;
  return { ...rest, version: door.version + 1 };
}
