import assert from "node:assert/strict";
import { test } from "node:test";
import { HOUR_MS, startOfLocalDay } from "@wanjia/domain/shared/instant";
import { plannedDoors, plannedTimes, walksNow } from "./rest-of-day.ts";
import { A_DAY as DAY, doorsSeen, plan, sectionOf, situation } from "./testing-walks.ts";

test("a pinned walk keeps its order on the phone; what is done falls away, and no other walk takes its doors", () => {
  const [first, second] = plan.walks;
  assert.ok(first !== undefined && second !== undefined);
  const [tried, ...left] = first.stops;
  assert.ok(tried);
  const now = startOfLocalDay(DAY) + (first.block.from / 60 + 0.5) * HOUR_MS;
  const doors = doorsSeen(tried.doorId, now);
  const of = (pinned: readonly number[]) => walksNow(sectionOf(pinned), doors, now);
  assert.equal(of([])[0]?.isReplanned, true);
  // A plan made before the phone was told what is owed is read as one that owes nothing.
  const { walks, bases } = sectionOf([]);
  const untold = bases.map(({ basis, ...base }) => {
    const { owed: _owed, ...demanded } = basis.demands;
    return { ...base, basis: { ...basis, demands: demanded } };
  });
  assert.deepEqual(walksNow({ walks, bases: untold }, doors, now), of([]));
  const kept = of([0])[0];
  assert.deepEqual([kept?.isReplanned, kept?.done, kept?.state], [false, 1, "under_way"]);
  const order = (stops: typeof left) => [...new Set(stops.map(({ buildingId }) => buildingId))];
  assert.deepEqual([...new Set(kept?.parts.map(({ building }) => building))], order(left));
  const count = (parts: readonly { doorIds: readonly string[] }[]) =>
    parts.reduce((sum, one) => sum + one.doorIds.length, 0);
  assert.equal(count(kept?.parts ?? []), left.length);
  // The evening was settled for every building but one: that one is left to the afternoon.
  const own = left[0]?.buildingId;
  const evening = situation.buildings
    .filter(({ id }) => id !== own)
    .flatMap(({ id, doors: all }) =>
      all.map((door) => ({
        buildingId: id,
        doorId: door.id,
        at: second.block.from,
        reason: "likely" as const,
      })),
    );
  const walked = [first, { ...second, stops: evening }];
  const goesTo = (pinned: readonly number[]) => [
    ...new Set(
      walksNow(sectionOf(pinned, walked), doors, now)[0]?.parts.map(({ building }) => building),
    ),
  ];
  assert.ok(goesTo([]).length > 1);
  assert.deepEqual(goesTo([1]), [own]);
});

test("a walk in the later hours of a shift begins at its own first door, unless its officer knocks before", () => {
  const [afternoon, evening] = plan.walks;
  assert.ok(afternoon !== undefined && evening !== undefined);
  const { from, to } = evening.block;
  const first = to - 60;
  const late = evening.stops.slice(0, 4).map((stop, i) => ({ ...stop, at: first + i }));
  const section = sectionOf([], [afternoon, { ...evening, stops: late }]);
  const at = (minute: number) => startOfLocalDay(DAY) + minute * 60_000;
  const tried = (minute: number) => doorsSeen(afternoon.stops[0]?.doorId ?? "", at(minute));
  const seen = (doors: ReturnType<typeof doorsSeen>, minute: number) => {
    const walk = walksNow(section, doors, at(minute))[1];
    return [walk?.begins, walk?.state, walk?.isReplanned];
  };
  // Whom the afternoon tried doesn't set the evening out at its first minute.
  const worked = tried(afternoon.block.from + 5);
  assert.deepEqual(seen(worked, from + 1), [first, "ahead", false]);
  assert.deepEqual(seen(worked, first), [first, "under_way", false]);
  assert.deepEqual(seen(tried(from + 2), from + 5), [first, "under_way", true]);
});

test("the grid outlines the doors of the walk in its order, and a door tried falls away", () => {
  const section = sectionOf([0]);
  const [first] = plan.walks;
  assert.ok(first !== undefined);
  const stops = first.stops;
  const pack = stops[0]?.buildingId ?? "";
  const early = startOfLocalDay(DAY) + 8 * HOUR_MS;
  const untouched = plannedDoors(walksNow(section, new Map(), early), pack, early);
  assert.deepEqual(
    untouched,
    stops.filter(({ buildingId }) => buildingId === pack).map(({ doorId }) => doorId),
  );
  const now = startOfLocalDay(DAY) + (first.block.from + 1) * 60_000;
  const left = plannedDoors(walksNow(section, doorsSeen(untouched[0] ?? "", now), now), pack, now);
  assert.deepEqual(left, untouched.slice(1));
});

test("at a door the times of the plan are offered, of the building alone, and none that is over", () => {
  const section = sectionOf([]);
  const door = situation.buildings[0]?.doors[0]?.id ?? "";
  const friday = startOfLocalDay("2026-11-06") + 18.5 * HOUR_MS;
  assert.deepEqual(plannedTimes(section, door, friday - HOUR_MS), [
    { from: friday, to: friday + HOUR_MS },
  ]);
  assert.deepEqual(plannedTimes(section, door, friday), []);
  assert.deepEqual(plannedTimes(section, "elsewhere", 0), []);
});

test("a time agreed at a door without a network is in the walk of its hours at once, under way or ahead", () => {
  const [afternoon, evening] = plan.walks;
  assert.ok(afternoon !== undefined && evening !== undefined);
  const section = sectionOf([]);
  const at = (minute: number) => startOfLocalDay(DAY) + minute * 60_000;
  const now = at(afternoon.block.from + 20);
  const knocked = afternoon.stops[0]?.doorId ?? "";
  const agreed = (minute: number, doorId = knocked) => {
    const doors = doorsSeen(knocked, now);
    const seen = doors.get(doorId);
    assert.ok(seen);
    const value = { from: at(minute), to: at(minute + 60) };
    const appointment = { value, version: 1, at: now, by: "o" };
    return doors.set(doorId, { ...seen, state: { ...seen.state, appointment } });
  };
  const windows = (walk: ReturnType<typeof walksNow>[number] | undefined) =>
    walk?.parts.flatMap(({ window, doorIds }) =>
      window === null ? [] : [doorIds[0], window.from],
    );
  const told = (doors: ReturnType<typeof agreed>) => walksNow(section, doors, now);
  // This evening: the evening's walk is ahead, and none of the afternoon's doors are drawn into it.
  const seven = told(agreed(19 * 60));
  assert.deepEqual([seven[1]?.state, seven[1]?.isReplanned], ["ahead", true]);
  assert.deepEqual(windows(seven[1]), [knocked, 19 * 60]);
  const early = new Set(afternoon.stops.map(({ doorId }) => doorId));
  assert.deepEqual(
    seven[1]?.parts
      .flatMap(({ doorIds }) => doorIds)
      .filter((id) => early.has(id) && id !== knocked),
    [],
  );
  // In an hour: the walk under way is planned around it, though nobody has been knocked at yet since.
  const soon = afternoon.block.from + 90;
  assert.deepEqual(windows(told(agreed(soon))[0]), [knocked, soon]);
  // What was pinned stays as somebody settled it.
  assert.equal(walksNow(sectionOf([1]), agreed(19 * 60), now)[1]?.isReplanned, false);
  // A time that the plan knows already changes nothing.
  const stop = [evening.stops[0]?.buildingId, knocked, 19 * 60, "appointment"] as const;
  const known = sectionOf([]);
  const walks = known.walks.map((one, i) => (i === 1 ? { ...one, stops: [stop] } : one));
  assert.equal(
    walksNow({ ...known, walks } as typeof known, agreed(19 * 60), now)[1]?.isReplanned,
    false,
  );
});

test("a phone that can't choose among all doors of the team says how many are left to the night", () => {
  const section = sectionOf([]);
  const [walk] = plan.walks;
  assert.ok(walk);
  const now = startOfLocalDay(DAY) + (walk.block.from + 20) * 60_000;
  const doors = doorsSeen(walk.stops[0]?.doorId ?? "", now);
  const beyond = (count?: number) => {
    const bases = section.bases.map((base) => ({
      ...base,
      basis: { ...base.basis, ...(count === undefined ? {} : { beyond: count }) },
    }));
    return walksNow({ ...section, bases }, doors, now)[0]?.beyond;
  };
  assert.deepEqual([beyond(120), beyond()], [120, 0]);
});

test("whoever agreed on another day isn't knocked at today, nor whoever asked for one; nobody counts them as tried", () => {
  const section = sectionOf([0]);
  const [first] = plan.walks;
  assert.ok(first);
  const [one, two] = first.stops;
  assert.ok(one && two);
  const now = startOfLocalDay(DAY) + (first.block.from + 20) * 60_000;
  const value = { from: now + 26 * HOUR_MS, to: now + 27 * HOUR_MS };
  const stateAt = (doorId: string, state: object) => {
    const doors = doorsSeen("", now);
    const seen = doors.get(doorId);
    assert.ok(seen);
    return walksNow(
      section,
      doors.set(doorId, { ...seen, state: { ...seen.state, ...state } }),
      now,
    );
  };
  const agreed = { appointment: { value, version: 1, at: now, by: "o" } };
  for (const [doorId, state] of [
    [one.doorId, agreed],
    [two.doorId, { asked: value }],
  ] as const) {
    const [walk] = stateAt(doorId, state);
    const left = walk?.parts.flatMap(({ doorIds }) => doorIds);
    assert.deepEqual([left?.includes(doorId), left?.length], [false, first.stops.length - 1]);
    assert.equal(walk?.done, 0);
  }
});
