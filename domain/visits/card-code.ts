/**
 * The code that an officer writes on the card he leaves at a door. It comes out of the visit's own
 * id, so that phone and server know it without a word between them, and whoever holds the card shows
 * that he has it from this door.
 */
import type { Id } from "../shared/id.ts";
import { DAY_MS, type Instant } from "../shared/instant.ts";
import type { DoorState } from "./terms.ts";

const DIGITS = 8;
/** A card that was left this long ago proves nothing any more. */
const VALID_DAYS = 60;

/** Eight digits: at ten tries a minute, a puzzle to solve for each, guessing one takes years. */
export function cardCode(visitId: Id): string {
  const chance = Number.parseInt(visitId.replaceAll("-", "").slice(-12), 16);
  return String(chance % 10 ** DIGITS).padStart(DIGITS, "0");
}

/** `1234 5678`: how it is written. */
export function printedCardCode(code: string): string {
  return `${code.slice(0, DIGITS / 2)} ${code.slice(DIGITS / 2)}`;
}

/** The newest card left at a door that still holds. */
export function cardAt(door: DoorState, now: Instant): string | null {
  const left = door.attempts.findLast(
    ({ at, cardLeft }) => cardLeft === true && at > now - VALID_DAYS * DAY_MS,
  );
  return left === undefined ? null : cardCode(left.id);
}

/** Whether a code, as somebody typed it, stands on a card left at this door. */
export function isCardOf(door: DoorState, typed: string, now: Instant): boolean {
  const digits = typed.replaceAll(/\D/g, "");
  return door.attempts.some(
    ({ id, at, cardLeft }) =>
      cardLeft === true && at > now - VALID_DAYS * DAY_MS && cardCode(id) === digits,
  );
}
