/** What the driver tells, and what it needs of the world. */
import type { Id } from "@wanjia/domain/shared/id";
import { type Instant, MINUTE_MS } from "@wanjia/domain/shared/instant";
import type { Sight } from "./sight.ts";
import type { Store } from "./store.ts";
import type { MemberSession, Transport } from "./transport.ts";

/** From here on a wrong clock is worth a word; the server corrects it anyhow. */
const CLOCK_MINUTES = 5;

type Phase = "idle" | "sending" | "pulling" | "offline" | "signed_out" | "upgrade";

/** What the status line says; true at any moment. */
export type Status = {
  readonly phase: Phase;
  /** Held for undoing, waiting, or under way. */
  readonly unsent: number;
  readonly refused: number;
  readonly stuck: number;
  readonly lastSync: Instant | null;
  readonly receipts: number;
  /** Receipts that did not prove what they should. */
  readonly faults: number;
  readonly lacking: number;
  readonly altered: number;
  /** Minutes that the phone's clock is ahead of the server's; null when near enough. */
  readonly clockOff: number | null;
  readonly storageFull: boolean;
  /** Records of the pull under way. */
  readonly pulled: number;
};

/** What the driver needs of the world; tests bring their own. */
export type World = {
  readonly now: () => Instant;
  readonly chance: () => number;
  readonly later: (ms: number, work: () => void) => () => void;
  readonly online: () => boolean;
};

export type DriverOptions = {
  readonly store: Store;
  readonly transport: Transport;
  readonly device: Id;
  readonly deviceName: string;
  readonly world: World;
  /** What was known before the PIN: true until the driver has read more. */
  readonly sight: Pick<Sight, "unsent" | "lastSync">;
  /** Called when the server has switched this phone off. */
  readonly onRevoked: () => void;
  readonly onSession: (session: MemberSession) => void;
};

/** Minutes by which the phone's clock is off, judged in the middle of the round trip. */
export function clockOff(serverNow: Instant, sentAt: Instant, now: Instant): number | null {
  const minutes = Math.round(((sentAt + now) / 2 - serverNow) / MINUTE_MS);
  return Math.abs(minutes) >= CLOCK_MINUTES ? minutes : null;
}
