import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, suite, test } from "node:test";
import { gunzipSync, zstdDecompressSync } from "node:zlib";
import { type Id, uuidv7 } from "@wanjia/domain/shared/id";
import type { JsonObject } from "@wanjia/sync/merge";
import type { Command, PullHead, PullMark, PushReply } from "@wanjia/sync/protocol";
import { proveAnswers } from "@wanjia/sync/receipts";
import { bucketsOf, linesOf } from "@wanjia/sync/reconcile";
import { hashOf, sha256, verifier } from "@wanjia/sync/webcrypto";
import { type Client, TEST_NOW, type TestApp, testApp } from "../testing.ts";
import { addProbe, probeChanges, probeDoors, type ProbeChange } from "./sync-testing.ts";
import { tellPhones } from "./sync-pull.ts";

const anId = (): Id => uuidv7(TEST_NOW, randomBytes(10));

suite("sync", () => {
  let city: TestApp;
  let officer: Client;
  const phone = anId();

  before(async () => {
    city = await testApp();
    await addProbe(city.database);
    officer = await city.as("officer", phone);
    assert.equal((await register(officer, phone)).status, 200);
  });
  after(() => city.close());

  const register = (client: Client, id: Id, protocol = 2) =>
    client.post("/sync/devices", { id, name: "测试手机", protocol });

  const change = (body: Partial<ProbeChange> = {}, more: Partial<Command> = {}): Command => ({
    id: anId(),
    type: "probe.change",
    at: TEST_NOW - 60_000,
    base: null,
    body: { door: anId(), was: {}, now: { note: "灯坏了" }, ...body },
    ...more,
  });

  const push = (client: Client, commands: readonly Command[], more: JsonObject = {}) =>
    client.post("/sync/push", {
      protocol: 2,
      device: phone,
      deviceNow: TEST_NOW,
      commands,
      ...more,
    });

  async function prove(reply: PushReply, commands: readonly Command[]) {
    const { body } = await officer.get("/sync/keys");
    const keys = new Map<string, Uint8Array<ArrayBuffer>>(
      body.keys.map(({ id, key }: { id: string; key: string }) => [
        id,
        new Uint8Array(Buffer.from(key, "base64url")),
      ]),
    );
    const hashes = new Map<Id, string>();
    for (const command of commands) hashes.set(command.id, await hashOf(command));
    return proveAnswers(
      reply.answers,
      reply.batches,
      (id) => hashes.get(id),
      sha256,
      verifier(keys),
    );
  }

  interface Pulled {
    readonly head: PullHead;
    readonly records: (readonly [string, Id, JsonObject])[];
    readonly marks: readonly PullMark[];
    readonly cursor: string;
  }

  async function pull(client: Client, beat: Id, cursor?: string, device = phone): Promise<Pulled> {
    const answer = await client.get(
      `/sync/pull?device=${device}&beat=${beat}${cursor === undefined ? "" : `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    assert.equal(answer.status, 200, answer.text);
    return readPull(answer.text);
  }

  function readPull(text: string): Pulled {
    const lines = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as PullHead & PullMark & Pulled["records"][number]);
    const marks = lines.slice(1).filter((line) => !Array.isArray(line));
    const last = marks.at(-1) as PullMark;
    const records = lines.filter((line) => Array.isArray(line));
    return { head: lines[0] as PullHead, records, marks, cursor: last.cursor };
  }

  const saved = async (ids: readonly Id[]): Promise<number> => {
    const all = await probeChanges(city.database, city.city.bureau);
    return all.filter((id) => ids.includes(id)).length;
  };

  suite("pushing", () => {
    test("each command is answered in order and proves itself by a receipt", async () => {
      const commands = Array.from({ length: 7 }, () => change());
      const { status, body } = await push(officer, commands);
      assert.equal(status, 200);
      assert.deepEqual(
        body.answers.map(({ id, status: said }: { id: Id; status: string }) => [id, said]),
        commands.map(({ id }) => [id, "accepted"]),
      );
      const seqs = body.answers.map(({ seq }: { seq: number }) => seq);
      assert.deepEqual(
        seqs,
        seqs.toSorted((a: number, b: number) => a - b),
      );
      assert.equal(body.batches.length, 1);
      const proved = await prove(body, commands);
      assert.equal(proved.receipts.size, 7);
      assert.equal(await saved(commands.map(({ id }) => id)), 7);
    });

    test("sent again, in another order or overlapping, it is one row and the same receipt", async () => {
      const [a, b, c] = [change(), change(), change()];
      const first = await push(officer, [a, b]);
      const again = await push(officer, [c, b, a, b]);
      assert.deepEqual(
        again.body.answers.map(({ status }: { status: string }) => status),
        ["accepted", "had", "had", "had"],
      );
      const before = await prove(first.body, [a, b]);
      const afterwards = await prove(again.body, [a, b, c]);
      assert.equal(afterwards.faults.size, 0);
      for (const { id } of [a, b])
        assert.deepEqual(afterwards.receipts.get(id), before.receipts.get(id));
      assert.equal(await saved([a.id, b.id, c.id]), 3);
    });

    test("twenty identical posts at once make one row each and one receipt", async () => {
      const commands = Array.from({ length: 5 }, () => change());
      const answers = await Promise.all(Array.from({ length: 20 }, () => push(officer, commands)));
      const receipts = new Set<string>();
      for (const { status, body } of answers) {
        assert.equal(status, 200);
        const proved = await prove(body, commands);
        assert.equal(proved.receipts.size, 5);
        receipts.add(JSON.stringify([...proved.receipts.values()]));
      }
      assert.equal(receipts.size, 1);
      assert.equal(await saved(commands.map(({ id }) => id)), 5);
    });

    test("overlapping posts at once, in opposite orders, all succeed", async () => {
      const commands = Array.from({ length: 12 }, () => change());
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, i) => {
          const part = commands.slice(i % 4, 8 + (i % 5));
          return push(officer, i % 2 === 0 ? part : part.toReversed());
        }),
      );
      for (const { status, body } of answers) {
        assert.equal(status, 200);
        assert.equal((await prove(body, commands)).receipts.size, body.answers.length);
      }
      const sent = commands.filter(({ id }) =>
        answers.some(({ body }) => body.answers.some((one: { id: Id }) => one.id === id)),
      );
      assert.equal(await saved(commands.map(({ id }) => id)), sent.length);
    });

    test("the same id with other content is refused, and the first content stays", async () => {
      const command = change();
      await push(officer, [command]);
      const { body } = await push(officer, [{ ...command, at: command.at + 1 }]);
      assert.deepEqual(body.answers, [
        { id: command.id, status: "refused", refusal: { code: "content-differs" } },
      ]);
      const { body: again } = await push(officer, [command]);
      assert.equal(again.answers[0].status, "had");
    });

    test("what a rule refuses is answered alone, the same for ever, and repaired by a new command", async () => {
      const door = anId();
      const [bad, good] = [change({ door, trouble: "refuse" }), change()];
      const { body } = await push(officer, [bad, good]);
      const refusal = { code: "refused-by-rule", params: { why: "asked" } };
      assert.deepEqual(body.answers[0], { id: bad.id, status: "refused", refusal });
      assert.equal(body.answers[1].status, "accepted");
      const { body: again } = await push(officer, [bad]);
      assert.deepEqual(again.answers[0], { id: bad.id, status: "refused", refusal });
      const repair = change({ door }, { replaces: bad.id });
      const { body: repaired } = await push(officer, [repair]);
      assert.equal(repaired.answers[0].status, "accepted");
      assert.equal((await prove(repaired, [repair])).receipts.size, 1);
    });

    test("a repair and its original never both count", async () => {
      const original = change();
      const repair = change({}, { replaces: original.id });
      await push(officer, [repair]);
      const { body: late } = await push(officer, [original]);
      assert.deepEqual(late.answers[0].refusal, { code: "replaced" });
      const accepted = change();
      await push(officer, [accepted]);
      const { body } = await push(officer, [change({}, { replaces: accepted.id })]);
      assert.deepEqual(body.answers[0].refusal, { code: "original-accepted" });
    });

    test("a command that throws is left out, and the rest of its batch is taken", async () => {
      const [a, poison, b] = [change(), change({ trouble: "throw" }), change()];
      const { status, body } = await push(officer, [a, poison, b]);
      assert.equal(status, 200);
      assert.deepEqual(
        body.answers.map(({ status: said }: { status: string }) => said),
        ["accepted", "failed", "accepted"],
      );
      assert.equal(await saved([a.id, poison.id, b.id]), 2);
      assert.equal((await push(officer, [poison])).body.answers[0].status, "failed");
    });

    test("a type that the server does not know yet stays on the phone; one it can't read is refused", async () => {
      const unknown = change({}, { type: "future.thing" });
      const malformed = change({}, { body: { nothing: true } });
      const { body } = await push(officer, [unknown, malformed]);
      assert.deepEqual(body.answers, [
        { id: unknown.id, status: "failed", reason: "unknown-command" },
        { id: malformed.id, status: "refused", refusal: { code: "malformed-command" } },
      ]);
    });

    test("an old phone still syncs", async () => {
      const command = { id: anId(), type: "probe.change", when: "2026-11-10T10:00:00.000Z" };
      const body = { door: anId(), was: {}, now: { note: "旧手机" } };
      const request = { protocol: 1, device: phone, commands: [{ ...command, body }] };
      const first = await officer.post("/sync/push", request);
      assert.equal(first.status, 200);
      assert.equal(first.body.protocol, 1);
      assert.deepEqual(
        first.body.accepted.map(({ id }: { id: Id }) => id),
        [command.id],
      );
      const again = await officer.post("/sync/push", request);
      assert.deepEqual(again.body, first.body);
      const bad = { ...command, id: anId(), body: { ...body, trouble: "refuse" } };
      const refused = await officer.post("/sync/push", { ...request, commands: [bad] });
      assert.deepEqual(refused.body.refused, [{ id: bad.id, code: "refused-by-rule" }]);
      const registered = await register(officer, phone, 1);
      assert.equal(registered.body.protocol, 1);
    });

    test("a clock that is wrong by years changes nothing but the times it tells", async () => {
      const years = 7 * 365 * 86_400_000;
      for (const error of [-years, years]) {
        const command = change({}, { at: TEST_NOW + error - 60_000 });
        const { body } = await push(officer, [command], { deviceNow: TEST_NOW + error });
        assert.equal(body.answers[0].status, "accepted");
        assert.equal(body.serverNow, TEST_NOW);
        const { rows } = await city.database.pool.query(
          "select b.clock_error_ms from sync_command c join sync_batch b on b.bureau_id = c.bureau_id and b.id = c.batch_id where c.id = $1",
          [command.id],
        );
        assert.equal(rows[0].clock_error_ms, error);
      }
    });
  });

  suite("phones", () => {
    test("a phone that is not registered, somebody else's, or switched off can't send", async () => {
      const lost = anId();
      const client = await city.as("colleague", lost);
      const commands = [change()];
      const unknown = await push(client, commands, { device: lost });
      assert.equal(unknown.status, 403);
      assert.equal(unknown.body.code, "device-unknown");
      assert.equal((await push(client, commands)).body.code, "device-unknown");
      assert.equal((await register(client, phone)).body.code, "device-unknown");
      await register(client, lost);
      assert.equal((await push(client, commands, { device: lost })).status, 200);
      assert.equal((await officer.post(`/sync/devices/${lost}/revoke`)).status, 404);
      const admin = await city.as("admin");
      const revoked = await admin.post(`/sync/devices/${lost}/revoke`);
      assert.equal(revoked.body.revokedAt, TEST_NOW);
      // Told so in the session it had: the phone erases itself; and nothing else is answered to it.
      assert.equal((await push(client, commands, { device: lost })).body.code, "device-revoked");
      assert.equal((await client.get("/session")).body.code, "device-revoked");
      assert.equal((await client.get("/visits")).status, 403);
      const back = await city.as("colleague", lost);
      assert.equal((await push(back, commands, { device: lost })).body.code, "device-revoked");
      const pulled = await back.get(`/sync/pull?device=${lost}&beat=${city.city.beats.east}`);
      assert.equal(pulled.body.code, "device-revoked");
      assert.equal((await register(back, lost)).body.code, "device-revoked");
    });

    test("one sees one's own phones, an administrator everybody's", async () => {
      const { body: mine } = await officer.get("/sync/devices");
      assert.deepEqual(
        mine.items.map(({ id }: { id: Id }) => id),
        [phone],
      );
      const admin = await city.as("admin");
      const { body: all } = await admin.get("/sync/devices");
      assert.ok(all.items.length > 1);
      const { body: his } = await admin.get(
        `/sync/devices?memberId=${city.city.members.officer.id}`,
      );
      assert.deepEqual(
        his.items.map(({ memberName }: { memberName: string }) => memberName),
        ["江沐阳"],
      );
    });

    test("unsent work is imported at a desk by the officer whose it is", async () => {
      const command = change();
      const file = {
        protocol: 2,
        device: phone,
        deviceNow: TEST_NOW,
        commands: [command],
        member: city.city.members.officer.id,
      };
      const other = await city.as("colleague");
      assert.equal((await other.post("/sync/import", file)).body.code, "not-your-work");
      const desk = await city.as("officer");
      const { body } = await desk.post("/sync/import", file);
      assert.equal(body.answers[0].status, "accepted");
      assert.equal((await push(officer, [command])).body.answers[0].status, "had");
    });
  });

  suite("reconciling", () => {
    test("the server names what it lacks and what it holds otherwise", async () => {
      const commands = Array.from({ length: 70 }, () => change());
      await push(officer, commands);
      const device = phone;
      const all = await city.database.pool.query(
        "select id, hash from sync_command where device_id = $1 and leaf is not null",
        [phone],
      );
      const ledger = all.rows.map(({ id, hash }) => ({ id, hash: hash.toString("base64url") }));
      const equal = await officer.post("/sync/reconcile", {
        device,
        buckets: bucketsOf(ledger),
        lines: [],
      });
      assert.deepEqual(equal.body, { differing: [], lacking: [], altered: [] });

      const missing = { id: anId(), hash: await hashOf(change()) };
      const altered = { id: ledger[0]?.id ?? "", hash: missing.hash };
      const mine = [...ledger.slice(1), altered, missing];
      const buckets = bucketsOf(mine);
      const { body } = await officer.post("/sync/reconcile", { device, buckets, lines: [] });
      assert.ok(body.differing.length >= 1 && body.differing.length < buckets.length + 1);
      const lines = linesOf(
        mine,
        body.differing.map((i: number) => buckets[i]),
      );
      const named = await officer.post("/sync/reconcile", { device, buckets: [], lines });
      assert.deepEqual(named.body.lacking, [missing.id]);
      assert.deepEqual(named.body.altered, [altered.id]);
    });
  });

  suite("pulling", () => {
    test("brings the beat once, then only what changed", async () => {
      const east = city.city.beats.east;
      const first = await pull(officer, east);
      assert.equal(first.head.full, true);
      const doors = await probeDoors(city.database, city.city.bureau);
      const mine = first.records.filter(([kind]) => kind === "probe");
      assert.equal(mine.length, doors.size);
      for (const [, id, body] of mine) assert.deepEqual(body, doors.get(id));
      const quiet = await pull(officer, east, first.cursor);
      assert.deepEqual([quiet.head.full, quiet.records], [false, []]);
      const command = change();
      await push(officer, [command]);
      const next = await pull(officer, east, quiet.cursor);
      assert.deepEqual(
        next.records.map(([, id]) => id),
        [(command.body as ProbeChange).door],
      );
    });

    test("two officers at one door merge by field, and both see all of it", async () => {
      const east = city.city.beats.east;
      const door = anId();
      const was = { note: "", leaflets: 0 };
      await push(officer, [change({ door, was: {}, now: was })]);
      const other = anId();
      const colleague = await city.as("colleague", other);
      await register(colleague, other);
      const [a, b] = [
        change({ door, was, now: { note: "楼道灯坏了", leaflets: 0 } }),
        change({ door, was, now: { note: "老人想要大字告知书", leaflets: 2 } }),
      ];
      await Promise.all([push(officer, [a]), push(colleague, [b], { device: other })]);
      const seen = await Promise.all([
        pull(officer, east),
        pull(colleague, east, undefined, other),
      ]);
      for (const { records } of seen) {
        const body = records.find(([, id]) => id === door)?.[2];
        assert.equal(body?.["leaflets"], 2);
        assert.match(JSON.stringify(body), /楼道灯坏了/);
        assert.match(JSON.stringify(body), /老人想要大字告知书/);
      }
    });

    test("a change that commits late is never skipped", async () => {
      const { beats } = city.city;
      const [late, early] = [change(), change()];
      await push(officer, [late]);
      await push(officer, [early]);
      const { rows } = await city.database.pool.query(
        "select changed_tx::text as tx from probe_door where id = $1",
        [(late.body as ProbeChange).door],
      );
      // The phone pulled when `early` was committed and `late`, though it began before, was not.
      const { cursor } = await pull(officer, beats.east);
      const [epoch, since = ""] = cursor.split("~");
      const [, end] = since.split(":");
      const then = `${epoch}~${rows[0].tx}:${end}:${rows[0].tx}~~`;
      const next = await pull(officer, beats.east, then);
      assert.deepEqual(
        next.records.map(([, id]) => id),
        [(late.body as ProbeChange).door],
      );
    });

    if (process.env["TEST_DATABASE_URL"] !== undefined)
      test("a real transaction that commits late is never skipped", async () => {
        const { bureau, beats, stations } = city.city;
        const late = anId();
        const client = await city.database.pool.connect();
        const start = await pull(officer, beats.east);
        await client.query("begin");
        await client.query(
          "insert into probe_door (bureau_id, id, station_id, beat_id, body) values ($1, $2, $3, $4, '{}')",
          [bureau, late, stations.first, beats.east],
        );
        const early = change();
        await push(officer, [early]);
        const first = await pull(officer, beats.east, start.cursor);
        assert.deepEqual(
          first.records.map(([, id]) => id),
          [(early.body as ProbeChange).door],
        );
        await client.query("commit");
        client.release();
        const second = await pull(officer, beats.east, first.cursor);
        assert.deepEqual(
          second.records.map(([, id]) => id),
          [late],
        );
      });

    test("many records come in pages of one moment, and a broken pull goes on from its mark", async () => {
      const { bureau, beats, stations } = city.city;
      await city.database.pool.query(
        `insert into probe_door (bureau_id, id, station_id, beat_id, body)
          select $1, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, $2, $3, json_build_object('n', n)::jsonb from generate_series(1, 45000) n`,
        [bureau, stations.first, beats.east],
      );
      const whole = await pull(officer, beats.east);
      const many = whole.records.filter(([, id]) => id.startsWith("00000000-"));
      assert.equal(many.length, 45_000);
      assert.equal(new Set(whole.records.map(([, id]) => id)).size, whole.records.length);
      assert.ok(whole.marks.length >= 3);
      const [firstMark] = whole.marks as [PullMark];
      assert.equal(whole.marks.at(-1)?.more, false);
      const rest = await pull(officer, beats.east, firstMark.cursor);
      assert.equal(rest.marks.at(-1)?.more, true);
      assert.deepEqual((await pull(officer, beats.east, rest.cursor)).records, []);
      assert.equal(rest.head.full, false);
      assert.equal(rest.records.length, whole.records.length - 20_000);
    });

    test("it is packed as the phone likes it", async () => {
      const path = `/api/v1/sync/pull?device=${phone}&beat=${city.city.beats.east}`;
      const headers = { cookie: officer.cookie };
      const get = async (encoding: string) =>
        city.app.inject({
          url: path,
          headers: { ...headers, "accept-encoding": encoding },
        });
      const zstd = await get("gzip, deflate, br, zstd");
      assert.equal(zstd.headers["content-encoding"], "zstd");
      const gzip = await get("gzip");
      assert.equal(gzip.headers["content-encoding"], "gzip");
      const plain = await get("identity");
      assert.equal(plain.headers["content-encoding"], undefined);
      assert.equal(
        readPull(zstdDecompressSync(zstd.rawPayload).toString()).records.length > 0,
        true,
      );
      const records = readPull(plain.payload).records;
      assert.deepEqual(readPull(gunzipSync(gzip.rawPayload).toString()).records, records);
    });

    test("when the borders of a beat move, its phones start afresh", async () => {
      const { beats, bureau } = city.city;
      const { cursor } = await pull(officer, beats.east);
      await city.database.pool.query(
        "update beat set epoch = epoch + 1 where bureau_id = $1 and id = $2",
        [bureau, beats.east],
      );
      const next = await pull(officer, beats.east, cursor);
      assert.equal(next.head.full, true);
      assert.ok(next.records.length > 45_000);
    });

    test("nobody pulls another's beat, and a bent cursor is refused", async () => {
      const { beats } = city.city;
      const code = async (client: Client, query: string) =>
        (await client.get(`/sync/pull?${query}`)).body.code;
      assert.equal(await code(officer, `device=${phone}&beat=${beats.west}`), "not-your-beat");
      assert.equal(await code(officer, `device=${phone}&beat=${beats.foreign}`), "not-found");
      assert.equal(await code(officer, `device=${phone}&beat=${anId()}`), "not-found");
      assert.equal(
        await code(officer, `device=${phone}&beat=${beats.east}&cursor=1~5:x:~~`),
        "bad-cursor",
      );
      assert.equal(await code(officer, "beat=x"), "invalid-input");
      assert.equal(
        await code(city.stranger, `device=${phone}&beat=${beats.east}`),
        "not-signed-in",
      );
      const elsewhere = await city.as("westOfficer", anId());
      assert.equal(await code(elsewhere, `device=${phone}&beat=${beats.west}`), "device-unknown");
    });

    test("the context document has a version, and is not sent again without need", async () => {
      let text = "一";
      tellPhones({ probe: async () => ({ text }), nothing: async () => null });
      const { body: first } = await officer.get("/sync/context");
      assert.deepEqual(first.sections.probe, { text: "一" });
      assert.ok(!("nothing" in first.sections));
      const { body: same } = await officer.get(`/sync/context?have=${first.version}`);
      assert.deepEqual(same, { version: first.version, sections: null });
      text = "二";
      const { body: next } = await officer.get(`/sync/context?have=${first.version}`);
      assert.notEqual(next.version, first.version);
      assert.deepEqual(next.sections.probe, { text: "二" });
    });
  });

  suite("limits", () => {
    test("a body of 100 MB, deep JSON, too many commands and rubbish get a clean problem", async () => {
      const huge = await officer.post("/sync/push", Buffer.alloc(100 * 1024 * 1024, 32), {
        "content-type": "application/json",
      });
      assert.equal(huge.status, 413);
      assert.equal(huge.body.code, "body-too-large");
      const deep = await push(officer, [
        change({ now: JSON.parse(`${'{"a":'.repeat(200)}1${"}".repeat(200)}`) }),
      ]);
      assert.equal(deep.status, 400);
      assert.equal(deep.body.code, "invalid-input");
      const many = await push(
        officer,
        Array.from({ length: 101 }, () => change()),
      );
      assert.equal(many.status, 400);
      for (const body of [{}, [], { protocol: 3 }, { protocol: 2 }, "x", '{"protocol":2,']) {
        const answer = await officer.post("/sync/push", body, {
          "content-type": "application/json",
        });
        assert.equal(answer.status, 400, answer.text);
        assert.match(String(answer.headers["content-type"]), /problem\+json/);
      }
      const text = await officer.post("/sync/push", "x", { "content-type": "text/plain" });
      assert.equal(text.status, 415);
    });
    test("an empty push is answered, and costs nothing", async () => {
      const { body } = await push(officer, []);
      assert.deepEqual(body.answers, []);
    });
  });
});
