import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import test from "node:test";
import { openUnsent } from "@wanjia/sync/export";
import { sealing, sha256 } from "@wanjia/sync/webcrypto";
import { isStorageFull, TABLES } from "./database.ts";
import { look } from "./sight.ts";
import { UNDO_MS } from "./sync-driver.ts";
import { aPhone, opened, PIN, sessionOn, settle, visit } from "./testing-phone.ts";

type Operation = { readonly source: IDBObjectStore; readonly operation: () => never };
type FakeTransaction = IDBTransaction & { _execRequestAsync(operation: Operation): IDBRequest };

/**
 * Fills the disk: from now on `room` more writes fit, and the one after these fails inside its
 * transaction, as the browser's own do. Answers how to make room again.
 */
function fillDisk(room = 0): () => void {
  const put = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, "put")?.value;
  let left = room;
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, value: unknown) {
    left -= 1;
    if (left >= 0) return put.call(this, value);
    return (this.transaction as FakeTransaction)._execRequestAsync({
      source: this,
      operation: () => {
        throw new DOMException("no room", "QuotaExceededError");
      },
    });
  };
  return () => {
    IDBObjectStore.prototype.put = put;
  };
}

async function everything(db: Awaited<ReturnType<typeof aPhone>>["db"]): Promise<string> {
  const rows = await db.read(TABLES, (from) => Promise.all(TABLES.map((table) => from.all(table))));
  return JSON.stringify(rows, (_, value) =>
    value instanceof ArrayBuffer ? Buffer.from(value).toString("base64") : value,
  );
}

test("a disk that fills up in the middle of a record leaves nothing half-written", async () => {
  const { db, driver, server, session, store } = await aPhone();
  const before = await everything(db);
  const index = store.index;
  const counted = [0, 1, 2, 3];
  for (const room of counted) {
    const makeRoom = fillDisk(room);
    await assert.rejects(driver.record({ mine: visit(session, server) }), isStorageFull);
    makeRoom();
    assert.equal(await everything(db), before, `with room for ${room} writes`);
  }
  assert.deepEqual([driver.status().storageFull, driver.status().unsent], [true, 0]);
  assert.equal(store.index, index);
  await driver.record({ mine: visit(session, server) });
  assert.deepEqual([driver.status().storageFull, driver.status().unsent], [false, 1]);
});

test("what was recorded before the disk was full stays, is counted, and goes into a file", async () => {
  const { db, driver, server, session, world } = await aPhone();
  const mine = visit(session, server);
  await driver.record({ mine });
  const makeRoom = fillDisk();
  await world.pass(UNDO_MS);
  // It could not be queued; it is held, and it is unsent.
  assert.deepEqual([driver.status().storageFull, driver.status().unsent], [true, 1]);
  assert.equal((await look(db)).unsent, 1);
  const { file, passphrase, count } = await session.exportUnsent();
  assert.equal(count, 1);
  const read = await openUnsent(file, passphrase, sealing, sha256);
  assert.deepEqual(read.ok && read.value.commands.map(({ command }) => command), [mine.command]);
  // That it was exported could not be written down: the phone does not let go of it.
  assert.equal(await session.signOut(), false);
  makeRoom();
  await world.pass(15_000);
  assert.equal(server.ledger.size, 1);
  assert.deepEqual([driver.status().storageFull, driver.status().unsent], [false, 0]);
});

test("work that a full disk kept from being queued is still counted after the next start", async () => {
  const { db, driver, server, session, world } = await aPhone();
  await driver.record({ mine: visit(session, server) });
  driver.stop();
  const again = sessionOn(db, server, world);
  await again.start();
  let makeRoom = fillDisk();
  // A try that can't be counted isn't made.
  assert.deepEqual(await again.unlock(PIN), { kind: "full" });
  makeRoom();
  makeRoom = fillDisk(2);
  assert.equal(await again.unlock(PIN), null);
  await settle();
  assert.equal(opened(again).driver.status().unsent, 1);
  makeRoom();
  await world.pass(15_000);
  assert.equal(server.ledger.size, 1);
  assert.equal(opened(again).driver.status().unsent, 0);
});

test("an answer that the full disk can't keep is asked for again, and proves the same", async () => {
  const { driver, server, session, world } = await aPhone();
  await driver.record({ mine: visit(session, server) });
  let makeRoom: () => void = () => undefined;
  server.refuse = () => {
    makeRoom = fillDisk();
    return null;
  };
  await world.pass(UNDO_MS);
  assert.equal(server.ledger.size, 1);
  assert.deepEqual([driver.status().storageFull, driver.status().unsent], [true, 1]);
  makeRoom();
  server.refuse = null;
  await world.pass(15_000);
  await world.pass(60_000);
  assert.deepEqual([driver.status().unsent, driver.status().receipts], [0, 1]);
  assert.equal(driver.status().storageFull, false);
});
