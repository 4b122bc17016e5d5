import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { rowReader } from "@wanjia/domain/places/import";
import { guessMapping } from "@wanjia/domain/places/import-columns";
import { forbiddenColumns } from "@wanjia/domain/privacy/columns";
import { generateCity } from "./city.ts";
import { ADDRESS_HEADER, addressFile, addressRows, type Defect, DEFECTS } from "./defects.ts";

const city = generateCity("demo");
const rows = [...addressRows(city)];
const of = (defect: Defect | null) => rows.filter((row) => row.defect === defect);

const seats = city.communities.map(
  ({ id, divisionCode, stationId, beatId }) => [divisionCode, { id, stationId, beatId }] as const,
);
const reader = rowReader(guessMapping(ADDRESS_HEADER), {
  stations: new Map(),
  beats: new Map(),
  communities: new Map(seats),
  communityNames: new Map(),
  grids: new Map(),
});
const doorOf = (cells: readonly string[]) => reader(cells).places.find(({ derived }) => !derived);

test("a file of the same city is the same to the byte", () => {
  const hash = (): string => {
    const sum = createHash("sha256");
    for (const line of addressFile(city)) sum.update(line);
    return sum.digest("hex");
  };
  assert.equal(hash(), hash());
});

test("the file holds no column that must not be there, and each is understood", () => {
  assert.deepEqual(forbiddenColumns(ADDRESS_HEADER), []);
  assert.equal(Object.keys(guessMapping(ADDRESS_HEADER)).length, ADDRESS_HEADER.length);
});

test("every kind of defect occurs about as often as it should", () => {
  const shares = { duplicate_alias: 0.012, demolished: 0.006, renumbered: 0.008 } as const;
  for (const defect of DEFECTS) assert.ok(of(defect).length > 0, defect);
  for (const [defect, share] of Object.entries(shares)) {
    const found = of(defect as Defect).length / rows.length;
    assert.ok(Math.abs(found - share) < 0.004, `${defect}: ${found}`);
  }
});

test("good rows and other spellings lead to the place that they mean", () => {
  for (const { cells, place } of [...of(null), ...of("duplicate_alias")]) {
    const door = doorOf(cells);
    assert.equal(door?.sortKey, place.sortKey, `${cells.join(" ")} → ${place.fullText}`);
    assert.equal(door.kind, place.kind);
    assert.equal(door.communityId, place.communityId);
  }
});

test("a demolished building is told by its use, an old number is kept as an alias", () => {
  for (const { cells } of of("demolished")) assert.equal(doorOf(cells)?.use, "demolished");
  for (const { cells, place } of of("renumbered")) {
    const door = doorOf(cells);
    assert.equal(door?.sortKey, place.sortKey);
    assert.match(door.alias ?? "", /\d+号$/);
  }
});

test("a community that was merged away is a problem with its column named", () => {
  for (const { cells } of of("merged_community")) {
    assert.deepEqual(
      reader(cells).problems.map(({ code }) => code),
      ["unknown-community"],
    );
  }
});
