import assert from "node:assert/strict";
import { test } from "node:test";
import { kindOf, randomTown, randomTowns } from "./random-towns.ts";
import { makeUnit } from "./world.ts";

test("a random town is a world, the same for everybody who asks, and no two are alike", () => {
  const towns = randomTowns(16);
  for (const town of towns) {
    const unit = makeUnit(town, "1");
    assert.equal(unit.truth.length, town.extent.flatsPerUnit);
    assert.ok(unit.truth.some(({ type }) => type !== null));
  }
  assert.deepEqual(randomTown(3), towns[2]);
  assert.equal(new Set(towns.map((town) => JSON.stringify(town.presence))).size, towns.length);
});

test("eight kinds of town are among them, each what it is called", () => {
  assert.equal(new Set(Array.from({ length: 8 }, (_, i) => kindOf(i + 1))).size, 8);
  for (let number = 1; number <= 32; number += 1) {
    const { premises, presence, wrongLabels } = randomTown(number);
    const kind = kindOf(number);
    if (kind === "wrong labels") assert.ok(wrongLabels >= 0.3);
    if (kind === "half empty") {
      assert.ok(Object.values(premises).every(({ vacancy }) => vacancy >= 0.35));
    }
    if (kind === "mixed use") {
      assert.ok(Object.values(premises).every(({ households }) => (households["shop"] ?? 0) > 0));
      assert.ok((presence["shop"]?.morning ?? 0) > (presence["shop"]?.late_evening ?? 1));
    }
  }
});
