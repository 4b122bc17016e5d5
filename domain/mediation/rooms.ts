/** A room, and a person, is in one place at a time. */
import type { Id } from "../shared/id.ts";
import type { Booking } from "./terms.ts";

export interface OtherBooking extends Booking {
  /** Who sits there. */
  readonly members: readonly Id[];
}

/** Half-open: one session may begin when the one before ends. */
function overlap(a: Booking, b: Booking): boolean {
  return a.id !== b.id && a.from < b.to && b.from < a.to;
}

/** What stands against a booking among the others of its station: the room, or somebody of the panel. */
export function clash(
  booking: Booking,
  members: readonly Id[],
  others: readonly OtherBooking[],
): "room-taken" | "person-taken" | null {
  const meanwhile = others.filter((other) => overlap(booking, other));
  if (meanwhile.some(({ roomId }) => roomId === booking.roomId)) return "room-taken";
  return meanwhile.some((other) => other.members.some((id) => members.includes(id)))
    ? "person-taken"
    : null;
}
