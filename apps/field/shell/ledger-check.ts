/** Compares the phone's ledger with the server's: what one says is there, the other must have. */
import type { Id } from "@wanjia/domain/shared/id";
import type { LedgerEntry } from "@wanjia/sync/outbox";
import { bucketsOf, linesOf } from "@wanjia/sync/reconcile";
import type { OutboxStore } from "./outbox-store.ts";
import type { Transport } from "./transport.ts";

/** Lines in one request: some 300 kB. */
const MOST_LINES = 5_000;

export type LedgerCheck = {
  /** Lines that the server hasn't got, although it signed for them. */
  readonly lacking: number;
  /** Lines whose content is another at the server. */
  readonly altered: number;
  /** Of the lacking ones those whose content is still here, to be sent again. */
  readonly again: readonly LedgerEntry[];
};

export async function compareLedgers(
  transport: Transport,
  store: OutboxStore,
  device: Id,
): Promise<LedgerCheck> {
  const ledger = await store.ledgerLines();
  if (ledger.length === 0) return { lacking: 0, altered: 0, again: [] };
  const buckets = bucketsOf(ledger);
  const first = await transport.reconcile({ device, buckets, lines: [] });
  const lines = linesOf(
    ledger,
    first.differing.flatMap((at) => buckets[at] ?? []),
  );
  const lacking: Id[] = [];
  const altered: Id[] = [];
  for (let at = 0; at < lines.length; at += MOST_LINES) {
    const some = lines.slice(at, at + MOST_LINES);
    const reply = await transport.reconcile({ device, buckets: [], lines: some });
    lacking.push(...reply.lacking);
    altered.push(...reply.altered);
  }
  const doubtful = new Set([...lacking, ...altered]);
  await store.confirm(ledger.map(({ id }) => id).filter((id) => !doubtful.has(id)));
  const found = await Promise.all(lacking.map((id) => store.ledgerEntry(id)));
  return {
    lacking: lacking.length,
    altered: altered.length,
    again: found.filter((line) => line !== undefined),
  };
}
