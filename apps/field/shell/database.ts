/**
 * The phone's database: IndexedDB, with what this app needs of it and nothing else. A change is one
 * transaction: it is on the disk whole, or not at all.
 */
import type { Id } from "@wanjia/domain/shared/id";
import type { Sealed } from "./vault.ts";

/** A sealed value under its name. */
export type SealedRow = Sealed & { readonly key: string };
/** The beat stays readable: a beat that is no longer the officer's leaves by it. */
export type PackRow = SealedRow & { readonly beat: Id };
/** The hash stays readable: the ledger is compared with the server's by it, and it tells nothing. */
export type LedgerRow = SealedRow & { readonly hash: string };

/**
 * All that tells of a door, a visit or a person is sealed; what is in the open are keys, hashes and
 * when the phone last synced.
 */
type Rows = {
  readonly meta: { readonly key: string; readonly value: unknown };
  /** Places and doors, one pack for each building. */
  readonly packs: PackRow;
  /** The index of buildings, the context, matters, drafts. */
  readonly docs: SealedRow;
  /** Own commands of a building, for what isn't pulled yet and for corrections. */
  readonly mine: SealedRow;
  /** Recorded within the last ten seconds: may still be undone. */
  readonly held: SealedRow;
  readonly outbox: SealedRow;
  readonly ledger: LedgerRow;
  /** Tips on their way, sealed to their unit; the phone itself can't open what is inside. */
  readonly tips: SealedRow;
};

export type TableName = keyof Rows;
export type SealedTable = Exclude<TableName, "meta">;
export const TABLES: readonly TableName[] = [
  "meta",
  "packs",
  "docs",
  "mine",
  "held",
  "outbox",
  "ledger",
  "tips",
];

/** Ten was the number under which a library kept the same tables. */
const VERSION = 12;

/** Reads that belong together and see one state. */
export class Reading {
  readonly #tx: IDBTransaction;

  constructor(tx: IDBTransaction) {
    this.#tx = tx;
  }

  get<T extends TableName>(table: T, key: string): Promise<Rows[T] | undefined> {
    return answer(this.#tx.objectStore(table).get(key) as IDBRequest<Rows[T] | undefined>);
  }

  all<T extends TableName>(table: T): Promise<readonly Rows[T][]> {
    return answer(this.#tx.objectStore(table).getAll() as IDBRequest<Rows[T][]>);
  }

  keys(table: TableName): Promise<readonly string[]> {
    return answer(this.#tx.objectStore(table).getAllKeys() as IDBRequest<string[]>);
  }

  count(table: TableName): Promise<number> {
    return answer(this.#tx.objectStore(table).count());
  }

  packKeysOf(beat: Id): Promise<readonly string[]> {
    const packs = this.#tx.objectStore("packs");
    return answer(packs.index("beat").getAllKeys(beat) as IDBRequest<string[]>);
  }

  async note<T>(name: string): Promise<T | undefined> {
    return (await this.get("meta", name))?.value as T | undefined;
  }
}

/** Writes of one change. None is there before all are. */
export class Writing {
  readonly #tx: IDBTransaction;

  constructor(tx: IDBTransaction) {
    this.#tx = tx;
  }

  put<T extends TableName>(table: T, row: Rows[T]): void {
    this.#tx.objectStore(table).put(row);
  }

  delete(table: TableName, key: string): void {
    this.#tx.objectStore(table).delete(key);
  }

  clear(table: TableName): void {
    this.#tx.objectStore(table).clear();
  }

  note(name: string, value: unknown): void {
    this.put("meta", { key: name, value });
  }
}

export class FieldDatabase {
  readonly #name: string;
  #opened: Promise<IDBDatabase> | null = null;

  constructor(name = "wanjia-field") {
    this.#name = name;
  }

  /** Reads of one transaction; ask for all of them before waiting for one. */
  async read<T>(tables: readonly TableName[], work: (from: Reading) => Promise<T>): Promise<T> {
    return work(new Reading(await this.#begin(tables, "readonly")));
  }

  /**
   * Changes tables together. When it resolves the system has put it on the disk (`strict`): no loss of
   * power takes it away. When it rejects nothing of it has happened.
   */
  async change(tables: readonly TableName[], work: (to: Writing) => void): Promise<void> {
    const tx = await this.#begin(tables, "readwrite");
    const ended = new Promise<void>((done, failed) => {
      tx.addEventListener("complete", () => done());
      tx.addEventListener("abort", () => failed(tx.error ?? new Error("the change was given up")));
    });
    try {
      work(new Writing(tx));
    } catch (error) {
      tx.abort();
      await ended.catch(() => undefined);
      throw error;
    }
    return ended;
  }

  note<T>(name: string): Promise<T | undefined> {
    return this.read(["meta"], (from) => from.note<T>(name));
  }

  putNote(name: string, value: unknown): Promise<void> {
    return this.change(["meta"], (to) => to.note(name, value));
  }

  count(table: TableName): Promise<number> {
    return this.read([table], (from) => from.count(table));
  }

  async #begin(tables: readonly TableName[], mode: IDBTransactionMode): Promise<IDBTransaction> {
    const options = { durability: "strict" } as const;
    try {
      return (await this.#open()).transaction(tables, mode, options);
    } catch (error) {
      // Systems close the connection of an app that lay in the background.
      if ((error as DOMException).name !== "InvalidStateError") throw error;
      this.#opened = null;
      return (await this.#open()).transaction(tables, mode, options);
    }
  }

  #open(): Promise<IDBDatabase> {
    this.#opened ??= openDatabase(this.#name, () => {
      this.#opened = null;
    }).catch((error: unknown) => {
      this.#opened = null;
      throw error;
    });
    return this.#opened;
  }
}

async function openDatabase(name: string, onClosed: () => void): Promise<IDBDatabase> {
  const request = indexedDB.open(name, VERSION);
  request.addEventListener("upgradeneeded", () => {
    const database = request.result;
    for (const table of TABLES) {
      if (database.objectStoreNames.contains(table)) continue;
      const store = database.createObjectStore(table, { keyPath: "key" });
      if (table === "packs") store.createIndex("beat", "beat");
    }
  });
  const database = await answer(request);
  database.addEventListener("close", onClosed);
  database.addEventListener("versionchange", () => {
    database.close();
    onClosed();
  });
  return database;
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, failed) => {
    request.addEventListener("success", () => done(request.result));
    request.addEventListener("error", () => failed(request.error ?? new Error("no answer")));
  });
}

/** Whether a write failed because the phone is full. */
export function isStorageFull(error: unknown): boolean {
  return (error as { name?: string } | null)?.name === "QuotaExceededError";
}
