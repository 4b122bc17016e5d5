/** What becomes of a message: by the gateway's word, by the resident's, by somebody's hands. */
import { DAY_MS, type Instant, MINUTE_MS } from "../shared/instant.ts";
import { accept, refuse, type Result } from "../shared/result.ts";
import { maySendAt, nextSending } from "./hours.ts";
import type { Plan } from "./plan.ts";
import {
  type Attempt,
  type Message,
  MESSAGE_LIMITS,
  type MessageRefusal,
  type MessageStep,
  type Reply,
} from "./terms.ts";

/** Whether the gateway may be given it now. */
export function isDue(
  message: Pick<Message, "state" | "channel" | "notBefore">,
  now: Instant,
): boolean {
  const { state, channel, notBefore } = message;
  return state === "queued" && channel === "sms" && notBefore <= now && maySendAt(now);
}

/** Taken to be sent: saved before the gateway hears of it, so that a crash can't send it twice. */
export function begun(message: Message, now: Instant): Message {
  return { ...message, state: "sending", attempts: message.attempts + 1, attemptedAt: now };
}

/** Minutes until the next attempt: 1, 2, 4 … and never more than an hour. */
function waitMinutes(attempts: number): number {
  return Math.min(60, 2 ** (attempts - 1));
}

export function attempted(message: Message, attempt: Attempt, now: Instant): Message {
  if (message.state !== "sending") return message;
  switch (attempt.kind) {
    case "accepted":
      return {
        ...message,
        state: "sent",
        reason: null,
        sentAt: now,
        parts: attempt.references.map((reference) => ({ reference, arrived: null })),
      };
    case "refused":
      return { ...message, state: "failed", reason: "refused", endedAt: now };
    case "later":
      return message.attempts >= MESSAGE_LIMITS.attempts
        ? { ...message, state: "failed", reason: "given_up", endedAt: now }
        : {
            ...message,
            state: "queued",
            reason: null,
            notBefore: nextSending(now + waitMinutes(message.attempts) * MINUTE_MS),
          };
    case "unknown":
      return { ...message, state: "held", reason: "uncertain" };
  }
}

/** The network says whether a part reached the phone. It may say so again, or of parts in any order. */
export function receipted(
  message: Message,
  reference: string,
  arrived: boolean,
  now: Instant,
): Message {
  if (message.state !== "sent" || message.byHand) return message;
  const parts = message.parts.map((part) =>
    part.reference === reference && part.arrived === null ? { ...part, arrived } : part,
  );
  if (parts.some((part) => part.arrived === false)) {
    return { ...message, parts, state: "failed", reason: "undelivered", endedAt: now };
  }
  if (parts.every((part) => part.arrived === true)) {
    return { ...message, parts, state: "delivered", endedAt: now };
  }
  return { ...message, parts };
}

/** What somebody at the desk may do with it now. */
export function openSteps(message: Message): readonly MessageStep[] {
  switch (message.state) {
    case "queued":
      return ["mark", "cancel"];
    case "held":
      return message.reason === "may_harm" ? ["mark", "cancel"] : ["again", "mark", "cancel"];
    case "failed":
      return ["again", "mark"];
    case "sending":
    case "sent":
    case "delivered":
    case "shown":
    case "cancelled":
      return [];
  }
}

/**
 * A step at the desk. Sending again is planned anew: what still holds it, holds it. Refuses
 * `wrong-message-state` and `still-held`.
 */
export function handled(
  message: Message,
  step: MessageStep,
  anew: Plan,
  now: Instant,
): Result<Message, MessageRefusal> {
  if (!openSteps(message).includes(step)) {
    return refuse("wrong-message-state", { state: message.state });
  }
  if (step === "again") {
    if (anew.reason !== null) return refuse("still-held", { reason: anew.reason });
    return accept({ ...message, ...anew, attempts: 0, endedAt: null, parts: [] });
  }
  if (step === "cancel") return accept({ ...message, state: "cancelled", endedAt: now });
  return accept({
    ...message,
    state: message.channel === "sms" ? "sent" : "shown",
    reason: null,
    byHand: true,
    sentAt: now,
    endedAt: now,
  });
}

/** A later answer, or work taken up again, makes what has not gone out pointless. */
export function overtaken(message: Message, now: Instant): Message {
  const open = message.state === "queued" || message.state === "held";
  return open ? { ...message, state: "cancelled", reason: null, endedAt: now } : message;
}

/** What was heard since it was written may make it harmful: it no longer goes by itself. */
export function withheld(message: Message): Message {
  const open = message.state === "queued" || message.state === "held";
  return open ? { ...message, state: "held", reason: "may_harm" } : message;
}

/** What the message says when a resident sends back one sign; anything else is words. */
export function replyOf(text: string): Reply {
  const sign = text.normalize("NFKC").trim().toUpperCase();
  if (/^[0-5]$/.test(sign)) return sign as Reply;
  return /^(T|TD|退订)$/.test(sign) ? "T" : "words";
}

/** The first word counts; a wish to be left alone counts whenever it comes. */
export function replied(message: Message, reply: Reply, now: Instant): Message {
  if (message.reply !== null && reply !== "T") return message;
  return { ...message, reply, repliedAt: now };
}

/** What a reply says of the matter; null where it says nothing that a form could hold. */
export function saidBy(
  reply: Reply,
): { readonly solved: "no" | "do_not_know"; readonly satisfaction?: number } | null {
  if (reply === "T" || reply === "words") return null;
  // The question is about the outcome and not about whether it is solved: only 0 says that.
  if (reply === "0") return { solved: "no" };
  return { solved: "do_not_know", satisfaction: 6 - Number(reply) };
}

/** Whether the one reminder is due for a question: it arrived, and nothing came back for days. */
export function remindAt(message: Message): Instant | null {
  const asked = message.purpose === "callback" && message.reply === null;
  const there = message.state === "sent" || message.state === "delivered";
  if (!asked || !there || message.sentAt === null) return null;
  return nextSending(message.sentAt + MESSAGE_LIMITS.reminderDays * DAY_MS);
}

/** When the words of a message go. */
export function forgetAt(message: Message): Instant | null {
  const over = message.endedAt ?? (message.state === "sent" ? message.sentAt : null);
  return over === null ? null : over + MESSAGE_LIMITS.textKeptDays * DAY_MS;
}
