/** One pull under way: gathers records by building and saves them together with the cursor. */
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { PullHead, PullRecord } from "@wanjia/sync/protocol";
import { blockOf, type BlockKey } from "@wanjia/domain/places/walk-block";
import type { Pack, PlaceRecord } from "./records.ts";

/** A matter as it comes down; what is in it concerns the matters' screens only. */
export type MatterBody = { readonly id: Id } & Readonly<Record<string, unknown>>;
export type MatterDoc = Readonly<Record<Id, MatterBody>>;

/** Matters lie in this many documents, by the end of their id: one change rewrites a small part. */
const MATTER_DOCS = 32;
export const matterDocs = Array.from({ length: MATTER_DOCS }, (_, at) => `matters/${at}`);

/** Records put on disk at a time: the cost of an interrupted first sync is at most this many. */
const FLUSH_RECORDS = 20_000;

export type Pulled = {
  readonly beat: Id;
  /** Everything the phone had of this beat goes. */
  readonly replaces: boolean;
  readonly packs: readonly Pack[];
  readonly emptied: readonly BlockKey[];
  /** By the name of their document. */
  readonly matters: ReadonlyMap<string, MatterDoc>;
  readonly where: Readonly<Record<Id, BlockKey>>;
  readonly cursor: string;
  readonly at: Instant;
};

/** What a pull asks of the store. */
type Shelf = {
  doc<T>(name: string): Promise<T | undefined>;
  pack(key: BlockKey): Promise<Pack | undefined>;
  savePull(pulled: Pulled): Promise<void>;
};

type OpenPack = { places: Record<Id, PlaceRecord>; doors: Record<Id, Pack["doors"][Id]> };

export class Pull {
  readonly #store: Shelf;
  readonly #head: PullHead;
  #where: Record<Id, BlockKey> | null = null;
  readonly #open = new Map<BlockKey, OpenPack>();
  readonly #touched = new Set<BlockKey>();
  readonly #matters = new Map<string, Record<Id, MatterBody>>();
  #replaces: boolean;
  #since = 0;
  /** Doors whose place is on a later page. */
  readonly #early = new Map<Id, Pack["doors"][Id]>();

  constructor(store: Shelf, head: PullHead) {
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
    const at = Number.parseInt(id.slice(-2), 16) % MATTER_DOCS;
    const matters = await this.#matterDoc(`matters/${at}`);
    if (body) matters[id] = { beatId: this.#head.beat, ...body, id };
    else delete matters[id];
  }

  async #matterDoc(name: string): Promise<Record<Id, MatterBody>> {
    let matters = this.#matters.get(name);
    if (!matters) {
      matters = {
        ...(await this.#store.doc<MatterDoc>(name)),
      };
      if (this.#replaces) {
        for (const [key, matter] of Object.entries(matters)) {
          if (matter.beatId === this.#head.beat) delete matters[key];
        }
      }
      this.#matters.set(name, matters);
    }
    return matters;
  }

  async #flush(cursor: string): Promise<void> {
    if (this.#replaces) for (const name of matterDocs) await this.#matterDoc(name);
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
