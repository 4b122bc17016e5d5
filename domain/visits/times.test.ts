import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY_MS, HOUR_MS, MINUTE_MS, startOfLocalDay } from "../shared/instant.ts";
import type { Band } from "./terms.ts";
import { bandOf, isUnusualHour, nextStretch, timeModeOf } from "./times.ts";

const TUESDAY = startOfLocalDay("2026-11-10");
const SATURDAY = startOfLocalDay("2026-11-14");
const at = (day: number, clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return day + hours * HOUR_MS + minutes * MINUTE_MS;
};

test("a working day has five slots, each to the minute; a weekend is one", () => {
  const slots = [
    ["00:00", "morning"],
    ["11:29", "morning"],
    ["11:30", "noon"],
    ["13:59", "noon"],
    ["14:00", "afternoon"],
    ["17:29", "afternoon"],
    ["17:30", "early_evening"],
    ["18:59", "early_evening"],
    ["19:00", "evening"],
    ["23:59", "evening"],
  ] as const;
  for (const [clock, slot] of slots) {
    assert.equal(timeModeOf(at(TUESDAY, clock)), slot, clock);
    assert.equal(timeModeOf(at(SATURDAY, clock)), "weekend", clock);
    assert.equal(timeModeOf(at(SATURDAY + DAY_MS, clock)), "weekend", clock);
    assert.equal(timeModeOf(at(SATURDAY + 2 * DAY_MS, clock)), slot, clock);
    assert.equal(timeModeOf(at(SATURDAY - DAY_MS, clock)), slot, clock);
  }
});

test("who is at work by day is looked for in the evening, from half past five on", () => {
  assert.equal(bandOf(at(TUESDAY, "17:29")), "daytime");
  assert.equal(bandOf(at(TUESDAY, "17:30")), "evening");
  assert.equal(bandOf(at(SATURDAY, "10:00")), "weekend");
});

test("before eight and from half past nine in the evening an unasked visit is unusual", () => {
  const unusual = ["07:59", "08:00", "21:29", "21:30"].map((clock) =>
    isUnusualHour(at(TUESDAY, clock)),
  );
  assert.deepEqual(unusual, [true, false, false, true]);
});

test("the next stretch of a band is the rest of today's, or the next day that has one", () => {
  const stretches: [Band, number, number, number][] = [
    ["daytime", at(TUESDAY, "06:00"), at(TUESDAY, "09:00"), at(TUESDAY, "17:30")],
    ["daytime", at(TUESDAY, "12:00"), at(TUESDAY, "12:00"), at(TUESDAY, "17:30")],
    ["daytime", at(TUESDAY, "17:30"), at(TUESDAY + DAY_MS, "09:00"), at(TUESDAY + DAY_MS, "17:30")],
    ["evening", at(TUESDAY, "20:00"), at(TUESDAY, "20:00"), at(TUESDAY, "21:00")],
    [
      "evening",
      at(SATURDAY, "10:00"),
      at(SATURDAY + 2 * DAY_MS, "17:30"),
      at(SATURDAY + 2 * DAY_MS, "21:00"),
    ],
    ["weekend", at(TUESDAY, "10:00"), at(SATURDAY, "09:00"), at(SATURDAY, "21:00")],
    [
      "weekend",
      at(SATURDAY, "21:00"),
      at(SATURDAY + DAY_MS, "09:00"),
      at(SATURDAY + DAY_MS, "21:00"),
    ],
  ];
  for (const [band, notBefore, from, to] of stretches) {
    assert.deepEqual(nextStretch(band, notBefore), { from, to }, band);
  }
});
