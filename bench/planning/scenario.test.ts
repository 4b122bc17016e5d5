import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { DEFAULT, isPublished, readScenario, ScenarioFault, scenarioOf } from "./scenario.ts";
import { makeUnit } from "./world.ts";

test("every scenario of the repository is read and makes a town", () => {
  for (const file of globSync("scenarios/*.json", { cwd: import.meta.dirname })) {
    const scenario = readScenario(join(import.meta.dirname, file));
    const unit = makeUnit(scenario, "1");
    assert.equal(unit.truth.length, scenario.extent.flatsPerUnit);
  }
});

test("a file changes what it names and leaves the rest", () => {
  const scenario = scenarioOf({ presence: { tenant: { sunday: 0.9 } }, deadlineDays: 20 });
  assert.equal(scenario.presence["tenant"]?.sunday, 0.9);
  assert.equal(scenario.presence["tenant"]?.morning, DEFAULT.presence["tenant"]?.morning);
  assert.equal(scenario.deadlineDays, 20);
});

test("a new premises type and a new household type may be added", () => {
  const scenario = scenarioOf({
    presence: { student: { late_evening: 0.7 } },
    premises: { dormitory: { share: 0.5, households: { student: 5 }, floors: [4, 6] } },
  });
  assert.deepEqual(scenario.premises["dormitory"]?.households, { student: 5 });
});

test("shares that come to one are the whole town; others stand beside the default's", () => {
  const sharesOf = (premises: Record<string, { share: number }>): readonly number[] =>
    Object.values(scenarioOf({ premises }).premises).map(({ share }) => share);
  assert.deepEqual(
    sharesOf({ villa: { share: 0.7 }, rental: { share: 0.3 } }),
    [0, 0, 0, 0.3, 0.7],
  );
  assert.deepEqual(sharesOf({ villa: { share: 0.7 } }), [0.35, 0.3, 0.2, 0.15, 0.7]);
  // A mix alone says nothing of shares.
  const { premises } = scenarioOf({ premises: { rental: { vacancy: 0.5 } } });
  assert.equal(premises["old_walk_up"]?.share, 0.35);
});

test("the published world is known by what it is, not by its name", () => {
  assert.ok(isPublished(scenarioOf({ name: "mine", extent: { flatsPerUnit: 500 } })));
  assert.ok(!isPublished(scenarioOf({ refusals: 0.04 })));
});

test("every parameter of the world can be changed by a file", () => {
  const leaves = (of: unknown, path: readonly string[] = []): (readonly string[])[] =>
    typeof of === "object" && of !== null && !Array.isArray(of)
      ? Object.entries(of).flatMap(([key, value]) => leaves(value, [...path, key]))
      : [path];
  const at = (of: unknown, path: readonly string[]): unknown =>
    path.reduce((inner, key) => (inner as Record<string, unknown>)[key], of);
  for (const path of leaves(DEFAULT)) {
    const old = at(DEFAULT, path);
    const value = Array.isArray(old)
      ? [1, 2]
      : typeof old === "boolean"
        ? !old
        : typeof old === "number"
          ? Number.isInteger(old)
            ? old - 1
            : old / 2
          : "another";
    const given = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
    // The most units and tries are one less than one: there is nothing below.
    if (value === 0 && path.at(-1) === "units") continue;
    assert.deepEqual(at(scenarioOf(given), path), value, path.join("."));
  }
});

test("a fault says where it is, what is wrong and what to do", () => {
  const said = (given: unknown): string => {
    try {
      scenarioOf(given);
    } catch (error) {
      if (error instanceof ScenarioFault) return error.message;
    }
    return "";
  };
  assert.match(said({ presense: {} }), /^presense: is no parameter of the world\. Known here: /);
  assert.match(said({ refusals: 3 }), /^refusals: is 3\. Write a share from 0 to 1\.$/);
  assert.match(said({ costs: { visitMinutes: [9, 2] } }), /^costs\.visitMinutes: begins with 9/);
  assert.match(said({ costs: { visitMinutes: [9, "x"] } }), /^costs\.visitMinutes\[1\]: is "x"/);
  assert.match(said({ premises: { rental: { lift: "no" } } }), /true or false/);
  assert.match(said({ premises: { rental: { households: { ghost: 1 } } } }), /has no presence/);
  const empty = Object.fromEntries(Object.keys(DEFAULT.premises).map((of) => [of, { vacancy: 1 }]));
  assert.match(said({ premises: empty }), /^premises: are all empty \(vacancy 1\)\. Let somebody/);
  assert.match(said({ premises: null }), /^premises: is null\. Write an object/);
  assert.match(said({ premises: { rental: 0.4 } }), /^premises\.rental: is 0\.4\. Write an object/);
  assert.match(said({ presence: { retired: { evening: 0.4 } } }), /Known here: .*late_evening/);
  assert.match(said({ deadlineDays: 2.5 }), /whole number/);
  assert.match(said([]), /Write an object/);
  assert.throws(() => readScenario("/nowhere.json"), /can't be read\. Name a JSON file/);
});
