/** The outbox and the ledger on the disk: what is to be sent, and what is proven to have arrived. */
import type { Id } from "@wanjia/domain/shared/id";
import type { Entry, LedgerEntry, OutboxEffect } from "@wanjia/sync/outbox";
import type { LedgerRow, SealedRow } from "./database.ts";
import type { SealedDatabase } from "./sealed.ts";

export class OutboxStore {
  readonly #sealed: SealedDatabase;

  constructor(sealed: SealedDatabase) {
    this.#sealed = sealed;
  }

  async entries(): Promise<readonly Entry[]> {
    const entries = await this.#sealed.readAll<Entry>("outbox");
    return entries.toSorted((a, b) => (a.command.id < b.command.id ? -1 : 1));
  }

  /**
   * Saves what the outbox decided, in one transaction: entries to keep, lines acknowledged.
   * `queued` are held commands that become entries by this.
   */
  async keep(effects: readonly OutboxEffect[], queued: readonly Id[]): Promise<void> {
    const entries: SealedRow[] = [];
    const lines: LedgerRow[] = [];
    for (const effect of effects) {
      if (effect.kind === "keep") {
        const { entry } = effect;
        entries.push(await this.#sealed.row("outbox", entry.command.id, entry));
      } else if (effect.kind === "acknowledge") lines.push(await this.#line(effect.line));
    }
    if (entries.length === 0 && lines.length === 0 && queued.length === 0) return;
    await this.#sealed.db.change(["held", "outbox", "ledger"], (to) => {
      for (const entry of entries) to.put("outbox", entry);
      for (const line of lines) {
        to.put("ledger", line);
        to.delete("outbox", line.key);
      }
      for (const id of queued) to.delete("held", id);
    });
  }

  /** Gives up a refused command for good. */
  forget(id: Id): Promise<void> {
    return this.#sealed.db.change(["outbox"], (to) => to.delete("outbox", id));
  }

  async ledgerLines(): Promise<readonly { id: Id; hash: string }[]> {
    const rows = await this.#sealed.db.read(["ledger"], (from) => from.all("ledger"));
    return rows.map(({ key, hash }) => ({ id: key, hash }));
  }

  ledgerEntry(id: Id): Promise<LedgerEntry | undefined> {
    return this.#sealed.read<LedgerEntry>("ledger", id);
  }

  /** The server still has these: their content need not be kept any longer, the receipt is. */
  async confirm(ids: readonly Id[]): Promise<void> {
    for (const id of ids) {
      const line = await this.ledgerEntry(id);
      if (!line?.command) continue;
      const { command: _, ...rest } = line;
      const row = await this.#line(rest);
      await this.#sealed.db.change(["ledger"], (to) => to.put("ledger", row));
    }
  }

  async #line(line: LedgerEntry): Promise<LedgerRow> {
    return { ...(await this.#sealed.row("ledger", line.id, line)), hash: line.hash };
  }
}
