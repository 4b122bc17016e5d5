import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { DEFAULT, readScenario, ScenarioFault, scenarioOf } from "./scenario.ts";
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
  assert.match(said({ deadlineDays: 2.5 }), /whole number/);
  assert.match(said([]), /Write an object/);
  assert.throws(() => readScenario("/nowhere.json"), /can't be read\. Name a JSON file/);
});
