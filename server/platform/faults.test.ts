import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite, test, type TestContext } from "node:test";
import { setTimeout } from "node:timers/promises";
import type { Id } from "@wanjia/domain/shared/id";
import { seededRandom } from "@wanjia/domain/shared/random";
import { PROTOCOL, type PushReply } from "@wanjia/sync/protocol";
import { proveAnswers } from "@wanjia/sync/receipts";
import pg from "pg";
import { Child, judge, judgeRows, Phone, sha256 } from "../testing-phones.ts";

const KILLS = 50;
const PHONES = 3;
/** A kill takes one to two seconds on two quiet cores; a busy machine gets more time. */
const TIME_LIMIT_MS = 500_000;
/** How long a server may take for the answers that it is to give before its death. */
const PATIENCE_MS = 10_000;

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
    const phones: Phone[] = [];
    while (phones.length < PHONES) phones.push(await Phone.signedIn(first));
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
