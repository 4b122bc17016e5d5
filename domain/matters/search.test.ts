import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { inspectText } from "../privacy/inspect.ts";
import { excerpt, keysOf, marked, searchFor, type SearchRefusal, written } from "./search.ts";

const TEXT = "滨江路１２号楼下,路灯不亮，Ａ座电梯";

function finds(typed: string, text: string): boolean | SearchRefusal {
  const search = searchFor(typed, inspectText);
  if (!search.ok) return search.refusal.code;
  const keys = new Set(keysOf(text));
  const byKeys = search.value.keys.every((key) => keys.has(key));
  const byText = search.value.words.every((word) => written(text).includes(word));
  assert.ok(byKeys || !byText, "what stands in the text is found by its keys");
  return byKeys && byText;
}

test("words of two signs are found, in any order, however wide they are written", () => {
  for (const typed of ["路灯", "灯不", "12号楼", "１２号", "路灯 滨江路", "a座电梯", "电梯，路灯"])
    assert.equal(finds(typed, TEXT), true, typed);
});

test("what does not stand there is not found: other words, parts of a number, words across a comma", () => {
  for (const typed of ["烧烤", "2号楼", "1号楼", "楼下路灯", "路灯 烧烤", "112号楼", "江路灯"])
    assert.equal(finds(typed, TEXT), false, typed);
});

test("a matter's number is found as it is printed, and as it was heard", () => {
  const number = "7K2M4QX";
  const whole = [
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "7",
    "8",
    "9",
    "A",
    "B",
    "C",
    "D",
    "E",
    "F",
    "G",
    "H",
    "J",
    "K",
    "M",
    "N",
    "P",
    "Q",
    "R",
    "S",
    "T",
    "V",
    "W",
    "X",
    "Y",
    "Z",
  ]
    .map((sign) => number + sign)
    .filter((one) => searchFor(one, inspectText).ok)
    .find((one) => finds(`${one.slice(0, 4)}-${one.slice(4)}`, `路灯\n${one}`) === true);
  assert.notEqual(whole, undefined);
});

test("a single sign is answered with what to do, and so is too much", () => {
  for (const typed of ["灯", "路灯 灯", "、"]) assert.equal(finds(typed, TEXT), "search-too-short");
  assert.equal(finds("一二 三四 五六 七八 九十 甲乙 丙丁", TEXT), "search-too-long");
});

test("nobody is looked up: no phone, number of papers, form of address or sort of people", () => {
  for (const typed of [
    "13812345678",
    "138 1234 5678",
    "０５１３-85551234",
    "王先生",
    "路灯 李阿姨",
    "精神病人",
    "11010119900307123X",
  ])
    assert.equal(finds(typed, TEXT), "search-personal", typed);
  for (const typed of ["金水湾", "高空坠物", "方便面", "110", "2026"])
    assert.notEqual(finds(typed, TEXT), "search-personal", typed);
});

test("any part of a text that may be asked for is found in it", () => {
  const signs = "路灯楼号烧烤油烟12aB，。 ３".split("");
  const text = fc.array(fc.constantFrom(...signs), { maxLength: 40 }).map((some) => some.join(""));
  fc.assert(
    fc.property(text, fc.nat(40), fc.integer({ min: 2, max: 6 }), (whole, from, length) => {
      const han = /[路灯楼号烧烤油烟]{2,}/g;
      const parts = whole.match(han) ?? [];
      for (const part of parts) {
        const typed = part.slice(from % part.length, (from % part.length) + length);
        if (typed.length >= 2) assert.equal(finds(typed, whole), true, `${typed} in ${whole}`);
      }
      // A word that is found stands there, letter for letter.
      const asked = searchFor(whole.slice(from, from + length), inspectText);
      if (asked.ok) finds(whole.slice(from, from + length), `${whole}烧烤`);
    }),
  );
});

test("what was looked for is marked where it stands, and the text stays as it was", () => {
  assert.deepEqual(
    marked(TEXT, "12号楼 路灯").filter(({ found }) => found),
    [
      { text: "１２号楼", found: true },
      { text: "路灯", found: true },
    ],
  );
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string(), (text, typed) => {
      const parts = marked(text, typed);
      assert.equal(parts.map((part) => part.text).join(""), text);
    }),
  );
});

test("a long text is shown from where it holds what was looked for", () => {
  const long = `${"一二三四五".repeat(30)}路灯不亮${"六".repeat(99)}`;
  assert.ok(excerpt(long, "路灯", 80).includes("路灯不亮"));
  assert.equal(excerpt(long, "烧烤", 80), long.slice(0, 80));
  assert.equal(excerpt("路灯", "路灯", 80), "路灯");
});
