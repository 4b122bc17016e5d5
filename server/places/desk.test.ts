/** What the desk does with the register: searching and filtering at once, exporting, many places in one go. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { testApp, type Client, type TestApp } from "../testing.ts";
import { run, sql } from "../platform/sql.ts";

let app: TestApp;
let leader: Client;
let office: Client;
before(async () => {
  app = await testApp();
  leader = await app.as("leader");
  office = await app.as("office");
});
after(() => app.close());

const query = (filter: Record<string, string>) => new URLSearchParams(filter).toString();
const texts = (rows: { fullText: string }[]) => rows.map(({ fullText }) => fullText);

/** The column with the address, without the mark of Excel and the head. */
function addressesIn(csv: string): string[] {
  return csv
    .trim()
    .split("\r\n")
    .slice(1)
    .map((line) => line.split(",")[1] ?? "");
}

test("what is searched for is filtered at the server and paged, and the count is the count that is there", async () => {
  // More than the fifty that a search box shows: the filter must not work on those alone.
  const added = await Promise.all(
    Array.from({ length: 60 }, (_, i) =>
      office.post("/places", {
        kind: i % 2 === 0 ? "shop" : "building",
        beatId: i < 30 ? app.city.beats.east : app.city.beats.west,
        elements: {
          street: "长亭路",
          doorNo: String(i + 1),
          ...(i % 2 === 0 ? { name: `${i + 1}号店` } : { buildingNo: "1" }),
        },
      }),
    ),
  );
  assert.ok(added.every(({ status }) => status === 200));
  const all = await office.get(`/places?${query({ q: "长亭路", size: "20" })}`);
  assert.deepEqual([all.body.items.length, all.body.total.count], [20, 60]);
  assert.notEqual(all.body.next, null);
  const filter = { q: "长亭路", beatId: app.city.beats.west, kind: "shop" };
  const some = await office.get(`/places?${query({ ...filter, size: "200" })}`);
  assert.equal(some.body.total.count, 15);
  assert.ok(
    some.body.items.every(
      (row: { beatId: string; kind: string }) =>
        row.beatId === filter.beatId && row.kind === "shop",
    ),
  );

  const exported = await office.get(`/places/export?${query({ ...filter, sort: "-address" })}`);
  assert.deepEqual(addressesIn(exported.text), texts(some.body.items).toReversed());
  const status = await office.get(`/places/export?${query({ status: "cancelled" })}`);
  assert.deepEqual(addressesIn(status.text), []);
  assert.equal((await office.get("/places/export?beatId=none")).status, 400);
  assert.equal((await office.get("/places/export?sort=secret")).status, 400);
});

test("a room is found in its building, an ended place by its state", async () => {
  const q = "东亭花园1幢2单元303";
  const found = await office.get(`/places?${query({ q })}`);
  assert.deepEqual(
    found.body.items.map(({ id }: { id: string }) => id),
    [app.city.door("east", 3, 3)],
  );
  const none = await office.get(`/places?${query({ q, beatId: app.city.beats.west })}`);
  assert.equal(none.body.total.count, 0);
  const door = app.city.door("south", 3, 4);
  await office.post(`/places/${door}/cancel`, { on: "2026-11-09" });
  const gone = await office.get(`/places?${query({ q: "南浦里1幢304", status: "cancelled" })}`);
  assert.deepEqual(
    gone.body.items.map(({ id }: { id: string }) => id),
    [door],
  );
});

test("all doors of a building get their plates in one go, and a second time none", async () => {
  const building = app.city.buildings.east;
  const single = await leader.post(`/places/${app.city.door("east", 1, 1)}/plates`, {});
  assert.equal(single.status, 200);
  const issued = await leader.post(`/places/${building}/plates/missing`, {});
  assert.deepEqual(issued.body, { issued: 11, had: 1 });
  const again = await leader.post(`/places/${building}/plates/missing`, {});
  assert.deepEqual(again.body, { issued: 0, had: 12 });
  const sheet = await leader.get(`/places/${building}/plate-sheet`);
  assert.equal(sheet.text.match(/<article>/g)?.length, 12);

  // A plate that was lost is one to issue again.
  app.clock.advance(60_000);
  await leader.post(`/places/plates/${single.body.id}/withdraw`, {});
  const lost = await leader.post(`/places/${building}/plates/missing`, {});
  assert.deepEqual(lost.body, { issued: 1, had: 11 });

  const trail = await (await app.as("auditor")).get(`/audit?action=plates.issued`);
  assert.deepEqual(
    trail.body.items.map(({ detail }: { detail: { plates: number } }) => detail.plates),
    [1, 11],
  );
  const door = await leader.post(`/places/${app.city.door("east", 1, 1)}/plates/missing`, {});
  assert.equal(door.body.code, "not-a-building");
  const reader = await app.as("inspector");
  assert.equal((await reader.post(`/places/${building}/plates/missing`, {})).status, 403);
  const south = `/places/${app.city.buildings.south}/plates/missing`;
  assert.equal((await leader.post(south, {})).status, 404);
});

test("places go into a grid of their beat, and no other", async () => {
  const grid = "01990000-0000-7000-8000-001200000001";
  await app.database.asSystem(app.city.bureau, (tx) =>
    run(
      tx,
      sql`insert into grid (bureau_id, id, beat_id, community_id, code, name)
        values (${app.city.bureau}, ${grid}, ${app.city.beats.east}, ${app.city.communities.east}, 'G1', '东亭一格')`,
    ),
  );
  const placeIds = [app.city.buildings.east];
  const wrong = await leader.post("/places/reassign", {
    placeIds,
    beatId: app.city.beats.west,
    gridId: grid,
  });
  assert.equal(wrong.body.code, "grid-of-another-beat");
  const moved = await leader.post("/places/reassign", {
    placeIds,
    beatId: app.city.beats.east,
    gridId: grid,
  });
  assert.deepEqual(moved.body, { moved: 13 });
  const door = app.city.door("east", 2, 1);
  assert.equal((await leader.get(`/places/${door}`)).body.gridId, grid);
  const out = await leader.post("/places/reassign", {
    placeIds: [door],
    beatId: app.city.beats.east,
    gridId: null,
  });
  assert.deepEqual(out.body, { moved: 1 });
  assert.equal((await leader.get(`/places/${door}`)).body.gridId, null);
  const kept = await leader.post("/places/reassign", { placeIds, beatId: app.city.beats.east });
  assert.deepEqual(kept.body, { moved: 0 });
});
