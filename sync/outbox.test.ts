import assert from "node:assert/strict";
import { test } from "node:test";
import {
  advance,
  backOff,
  countsOf,
  emptyOutbox,
  type Outbox,
  type OutboxEvent,
} from "./outbox.ts";
import { type Answer, type Command, PUSH_LIMITS } from "./protocol.ts";
import type { Receipt } from "./receipts.ts";
import { NOW, anId, aCommand } from "./testing.ts";

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
  const lost = play([queued(aCommand()), tick(), { kind: "lost", flight: 1, now: NOW, chance: 1 }]);
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
