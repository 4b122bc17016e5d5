/**
 * A small world to break the sync in: officers with phones, a network that loses, repeats and
 * reorders, and a server that dies. Everything happens by chance from a seed, so a schedule that
 * breaks a promise can be played again. The phone runs its real parts (`outbox`, `receipts`,
 * `reconcile`); the server is either a model built on the decisions of the real one or the real one.
 */
import { type Id, uuidv7 } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import { seededRandom } from "@wanjia/domain/shared/random";
import { type Digest, toBase64Url, utf8 } from "./bytes.ts";
import type { JsonObject } from "./merge.ts";
import {
  advance,
  emptyOutbox,
  type Entry,
  type LedgerEntry,
  type Outbox,
  type OutboxEvent,
} from "./outbox.ts";
import {
  type Answer,
  type Command,
  contentOf,
  PROTOCOL,
  type PushReply,
  type PushRequest,
} from "./protocol.ts";
import { proveAnswers, type Receipt, receiptFault, type Verify } from "./receipts.ts";
import {
  bucketsOf,
  digestOf,
  linesOf,
  type ReconcileReply,
  type ReconcileRequest,
} from "./reconcile.ts";

// -- what the world needs of a server -------------------------------------------------------------

/** Work of the server in steps: between any two of them something else may happen. */
export type Steps<T> = AsyncGenerator<undefined, T>;

export interface Change {
  readonly door: Id;
  readonly was: JsonObject;
  readonly now: JsonObject;
  readonly trouble?: "refuse" | "throw";
}

export interface PulledPage {
  /** Forget what you had. */
  readonly full: boolean;
  readonly records: readonly { readonly id: Id; readonly body: JsonObject }[];
  readonly cursor: string;
  readonly more: boolean;
}

export type Refused = "device-revoked" | "not-your-beat";

export interface Server {
  readonly digest: Digest;
  readonly verify: Verify;
  push(member: Id, request: PushRequest): Steps<PushReply | Refused>;
  pull(member: Id, device: Id, beat: Id, cursor: string | null): Steps<PulledPage | Refused>;
  reconcile(member: Id, request: ReconcileRequest): Steps<ReconcileReply | Refused>;
  /** What is true at the end. */
  truth(): Promise<Truth>;
  /** Faults that the server can suffer; a real one in this process suffers none. */
  readonly faults?: {
    /** Everything under way is gone, what was committed stays. */
    kill(): void;
    setPosted(member: Id, beat: Id, posted: boolean): void;
    revokeDevice(device: Id): void;
    checkpoint(): void;
    /** Back to the last checkpoint, as from a backup. */
    restore(): void;
  };
}

export interface Truth {
  /** Accepted commands and their hashes. */
  readonly accepted: ReadonlyMap<Id, string>;
  /** Ids of commands, once for each time that one changed something. */
  readonly applied: readonly Id[];
  readonly doors: ReadonlyMap<Id, JsonObject>;
}

// -- the world ------------------------------------------------------------------------------------

/** A broken promise, with what it was about. */
export class PromiseBroken extends Error {}

/** Guards of the phone that a test takes away, to see that the fuzzer misses them. */
export type PhoneFault =
  | "forgets-what-it-posts"
  | "drops-refused"
  | "believes-without-proof"
  | "posts-before-keeping";

export interface World {
  readonly server: Server;
  readonly seed: number | string;
  readonly members: readonly Id[];
  readonly beat: Id;
  readonly devices?: readonly Id[];
  /** Acts by chance before everything calms down. */
  readonly length?: number;
  readonly now: Instant;
  readonly phoneFault?: PhoneFault;
  /** Includes restoring the server from a backup, after which receipts are made anew. */
  readonly restores?: boolean;
}

interface Phone {
  readonly device: Id;
  readonly member: Id;
  /** How wrong the device's clock is. */
  clockError: number;
  outbox: Outbox;
  /** What survives a kill. */
  readonly kept: Map<Id, Entry>;
  readonly order: Id[];
  readonly ledger: Map<Id, LedgerEntry>;
  records: Map<Id, JsonObject>;
  cursor: string | null;
  readonly alarms: Set<Id>;
  revoked: boolean;
}

/** Something under way; `act` takes it one step further and says whether it is over. */
interface Task {
  readonly phone: Phone;
  /** Dies with the server. */
  onServer: boolean;
  act(): Promise<boolean>;
  /** The connection broke. */
  cut(): void;
}

export interface Outcome {
  readonly acts: number;
  readonly commands: number;
  readonly accepted: number;
}

const DEFAULT_LENGTH = 120;
const QUIET_ROUNDS = 400;
const YEAR_MS = 365 * 86_400_000;

/** Plays one schedule; throws `PromiseBroken` when a promise was broken. */
export async function simulate(world: World): Promise<Outcome> {
  const play = new Play(world);
  const length = world.length ?? DEFAULT_LENGTH;
  for (let act = 0; act < length; act += 1) await play.act();
  await play.calmDown();
  return play.judge(length);
}

class Play {
  readonly #world: World;
  readonly #random: () => number;
  readonly #phones: Phone[] = [];
  readonly #doors: Id[];
  readonly #made = new Map<Id, { command: Command; hash: string; phone: Phone }>();
  readonly #receipts = new Map<Id, string>();
  #tasks: Task[] = [];
  #now: Instant;
  #words = 0;

  constructor(world: World) {
    this.#world = world;
    this.#random = seededRandom(world.seed);
    this.#now = world.now;
    this.#doors = Array.from({ length: 1 + Math.floor(this.#random() * 4) }, () => this.#id());
    const count = world.devices?.length ?? 1 + Math.floor(this.#random() * 3);
    for (let i = 0; i < count; i += 1)
      this.#phones.push({
        device: world.devices?.[i] ?? this.#id(),
        member: world.members[i % world.members.length] as Id,
        clockError: 0,
        outbox: emptyOutbox,
        kept: new Map(),
        order: [],
        ledger: new Map(),
        records: new Map(),
        cursor: null,
        alarms: new Set(),
        revoked: false,
      });
  }

  #id(): Id {
    return uuidv7(
      this.#now,
      Uint8Array.from({ length: 10 }, () => Math.floor(this.#random() * 256)),
    );
  }

  #pick<T>(list: readonly T[]): T | undefined {
    return list[Math.floor(this.#random() * list.length)];
  }

  #chance(probability: number): boolean {
    return this.#random() < probability;
  }

  // -- by chance ----------------------------------------------------------------------------------

  async act(): Promise<void> {
    this.#now += Math.floor(this.#random() * 4000);
    const phone = this.#pick(this.#phones) as Phone;
    const { faults } = this.#world.server;
    const dice = this.#random() * 100;
    if (dice < 20) await this.#confirm(phone);
    else if (dice < 35) this.#tick(phone);
    else if (dice < 74) await this.#progress();
    else if (dice < 80) this.#pull(phone);
    else if (dice < 84) this.#cutSomething();
    else if (dice < 86) this.#repeatSomething(phone);
    else if (dice < 89) this.#killPhone(phone);
    else if (dice < 91) this.#jumpClock(phone);
    else if (dice < 93) this.#reconcile(phone);
    else if (dice < 95) await this.#repair(phone);
    else if (faults !== undefined) {
      if (dice < 97) this.#killServer();
      else if (dice < 98) faults.setPosted(phone.member, this.#world.beat, this.#chance(0.6));
      else if (dice < 98.3) faults.revokeDevice(phone.device);
      else if (this.#world.restores === true) {
        if (dice < 99) faults.checkpoint();
        else if (dice < 99.5) {
          this.#killServer();
          faults.restore();
        }
      }
    }
  }

  async #confirm(phone: Phone): Promise<void> {
    if (phone.revoked) return;
    const door = this.#pick(this.#doors) as Id;
    const was = phone.records.get(door) ?? {};
    const trouble = this.#chance(0.1) ? "refuse" : this.#chance(0.05) ? "throw" : undefined;
    const body: Change = { door, was, now: this.#edit(was), ...(trouble && { trouble }) };
    await this.#queue(phone, body);
  }

  #edit(was: JsonObject): JsonObject {
    const before = typeof was["note"] === "string" ? was["note"] : "";
    const now: Record<string, JsonObject[string]> = { ...was };
    if (this.#chance(0.7)) {
      this.#words += 1;
      now["note"] = `${before}${before === "" ? "" : "\n"}话${this.#words}。`;
    }
    if (this.#chance(0.5)) now["leaflets"] = Math.floor(this.#random() * 5);
    if (this.#chance(0.5)) now["card"] = this.#chance(0.5);
    return now;
  }

  async #queue(phone: Phone, body: Change, replaces?: Id): Promise<void> {
    const command: Command = {
      id: this.#id(),
      type: "probe.change",
      at: this.#now + phone.clockError,
      base: null,
      body,
      ...(replaces === undefined ? {} : { replaces }),
    };
    const text = contentOf(command);
    const hash = toBase64Url(await this.#world.server.digest(utf8(text)));
    this.#made.set(command.id, { command, hash, phone });
    this.#step(phone, { kind: "queue", command, hash, bytes: text.length });
  }

  async #repair(phone: Phone): Promise<void> {
    if (phone.revoked) return;
    const entry = this.#pick(
      phone.outbox.entries.filter(({ repairedBy }) => repairedBy === undefined),
    );
    if (entry === undefined) return;
    const { door, was, now } = entry.command.body as Change;
    await this.#queue(phone, { door, was, now }, entry.command.id);
  }

  /** The phone moves on: first its store, then the network. */
  #step(phone: Phone, event: OutboxEvent): void {
    const fault = this.#world.phoneFault;
    const { outbox, effects } = advance(phone.outbox, event);
    phone.outbox = outbox;
    // Killed before the store was written: as if it had not happened.
    const keeps = fault !== "posts-before-keeping";
    for (const effect of effects) {
      if (effect.kind === "keep" && keeps) {
        const { id } = effect.entry.command;
        if (!phone.kept.has(id)) phone.order.push(id);
        if (fault === "drops-refused" && effect.entry.state === "refused") this.#drop(phone, id);
        else phone.kept.set(id, effect.entry);
      } else if (effect.kind === "acknowledge") {
        phone.ledger.set(effect.line.id, effect.line);
        phone.kept.delete(effect.line.id);
      } else if (effect.kind === "post") {
        if (fault === "forgets-what-it-posts")
          for (const { id } of effect.commands) this.#drop(phone, id);
        const request: PushRequest = {
          protocol: PROTOCOL,
          device: phone.device,
          deviceNow: this.#now + phone.clockError,
          commands: effect.commands,
        };
        this.#send(phone, effect.flight, request);
      }
    }
  }

  #drop(phone: Phone, id: Id): void {
    phone.kept.delete(id);
    const entries = phone.outbox.entries.filter((entry) => entry.command.id !== id);
    phone.outbox = { ...phone.outbox, entries };
  }

  #tick(phone: Phone): void {
    if (!phone.revoked) this.#step(phone, { kind: "tick", now: this.#now + phone.clockError });
  }

  #lose(phone: Phone, flight: number): void {
    const now = this.#now + phone.clockError;
    this.#step(phone, { kind: "lost", flight, now, chance: this.#random() });
  }

  #send(phone: Phone, flight: number, request: PushRequest): void {
    const { server } = this.#world;
    let steps: Steps<PushReply | Refused> | null = null;
    let reply: PushReply | Refused | null = null;
    const task: Task = {
      phone,
      onServer: false,
      act: async () => {
        if (reply === null) {
          task.onServer = true;
          steps ??= server.push(phone.member, request);
          const next = await steps.next();
          if (next.done === true) {
            reply = next.value;
            task.onServer = false;
          }
          return false;
        }
        await this.#answered(phone, flight, reply);
        return true;
      },
      cut: () => this.#lose(phone, flight),
    };
    this.#tasks.push(task);
  }

  async #answered(phone: Phone, flight: number, reply: PushReply | Refused): Promise<void> {
    if (typeof reply === "string") {
      phone.revoked = true;
      this.#step(phone, { kind: "held", flight, hold: "device-revoked" });
      return;
    }
    const { server, phoneFault } = this.#world;
    const { receipts } = await proveAnswers(
      reply.answers,
      reply.batches,
      (id) => this.#made.get(id)?.hash,
      server.digest,
      server.verify,
    );
    const proved = new Map(receipts);
    if (phoneFault === "believes-without-proof")
      for (const answer of reply.answers)
        if (answer.status === "accepted" || answer.status === "had")
          proved.set(answer.id, receipts.get(answer.id) ?? unproved(answer));
    for (const [id, receipt] of receipts) {
      const text = JSON.stringify(receipt);
      const before = this.#receipts.get(id) ?? text;
      // A server restored from a backup signs anew what it lacked; otherwise never.
      if (before !== text && this.#world.restores !== true)
        throw new PromiseBroken(`two receipts for ${id}`);
      this.#receipts.set(id, text);
    }
    this.#step(phone, {
      kind: "answered",
      flight,
      answers: reply.answers,
      receipts: proved,
      now: this.#now + phone.clockError,
      chance: this.#random(),
    });
  }

  /** Any of what is under way goes one step further: so answers overtake one another. */
  async #progress(): Promise<void> {
    const task = this.#pick(this.#tasks);
    if (task !== undefined && (await task.act())) this.#end(task);
  }

  #end(task: Task): void {
    this.#tasks = this.#tasks.filter((other) => other !== task);
  }

  /** The phone gives up waiting. The request or the answer is lost, or comes late after all. */
  #cutSomething(): void {
    const task = this.#pick(this.#tasks);
    if (task === undefined) return;
    task.cut();
    if (this.#chance(0.5)) this.#end(task);
  }

  /** The network delivers a push a second time. */
  #repeatSomething(phone: Phone): void {
    const inFlight = phone.outbox.entries.filter((entry) => entry.state === "in_flight");
    const known = [...phone.ledger.values()].flatMap(({ command }) => command ?? []);
    const commands = [...known, ...inFlight.map(({ command }) => command)].filter(() =>
      this.#chance(0.5),
    );
    if (commands.length === 0 || phone.revoked) return;
    const deviceNow = this.#now + phone.clockError;
    this.#send(phone, -1, { protocol: PROTOCOL, device: phone.device, deviceNow, commands });
  }

  #killPhone(phone: Phone): void {
    // What the network carries for it goes on; nobody hears the answers.
    for (const task of this.#tasks.filter((other) => other.phone === phone))
      if (this.#chance(0.5)) this.#end(task);
    const entries = phone.order.flatMap((id) => phone.kept.get(id) ?? []);
    const { hold, nextFlight } = phone.outbox;
    phone.outbox = { ...emptyOutbox, entries, hold, nextFlight };
    this.#step(phone, { kind: "started" });
  }

  #killServer(): void {
    this.#world.server.faults?.kill();
    for (const task of this.#tasks.filter(({ onServer }) => onServer)) {
      this.#end(task);
      task.cut();
    }
  }

  #jumpClock(phone: Phone): void {
    phone.clockError = this.#chance(0.3) ? 0 : Math.floor((this.#random() - 0.5) * 8 * YEAR_MS);
  }

  #pull(phone: Phone): void {
    if (phone.revoked || this.#tasks.some((task) => task.phone === phone && "pulls" in task))
      return;
    const { server, beat } = this.#world;
    let steps = server.pull(phone.member, phone.device, beat, phone.cursor);
    const task: Task & { pulls: true } = {
      pulls: true,
      phone,
      onServer: true,
      act: async () => {
        const next = await steps.next();
        if (next.done !== true) return false;
        if (typeof next.value === "string") {
          if (next.value === "device-revoked") phone.revoked = true;
          return true;
        }
        this.#take(phone, next.value);
        if (!next.value.more) return true;
        steps = server.pull(phone.member, phone.device, beat, phone.cursor);
        return false;
      },
      cut: () => {},
    };
    this.#tasks.push(task);
  }

  /** A page and its cursor are kept together. */
  #take(phone: Phone, page: PulledPage): void {
    if (page.full) phone.records = new Map();
    for (const { id, body } of page.records) phone.records.set(id, body);
    phone.cursor = page.cursor;
  }

  #reconcile(phone: Phone): void {
    if (phone.revoked) return;
    const { server } = this.#world;
    const lines = [...phone.ledger.values()].map(({ id, hash }) => ({ id, hash }));
    const buckets = bucketsOf(lines);
    let steps = server.reconcile(phone.member, { device: phone.device, buckets, lines: [] });
    let asked = false;
    const task: Task = {
      phone,
      onServer: true,
      act: async () => {
        const next = await steps.next();
        if (next.done !== true) return false;
        const reply = next.value;
        if (typeof reply === "string") return true;
        if (asked) {
          this.#lacking(phone, reply);
          return true;
        }
        asked = true;
        const differing = reply.differing.flatMap((i) => buckets[i] ?? []);
        const ids = linesOf(lines, differing);
        if (ids.length === 0) return true;
        steps = server.reconcile(phone.member, { device: phone.device, buckets: [], lines: ids });
        return false;
      },
      cut: () => {},
    };
    this.#tasks.push(task);
  }

  #lacking(phone: Phone, { lacking, altered }: ReconcileReply): void {
    for (const id of altered) phone.alarms.add(id);
    const lines = lacking.flatMap((id) => phone.ledger.get(id) ?? []);
    for (const { id, command } of lines) if (command === undefined) phone.alarms.add(id);
    this.#step(phone, { kind: "lacking", lines });
  }

  // -- and in the end ------------------------------------------------------------------------------

  async calmDown(): Promise<void> {
    const { server, beat, restores } = this.#world;
    for (const phone of this.#phones) {
      phone.clockError = 0;
      server.faults?.setPosted(phone.member, beat, true);
    }
    for (let round = 0; round < QUIET_ROUNDS; round += 1) {
      while (this.#tasks.length > 0) {
        const task = this.#tasks[0] as Task;
        if (await task.act()) this.#end(task);
      }
      if (round === 0 && restores === true)
        for (const phone of this.#phones) this.#reconcile(phone);
      this.#now += 10 * 60_000;
      for (const phone of this.#phones) this.#tick(phone);
      // What the server fails on is tried for ever; everything else has settled by now.
      if (round > 3 && !this.#phones.some((phone) => this.#busy(phone))) break;
    }
    for (const phone of this.#phones) this.#pull(phone);
    while (this.#tasks.length > 0)
      if (await (this.#tasks[0] as Task).act()) this.#end(this.#tasks[0] as Task);
  }

  #busy(phone: Phone): boolean {
    return (
      !phone.revoked &&
      phone.outbox.entries.some(
        ({ state, command }) => state !== "refused" && (command.body as Change).trouble !== "throw",
      )
    );
  }

  async judge(acts: number): Promise<Outcome> {
    const { server } = this.#world;
    const truth = await server.truth();
    const held = new Set<Id>();
    for (const phone of this.#phones) {
      for (const { id, hash, receipt } of phone.ledger.values()) {
        held.add(id);
        // After a restore, sent again and refused this time: it asks for the officer's attention.
        // And a phone that was switched off can't send again what the backup lacks.
        if (phone.alarms.has(id) || phone.kept.has(id)) continue;
        if (this.#world.restores === true && phone.revoked) continue;
        if (truth.accepted.get(id) !== hash)
          throw new PromiseBroken(`acknowledged and lost: ${id}`);
        const fault = await receiptFault(receipt, hash, server.digest, server.verify);
        if (fault !== null) throw new PromiseBroken(`receipt of ${id}: ${fault}`);
      }
      for (const { command, state } of phone.outbox.entries) {
        held.add(command.id);
        if (state === "in_flight") throw new PromiseBroken(`still in flight: ${command.id}`);
        if (!phone.kept.has(command.id)) throw new PromiseBroken(`not in the store: ${command.id}`);
      }
      if (this.#busy(phone)) throw new PromiseBroken("a phone never finished");
      this.#judgeRecords(phone, truth);
    }
    for (const id of this.#made.keys())
      if (!held.has(id)) throw new PromiseBroken(`work of an officer vanished: ${id}`);
    this.#judgeApplied(truth);
    this.#judgeTexts(truth);
    await this.#judgeLedgers(truth);
    return { acts, commands: this.#made.size, accepted: truth.accepted.size };
  }

  #judgeRecords(phone: Phone, truth: Truth): void {
    if (phone.revoked) return;
    for (const door of this.#doors) {
      const there = JSON.stringify(truth.doors.get(door) ?? null);
      const here = JSON.stringify(phone.records.get(door) ?? null);
      if (here !== there) throw new PromiseBroken(`a phone differs: ${here} is not ${there}`);
    }
  }

  #judgeApplied({ accepted, applied }: Truth): void {
    const mine = applied.filter((id) => this.#made.has(id));
    const once = new Set(mine);
    if (once.size !== mine.length) throw new PromiseBroken("a command changed something twice");
    for (const id of once)
      if (!accepted.has(id)) throw new PromiseBroken(`changed without being in the ledger: ${id}`);
    for (const [id, { command }] of this.#made) {
      if (accepted.has(id) && !once.has(id))
        throw new PromiseBroken(`in the ledger without its change: ${id}`);
      if (command.replaces !== undefined && once.has(id) && once.has(command.replaces))
        throw new PromiseBroken(`counted with its repair: ${command.replaces}`);
    }
  }

  /** Every word that an officer added stands at the door. */
  #judgeTexts({ accepted, doors }: Truth): void {
    for (const [id, { command }] of this.#made) {
      if (!accepted.has(id)) continue;
      const { door, was, now } = command.body as Change;
      const known = new Set(linesOfNote(was["note"]));
      const there = new Set(linesOfNote(doors.get(door)?.["note"]));
      for (const line of linesOfNote(now["note"]))
        if (!known.has(line) && !there.has(line)) throw new PromiseBroken(`text lost: ${line}`);
    }
  }

  /** A last reconciliation finds nothing missing. */
  async #judgeLedgers(truth: Truth): Promise<void> {
    for (const { ledger, alarms, kept, revoked } of this.#phones) {
      if (this.#world.restores === true && revoked) continue;
      const lines = [...ledger.values()].filter(({ id }) => !alarms.has(id) && !kept.has(id));
      const there = lines.map(({ id }) => ({ id, hash: truth.accepted.get(id) ?? "" }));
      if (digestOf(lines) !== digestOf(there)) throw new PromiseBroken("ledgers differ");
    }
  }
}

/** What a phone would have to invent if it believed an answer that proves nothing. */
function unproved(answer: Extract<Answer, { readonly status: "accepted" | "had" }>): Receipt {
  const { id, seq, batch, leaf } = answer;
  return { id, seq, batch, leaf, hash: "", time: 0, count: 0, path: [], keyId: "", signature: "" };
}

function linesOfNote(note: JsonObject[string]): string[] {
  return typeof note === "string" ? note.split("\n") : [];
}
