import assert from "node:assert/strict";
import { test } from "node:test";
import { correctedTime, type LedgerRow, runsOf, triage } from "./decisions.ts";
import type { Command } from "./protocol.ts";
import { NOW, aCommand } from "./testing.ts";

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
