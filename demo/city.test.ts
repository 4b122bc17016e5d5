import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { inspectText } from "@wanjia/domain/privacy/inspect";
import { sortKey } from "@wanjia/domain/places/sort-key";
import { type PlaceKind, VISITABLE_KINDS } from "@wanjia/domain/places/terms";
import { generateCity } from "./city.ts";
import { divisionsOf } from "./divisions.ts";
import { SIZE_NAMES, SIZES } from "./sizes.ts";
import type { City } from "./terms.ts";

/** SHA-256 of everything a city consists of. A changed hash means a changed generator: raise its version. */
const PINNED = {
  XS: "1e37cca40317523cd59ab553b1cc37f9239a22842f5e025ab6e7dac511f5212c",
  demo: "f85497af360e3f60893fc12099e69f0902abbd2069904ae4a7369b3aea0996ac",
  S: "ea5fa93c6a605331739866e13dc1728c7edd249c8471d3050c1d8b18165e0944",
  M: "799528a85b40a259a8dea25a004c661a069c80b5c260ed2b3dfb88df5996b6eb",
} as const;

/** One walk through a city: what it consists of, to the byte, and how many places of each kind. */
function walk(city: City): { hash: string; count: (...kinds: PlaceKind[]) => number } {
  const hash = createHash("sha256");
  const { bureau, stations, beats, communities, grids, members, postings, liaisons, partners } =
    city;
  hash.update(
    JSON.stringify([
      bureau,
      stations,
      beats,
      communities,
      grids,
      members,
      postings,
      liaisons,
      partners,
    ]),
  );
  const counts = new Map<PlaceKind, number>();
  for (const place of city.places()) {
    hash.update(JSON.stringify(place));
    counts.set(place.kind, (counts.get(place.kind) ?? 0) + 1);
  }
  return {
    hash: hash.digest("hex"),
    count: (...kinds) => kinds.reduce((sum, kind) => sum + (counts.get(kind) ?? 0), 0),
  };
}

for (const size of SIZE_NAMES) {
  test(`the city of size ${size} is the same to the byte, and has what the table of sizes says`, () => {
    const city = generateCity(size);
    const { hash, count } = walk(city);
    assert.equal(hash, PINNED[size]);
    const measures = SIZES[size];
    assert.equal(city.stations.length, measures.stations);
    assert.equal(city.beats.length, measures.beats);
    assert.equal(city.communities.length, measures.communities);
    assert.equal(city.grids.length, measures.grids);
    assert.equal(count("dwelling_unit", "rural_house"), measures.dwellings);
    assert.equal(count("shop"), measures.shops);
    assert.equal(count("organisation"), measures.organisations);
    assert.equal(city.members.filter(({ sworn }) => sworn).length, measures.officers);
    assert.equal(
      city.liaisons.length,
      measures.communities - 1,
      "one community waits for an officer",
    );
  });
}

test("another seed gives another city", () => {
  const another = (): string => walk(generateCity("XS", "another")).hash;
  assert.notEqual(another(), PINNED.XS);
  assert.equal(another(), another());
});

test("every place lies in a beat, below its parent, under one address", () => {
  const city = generateCity("demo");
  const seen = new Map<string, string>();
  const ids = new Set<string>();
  for (const place of city.places()) {
    assert.ok(place.beatId !== null && place.communityId !== null && place.gridId !== null);
    assert.ok(place.parentId === null || ids.has(place.parentId), place.fullText);
    assert.ok(!ids.has(place.id));
    ids.add(place.id);
    assert.equal(place.sortKey, sortKey(place));
    const key = `${place.communityId} ${place.kind} ${place.sortKey}`;
    assert.equal(seen.get(key), undefined, `${place.fullText} twice`);
    seen.set(key, place.fullText);
    const isDoor = VISITABLE_KINDS.some((kind) => kind === place.kind);
    if (isDoor) assert.notEqual(place.buildingId, null);
    if (place.kind === "dwelling_unit") assert.equal(place.attributes.point, undefined);
  }
});

test("codes, telephones and names belong to nobody", () => {
  const city = generateCity("demo");
  for (const { code } of city.stations) assert.match(code, /^9901[0-9A-Z]{8}$/);
  for (const { divisionCode } of city.communities) assert.match(divisionCode, /^9901\d{8}$/);
  const codes = city.communities.map(({ divisionCode }) => divisionCode);
  assert.equal(new Set(codes).size, codes.length);
  for (const { phone } of city.partners) assert.match(phone, /^0990-1\d+$/);
  for (const place of city.places()) {
    assert.deepEqual(inspectText(place.fullText), [], place.fullText);
  }
});

test("each community stands in a list of divisions, and a code that ended names its heir", () => {
  const city = generateCity("demo");
  const divisions = new Map(divisionsOf(city).map((division) => [division.code, division]));
  for (const { divisionCode, name } of city.communities) {
    assert.equal(divisions.get(divisionCode)?.name, name);
  }
  for (const { code, level, parentCode, validTo, successors } of divisions.values()) {
    assert.match(code, /^9901\d{8}$/);
    const parent = divisions.get(parentCode ?? "")?.level;
    assert.equal(parent, { county: "city", township: "county", community: "township" }[level]);
    assert.equal(successors.length > 0, validTo !== null);
    for (const heir of successors) assert.equal(divisions.get(heir)?.validTo, null);
  }
  assert.ok([...divisions.values()].some(({ validTo }) => validTo !== null));
});

test("beats tile the city: every border point inland is shared by two beats", () => {
  const { beats } = generateCity("demo");
  const points = new Map<string, number>();
  for (const { outline } of beats) {
    const [ring] = outline.coordinates;
    assert.deepEqual(ring[0], ring.at(-1));
    for (const point of new Set(ring.map(String))) points.set(point, (points.get(point) ?? 0) + 1);
  }
  const shared = [...points.values()].filter((count) => count >= 2).length;
  assert.ok(shared > 60, `${shared} shared points`);
});
