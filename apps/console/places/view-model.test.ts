import assert from "node:assert/strict";
import { test } from "node:test";
import {
  elementsOf,
  fileColumns,
  fileSize,
  importPercent,
  importStep,
  rowsWithProblems,
  withColumn,
  partsBelow,
  splitFields,
} from "./view-model.ts";

test("a file's columns show what they hold and what stands in them", () => {
  const columns = fileColumns(
    ["地址", "楼栋", "备用"],
    [
      ["翠湖路8号", "3", ""],
      ["翠湖路9号", "", ""],
    ],
    { fullText: 0, buildingNo: 1 },
  );
  assert.deepEqual(
    columns.map(({ header, field, samples }) => [header, field, samples]),
    [
      ["地址", "fullText", ["翠湖路8号", "翠湖路9号"]],
      ["楼栋", "buildingNo", ["3"]],
      ["备用", undefined, []],
    ],
  );
});

test("a field is held by one column, a column holds one field", () => {
  const mapping = { fullText: 0, buildingNo: 1 };
  assert.deepEqual(withColumn(mapping, 2, "fullText"), { buildingNo: 1, fullText: 2 });
  assert.deepEqual(withColumn(mapping, 0, "unitNo"), { buildingNo: 1, unitNo: 0 });
  assert.deepEqual(withColumn(mapping, 1, undefined), { fullText: 0 });
});

test("the bar only reaches its end when everything is saved", () => {
  const at = (state: string, bytesRead: number) => importPercent({ state, bytes: 100, bytesRead });
  assert.deepEqual(
    [at("queued", 0), at("running", 50), at("running", 100), at("applying", 100), at("done", 100)],
    [0, 45, 90, 95, 100],
  );
  assert.equal(importPercent({ state: "queued", bytes: 0, bytesRead: 0 }), 0);
});

test("every state of an import has its step", () => {
  assert.equal(importStep("uploaded"), "mapping");
  assert.equal(importStep("applying"), "progress");
  assert.equal(importStep("refused"), "refused");
});

test("a file's size is said as people say it", () => {
  assert.deepEqual([12, 12_400, 1_930_000, 250_000_000].map(fileSize), [
    "12 B",
    "12.4 kB",
    "1.9 MB",
    "250 MB",
  ]);
});

test("rows are counted, not problems", () => {
  const problem = { field: "unitNo", code: "address-empty" };
  assert.equal(
    rowsWithProblems([
      { row: 2, fullText: "", problems: [problem, problem] },
      { row: 3, fullText: "翠湖路8号", problems: [] },
    ]),
    1,
  );
});

test("an empty part of an address is absent", () => {
  assert.deepEqual(elementsOf({ street: " 翠湖路 ", doorNo: "", unitNo: null }), {
    street: "翠湖路",
  });
});

test("a new room is asked only what its building doesn't say", () => {
  const building = { estateName: "东亭花园", buildingNo: "1", entranceNo: null };
  assert.deepEqual(partsBelow("dwelling_unit", building), ["entranceNo", "floorNo", "unitNo"]);
  assert.deepEqual(partsBelow("shop", { street: "长亭路", doorNo: "8" }), ["unitNo", "name"]);
  assert.deepEqual(partsBelow("rural_house", undefined), ["street", "doorNo"]);
});

test("the parts of a split place are told apart by their last words", () => {
  assert.deepEqual(splitFields("dwelling_unit"), ["unitNo"]);
  assert.deepEqual(splitFields("shop"), ["unitNo", "name"]);
  assert.deepEqual(splitFields("site"), ["doorNo", "name"]);
});
