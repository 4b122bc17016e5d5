import assert from "node:assert/strict";
import { test } from "node:test";
import { localPage } from "./local-source.ts";

const rows = Array.from({ length: 120 }, (_, at) => ({
  name: `${at + 1}号网格`,
  station: at % 2 === 0 ? "east" : "west",
}));
const how = {
  text: (row: (typeof rows)[number]) => row.name,
  filters: { station: (row: (typeof rows)[number], value: string) => row.station === value },
  sorts: { name: (row: (typeof rows)[number]) => row.name },
};

test("pages go on from one another and end where the rows end", () => {
  const first = localPage(rows, { size: 50 }, how);
  const second = localPage(rows, { size: 50, cursor: first.next ?? "" }, how);
  const third = localPage(rows, { size: 50, cursor: second.next ?? "" }, how);
  assert.equal(first.items.length + second.items.length + third.items.length, 120);
  assert.equal(third.next, null);
  assert.deepEqual(localPage(rows, { size: 50, cursor: "last" }, how), third);
});

test("numbers in names are sorted by their value", () => {
  const sorted = localPage(rows, { size: 3, sort: "name" }, how);
  assert.deepEqual(
    sorted.items.map((row) => row.name),
    ["1号网格", "2号网格", "3号网格"],
  );
  assert.equal(localPage(rows, { size: 1, sort: "-name" }, how).items[0]?.name, "120号网格");
});

test("search and filters count what they find", () => {
  assert.equal(localPage(rows, { size: 50, q: "12" }, how).total.count, 3);
  assert.equal(localPage(rows, { size: 50, q: "12", station: "east" }, how).total.count, 0);
  assert.equal(localPage(rows, { size: 50, station: "west" }, how).total.count, 60);
});

test("a page that vanished under a filter becomes the last one", () => {
  const page = localPage(rows.slice(0, 10), { size: 50, cursor: "100" }, how);
  assert.equal(page.items.length, 10);
  assert.equal(page.prev, null);
});
