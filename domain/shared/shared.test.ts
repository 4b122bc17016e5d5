import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addWorkingDays, isWorkingDay, workingDaysBetween } from "./calendar.ts";
import { canonicalJson } from "./canonical.ts";
import { isId, uuidv7 } from "./id.ts";
import {
  addDays,
  DAY_MS,
  daysBetween,
  isLocalDate,
  localDate,
  localTime,
  startOfLocalDay,
  weekday,
} from "./instant.ts";
import { isPhone } from "./phone.ts";
import { seededRandom } from "./random.ts";

const SPRING_FESTIVAL_2026 = {
  holidays: new Set(Array.from({ length: 9 }, (_, i) => addDays("2026-02-15", i))),
  makeUpDays: new Set(["2026-02-14", "2026-02-28"]),
  through: "2026-12-31",
};

test("a local day begins at 16:00 UTC of the day before", () => {
  assert.equal(startOfLocalDay("2026-11-22"), Date.UTC(2026, 10, 21, 16));
  assert.equal(localDate(Date.UTC(2026, 10, 21, 15, 59, 59)), "2026-11-21");
  assert.equal(localDate(Date.UTC(2026, 10, 21, 16)), "2026-11-22");
  assert.deepEqual(localTime(Date.UTC(2026, 10, 22, 11, 30)), { hour: 19, minute: 30, weekday: 7 });
});

test("days agree with the ECMAScript calendar from 1970 to 2200", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 84_000 }), (day) => {
      const date = localDate(day * DAY_MS);
      assert.equal(date, new Date(day * DAY_MS).toISOString().slice(0, 10));
      assert.equal(weekday(date), new Date(day * DAY_MS).getUTCDay() || 7);
      assert.equal(daysBetween("1970-01-01", date), day);
    }),
  );
});

test("a day that does not exist is not a local date", () => {
  assert.equal(isLocalDate("2026-02-28"), true);
  assert.equal(isLocalDate("2026-02-30"), false);
  assert.equal(isLocalDate("2026-2-3"), false);
});

test("three working days from the eve of the Spring Festival jump over it", () => {
  assert.equal(isWorkingDay(SPRING_FESTIVAL_2026, "2026-02-14"), true, "a Saturday worked");
  assert.deepEqual(addWorkingDays(SPRING_FESTIVAL_2026, "2026-02-13", 3), {
    ok: true,
    value: "2026-02-25",
  });
  assert.deepEqual(workingDaysBetween(SPRING_FESTIVAL_2026, "2026-02-13", "2026-02-25"), {
    ok: true,
    value: 3,
  });
  assert.deepEqual(workingDaysBetween(SPRING_FESTIVAL_2026, "2026-02-25", "2026-02-13"), {
    ok: true,
    value: -3,
  });
});

test("a count past the announced calendar is refused, not guessed", () => {
  const result = addWorkingDays(SPRING_FESTIVAL_2026, "2026-12-30", 15);
  assert.equal(result.ok, false);
  const beyond = workingDaysBetween(SPRING_FESTIVAL_2026, "2026-12-30", "2027-01-15");
  assert.deepEqual(beyond, {
    ok: false,
    refusal: { code: "no-calendar", params: { through: "2026-12-31" } },
  });
});

test("ids are version 7 and sort by time", () => {
  const random = new Uint8Array([255, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const early = uuidv7(1_700_000_000_000, random);
  const late = uuidv7(1_700_000_000_001, new Uint8Array(10));
  assert.equal(isId(early), true);
  assert.equal(early[14], "7");
  assert.equal(early < late, true);
});

test("canonical JSON does not depend on the order of keys", () => {
  assert.equal(
    canonicalJson({ b: 1, a: [undefined, { d: undefined, c: "家" }] }),
    '{"a":[null,{"c":"家"}],"b":1}',
  );
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.deepEqual(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("seeded numbers repeat for a seed and spread over the range", () => {
  const once = seededRandom("yunting");
  const again = seededRandom("yunting");
  const numbers = Array.from({ length: 1000 }, once);
  assert.deepEqual(numbers, Array.from({ length: 1000 }, again));
  const mean = numbers.reduce((sum, n) => sum + n, 0) / numbers.length;
  assert.equal(mean > 0.45 && mean < 0.55, true);
  assert.notDeepEqual(numbers.slice(0, 5), Array.from({ length: 5 }, seededRandom("other")));
});

test("telephone numbers: mobile, landline, 400 and service numbers", () => {
  for (const good of ["13800001111", "+86 138 0000 1111", "0592-5551234", "4000001234", "95588"]) {
    assert.ok(isPhone(good), good);
  }
  for (const bad of ["1380000111", "23800001111", "abc", "", "110"]) assert.ok(!isPhone(bad), bad);
});
