import { Dexie, type Table } from "dexie";
import type { Id } from "@wanjia/domain/shared/id";
import type { Sealed } from "./vault.ts";

/** A sealed value under its name. */
export type SealedRow = Sealed & { readonly key: string };
export type PackRow = SealedRow & { readonly beat: Id };
/** The hash stays readable: the ledger is compared with the server's by it, and it tells nothing. */
export type LedgerRow = SealedRow & { readonly hash: string };

/**
 * The phone's database. All that tells of a door, a visit or a person is sealed; what is in the open
 * are keys, hashes and when the phone last synced.
 */
export class FieldDatabase extends Dexie {
  readonly meta!: Table<{ key: string; value: unknown }, string>;
  /** Places and doors, one pack for each building. */
  readonly packs!: Table<PackRow, string>;
  /** The index of buildings, the context, matters, drafts. */
  readonly docs!: Table<SealedRow, string>;
  /** Own commands of a building, for what isn't pulled yet and for corrections. */
  readonly mine!: Table<SealedRow, string>;
  /** Recorded within the last ten seconds: may still be undone. */
  readonly held!: Table<SealedRow, Id>;
  readonly outbox!: Table<SealedRow, Id>;
  readonly ledger!: Table<LedgerRow, Id>;

  constructor(name = "wanjia-field") {
    super(name, { chromeTransactionDurability: "strict" });
    this.version(1).stores({
      meta: "key",
      packs: "key, beat",
      docs: "key",
      mine: "key",
      held: "key",
      outbox: "key",
      ledger: "key",
    });
  }

  async read<T>(key: string): Promise<T | undefined> {
    return (await this.meta.get(key))?.value as T | undefined;
  }

  async write(key: string, value: unknown): Promise<void> {
    await this.meta.put({ key, value });
  }
}

/** Whether a write failed because the phone is full. */
export function isStorageFull(error: unknown): boolean {
  const named = error as { name?: string; inner?: { name?: string } } | null;
  return [named?.name, named?.inner?.name].includes("QuotaExceededError");
}
