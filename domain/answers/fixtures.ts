import { type Instant, MINUTE_MS, startOfLocalDay } from "../shared/instant.ts";
import type { Reach } from "./plan.ts";
import type { Message } from "./terms.ts";

/** 2026-11-03 10:00 in Asia/Shanghai, a Tuesday: texts may go out. */
export const MORNING: Instant = startOfLocalDay("2026-11-03") + 600 * MINUTE_MS;

export const REACHABLE: Reach = {
  number: "mobile",
  doNotContact: false,
  contactsOfMatter: 0,
  contactsInQuarter: 0,
};

/** An answer that waits to be sent. */
export function message(changes: Partial<Message> = {}): Message {
  return {
    id: "01923f00-0000-7000-8000-000000000001",
    matterId: "01923f00-0000-7000-8000-4d4154544552",
    purpose: "answer",
    channel: "sms",
    state: "queued",
    reason: null,
    notBefore: MORNING,
    attempts: 0,
    attemptedAt: null,
    sentAt: null,
    endedAt: null,
    byHand: false,
    parts: [],
    reply: null,
    repliedAt: null,
    ...changes,
  };
}
