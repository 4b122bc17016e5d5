/**
 * The phone's memory, sealed. One instance per unlocked tab; what it answers from memory is what is
 * on disk, because every change is saved before it shows.
 */
import type { Table } from "dexie";
import type { Id } from "@wanjia/domain/shared/id";
import { DAY_MS, type Instant, localDate } from "@wanjia/domain/shared/instant";
import type { Command, PullHead, PullRecord, SyncContext } from "@wanjia/sync/protocol";
import type { Entry, LedgerEntry, OutboxEffect } from "@wanjia/sync/outbox";
import type { FieldDatabase, PackRow, SealedRow } from "./database.ts";
import {
  blockOf,
  emptyIndex,
  indexBasis,
  type BlockIndex,
  type BlockKey,
  type BlockSummary,
  type Mine,
  type Pack,
  type PlaceRecord,
} from "./records.ts";
import { open, seal, type Attempts, type VaultRecord } from "./vault.ts";

/** Records of a beat are erased after this long without contact (domain.md §8.4). */
const KEPT_DAYS = 7;
/** Own commands are kept this long for corrections; afterwards the desk corrects. */
const MINE_DAYS = 14;
const MATTER_DOCS = 32;

/** Who the phone belongs to, as far as it may be told before it is unlocked. */
export type Owner = { readonly memberId: Id; readonly name: string; readonly login: string };

/** What can be known without PIN. */
export type Sight = {
  readonly owner: Owner | null;
  readonly vault: VaultRecord | null;
  readonly attempts: Attempts;
  readonly device: Id | null;
  readonly lastSync: Instant | null;
  /** Held, queued and refused work. */
  readonly unsent: number;
  /** A file of the unsent work was made after the last change to it. */
  readonly exported: boolean;
};

export async function look(db: FieldDatabase): Promise<Sight> {
  const [owner, vault, attempts, device, lastSync, exportedAt, changedAt, held, outbox] =
    await Promise.all([
      db.read<Owner>("owner"),
      db.read<VaultRecord>("vault"),
      db.read<Attempts>("attempts"),
      db.read<Id>("device"),
      db.read<Instant>("lastSync"),
      db.read<number>("exportedAt"),
      db.read<number>("workChangedAt"),
      db.held.count(),
      db.outbox.count(),
    ]);
  return {
    owner: owner ?? null,
    vault: vault ?? null,
    attempts: attempts ?? { wrong: 0, last: 0 },
    device: device ?? null,
    lastSync: lastSync ?? null,
    unsent: held + outbox,
    exported: exportedAt !== undefined && exportedAt >= (changedAt ?? 0),
  };
}

/** Whether what was pulled has to go: no contact for seven days. A clock set back does not prolong. */
export function isExpired(lastSync: Instant | null, now: Instant): boolean {
  return lastSync !== null && now - lastSync > KEPT_DAYS * DAY_MS;
}

/** Erases what was pulled; own unsent work stays until it is sent, exported or given up. */
export async function erasePulled(db: FieldDatabase): Promise<void> {
  await db.transaction("rw", [db.packs, db.docs, db.mine, db.meta], async () => {
    await db.packs.clear();
    await db.docs.clear();
    await db.mine.clear();
    await db.meta.delete("lastSync");
  });
}

/** Erases everything and forgets the key. */
export async function eraseAll(db: FieldDatabase): Promise<void> {
  await db.transaction("rw", db.tables, async () => {
    for (const table of db.tables) await table.clear();
  });
}

/** How a building's summary is made of its pack and the work not yet seen in it. */
export type Summarise = (
  pack: Pack,
  mine: readonly Mine[],
  context: SyncContext | null,
) => BlockSummary | null;

export type HeldItem = { readonly mine: Mine; readonly drops?: string };

/** A matter as it comes down; what is in it concerns the matters' screens only. */
export type MatterBody = { readonly id: Id } & Readonly<Record<string, unknown>>;

type Cursor = { readonly cursor: string | null };

export class Store {
  readonly db: FieldDatabase;
  readonly #key: CryptoKey;
  readonly #summarise: Summarise;
  #index: BlockIndex = emptyIndex;
  #context: SyncContext | null = null;
  readonly #packs = new Map<BlockKey, Pack>();
  readonly #mine = new Map<BlockKey, readonly Mine[]>();
  #queue: Promise<unknown> = Promise.resolve();
  readonly #listeners = new Set<() => void>();
  #version = 0;

  private constructor(db: FieldDatabase, key: CryptoKey, summarise: Summarise) {
    this.db = db;
    this.#key = key;
    this.#summarise = summarise;
  }

  static async open(db: FieldDatabase, key: CryptoKey, summarise: Summarise): Promise<Store> {
    const store = new Store(db, key, summarise);
    const [index, context] = await Promise.all([
      store.doc<BlockIndex>("index"),
      store.doc<SyncContext>("context"),
    ]);
    store.#index = index ?? emptyIndex;
    store.#context = context ?? null;
    return store;
  }

  // -- telling the screens ------------------------------------------------------------------------

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Grows with every change that a screen may show. */
  version = (): number => this.#version;

  /** Something beside the records was put down that screens show. */
  touch(): void {
    this.#changed();
  }

  #changed(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }

  // -- sealed values ------------------------------------------------------------------------------

  async #sealed(table: Table<SealedRow, string>, key: string, value: unknown): Promise<SealedRow> {
    return { key, ...(await seal(this.#key, `${table.name}/${key}`, value)) };
  }

  async #opened<T>(table: Table<SealedRow, string>, row: SealedRow): Promise<T> {
    return open<T>(this.#key, `${table.name}/${row.key}`, row);
  }

  async #read<T>(table: Table<SealedRow, string>, key: string): Promise<T | undefined> {
    const row = await table.get(key);
    return row && this.#opened<T>(table, row);
  }

  async #readAll<T>(table: Table<SealedRow, string>): Promise<T[]> {
    const rows = await table.toArray();
    return Promise.all(rows.map((row) => this.#opened<T>(table, row)));
  }

  doc<T>(name: string): Promise<T | undefined> {
    return this.#read<T>(this.db.docs, name);
  }

  async putDoc(name: string, value: unknown): Promise<void> {
    await this.db.docs.put(await this.#sealed(this.db.docs, name, value));
  }

  async dropDoc(name: string): Promise<void> {
    await this.db.docs.delete(name);
  }

  /** One change after the other: two taps never write over each other. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work, work);
    this.#queue = done.catch(() => undefined);
    return done;
  }

  // -- reading ------------------------------------------------------------------------------------

  get index(): BlockIndex {
    return this.#index;
  }

  get context(): SyncContext | null {
    return this.#context;
  }

  async pack(key: BlockKey): Promise<Pack | undefined> {
    const kept = this.#packs.get(key);
    if (kept) return kept;
    const pack = await this.#read<Pack>(this.db.packs as unknown as Table<SealedRow, string>, key);
    if (pack) this.#keepPack(pack);
    return pack;
  }

  #keepPack(pack: Pack): void {
    this.#packs.delete(pack.key);
    this.#packs.set(pack.key, pack);
    if (this.#packs.size > 6) this.#packs.delete(this.#packs.keys().next().value ?? "");
  }

  async mine(key: BlockKey): Promise<readonly Mine[]> {
    const kept = this.#mine.get(key);
    if (kept) return kept;
    const mine = (await this.#read<readonly Mine[]>(this.db.mine, key)) ?? [];
    this.#mine.set(key, mine);
    return mine;
  }

  /** All matters of the beats on this phone. */
  async matters(): Promise<readonly MatterBody[]> {
    const docs = await Promise.all(
      Array.from({ length: MATTER_DOCS }, (_, at) =>
        this.doc<Readonly<Record<Id, MatterBody>>>(`matters/${at}`),
      ),
    );
    return docs.flatMap((doc) => Object.values(doc ?? {}));
  }

  // -- recording ----------------------------------------------------------------------------------

  /** Saves a command that may still be undone. When it resolves, the work is on the disk. */
  record(item: HeldItem, now: Instant): Promise<void> {
    return this.#alone(async () => {
      const { mine } = item;
      const all = [...(await this.mine(mine.block)), mine];
      const index = await this.#indexWith(mine.block, all);
      const rows = await Promise.all([
        this.#sealed(this.db.held, mine.command.id, item),
        this.#sealed(this.db.mine, mine.block, all),
        this.#sealed(this.db.docs, "index", index),
      ]);
      await this.db.transaction(
        "rw",
        [this.db.held, this.db.mine, this.db.docs, this.db.meta],
        async () => {
          await this.db.held.put(rows[0]);
          await this.db.mine.put(rows[1]);
          await this.db.docs.put(rows[2]);
          if (item.drops) await this.db.docs.delete(item.drops);
          await this.db.write("workChangedAt", now);
        },
      );
      this.#mine.set(mine.block, all);
      this.#index = index;
      this.#changed();
    });
  }

  /** Takes back what is still held; false when it has been queued already. */
  undo(id: Id): Promise<boolean> {
    return this.#alone(async () => {
      const item = await this.#read<HeldItem>(this.db.held, id);
      if (!item) return false;
      const { block } = item.mine;
      const all = (await this.mine(block)).filter(({ command }) => command.id !== id);
      const index = await this.#indexWith(block, all);
      const rows = await Promise.all([
        this.#sealed(this.db.mine, block, all),
        this.#sealed(this.db.docs, "index", index),
      ]);
      await this.db.transaction("rw", [this.db.held, this.db.mine, this.db.docs], async () => {
        await this.db.held.delete(id);
        await this.db.mine.put(rows[0]);
        await this.db.docs.put(rows[1]);
      });
      this.#mine.set(block, all);
      this.#index = index;
      this.#changed();
      return true;
    });
  }

  async held(): Promise<readonly HeldItem[]> {
    return this.#readAll<HeldItem>(this.db.held);
  }

  // -- the outbox on disk -------------------------------------------------------------------------

  async outboxEntries(): Promise<readonly Entry[]> {
    const entries = await this.#readAll<Entry>(this.db.outbox);
    return entries.sort((a, b) => (a.command.id < b.command.id ? -1 : 1));
  }

  /**
   * Saves what the outbox decided, in one transaction: entries to keep, lines acknowledged.
   * `queued` are held commands that become entries by this.
   */
  async keep(effects: readonly OutboxEffect[], queued: readonly Id[] = []): Promise<void> {
    const entries: SealedRow[] = [];
    const lines: (SealedRow & { hash: string })[] = [];
    const refused: Command[] = [];
    for (const effect of effects) {
      if (effect.kind === "keep") {
        const { entry } = effect;
        entries.push(await this.#sealed(this.db.outbox, entry.command.id, entry));
        if (entry.state === "refused") refused.push(entry.command);
      } else if (effect.kind === "acknowledge") {
        const { line } = effect;
        const row = await this.#sealed(
          this.db.ledger as unknown as Table<SealedRow, string>,
          line.id,
          line,
        );
        lines.push({ ...row, hash: line.hash });
      }
    }
    if (entries.length === 0 && lines.length === 0 && queued.length === 0) return;
    const { held, outbox, ledger } = this.db;
    await this.db.transaction("rw", [held, outbox, ledger], async () => {
      await outbox.bulkPut(entries);
      await ledger.bulkPut(lines);
      await outbox.bulkDelete(lines.map(({ key }) => key));
      await held.bulkDelete([...queued]);
    });
    for (const { id } of refused) await this.#markRefused(id);
    this.#changed();
  }

  /** A refused command no longer counts at its door. */
  #markRefused(id: Id): Promise<void> {
    return this.#alone(async () => {
      const found = await this.findMine(id);
      if (!found || found.refused) return;
      const all = (await this.mine(found.block)).map((mine) =>
        mine.command.id === id ? { ...mine, refused: true as const } : mine,
      );
      await this.#putMine(found.block, all);
    });
  }

  async #putMine(block: BlockKey, all: readonly Mine[]): Promise<void> {
    const index = await this.#indexWith(block, all);
    const rows = await Promise.all([
      this.#sealed(this.db.mine, block, all),
      this.#sealed(this.db.docs, "index", index),
    ]);
    await this.db.transaction("rw", [this.db.mine, this.db.docs], async () => {
      await this.db.mine.put(rows[0]);
      await this.db.docs.put(rows[1]);
    });
    this.#mine.set(block, all);
    this.#index = index;
    this.#changed();
  }

  /** An own command with its door, wherever it was made. */
  async findMine(id: Id): Promise<Mine | undefined> {
    for (const key of (await this.db.mine.toCollection().primaryKeys()) as string[]) {
      const found = (await this.mine(key)).find(({ command }) => command.id === id);
      if (found) return found;
    }
    return undefined;
  }

  /** Gives up a refused command for good. */
  async forget(id: Id): Promise<void> {
    await this.db.outbox.delete(id);
    this.#changed();
  }

  // -- the ledger ---------------------------------------------------------------------------------

  async ledgerLines(): Promise<readonly { id: Id; hash: string }[]> {
    const lines: { id: Id; hash: string }[] = [];
    await this.db.ledger.each(({ key, hash }) => lines.push({ id: key, hash }));
    return lines;
  }

  async ledgerEntry(id: Id): Promise<LedgerEntry | undefined> {
    return this.#read<LedgerEntry>(this.db.ledger as unknown as Table<SealedRow, string>, id);
  }

  /** The server still has these: their content need not be kept any longer, the receipt is. */
  async confirmLedger(ids: readonly Id[]): Promise<void> {
    const table = this.db.ledger as unknown as Table<SealedRow, string>;
    for (const id of ids) {
      const line = await this.ledgerEntry(id);
      if (!line?.command) continue;
      const { command: _, ...rest } = line;
      await this.db.ledger.put({ ...(await this.#sealed(table, id, rest)), hash: line.hash });
    }
  }

  // -- pulling ------------------------------------------------------------------------------------

  async cursorOf(beat: Id): Promise<string | null> {
    return (await this.doc<Cursor>(`cursor/${beat}`))?.cursor ?? null;
  }

  beginPull(head: PullHead): Pull {
    return new Pull(this, head);
  }

  /** Puts the pulled packs, matters and cursor on disk together; used by `Pull` alone. */
  async savePull(pulled: Pulled): Promise<void> {
    await this.#alone(async () => {
      const packsTable = this.db.packs as unknown as Table<SealedRow, string>;
      const gone = new Set(pulled.emptied);
      let blocks = this.#index.blocks.filter(
        ({ key, beat }) => !gone.has(key) && !(pulled.replaces && beat === pulled.beat),
      );
      const changed = new Map<BlockKey, BlockSummary>();
      const packs: PackRow[] = [];
      for (const pack of pulled.packs) {
        packs.push({ ...(await this.#sealed(packsTable, pack.key, pack)), beat: pack.beat });
        const mine = await this.mine(pack.key);
        const summary = this.#summarise(pack, mine, this.#context);
        if (summary) changed.set(pack.key, summary);
        else gone.add(pack.key);
      }
      blocks = [
        ...blocks.filter(({ key }) => !changed.has(key) && !gone.has(key)),
        ...changed.values(),
      ];
      // All were counted just now, so the index need not be counted again today.
      const basis = pulled.replaces ? this.basis(pulled.at) : this.#index.basis;
      const index = { basis, blocks: sortBlocks(blocks) };
      const docs: SealedRow[] = [
        await this.#sealed(this.db.docs, "index", index),
        await this.#sealed(this.db.docs, `where/${pulled.beat}`, pulled.where),
        await this.#sealed(this.db.docs, `cursor/${pulled.beat}`, { cursor: pulled.cursor }),
      ];
      for (const [at, matters] of pulled.matters) {
        docs.push(await this.#sealed(this.db.docs, `matters/${at}`, matters));
      }
      await this.db.transaction("rw", [this.db.packs, this.db.docs], async () => {
        if (pulled.replaces) await this.db.packs.where("beat").equals(pulled.beat).delete();
        await this.db.packs.bulkDelete([...pulled.emptied]);
        await this.db.packs.bulkPut(packs);
        await this.db.docs.bulkPut(docs);
      });
      for (const key of pulled.emptied) this.#packs.delete(key);
      for (const pack of pulled.packs) if (this.#packs.has(pack.key)) this.#keepPack(pack);
      this.#index = index;
      this.#changed();
    });
  }

  /** Beats that are no longer this officer's leave the phone. */
  async dropBeats(kept: readonly Id[]): Promise<void> {
    const lost = new Set(
      this.#index.blocks.map(({ beat }) => beat).filter((beat) => !kept.includes(beat)),
    );
    if (lost.size === 0) return;
    await this.#alone(async () => {
      const index = {
        ...this.#index,
        blocks: this.#index.blocks.filter(({ beat }) => !lost.has(beat)),
      };
      const row = await this.#sealed(this.db.docs, "index", index);
      await this.db.transaction("rw", [this.db.packs, this.db.docs], async () => {
        for (const beat of lost) {
          await this.db.packs.where("beat").equals(beat).delete();
          await this.db.docs.bulkDelete([`where/${beat}`, `cursor/${beat}`]);
        }
        await this.db.docs.put(row);
      });
      this.#packs.clear();
      this.#index = index;
      this.#changed();
    });
  }

  async setContext(context: SyncContext): Promise<void> {
    await this.putDoc("context", context);
    this.#context = context;
    this.#changed();
  }

  // -- the index ----------------------------------------------------------------------------------

  async #indexWith(key: BlockKey, mine: readonly Mine[]): Promise<BlockIndex> {
    const pack = await this.pack(key);
    const summary = pack && this.#summarise(pack, mine, this.#context);
    const others = this.#index.blocks.filter((block) => block.key !== key);
    return {
      ...this.#index,
      blocks: sortBlocks(summary ? [...others, summary] : this.#index.blocks),
    };
  }

  /** What the counts of the index were made for. */
  basis(now: Instant): string {
    return indexBasis(localDate(now), this.#context?.version ?? "");
  }

  /** Statuses depend on the day and on the campaigns: with another basis all are counted again. */
  refreshIndex(now: Instant): Promise<void> {
    const basis = this.basis(now);
    if (this.#index.basis === basis) return Promise.resolve();
    return this.#alone(async () => {
      if (this.#index.basis === basis) return;
      const blocks: BlockSummary[] = [];
      for (const { key } of this.#index.blocks) {
        const row = await this.db.packs.get(key);
        if (!row) continue;
        const pack = await this.#opened<Pack>(
          this.db.packs as unknown as Table<SealedRow, string>,
          row,
        );
        const summary = this.#summarise(pack, await this.mine(key), this.#context);
        if (summary) blocks.push(summary);
      }
      const index = { basis, blocks: sortBlocks(blocks) };
      await this.putDoc("index", index);
      this.#index = index;
      this.#changed();
    });
  }

  /** Own commands older than corrections reach are forgotten. */
  async pruneMine(now: Instant): Promise<void> {
    await this.#alone(async () => {
      for (const key of (await this.db.mine.toCollection().primaryKeys()) as string[]) {
        const mine = await this.mine(key);
        const kept = mine.filter(({ command }) => command.at > now - MINE_DAYS * DAY_MS);
        if (kept.length === mine.length) continue;
        if (kept.length === 0) await this.db.mine.delete(key);
        else await this.db.mine.put(await this.#sealed(this.db.mine, key, kept));
        this.#mine.set(key, kept);
      }
    });
  }
}

function sortBlocks(blocks: readonly BlockSummary[]): readonly BlockSummary[] {
  return blocks.toSorted((a, b) => (a.sort < b.sort ? -1 : a.sort > b.sort ? 1 : 0));
}

type Pulled = {
  readonly beat: Id;
  /** Everything the phone had of this beat goes. */
  readonly replaces: boolean;
  readonly packs: readonly Pack[];
  readonly emptied: readonly BlockKey[];
  readonly matters: ReadonlyMap<number, Readonly<Record<Id, MatterBody>>>;
  readonly where: Readonly<Record<Id, BlockKey>>;
  readonly cursor: string;
  readonly at: Instant;
};

type OpenPack = { places: Record<Id, PlaceRecord>; doors: Record<Id, Pack["doors"][Id]> };

/** Records put on disk at a time: the cost of an interrupted first sync is at most this many. */
const FLUSH_RECORDS = 20_000;

/** One pull under way: gathers records by building and saves them together with the cursor. */
export class Pull {
  readonly #store: Store;
  readonly #head: PullHead;
  #where: Record<Id, BlockKey> | null = null;
  readonly #open = new Map<BlockKey, OpenPack>();
  readonly #touched = new Set<BlockKey>();
  readonly #matters = new Map<number, Record<Id, MatterBody>>();
  #replaces: boolean;
  #since = 0;
  /** Doors whose place is on a later page. */
  readonly #early = new Map<Id, Pack["doors"][Id]>();

  constructor(store: Store, head: PullHead) {
    this.#store = store;
    this.#head = head;
    this.#replaces = head.full;
  }

  /** Takes one page and its mark; the phone goes on from here when the connection breaks. */
  async page(records: readonly PullRecord[], cursor: string, last: boolean): Promise<void> {
    for (const [kind, id, body] of records) {
      if (kind === "place") await this.#place(id, body as PlaceRecord | null);
      else if (kind === "door") await this.#door(id, body as Pack["doors"][Id] | null);
      else if (kind === "matter") await this.#matter(id, body as MatterBody | null);
    }
    this.#since += records.length;
    if (last || this.#since >= FLUSH_RECORDS) await this.#flush(cursor);
  }

  async #whereabouts(): Promise<Record<Id, BlockKey>> {
    this.#where ??= this.#replaces
      ? {}
      : { ...(await this.#store.doc<Record<Id, BlockKey>>(`where/${this.#head.beat}`)) };
    return this.#where;
  }

  async #pack(key: BlockKey): Promise<OpenPack> {
    let pack = this.#open.get(key);
    if (!pack) {
      const kept = this.#replaces ? undefined : await this.#store.pack(key);
      pack = { places: { ...kept?.places }, doors: { ...kept?.doors } };
      this.#open.set(key, pack);
    }
    this.#touched.add(key);
    return pack;
  }

  async #place(id: Id, body: PlaceRecord | null): Promise<void> {
    const where = await this.#whereabouts();
    const before = where[id];
    const place = body && { ...body, id };
    const after = place ? blockOf(place) : null;
    let door = this.#early.get(id);
    if (before !== undefined && before !== after) {
      const pack = await this.#pack(before);
      door ??= pack.doors[id];
      delete pack.places[id];
      delete pack.doors[id];
      delete where[id];
    }
    if (!place || after === null) return;
    const pack = await this.#pack(after);
    pack.places[id] = place;
    if (door) pack.doors[id] = door;
    this.#early.delete(id);
    where[id] = after;
  }

  async #door(id: Id, body: Pack["doors"][Id] | null): Promise<void> {
    const key = (await this.#whereabouts())[id];
    if (key === undefined) {
      if (body) this.#early.set(id, body);
      return;
    }
    const pack = await this.#pack(key);
    if (body) pack.doors[id] = body;
    else delete pack.doors[id];
  }

  async #matter(id: Id, body: MatterBody | null): Promise<void> {
    const matters = await this.#matterDoc(Number.parseInt(id.slice(-2), 16) % MATTER_DOCS);
    if (body) matters[id] = { beatId: this.#head.beat, ...body, id };
    else delete matters[id];
  }

  async #matterDoc(at: number): Promise<Record<Id, MatterBody>> {
    let matters = this.#matters.get(at);
    if (!matters) {
      matters = {
        ...(await this.#store.doc<Readonly<Record<Id, MatterBody>>>(`matters/${at}`)),
      };
      if (this.#replaces) {
        for (const [key, matter] of Object.entries(matters)) {
          if (matter.beatId === this.#head.beat) delete matters[key];
        }
      }
      this.#matters.set(at, matters);
    }
    return matters;
  }

  async #flush(cursor: string): Promise<void> {
    if (this.#replaces) for (let at = 0; at < MATTER_DOCS; at += 1) await this.#matterDoc(at);
    const packs: Pack[] = [];
    const emptied: BlockKey[] = [];
    for (const key of this.#touched) {
      const pack = this.#open.get(key);
      if (pack && Object.keys(pack.places).length > 0) {
        packs.push({ key, beat: this.#head.beat, ...pack });
      } else emptied.push(key);
    }
    await this.#store.savePull({
      beat: this.#head.beat,
      replaces: this.#replaces,
      packs,
      emptied,
      matters: this.#matters,
      where: await this.#whereabouts(),
      cursor,
      at: this.#head.serverNow,
    });
    this.#replaces = false;
    this.#since = 0;
    this.#touched.clear();
  }
}
