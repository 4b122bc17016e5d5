import assert from "node:assert/strict";
import { test } from "node:test";
import { HOUR_MS, startOfLocalDay } from "../shared/instant.ts";
import { signDay } from "./rules.ts";
import { TODAY_KEYS, TODAY_ROLES, todayOf } from "./today.ts";

const DAY = "2026-11-20";
const NEXT_MORNING = startOfLocalDay("2026-11-21") + 8 * HOUR_MS;
const LAMP = "01990000-0000-7000-8000-000000000001";
const NOISE = "01990000-0000-7000-8000-000000000002";

function sign(over: Partial<Parameters<typeof signDay>[0]>, left: string[] = [], note = "") {
  return (now: number) =>
    signDay(
      { day: DAY, signed: false, untouched: [], ...over },
      { left: left.map((matterId) => ({ matterId, why: "came_late" })), note },
      { now, isForbidden: (text) => text.includes("13800") },
    );
}

function refusal(result: ReturnType<ReturnType<typeof sign>>): string {
  return result.ok ? "ok" : result.refusal.code;
}

test("a day is signed from midnight on, for a week, and once", () => {
  const tenHours = startOfLocalDay(DAY) + 22 * HOUR_MS;
  assert.equal(refusal(sign({})(tenHours)), "day-not-over");
  assert.equal(refusal(sign({})(NEXT_MORNING)), "ok");
  assert.equal(refusal(sign({})(startOfLocalDay("2026-11-27"))), "ok");
  assert.equal(refusal(sign({})(startOfLocalDay("2026-11-28"))), "day-too-old");
  assert.equal(refusal(sign({ signed: true })(NEXT_MORNING)), "day-signed");
});

test("whatever nobody touched has its reason, and nothing else has one", () => {
  const untouched = [LAMP, NOISE];
  assert.equal(refusal(sign({ untouched }, [LAMP])(NEXT_MORNING)), "left-unexplained");
  const signed = sign({ untouched: [LAMP] }, [NOISE, LAMP])(NEXT_MORNING);
  assert.deepEqual(signed.ok && signed.value.left, [{ matterId: LAMP, why: "came_late" }]);
});

test("a note is short and holds nobody's number", () => {
  assert.equal(refusal(sign({}, [], "长".repeat(501))(NEXT_MORNING)), "note-too-long");
  assert.equal(refusal(sign({}, [], "已回电 13800001111")(NEXT_MORNING)), "note-forbidden");
  const signed = sign({}, [], "  ")(NEXT_MORNING);
  assert.equal(signed.ok && signed.value.note, null);
});

test("every list of the day is somebody's, and nobody has one twice", () => {
  const lists = TODAY_ROLES.map((role) => todayOf(role).map(({ key }) => key));
  assert.deepEqual(new Set(lists.flat()), new Set(TODAY_KEYS));
  for (const keys of lists) assert.equal(new Set(keys).size, keys.length);
});
