import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import test from "node:test";
import { DAY_MS } from "@wanjia/domain/shared/instant";
import { uuidv7 } from "@wanjia/domain/shared/id";
import type { RecordVisit } from "@wanjia/domain/visits/terms";
import { summarise as summariseAt } from "../visits/building-list.ts";
import { FieldDatabase, TABLES } from "./database.ts";
import type { Mine } from "./records.ts";
import { erasePulled, isExpired, look } from "./sight.ts";
import { Store, type Summarise } from "./store.ts";
import { aBeat, FakeServer, TEST_EVENING, TEST_IDS } from "./testing.ts";
import { createVault, openByPin, type VaultRecord } from "./vault.ts";

const summarise: Summarise = (pack, mine, context) =>
  summariseAt(pack, mine, context, TEST_EVENING);
const { key, record: vault } = await createVault("402917", "correct horse", {
  pin: 1_000,
  password: 1_000,
});
let names = 0;

async function aStore() {
  names += 1;
  const db = new FieldDatabase(`store-${names}`);
  return { db, store: await Store.open(db, key, summarise) };
}

async function filled(beat = aBeat()) {
  const { db, store } = await aStore();
  const server = new FakeServer(beat);
  server.signedIn = true;
  await store.setContext({ version: "1", sections: server.context() });
  await pull(store, server);
  return { db, store, server, beat };
}

async function pull(store: Store, server: FakeServer) {
  let current: ReturnType<Store["beginPull"]> | null = null;
  await server
    .transport()
    .pull(TEST_IDS.officer, TEST_IDS.beat, await store.cursorOf(TEST_IDS.beat), {
      head: (head) => {
        current = store.beginPull(head);
      },
      page: async (records, mark) => current?.page(records, mark.cursor, !mark.more),
    });
}

function knock(placeId: string, block: string, at = TEST_EVENING): Mine {
  const body: RecordVisit = {
    placeId,
    outcome: "completed_doorstep",
    startedAt: at,
    endedAt: at,
    team: [TEST_IDS.officer],
    idShown: true,
    noticeGiven: "oral_and_card",
  };
  const id = uuidv7(at, crypto.getRandomValues(new Uint8Array(10)));
  return {
    command: { id, type: "visits.record", at, base: null, body },
    block,
    placeId,
    label: "1幢 101",
  };
}

/** An untouched door of the first building. */
function openDoor(beat: ReturnType<typeof aBeat>) {
  const place = [...beat.places.values()].find(
    ({ id, kind }) => kind === "dwelling_unit" && !beat.doors.has(id),
  );
  assert.ok(place?.buildingId);
  return { id: place.id, block: place.buildingId };
}

test("a pulled beat is kept by building, with a summary of each", async () => {
  const { store, beat } = await filled();
  const { blocks } = store.index;
  assert.deepEqual(
    blocks.map(({ title, doors }) => `${title} ${doors}`),
    ["听澜苑1幢 36", "听澜苑2幢 36", "深清村3组 6"],
  );
  const pack = await store.pack(blocks[0]?.key ?? "");
  assert.equal(Object.keys(pack?.places ?? {}).length, 37);
  assert.equal((await store.matters()).length, beat.matters.size);
});

test("nothing that tells of a door lies open in the database", async () => {
  const { db, store, beat } = await filled();
  const { id, block } = openDoor(beat);
  await store.record({ mine: knock(id, block) }, TEST_EVENING);
  let seen = "";
  for (const table of TABLES) {
    for (const row of await db.read([table], (from) => from.all(table))) {
      seen += JSON.stringify(row, (name, value) =>
        value instanceof ArrayBuffer
          ? Buffer.from(value).toString("latin1")
          : ArrayBuffer.isView(value)
            ? "bytes"
            : value,
      );
    }
  }
  for (const word of ["听澜苑", "云湖路", "completed_doorstep", "深清村3组8号", "路灯"]) {
    assert.ok(!seen.includes(word), word);
    assert.ok(!seen.includes(Buffer.from(word).toString("latin1")), `${word} as bytes`);
  }
});

test("what was recorded is there after the app was killed, and shows at its door", async () => {
  const { db, store, beat } = await filled();
  const { id, block } = openDoor(beat);
  const before = store.index.blocks.find((one) => one.key === block);
  const mine = knock(id, block);
  await store.record({ mine }, TEST_EVENING);
  const again = await Store.open(db, key, summarise);
  assert.deepEqual(
    (await again.held()).map((item) => item.mine),
    [mine],
  );
  assert.equal(again.index.blocks.find((one) => one.key === block)?.met, (before?.met ?? 0) + 1);
});

test("undone within the ten seconds, nothing is left of it", async () => {
  const { db, store, beat } = await filled();
  const { id, block } = openDoor(beat);
  const before = store.index;
  const mine = knock(id, block);
  await store.record({ mine }, TEST_EVENING);
  assert.equal(await store.undo(mine.command.id), true);
  assert.deepEqual(store.index.blocks, before.blocks);
  assert.equal((await look(db)).unsent, 0);
  assert.equal(await store.undo(mine.command.id), false);
});

test("two taps at once are both kept", async () => {
  const { db, store, beat } = await filled();
  const homes = [...beat.places.values()].filter(
    ({ id, kind, buildingId }) =>
      kind === "dwelling_unit" && !beat.doors.has(id) && buildingId === openDoor(beat).block,
  );
  const [one, two] = homes;
  assert.ok(one?.buildingId && two?.buildingId);
  await Promise.all([
    store.record({ mine: knock(one.id, one.buildingId) }, TEST_EVENING),
    store.record({ mine: knock(two.id, two.buildingId) }, TEST_EVENING),
  ]);
  assert.equal((await look(db)).unsent, 2);
  assert.equal((await store.mine(one.buildingId)).length, 2);
});

test("only what changed comes with the next pull, and a moved door changes its building", async () => {
  const { store, server, beat } = await filled();
  const { id, block } = openDoor(beat);
  const place = beat.places.get(id);
  assert.ok(place);
  const other = store.index.blocks.find((one) => one.key !== block && one.looksLike === "building");
  assert.ok(other);
  beat.places.set(id, { ...place, buildingId: other.key });
  const current = store.beginPull({
    protocol: 2,
    beat: TEST_IDS.beat,
    epoch: 1,
    full: false,
    serverNow: TEST_EVENING,
  });
  await current.page([["place", id, beat.places.get(id)]], "changed", true);
  assert.equal((await store.pack(block))?.places[id], undefined);
  assert.equal((await store.pack(other.key))?.places[id]?.buildingId, other.key);
  assert.equal(store.index.blocks.find((one) => one.key === other.key)?.doors, 37);
  assert.equal(await store.cursorOf(TEST_IDS.beat), "changed");
  assert.equal(server.pushes, 0);
});

test("a full pull forgets what the beat had, the matters too", async () => {
  const { store, beat } = await filled();
  const [home] = [...beat.places.values()].filter(({ kind }) => kind === "rural_house");
  assert.ok(home);
  const current = store.beginPull({
    protocol: 2,
    beat: TEST_IDS.beat,
    epoch: 2,
    full: true,
    serverNow: TEST_EVENING,
  });
  await current.page([["place", home.id, home]], "new", true);
  assert.deepEqual(
    store.index.blocks.map(({ doors }) => doors),
    [1],
  );
  assert.equal((await store.matters()).length, 0);
});

test("after seven days without sync what was pulled is erased, unsent work is not", async () => {
  assert.equal(isExpired(TEST_EVENING, TEST_EVENING + 7 * DAY_MS), false);
  assert.equal(isExpired(TEST_EVENING, TEST_EVENING + 7 * DAY_MS + 1), true);
  const { db, store, beat } = await filled();
  const { id, block } = openDoor(beat);
  await store.record({ mine: knock(id, block) }, TEST_EVENING);
  await erasePulled(db);
  const again = await Store.open(db, key, summarise);
  assert.equal(again.index.blocks.length, 0);
  assert.equal(await db.count("packs"), 0);
  assert.equal((await again.held()).length, 1);
});

test("the vault's record survives the database and opens there", async () => {
  const { db } = await aStore();
  await db.putNote("vault", vault);
  const kept = await db.note<VaultRecord>("vault");
  assert.ok(kept);
  assert.ok(await openByPin(kept, "402917"));
});
