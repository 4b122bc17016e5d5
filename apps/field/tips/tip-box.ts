/**
 * Tips that were told at a door, sealed the moment they are written down, until there is a network.
 * They go to the same address as a stranger's, without a cookie: not in the outbox, whose ledger
 * would say who sent them and with which visits. A row says no time, no place and no visit, and the
 * phone has nothing that opens it. Source: domain.md §4.6.
 */
import type { SealedTip, TipAddress } from "@wanjia/sync/tips";
import type { Id } from "@wanjia/domain/shared/id";
import { toBase64Url } from "@wanjia/sync/bytes";
import type { SealedDatabase } from "../shell/sealed.ts";

/** A unit that receives tips, as its public list names it. */
export type ReceivingUnit = TipAddress & {
  readonly bureau: string;
  readonly bureauEn: string;
  readonly name: string;
  readonly nameEn: string;
};

/** What became of a tip that was sent: taken, no network, later, or refused for good. */
export type Delivery = "taken" | "unreachable" | "later" | "refused";

export interface TipPost {
  units(): Promise<readonly ReceivingUnit[] | null>;
  send(tip: SealedTip): Promise<Delivery>;
}

type Kept = { readonly tip: SealedTip; readonly refused: boolean };

export type TipCounts = { readonly waiting: number; readonly refused: number };

const UNITS = "tip_units";

export class TipBox {
  readonly #sealed: SealedDatabase;
  readonly #post: TipPost;
  readonly #bureauId: () => Id | null;
  readonly #random: (length: number) => Uint8Array<ArrayBuffer>;
  #sending: Promise<void> | null = null;
  #stopped = false;
  #counts: TipCounts = { waiting: 0, refused: 0 };
  readonly #listeners = new Set<() => void>();

  constructor(
    sealed: SealedDatabase,
    post: TipPost,
    bureauId: () => Id | null,
    random: (length: number) => Uint8Array<ArrayBuffer>,
  ) {
    this.#sealed = sealed;
    this.#post = post;
    this.#bureauId = bureauId;
    this.#random = random;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  counts = (): TipCounts => this.#counts;

  /** Units of the officer's own bureau, as last told by the server. */
  async units(): Promise<readonly ReceivingUnit[]> {
    const units = (await this.#sealed.read<readonly ReceivingUnit[]>("docs", UNITS)) ?? [];
    return units.filter(({ bureauId }) => bureauId === this.#bureauId());
  }

  /** Saves a sealed tip, and sends it if it can. */
  async keep(tip: SealedTip): Promise<void> {
    await this.#put(toBase64Url(this.#random(16)), { tip, refused: false });
    await this.#count();
    void this.send();
  }

  /** Learns the units' keys and sends what waits; one round at a time. */
  send(): Promise<void> {
    this.#sending ??= this.#round().finally(() => {
      this.#sending = null;
    });
    return this.#sending;
  }

  /** The phone is locked or was erased: nothing more is written. */
  stop(): void {
    this.#stopped = true;
  }

  /** Gives up what no unit takes any more. */
  async dropRefused(): Promise<void> {
    const refused = (await this.#all()).filter(([, { refused: is }]) => is);
    await this.#sealed.db.change(["tips"], (to) => {
      for (const [key] of refused) to.delete("tips", key);
    });
    await this.#count();
  }

  async #round(): Promise<void> {
    try {
      const units = await this.#post.units();
      if (units === null || this.#stopped) return;
      const row = await this.#sealed.row("docs", UNITS, units);
      await this.#sealed.db.change(["docs"], (to) => to.put("docs", row));
      for (const [key, { tip, refused }] of await this.#all()) {
        if (refused) continue;
        const delivery = await this.#post.send(tip);
        if (this.#stopped || delivery === "unreachable" || delivery === "later") return;
        if (delivery === "refused") await this.#put(key, { tip, refused: true });
        else await this.#sealed.db.change(["tips"], (to) => to.delete("tips", key));
      }
    } catch {
      // A full disk: what was kept is still there, and the next round tries again.
    } finally {
      await this.#count().catch(() => undefined);
    }
  }

  async #put(key: string, kept: Kept): Promise<void> {
    const row = await this.#sealed.row("tips", key, kept);
    await this.#sealed.db.change(["tips"], (to) => to.put("tips", row));
  }

  async #all(): Promise<readonly (readonly [string, Kept])[]> {
    const keys = await this.#sealed.db.read(["tips"], (from) => from.keys("tips"));
    const kept = await this.#sealed.readMany<Kept>("tips", keys);
    return keys.flatMap((key, at) => {
      const one = kept[at];
      return one === undefined ? [] : [[key, one] as const];
    });
  }

  async #count(): Promise<void> {
    const all = await this.#all();
    const refused = all.filter(([, kept]) => kept.refused).length;
    this.#counts = { waiting: all.length - refused, refused };
    for (const listener of this.#listeners) listener();
  }
}
