import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addWorkingDays, isWorkingDay, type WorkCalendar } from "../shared/calendar.ts";
import { addDays, type LocalDate } from "../shared/instant.ts";
import type { Result } from "../shared/result.ts";
import { newYear, readDays, standingOf, withYears } from "./rules.ts";
import { WORKDAYS_LIMITS, type WorkYear } from "./terms.ts";

const BUILT: WorkCalendar = {
  holidays: new Set(["2026-01-01", "2026-10-01"]),
  makeUpDays: new Set(["2026-10-10"]),
  through: "2026-12-31",
};
/** An invented announcement of the length of a real one. */
const TEXT = `# 2027
休 2027-01-01~2027-01-03 元旦
休 2027-02-05~2027-02-12 春节
班 2027-01-31
off 2027-10-01 至 2027-10-07
work 2027-10-09 国庆调休
`;
const TODAY = "2026-11-23";

function codeOf(result: Result<unknown>): string | null {
  return result.ok ? null : result.refusal.code;
}
const load = (text = TEXT, year = 2027, today = TODAY): Result<WorkYear> =>
  newYear(year, text, "国办发明电〔2026〕1号", today, BUILT.through);

test("a year as it is typed from the announcement", () => {
  const made = load();
  assert.ok(made.ok);
  assert.equal(made.value.holidays.length, 18);
  assert.deepEqual(made.value.makeUpDays, ["2027-01-31", "2027-10-09"]);
});

test("what can't be right is refused, with the line or the day", () => {
  assert.deepEqual(readDays("休 2027-01-01\n元旦放假三天"), {
    ok: false,
    refusal: { code: "workdays-unreadable", params: { line: 2 } },
  });
  assert.equal(codeOf(readDays("休 2027-02-30")), "workdays-unreadable");
  assert.equal(codeOf(readDays("休 2027-02-05~2027-02-01")), "workdays-unreadable");
  assert.equal(codeOf(load(`${TEXT}休 2026-10-01`)), "workdays-other-year");
  assert.equal(codeOf(load(`${TEXT}班 2027-01-02`)), "workdays-twice");
  assert.equal(codeOf(load(`${TEXT}班 2027-03-01`)), "workdays-not-weekend");
  assert.equal(codeOf(load("休 2027-01-01")), "workdays-too-few");
  assert.equal(codeOf(load(TEXT, 2025)), "workdays-year-over");
  assert.equal(codeOf(newYear(2027, TEXT, " ", TODAY, BUILT.through)), "workdays-source-missing");
  assert.equal(codeOf(load(TEXT, 2028)), "workdays-too-early");
  assert.equal(codeOf(load(TEXT, 2028, "2027-11-20")), "workdays-gap");
});

test("limits across the new year have a date once the year is loaded, and none before", () => {
  assert.equal(codeOf(addWorkingDays(BUILT, "2026-12-30", 3)), "no-calendar");
  const made = load();
  assert.ok(made.ok);
  const calendar = withYears(BUILT, [made.value]);
  assert.equal(calendar.through, "2027-12-31");
  assert.deepEqual(addWorkingDays(calendar, "2026-12-30", 3), { ok: true, value: "2027-01-05" });
  assert.deepEqual(
    ["2026-10-01", "2026-10-10", "2027-01-31", "2027-02-08"].map((day) =>
      isWorkingDay(calendar, day),
    ),
    [false, true, true, false],
  );
});

test("the desk asks sixty days before the end", () => {
  const on = (today: LocalDate) => standingOf(BUILT, today);
  assert.deepEqual(on("2026-11-01"), { through: "2026-12-31", daysLeft: 60, endsSoon: false });
  assert.equal(on("2026-11-02").endsSoon, true);
  assert.equal(on("2027-03-01").daysLeft, 0);
});

test("whatever is loaded: each day has one meaning, and no other year changes", () => {
  const days = fc.uniqueArray(fc.integer({ min: 0, max: 364 }), { minLength: 0, maxLength: 40 });
  fc.assert(
    fc.property(days, days, (off, work) => {
      const date = (offset: number) => addDays("2027-01-01", offset);
      const text = [
        ...off.map((one) => `休 ${date(one)}`),
        ...work.map((one) => `班 ${date(one)}`),
      ];
      const made = load(text.join("\n"));
      if (!made.ok) return;
      assert.ok(made.value.holidays.length >= WORKDAYS_LIMITS.fewestHolidays);
      const calendar = withYears(BUILT, [made.value]);
      for (const day of made.value.holidays) assert.equal(isWorkingDay(calendar, day), false);
      for (const day of made.value.makeUpDays) assert.equal(isWorkingDay(calendar, day), true);
      for (let offset = -365; offset < 0; offset += 1) {
        const day = date(offset);
        assert.equal(isWorkingDay(calendar, day), isWorkingDay(BUILT, day), day);
      }
    }),
  );
});
