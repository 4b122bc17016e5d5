/** What a resident wishes at his own door, said on a page, on paper, by telephone or at a desk. */
import type { Instant } from "../shared/instant.ts";
import { accept } from "../shared/result.ts";
import { type Answer, visitablePlace, type VisitPlace } from "./context.ts";
import { withoutAsked } from "./door.ts";
import { type DoorDelta, doorDelta } from "./facts.ts";
import { type Appointment, type DoorState, RESIDENT, type ResidentWish } from "./terms.ts";
import { withWish } from "./wishes.ts";

export interface Wished {
  readonly door: DoorState;
  readonly delta: DoorDelta;
}

/**
 * The door after its resident's wish. No visits holds at once and ends what was agreed or asked for;
 * a time that is agreed ends the wish for no visits; a time that is only asked for ends nothing, and
 * takes the place of no other: whoever reads the plate may ask, and two strangers can't be told apart.
 */
export function heedResident(
  door: DoorState,
  wish: ResidentWish,
  place: VisitPlace | undefined,
  now: Instant,
): Answer<Wished> {
  const visitable = visitablePlace(place);
  if (!visitable.ok) return visitable;
  const after = wishedAt({ ...door, version: door.version + 1 }, door, wish, now);
  const { id: placeId, kind: placeKind, ...where } = visitable.value;
  const { buildingId, communityId, stationId, beatId } = where;
  const at = { placeId, placeKind, buildingId, communityId, stationId, beatId };
  const delta = doorDelta(at, door, after);
  const settles = wish.kind !== "visit_dropped" && wish.kind !== "visit_asked";
  const appointment = delta.appointment === null ? null : { ...delta.appointment, settles };
  return accept({ door: after, delta: { ...delta, appointment } });
}

function wishedAt(
  after: DoorState,
  before: DoorState,
  wish: ResidentWish,
  now: Instant,
): DoorState {
  const quiet = (doNotVisit: boolean, months?: number): DoorState =>
    withWish(after, before, doNotVisit, now, { base: null, author: RESIDENT }, months);
  switch (wish.kind) {
    case "visit_asked":
      return (before.asked?.to ?? 0) > now ? after : { ...after, asked: wish.window };
    case "visit_agreed":
      return withTime(withoutAsked(quiet(false)), wish.window, now);
    case "visit_dropped": {
      const dropped = isAt(after.asked, wish.window) ? withoutAsked(after) : after;
      return isAt(after.appointment?.value, wish.window) ? withTime(dropped, null, now) : dropped;
    }
    case "no_visits": {
      const silent = withoutAsked(quiet(true, wish.months));
      return silent.appointment?.value == null ? silent : withTime(silent, null, now);
    }
    case "visits_again":
      return quiet(false);
  }
}

/** Sets or clears the agreed time; the resident's own word settles what officers had set beside it. */
function withTime(door: DoorState, value: Appointment | null, at: Instant): DoorState {
  return { ...door, appointment: { value, version: door.version, at, by: RESIDENT } };
}

function isAt(time: Appointment | null | undefined, { from, to }: Appointment): boolean {
  return time?.from === from && time.to === to;
}
