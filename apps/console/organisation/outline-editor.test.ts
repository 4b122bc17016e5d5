import assert from "node:assert/strict";
import { test } from "node:test";
import type { Outline, Point } from "@wanjia/domain/organisation/outline";
import {
  cornersOf,
  movedCorner,
  outlineOf,
  problemOf,
  readCorners,
  squareKilometres,
  withCorner,
  withoutCorner,
  writeCorners,
} from "./outline-editor.ts";

const SQUARE: Point[] = [
  [104, 30],
  [104.01, 30],
  [104.01, 30.01],
  [104, 30.01],
];

test("corners become an outline and come back, and holes stay", () => {
  const hole: Point[] = [
    [104.001, 30.001],
    [104.002, 30.001],
    [104.002, 30.002],
    [104.001, 30.001],
  ];
  const drawn = outlineOf(SQUARE, { type: "Polygon", coordinates: [[], hole] }) as Outline;
  assert.deepEqual(drawn.coordinates[0]?.at(-1), SQUARE[0]);
  assert.deepEqual(drawn.coordinates[1], hole);
  assert.deepEqual(cornersOf(drawn), SQUARE);
  assert.equal(outlineOf([], drawn), null);
  assert.deepEqual(cornersOf(null), []);
});

test("corners are set behind the one in hand, moved and taken away", () => {
  const more = withCorner(SQUARE, 0, [104.0050000004, 29.99]);
  assert.deepEqual(more[1], [104.005, 29.99]);
  assert.deepEqual(withoutCorner(more, 1), SQUARE);
  assert.deepEqual(movedCorner(SQUARE, 3, [104, 30.02])[3], [104, 30.02]);
  assert.deepEqual(withCorner([], -1, [104, 30]), [[104, 30]]);
});

test("what can't be saved is said while it is drawn", () => {
  assert.equal(problemOf([]), undefined);
  assert.equal(problemOf(SQUARE.slice(0, 2)), "outline-too-small");
  assert.equal(problemOf(SQUARE), undefined);
  const [a, b, c, d] = SQUARE as [Point, Point, Point, Point];
  assert.equal(problemOf([a, c, b, d]), "outline-crosses-itself");
});

test("corners are read as they are written, however they are parted", () => {
  assert.deepEqual(readCorners(writeCorners(SQUARE)), SQUARE);
  assert.deepEqual(readCorners("104 30\n\n104.01，30\n"), SQUARE.slice(0, 2));
  assert.equal(readCorners("104"), null);
  assert.equal(readCorners("104, north"), null);
});

test("a hundredth of a degree squared at 30° is a good square kilometre", () => {
  assert.ok(Math.abs(squareKilometres(SQUARE) - 1.071) < 0.01);
  assert.equal(squareKilometres([]), 0);
});
