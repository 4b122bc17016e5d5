import assert from "node:assert/strict";
import { test } from "node:test";
import type { OutlookView, WalkView } from "@wanjia/contract/planning";
import { buildingsOf, clockText, moved, swappable } from "@wanjia/domain/planning/settling";
import { adviceOf, lastHeard, unkeptOf, weekRows, withoutPoint } from "./view-model.ts";

function walk(id: string, crew: string, change: Partial<WalkView> = {}): WalkView {
  return {
    id,
    version: 1,
    teamId: crew,
    teamName: crew,
    beatId: "east",
    day: "2026-11-11",
    from: 840,
    to: 1050,
    endsAt: 1040,
    crew: [{ id: crew, name: crew }],
    state: "planned",
    reason: null,
    doors: 0,
    contacts: null,
    choices: [],
    pinned: false,
    changes: [],
    ...change,
  };
}

test("advice follows from what lacks: hours, or hours in which somebody is at home", () => {
  const hoursNeeded = { low: 90, middle: 100, high: 110 };
  const told = (verdict: OutlookView["verdict"], hoursThere: number): string | null =>
    adviceOf({ verdict, hoursThere, hoursNeeded } as OutlookView);
  assert.equal(told("doubtful", 200), "times");
  assert.equal(told("possible", 200), null);
  assert.equal(told("not_possible", 105), "hours");
});

test("a walk is swapped with another crew's walk of its beat that is gone, of the same hours first", () => {
  const own = walk("a", "one");
  const others = [
    walk("b", "one"),
    walk("f", "two", { from: 600 }),
    walk("c", "two"),
    walk("d", "three", { beatId: "west" }),
    walk("e", "four", { state: "refused" }),
  ];
  assert.deepEqual(
    swappable(own, [own, ...others]).map(({ id }) => id),
    ["c", "f"],
  );
});

test("buildings come once, in order, and move by one place", () => {
  const choice = (building: string) =>
    ({ building, name: building }) as WalkView["choices"][number];
  const own = walk("a", "one", { choices: [choice("x"), choice("y"), choice("x")] });
  assert.deepEqual(
    buildingsOf(own).map(({ building }) => building),
    ["x", "y"],
  );
  assert.deepEqual(moved(["x", "y", "z"], 2, 0), ["z", "x", "y"]);
  assert.equal(clockText(18 * 60 + 4.6), "18:05");
});

test("what could not be kept shows until somebody settles the walk anew", () => {
  const told = { at: 1, by: null, change: "unkept", faults: ["not-on-roster"] } as const;
  const pin = { at: 2, by: null, change: "pinned", faults: [] } as const;
  const shown = (changes: WalkView["changes"]) => unkeptOf(walk("a", "one", { changes }));
  assert.equal(shown([]), null);
  assert.deepEqual(shown([{ ...told, faults: [...told.faults] }])?.faults, ["not-on-roster"]);
  assert.equal(
    shown([
      { ...told, faults: [] },
      { ...pin, faults: [] },
    ]),
    null,
  );
});

test("days in a row with the same hours are said once", () => {
  const evening = (weekday: number) => ({ weekday, from: 1080, to: 1290 });
  const afternoon = (weekday: number) => ({ weekday, from: 840, to: 1050 });
  const said = weekRows([
    ...[4, 2, 1].flatMap((day) => [evening(day), afternoon(day)]),
    evening(5),
  ]);
  const hours = [
    { from: 840, to: 1050 },
    { from: 1080, to: 1290 },
  ];
  assert.deepEqual(said, [
    { first: 1, last: 2, hours },
    { first: 4, last: 4, hours },
    { first: 5, last: 5, hours: [hours[1]] },
  ]);
});

test("a day that was asked for is waited for until it is made or breaks off", () => {
  assert.equal(lastHeard(undefined), 0);
  assert.equal(lastHeard({ madeAt: null, failedAt: null }), 0);
  assert.equal(lastHeard({ madeAt: 5, failedAt: null }), 5);
  assert.equal(lastHeard({ madeAt: 5, failedAt: 9 }), 9);
});

test("the map names the buildings that it can't show, each once", () => {
  const choice = (name: string, point: { lon: number; lat: number } | null) =>
    ({ building: name, name, point }) as WalkView["choices"][number];
  const here = { lon: 1, lat: 2 };
  const walks = [
    walk("a", "one", { choices: [choice("1", here), choice("2", null)] }),
    walk("b", "two", { choices: [choice("2", null), choice("3", null)] }),
  ];
  assert.deepEqual(withoutPoint(walks), ["2", "3"]);
});
