/** Servers to be killed or starved, phones that never stop working, and the count afterwards. */
import assert from "node:assert/strict";
import { type ChildProcess, fork } from "node:child_process";
import { createPublicKey, hash, type KeyObject, randomBytes, verify } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { type Id, uuidv7 } from "@wanjia/domain/shared/id";
import { advance, emptyOutbox, type Outbox, type OutboxEvent } from "@wanjia/sync/outbox";
import { type Command, contentOf, PROTOCOL, type PushReply } from "@wanjia/sync/protocol";
import { proveAnswers, type Receipt, receiptFault } from "@wanjia/sync/receipts";
import { bucketsOf } from "@wanjia/sync/reconcile";
import { systemClock } from "./platform/clock.ts";
import { Database } from "./platform/database.ts";
import { CITY, PASSWORD } from "./testing-city.ts";

const CHILD = fileURLToPath(new URL("./testing-faults.ts", import.meta.url));
/** A phone with so much unsent makes no more until it gets some of it away. */
const FULL = 60;

export const sha256 = (data: string | Uint8Array): Buffer => hash("sha256", data, "buffer");

/** What the children leave behind when they die: sockets, and compiled code for the next one. */
const LEFT = mkdtempSync(join(tmpdir(), "wanjia-killed-"));
after(() => rmSync(LEFT, { recursive: true, force: true }));

export class Child {
  readonly process: ChildProcess;
  readonly #port: Promise<string>;

  constructor(environment: Record<string, string>) {
    this.process = fork(CHILD, {
      env: {
        ...process.env,
        NODE_COMPILE_CACHE: join(LEFT, "compiled"),
        TMPDIR: LEFT,
        ...environment,
      },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    this.#port = Promise.race([
      once(this.process, "message").then(([port]) => String(port)),
      once(this.process, "exit").then(([code, signal]) => {
        throw new Error(`the server ended with ${code ?? signal} before it was ready`);
      }),
    ]);
    this.#port.catch(() => {});
  }

  /** Loaded it waits; now it takes the database. */
  start(): this {
    // Should it be dead already, `address` says so.
    this.process.send("start", () => {});
    return this;
  }

  async address(): Promise<string> {
    return `http://127.0.0.1:${await this.#port}/api/v1`;
  }

  async kill(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const gone = once(this.process, "exit");
    this.process.kill("SIGKILL");
    await gone;
  }
}

/** A phone with its real outbox, that never stops working. */
export class Phone {
  readonly device: Id = uuidv7(Date.now(), randomBytes(10));
  readonly keys: { id: string; key: string }[];
  readonly ledger = new Map<Id, { hash: string; receipt: Receipt; command: Command }>();
  readonly made = new Map<Id, string>();
  outbox: Outbox = emptyOutbox;
  cookie = "";
  /** Pushes that were answered, and those that a death cut off. */
  answered = 0;
  cut = 0;
  /** Commands that a server said it could not save. */
  failed = 0;
  /** Commands that had been saved by a server which died before it could say so. */
  had = 0;
  #posting: Promise<void> = Promise.resolve();
  #key: KeyObject | undefined;

  constructor(keys: { id: string; key: string }[]) {
    this.keys = keys;
  }

  static async signedIn(address: string): Promise<Phone> {
    const { keys } = (await (await fetch(`${address}/sync/keys`)).json()) as {
      keys: { id: string; key: string }[];
    };
    const phone = new Phone(keys);
    await phone.signIn(address);
    return phone;
  }

  call(address: string, path: string, body: unknown): Promise<Response> {
    return fetch(`${address}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-wanjia-csrf": "1", cookie: this.cookie },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
  }

  async signIn(address: string): Promise<void> {
    const { login } = CITY.members.officer;
    const answer = await this.call(address, "/session", {
      login,
      password: PASSWORD,
      deviceId: this.device,
    });
    assert.equal(answer.status, 200);
    this.cookie = answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(";", 1)[0])
      .join("; ");
    const device = { id: this.device, name: "摔不坏", protocol: 2 };
    assert.equal((await this.call(address, "/sync/devices", device)).status, 200);
  }

  work(random: () => number): void {
    if (this.outbox.entries.length >= FULL) return;
    const count = 1 + Math.floor(random() * 12);
    for (let i = 0; i < count; i += 1) {
      const id = uuidv7(Date.now(), randomBytes(10));
      const door = CITY.door("east", 1 + Math.floor(random() * 3), 1 + Math.floor(random() * 4));
      const body = { door, was: {}, now: { note: `第${this.made.size}句` } };
      const command: Command = { id, type: "probe.change", at: Date.now(), base: null, body };
      const text = contentOf(command);
      const content = sha256(text).toString("base64url");
      this.made.set(id, content);
      this.step("", { kind: "queue", command, hash: content, bytes: text.length });
    }
  }

  step(address: string, event: OutboxEvent): void {
    const { outbox, effects } = advance(this.outbox, event);
    this.outbox = outbox;
    for (const effect of effects) {
      if (effect.kind === "acknowledge") {
        const { id, hash: content, receipt, command } = effect.line;
        this.ledger.set(id, { hash: content, receipt, command: command as Command });
      } else if (effect.kind === "post")
        this.#posting = this.#post(address, effect.flight, effect.commands);
    }
  }

  tick(address: string): void {
    this.step(address, { kind: "tick", now: Date.now() });
  }

  async #post(address: string, flight: number, commands: readonly Command[]): Promise<void> {
    try {
      const answer = await this.call(address, "/sync/push", {
        protocol: PROTOCOL,
        device: this.device,
        deviceNow: Date.now(),
        commands,
      });
      if (answer.status !== 200) throw new Error(String(answer.status));
      const { answers, batches } = (await answer.json()) as PushReply;
      const { receipts, faults } = await proveAnswers(
        answers,
        batches,
        (id) => this.made.get(id),
        sha256,
        this.verify,
      );
      assert.equal(faults.size, 0);
      this.answered += 1;
      this.failed += answers.filter(({ status }) => status === "failed").length;
      this.had += answers.filter(({ status }) => status === "had").length;
      this.step(address, {
        kind: "answered",
        flight,
        answers,
        receipts,
        now: Date.now(),
        chance: 0,
      });
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      // The server died under it: what happened is not known.
      this.cut += 1;
      this.step(address, { kind: "lost", flight, now: 0, chance: 0 });
    }
  }

  readonly verify = (keyId: string, statement: Uint8Array, signature: Uint8Array) => {
    const known = this.keys.find(({ id }) => id === keyId);
    if (known === undefined) return null;
    this.#key ??= createPublicKey({
      key: { kty: "OKP", crv: "Ed25519", x: known.key },
      format: "jwk",
    });
    return verify(null, statement, this.#key, signature);
  };

  async finish(address: string): Promise<void> {
    const deadline = Date.now() + 30_000;
    while (this.outbox.entries.length > 0 && Date.now() < deadline) {
      this.outbox = { ...this.outbox, notBefore: 0 };
      this.tick(address);
      await this.#posting;
    }
  }
}

/** Every command has its row in the ledger and did its work, once. */
export async function judgeRows(
  made: ReadonlySet<Id>,
  where: { url: string; directory: null } | { directory: string },
): Promise<void> {
  const database = await Database.open({ ...where, clock: systemClock });
  try {
    const { rows: changes } = await database.pool.query<{ id: Id }>("select id from probe_change");
    assert.equal(changes.length, made.size);
    for (const { id } of changes) assert.ok(made.has(id));
    const { rows: ledger } = await database.pool.query<{ id: Id }>(
      "select id from sync_command where leaf is not null",
    );
    assert.deepEqual(new Set(ledger.map(({ id }) => id)), made);
    assert.equal(ledger.length, made.size);
  } finally {
    await database.close();
  }
}

export async function judge(phone: Phone, address: string): Promise<void> {
  assert.equal(phone.outbox.entries.length, 0);
  assert.equal(phone.ledger.size, phone.made.size);
  for (const [id, { hash: content, receipt }] of phone.ledger) {
    assert.equal(content, phone.made.get(id));
    assert.equal(await receiptFault(receipt, content, sha256, phone.verify), null);
  }
  const buckets = bucketsOf([...phone.made].map(([id, content]) => ({ id, hash: content })));
  const { device } = phone;
  const answer = await phone.call(address, "/sync/reconcile", { device, buckets, lines: [] });
  assert.deepEqual(await answer.json(), { differing: [], lacking: [], altered: [] });
}
