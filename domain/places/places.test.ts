import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ancestors, fullText, guessKind, parseAddress, placeLabel } from "./address.ts";
import { aPlace } from "./fixtures.ts";
import { addressLines, differentSpellings, sameSpellings } from "./normalise-examples.ts";
import { impliedFloor, normalise, readNumeral } from "./normalise.ts";
import { mayWithPlaces } from "./policy.ts";
import { address, confirm, duplicates, end } from "./rules.ts";
import { looseKey, partKey, sortKey } from "./sort-key.ts";
import type { AddressElements, PlaceKind } from "./terms.ts";

test("every known spelling of a number comes to its normal form, and stays there", () => {
  for (const [element, normal, spellings] of sameSpellings) {
    for (const spelling of [...spellings, normal]) {
      assert.equal(normalise(element, spelling), normal, `${element} ${spelling}`);
    }
  }
});

test("look-alikes stay apart", () => {
  for (const [element, a, b] of differentSpellings) {
    assert.notEqual(normalise(element, a), normalise(element, b), `${element} ${a} / ${b}`);
  }
});

test("Chinese numerals are read as counted and as spelt", () => {
  const cases = [
    ["十", 10],
    ["十二", 12],
    ["二十", 20],
    ["二十三", 23],
    ["廿三", 23],
    ["卅", 30],
    ["一百", 100],
    ["一百零二", 102],
    ["一百二", 120],
    ["一百一十五", 115],
    ["一千零三", 1003],
    ["五〇二", 502],
    ["一二〇三", 1203],
    ["两", 2],
    ["二百五", 250],
  ] as const;
  for (const [text, value] of cases) assert.equal(readNumeral(text), value, text);
});

/** 1203 → 一千二百零三, as it is counted aloud. */
function counted(value: number): string {
  const digits = "零一二三四五六七八九";
  const [thousands, hundreds, tens, ones] = [1000, 100, 10, 1].map(
    (unit) => Math.floor(value / unit) % 10,
  ) as [number, number, number, number];
  const part = (digit: number, unit: string) => (digit === 0 ? "零" : digits.charAt(digit) + unit);
  const all = [part(thousands, "千"), part(hundreds, "百"), part(tens, "十"), part(ones, "")];
  const text = all
    .join("")
    .replaceAll(/零+/g, "零")
    .replaceAll(/^零|零$/g, "");
  return value < 20 && value >= 10 ? text.slice(1) : text;
}

test("every number up to ten thousand is read as it is counted and as it is spelt", () => {
  for (let value = 1; value < 10_000; value += 1) {
    assert.equal(readNumeral(counted(value)), value, counted(value));
    const spelt = String(value).replaceAll(/\d/g, (digit) => "〇一二三四五六七八九".charAt(+digit));
    assert.equal(readNumeral(spelt), value, spelt);
  }
});

test("a full address is taken apart", () => {
  for (const [line, elements] of addressLines) {
    const parsed = parseAddress(line);
    assert.ok(parsed.ok, line);
    assert.deepEqual(parsed.value.elements, elements, line);
    assert.equal(parsed.value.rest, "", line);
  }
});

test("divisions at the head of an address are named, not swallowed", () => {
  const parsed = parseAddress("海东省云汀市临溪区青石街道翠湖社区翠湖路8号");
  assert.ok(parsed.ok);
  assert.deepEqual(parsed.value.division, {
    province: "海东省",
    city: "云汀市",
    county: "临溪区",
    township: "青石街道",
    community: "翠湖社区",
  });
});

test("nothing in, nothing made up", () => {
  assert.deepEqual(parseAddress("   "), { ok: false, refusal: { code: "address-empty" } });
  assert.deepEqual(parseAddress("###"), {
    ok: false,
    refusal: { code: "address-unreadable", params: { text: "###" } },
  });
});

const elementsArbitrary: fc.Arbitrary<AddressElements> = fc
  .record({
    street: fc.option(fc.constantFrom("翠湖路", "青石街", "五一路", "滨江大道"), {
      nil: undefined,
    }),
    doorNo: fc.oneof(
      fc.integer({ min: 1, max: 999 }).map(String),
      fc
        .tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 9 }))
        .map(([a, b]) => `${a}-${b}`),
    ),
    estateName: fc.option(fc.constantFrom("翠湖苑", "云溪花园", "三元新村", "金桥2期"), {
      nil: undefined,
    }),
    buildingNo: fc.oneof(
      fc.integer({ min: 1, max: 200 }).map(String),
      fc.constantFrom("A", "B", "甲", "乙"),
    ),
    entranceNo: fc.option(fc.integer({ min: 1, max: 12 }).map(String), { nil: undefined }),
    floor: fc.integer({ min: 1, max: 33 }),
    room: fc.integer({ min: 1, max: 20 }),
  })
  .map((given) => {
    const elements: AddressElements = {
      buildingNo: given.buildingNo,
      unitNo: `${given.floor}${String(given.room).padStart(2, "0")}`,
    };
    if (given.street !== undefined)
      Object.assign(elements, { street: given.street, doorNo: given.doorNo });
    if (given.estateName !== undefined) elements.estateName = given.estateName;
    if (given.entranceNo !== undefined) elements.entranceNo = given.entranceNo;
    return elements;
  });

test("an address that was put together is read back the same", () => {
  fc.assert(
    fc.property(elementsArbitrary, (elements) => {
      const parsed = parseAddress(fullText(elements));
      assert.ok(parsed.ok, fullText(elements));
      assert.deepEqual(parsed.value.elements, elements, fullText(elements));
    }),
  );
});

const bytewise = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** As many below the ground as above. */
const floors = fc.oneof(fc.integer({ min: -999, max: 0 }), fc.integer({ min: 0, max: 99999 }));

test("numbers sort by value, the basement below the ground floor", () => {
  fc.assert(
    fc.property(floors, floors, (a, b) => {
      assert.equal(Math.sign(bytewise(partKey(String(a)), partKey(String(b)))), Math.sign(a - b));
    }),
  );
});

test("a street sorts as it is walked", () => {
  const inOrder: [keyof AddressElements, string[]][] = [
    [
      "doorNo",
      [
        "2号",
        "10号",
        "12号",
        "12号之1",
        "12号之2",
        "12号之10",
        "12甲号",
        "12乙号",
        "13号",
        "100号",
      ],
    ],
    ["buildingNo", ["1幢", "二号楼", "3栋", "10座", "甲栋", "乙栋", "A座", "B座"]],
    ["entranceNo", ["一单元", "二单元", "十单元", "十一单元"]],
    ["floorNo", ["B2", "B1", "1F", "夹层", "2层", "2夹层", "十层", "11层"]],
    ["unitNo", ["101", "102", "102-1", "103", "1001"]],
    ["estateName", ["云溪苑一期", "云溪苑二期", "云溪苑十期"]],
  ];
  for (const [element, spellings] of inOrder) {
    const keys = spellings.map((spelling) => partKey(normalise(element, spelling)));
    assert.deepEqual(keys.toSorted(bytewise), keys, spellings.join(" "));
    assert.deepEqual(keys.toSorted(), keys, "the same in JavaScript");
  }
});

test("whole addresses sort part by part, and a building before its doors", () => {
  fc.assert(
    fc.property(elementsArbitrary, elementsArbitrary, (a, b) => {
      const { unitNo: _unit, entranceNo: _entrance, ...building } = a;
      assert.ok(bytewise(sortKey(building), sortKey(a)) < 0);
      if (
        a.street === b.street &&
        a.doorNo === b.doorNo &&
        a.estateName === b.estateName &&
        a.buildingNo !== b.buildingNo
      ) {
        assert.equal(
          Math.sign(bytewise(sortKey(a), sortKey(b))),
          Math.sign(bytewise(partKey(a.buildingNo!), partKey(b.buildingNo!))),
        );
      }
    }),
  );
});

test("two spellings of one address have one key, different addresses have two", () => {
  const read = (line: string) => {
    const parsed = parseAddress(line);
    assert.ok(parsed.ok);
    return sortKey(parsed.value.elements);
  };
  assert.equal(read("翠湖苑３号楼一单元5层502室"), read("翠湖苑3幢1单元502"));
  assert.notEqual(read("翠湖苑3幢1单元502"), read("翠湖苑3幢2单元502"));
  fc.assert(
    fc.property(elementsArbitrary, elementsArbitrary, (a, b) => {
      assert.equal(sortKey(a) === sortKey(b), fullText(a) === fullText(b));
    }),
  );
});

test("a room number tells its floor, where the custom holds", () => {
  assert.equal(impliedFloor("502"), "5");
  assert.equal(impliedFloor("1203"), "12");
  assert.equal(impliedFloor("-101"), "-1");
  assert.equal(impliedFloor("101~103"), "1");
  assert.equal(impliedFloor("12"), undefined);
  assert.equal(impliedFloor("甲"), undefined);
});

test("a certain duplicate is one address twice; a possible one leaves out what sources leave out", () => {
  const flat = aPlace();
  const same = aPlace({ id: "b" });
  const { entranceNo: _e, ...without } = aPlace({ id: "c" });
  const other = aPlace({ id: "d", entranceNo: "2" });
  assert.deepEqual(duplicates([flat, same]), [{ a: flat.id, b: "b", certain: true }]);
  assert.deepEqual(duplicates([flat, without]), [{ a: flat.id, b: "c", certain: false }]);
  assert.deepEqual(duplicates([flat, other]), []);
  assert.deepEqual(duplicates([flat, aPlace({ id: "e", communityId: null })]), []);
  const loose = { estateName: "翠湖苑", buildingNo: "3", unitNo: "502" };
  assert.equal(looseKey(loose), looseKey(flat));
  assert.equal(looseKey({ ...loose, street: "翠湖路", doorNo: "8" }), looseKey(flat));
  assert.equal(looseKey({ ...loose, floorNo: "5" }), looseKey(flat), "its number tells the floor");
  const [second, third] = ["2", "3"].map((floorNo) =>
    looseKey({ ...loose, unitNo: "12", floorNo }),
  );
  assert.notEqual(second, third, "a number that tells no floor needs it");
  const street = { street: "翠湖路", doorNo: "8", unitNo: "502" };
  assert.notEqual(looseKey(street), looseKey({ ...street, doorNo: "9" }));
});

test("an ended place cannot end again, and says what followed it", () => {
  const ended = end(aPlace(), "merged", "2026-05-01", ["x"]);
  assert.ok(ended.ok);
  assert.deepEqual(ended.value, {
    status: "merged",
    validFrom: "2026-01-01",
    validTo: "2026-05-01",
    replacedBy: ["x"],
  });
  assert.equal(end(aPlace({ status: "cancelled" }), "cancelled", "2026-05-01", []).ok, false);
  assert.equal(end(aPlace(), "cancelled", "2025-05-01", []).ok, false);
  assert.equal(end(aPlace(), "split", "2026-05-01", ["x"]).ok, false);
  assert.equal(end(aPlace(), "split", "2026-05-01", ["x", "y"]).ok, true);
  assert.equal(end(aPlace(), "merged", "2026-05-01", ["x", "y"]).ok, false);
  assert.equal(end(aPlace(), "cancelled", "2026-05-01", []).ok, true);
  assert.equal(confirm(aPlace({ status: "merged" })).ok, false);
});

test("a flat hangs below a building, never the other way round", () => {
  assert.ok(address("dwelling_unit", { unitNo: "五〇二室" }, { kind: "building" }).ok);
  assert.equal(address("building", { buildingNo: "3" }, { kind: "dwelling_unit" }).ok, false);
  assert.equal(address("dwelling_unit", { unitNo: "502" }, null).ok, false);
  assert.equal(address("shop", {}, null).ok, false);
  const refused = (kind: PlaceKind, parent: PlaceKind | null) => {
    const answer = address(kind, { buildingNo: "3" }, parent === null ? null : { kind: parent });
    return answer.ok ? null : answer.refusal.code;
  };
  for (const kind of ["entrance", "floor", "dwelling_unit"] as const) {
    assert.equal(refused(kind, null), "door-without-parent", kind);
  }
  for (const kind of ["estate", "building", "shop", "site", "rural_house"] as const) {
    assert.equal(refused(kind, null), null, kind);
    assert.equal(refused(kind, kind), "kind-below-itself", kind);
  }
  assert.equal(refused("entrance", "building"), null);
  assert.equal(refused("building", "entrance"), "kind-below-itself");
});

test("an address tells what it is the address of", () => {
  for (const [line, kind] of [
    ["翠湖苑", "estate"],
    ["翠湖苑3幢", "building"],
    ["翠湖苑3幢1单元", "entrance"],
    ["翠湖苑3幢2层", "floor"],
    ["翠湖苑3幢502", "dwelling_unit"],
    ["云溪村三组12号", "rural_house"],
  ] as const) {
    const parsed = parseAddress(line);
    assert.ok(parsed.ok);
    assert.equal(guessKind(parsed.value.elements), kind, line);
  }
  assert.equal(guessKind({ name: "便民超市", unitNo: "101" }), "shop");
});

test("floors are written as they are on signs", () => {
  const floor = (floorNo: string) => fullText({ estateName: "翠湖苑", buildingNo: "3", floorNo });
  assert.equal(floor("2"), "翠湖苑3幢2层");
  assert.equal(floor("-1"), "翠湖苑3幢地下1层");
  assert.equal(floor("1夹"), "翠湖苑3幢夹层");
  assert.equal(floor("2夹"), "翠湖苑3幢2层夹层");
  assert.equal(placeLabel("floor", { floorNo: "2夹" }), "2层夹层");
  assert.equal(placeLabel("floor", { unitNo: "502" }), "5层");
  const door = { buildingNo: "3", unitNo: "12" };
  assert.equal(fullText({ ...door, floorNo: "2" }), "3幢2层12室");
  assert.equal(fullText({ ...door, unitNo: "212", floorNo: "2" }), "3幢212室", "212 says it");
});

test("a village and a community are named before the door, and never a street's own name", () => {
  for (const [line, division, elements] of [
    [
      "云汀市临溪县青石镇云溪村12号",
      { city: "云汀市", county: "临溪县", township: "青石镇", community: "云溪村" },
      { doorNo: "12" },
    ],
    ["湖县桥乡桥村3号", { county: "湖县", township: "桥乡", community: "桥村" }, { doorNo: "3" }],
    ["青石开发区路8号", {}, { street: "青石开发区路", doorNo: "8" }],
    ["青村路8号", {}, { street: "青村路", doorNo: "8" }],
    ["云溪村路8号", {}, { street: "云溪村路", doorNo: "8" }],
    ["中山东二路8号", {}, { street: "中山东二路", doorNo: "8" }],
  ] as const) {
    const parsed = parseAddress(line);
    assert.ok(parsed.ok, line);
    assert.deepEqual(parsed.value, { division, elements, rest: "" }, line);
  }
});

test("a flat brings estate, building and entrance with it; a house in the country stands alone", () => {
  const kinds = (line: string) => {
    const parsed = parseAddress(line);
    assert.ok(parsed.ok);
    return ancestors(guessKind(parsed.value.elements), parsed.value.elements).map(
      (place) => `${place.kind} ${fullText(place.elements)}`,
    );
  };
  assert.deepEqual(kinds("翠湖苑3幢1单元502室"), [
    "estate 翠湖苑",
    "building 翠湖苑3幢",
    "entrance 翠湖苑3幢1单元",
  ]);
  assert.deepEqual(kinds("翠湖苑3幢"), ["estate 翠湖苑"]);
  assert.deepEqual(kinds("翠湖苑3幢2层"), ["estate 翠湖苑", "building 翠湖苑3幢"]);
  assert.deepEqual(kinds("翠湖苑3幢1单元"), ["estate 翠湖苑", "building 翠湖苑3幢"]);
  assert.deepEqual(kinds("翠湖苑"), []);
  assert.deepEqual(kinds("翠湖路8号翠湖苑3幢502"), [
    "estate 翠湖路8号翠湖苑",
    "building 翠湖路8号翠湖苑3幢",
  ]);
  assert.deepEqual(kinds("解放大道88号2层"), ["building 解放大道88号"]);
  assert.deepEqual(kinds("翠湖公寓502室"), ["building 翠湖公寓"]);
  assert.deepEqual(kinds("云溪村三组12号"), []);
  assert.equal(placeLabel("dwelling_unit", aPlace()), "502");
});

test("an auxiliary looks and confirms, and ends no place", () => {
  assert.ok(mayWithPlaces("auxiliary", "read"));
  assert.ok(mayWithPlaces("auxiliary", "confirm"));
  assert.ok(!mayWithPlaces("auxiliary", "end"));
  assert.ok(!mayWithPlaces("auditor", "read"));
  assert.ok(!mayWithPlaces("volunteer", "read"));
});
