import type { Id } from "../shared/id.ts";
import type { Instant } from "../shared/instant.ts";

/** Ways to a resident on which something has to be brought; what is said aloud needs no carrier. */
export const CHANNELS = ["sms", "letter", "notice_board"] as const;
export type Channel = (typeof CHANNELS)[number];

/** What a message is for. A reminder follows a question that nobody answered, once. */
export const MESSAGE_PURPOSES = ["answer", "interim", "callback", "reminder"] as const;
export type MessagePurpose = (typeof MESSAGE_PURPOSES)[number];

/**
 * `queued`: goes out when its time comes, or waits for somebody's hands. `held`: somebody decides.
 * `sending`: handed to the gateway, which has not said what came of it. `sent`: the gateway has it.
 * `delivered`: the phone has it. `shown`: a letter was given, a notice put up.
 */
export const MESSAGE_STATES = [
  "queued",
  "held",
  "sending",
  "sent",
  "delivered",
  "failed",
  "shown",
  "cancelled",
] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

export const HOLD_REASONS = [
  /** A message might be read by the wrong eyes, or hurt: a person calls, over a safe way. */
  "may_harm",
  "no_number",
  /** A landline gets no text. */
  "not_mobile",
  "do_not_contact",
  "matter_cap",
  "number_cap",
  /** It went to the gateway and no answer came back: it may have arrived. */
  "uncertain",
] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

export const FAIL_REASONS = ["refused", "undelivered", "given_up"] as const;
export type FailReason = (typeof FAIL_REASONS)[number];

/** What a resident sent back: 1 very satisfied … 5 very dissatisfied, 0 not dealt with, T no more. */
export const REPLIES = ["0", "1", "2", "3", "4", "5", "T", "words"] as const;
export type Reply = (typeof REPLIES)[number];

/** One piece of a message as the gateway named it, and whether the phone has it. */
export interface Part {
  readonly reference: string;
  readonly arrived: boolean | null;
}

/** Payload of the fact `message.replied`: what came back to a question, and who had asked it. */
export interface ReplyFact {
  readonly matterId: Id;
  readonly by: Id;
  readonly reply: Reply;
}

export interface Message {
  readonly id: Id;
  readonly matterId: Id;
  readonly purpose: MessagePurpose;
  readonly channel: Channel;
  readonly state: MessageState;
  readonly reason: HoldReason | FailReason | null;
  /** Nothing goes out before. */
  readonly notBefore: Instant;
  readonly attempts: number;
  readonly attemptedAt: Instant | null;
  readonly sentAt: Instant | null;
  readonly endedAt: Instant | null;
  /** Somebody says that he sent it, rather than the gateway. */
  readonly byHand: boolean;
  readonly parts: readonly Part[];
  readonly reply: Reply | null;
  readonly repliedAt: Instant | null;
}

/** What the gateway answers to an attempt. */
export type Attempt =
  | { readonly kind: "accepted"; readonly references: readonly string[] }
  /** It will not take this one, now or later. */
  | { readonly kind: "refused" }
  /** It certainly has not got it, and may take it later. */
  | { readonly kind: "later" }
  /** The connection broke, or nothing came back in time. */
  | { readonly kind: "unknown" };

/** What somebody at the desk does with a message. */
export const MESSAGE_STEPS = ["again", "mark", "cancel"] as const;
export type MessageStep = (typeof MESSAGE_STEPS)[number];

export type MessageRefusal =
  | "not-permitted"
  | "wrong-message-state"
  /** What holds it still holds. */
  | "still-held"
  | "no-question-open"
  | "nobody-to-ask";

export const MESSAGE_LIMITS = {
  /** Source: domain.md §5.2, rule 4. */
  contactsPerMatter: 2,
  contactsPerQuarter: 3,
  /** Days without a reply after which one reminder goes out. */
  reminderDays: 2,
  attempts: 8,
  /** Days after its end for which the words of a message are kept (domain.md §8.5, callback phone). */
  textKeptDays: 30,
} as const;
