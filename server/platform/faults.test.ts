import assert from "node:assert/strict";
import { type ChildProcess, fork } from "node:child_process";
import { createPublicKey, hash, type KeyObject, randomBytes, verify } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test, type TestContext } from "node:test";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Id, uuidv7 } from "@wanjia/domain/shared/id";
import { seededRandom } from "@wanjia/domain/shared/random";
import { advance, emptyOutbox, type Outbox, type OutboxEvent } from "@wanjia/sync/outbox";
import { type Command, contentOf, PROTOCOL, type PushReply } from "@wanjia/sync/protocol";
import { proveAnswers, type Receipt, receiptFault } from "@wanjia/sync/receipts";
import { bucketsOf } from "@wanjia/sync/reconcile";
import pg from "pg";
import { CITY, PASSWORD } from "../testing-city.ts";
import { systemClock } from "./clock.ts";
import { Database } from "./database.ts";

const CHILD = fileURLToPath(new URL("../testing-faults.ts", import.meta.url));
const KILLS = 50;
const PHONES = 3;
/** A kill takes one to two seconds on two quiet cores; a busy machine gets more time. */
const TIME_LIMIT_MS = 500_000;
/** A phone with so much unsent makes no more until it gets some of it away. */
const FULL = 60;
/** How long a server may take for the answers that it is to give before its death. */
const PATIENCE_MS = 10_000;

const sha256 = (data: string | Uint8Array): Buffer => hash("sha256", data, "buffer");

/** What the children leave behind when they die: sockets, and compiled code for the next one. */
const LEFT = mkdtempSync(join(tmpdir(), "wanjia-killed-"));
after(() => rmSync(LEFT, { recursive: true, force: true }));

class Child {
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
class Phone {
  readonly device: Id = uuidv7(Date.now(), randomBytes(10));
  readonly keys: { id: string; key: string }[];
  readonly ledger = new Map<Id, { hash: string; receipt: Receipt; command: Command }>();
  readonly made = new Map<Id, string>();
  outbox: Outbox = emptyOutbox;
  cookie = "";
  /** Pushes that were answered, and those that a death cut off. */
  answered = 0;
  cut = 0;
  /** Commands that had been saved by a server which died before it could say so. */
  had = 0;
  #posting: Promise<void> = Promise.resolve();
  #key: KeyObject | undefined;

  constructor(keys: { id: string; key: string }[]) {
    this.keys = keys;
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

/** Kills servers at random while phones work, and then counts. */
async function ordeal(
  context: TestContext,
  servers: Record<string, string>[],
  kills: number,
): Promise<Set<Id>> {
  const random = seededRandom(`kill ${servers.length} ${kills}`);
  const until = Date.now() + TIME_LIMIT_MS;
  const children: Child[] = [];
  for (const server of servers) {
    const child = new Child(server).start();
    await child.address();
    children.push(child);
  }
  // The next one to rise is loaded while the others still work.
  let spare = new Child(servers[0] as Record<string, string>);
  let killed = 0;
  try {
    const first = await (children[0] as Child).address();
    const { keys } = (await (await fetch(`${first}/sync/keys`)).json()) as {
      keys: { id: string; key: string }[];
    };
    const phones = Array.from({ length: PHONES }, () => new Phone(keys));
    for (const phone of phones) await phone.signIn(first);
    while (killed < kills && Date.now() < until) {
      const which = killed % children.length;
      const addresses = await Promise.all(children.map((child) => child.address()));
      const work = async (goOn: () => boolean): Promise<void> => {
        for (;;)
          for (const [i, phone] of phones.entries()) {
            if (!goOn()) return;
            phone.work(random);
            phone.tick(addresses[(i + killed) % addresses.length] as string);
            await setTimeout(random() * 8);
          }
      };
      // Some die before their first answer, some in the midst of pushing; none at a quiet moment.
      const answers = answered(phones) + Math.floor(random() * 3);
      const patience = Date.now() + PATIENCE_MS;
      await work(() => answered(phones) < answers && Date.now() < patience);
      const moment = performance.now() + random() * 40;
      await work(() => performance.now() < moment);
      await (children[which] as Child).kill();
      killed += 1;
      children[which] = spare.start();
      spare = new Child(servers[killed % servers.length] as Record<string, string>);
    }
    const sum = (of: (phone: Phone) => number): number =>
      phones.reduce((total, phone) => total + of(phone), 0);
    const [acknowledged, cut] = [sum(({ ledger }) => ledger.size), sum((phone) => phone.cut)];
    const address = await (children[0] as Child).address();
    for (const phone of phones) await phone.finish(address);
    for (const phone of phones) await judge(phone, address);
    // Everything sent once more changes nothing and gets the same receipts.
    const [phone] = phones as [Phone];
    const commands = [...phone.ledger.values()].slice(0, 100).map(({ command }) => command);
    const answer = await phone.call(address, "/sync/push", {
      protocol: PROTOCOL,
      device: phone.device,
      deviceNow: Date.now(),
      commands,
    });
    const { answers, batches } = (await answer.json()) as PushReply;
    const again = await proveAnswers(
      answers,
      batches,
      (id) => phone.made.get(id),
      sha256,
      phone.verify,
    );
    for (const { id } of commands)
      assert.deepEqual(again.receipts.get(id), phone.ledger.get(id)?.receipt);
    context.diagnostic(
      `${sum(({ made }) => made.size)} commands, ${acknowledged} of them acknowledged between kills, ` +
        `${cut} pushes cut off, ${sum(({ had }) => had)} commands saved but not acknowledged at once`,
    );
    assert.ok(cut > 0 && acknowledged > kills, "the servers were killed while nothing happened");
    assert.equal(killed, kills, `nothing was lost, but only ${killed} kills in the time given`);
    return new Set(phones.flatMap(({ made }) => [...made.keys()]));
  } finally {
    for (const child of [...children, spare]) await child.kill();
  }
}

function answered(phones: readonly Phone[]): number {
  return phones.reduce((total, phone) => total + phone.answered, 0);
}

/** Every command has its row in the ledger and did its work, once. */
async function judgeRows(
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

async function judge(phone: Phone, address: string): Promise<void> {
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

suite("a server killed at any moment loses nothing that it acknowledged", () => {
  const options = { timeout: TIME_LIMIT_MS + 60_000 };
  const url = process.env["TEST_DATABASE_URL"];
  if (url === undefined) {
    test(`${KILLS} kills on the embedded database`, options, async (context) => {
      const directory = mkdtempSync(join(tmpdir(), "wanjia-faults-"));
      try {
        const made = await ordeal(context, [{ WANJIA_DATA: directory, DATABASE_URL: "" }], KILLS);
        await judgeRows(made, { directory });
      } finally {
        rmSync(directory, { recursive: true, force: true });
      }
    });
    return;
  }

  const onPostgres = async (
    context: TestContext,
    servers: number,
    kills: number,
  ): Promise<void> => {
    const admin = new pg.Client({ connectionString: url });
    await admin.connect();
    const name = `wanjia_faults_${process.pid}_${servers}`;
    await admin.query(`create database ${name}`);
    const own = new URL(url);
    own.pathname = `/${name}`;
    try {
      const server = { DATABASE_URL: own.href };
      const made = await ordeal(
        context,
        Array.from({ length: servers }, () => server),
        kills,
      );
      await judgeRows(made, { url: own.href, directory: null });
    } finally {
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.end();
    }
  };
  test(`${KILLS} kills on PostgreSQL`, options, (context) => onPostgres(context, 1, KILLS));
  test("two servers on one PostgreSQL, killed in turn", options, (context) =>
    onPostgres(context, 2, 12),
  );
});
