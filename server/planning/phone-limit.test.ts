/** A team with more doors than a phone chooses from when it plans the rest of an evening. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { OpenTx } from "../platform/database.ts";
import { testApp } from "../testing.ts";
import { addEastBuilding } from "../testing-city.ts";
import { planBureau } from "./commands.ts";
import { Planner } from "./planner.ts";
import { anId, openWalks, phonePlan, TOMORROW } from "./testing.ts";

/** Of eight doors each: 400, beside the city's own. */
const BUILDINGS = 50;

test("a phone takes three hundred doors along and those of its walks, and is told how many are beyond", async () => {
  const app = await testApp({ jobs: true });
  const { bureau, members, beats } = app.city;
  await app.database.asSystem(bureau, async (tx) => {
    for (let i = 0; i < BUILDINGS; i += 1) await addEastBuilding(tx as OpenTx, 2 + i);
  });
  await openWalks(app, [{ name: "一组", memberIds: [members.officer.id] }]);
  const planner = new Planner();
  await planBureau(app.database, planner, bureau, TOMORROW, new AbortController().signal);
  await planner.close();
  const { bases, walks } = await phonePlan(await app.as("officer", anId()));
  const [basis] = bases.map((base) => base.basis);
  assert.ok(basis);
  const here = basis.buildings.flatMap(({ packs }) => Object.values(packs).flat());
  assert.ok(here.length > 250 && here.length <= 300, `${here.length} doors on the phone`);
  const walked = new Set(walks.flatMap(({ stops }) => (stops as string[][]).map(([id]) => id)));
  assert.ok(walked.size > 0);
  for (const id of walked) assert.ok(basis.buildings.some((building) => building.id === id));
  const { rows } = await app.database.pool.query(
    "select count(*)::int as doors from place where beat_id = $1 and kind = 'dwelling_unit'",
    [beats.east],
  );
  assert.equal(here.length + basis.beyond, rows[0].doors);
  await app.close();
});
