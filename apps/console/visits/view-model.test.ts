import assert from "node:assert/strict";
import { test } from "node:test";
import { LISTED_OUTCOMES, OUTCOMES_LISTED_AS } from "@wanjia/domain/visits/policy";
import { buildingGrid, countDoors, outcomeTone, visitInput, type Door } from "./view-model.ts";

const today = "2026-11-22";

function door(unitNo: string, changes: Partial<Door> = {}): Door {
  return {
    placeId: unitNo,
    entranceNo: "1",
    floorNo: null,
    unitNo,
    place: `3幢1单元${unitNo}室`,
    status: "open",
    ...changes,
  };
}

test("the last day that a reader names is included", () => {
  assert.deepEqual(visitInput({ size: 50, from: today, to: today }), {
    size: 50,
    from: "2026-11-22",
    to: "2026-11-23",
  });
});

test("no colour tells a refusal from a door where nobody answered", () => {
  for (const outcome of OUTCOMES_LISTED_AS.not_met) {
    assert.equal(outcomeTone(outcome), outcomeTone("not_met"), outcome);
  }
  for (const outcome of LISTED_OUTCOMES) assert.ok(outcomeTone(outcome));
});

test("a building stands with its top floor on top and its doors in the order of numbers", () => {
  const grid = buildingGrid([
    door("1002"),
    door("201"),
    door("1001"),
    door("202", { entranceNo: "2" }),
  ]);
  assert.deepEqual(grid.entrances, ["1", "2"]);
  assert.deepEqual(
    grid.floors.map(({ floor, byEntrance }) => [
      floor,
      byEntrance.map((doors) => doors.map(({ unitNo }) => unitNo)),
    ]),
    [
      ["10", [["1001", "1002"], []]],
      ["2", [["201"], ["202"]]],
    ],
  );
});

test("doors without floor or entrance are not lost", () => {
  const grid = buildingGrid([door("甲", { entranceNo: null }), door("101")]);
  const shown = grid.floors.flatMap(({ byEntrance }) => byEntrance.flat());
  assert.equal(shown.length, 2);
});

test("doors are counted by what is to be done", () => {
  const counts = countDoors([door("101", { status: "met" }), door("102"), door("103")]);
  assert.deepEqual(counts, { total: 3, open: 2, met: 1, again: 0, appointment: 0, ended: 0 });
});
