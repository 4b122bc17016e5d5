import assert from "node:assert/strict";
import { test } from "node:test";
import { guessMapping, type ImportField } from "./import-columns.ts";
import { type Areas, type ImportedPlace, rowReader } from "./import.ts";
import { guessDivisionMapping, readDivision } from "./import-divisions.ts";

const areas: Areas = {
  stations: new Map([
    ["S1", { id: "s1" }],
    ["S2", { id: "s2" }],
  ]),
  beats: new Map([
    ["B1", { id: "b1", stationId: "s1" }],
    ["B2", { id: "b2", stationId: "s2" }],
  ]),
  communities: new Map([
    ["990101001001", { id: "c1", stationId: "s1", beatId: "b1" }],
    ["990101001002", { id: "c2", stationId: "s2", beatId: null }],
  ]),
  communityNames: new Map([["翠湖社区", { id: "c1", stationId: "s1", beatId: "b1" }]]),
  grids: new Map([
    ["G1", { id: "g1", communityId: "c1", stationId: "s1", beatId: "b3" }],
    ["G2", { id: "g2", communityId: "c2", stationId: "s2", beatId: null }],
  ]),
};

type Row = Partial<Record<ImportField, string>>;

function read(row: Row, defaults: Parameters<typeof rowReader>[2] = {}) {
  const fields = Object.keys(row) as ImportField[];
  const mapping = Object.fromEntries(fields.map((field, index) => [field, index]));
  const cells = fields.map((field) => row[field] ?? "");
  return rowReader(mapping, areas, defaults)(cells);
}

/** The row's own place; what is above it comes before it. */
function placed(row: Row, defaults: Parameters<typeof rowReader>[2] = {}): ImportedPlace {
  const { places, problems } = read(row, defaults);
  assert.deepEqual(problems, []);
  const own = places.at(-1);
  assert.ok(own !== undefined && !own.derived);
  return own;
}

function problemsOf(row: Row): string[] {
  const { places, problems } = read(row);
  assert.deepEqual(places, [], "a row with a problem brings no place");
  return problems.map(({ field, code }) => `${field} ${code}`);
}

const DOOR: Row = { fullText: "翠湖苑3幢1单元502室", communityCode: "990101001001" };
const HOUSE: Row = { street: "三组", doorNo: "12号", communityCode: "990101001001" };

test("a door brings its estate, building and entrance, each below the other", () => {
  const { places } = read(DOOR);
  assert.deepEqual(
    places.map(({ kind, parentKind, buildingKind, fullText, derived }) => [
      kind,
      parentKind,
      buildingKind,
      fullText,
      derived,
    ]),
    [
      ["estate", null, null, "翠湖苑", true],
      ["building", "estate", "building", "翠湖苑3幢", true],
      ["entrance", "building", "building", "翠湖苑3幢1单元", true],
      ["dwelling_unit", "entrance", "building", "翠湖苑3幢1单元502室", false],
    ],
  );
  for (const [i, place] of places.entries()) {
    assert.equal(place.parentKey, places[i - 1]?.sortKey ?? null);
    assert.equal(place.buildingKey, i === 0 ? null : places[1]?.sortKey);
    assert.deepEqual([place.stationId, place.beatId, place.communityId], ["s1", "b1", "c1"]);
  }
});

test("what is above the doors of one staircase is written once, and again after another", () => {
  const mapping = { fullText: 0, communityCode: 1 };
  const row = rowReader(mapping, areas);
  const kinds = (text: string, community = "990101001001") =>
    row([text, community]).places.map(({ kind }) => kind);
  assert.equal(kinds("翠湖苑3幢1单元501室").length, 4);
  assert.deepEqual(kinds("翠湖苑3幢1单元502室"), ["dwelling_unit"]);
  assert.equal(kinds("翠湖苑3幢2单元501室").length, 4);
  assert.equal(kinds("翠湖苑3幢2单元502室", "990101001002").length, 4, "elsewhere");
});

test("a house in the country and an estate stand for themselves", () => {
  const house = placed(HOUSE);
  assert.deepEqual([house.kind, house.elements], ["rural_house", { street: "3组", doorNo: "12" }]);
  assert.deepEqual([house.parentKey, house.buildingKey], [null, house.sortKey]);
  assert.equal(house.fullText, "3组12号");
  const estate = placed({ estateName: "翠湖苑", communityCode: "990101001001" });
  assert.deepEqual([estate.kind, estate.buildingKey, estate.buildingKind], ["estate", null, null]);
  const building = placed({ fullText: "翠湖苑3幢", communityCode: "990101001001" });
  assert.deepEqual([building.buildingKind, building.buildingKey], ["building", building.sortKey]);
});

test("columns go before the full text, which keeps its own words", () => {
  const both = placed({ ...DOOR, buildingNo: "5幢", unitNo: "101", floorNo: "1层" });
  assert.deepEqual(both.elements, { buildingNo: "5", unitNo: "101" });
  assert.equal(both.fullText, DOOR.fullText);
  const shop = placed({ ...DOOR, name: "便民超市" });
  assert.deepEqual(
    [shop.kind, shop.elements.name, shop.elements.unitNo],
    ["shop", "便民超市", "502"],
  );
  assert.deepEqual(placed({ ...HOUSE, doorNo: "12", floorNo: "2" }).elements.floorNo, "2");
});

test("the nearest area wins: grid, beat, community, station, and last what was chosen for the file", () => {
  const at = (row: Row, defaults: Parameters<typeof rowReader>[2] = {}) => {
    const { stationId, beatId, communityId, gridId } = placed(
      { street: "三组", doorNo: "12", ...row },
      defaults,
    );
    return [stationId, beatId, communityId, gridId];
  };
  assert.deepEqual(at({ stationCode: "S2" }), ["s2", null, null, null]);
  assert.deepEqual(at({ stationCode: "S2", communityCode: "990101001001" }), [
    "s1",
    "b1",
    "c1",
    null,
  ]);
  assert.deepEqual(at({ communityCode: "990101001001", beatCode: "B2" }), ["s2", "b2", "c1", null]);
  assert.deepEqual(at({ communityName: "翠湖社区" }), ["s1", "b1", "c1", null]);
  assert.deepEqual(at({ gridCode: "G1" }), ["s1", "b3", "c1", "g1"]);
  assert.deepEqual(at({ gridCode: "G1", communityCode: "990101001001" }), ["s1", "b3", "c1", "g1"]);
  assert.deepEqual(at({ gridCode: "G1", beatCode: "B1" }), ["s1", "b1", "c1", "g1"]);
  assert.deepEqual(at({ gridCode: "G2" }, { stationId: "s2", beatId: "b2" }), [
    "s2",
    "b2",
    "c2",
    "g2",
  ]);
  assert.deepEqual(at({}, { stationId: "s1", beatId: "b1" }), ["s1", "b1", null, null]);
  assert.deepEqual(
    at({ stationCode: "S2" }, { stationId: "s1", beatId: "b1" }),
    ["s2", null, null, null],
    "a beat of another station is not taken",
  );
  const named = { fullText: "云汀市临溪区青石街道翠湖社区翠湖路8号" };
  assert.deepEqual(placed(named).communityId, "c1", "named in the address");
  const unknown = { fullText: "云汀市临溪区青石街道桥西社区翠湖路8号", stationCode: "S1" };
  assert.deepEqual(placed(unknown).communityId, null, "an address may name what is not ours");
});

test("kinds and uses are read in the words of files", () => {
  const kind = (text: string) => placed({ ...HOUSE, kind: text }).kind;
  assert.deepEqual(["农房", "shop", "学校"].map(kind), ["rural_house", "shop", "organisation"]);
  const use = (text: string) => placed({ ...HOUSE, use: text }).use;
  assert.deepEqual(["住宅", "mixed", "已拆", ""].map(use), [
    "residential",
    "mixed",
    "demolished",
    null,
  ]);
});

test("what a building is like is read where the file tells it", () => {
  const attributes = (row: Row) => placed({ ...HOUSE, ...row }).attributes;
  assert.equal(attributes({}), null);
  assert.equal(attributes({ buildingType: "", access: "", lon: "", lat: "" }), null);
  assert.deepEqual(
    attributes({ buildingType: "高层", hasElevator: "有", accessibleEntrance: "0" }),
    {
      buildingType: "high_rise",
      hasElevator: true,
      accessibleEntrance: false,
    },
  );
  assert.deepEqual(attributes({ buildingType: "吊脚楼", hasElevator: "?" }), {
    buildingType: "other",
  });
  for (const [text, access] of [
    ["guard", "guard"],
    ["开放", "open"],
    ["对讲", "intercom"],
    ["刷卡", "access_card"],
    ["保安", "guard"],
  ] as const) {
    assert.deepEqual(attributes({ access: text }), { access }, text);
  }
  for (const [crs, kept] of [
    ["", "cgcs2000"],
    ["CGCS2000", "cgcs2000"],
    ["GCJ-02", "gcj02"],
    ["gcj02", "gcj02"],
    ["WGS84", "wgs84"],
    ["wgs-84", "wgs84"],
  ] as const) {
    assert.deepEqual(attributes({ lon: "118.1", lat: "-24.5", crs }), {
      point: { lon: 118.1, lat: -24.5, crs: kept },
    });
  }
  assert.deepEqual(attributes({ lon: "180", lat: "90" })?.point?.lat, 90);
});

test("a first day is read however it is written, and is a day of the calendar", () => {
  const from = (validFrom: string) => placed({ ...HOUSE, validFrom }).validFrom;
  for (const text of ["2026-03-05", "2026/3/5", "2026.3.5", "2026年3月5日", "2026年03月05日"]) {
    assert.equal(from(text), "2026-03-05", text);
  }
  assert.equal(from("2028-2-29"), "2028-02-29");
  assert.equal(from(""), null);
  for (const text of [
    "2026-02-30",
    "2026-2-29",
    "2026-13-1",
    "2026-0-5",
    "2026-4-31",
    "2026-4-0",
    "昨天",
    "5/3/2026",
  ]) {
    assert.deepEqual(problemsOf({ ...HOUSE, validFrom: text }), ["validFrom bad-date"], text);
  }
});

const BAD: readonly (readonly [Row, ...string[]])[] = [
  [{ communityCode: "990101001001" }, "fullText address-empty"],
  [{ ...DOOR, fullText: "###" }, "fullText address-unreadable"],
  [{ ...DOOR, fullText: "翠湖苑3幢1单元502室 王" }, "fullText address-unreadable"],
  [{ ...HOUSE, street: "三".repeat(201) }, "street cell-too-long"],
  [{ ...HOUSE, kind: "飞碟" }, "kind unknown-kind"],
  [{ ...HOUSE, use: "飞碟" }, "use unknown-use"],
  [{ ...HOUSE, stationCode: "S9" }, "stationCode unknown-station"],
  [{ ...HOUSE, communityCode: "990101009999" }, "communityCode unknown-community"],
  [{ street: "三组", doorNo: "1", communityName: "远方社区" }, "communityName unknown-community"],
  [{ ...HOUSE, beatCode: "B9" }, "beatCode unknown-beat"],
  [{ ...HOUSE, gridCode: "G9" }, "gridCode unknown-grid"],
  [{ street: "三组", doorNo: "1" }, "communityCode area-missing"],
  [{ ...DOOR, lon: "118", lat: "24" }, "lon point-on-dwelling"],
  [{ ...HOUSE, lon: "118", lat: "" }, "lon bad-point"],
  [{ ...HOUSE, lon: "", lat: "24" }, "lon bad-point"],
  [{ ...HOUSE, lon: "181", lat: "24" }, "lon bad-point"],
  [{ ...HOUSE, lon: "118", lat: "-91" }, "lon bad-point"],
  [{ ...HOUSE, lon: "东经", lat: "24" }, "lon bad-point"],
  [
    { ...HOUSE, kind: "飞碟", use: "飞碟", beatCode: "B9" },
    "kind unknown-kind",
    "use unknown-use",
    "beatCode unknown-beat",
  ],
];
for (const [row, ...problems] of BAD) {
  test(`a row is reported: ${problems.join(", ")} (${JSON.stringify(row).slice(0, 60)})`, () => {
    assert.deepEqual(problemsOf(row), problems);
  });
}

test("a cell of 200 signs is the longest", () => {
  assert.equal(placed({ ...HOUSE, alias: "名".repeat(200) }).alias?.length, 200);
  assert.deepEqual(problemsOf({ ...HOUSE, alias: "名".repeat(201) }), ["alias cell-too-long"]);
});

test("a header names its column once; the first that fits wins", () => {
  assert.deepEqual(guessMapping(["社区代码", "街路巷", "门牌号", "小区", "幢", "单元", "室"]), {
    communityCode: 0,
    street: 1,
    doorNo: 2,
    estateName: 3,
    buildingNo: 4,
    entranceNo: 5,
    unitNo: 6,
  });
  assert.deepEqual(guessMapping(["说明", "标准地址（必填）", "地址"]), { fullText: 1 });
  const mapping = guessMapping(["地址", "经度", "纬度"]);
  assert.equal(new Set(Object.values(mapping)).size, Object.values(mapping).length);
});

const division = (row: Record<string, string>) => {
  const keys = Object.keys(row);
  return readDivision(
    Object.fromEntries(keys.map((key, index) => [key, index])),
    keys.map((key) => row[key] ?? ""),
  );
};

test("a row of a list of divisions says its tier, or its code's length does", () => {
  assert.deepEqual(division({ code: "990101403000", name: "云溪农场" }).division, {
    code: "990101403",
    name: "云溪农场",
    level: "township",
    parentCode: "990101",
    urbanRuralClass: null,
    validFrom: null,
    validTo: null,
    successors: [],
  });
  const whole = division({
    code: "990101001001",
    name: "翠湖社区",
    level: "社区",
    parentCode: "990101002000",
    urbanRuralClass: "111",
    validFrom: "2024-01-01",
    validTo: "2026-01-01",
    successors: "990101001003、990101001004",
  }).division;
  assert.deepEqual(
    [whole?.level, whole?.parentCode, whole?.urbanRuralClass, whole?.validFrom, whole?.validTo],
    ["community", "990101002", "111", "2024-01-01", "2026-01-01"],
  );
  assert.deepEqual(whole?.successors, ["990101001003", "990101001004"]);
  assert.deepEqual(guessDivisionMapping(["code", "name", "level", "areaCode"]), {
    code: 0,
    name: 1,
    level: 2,
    parentCode: 3,
  });
});

const BAD_DIVISIONS: readonly (readonly [Record<string, string>, string])[] = [
  [{ code: "99010A" }, "code bad-code"],
  [{ name: "" }, "name name-empty"],
  [{ name: "名".repeat(201) }, "name cell-too-long"],
  [{ level: "星球" }, "level unknown-level"],
  [{ parentCode: "x" }, "parentCode bad-code"],
  [{ urbanRuralClass: "999" }, "urbanRuralClass bad-code"],
  [{ validFrom: "1.1.2026" }, "validFrom bad-date"],
  [{ validFrom: "2026-02-30" }, "validFrom bad-date"],
  [{ validTo: "2026-02-29" }, "validTo bad-date"],
  [{ validFrom: "2026-01-01", validTo: "2026-01-01" }, "validTo bad-date"],
  [{ successors: "990101001003 x" }, "successors bad-code"],
];
for (const [change, problem] of BAD_DIVISIONS) {
  test(`a division is reported: ${JSON.stringify(change).slice(0, 60)}`, () => {
    const found = division({ code: "990101001001", name: "翠湖社区", ...change });
    assert.equal(found.division, null);
    assert.deepEqual(
      found.problems.map(({ field, code }) => `${field} ${code}`),
      [problem],
    );
  });
}
