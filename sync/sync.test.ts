import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { suite, test } from "node:test";
import { uuidv7 } from "@wanjia/domain/shared/id";
import { seededRandom } from "@wanjia/domain/shared/random";
import fc from "fast-check";
import { type Bytes, fromBase64Url, fromUtf8, idBytes, toBase64Url, utf8 } from "./bytes.ts";
import { cursorAfter, formatCursor, parseCursor, windowOf } from "./cursor.ts";
import { correctedTime, type LedgerRow, runsOf, triage } from "./decisions.ts";
import { openUnsent, sealUnsent } from "./export.ts";
import { mergeRecords, mergeText } from "./merge.ts";
import {
  advance,
  backOff,
  countsOf,
  emptyOutbox,
  type Outbox,
  type OutboxEvent,
} from "./outbox.ts";
import {
  type Answer,
  type Command,
  contentOf,
  fromBefore,
  PUSH_LIMITS,
  type SignedBatch,
  toBefore,
} from "./protocol.ts";
import {
  batchStatement,
  leafContent,
  merkleRoot,
  proveAnswers,
  type Receipt,
  receiptFault,
} from "./receipts.ts";
import { bucketsOf, compareLines, differs, digestOf, digestWord, linesOf } from "./reconcile.ts";
import { hashOf, sealing, sha256, verifier } from "./webcrypto.ts";

const NOW = Date.UTC(2026, 10, 2, 12);
const random = seededRandom("sync");
const bytes = (count: number): Bytes =>
  Uint8Array.from({ length: count }, () => Math.floor(random() * 256));
const anId = (): string => uuidv7(NOW, bytes(10));
const aCommand = (change: Partial<Command> = {}): Command => ({
  id: anId(),
  type: "visits.record",
  at: NOW,
  base: null,
  body: { outcome: "no_answer" },
  ...change,
});

suite("bytes", () => {
  test("texts of every script survive as UTF-8, as the platform writes it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        assert.deepEqual(utf8(text), new Uint8Array(new TextEncoder().encode(text)));
        assert.equal(fromUtf8(utf8(text)), text);
      }),
    );
  });
  test("bytes survive as base64url, as the platform writes it", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (data) => {
        assert.equal(toBase64Url(data), Buffer.from(data).toString("base64url"));
        assert.deepEqual(fromBase64Url(toBase64Url(data)), new Uint8Array(data));
      }),
    );
    assert.equal(fromBase64Url("a"), null);
    assert.equal(fromBase64Url("a+b="), null);
  });
});

suite("receipts", () => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const raw = new Uint8Array(
    Buffer.from(publicKey.export({ format: "jwk" }).x as string, "base64url"),
  );
  const verify = verifier(new Map([["k1", raw]]));

  async function aBatch(count: number) {
    const commands = Array.from({ length: count }, () => aCommand());
    const hashes = new Map<string, string>();
    const leaves: Uint8Array[] = [];
    for (const [i, command] of commands.entries()) {
      const hash = await hashOf(command);
      hashes.set(command.id, hash);
      leaves.push(await sha256(leafContent({ id: command.id, hash, seq: 100 + i, time: NOW })));
    }
    const id = anId();
    const root = await merkleRoot(leaves, sha256);
    const statement = batchStatement({ id, count, root, time: NOW });
    const batch: SignedBatch = {
      id,
      time: NOW,
      leaves: toBase64Url(Buffer.concat(leaves)),
      keyId: "k1",
      signature: toBase64Url(sign(null, statement, privateKey)),
    };
    const answers: Answer[] = commands.map((command, leaf) => ({
      id: command.id,
      status: "accepted",
      seq: 100 + leaf,
      batch: id,
      leaf,
    }));
    return { commands, hashes, batch, answers };
  }

  test("every record of a batch of any size proves itself alone", async () => {
    for (const count of [1, 2, 3, 4, 5, 7, 8, 9, 50, 100]) {
      const { answers, batch, hashes } = await aBatch(count);
      const proved = await proveAnswers(answers, [batch], (id) => hashes.get(id), sha256, verify);
      assert.equal(proved.receipts.size, count);
      assert.equal(proved.faults.size, 0);
      for (const receipt of proved.receipts.values())
        assert.equal(
          await receiptFault(receipt, hashes.get(receipt.id) ?? "", sha256, verify),
          null,
        );
    }
  });

  test("a receipt changed in any field is no receipt", async () => {
    const { answers, batch, hashes } = await aBatch(5);
    const { receipts } = await proveAnswers(
      answers,
      [batch],
      (id) => hashes.get(id),
      sha256,
      verify,
    );
    const receipt = receipts.get(answers[2]?.id ?? "") as Receipt;
    const hash = receipt.hash;
    const other = await hashOf(aCommand());
    const changed: Partial<Receipt>[] = [
      { id: anId() },
      { seq: receipt.seq + 1 },
      { time: receipt.time + 1 },
      { batch: anId() },
      { leaf: 3 },
      { leaf: -1 },
      { leaf: 99 },
      { count: 4 },
      { count: 6 },
      { path: receipt.path.slice(1) },
      { path: [...receipt.path, other] },
      { path: receipt.path.map(() => other) },
      { path: ["?"] },
      { signature: toBase64Url(bytes(64)) },
      { signature: "?" },
    ];
    for (const change of changed)
      assert.notEqual(
        await receiptFault({ ...receipt, ...change }, hash, sha256, verify),
        null,
        JSON.stringify(change),
      );
    assert.equal(await receiptFault(receipt, other, sha256, verify), "content-differs");
    assert.equal(
      await receiptFault({ ...receipt, keyId: "k2" }, hash, sha256, verify),
      "unknown-key",
    );
  });

  test("a server that signs other content than ours is found out", async () => {
    const { answers, batch, hashes } = await aBatch(3);
    const [first] = answers;
    hashes.set(first?.id ?? "", await hashOf(aCommand()));
    const proved = await proveAnswers(answers, [batch], (id) => hashes.get(id), sha256, verify);
    assert.equal(proved.faults.get(first?.id ?? ""), "content-differs");
    assert.equal(proved.receipts.size, 2);
    const forged = { ...batch, signature: toBase64Url(bytes(64)) };
    const none = await proveAnswers(answers, [forged], (id) => hashes.get(id), sha256, verify);
    assert.equal(none.receipts.size, 0);
    assert.deepEqual(new Set(none.faults.values()), new Set(["bad-signature"]));
    const absent = await proveAnswers(answers, [], (id) => hashes.get(id), sha256, verify);
    assert.deepEqual(new Set(absent.faults.values()), new Set(["not-in-batch"]));
    const empty = { ...batch, leaves: "" };
    const nothing = await proveAnswers(answers, [empty], (id) => hashes.get(id), sha256, verify);
    assert.equal(nothing.receipts.size, 0);
  });

  test("a node of the tree cannot be passed off as a leaf", async () => {
    const leaves = [bytes(32), bytes(32)];
    const root = await merkleRoot(leaves, sha256);
    assert.notDeepEqual(root, await sha256(new Uint8Array(Buffer.concat(leaves))));
    await assert.rejects(merkleRoot([], sha256), RangeError);
  });
});

suite("outbox", () => {
  function play(events: readonly OutboxEvent[], from: Outbox = emptyOutbox) {
    let outbox = from;
    const effects = events.flatMap((event) => {
      const next = advance(outbox, event);
      outbox = next.outbox;
      return next.effects;
    });
    return { outbox, effects, posts: effects.filter((effect) => effect.kind === "post") };
  }
  const queued = (command: Command, size = 1000): OutboxEvent => ({
    kind: "queue",
    command,
    hash: command.id,
    bytes: size,
  });
  const receiptFor = (command: Command): Receipt => ({
    id: command.id,
    hash: command.id,
    seq: 1,
    time: NOW,
    batch: anId(),
    leaf: 0,
    count: 1,
    path: [],
    keyId: "k1",
    signature: "",
  });
  const answered = (
    flight: number,
    answers: readonly Answer[],
    receipts: readonly Receipt[] = [],
    now = NOW,
  ): OutboxEvent => ({
    kind: "answered",
    flight,
    answers,
    receipts: new Map(receipts.map((receipt) => [receipt.id, receipt])),
    now,
    chance: 0.5,
  });
  const tick = (now = NOW): OutboxEvent => ({ kind: "tick", now });

  test("work is kept before it is posted, and acknowledged only by a receipt", () => {
    const command = aCommand();
    const sent = play([queued(command), tick()]);
    assert.deepEqual(
      sent.effects.map((effect) => effect.kind),
      ["keep", "keep", "post"],
    );
    const claimed: Answer = { id: command.id, status: "accepted", seq: 1, batch: anId(), leaf: 0 };
    const unproved = play([answered(1, [claimed])], sent.outbox);
    assert.equal(countsOf(unproved.outbox).unsent, 1);
    const proved = play([answered(1, [claimed], [receiptFor(command)])], sent.outbox);
    assert.deepEqual(proved.outbox.entries, []);
    assert.equal(proved.effects[0]?.kind, "acknowledge");
  });

  test("one push is under way at a time, of at most 100 commands and 256 KiB, in order", () => {
    const commands = Array.from({ length: 130 }, () => aCommand());
    const { outbox, posts } = play([...commands.map((c) => queued(c)), tick(), tick()]);
    assert.equal(posts.length, 1);
    assert.deepEqual(posts[0]?.commands, commands.slice(0, PUSH_LIMITS.commands));
    assert.equal(outbox.entries.length, 130);
    const large = play([...commands.map((c) => queued(c, 100 * 1024)), tick()]);
    assert.equal(large.posts[0]?.commands.length, 2);
    const huge = play([queued(aCommand(), 1024 * 1024), queued(aCommand()), tick()]);
    assert.equal(huge.posts[0]?.commands.length, 1);
  });

  test("a lost push is sent again after a wait that grows and differs from phone to phone", () => {
    const command = aCommand();
    const lost = play([
      queued(command),
      tick(),
      { kind: "lost", flight: 1, now: NOW, chance: 0.5 },
      tick(NOW + 1),
    ]);
    assert.equal(lost.posts.length, 1);
    const again = play([tick(NOW + 5 * 60_000)], lost.outbox);
    assert.deepEqual(again.posts[0]?.commands, [command]);
    assert.ok(backOff(1, 0) >= 1000 && backOff(1, 1) === 2000);
    assert.equal(backOff(50, 1), 5 * 60_000);
    assert.ok(backOff(4, 0.2) < backOff(4, 0.8));
  });

  test("a clock set back by years does not silence the phone", () => {
    const lost = play([
      queued(aCommand()),
      tick(),
      { kind: "lost", flight: 1, now: NOW, chance: 1 },
    ]);
    assert.equal(play([tick(NOW - 10 * 365 * 86_400_000)], lost.outbox).posts.length, 1);
  });

  test("a phone killed in mid-flight sends the same commands again", () => {
    const command = aCommand();
    const before = play([queued(command), tick()]);
    const after = play([{ kind: "started" }, tick()], before.outbox);
    assert.deepEqual(after.posts[0]?.commands, [command]);
  });

  test("an answer that comes after the push was given up still counts", () => {
    const command = aCommand();
    const late = play([
      queued(command),
      tick(),
      { kind: "lost", flight: 1, now: NOW, chance: 0 },
      answered(1, [], [receiptFor(command)]),
    ]);
    assert.deepEqual(late.outbox.entries, []);
  });

  test("refused work stays, readable, and a repair replaces it", () => {
    const command = aCommand();
    const refusal = { code: "auxiliary-alone" };
    const refused = play([
      queued(command),
      tick(),
      answered(1, [{ id: command.id, status: "refused", refusal }]),
      tick(NOW + 1e6),
    ]);
    assert.equal(refused.posts.length, 1);
    assert.deepEqual(refused.outbox.entries[0]?.refusal, refusal);
    assert.deepEqual(countsOf(refused.outbox), { unsent: 0, refused: 1, stuck: 0 });
    const repair = aCommand({ replaces: command.id });
    const repaired = play([queued(repair)], refused.outbox);
    assert.equal(repaired.outbox.entries[0]?.repairedBy, repair.id);
    assert.deepEqual(countsOf(repaired.outbox), { unsent: 1, refused: 0, stuck: 0 });
    const aside = play([{ kind: "set_aside", id: command.id }], refused.outbox);
    assert.equal(aside.outbox.entries.length, 1);
    assert.equal(countsOf(aside.outbox).refused, 0);
  });

  test("one command that the server fails on does not block the others", () => {
    const [bad, good] = [aCommand(), aCommand()];
    const fault: Answer = { id: bad.id, status: "failed", reason: "server-fault" };
    const first = play([
      queued(bad),
      queued(good),
      tick(),
      answered(1, [fault], [receiptFor(good)]),
      tick(NOW + 1),
    ]);
    assert.equal(first.posts.length, 1);
    const next = aCommand();
    const second = play([queued(next), tick(NOW + 2)], first.outbox);
    assert.deepEqual(second.posts[0]?.commands, [next]);
  });

  test("nothing is sent while signed out or revoked, and nothing is forgotten", () => {
    const command = aCommand();
    const held = play([
      queued(command),
      tick(),
      { kind: "held", flight: 1, hold: "signed-out" },
      tick(NOW + 1e6),
    ]);
    assert.equal(held.posts.length, 1);
    assert.equal(play([{ kind: "released" }, tick()], held.outbox).posts.length, 1);
  });

  test("a push that is too large is halved until it passes, then grows again", () => {
    const commands = Array.from({ length: 100 }, () => aCommand());
    const refused = play([
      ...commands.map((c) => queued(c)),
      tick(),
      { kind: "too_large", flight: 1 },
      tick(),
    ]);
    assert.equal(refused.posts[1]?.commands.length, 50);
    const half = refused.posts[1]?.commands ?? [];
    const passed = play([answered(2, [], half.map(receiptFor)), tick()], refused.outbox);
    assert.equal(passed.outbox.batchSize, 100);
  });

  test("what the server turns out to lack is sent again", () => {
    const command = aCommand();
    const line = { id: command.id, hash: command.id, receipt: receiptFor(command), command };
    const again = play([{ kind: "lacking", lines: [line, line] }, tick()]);
    assert.deepEqual(again.posts[0]?.commands, [command]);
  });

  test("queueing the same command twice keeps it once", () => {
    const command = aCommand();
    assert.equal(play([queued(command), queued(command)]).outbox.entries.length, 1);
  });
});

suite("merging", () => {
  test("each takes the other's change of another field", () => {
    const base = { outcome: "no_answer", note: "", leaflets: 0 };
    const merged = mergeRecords(base, { ...base, note: "灯坏了" }, { ...base, leaflets: 2 });
    assert.deepEqual(merged, {
      value: { outcome: "no_answer", note: "灯坏了", leaflets: 2 },
      clashes: [],
    });
  });
  test("of one field the value taken first stays, and the other is shown", () => {
    const merged = mergeRecords({ floor: 1 }, { floor: 2 }, { floor: 3 });
    assert.deepEqual(merged.value, { floor: 3 });
    assert.deepEqual(merged.clashes, [{ path: ["floor"], kept: 3, other: 2 }]);
  });
  test("two notes written at once are both kept", () => {
    assert.equal(mergeText("甲", "甲\n乙", "甲\n丙"), "甲\n丙\n乙");
  });
  test("lists are sets: added by either is in, taken out by either is out", () => {
    const { value } = mergeRecords(
      { tags: ["a", "b"] },
      { tags: ["a", "c"] },
      { tags: ["a", "b", "d"] },
    );
    assert.deepEqual(value, { tags: ["a", "d", "c"] });
  });
  test("nested records merge by field", () => {
    const { value } = mergeRecords(
      { card: { left: false, kind: "a" } },
      { card: { left: true, kind: "a" } },
      { card: { left: false, kind: "b" } },
    );
    assert.deepEqual(value, { card: { left: true, kind: "b" } });
  });
  test("a field that one removed and the other left alone is gone", () => {
    assert.deepEqual(mergeRecords({ a: 1, b: 2 }, { b: 2 }, { a: 1, b: 2 }).value, { b: 2 });
  });
  test("what one wrote survives the other's removal of the field", () => {
    assert.deepEqual(mergeRecords({ note: "甲" }, { note: "甲\n乙" }, {}), {
      value: { note: "甲\n乙" },
      clashes: [{ path: ["note"], kept: "甲\n乙", other: undefined }],
    });
    assert.deepEqual(mergeRecords({ note: "甲" }, {}, { note: "甲\n乙" }).value, {
      note: "甲\n乙",
    });
  });
  test("no line that anybody added is ever lost, whatever they wrote", () => {
    const text = fc
      .array(fc.constantFrom("甲", "乙", "丙", "丁", "戊"))
      .map((all) => all.join("\n"));
    fc.assert(
      fc.property(text, text, text, (base, mine, theirs) => {
        const known = new Set(base.split("\n"));
        const merged = new Set(mergeText(base, mine, theirs).split("\n"));
        for (const line of [...mine.split("\n"), ...theirs.split("\n")])
          if (!known.has(line) && line !== "") assert.ok(merged.has(line), line);
      }),
    );
  });
  test("merging the same change twice changes nothing more", () => {
    const record = fc.record({ note: fc.string(), count: fc.nat(), tags: fc.array(fc.nat(5)) });
    fc.assert(
      fc.property(record, record, record, (base, mine, theirs) => {
        const once = mergeRecords(base, mine, theirs).value;
        const twice = mergeRecords(base, mine, once).value;
        assert.deepEqual({ ...twice, tags: null }, { ...once, tags: null });
      }),
    );
  });
});

suite("reconciling", () => {
  const ledger = Array.from({ length: 200 }, () => ({ id: anId(), hash: toBase64Url(bytes(32)) }));

  test("equal ledgers agree by a few buckets", () => {
    const buckets = bucketsOf(ledger);
    assert.equal(buckets.length, 4);
    assert.equal(
      buckets.reduce((sum, bucket) => sum + bucket.count, 0),
      200,
    );
    for (const bucket of buckets) {
      const lines = linesOf(ledger, [bucket]);
      assert.equal(differs(bucket, { count: lines.length, digest: digestOf(lines) }), false);
    }
  });
  test("one missing line is named", () => {
    const missing = ledger[77] as (typeof ledger)[number];
    const server = new Map(ledger.filter((line) => line !== missing).map((l) => [l.id, l.hash]));
    const altered = ledger[5] as (typeof ledger)[number];
    server.set(altered.id, toBase64Url(bytes(32)));
    assert.deepEqual(compareLines(ledger, server), {
      lacking: [missing.id],
      altered: [altered.id],
    });
  });
  test("the digest is the exclusive or of the first eight bytes", () => {
    const [a, b] = ledger as [(typeof ledger)[number], (typeof ledger)[number]];
    const first = Buffer.from(a.hash, "base64url").readBigUInt64BE();
    assert.equal(digestWord(a.hash), first);
    const second = Buffer.from(b.hash, "base64url").readBigUInt64BE();
    assert.equal(digestOf([a, b]), (first ^ second).toString(16).padStart(16, "0"));
    assert.equal(digestOf([]), "0000000000000000");
  });
});

suite("unsent work as a file", () => {
  test("opens at a desk with the passphrase, and only so", async () => {
    const command = aCommand({ body: { note: "没人应门" } });
    const work = {
      member: anId(),
      device: anId(),
      exportedAt: NOW,
      commands: [{ command, hash: await hashOf(command) }],
    };
    const file = await sealUnsent(work, "正确的口令", bytes(28), sealing);
    assert.ok(!file.includes("没人"));
    assert.deepEqual(await openUnsent(file, "正确的口令", sealing, sha256), {
      ok: true,
      value: work,
    });
    const wrong = await openUnsent(file, "别的口令", sealing, sha256);
    assert.equal(wrong.ok ? "" : wrong.refusal.code, "wrong-passphrase");
    const bent = await openUnsent(file.replace('"version":1', '"version":2'), "x", sealing, sha256);
    assert.equal(bent.ok ? "" : bent.refusal.code, "not-an-export");
    for (const rubbish of ["", "[]", "{}", "null", '{"format":"wanjia-unsent","version":1}']) {
      const opened = await openUnsent(rubbish, "x", sealing, sha256);
      assert.equal(opened.ok ? "" : opened.refusal.code, "not-an-export");
    }
    const altered = { ...work, commands: [{ command, hash: await hashOf(aCommand()) }] };
    const other = await sealUnsent(altered, "a", bytes(28), sealing);
    const opened = await openUnsent(other, "a", sealing, sha256);
    assert.equal(opened.ok ? "" : opened.refusal.code, "content-differs");
  });
});

suite("cursors", () => {
  test("are read as they were written", () => {
    for (const cursor of [
      { era: "1.a9", since: null, until: null, after: null },
      { era: "1", since: "10:20:11,12", until: null, after: null },
      { era: "3", since: "10:20:", until: "30:40:31", after: { tx: "35", seq: 7 } },
    ])
      assert.deepEqual(parseCursor(formatCursor(cursor)), cursor);
    for (const text of ["", "x", "1~a~~", "1~1:2~~", "1~~~5.5", "1~1:2:;drop~~", "A~~~"])
      assert.equal(parseCursor(text), null, text);
  });
  test("other borders, or another life of the database, start afresh", () => {
    const cursor = { era: "1.7", since: "10:20:", until: null, after: null };
    assert.equal(windowOf(cursor, "1.7", "15:25:").full, false);
    assert.equal(windowOf(cursor, "2.7", "15:25:").full, true);
    assert.equal(windowOf(cursor, "1.8", "15:25:").full, true);
    assert.equal(windowOf(null, "1.7", "5:9:").full, true);
  });
  test("a pull in pages keeps its upper end, and the next one begins there", () => {
    const first = windowOf(null, "1", "5:9:");
    const middle = cursorAfter(first, "1", { tx: "6", seq: 3 });
    const second = windowOf(middle, "1", "50:90:");
    assert.deepEqual(second, {
      full: false,
      since: null,
      until: "5:9:",
      after: { tx: "6", seq: 3 },
      resumed: true,
    });
    assert.deepEqual(cursorAfter(second, "1", null), {
      era: "1",
      since: "5:9:",
      until: null,
      after: null,
    });
  });
});

suite("deciding once", () => {
  const item = (command: Command, hash = command.id) => ({ command, hash });
  const row = (command: Command, change: Partial<LedgerRow> = {}): LedgerRow => ({
    id: command.id,
    hash: command.id,
    seq: 1,
    batch: "b",
    leaf: 0,
    refusal: null,
    ...change,
  });
  const ledgerOf = (...rows: LedgerRow[]) => new Map(rows.map((one) => [one.id, one]));

  test("what the ledger has is answered from it", () => {
    const [had, refused, other, fresh] = [aCommand(), aCommand(), aCommand(), aCommand()];
    const no = { code: "auxiliary-alone" };
    const sorted = triage(
      [had, refused, other, fresh].map((command) => item(command)),
      ledgerOf(
        row(had),
        row(refused, { batch: null, leaf: null, refusal: no }),
        row(other, { hash: "x" }),
      ),
    );
    assert.deepEqual(
      sorted.fresh.map(({ command }) => command),
      [fresh],
    );
    assert.equal(sorted.settled.get(had.id)?.status, "had");
    assert.deepEqual(sorted.settled.get(refused.id), {
      id: refused.id,
      status: "refused",
      refusal: no,
    });
    assert.deepEqual(sorted.settled.get(other.id), {
      id: other.id,
      status: "refused",
      refusal: { code: "content-differs" },
    });
  });
  test("the same id twice in one push runs once", () => {
    const command = aCommand();
    assert.equal(triage([item(command), item(command)], new Map()).fresh.length, 1);
  });
  test("a repair counts only if its original does not, in whatever order they come", () => {
    const original = aCommand();
    const repair = aCommand({ replaces: original.id });
    const late = triage([item(repair), item(original)], new Map());
    assert.deepEqual(
      late.fresh.map(({ command }) => command.id),
      [repair.id],
    );
    assert.deepEqual(late.rejected.get(original.id), { code: "replaced" });
    const early = triage([item(original), item(repair)], new Map());
    assert.deepEqual(early.rejected.get(repair.id), { code: "original-accepted" });
    const accepted = triage([item(repair)], ledgerOf(row(original)));
    assert.deepEqual(accepted.rejected.get(repair.id), { code: "original-accepted" });
    const alone = triage([item(repair)], new Map());
    assert.deepEqual(alone.buried, [original.id]);
    const no = { batch: null, leaf: null, refusal: { code: "x" } };
    const usual = triage([item(repair)], ledgerOf(row(original, no)));
    assert.equal(usual.fresh.length, 1);
    assert.deepEqual(usual.buried, []);
  });
  test("a buried command that arrives at last is answered as replaced", () => {
    const original = aCommand();
    const grave = row(original, {
      hash: "",
      batch: null,
      leaf: null,
      refusal: { code: "replaced" },
    });
    const sorted = triage([item(original)], ledgerOf(grave));
    assert.deepEqual(sorted.settled.get(original.id), {
      id: original.id,
      status: "refused",
      refusal: { code: "replaced" },
    });
  });
  test("neighbours of one type run together and the order stays", () => {
    const types = ["a.x", "a.x", "b.y", "a.x"];
    const runs = runsOf(types.map((type) => item(aCommand({ type }))));
    assert.deepEqual(
      runs.map(({ type, items }) => [type, items.length]),
      [
        ["a.x", 2],
        ["b.y", 1],
        ["a.x", 1],
      ],
    );
  });
  test("a device's wrong clock is corrected, and nothing happens in the future", () => {
    const years = 3 * 365 * 86_400_000;
    assert.equal(correctedTime(NOW - years - 60_000, NOW - years, NOW), NOW - 60_000);
    assert.equal(correctedTime(NOW + years - 60_000, NOW + years, NOW), NOW - 60_000);
    assert.equal(correctedTime(NOW + 60_000, NOW, NOW), NOW);
  });
});

suite("the version before", () => {
  test("an old phone still syncs", () => {
    const id = anId();
    const device = anId();
    const request = fromBefore(
      {
        protocol: 1,
        device,
        commands: [{ id, type: "visits.record", when: "2026-11-02T12:00:00Z", body: {} }],
      },
      Date.parse,
      NOW + 5,
    );
    assert.deepEqual(request, {
      protocol: 2,
      device,
      deviceNow: NOW + 5,
      commands: [{ id, type: "visits.record", at: NOW, base: null, body: {} }],
    });
    const reply = toBefore({
      protocol: 2,
      serverNow: NOW,
      answers: [
        { id: "1", status: "accepted", seq: 5, batch: "b", leaf: 0 },
        { id: "2", status: "had", seq: 4, batch: "a", leaf: 0 },
        { id: "3", status: "refused", refusal: { code: "x" } },
        { id: "4", status: "failed", reason: "server-fault" },
      ],
      batches: [],
    });
    assert.deepEqual(reply, {
      protocol: 1,
      accepted: [
        { id: "1", seq: 5, batch: "b" },
        { id: "2", seq: 4, batch: "a" },
      ],
      refused: [{ id: "3", code: "x" }],
      batches: [],
    });
  });
  test("the content of a command is the same text on every device", () => {
    const command = aCommand({ body: { b: 1, a: [true, null] } });
    assert.equal(
      contentOf(command),
      `{"at":${NOW},"base":null,"body":{"a":[true,null],"b":1},"id":"${command.id}","type":"visits.record"}`,
    );
    assert.equal(idBytes(command.id).length, 16);
  });
});
