import assert from "node:assert/strict";
import { createPublicKey, hash, verify } from "node:crypto";
import { after, before, suite, test } from "node:test";
import { type Id, uuidv7 } from "@wanjia/domain/shared/id";
import { seededRandom } from "@wanjia/domain/shared/random";
import type { JsonObject } from "@wanjia/sync/merge";
import type { PullHead, PullMark, PushReply, PushRequest } from "@wanjia/sync/protocol";
import type { ReconcileReply } from "@wanjia/sync/reconcile";
import {
  type PulledPage,
  PromiseBroken,
  type Refused,
  type Server,
  simulate,
  type Steps,
} from "@wanjia/sync/simulation";
import { type Client, TEST_NOW, type TestApp, testApp } from "../testing.ts";
import { addProbe, probeChanges, probeDoors } from "./sync-testing.ts";

const RUNS = 60;

/** The same world as in the sync package, against the real server and its database. */
suite("phones against the real server under every kind of trouble", () => {
  let city: TestApp;
  let clients: ReadonlyMap<Id, Client>;

  before(async () => {
    city = await testApp();
    await addProbe(city.database);
    const { officer, colleague } = city.city.members;
    clients = new Map([
      [officer.id, await city.as("officer")],
      [colleague.id, await city.as("colleague")],
    ]);
  });
  after(() => city.close());

  async function* answered<T>(request: Promise<{ status: number; body: T }>): Steps<T> {
    let settled = false;
    const done = request.finally(() => {
      settled = true;
    });
    // Other requests go out while this one is being answered.
    while (!settled) {
      yield;
      await new Promise((resolve) => setImmediate(resolve));
      if (!settled) await Promise.race([done, new Promise((resolve) => setTimeout(resolve, 2))]);
    }
    const { status, body } = await done;
    if (status !== 200) throw new PromiseBroken(`${status}: ${JSON.stringify(body)}`);
    return body;
  }

  function pages(text: string): PulledPage {
    const lines = text.trimEnd().split("\n");
    const head = JSON.parse(lines[0] ?? "") as PullHead;
    const parsed = lines
      .slice(1)
      .map((line) => JSON.parse(line) as [string, Id, JsonObject] | PullMark);
    const mark = parsed.findLast((line) => !Array.isArray(line)) as PullMark;
    const records = parsed.flatMap((line) =>
      Array.isArray(line) && line[0] === "probe" ? [{ id: line[1], body: line[2] }] : [],
    );
    return { full: head.full, records, ...mark };
  }

  function realServer(): Server {
    const { privateKey: _, publicKey, id } = city.services.secrets.signingKey;
    const key = createPublicKey({ key: publicKey.export({ format: "jwk" }), format: "jwk" });
    const clientOf = (member: Id): Client => clients.get(member) as Client;
    return {
      digest: (data) => hash("sha256", data, "buffer"),
      verify: (keyId, statement, signature) =>
        keyId === id ? verify(null, statement, key, signature) : null,
      push: (member, request: PushRequest) =>
        answered<PushReply | Refused>(clientOf(member).post("/sync/push", request)),
      pull: (member, device, beat, cursor) =>
        answered<PulledPage | Refused>(
          clientOf(member)
            .get(
              `/sync/pull?device=${device}&beat=${beat}${cursor === null ? "" : `&cursor=${cursor}`}`,
            )
            .then(({ status, text, body }) => ({
              status,
              body: status === 200 ? pages(text) : body,
            })),
        ),
      reconcile: (member, request) =>
        answered<ReconcileReply | Refused>(clientOf(member).post("/sync/reconcile", request)),
      async truth() {
        const { rows } = await city.database.pool.query<{ id: Id; hash: Buffer }>(
          "select id, hash from sync_command where leaf is not null",
        );
        return {
          accepted: new Map(rows.map((row) => [row.id, row.hash.toString("base64url")])),
          applied: await probeChanges(city.database, city.city.bureau),
          doors: await probeDoors(city.database, city.city.bureau),
        };
      },
    };
  }

  test(`${RUNS} schedules keep every promise`, async () => {
    const { beats } = city.city;
    const members = [...clients.keys()];
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const random = seededRandom(`device ${seed}`);
      const device = (): Id =>
        uuidv7(
          TEST_NOW,
          Uint8Array.from({ length: 10 }, () => Math.floor(random() * 256)),
        );
      const devices = Array.from({ length: 1 + (seed % 3) }, device);
      for (const [i, id] of devices.entries()) {
        const client = clients.get(members[i % members.length] as Id) as Client;
        const { status } = await client.post("/sync/devices", { id, name: "随机", protocol: 2 });
        assert.equal(status, 200);
      }
      const world = { server: realServer(), members, beat: beats.east, devices, now: TEST_NOW };
      try {
        await simulate({ ...world, seed, length: 60 });
      } catch (error) {
        throw new Error(`seed ${seed}`, { cause: error });
      }
    }
  });
});
