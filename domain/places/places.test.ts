import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ancestors, fullText, guessKind, parseAddress, placeLabel } from "./address.ts";
import { asAt, bareCode, parentCode, remap, successorsOn, tierOf } from "./divisions.ts";
import { aPlace } from "./fixtures.ts";
import { addressLines, differentSpellings, sameSpellings } from "./normalise-examples.ts";
import { impliedFloor, normalise, readNumeral } from "./normalise.ts";
import { plateAlphabet, plateCode, printedPlateCode, readPlateCode } from "./plate.ts";
import { mayWithPlaces } from "./policy.ts";
import { address, confirm, duplicates, end } from "./rules.ts";
import { looseKey, partKey, sortKey } from "./sort-key.ts";
import type { AddressElements, Division } from "./terms.ts";

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

test("numbers sort by value, the basement below the ground floor", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -999, max: 99999 }),
      fc.integer({ min: -999, max: 99999 }),
      (a, b) => {
        assert.equal(Math.sign(bytewise(partKey(String(a)), partKey(String(b)))), Math.sign(a - b));
      },
    ),
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
  assert.equal(looseKey({ estateName: "翠湖苑", buildingNo: "3", unitNo: "502" }), looseKey(flat));
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
  assert.equal(confirm(aPlace({ status: "merged" })).ok, false);
});

test("a flat hangs below a building, never the other way round", () => {
  assert.ok(address("dwelling_unit", { unitNo: "五〇二室" }, { kind: "building" }).ok);
  assert.equal(address("building", { buildingNo: "3" }, { kind: "dwelling_unit" }).ok, false);
  assert.equal(address("dwelling_unit", { unitNo: "502" }, null).ok, false);
  assert.equal(address("shop", {}, null).ok, false);
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
  assert.deepEqual(kinds("翠湖公寓502室"), ["building 翠湖公寓"]);
  assert.deepEqual(kinds("云溪村三组12号"), []);
  assert.equal(placeLabel("dwelling_unit", aPlace()), "502");
});

test("every single wrong sign and every exchange of neighbours in a plate code is found", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      const code = plateCode(bytes);
      assert.match(code, /^[0-7][0-9A-HJKMNP-TV-Z]{25}\.[0-9A-HJKMNP-TV-Z]{4}$/);
      assert.deepEqual(readPlateCode(code), { ok: true, value: code });
      const signs = code.replace(".", "").split("");
      for (let i = 0; i < signs.length; i++) {
        for (const sign of plateAlphabet) {
          if (sign === signs[i]) continue;
          assert.equal(readPlateCode(signs.with(i, sign).join("")).ok, false);
        }
        if (i + 1 < signs.length && signs[i] !== signs[i + 1]) {
          const swapped = signs.with(i, signs[i + 1]!).with(i + 1, signs[i]!);
          assert.equal(readPlateCode(swapped.join("")).ok, false);
        }
      }
    }),
    { numRuns: 20 },
  );
});

test("any change of two to four signs in a plate code is found", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      fc.uniqueArray(fc.integer({ min: 0, max: 29 }), { minLength: 2, maxLength: 4 }),
      fc.array(fc.integer({ min: 1, max: 31 }), { minLength: 4, maxLength: 4 }),
      (bytes, positions, shifts) => {
        const signs = plateCode(bytes).replace(".", "").split("");
        positions.forEach((position, i) => {
          const value = plateAlphabet.indexOf(signs[position]!);
          signs[position] = plateAlphabet[(value + shifts[i]!) % 32]!;
        });
        assert.equal(readPlateCode(signs.join("")).ok, false);
      },
    ),
    { numRuns: 2000 },
  );
});

test("a plate code is read as people type it", () => {
  const code = plateCode(new Uint8Array(16));
  assert.equal(code, "00000000000000000000000000.0000");
  const typed = printedPlateCode(code).toLowerCase().replaceAll("0", "o");
  assert.deepEqual(readPlateCode(typed), { ok: true, value: code });
  assert.equal(readPlateCode("翠湖苑3幢").ok, false);
});

const row = (
  code: string,
  validTo: string | null,
  successors: string[] = [],
  validFrom = "2020-01-01",
): Division => ({
  code,
  name: code,
  level: "community",
  parentCode: parentCode(code),
  validFrom,
  validTo,
  successors,
});

test("a padded code is laid bare; quasi-units 4xx and 5xx are as good as any", () => {
  const cases = [
    ["350000000000", "35"],
    ["350200000000", "3502"],
    ["350205000000", "350205"],
    ["350205001000", "350205001"],
    ["350205001001", "350205001001"],
    ["320614400000", "320614400"],
    ["350000", "35"],
    ["350200", "3502"],
    ["350205403", "350205403"],
  ] as const;
  for (const [given, bare] of cases) assert.deepEqual(bareCode(given), { ok: true, value: bare });
  assert.equal(bareCode("35020A").ok, false);
  assert.equal(tierOf("350205403"), "township");
});

test("merged communities add up on the new list, split ones are not guessed, nothing is lost", () => {
  const list = [
    row("990101001001", "2026-07-01", ["990101001003"]),
    row("990101001002", "2026-07-01", ["990101001003"]),
    row("990101001003", null, [], "2026-07-01"),
    row("990101001004", "2026-07-01", ["990101001005", "990101001006"]),
    row("990101001005", null, [], "2026-07-01"),
    row("990101001006", null, [], "2026-07-01"),
    row("990101001007", null),
    row("990101001008", "2026-07-01"),
  ];
  assert.equal(asAt(list, "2026-06-30").length, 5);
  const figures = new Map([
    ["990101001001", 10],
    ["990101001002", 5],
    ["990101001004", 7],
    ["990101001007", 2],
    ["990101001008", 3],
  ]);
  const moved = remap(list, figures, "2026-08-01");
  assert.ok(moved.ok);
  assert.deepEqual(moved.value, {
    figures: new Map([
      ["990101001003", 15],
      ["990101001007", 2],
    ]),
    split: [{ code: "990101001004", successors: ["990101001005", "990101001006"], figure: 7 }],
    lost: [{ code: "990101001008", figure: 3 }],
  });
  const before = remap(list, figures, "2026-06-30");
  assert.deepEqual(before.ok && before.value.figures, figures);
});

test("a list of divisions that leads back to itself is refused", () => {
  const list = [
    row("990101001001", "2026-01-01", ["990101001002"]),
    row("990101001002", "2026-01-01", ["990101001001"]),
  ];
  assert.equal(successorsOn(list, "990101001001", "2026-02-01").ok, false);
});

test("an auxiliary looks and confirms, and ends no place", () => {
  assert.ok(mayWithPlaces("auxiliary", "read"));
  assert.ok(mayWithPlaces("auxiliary", "confirm"));
  assert.ok(!mayWithPlaces("auxiliary", "end"));
  assert.ok(!mayWithPlaces("auditor", "read"));
  assert.ok(!mayWithPlaces("volunteer", "read"));
});
