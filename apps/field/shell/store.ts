/**
 * The phone's memory, sealed. One instance per unlocked tab; what it answers from memory is what is
 * on disk, because every change is saved before it shows. The counts of the list of buildings alone
 * follow later: they can be counted again from what is saved.
 */
import type { Id } from "@wanjia/domain/shared/id";
import type { BlockKey } from "@wanjia/domain/places/walk-block";
import { DAY_MS, type Instant, localDate } from "@wanjia/domain/shared/instant";
import type { PullHead, SyncContext } from "@wanjia/sync/protocol";
import type { OutboxEffect } from "@wanjia/sync/outbox";
import type { FieldDatabase, PackRow, SealedRow, Writing } from "./database.ts";
import { OutboxStore } from "./outbox-store.ts";
import { matterDocs, Pull, type MatterBody, type MatterDoc, type Pulled } from "./pull.ts";
import {
  emptyIndex,
  indexBasis,
  type BlockIndex,
  type BlockSummary,
  type Mine,
  type Pack,
} from "./records.ts";
import { SealedDatabase } from "./sealed.ts";
import type { MemberSession } from "./transport.ts";

/** Own commands are kept this long for corrections; afterwards the desk corrects. */
const MINE_DAYS = 14;
/** Packs kept opened: the building an officer is in and those beside it. */
const OPEN_PACKS = 6;

/** How a building's summary is made of its pack and the work not yet seen in it. */
export type Summarise = (
  pack: Pack,
  mine: readonly Mine[],
  context: SyncContext | null,
) => BlockSummary | null;

export type HeldItem = { readonly mine: Mine; readonly drops?: string };

type Cursor = { readonly cursor: string | null };

export class Store {
  readonly db: FieldDatabase;
  readonly outbox: OutboxStore;
  readonly sealed: SealedDatabase;
  readonly #summarise: Summarise;
  #index: BlockIndex = emptyIndex;
  /** Blocks whose counts on the disk are older than the work in them; a note on the disk says so. */
  readonly #behind = new Set<BlockKey>();
  /** Of these, not yet counted here either. Their packs are open. */
  readonly #uncounted = new Set<BlockKey>();
  #context: SyncContext | null = null;
  #session: MemberSession | null = null;
  #team: readonly Id[] | null = null;
  readonly #packs = new Map<BlockKey, Pack>();
  readonly #mine = new Map<BlockKey, readonly Mine[]>();
  #queue: Promise<unknown> = Promise.resolve();
  readonly #listeners = new Set<() => void>();

  private constructor(db: FieldDatabase, key: CryptoKey, summarise: Summarise) {
    this.db = db;
    this.sealed = new SealedDatabase(db, key);
    this.outbox = new OutboxStore(this.sealed);
    this.#summarise = summarise;
  }

  /** Opens what the first screen needs: the list of buildings and what surrounds it. */
  static async open(db: FieldDatabase, key: CryptoKey, summarise: Summarise): Promise<Store> {
    const store = new Store(db, key, summarise);
    const [[index, context, session, team], behind] = await Promise.all([
      store.sealed.readMany<unknown>("docs", ["index", "context", "session", "team"]),
      db.note<readonly BlockKey[]>("behind"),
    ]);
    store.#index = (index as BlockIndex | undefined) ?? emptyIndex;
    store.#context = (context as SyncContext | undefined) ?? null;
    store.#session = (session as MemberSession | undefined) ?? null;
    store.#team = (team as readonly Id[] | undefined) ?? null;
    for (const block of behind ?? []) await store.#worked(block, await store.mine(block));
    return store;
  }

  // -- telling the screens ------------------------------------------------------------------------

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }

  // -- documents ----------------------------------------------------------------------------------

  doc<T>(name: string): Promise<T | undefined> {
    return this.sealed.read<T>("docs", name);
  }

  async putDoc(name: string, value: unknown): Promise<void> {
    const row = await this.sealed.row("docs", name, value);
    await this.db.change(["docs"], (to) => to.put("docs", row));
  }

  dropDoc(name: string): Promise<void> {
    return this.db.change(["docs"], (to) => to.delete("docs", name));
  }

  /** Campaigns, forms, colleagues: what the station's work stands on. */
  get context(): SyncContext | null {
    return this.#context;
  }

  async setContext(context: SyncContext): Promise<void> {
    await this.putDoc("context", context);
    this.#context = context;
    this.#changed();
  }

  /** Who works here, as last told by the server. */
  get session(): MemberSession | null {
    return this.#session;
  }

  async setSession(session: MemberSession): Promise<void> {
    await this.putDoc("session", session);
    this.#session = session;
    this.#changed();
  }

  /** The people of today, as chosen by the officer. */
  get team(): readonly Id[] | null {
    return this.#team;
  }

  async setTeam(team: readonly Id[]): Promise<void> {
    await this.putDoc("team", team);
    this.#team = team;
    this.#changed();
  }

  /** All matters of the beats on this phone. */
  async matters(): Promise<readonly MatterBody[]> {
    const docs = await this.sealed.readMany<MatterDoc>("docs", matterDocs);
    return docs.flatMap((doc) => Object.values(doc ?? {}));
  }

  // -- buildings ----------------------------------------------------------------------------------

  async pack(key: BlockKey): Promise<Pack | undefined> {
    const kept = this.#packs.get(key);
    if (kept) return kept;
    const pack = await this.sealed.read<Pack>("packs", key);
    if (pack) this.#keepPack(pack);
    return pack;
  }

  #keepPack(pack: Pack): void {
    this.#packs.delete(pack.key);
    this.#packs.set(pack.key, pack);
    if (this.#packs.size <= OPEN_PACKS) return;
    this.#count();
    this.#packs.delete(this.#packs.keys().next().value ?? "");
  }

  /** Own commands in a building, as long as they can be corrected here. */
  async mine(key: BlockKey): Promise<readonly Mine[]> {
    const kept = this.#mine.get(key);
    if (kept) return kept;
    const mine = (await this.sealed.read<readonly Mine[]>("mine", key)) ?? [];
    this.#mine.set(key, mine);
    return mine;
  }

  /** One change after the other: two taps never write over each other. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work, work);
    this.#queue = done.catch(() => undefined);
    return done;
  }

  // -- recording ----------------------------------------------------------------------------------

  /**
   * Saves a command that may still be undone. When it resolves, the work is on the disk: two small
   * rows and two notes. The counts of the list are worked out when somebody looks at it.
   */
  record(item: HeldItem, now: Instant): Promise<void> {
    return this.#alone(async () => {
      const { block, command } = item.mine;
      const all = [...(await this.mine(block)), item.mine];
      const [held, mine] = await Promise.all([
        this.sealed.row("held", command.id, item),
        this.sealed.row("mine", block, all),
      ]);
      await this.db.change(["held", "mine", "docs", "meta"], (to) => {
        to.put("held", held);
        to.put("mine", mine);
        if (item.drops) to.delete("docs", item.drops);
        to.note("workChangedAt", now);
        to.note("behind", [...this.#behind, block]);
      });
      await this.#worked(block, all);
      this.#changed();
    });
  }

  /** Takes back what is still held; false when it has been queued already. */
  undo(id: Id): Promise<boolean> {
    return this.#alone(async () => {
      const item = await this.sealed.read<HeldItem>("held", id);
      if (!item) return false;
      const { block } = item.mine;
      await this.#putMine(
        block,
        (await this.mine(block)).filter(({ command }) => command.id !== id),
        id,
      );
      return true;
    });
  }

  /** Changes the own commands of a building; `dropped` is no longer held. */
  async #putMine(block: BlockKey, all: readonly Mine[], dropped?: Id): Promise<void> {
    const mine = await this.sealed.row("mine", block, all);
    await this.db.change(["held", "mine", "meta"], (to) => {
      if (dropped !== undefined) to.delete("held", dropped);
      to.put("mine", mine);
      to.note("behind", [...this.#behind, block]);
    });
    await this.#worked(block, all);
    this.#changed();
  }

  held(): Promise<readonly HeldItem[]> {
    return this.sealed.readAll<HeldItem>("held");
  }

  /** Saves what the outbox decided; what was refused no longer counts at its door. */
  async keep(effects: readonly OutboxEffect[], queued: readonly Id[] = []): Promise<void> {
    await this.outbox.keep(effects, queued);
    for (const effect of effects) {
      if (effect.kind === "keep" && effect.entry.state === "refused")
        await this.#markRefused(effect.entry.command.id);
    }
    this.#changed();
  }

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

  /** An own command with its door, wherever it was made. */
  async findMine(id: Id): Promise<Mine | undefined> {
    for (const key of await this.#blocksWithWork()) {
      const found = (await this.mine(key)).find(({ command }) => command.id === id);
      if (found) return found;
    }
    return undefined;
  }

  #blocksWithWork(): Promise<readonly BlockKey[]> {
    return this.db.read(["mine"], (from) => from.keys("mine"));
  }

  /** Gives up a refused command for good. */
  async forget(id: Id): Promise<void> {
    await this.outbox.forget(id);
    this.#changed();
  }

  /** Own commands older than corrections reach are forgotten. */
  async pruneMine(now: Instant): Promise<void> {
    await this.#alone(async () => {
      for (const key of await this.#blocksWithWork()) {
        const mine = await this.mine(key);
        const kept = mine.filter(({ command }) => command.at > now - MINE_DAYS * DAY_MS);
        if (kept.length === mine.length) continue;
        const row = await this.sealed.row("mine", key, kept);
        await this.db.change(["mine"], (to) => {
          if (kept.length === 0) to.delete("mine", key);
          else to.put("mine", row);
        });
        this.#mine.set(key, kept);
      }
    });
  }

  // -- pulling ------------------------------------------------------------------------------------

  async cursorOf(beat: Id): Promise<string | null> {
    return (await this.doc<Cursor>(`cursor/${beat}`))?.cursor ?? null;
  }

  beginPull(head: PullHead): Pull {
    return new Pull(this, head);
  }

  /** Puts the pulled packs, matters and cursor on disk together; used by `Pull` alone. */
  savePull(pulled: Pulled): Promise<void> {
    return this.#alone(async () => {
      this.#count();
      const gone = new Set(pulled.emptied);
      const changed = new Map<BlockKey, BlockSummary>();
      const packs: PackRow[] = [];
      for (const pack of pulled.packs) {
        packs.push({ ...(await this.sealed.row("packs", pack.key, pack)), beat: pack.beat });
        const summary = this.#summarise(pack, await this.mine(pack.key), this.#context);
        if (summary) changed.set(pack.key, summary);
        else gone.add(pack.key);
      }
      const others = this.#index.blocks.filter(
        ({ key, beat }) =>
          !changed.has(key) && !gone.has(key) && !(pulled.replaces && beat === pulled.beat),
      );
      const index = {
        // All were counted just now, so the index need not be counted again today.
        basis: pulled.replaces ? this.basis(pulled.at) : this.#index.basis,
        blocks: sortBlocks([...others, ...changed.values()]),
      };
      const docs: SealedRow[] = await Promise.all([
        this.sealed.row("docs", "index", index),
        this.sealed.row("docs", `where/${pulled.beat}`, pulled.where),
        this.sealed.row("docs", `cursor/${pulled.beat}`, { cursor: pulled.cursor }),
        ...Array.from(pulled.matters, ([name, matters]) => this.sealed.row("docs", name, matters)),
      ]);
      const before = pulled.replaces ? await this.#packsOf(pulled.beat) : [];
      await this.db.change(["packs", "docs", "meta"], (to) => {
        for (const key of [...before, ...pulled.emptied]) to.delete("packs", key);
        for (const pack of packs) to.put("packs", pack);
        for (const doc of docs) to.put("docs", doc);
        to.delete("meta", "behind");
      });
      for (const key of pulled.emptied) this.#packs.delete(key);
      for (const pack of pulled.packs) if (this.#packs.has(pack.key)) this.#keepPack(pack);
      this.#behind.clear();
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
      const blocks = this.index.blocks.filter(({ beat }) => !lost.has(beat));
      const packs = (await Promise.all([...lost].map((beat) => this.#packsOf(beat)))).flat();
      await this.#saveIndex({ ...this.#index, blocks }, (to) => {
        for (const key of packs) to.delete("packs", key);
        for (const beat of lost) {
          to.delete("docs", `where/${beat}`);
          to.delete("docs", `cursor/${beat}`);
        }
      });
      this.#packs.clear();
      this.#changed();
    });
  }

  #packsOf(beat: Id): Promise<readonly BlockKey[]> {
    return this.db.read(["packs"], (from) => from.packKeysOf(beat));
  }

  // -- the list of buildings ----------------------------------------------------------------------

  /** The list with its counts as they are now. */
  get index(): BlockIndex {
    this.#count();
    return this.#index;
  }

  /** How a building is called; asks for no counting. */
  titleOf(key: BlockKey): { readonly title: string; readonly subtitle: string } {
    return this.#index.blocks.find((block) => block.key === key) ?? { title: "", subtitle: "" };
  }

  /** Own work in a building changed: its counts are to be made again. */
  async #worked(block: BlockKey, all: readonly Mine[]): Promise<void> {
    this.#mine.set(block, all);
    this.#behind.add(block);
    if (await this.pack(block)) this.#uncounted.add(block);
  }

  #count(): void {
    if (this.#uncounted.size === 0) return;
    const counted = new Map(this.#index.blocks.map((block) => [block.key, block] as const));
    for (const key of this.#uncounted) {
      const pack = this.#packs.get(key);
      const summary = pack && this.#summarise(pack, this.#mine.get(key) ?? [], this.#context);
      if (summary) counted.set(key, summary);
    }
    this.#uncounted.clear();
    this.#index = { ...this.#index, blocks: sortBlocks([...counted.values()]) };
  }

  /** Brings the counts on the disk up to the work: not needed for anything, but the next start is quicker. */
  saveCounts(): Promise<void> {
    if (this.#behind.size === 0) return Promise.resolve();
    return this.#alone(async () => {
      if (this.#behind.size > 0) await this.#saveIndex(this.index);
    });
  }

  async #saveIndex(index: BlockIndex, more: (to: Writing) => void = () => undefined) {
    const row = await this.sealed.row("docs", "index", index);
    await this.db.change(["packs", "docs", "meta"], (to) => {
      to.put("docs", row);
      to.delete("meta", "behind");
      more(to);
    });
    this.#behind.clear();
    this.#index = index;
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
      this.#uncounted.clear();
      const blocks: BlockSummary[] = [];
      for (const { key } of this.#index.blocks) {
        // Not by `pack`, which would keep each of them open.
        const pack = this.#packs.get(key) ?? (await this.sealed.read<Pack>("packs", key));
        const summary = pack && this.#summarise(pack, await this.mine(key), this.#context);
        if (summary) blocks.push(summary);
      }
      await this.#saveIndex({ basis, blocks: sortBlocks(blocks) });
      this.#changed();
    });
  }
}

function sortBlocks(blocks: readonly BlockSummary[]): readonly BlockSummary[] {
  return blocks.toSorted((a, b) => (a.sort < b.sort ? -1 : a.sort > b.sort ? 1 : 0));
}
