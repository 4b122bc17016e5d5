import assert from "node:assert/strict";
import { test } from "node:test";
import {
  nextSort,
  pageMoves,
  readListState,
  toExportQuery,
  toListInput,
  withFilter,
  withoutFilterValue,
  withPage,
  withSort,
  writeListState,
} from "./url-state.ts";

const FILTERS = ["outcome", "station"];

function state(query: string) {
  return readListState(new URLSearchParams(query), FILTERS, { sort: "-visitedAt" });
}

test("an empty address is the first page in the list's own order", () => {
  assert.deepEqual(state(""), { cursor: undefined, size: 50, sort: "-visitedAt", filters: {} });
});

test("what was written to the address is read back the same", () => {
  const wanted = withPage(
    withFilter(withSort(state(""), "attemptNo"), "outcome", ["no_answer", "refused"]),
    "abc",
  );
  const address = writeListState(new URLSearchParams(), wanted, FILTERS, { sort: "-visitedAt" });
  assert.deepEqual(state(address.toString()), wanted);
});

test("defaults stay out of the address and strangers' parameters stay in it", () => {
  const address = writeListState(new URLSearchParams("tab=doors&cursor=old"), state(""), FILTERS, {
    sort: "-visitedAt",
  });
  assert.equal(address.toString(), "tab=doors");
});

test("a changed filter or order goes back to the first page", () => {
  const third = withPage(state("outcome=no_answer"), "third");
  assert.equal(withFilter(third, "station", ["x"]).cursor, undefined);
  assert.equal(withSort(third, "attemptNo").cursor, undefined);
  assert.equal(withoutFilterValue(third, "outcome", "no_answer").cursor, undefined);
});

test("removing the last value of a filter removes the filter", () => {
  assert.deepEqual(withoutFilterValue(state("outcome=refused"), "outcome", "refused").filters, {});
});

test("a head pressed three times sorts up, down, and not at all", () => {
  const up = nextSort(undefined, "number");
  const down = nextSort(up, "number");
  assert.deepEqual([up, down, nextSort(down, "number")], ["number", "-number", undefined]);
});

test("a nonsensical size falls back to the usual one", () => {
  for (const size of ["0", "-3", "9999", "many", "1.5"]) {
    assert.equal(state(`size=${size}`).size, 50);
  }
});

test("a filter of many values travels as an array, a single one as text", () => {
  const chosen = withFilter(withFilter(state(""), "outcome", ["a", "b"]), "station", ["s"]);
  assert.deepEqual(toListInput(chosen, { outcome: "many" }, { campaignId: "c" }), {
    campaignId: "c",
    size: 50,
    sort: "-visitedAt",
    outcome: ["a", "b"],
    station: "s",
  });
});

test("an export carries filters and order but neither page nor size", () => {
  const input = toListInput(withPage(state("outcome=a&station=s"), "x"), { outcome: "many" });
  assert.equal(
    toExportQuery(input, "xlsx"),
    "format=xlsx&sort=-visitedAt&outcome%5B0%5D=a&station=s",
  );
});

test("the foot offers only moves that lead somewhere", () => {
  const total = { count: 3, more: false };
  assert.deepEqual(pageMoves({ items: 3, next: null, prev: null, total }), {
    first: false,
    previous: false,
    next: false,
    last: false,
  });
  assert.equal(pageMoves({ items: 3, next: "n", prev: null, total }).last, true);
});
