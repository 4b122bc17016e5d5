import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DAY_MS, localDate, sameDayLater, startOfLocalDay } from "../shared/instant.ts";
import { callOff, collectBy, decide, lapse, monthsLeft, openCommands } from "./decide.ts";
import { begin, evolve } from "./evolve.ts";
import {
  after,
  auxiliary,
  context,
  handOver,
  IMPORTED_AT,
  item,
  leader,
  meeting,
  officer,
  STRANGER,
  TERM,
} from "./fixtures.ts";
import { bandOf, type ImportedItem, readHeader, readItem } from "./import.ts";
import { arrange, placesIn } from "./meetings.ts";
import type { PropertyCommand, PropertyEvent, PropertyItem } from "./terms.ts";

const told = item({ state: "owner_notified", notified: true, toldOn: "2026-08-31" });

test("an owner is told, comes to his slot and gets it back before two officers", () => {
  let one = after(item(), { type: "notify", mode: "phone", reached: true });
  assert.ok(typeof one === "object");
  assert.equal(collectBy(one), "2027-03-01");
  const [at = 0] = placesIn(meeting());
  one = after(one, { type: "book", meetingId: meeting().id, at });
  assert.ok(typeof one === "object");
  assert.equal(one.state, "appointment");
  one = after(one, handOver, officer, context({ now: at }));
  assert.ok(typeof one === "object");
  assert.deepEqual([one.state, one.returnedOn], ["returned", localDate(at)]);
});

test("six months end on the last day of a short month, and are extended by three at most", () => {
  assert.equal(collectBy(told), "2027-02-28");
  assert.equal(collectBy({ ...told, extraMonths: 3 }), "2027-05-31");
  const extend = (months: number) => ({ type: "extend", months, reason: "owner_ill" }) as const;
  assert.equal(after(told, extend(4), leader), "too-many-months");
  assert.equal(after({ ...told, extraMonths: 2 }, extend(2), leader), "too-many-months");
  assert.equal(after(told, extend(1), officer), "not-permitted");
  const late = context({ now: startOfLocalDay("2027-04-01") });
  assert.equal(after(told, extend(1), leader, late), "extension-over");
  const unclaimed = { ...told, state: "unclaimed", lapsedOn: "2027-03-01" } as const;
  const back = after(unclaimed, extend(2), leader, late);
  assert.ok(typeof back === "object");
  assert.deepEqual([back.state, back.lapsedOn], ["owner_notified", null]);
});

test("an officer never collects for an owner, and two sworn officers are there", () => {
  const agent = { ...handOver, receiver: "agent" } as const;
  assert.equal(after(told, { ...agent, agentIsOfficer: true }), "officer-may-not-collect");
  assert.equal(typeof after(told, agent), "object");
  assert.equal(after(told, { ...handOver, officers: [officer.memberId] }), "two-officers");
  const twice = [officer.memberId, officer.memberId];
  assert.equal(after(told, { ...handOver, officers: twice }), "two-officers");
  const stranger = [officer.memberId, STRANGER];
  assert.equal(after(told, { ...handOver, officers: stranger }), "two-officers");
  assert.equal(after(told, handOver, auxiliary), "not-permitted");
  assert.equal(after(told, { ...handOver, confirmed: false }), "not-confirmed");
  assert.equal(after(told, { ...handOver, rightChecked: false }), "right-unchecked");
  assert.equal(after(told, { ...handOver, listNo: "13812341234" }), "list-no-malformed");
});

test("only what nobody collected in its months goes to the state, against a number", () => {
  const hand = (receiptNo: string) => ({ type: "hand_to_state", receiptNo }) as const;
  const unclaimed = { ...told, state: "unclaimed", lapsedOn: "2027-03-01" } as const;
  const late = context({ now: startOfLocalDay("2027-03-01") });
  const early = context({ now: startOfLocalDay("2027-02-28") });
  assert.equal(after(unclaimed, hand("财〔2027〕8号"), leader, early), "still-collectable");
  assert.equal(after(unclaimed, hand("13812341234"), leader, late), "list-no-malformed");
  assert.equal(typeof after(unclaimed, hand("财〔2027〕8号"), leader, late), "object");
});

test("a notice is for whom nobody knows or reached", () => {
  assert.equal(after(item(), { type: "announce" }), "owner-known");
  const unknown = item({ hasContact: false });
  assert.equal(after(unknown, { type: "notify", mode: "phone", reached: true }), "no-contact");
  assert.equal(typeof after(unknown, { type: "announce" }), "object");
  const tried = after(item(), { type: "notify", mode: "phone", reached: false });
  assert.ok(typeof tried === "object");
  assert.deepEqual([tried.state, tried.toldOn], ["eligible", null]);
  assert.equal(typeof after(tried, { type: "announce" }), "object");
});

test("a slot takes as many as it has places, at its own times, at the item's station", () => {
  const book = (at: number) => ({ type: "book", meetingId: meeting().id, at }) as const;
  const [first = 0] = placesIn(meeting());
  const refusal = (changes: object, at = first) => after(told, book(at), officer, context(changes));
  assert.equal(refusal({ taken: 2 }), "slot-full");
  assert.equal(refusal({}, first + 1), "slot-unknown");
  assert.equal(refusal({ now: first }), "slot-unknown");
  assert.equal(refusal({ meeting: null }), "meeting-unknown");
  assert.equal(refusal({ meeting: meeting({ cancelled: true }) }), "meeting-unknown");
  assert.equal(refusal({ meeting: meeting({ stationId: STRANGER }) }), "meeting-unknown");
});

test("a meeting called off sends back to waiting, whoever was booked for it", () => {
  const booked = {
    ...told,
    state: "appointment",
    appointment: { meetingId: meeting().id, at: meeting().from },
  } as const;
  assert.equal(callOff(told, meeting().id), null);
  assert.equal(callOff(booked, STRANGER), null);
  assert.equal(callOff(booked, meeting().id)?.type, "released");
});

test("a leader sets up a meeting on a day to come, at his own station", () => {
  const { cancelled: _cancelled, ...plan } = meeting();
  const actor = { ...leader, stationIds: [plan.stationId] };
  const may = (changes: object, by: object = actor) => {
    const forbidden = (text: string) => text.includes("x");
    const at = { actor: by as typeof actor, now: IMPORTED_AT, forbidden };
    const arranged = arrange({ ...plan, ...changes }, at);
    return arranged.ok ? "set" : arranged.refusal.code;
  };
  assert.equal(may({}), "set");
  assert.equal(may({ from: IMPORTED_AT - 1 }), "meeting-times");
  assert.equal(may({ to: plan.from + 1000 }), "meeting-times");
  assert.equal(may({ to: plan.from + DAY_MS }), "meeting-times");
  assert.equal(may({ venue: "x" }), "text-forbidden");
  assert.equal(may({}, { ...actor, role: "community_officer" }), "not-permitted");
  assert.equal(may({}, { ...actor, stationIds: [] }), "not-permitted");
});

test("the months are the bureau's limit of the day on which somebody was told, and stay so", () => {
  const before = TERM;
  const term = { ...TERM, version: 2, months: 4, extraMonths: 0 };
  const notify = { type: "notify", mode: "phone", reached: true } as const;
  const fresh = item({ term: null });
  const one = after(fresh, notify, officer, context({ term: before }));
  assert.ok(typeof one === "object");
  // Told again under another limit: what was promised stands.
  const posted = after(one, { type: "announce" }, officer, context({ term }));
  assert.ok(typeof posted === "object");
  assert.deepEqual([one.term, posted.term], [before, before]);
  const shorter = after(fresh, notify, officer, context({ term }));
  assert.ok(typeof shorter === "object");
  assert.equal(collectBy(shorter), sameDayLater(shorter.toldOn ?? "2026-09-01", 4));
  assert.equal(monthsLeft(shorter), 0);
});

// -- the list -------------------------------------------------------------------------------------

const squeeze = (name: string) => name.replaceAll(/[\s()（）]/g, "").toLowerCase();

test("a list has its columns and no other", () => {
  const header = ["台账编号", "物品类别", "估价（元）", "批准日期", "物主电话"];
  const read = readHeader(header, squeeze);
  assert.deepEqual(read, {
    mapping: { registerNo: 0, itemClass: 1, valueYuan: 2, approvedOn: 3, phone: 4 },
  });
  assert.deepEqual(readHeader([...header, "颜色"], squeeze), {
    code: "unknown-column",
    column: "颜色",
  });
  assert.deepEqual(readHeader(header.slice(1), squeeze), {
    code: "missing-column",
    column: "台账编号",
  });
});

test("a row is read whole or its fields are named", () => {
  const mapping = { registerNo: 0, itemClass: 1, valueYuan: 2, approvedOn: 3, phone: 4 };
  const at = { today: "2026-11-10", forbidden: () => false };
  const read = readItem(mapping, ["A-1", "电动车", "2,600.40元", "2026/9/3", "12012345678"], at);
  assert.deepEqual((read as { item: ImportedItem }).item, {
    registerNo: "A-1",
    itemClass: "e_bike",
    count: 1,
    valueYuan: 2600,
    approvedOn: "2026-09-03",
    contact: { phone: "12012345678", salutation: "" },
  });
  const bad = readItem(mapping, ["", "飞船", "很多", "2027-01-01", "12"], at);
  assert.deepEqual("problems" in bad && bad.problems.map(({ field }) => field), [
    "registerNo",
    "itemClass",
    "valueYuan",
    "approvedOn",
    "phone",
  ]);
  assert.deepEqual([999, 1000, 99_999, 100_000].map(bandOf), [
    "under_1000",
    "under_10000",
    "under_100000",
    "over_100000",
  ]);
});

// -- random histories -----------------------------------------------------------------------------

const orders = fc.oneof(
  fc.record({
    type: fc.constant("notify" as const),
    mode: fc.constant("phone" as const),
    reached: fc.boolean(),
  }),
  fc.constant({ type: "announce" as const }),
  fc.nat(4).map((slot) => ({
    type: "book" as const,
    meetingId: meeting().id,
    at: slot,
  })),
  fc.record({ type: fc.constant("release" as const), reason: fc.constant("absent" as const) }),
  fc.record({
    type: fc.constant("extend" as const),
    months: fc.integer({ min: 0, max: 4 }),
    reason: fc.constant("owner_away" as const),
  }),
  fc.constant({ type: "hand_to_state" as const, receiptNo: "国库〔2027〕3号" }),
  fc.record({
    type: fc.constant("hand_over" as const),
    receiver: fc.constantFrom("owner" as const, "agent" as const),
    rightChecked: fc.boolean(),
    agentIsOfficer: fc.boolean(),
    confirmed: fc.boolean(),
    listNo: fc.constantFrom("发还〔2026〕1号", ""),
    officers: fc.constantFrom<readonly string[]>(handOver.officers, [officer.memberId]),
  }),
);
const steps = fc.array(
  fc.record({
    order: fc.oneof({ weight: 4, arbitrary: orders }, { weight: 1, arbitrary: fc.constant(null) }),
    by: fc.constantFrom(officer, leader, leader, auxiliary),
    days: fc.integer({ min: 0, max: 150 }),
    taken: fc.nat(2),
  }),
  { maxLength: 25 },
);

function playOut(
  start: PropertyItem,
  plan: typeof steps extends fc.Arbitrary<infer T> ? T : never,
) {
  const events: PropertyEvent[] = [];
  const path = [start];
  let now = IMPORTED_AT;
  let one = start;
  for (const { order, by, days, taken } of plan) {
    now += days * DAY_MS;
    const due = lapse(one, now);
    const from = now + DAY_MS;
    const ahead = meeting({ from, to: from + 7_200_000 });
    const at = context({ now, meeting: ahead, taken });
    const command =
      order?.type === "book" ? { ...order, at: placesIn(ahead)[order.at] ?? 0 } : order;
    const decided =
      due === null && command !== null ? decide(one, command as PropertyCommand, by, at) : null;
    const change = due ?? (decided?.ok === true ? decided.value : null);
    if (change === null) continue;
    if (command !== null && due === null) {
      assert.ok(openCommands(one, by, now).includes(command.type), command.type);
    }
    const event = { seq: one.version + 1, at: now, by: due === null ? by.memberId : null, change };
    events.push(event);
    one = evolve(one, event);
    path.push(one);
  }
  return { events, path, one };
}

test("in any history: the clock is six months and at most three, and ends are ends", () => {
  fc.assert(
    fc.property(fc.boolean(), steps, (hasContact, plan) => {
      const { events, path, one } = playOut(item({ hasContact }), plan);
      for (const [index, event] of events.entries()) {
        const before = path[index]!;
        const next = path[index + 1]!;
        const day = localDate(event.at);
        assert.equal(before.endedAt, null, "nothing happens after the end");
        assert.equal(next.version, before.version + 1);
        if (before.toldOn !== null) assert.equal(next.toldOn, before.toldOn, "told once");
        if (next.toldOn !== null) {
          const last = collectBy(next)!;
          assert.ok(last >= sameDayLater(next.toldOn, 6) && last <= sameDayLater(next.toldOn, 9));
        }
        assert.equal(
          next.state === "appointment",
          next.appointment !== null && next.endedAt === null,
        );
        const { change } = event;
        if (change.type === "lapsed") assert.ok(day > collectBy(before)!, "nobody loses a day");
        if (change.type === "handed_to_state") {
          assert.ok(before.lapsedOn !== null && day > collectBy(before)!);
        }
        if (change.type === "returned") {
          assert.equal(new Set(change.officers).size, 2);
          assert.ok(change.officers.includes(event.by!));
          assert.notEqual(before.toldOn, null);
        }
      }
      assert.equal(
        events.reduce(evolve, path[0]!).state,
        one.state,
        "the same history, the same end",
      );
    }),
    { numRuns: 400 },
  );
});

test("an item begins with its import alone", () => {
  const change = { type: "announced" } as const;
  assert.throws(() => begin({ seq: 1, at: 0, by: null, change }));
});
