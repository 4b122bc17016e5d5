import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { HOUR_MS } from "@wanjia/domain/shared/instant";
import { testApp, type TestApp } from "../testing.ts";

let app: TestApp;
before(async () => {
  app = await testApp();
});
after(() => app.close());

test("the trail is exported by the filters that the list has", async () => {
  const start = app.clock.now();
  const [leader, office, auditor] = [
    await app.as("leader"),
    await app.as("office"),
    await app.as("auditor"),
  ];
  const alias = (text: string) => ({ text, kind: "colloquial" });
  await leader.post(`/places/${app.city.buildings.east}/aliases`, alias("老楼"));
  app.clock.set(start + HOUR_MS);
  await office.post(`/places/${app.city.buildings.south}/aliases`, alias("南楼"));
  await office.post(`/places/${app.city.buildings.east}/aliases`, alias("东楼"));

  const rowsOf = async (filter: Record<string, string>) => {
    const query = new URLSearchParams(filter).toString();
    const list = await auditor.get(`/audit?${query}&size=200`);
    const file = await auditor.get(`/audit/export?${query}`);
    const lines = file.text.trim().split("\r\n").slice(1);
    assert.equal(lines.length, list.body.total.count, JSON.stringify(filter));
    return lines;
  };
  const action = "place.aliased";
  assert.equal((await rowsOf({ action })).length, 3);
  assert.equal((await rowsOf({ action, actorId: app.city.members.office.id })).length, 2);
  assert.equal((await rowsOf({ action, from: String(start + 1) })).length, 2);
  assert.equal((await rowsOf({ action, to: String(start + HOUR_MS) })).length, 1);
  assert.equal((await rowsOf({ action, subjectId: app.city.buildings.east })).length, 2);
  const upwards = await rowsOf({ action, sort: "at" });
  assert.ok(upwards[0]?.includes("station_leader"));
  assert.equal((await auditor.get("/audit/export?from=yesterday")).status, 400);
  // What only the database refuses is said before the file begins.
  assert.equal((await auditor.get("/audit/export?action=%00")).status, 400);
  assert.equal((await leader.get("/audit/export")).status, 403);
});

for (const subject of ["visits", "matters"]) {
  test(`whoever takes a file of ${subject} out of the house leaves a row`, async () => {
    const leader = await app.as("leader");
    const auditor = await app.as("auditor");
    const trail = async () => (await auditor.get(`/audit?action=${subject}.exported`)).body.items;
    assert.deepEqual(await trail(), []);
    assert.equal((await leader.get(`/${subject}/export?sort=colour`)).status, 400);
    assert.deepEqual(await trail(), [], "nothing left the house");
    assert.equal((await leader.get(`/${subject}/export?format=csv`)).status, 200);
    const [row, ...more] = await trail();
    assert.deepEqual(
      [row.actorId, row.detail, more],
      [app.city.members.leader.id, { format: "csv" }, []],
    );
  });
}
