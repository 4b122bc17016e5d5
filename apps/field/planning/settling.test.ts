import assert from "node:assert/strict";
import { test } from "node:test";
import type { SettleStep } from "@wanjia/domain/planning/settle";
import { HOUR_MS, startOfLocalDay } from "@wanjia/domain/shared/instant";
import type { SeenDoor } from "../visits/view-model.ts";
import { newsOf, toldOf } from "./news.ts";
import { aSection, A_DAY, doorsOf } from "./testing-walks.ts";
import { blockOfWalk, settleHere, type SettleCommand, withSettled } from "./settling.ts";

const MORNING = startOfLocalDay(A_DAY) + 8 * HOUR_MS;
const OWN = { id: "officer", name: "江沐阳" };

function mine(command: SettleCommand, refused?: true) {
  const kept = { command, block: blockOfWalk("w0"), placeId: "w0", label: "" };
  return refused ? { ...kept, refused } : kept;
}

test("what is settled without a network shows at once, and each step stands on the one before", () => {
  const section = aSection();
  const doors = doorsOf();
  const take = (step: SettleStep, before: readonly ReturnType<typeof mine>[], at: number) => {
    const seen = withSettled(section, doors, before, OWN);
    const settled = settleHere(seen, doors, "w0", step, { id: `c${at}`, at: MORNING + at });
    assert.ok(settled.ok, JSON.stringify(settled));
    return mine(settled.value);
  };
  const refused = take({ kind: "refuse", reason: "weather" }, [], 1);
  const [gone] = withSettled(section, doors, [refused], OWN).walks;
  assert.deepEqual([gone?.state, gone?.reason, gone?.version], ["refused", "weather", 2]);
  assert.deepEqual(
    [gone?.changed?.by, gone?.changed?.change, gone?.changed?.unsent],
    ["江沐阳", "refused", true],
  );
  const restored = take({ kind: "restore" }, [refused], 2);
  assert.equal(restored.command.base, 2, "as the server will have counted");
  const [one, two, ...others] = new Set(section.walks[0]?.stops.map(([building]) => building));
  assert.ok(one !== undefined && two !== undefined);
  const order = [two, one, ...others];
  const ordered = take({ kind: "reorder", buildings: order }, [refused, restored], 3);
  const [walk] = withSettled(section, doors, [refused, restored, ordered], OWN).walks;
  assert.deepEqual([...new Set(walk?.stops.map(([building]) => building))], order);
  assert.ok(walk?.pinned);
  const times = walk.stops.map(([, , at]) => at);
  assert.deepEqual(
    times,
    times.toSorted((a, b) => a - b),
    "times follow from the order",
  );

  // Taken back, refused by the server, or pulled since: then it is no longer laid over the walk.
  assert.equal(withSettled(section, doors, [], OWN).walks[0]?.state, "planned");
  assert.equal(
    withSettled(section, doors, [mine(refused.command, true)], OWN).walks[0]?.state,
    "planned",
  );
  const pulled = { ...section, walks: section.walks.map((one) => ({ ...one, version: 4 })) };
  assert.equal(withSettled(pulled, doors, [refused], OWN).walks[0]?.state, "planned");
});

test("the phone refuses by the server's rule: no walk with an appointment in it is given up", () => {
  const section = aSection();
  const [walk] = section.walks;
  const stop = walk?.stops[0];
  assert.ok(stop);
  const [building, doorId, at] = stop;
  const doors = new Map(doorsOf());
  const seen = doors.get(doorId) as SeenDoor;
  const from = startOfLocalDay(A_DAY) + Math.ceil(at) * 60_000;
  const value = { from, to: from + HOUR_MS };
  const booked = { ...seen.state, appointment: { value, version: 1, at: 0, by: "officer" } };
  doors.set(doorId, { ...seen, state: booked });
  const stamp = { id: "c", at: MORNING };
  const no = settleHere(section, doors, "w0", { kind: "refuse", reason: "ill" }, stamp);
  assert.deepEqual(no, { ok: false, refusal: { code: "appointment-missed" } });
  const short = settleHere(section, doors, "w0", { kind: "reorder", buildings: [building] }, stamp);
  assert.deepEqual(short, { ok: false, refusal: { code: "walk-order-incomplete" } });
  // An older server told no version: nothing that could be sent is promised.
  const { version: _version, ...old } = section.walks[0] ?? assert.fail();
  const untold = { ...section, walks: [old] };
  assert.equal(settleHere(untold, doors, "w0", { kind: "pin", pinned: true }, stamp).ok, false);
});

test("a swap is news until it is read; what he did himself is none", () => {
  const { walks } = aSection();
  const at = MORNING;
  const swappedBy = (byId: string) =>
    walks.map((walk) => ({ ...walk, news: { at, by: "沈立群", byId, change: "swapped" } }));
  const swapped = swappedBy("leader");
  const news = newsOf(swapped, {}, OWN.id, MORNING);
  assert.deepEqual(
    news.map(({ changed: { change } }) => change),
    walks.map(() => "swapped"),
  );
  assert.deepEqual(newsOf(swapped, toldOf(swapped), OWN.id, MORNING), []);
  assert.deepEqual(newsOf(swappedBy(OWN.id), {}, OWN.id, MORNING), []);
  assert.deepEqual(newsOf(walks, {}, OWN.id, MORNING), [], "an older server tells none");
  assert.deepEqual(newsOf(swapped, {}, OWN.id, MORNING + 24 * HOUR_MS), [], "over");
});
