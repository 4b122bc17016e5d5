/** Whether a message may go, when, and what holds it. */
import type { Matter } from "../matters/terms.ts";
import type { Instant } from "../shared/instant.ts";
import { nextSending } from "./hours.ts";
import {
  type Channel,
  type HoldReason,
  MESSAGE_LIMITS,
  type MessagePurpose,
  type MessageState,
} from "./terms.ts";

type OfMatter = Pick<Matter, "kind" | "subtype" | "suitable" | "stopSigns">;

/**
 * Whether a message that comes by itself might harm: a family's quarrel, harm to a child, fear, or
 * something said of the police. Somebody speaks with the resident instead, over a way that is safe.
 *
 * Source: domain.md §5.2, rule 5.
 */
export function mayHarm({ kind, subtype, suitable, stopSigns }: OfMatter): boolean {
  if (stopSigns.length > 0 || suitable === false) return true;
  if (kind === "dispute") return subtype === "family" || subtype === "school";
  return subtype === "police_conduct" || subtype === "missing_person";
}

/** How the resident can be reached by a text, as far as the rules need to know it. */
export interface Reach {
  readonly number: "mobile" | "landline" | "none";
  readonly doNotContact: boolean;
  /** Questions and reminders already put: about this matter, to this number in this quarter. */
  readonly contactsOfMatter: number;
  readonly contactsInQuarter: number;
}

export interface Plan {
  readonly state: Extract<MessageState, "queued" | "held">;
  readonly reason: HoldReason | null;
  readonly notBefore: Instant;
}

function asks(purpose: MessagePurpose): boolean {
  return purpose === "callback" || purpose === "reminder";
}

/** What stands against sending it; the gravest first. Null where nothing does. */
export function holds(
  purpose: MessagePurpose,
  channel: Channel,
  matter: OfMatter,
  reach: Reach,
): HoldReason | null {
  if (mayHarm(matter)) return "may_harm";
  if (channel !== "sms") return null;
  if (reach.number === "none") return "no_number";
  if (reach.number === "landline") return "not_mobile";
  if (reach.doNotContact) return "do_not_contact";
  if (!asks(purpose)) return null;
  if (reach.contactsOfMatter >= MESSAGE_LIMITS.contactsPerMatter) return "matter_cap";
  if (reach.contactsInQuarter >= MESSAGE_LIMITS.contactsPerQuarter) return "number_cap";
  return null;
}

/** Where a message begins. Only texts wait for the hours; paper is given when somebody has hands free. */
export function plan(
  purpose: MessagePurpose,
  channel: Channel,
  matter: OfMatter,
  reach: Reach,
  now: Instant,
): Plan {
  const reason = holds(purpose, channel, matter, reach);
  return {
    state: reason === null ? "queued" : "held",
    reason,
    notBefore: channel === "sms" ? nextSending(now) : now,
  };
}
