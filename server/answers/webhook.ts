/**
 * Texts over HTTP, for a gateway that has no SMPP: each is posted with a signature and a key of its
 * own, so that one that comes twice is sent once. Receipts and replies come back the same way.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Attempt } from "@wanjia/domain/answers/terms";
import { type Instant, MINUTE_MS } from "@wanjia/domain/shared/instant";
import { z } from "zod";
import type { Outgoing } from "./commands.ts";
import type { Gateway } from "./gateway.ts";

export interface WebhookSettings {
  readonly url: string;
  /** Shared with the gateway; signs both ways. */
  readonly secret: string;
}

const TIMEOUT_MS = 15_000;
/** A request is not taken again later. */
const SIGNED_FOR_MS = 5 * MINUTE_MS;

function digest(secret: string, at: Instant, body: string): string {
  return createHmac("sha256", secret).update(`${at}.${body}`).digest("hex");
}

/** `t=1762828800000,v1=9f86…`: over the time and the body as it is sent. */
export function signed(secret: string, at: Instant, body: string): string {
  return `t=${at},v1=${digest(secret, at, body)}`;
}

export function isSigned(secret: string, header: string, body: string, now: Instant): boolean {
  const [, time, given] = /^t=(\d{1,16}),v1=([0-9a-f]{64})$/.exec(header) ?? [];
  if (time === undefined || given === undefined) return false;
  const at = Number(time);
  const right = Buffer.from(digest(secret, at, body), "hex");
  return Math.abs(now - at) <= SIGNED_FOR_MS && timingSafeEqual(right, Buffer.from(given, "hex"));
}

const taken = z.object({ reference: z.string().min(1).max(100).optional() });

export class WebhookGateway implements Gateway {
  /** Given again under its key, it is known again. */
  readonly lost: Attempt = { kind: "later" };
  readonly #settings: WebhookSettings;
  readonly #now: () => Instant;

  constructor(settings: WebhookSettings, now: () => Instant) {
    this.#settings = settings;
    this.#now = now;
  }

  ready(): boolean {
    return true;
  }

  async send({ id, to, text }: Outgoing): Promise<Attempt> {
    const { url, secret } = this.#settings;
    const body = JSON.stringify({ id, to, text });
    try {
      const answer = await fetch(url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "idempotency-key": id,
          "x-wanjia-signature": signed(secret, this.#now(), body),
        },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const said = taken.safeParse(await answer.json().catch(() => ({})));
      const reference = (said.success ? said.data.reference : undefined) ?? id;
      if (answer.ok || answer.status === 409) return { kind: "accepted", references: [reference] };
      const later = answer.status >= 500 || answer.status === 408 || answer.status === 429;
      return { kind: later ? "later" : "refused" };
    } catch {
      return this.lost;
    }
  }

  async close(): Promise<void> {}
}
