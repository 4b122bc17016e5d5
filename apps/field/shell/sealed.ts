/** The database as an unlocked phone sees it: every value is sealed on the way in, opened on the way out. */
import type { FieldDatabase, SealedRow, SealedTable } from "./database.ts";
import { open, seal } from "./vault.ts";

export class SealedDatabase {
  readonly db: FieldDatabase;
  readonly #key: CryptoKey;

  constructor(db: FieldDatabase, key: CryptoKey) {
    this.db = db;
    this.#key = key;
  }

  /** A row to write. It is sealed before a change begins, since a transaction waits for nobody. */
  async row(table: SealedTable, key: string, value: unknown): Promise<SealedRow> {
    return { key, ...(await seal(this.#key, `${table}/${key}`, value)) };
  }

  async read<T>(table: SealedTable, key: string): Promise<T | undefined> {
    return (await this.readMany<T>(table, [key]))[0];
  }

  async readMany<T>(
    table: SealedTable,
    keys: readonly string[],
  ): Promise<readonly (T | undefined)[]> {
    const rows = await this.db.read([table], (from) =>
      Promise.all(keys.map((key) => from.get(table, key))),
    );
    return Promise.all(rows.map(async (row) => row && this.#opened<T>(table, row)));
  }

  async readAll<T>(table: SealedTable): Promise<readonly T[]> {
    const rows = await this.db.read([table], (from) => from.all(table));
    return Promise.all(rows.map((row) => this.#opened<T>(table, row)));
  }

  #opened<T>(table: SealedTable, row: SealedRow): Promise<T> {
    return open<T>(this.#key, `${table}/${row.key}`, row);
  }
}
