import type { Attempt } from "@wanjia/domain/answers/terms";
import type { Outgoing } from "./commands.ts";

/** What carries texts out of the house, and brings back what came of them. */
export interface Gateway {
  /** Whether it may be given a text now. */
  ready(): boolean;
  send(message: Outgoing): Promise<Attempt>;
  /**
   * What may be said of a text that was on its way when something broke: a gateway that knows its own
   * texts again is simply given them once more.
   */
  readonly lost: Attempt;
  close(): Promise<void>;
}

/** What a gateway brings. Resolves when it is kept; a gateway whose news was not kept brings it again. */
export interface News {
  receipt(reference: string, arrived: boolean): Promise<void>;
  reply(from: string, text: string): Promise<void>;
}

/** Which way the configuration names; the table stands in docs/messages.md. */
export function gatewayOf(environment: NodeJS.ProcessEnv): "smpp" | "webhook" | "none" {
  if (environment["WANJIA_SMPP_URL"]) return "smpp";
  return environment["WANJIA_SMS_WEBHOOK"] ? "webhook" : "none";
}
