import assert from "node:assert/strict";
import { test } from "node:test";
import { localTime } from "@wanjia/domain/shared/instant";
import { arrangeSteps, eventParts, instantOf, orderOf } from "./view-model.ts";

test("what moves an item on comes first, the rest is in the menu", () => {
  const steps = ["book", "hand_over", "extend", "withdraw"] as const;
  assert.deepEqual(arrangeSteps({ state: "owner_notified", steps: [...steps] }), {
    main: ["book"],
    more: ["hand_over", "extend", "withdraw"],
  });
  assert.deepEqual(arrangeSteps({ state: "returned", steps: [] }), { main: [], more: [] });
});

test("a box that was not ticked says no, and an owner is no agent of the police", () => {
  const values = { receiver: "owner", agentIsOfficer: true, listNo: "1" };
  assert.deepEqual(orderOf("hand_over", values), {
    type: "hand_over",
    receiver: "owner",
    listNo: "1",
    rightChecked: false,
    confirmed: false,
    agentIsOfficer: false,
  });
  assert.deepEqual(orderOf("extend", { months: "2" }), { type: "extend", months: 2 });
});

test("a day and a time are those of Shanghai", () => {
  assert.deepEqual(localTime(instantOf("2026-11-28", "09:30")), {
    hour: 9,
    minute: 30,
    weekday: 6,
  });
});

test("an event says what has a word", () => {
  const parts = eventParts({ type: "notified", body: { mode: "phone", reached: true } });
  assert.deepEqual(parts, [{ group: "mode", value: "phone" }]);
});
