import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  addDays,
  DAY_MS,
  HOUR_MS,
  localDate,
  localTime,
  startOfLocalDay,
} from "../shared/instant.ts";
import { askFor, isOpen, offeredWindows, takeAppointmentStep } from "./rules.ts";
import {
  APPOINTMENT_STATES,
  APPOINTMENT_STEPS,
  type AppointmentState,
  OFFERED_DAYS,
  DOORS_PER_HOUR,
  WINDOW_HOURS,
} from "./terms.ts";

const NOW = startOfLocalDay("2026-11-10") + 19 * HOUR_MS;
const instants = fc.integer({ min: NOW - 400 * DAY_MS, max: NOW + 400 * DAY_MS });

test("two-hour windows are offered from tomorrow on, evenings and weekends among them", () => {
  fc.assert(
    fc.property(instants, (now) => {
      const offered = offeredWindows(now, [], null);
      const days = new Set(offered.map(({ from }) => localDate(from)));
      assert.equal(days.size, OFFERED_DAYS);
      assert.ok(!days.has(localDate(now)));
      assert.ok(days.has(addDays(localDate(now), 1)));
      assert.ok(offered.every(({ from, to }) => to - from === WINDOW_HOURS * HOUR_MS));
      assert.ok(offered.some(({ from }) => localTime(from).hour >= 18));
      assert.ok(offered.some(({ from }) => localTime(from).weekday >= 6));
      // Nobody is promised a visit after half past nine in the evening.
      assert.ok(offered.every(({ to }) => localTime(to).hour <= 21));
    }),
  );
});

test("a window that is full isn't offered, and asking for it is refused", () => {
  const [window] = offeredWindows(NOW, [], null);
  assert.ok(window !== undefined);
  const full = Array.from({ length: WINDOW_HOURS * DOORS_PER_HOUR }, () => window);
  assert.ok(askFor(window, NOW, full.slice(1), null).ok);
  assert.deepEqual(askFor(window, NOW, full, null), {
    ok: false,
    refusal: { code: "window-full" },
  });
  assert.ok(!offeredWindows(NOW, full, null).some(({ from }) => from === window.from));
  const odd = { from: window.from + 1, to: window.to };
  assert.equal(askFor(odd, NOW, [], null).ok, false);
});

test("where walks are planned, the times worked out with them are offered, and no others", () => {
  const tomorrow = startOfLocalDay("2026-11-11");
  const near = [tomorrow + 19 * HOUR_MS, tomorrow + 14.25 * HOUR_MS, NOW + HOUR_MS];
  const offered = offeredWindows(NOW, [], near);
  assert.deepEqual(
    offered.map(({ from }) => from),
    [tomorrow + 14.25 * HOUR_MS, tomorrow + 19 * HOUR_MS],
  );
  const [first] = offered;
  assert.ok(first !== undefined && askFor(first, NOW, [], near).ok);
  assert.ok(!askFor(first, NOW, [], [tomorrow + 19 * HOUR_MS]).ok);
  // Half an hour each: an hour holds two.
  assert.ok(askFor(first, NOW, [first], near).ok);
  assert.ok(!askFor(first, NOW, [first, first], near).ok);
  // Plans of days gone by offer nothing: then it is as where nobody plans.
  assert.deepEqual(offeredWindows(NOW, [], [NOW]), offeredWindows(NOW, [], null));
});

test("what is over stays over, and only a visit in time makes a missed appointment a kept one", () => {
  const histories = fc.array(
    fc.record({ step: fc.constantFrom(...APPOINTMENT_STEPS), at: instants }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(histories, (steps) => {
      let state: AppointmentState = "asked";
      for (const { step, at } of steps) {
        const before: AppointmentState = state;
        const next = takeAppointmentStep({ state, to: NOW }, step, at);
        if (!next.ok) continue;
        state = next.value;
        assert.ok(APPOINTMENT_STATES.includes(state));
        if (!isOpen(before)) assert.deepEqual([before, step, state], ["missed", "keep", "kept"]);
        if (step === "confirm") assert.ok(at < NOW, "no promise about the past");
        if (step === "pass") assert.ok(at >= NOW, "nobody gives up early");
        if (state === "missed") assert.equal(before, "confirmed", "only a promise can be missed");
      }
    }),
  );
});
