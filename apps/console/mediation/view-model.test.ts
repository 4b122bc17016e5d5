import assert from "node:assert/strict";
import { test } from "node:test";
import {
  arrangeSteps,
  eventParts,
  momentOf,
  orderOf,
  stateTone,
  takenOn,
  weekOf,
} from "./view-model.ts";

test("people's mediation is not booked before it has a committee", () => {
  const steps = ["book", "set_panel", "stop", "answer_of_side"] as const;
  const at = (committee: { id: string; name: string } | null) =>
    arrangeSteps({ steps: [...steps], state: "consented", form: "people", committee });
  assert.deepEqual(at(null).main, ["set_panel"]);
  assert.deepEqual(at({ id: "1", name: "委员会" }).main, ["book"]);
  assert.ok(at(null).more.includes("stop"));
});

test("a booking is on the clock of Asia/Shanghai", () => {
  const order = orderOf(
    "book",
    { day: "2026-11-24", from: "14:30", to: "16:00", roomId: "r" },
    "s",
  );
  assert.deepEqual(order, {
    type: "book",
    sessionId: "s",
    roomId: "r",
    from: Date.parse("2026-11-24T14:30+08:00"),
    to: Date.parse("2026-11-24T16:00+08:00"),
    open: false,
  });
});

test("what a side said is left out when it was not reached", () => {
  assert.deepEqual(
    orderOf("call_back", { side: "a", reached: false, solved: "yes", alone: true }, ""),
    { type: "call_back", side: "a", alone: true, reached: false },
  );
  assert.equal(
    orderOf("call_back", { side: "a", reached: true, solved: "yes" }, "")["alone"],
    false,
  );
});

test("a week begins on Monday, whatever day it is", () => {
  assert.equal(weekOf("2026-11-22", 0)[0], "2026-11-16");
  assert.equal(weekOf("2026-11-23", 0)[0], "2026-11-23");
  assert.equal(weekOf("2026-11-23", 1)[6], "2026-12-06");
});

test("a day shows what is taken in a room, in order", () => {
  const one = (from: string) => ({
    roomId: "r",
    from: momentOf("2026-11-24", from),
    to: momentOf("2026-11-24", "18:00"),
    mediationId: null,
  });
  const taken = [one("15:00"), one("09:00"), { ...one("10:00"), roomId: "other" }];
  assert.deepEqual(
    takenOn(taken, "r", "2026-11-24").map(({ from }) => from),
    [one("09:00").from, one("15:00").from],
  );
});

test("an ending is never alarming, a broken promise is", () => {
  assert.equal(stateTone({ state: "ended", ending: "failed" }), "ended");
  assert.equal(stateTone({ state: "breached", ending: null }), "alarm");
});

test("an event says its values by their words", () => {
  const event = (body: Record<string, unknown>) =>
    eventParts({ seq: 1, at: 0, memberName: null, role: "mediator", type: "x", body });
  assert.deepEqual(event({ side: "a", mode: "phone", agrees: true }), [
    { group: "side", value: "a" },
    { group: "mode", value: "phone" },
  ]);
  assert.deepEqual(event({ days: 7, result: "kept" }), [{ group: "followUp", value: "kept" }]);
});
