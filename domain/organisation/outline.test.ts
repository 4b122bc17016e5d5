import assert from "node:assert/strict";
import { test } from "node:test";
import { checkOutline, ringOf, type Point } from "./outline.ts";

function said(...corners: Point[]): string {
  const checked = checkOutline({ type: "Polygon", coordinates: [ringOf(corners)] });
  return checked.ok ? "accepted" : checked.refusal.code;
}

test("three corners make an outline, two do not", () => {
  assert.equal(said([104, 30], [104.1, 30], [104.1, 30.1]), "accepted");
  assert.equal(said([104, 30], [104.1, 30]), "outline-too-small");
  assert.equal(said([104, 30], [104.1, 30], [104, 30]), "outline-too-small");
  assert.equal(said(), "outline-too-small");
});

test("an outline that crosses itself is refused, one with a bay is not", () => {
  assert.equal(said([0, 0], [1, 1], [1, 0], [0, 1]), "outline-crosses-itself");
  assert.equal(said([0, 0], [4, 0], [4, 4], [2, 1], [0, 4]), "accepted");
});

test("an outline ends where it began and lies on the globe", () => {
  const open = checkOutline({
    type: "Polygon",
    coordinates: [
      [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ],
    ],
  });
  assert.equal(open.ok ? "" : open.refusal.code, "outline-open");
  assert.equal(said([104, 30], [204, 30], [104, 31]), "outline-off-the-globe");
});
