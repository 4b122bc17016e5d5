/**
 * A server in memory for the simulator: transactions that commit in their own time, a ledger, doors.
 * What it decides, it decides with the code of the real server (`decisions.ts`, `cursor.ts`,
 * `receipts.ts`, `reconcile.ts`).
 */
import { type Id, uuidv7 } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Refusal } from "@wanjia/domain/shared/result";
import { type Bytes, type Digest, fromUtf8, join, toBase64Url, utf8 } from "./bytes.ts";
import { cursorAfter, formatCursor, parseCursor, type SnapshotText, windowOf } from "./cursor.ts";
import { type Incoming, type LedgerRow, triage } from "./decisions.ts";
import { type JsonObject, mergeRecords } from "./merge.ts";
import {
  type Answer,
  contentOf,
  PROTOCOL,
  type PushReply,
  type PushRequest,
  type SignedBatch,
} from "./protocol.ts";
import { batchStatement, leafContent, merkleRoot, type Verify } from "./receipts.ts";
import {
  compareLines,
  differs,
  digestOf,
  type ReconcileReply,
  type ReconcileRequest,
} from "./reconcile.ts";
import type { Change, PulledPage, Refused, Server, Steps, Truth } from "./simulation.ts";

/** Guards of the server that a test takes away, to see that the fuzzer misses them. */
export type ServerFault =
  | "no-dedupe"
  | "no-unique-key"
  | "answers-before-commit"
  | "cursor-by-number"
  | "signs-anew"
  | "no-merge"
  | "no-row-lock"
  | "repairs-count-twice"
  | "poison-blocks"
  | "wrong-root"
  | "skips-page-ends";

interface Door {
  readonly body: JsonObject;
  readonly tx: number;
  readonly seq: number;
}

interface State {
  readonly ledger: Map<Id, LedgerRow & { readonly device: Id }>;
  readonly batches: Map<Id, SignedBatch>;
  readonly doors: Map<Id, Door>;
  readonly applied: Id[];
  readonly revoked: Set<Id>;
  era: number;
}

interface Transaction {
  readonly tx: number;
  readonly ledger: Map<Id, LedgerRow & { readonly device: Id }>;
  readonly doors: Map<Id, { readonly body: JsonObject; readonly read: Door | undefined }>;
  readonly applied: Id[];
  batch: SignedBatch | null;
}

const PAGE_SIZE = 2;

class Poison extends Error {}

export class ModelServer implements Server {
  readonly digest: Digest;
  readonly verify: Verify;
  readonly #fault: ServerFault | undefined;
  readonly #open = new Set<number>();
  readonly #unposted = new Set<Id>();
  #state: State = emptyState();
  #saved: State = emptyState();
  #generation = 0;
  #nextTx = 1;
  #seq = 0;
  #ids = 0;
  #now: Instant;

  constructor(digest: Digest, now: Instant, fault?: ServerFault) {
    this.digest = digest;
    this.#fault = fault;
    this.#now = now;
    // A stand-in for Ed25519, which would take most of the time of thousands of runs.
    this.verify = async (keyId, statement, signature) =>
      keyId === "model" ? toBase64Url(signature) === (await this.#sign(statement)) : null;
  }

  async #sign(statement: Bytes): Promise<string> {
    return toBase64Url(await this.digest(join(utf8("model key"), statement)));
  }

  readonly faults = {
    kill: (): void => {
      this.#generation += 1;
      this.#open.clear();
    },
    setPosted: (member: Id, _beat: Id, posted: boolean): void => {
      if (posted) this.#unposted.delete(member);
      else this.#unposted.add(member);
    },
    revokeDevice: (device: Id): void => {
      this.#state.revoked.add(device);
    },
    checkpoint: (): void => {
      this.#saved = copy(this.#state);
    },
    restore: (): void => {
      const { revoked, era } = this.#state;
      this.#state = { ...copy(this.#saved), revoked, era: era + 1 };
    },
  };

  // -- pushing -----------------------------------------------------------------------------------

  async *push(member: Id, request: PushRequest): Steps<PushReply | Refused> {
    const generation = this.#generation;
    const incoming: Incoming[] = [];
    for (const command of request.commands)
      incoming.push({ command, hash: toBase64Url(await this.digest(utf8(contentOf(command)))) });
    for (let attempt = 0; ; attempt += 1) {
      yield;
      if (this.#state.revoked.has(request.device)) return "device-revoked";
      const transaction: Transaction = {
        tx: this.#nextTx,
        ledger: new Map(),
        doors: new Map(),
        applied: [],
        batch: null,
      };
      this.#nextTx += 1;
      this.#open.add(transaction.tx);
      const singly = attempt > 0;
      let reply: PushReply;
      try {
        reply = await this.#settle(member, request, incoming, transaction, singly);
      } catch (error) {
        this.#open.delete(transaction.tx);
        if (!(error instanceof Poison) || this.#fault === "poison-blocks") {
          if (!(error instanceof Poison)) throw error;
          return { protocol: PROTOCOL, serverNow: this.#now, answers: [], batches: [] };
        }
        continue;
      }
      if (this.#fault === "answers-before-commit") {
        void this.#commitLater(generation, transaction);
        return reply;
      }
      yield; // the transaction is open: others may commit before it
      if (generation !== this.#generation) return reply; // dead; nobody hears this
      this.#open.delete(transaction.tx);
      if (!this.#clashes(transaction)) {
        this.#commit(transaction);
        yield; // committed, the answer not yet sent
        return reply;
      }
    }
  }

  async #commitLater(generation: number, transaction: Transaction): Promise<void> {
    for (let i = 0; i < 50; i += 1) await Promise.resolve();
    this.#open.delete(transaction.tx);
    // One in three servers dies before it gets to it.
    if (generation === this.#generation && transaction.tx % 3 !== 0) this.#commit(transaction);
  }

  async #settle(
    member: Id,
    request: PushRequest,
    incoming: readonly Incoming[],
    transaction: Transaction,
    singly: boolean,
  ): Promise<PushReply> {
    const known = this.#fault === "no-dedupe" ? new Map<Id, LedgerRow>() : this.#state.ledger;
    const sorted = triage(
      this.#fault === "repairs-count-twice"
        ? incoming.map(({ command, hash }) => ({
            command: { ...command, replaces: undefined },
            hash,
          }))
        : incoming,
      known,
    );
    const answers = new Map<Id, Answer>(sorted.settled);
    const refuse = (id: Id, hash: string, refusal: Refusal): void => {
      const row = { id, hash, seq: this.#nextSeq(), batch: null, leaf: null, refusal };
      transaction.ledger.set(id, { ...row, device: request.device });
      answers.set(id, { id, status: "refused", refusal });
    };
    const accepted: Incoming[] = [];
    for (const item of sorted.fresh) {
      const { id, body } = item.command;
      const { trouble } = body as Change;
      if (trouble === "throw") {
        if (!singly) throw new Poison();
        answers.set(id, { id, status: "failed", reason: "server-fault" });
      } else if (trouble === "refuse") refuse(id, item.hash, { code: "refused-by-rule" });
      else if (this.#unposted.has(member)) refuse(id, item.hash, { code: "not-posted" });
      else {
        this.#apply(transaction, item);
        accepted.push(item);
      }
    }
    for (const [id, refusal] of sorted.rejected)
      refuse(id, incoming.find(({ command }) => command.id === id)?.hash ?? "", refusal);
    for (const id of sorted.buried)
      if (!sorted.rejected.has(id)) refuse(id, "", { code: "replaced" });
    await this.#seal(request.device, transaction, accepted, answers);
    const batches = await this.#batchesFor(answers, transaction);
    const found = incoming.map(({ command }) => answers.get(command.id) as Answer);
    return { protocol: PROTOCOL, serverNow: this.#now, answers: found, batches };
  }

  #apply(transaction: Transaction, { command }: Incoming): void {
    const { door, was, now } = command.body as Change;
    const staged = transaction.doors.get(door);
    const read = staged === undefined ? this.#state.doors.get(door) : staged.read;
    const theirs = staged?.body ?? read?.body ?? {};
    const body = this.#fault === "no-merge" ? now : mergeRecords(was, now, theirs).value;
    transaction.doors.set(door, { body, read });
    transaction.applied.push(command.id);
  }

  async #seal(
    device: Id,
    transaction: Transaction,
    accepted: readonly Incoming[],
    answers: Map<Id, Answer>,
  ): Promise<void> {
    if (accepted.length === 0) return;
    this.#now += 1;
    const time = this.#now;
    const id = this.#newId();
    const leaves: Uint8Array[] = [];
    for (const [leaf, { command, hash }] of accepted.entries()) {
      const seq = this.#nextSeq();
      leaves.push(await this.digest(leafContent({ id: command.id, hash, seq, time })));
      const row = { id: command.id, hash, seq, batch: id, leaf, refusal: null, device };
      transaction.ledger.set(command.id, row);
      answers.set(command.id, { id: command.id, status: "accepted", seq, batch: id, leaf });
    }
    const root =
      this.#fault === "wrong-root" ? new Uint8Array(32) : await merkleRoot(leaves, this.digest);
    const signature = await this.#sign(batchStatement({ id, count: leaves.length, root, time }));
    transaction.batch = {
      id,
      time,
      leaves: toBase64Url(join(...leaves)),
      keyId: "model",
      signature,
    };
  }

  async #batchesFor(
    answers: ReadonlyMap<Id, Answer>,
    { batch }: Transaction,
  ): Promise<SignedBatch[]> {
    const batches = new Map<Id, SignedBatch>();
    if (batch !== null) batches.set(batch.id, batch);
    for (const answer of answers.values()) {
      if (answer.status !== "had") continue;
      const held = this.#state.batches.get(answer.batch);
      if (held !== undefined) batches.set(held.id, await this.#signAnew(held, answers));
    }
    return [...batches.values()];
  }

  /** Only with that guard away: a receipt of its own for each answer. */
  async #signAnew(held: SignedBatch, answers: ReadonlyMap<Id, Answer>): Promise<SignedBatch> {
    if (this.#fault !== "signs-anew") return held;
    this.#now += 1;
    const time = this.#now;
    const rows = [...this.#state.ledger.values()]
      .filter(({ batch }) => batch === held.id)
      .sort((a, b) => (a.leaf ?? 0) - (b.leaf ?? 0));
    const leaves: Uint8Array[] = [];
    for (const { id, hash, seq } of rows)
      leaves.push(await this.digest(leafContent({ id, hash, seq, time })));
    const root = await merkleRoot(leaves, this.digest);
    const statement = batchStatement({ id: held.id, count: leaves.length, root, time });
    const signature = await this.#sign(statement);
    return answers.size === 0
      ? held
      : { ...held, time, leaves: toBase64Url(join(...leaves)), signature };
  }

  /** What unique keys and row locks would have stopped: then the transaction is tried again. */
  #clashes({ ledger, doors }: Transaction): boolean {
    if (this.#fault !== "no-unique-key" && this.#fault !== "no-dedupe")
      for (const id of ledger.keys()) if (this.#state.ledger.has(id)) return true;
    if (this.#fault !== "no-row-lock")
      for (const [id, { read }] of doors) if (this.#state.doors.get(id) !== read) return true;
    return false;
  }

  #commit({ tx, ledger, doors, applied, batch }: Transaction): void {
    for (const [id, row] of ledger) this.#state.ledger.set(id, row);
    for (const [id, { body }] of doors)
      this.#state.doors.set(id, { body, tx, seq: this.#nextSeq() });
    this.#state.applied.push(...applied);
    if (batch !== null) this.#state.batches.set(batch.id, batch);
  }

  // -- pulling -----------------------------------------------------------------------------------

  async *pull(
    member: Id,
    device: Id,
    _beat: Id,
    cursorText: string | null,
  ): Steps<PulledPage | Refused> {
    yield;
    if (this.#state.revoked.has(device)) return "device-revoked";
    if (this.#unposted.has(member)) return "not-your-beat";
    const era = String(this.#state.era);
    const window = windowOf(
      cursorText === null ? null : parseCursor(cursorText),
      era,
      this.#snapshot(),
    );
    const { since, until, after } = window;
    const changes = [...this.#state.doors]
      .map(([id, door]) => ({ id, ...door }))
      .filter(({ tx, seq }) =>
        this.#fault === "cursor-by-number"
          ? tx > (since === null ? 0 : Number(since.split(":")[1]) - 1)
          : isVisible(tx, until) &&
            (since === null || !isVisible(tx, since)) &&
            (after === null ||
              tx > Number(after.tx) ||
              (tx === Number(after.tx) && seq > after.seq)),
      )
      .sort((a, b) => a.tx - b.tx || a.seq - b.seq);
    const page = this.#fault === "cursor-by-number" ? changes : changes.slice(0, PAGE_SIZE);
    const cut = this.#fault !== "cursor-by-number" && page.length === PAGE_SIZE;
    const more = cut || window.resumed;
    const last = cut ? page.at(-1) : undefined;
    const next = cursorAfter(
      window,
      era,
      last === undefined || this.#fault === "skips-page-ends"
        ? null
        : { tx: String(last.tx), seq: last.seq },
    );
    yield;
    const records = page.map(({ id, body }) => ({ id, body: clone(body) }));
    return { full: window.full, records, cursor: formatCursor(next), more };
  }

  #snapshot(): SnapshotText {
    const open = [...this.#open].sort((a, b) => a - b);
    return `${open[0] ?? this.#nextTx}:${this.#nextTx}:${open.join(",")}`;
  }

  // -- reconciling ---------------------------------------------------------------------------------

  async *reconcile(_member: Id, request: ReconcileRequest): Steps<ReconcileReply | Refused> {
    yield;
    const held = [...this.#state.ledger.values()].filter(({ refusal }) => refusal === null);
    const differing = request.buckets.flatMap((bucket, i) => {
      const inside = held.filter(
        ({ id, device }) => device === request.device && bucket.from <= id && id <= bucket.to,
      );
      return differs(bucket, { count: inside.length, digest: digestOf(inside) }) ? [i] : [];
    });
    return { differing, ...compareLines(request.lines, new Map(held.map((r) => [r.id, r.hash]))) };
  }

  async truth(): Promise<Truth> {
    const accepted = new Map<Id, string>();
    for (const { id, hash, refusal } of this.#state.ledger.values())
      if (refusal === null) accepted.set(id, hash);
    const doors = new Map([...this.#state.doors].map(([id, { body }]) => [id, body]));
    return { accepted, applied: this.#state.applied, doors };
  }

  #nextSeq(): number {
    this.#seq += 1;
    return this.#seq;
  }

  #newId(): Id {
    this.#ids += 1;
    const random = new Uint8Array(10);
    random[9] = this.#ids % 256;
    random[8] = Math.floor(this.#ids / 256);
    return uuidv7(this.#now, random);
  }
}

/** `pg_visible_in_snapshot`. */
function isVisible(tx: number, snapshot: SnapshotText): boolean {
  const [low = "0", high = "0", open = ""] = snapshot.split(":");
  if (tx < Number(low)) return true;
  return tx < Number(high) && !open.split(",").includes(String(tx));
}

function emptyState(): State {
  return {
    ledger: new Map(),
    batches: new Map(),
    doors: new Map(),
    applied: [],
    revoked: new Set(),
    era: 1,
  };
}

function copy({ ledger, batches, doors, applied, revoked, era }: State): State {
  return {
    ledger: new Map(ledger),
    batches: new Map(batches),
    doors: new Map(doors),
    applied: [...applied],
    revoked: new Set(revoked),
    era,
  };
}

/** What goes over the wire is text. */
function clone(body: JsonObject): JsonObject {
  return JSON.parse(fromUtf8(utf8(JSON.stringify(body)))) as JsonObject;
}
