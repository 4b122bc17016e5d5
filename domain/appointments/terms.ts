/** The words of appointments: a time at which a resident expects the officer at his door. */
import type { Id } from "../shared/id.ts";
import type { Instant } from "../shared/instant.ts";

/**
 * `asked` waits for somebody to say yes; `confirmed` is a promise; `kept`, `missed` (nobody met
 * anybody in time) and `cancelled` are its ends.
 */
export const APPOINTMENT_STATES = ["asked", "confirmed", "kept", "missed", "cancelled"] as const;
export type AppointmentState = (typeof APPOINTMENT_STATES)[number];

/** Where it was made: on a plate's page, at the door, at a desk, on a paper form. */
export const APPOINTMENT_ORIGINS = ["page", "door", "desk", "paper"] as const;
export type AppointmentOrigin = (typeof APPOINTMENT_ORIGINS)[number];

export interface Window {
  readonly from: Instant;
  readonly to: Instant;
}

export interface Appointment extends Window {
  readonly id: Id;
  readonly placeId: Id;
  readonly buildingId: Id;
  readonly stationId: Id;
  readonly beatId: Id | null;
  readonly state: AppointmentState;
  readonly origin: AppointmentOrigin;
  readonly madeAt: Instant;
  readonly changedAt: Instant;
}

/** What happens to an appointment. `pass`: its time is over and nobody was met. */
export const APPOINTMENT_STEPS = ["confirm", "cancel", "keep", "pass"] as const;
export type AppointmentStep = (typeof APPOINTMENT_STEPS)[number];

export type AppointmentRefusal =
  | "appointment-over"
  | "appointment-not-over"
  | "appointment-wrong-state";

export type WishRefusal =
  | "window-not-offered"
  | "window-full"
  | "door-unknown"
  | "card-code-wrong"
  | "contact-without-consent"
  | "phone-invalid";

// -- limits ---------------------------------------------------------------------------------------

export const WINDOW_HOURS = 2;
/** Hours of the local day at which an offered window begins; the last is in the evening. */
export const WINDOW_STARTS = [9, 14, 19] as const;
/** From tomorrow on. */
export const OFFERED_DAYS = 10;
/** A time worked out with a plan is narrower: the officer is near by then. */
export const PLANNED_WINDOW_HOURS = 1;
/** Half an hour each: so many doors of a beat in a window of so many hours. */
export const DOORS_PER_HOUR = 2;
/**
 * A wish for no visits from the page that nobody confirmed, by the card left at the door or by
 * telephone, holds this long: a stranger with a plate can't close a door for two years.
 */
export const UNCONFIRMED_QUIET_MONTHS = 3;
/** Months for which a receipt of a wish can still be used. */
export const WISH_RECEIPT_MONTHS = 24;
/** domain.md §8.5: with the log of attempts. */
export const APPOINTMENT_KEPT_MONTHS = 12;
