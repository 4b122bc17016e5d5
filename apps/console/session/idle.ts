import { MINUTE_MS } from "@wanjia/domain/shared/instant";

/** The server ends a desk's session after 30 minutes without a request (server/platform/session.ts). */
export const IDLE_LIMIT_MS = 30 * MINUTE_MS;
/** Warned early enough to read the sentence and press a key. */
export const WARN_BEFORE_MS = 2 * MINUTE_MS;
/** While someone works without asking the server for anything, it is told this often. */
export const KEEP_ALIVE_MS = 5 * MINUTE_MS;

export type IdleState =
  | { readonly kind: "active" }
  | { readonly kind: "warning"; readonly secondsLeft: number }
  | { readonly kind: "over" };

/** What an untouched desk should do by now. Times are milliseconds of one clock. */
export function idleState(now: number, lastTouched: number): IdleState {
  const left = IDLE_LIMIT_MS - (now - lastTouched);
  if (left <= 0) return { kind: "over" };
  if (left <= WARN_BEFORE_MS) return { kind: "warning", secondsLeft: Math.ceil(left / 1000) };
  return { kind: "active" };
}

/** Whether a touch is worth telling the server, so that its own clock starts anew. */
export function shouldKeepAlive(now: number, lastTold: number): boolean {
  return now - lastTold >= KEEP_ALIVE_MS;
}
