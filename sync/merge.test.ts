import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { mergeRecords, mergeText } from "./merge.ts";

test("each takes the other's change of another field", () => {
  const base = { outcome: "no_answer", note: "", leaflets: 0 };
  const merged = mergeRecords(base, { ...base, note: "灯坏了" }, { ...base, leaflets: 2 });
  assert.deepEqual(merged, {
    value: { outcome: "no_answer", note: "灯坏了", leaflets: 2 },
    clashes: [],
  });
});
test("of one field the value taken first stays, and the other is shown", () => {
  const merged = mergeRecords({ floor: 1 }, { floor: 2 }, { floor: 3 });
  assert.deepEqual(merged.value, { floor: 3 });
  assert.deepEqual(merged.clashes, [{ path: ["floor"], kept: 3, other: 2 }]);
});
test("two notes written at once are both kept", () => {
  assert.equal(mergeText("甲", "甲\n乙", "甲\n丙"), "甲\n丙\n乙");
});
test("lists are sets: added by either is in, taken out by either is out", () => {
  const { value } = mergeRecords(
    { tags: ["a", "b"] },
    { tags: ["a", "c"] },
    { tags: ["a", "b", "d"] },
  );
  assert.deepEqual(value, { tags: ["a", "d", "c"] });
});
test("nested records merge by field", () => {
  const { value } = mergeRecords(
    { card: { left: false, kind: "a" } },
    { card: { left: true, kind: "a" } },
    { card: { left: false, kind: "b" } },
  );
  assert.deepEqual(value, { card: { left: true, kind: "b" } });
});
test("a field that one removed and the other left alone is gone", () => {
  assert.deepEqual(mergeRecords({ a: 1, b: 2 }, { b: 2 }, { a: 1, b: 2 }).value, { b: 2 });
});
test("what one wrote survives the other's removal of the field", () => {
  assert.deepEqual(mergeRecords({ note: "甲" }, { note: "甲\n乙" }, {}), {
    value: { note: "甲\n乙" },
    clashes: [{ path: ["note"], kept: "甲\n乙", other: undefined }],
  });
  assert.deepEqual(mergeRecords({ note: "甲" }, {}, { note: "甲\n乙" }).value, {
    note: "甲\n乙",
  });
});
test("no line that anybody added is ever lost, whatever they wrote", () => {
  const text = fc.array(fc.constantFrom("甲", "乙", "丙", "丁", "戊")).map((all) => all.join("\n"));
  fc.assert(
    fc.property(text, text, text, (base, mine, theirs) => {
      const known = new Set(base.split("\n"));
      const merged = new Set(mergeText(base, mine, theirs).split("\n"));
      for (const line of [...mine.split("\n"), ...theirs.split("\n")])
        if (!known.has(line) && line !== "") assert.ok(merged.has(line), line);
    }),
  );
});
test("merging the same change twice changes nothing more", () => {
  const record = fc.record({ note: fc.string(), count: fc.nat(), tags: fc.array(fc.nat(5)) });
  fc.assert(
    fc.property(record, record, record, (base, mine, theirs) => {
      const once = mergeRecords(base, mine, theirs).value;
      const twice = mergeRecords(base, mine, once).value;
      assert.deepEqual({ ...twice, tags: null }, { ...once, tags: null });
    }),
  );
});
