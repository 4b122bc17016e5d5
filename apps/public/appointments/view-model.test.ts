import assert from "node:assert/strict";
import { test } from "node:test";
import { HOUR_MS, startOfLocalDay } from "@wanjia/domain/shared/instant";
import {
  daysOf,
  nearDayOf,
  NOTHING,
  problemIn,
  stepsOf,
  weekdayOf,
  windowSaid,
  wishOf,
} from "./view-model.ts";

const from = startOfLocalDay("2026-11-24") + 19 * HOUR_MS;
const window = { from, to: from + 2 * HOUR_MS };
const offers = {
  doors: null,
  windows: [window, { from: from + 24 * HOUR_MS, to: from + 26 * HOUR_MS }],
};

test("one thing a screen; a building's plate asks for the door, no visits for no time", () => {
  assert.deepEqual(stepsOf({ ...NOTHING, kind: "visit" }, offers), [
    "kind",
    "day",
    "time",
    "contact",
    "confirm",
  ]);
  const building = { ...offers, doors: [{ id: "d", label: "1-101" }] };
  assert.deepEqual(stepsOf({ ...NOTHING, kind: "no_visits" }, building), [
    "kind",
    "door",
    "confirm",
  ]);
});

test("times are said by day, weekday and hour", () => {
  assert.deepEqual(
    daysOf(offers).map(({ day, windows }) => [day, windows.length]),
    [
      ["2026-11-24", 1],
      ["2026-11-25", 1],
    ],
  );
  assert.equal(weekdayOf(from, "zh-CN"), "2026年11月24日 周二");
  assert.equal(weekdayOf(from, "en"), "Tue 24 Nov 2026");
  assert.equal(nearDayOf(from, "zh-CN"), "11月24日 周二");
  assert.equal(nearDayOf(from, "en"), "Tue 24 Nov");
  assert.deepEqual(windowSaid(window, "zh-CN"), {
    day: "2026年11月24日 周二",
    from: "19:00",
    to: "21:00",
  });
});

test("a number goes along only with consent", async () => {
  const chosen = { ...NOTHING, kind: "visit" as const, window, phone: "13900001111" };
  assert.equal(problemIn(chosen), "consent");
  assert.equal(problemIn({ ...chosen, phone: "12" }), "phone");
  assert.equal(problemIn({ ...chosen, consent: true }), null);
  assert.equal(problemIn({ ...NOTHING, kind: "no_visits" }), null);
  const sent = JSON.stringify(await wishOf("P", chosen, "1".repeat(36)));
  assert.ok(!sent.includes("13900001111"), sent);
});
