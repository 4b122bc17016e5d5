/**
 * Drives `sync/outbox.ts`: sends whenever there is a network, checks the receipts, pulls what
 * changed, compares the ledgers. It decides nothing about a command; that is the outbox's part.
 */
import type { Id } from "@wanjia/domain/shared/id";
import { HOUR_MS, MINUTE_MS, type Instant } from "@wanjia/domain/shared/instant";
import { type Bytes, fromBase64Url, utf8 } from "@wanjia/sync/bytes";
import {
  advance,
  countsOf,
  emptyOutbox,
  type Entry,
  type Outbox,
  type OutboxEffect,
  type OutboxEvent,
} from "@wanjia/sync/outbox";
import { type Command, PROTOCOL, type ReceiptKey } from "@wanjia/sync/protocol";
import { proveAnswers } from "@wanjia/sync/receipts";
import { hashOf, sha256, verifier } from "@wanjia/sync/webcrypto";
import { isStorageFull } from "./database.ts";
import { clockOff, type DriverOptions, type Status } from "./driver-terms.ts";
import { compareLedgers } from "./ledger-check.ts";
import type { Pull } from "./pull.ts";
import type { HeldItem, Store } from "./store.ts";
import { RequestFailed } from "./transport.ts";

/** How long a tap may be taken back before it is queued. */
export const UNDO_MS = 10_000;
const PULL_EVERY_MS = 5 * MINUTE_MS;
const RECONCILE_EVERY_MS = 6 * HOUR_MS;
/** A full disk is asked again after this long. */
const RETRY_SAVE_MS = 15_000;

export class SyncDriver {
  readonly #o: DriverOptions;
  #outbox: Outbox = emptyOutbox;
  #held = new Map<Id, { item: HeldItem; cancel: () => void }>();
  readonly #keys = new Map<string, Bytes>();
  readonly #verify = verifier(this.#keys);
  #queue: Promise<unknown> = Promise.resolve();
  #started: Promise<void> = Promise.resolve();
  #stopped = false;
  #wake: (() => void) | null = null;
  #pulling: Promise<void> | null = null;
  #pullAgain = false;
  #beats: readonly Id[] | null = null;
  #nextPull: Instant = 0;
  #nextReconcile: Instant = 0;
  #status: Status = {
    phase: "idle",
    unsent: 0,
    refused: 0,
    stuck: 0,
    lastSync: null,
    receipts: 0,
    faults: 0,
    lacking: 0,
    altered: 0,
    clockOff: null,
    storageFull: false,
    pulled: 0,
  };
  readonly #listeners = new Set<() => void>();

  constructor(options: DriverOptions) {
    this.#o = options;
    this.#status = { ...this.#status, ...options.sight };
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  status = (): Status => this.#status;
  entries = (): readonly Entry[] => this.#outbox.entries;

  #tell(change: Partial<Status> = {}): void {
    const { unsent, refused, stuck } = countsOf(this.#outbox);
    const queued = new Set(this.#outbox.entries.map(({ command }) => command.id));
    const held = [...this.#held.keys()].filter((id) => !queued.has(id)).length;
    this.#status = {
      ...this.#status,
      ...change,
      unsent: unsent + held,
      refused,
      stuck,
    };
    for (const listener of this.#listeners) listener();
  }

  // -- life ---------------------------------------------------------------------------------------

  /** Takes up what the last run left: everything held is queued, whatever was under way is sent again. */
  start(): Promise<void> {
    this.#started = this.#start();
    return this.#started;
  }

  async #start(): Promise<void> {
    const { store } = this.#o;
    const [entries, held, lastSync, receipts, keys] = await Promise.all([
      store.outbox.entries(),
      store.held(),
      store.db.note<Instant>("lastSync"),
      store.db.count("ledger"),
      store.doc<readonly ReceiptKey[]>("keys"),
    ]);
    this.#outbox = { ...emptyOutbox, entries };
    for (const item of held) this.#hold(item, () => undefined);
    this.#learnKeys(keys ?? []);
    await this.#dispatch({ kind: "started" });
    await this.releaseHeld();
    this.#tell({ lastSync: lastSync ?? null, receipts });
    void this.sync();
  }

  stop(): void {
    this.#stopped = true;
    this.#wake?.();
    for (const { cancel } of this.#held.values()) cancel();
  }

  // -- recording ----------------------------------------------------------------------------------

  /** Keeps a command on the disk and queues it when the time for undoing is over. */
  async record(item: HeldItem): Promise<void> {
    const { store, world } = this.#o;
    await this.#started;
    try {
      await store.record(item, world.now());
    } catch (error) {
      if (isStorageFull(error)) this.#tell({ storageFull: true });
      throw error;
    }
    this.#hold(
      item,
      world.later(UNDO_MS, () => void this.#queueHeld(item)),
    );
    this.#tell({ storageFull: false });
  }

  #hold(item: HeldItem, cancel: () => void): void {
    this.#held.set(item.mine.command.id, { item, cancel });
  }

  /** Work that may still be taken back, or that a full disk kept from being queued. */
  heldCommands(): readonly Command[] {
    return Array.from(this.#held.values(), ({ item }) => item.mine.command);
  }

  async undo(id: Id): Promise<boolean> {
    const held = this.#held.get(id);
    if (!held) return false;
    held.cancel();
    this.#held.delete(id);
    const undone = await this.#o.store.undo(id);
    this.#tell();
    return undone;
  }

  async #queueHeld(item: HeldItem): Promise<void> {
    const { store, world } = this.#o;
    const { command } = item.mine;
    const bytes = utf8(JSON.stringify(command)).length;
    const hash = await hashOf(command);
    if (!(await this.#dispatch({ kind: "queue", command, hash, bytes }, [command.id]))) {
      // It lies safely among the held ones and is counted there.
      if (this.#stopped) return;
      this.#hold(
        item,
        world.later(RETRY_SAVE_MS, () => void this.#queueHeld(item)),
      );
      return;
    }
    this.#held.delete(command.id);
    this.#tell();
    void this.#tick();
    await store.saveCounts().catch(() => undefined);
  }

  /** Queues what is held at once: before signing out or exporting. */
  async releaseHeld(): Promise<void> {
    for (const { item, cancel } of Array.from(this.#held.values())) {
      cancel();
      await this.#queueHeld(item);
    }
  }

  async setAside(id: Id): Promise<void> {
    await this.#dispatch({ kind: "set_aside", id });
    this.#tell();
  }

  // -- the outbox ---------------------------------------------------------------------------------

  /**
   * One event after the other: what the outbox decided is on the disk before it is done. When the
   * disk refuses, nothing has happened, and the same is tried again later.
   */
  #dispatch(event: OutboxEvent, queued: readonly Id[] = []): Promise<boolean> {
    const work = async (): Promise<boolean> => {
      const { outbox, effects } = advance(this.#outbox, event);
      try {
        await this.#o.store.keep(effects, queued);
      } catch (error) {
        this.#tell({ storageFull: isStorageFull(error) });
        if (event.kind !== "queue" && !this.#stopped) {
          this.#o.world.later(RETRY_SAVE_MS, () => {
            if (this.#stopped) return;
            if ("flight" in event && event.flight !== null) {
              // The answer could not be kept; asked again, the server says it has them.
              const { now, chance } = this.#o.world;
              const { flight } = event;
              void this.#dispatch({ kind: "lost", flight, now: now(), chance: chance() });
            } else void this.#tick();
          });
        }
        return false;
      }
      this.#outbox = outbox;
      let acknowledged = 0;
      for (const effect of effects) {
        if (effect.kind === "acknowledge") acknowledged += 1;
        else if (effect.kind === "wake") this.#wakeAt(effect.at);
        else if (effect.kind === "post") void this.#post(effect.flight, effect.commands);
      }
      const wrote = queued.length > 0 || effects.some(isSaved);
      this.#tell({
        receipts: this.#status.receipts + acknowledged,
        storageFull: this.#status.storageFull && !wrote,
      });
      return true;
    };
    const done = this.#queue.then(work, work);
    this.#queue = done.catch(() => undefined);
    return done;
  }

  #wakeAt(at: Instant): void {
    this.#wake?.();
    const { now, later } = this.#o.world;
    this.#wake = later(Math.max(0, at - now()), () => void this.#tick());
  }

  async #tick(): Promise<void> {
    if (this.#stopped) return;
    await this.#dispatch({ kind: "tick", now: this.#o.world.now() });
  }

  async #post(flight: number, commands: readonly Command[]): Promise<void> {
    const { transport, device, world, store } = this.#o;
    this.#tell({ phase: "sending" });
    try {
      const sentAt = world.now();
      const reply = await transport.push({
        protocol: PROTOCOL,
        device,
        deviceNow: sentAt,
        commands,
      });
      if (reply.batches.some(({ keyId }) => !this.#keys.has(keyId))) await this.#fetchKeys();
      const hashes = new Map(
        this.#outbox.entries.map(({ command, hash }) => [command.id, hash] as const),
      );
      const { receipts, faults } = await proveAnswers(
        reply.answers,
        reply.batches,
        (id) => hashes.get(id),
        sha256,
        this.#verify,
      );
      const saved = await this.#dispatch({
        kind: "answered",
        flight,
        answers: reply.answers,
        receipts,
        now: world.now(),
        chance: world.chance(),
      });
      const now = world.now();
      if (saved) await store.db.putNote("lastSync", now).catch(() => undefined);
      this.#tell({
        phase: "idle",
        lastSync: now,
        faults: faults.size,
        clockOff: clockOff(reply.serverNow, sentAt, now),
      });
      void this.#tick();
      this.#nextPull = 0;
      void this.#pullWhenDue();
    } catch (error) {
      await this.#failed(flight, error);
    }
  }

  async #failed(flight: number, error: unknown): Promise<void> {
    const { world } = this.#o;
    const lost = () =>
      this.#dispatch({ kind: "lost", flight, now: world.now(), chance: world.chance() });
    if (!(error instanceof RequestFailed)) {
      await lost();
      this.#tell({ phase: "idle" });
      throw error;
    }
    if (error.status === 413) {
      await this.#dispatch({ kind: "too_large", flight });
      void this.#tick();
    } else if (await this.#refusedByServer(error, flight)) {
      // told already
    } else {
      await lost();
      this.#tell({ phase: "offline" });
    }
  }

  /** Answers that concern the phone rather than a command. */
  async #refusedByServer(error: RequestFailed, flight: number | null): Promise<boolean> {
    switch (error.code) {
      case "device-revoked":
        await this.#dispatch({ kind: "held", flight, hold: "device-revoked" });
        this.stop();
        this.#o.onRevoked();
        return true;
      case "not-signed-in":
        await this.#dispatch({ kind: "held", flight, hold: "signed-out" });
        this.#tell({ phase: "signed_out" });
        return true;
      case "protocol-unsupported":
        await this.#dispatch({ kind: "held", flight, hold: "app-too-old" });
        this.#tell({ phase: "upgrade" });
        return true;
      case "device-unknown":
        await this.#register();
        return false;
      default:
        return false;
    }
  }

  async #register(): Promise<void> {
    const { transport, device, deviceName } = this.#o;
    await transport.registerDevice(device, deviceName, PROTOCOL).catch(() => undefined);
  }

  // -- receipts -----------------------------------------------------------------------------------

  #learnKeys(keys: readonly ReceiptKey[]): void {
    for (const { id, key } of keys) {
      const raw = fromBase64Url(key);
      if (raw) this.#keys.set(id, raw);
    }
  }

  async #fetchKeys(): Promise<void> {
    const keys = await this.#o.transport.keys();
    this.#learnKeys(keys);
    await this.#o.store.putDoc("keys", keys);
  }

  // -- pulling and comparing ----------------------------------------------------------------------

  /** Sends, pulls and compares now, as far as each is due. */
  async sync(): Promise<void> {
    this.#nextPull = 0;
    await this.#tick();
    await this.#pullWhenDue();
  }

  /** Signed in again, or the network came back. */
  async resume(): Promise<void> {
    await this.#dispatch({ kind: "released" });
    await this.sync();
  }

  async #pullWhenDue(): Promise<void> {
    if (this.#pulling) {
      this.#pullAgain = true;
      return this.#pulling;
    }
    if (this.#stopped || this.#o.world.now() < this.#nextPull) return;
    this.#pulling = this.#pullOnce();
    try {
      await this.#pulling;
    } finally {
      this.#pulling = null;
    }
    if (this.#pullAgain) {
      this.#pullAgain = false;
      // What was sent meanwhile may not have been in it.
      this.#nextPull = 0;
      return this.#pullWhenDue();
    }
  }

  async #pullOnce(): Promise<void> {
    const { transport, store, world } = this.#o;
    this.#tell({ phase: "pulling", pulled: 0 });
    try {
      if (this.#beats === null) {
        const session = await transport.session();
        this.#o.onSession(session);
        this.#beats = session.beats.map(({ id }) => id);
        await store.dropBeats(this.#beats);
      }
      if (this.#keys.size === 0) await this.#fetchKeys();
      const context = await transport.context(store.context?.version ?? null);
      if (context.sections !== null) {
        await store.setContext({ version: context.version, sections: context.sections });
      }
      for (const beat of this.#beats) await this.#pullBeat(beat);
      const now = world.now();
      await store.db.putNote("lastSync", now);
      this.#nextPull = now + PULL_EVERY_MS;
      world.later(PULL_EVERY_MS, () => void this.#pullWhenDue());
      this.#tell({ phase: "idle", lastSync: now, storageFull: false });
      if (now >= this.#nextReconcile) await this.#reconcile();
    } catch (error) {
      if (!(error instanceof RequestFailed)) {
        this.#tell({ phase: "idle", storageFull: isStorageFull(error) });
        if (!isStorageFull(error)) throw error;
      } else if (!(await this.#refusedByServer(error, null))) {
        this.#tell({ phase: "offline" });
      }
      world.later(PULL_EVERY_MS, () => void this.#pullWhenDue());
    }
  }

  async #pullBeat(beat: Id): Promise<void> {
    const { transport, store, device } = this.#o;
    let pull: Pull | null = null;
    const sink = {
      head: (head: Parameters<Store["beginPull"]>[0]) => {
        pull = store.beginPull(head);
      },
      page: async (
        records: Parameters<Pull["page"]>[0],
        mark: { readonly cursor: string; readonly more: boolean },
      ) => {
        await pull?.page(records, mark.cursor, !mark.more);
        this.#tell({ pulled: this.#status.pulled + records.length });
      },
    };
    try {
      await transport.pull(device, beat, await store.cursorOf(beat), sink);
    } catch (error) {
      if (error instanceof RequestFailed && error.code === "bad-cursor") {
        await store.dropDoc(`cursor/${beat}`);
        await transport.pull(device, beat, null, sink);
      } else if (error instanceof RequestFailed && error.code === "device-unknown") {
        await this.#register();
        await transport.pull(device, beat, await store.cursorOf(beat), sink);
      } else if (error instanceof RequestFailed && error.code === "not-your-beat") {
        this.#beats = null; // the posting changed while we pulled: ask again next time
      } else throw error;
    }
  }

  async #reconcile(): Promise<void> {
    const { transport, store, device, world } = this.#o;
    this.#nextReconcile = world.now() + RECONCILE_EVERY_MS;
    const { lacking, altered, again } = await compareLedgers(transport, store.outbox, device);
    this.#tell({ lacking, altered });
    if (again.length === 0) return;
    await this.#dispatch({ kind: "lacking", lines: again });
    await this.#tick();
    // Look soon whether they have arrived: an alarm that is no longer true helps nobody.
    this.#nextReconcile = world.now() + MINUTE_MS;
  }
}

/** Whether the effect is on the disk once it is done. */
function isSaved({ kind }: OutboxEffect): boolean {
  return kind === "keep" || kind === "acknowledge";
}
