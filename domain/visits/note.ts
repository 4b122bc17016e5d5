/** Notes on a door that need no visit: how to get in, an appointment, the wish for no visits. */
import type { Id } from "../shared/id.ts";
import type { Instant } from "../shared/instant.ts";
import { accept, refuse } from "../shared/result.ts";
import { type Finding, isForbidden } from "../privacy/terms.ts";
import { type Answer, visitablePlace, type VisitPlace } from "./context.ts";
import { type FieldChange, setField, withoutAsked } from "./door.ts";
import { type DoorDelta, doorDelta } from "./facts.ts";
import type { DoorState, NoteDoor } from "./terms.ts";
import { withWish } from "./wishes.ts";

export interface NoteContext {
  readonly now: Instant;
  readonly correctedAt: Instant;
  readonly base: number | null;
  readonly author: Id;
  readonly place: VisitPlace | undefined;
  inspect(text: string): readonly Finding[];
}

export interface Noted {
  readonly door: DoorState;
  readonly delta: DoorDelta;
}

/** Longest hint how to get in ("press 101#"); never a code or a password. */
export const MAX_HINT = 100;

/**
 * Sets fields of a door. Two officers who did not know of each other's change both keep their words:
 * see `setField`. The wish for no visits is stronger than its absence: only somebody who had seen it
 * can take it back, at the resident's own request.
 */
export function note(door: DoorState, command: NoteDoor, context: NoteContext): Answer<Noted> {
  const place = visitablePlace(context.place);
  if (!place.ok) return place;
  const { accessHint, appointment, doNotVisit, occupancy } = command;
  if (
    accessHint === undefined &&
    appointment === undefined &&
    doNotVisit === undefined &&
    occupancy === undefined
  ) {
    return refuse("nothing-to-note");
  }
  if (typeof accessHint === "string") {
    if (accessHint.length > MAX_HINT) return refuse("note-too-long", { max: MAX_HINT });
    if (context.inspect(accessHint).some(isForbidden)) return refuse("text-forbidden");
  }
  if (appointment != null && appointment.to <= appointment.from) {
    return refuse("appointment-reversed");
  }
  const at = Math.min(context.correctedAt, context.now);
  const version = door.version + 1;
  const change = <T>(value: T | null): FieldChange<T> => ({
    value,
    base: context.base,
    at,
    by: context.author,
  });
  let after: DoorState = { ...door, version };
  if (accessHint !== undefined) {
    const field = setField(door.accessHint, change(accessHint), version);
    if (field === undefined) return refuse("too-many-versions", { field: "accessHint" });
    after = { ...after, accessHint: field };
  }
  if (appointment !== undefined) {
    const field = setField(door.appointment, change(appointment), version);
    if (field === undefined) return refuse("too-many-versions", { field: "appointment" });
    after = { ...withoutAsked(after), appointment: field };
  }
  if (doNotVisit !== undefined) after = withWish(after, door, doNotVisit, at, context);
  const { id, kind, buildingId, communityId, stationId, beatId } = place.value;
  return accept({
    door: after,
    delta: doorDelta(
      { placeId: id, placeKind: kind, buildingId, communityId, stationId, beatId },
      door,
      after,
    ),
  });
}
