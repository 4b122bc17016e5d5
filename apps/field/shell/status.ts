/** What the status line says: the thinking behind StatusSheet.tsx. */
import { HOUR_MS, type Instant } from "@wanjia/domain/shared/instant";
import type { Status } from "./driver-terms.ts";

/** Unsent for longer than this is worth an alarm: the phone has been offline for a working day. */
const UNSENT_TOO_LONG_MS = 24 * HOUR_MS;

export type StorageState = {
  readonly persisted: boolean | null;
  readonly usedBytes: number | null;
  readonly freeBytes: number | null;
};

/** Less room than this, and the next days may not fit. */
const LOW_BYTES = 20 * 1024 * 1024;

export type Tone = "sent" | "waiting" | "alarm";

/** `oldestUnsent`: when the oldest unsent work was recorded. */
export function toneOf(
  status: Status,
  storage: StorageState,
  oldestUnsent: Instant | null,
  now: Instant,
): Tone {
  const needsAnEye =
    status.storageFull ||
    status.refused > 0 ||
    status.stuck > 0 ||
    status.faults > 0 ||
    status.lacking > 0 ||
    status.altered > 0 ||
    status.phase === "upgrade" ||
    (status.phase === "signed_out" && status.unsent > 0) ||
    (storage.freeBytes !== null && storage.freeBytes < LOW_BYTES) ||
    (oldestUnsent !== null && now - oldestUnsent > UNSENT_TOO_LONG_MS);
  if (needsAnEye) return "alarm";
  return status.unsent > 0 ? "waiting" : "sent";
}

/** 12 MB, 1.4 GB: as the phone's own settings write it. */
export function bytesText(bytes: number): string {
  const mega = bytes / 1_000_000;
  if (mega < 1000) return `${Math.max(mega > 0 ? 1 : 0, Math.round(mega))}\u00A0MB`;
  return `${(mega / 1000).toFixed(1)}\u00A0GB`;
}
