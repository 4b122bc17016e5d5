import assert from "node:assert/strict";
import { test } from "node:test";
import { performing } from "../mediation/fixtures.ts";
import { DAY_MS, startOfLocalDay } from "../shared/instant.ts";
import { join } from "./counting.ts";
import {
  agreementDelta,
  type CountedHazard,
  type CountedMatter,
  matterDelta,
  recurrenceDelta,
  recursAnew,
  relapseDelta,
} from "./counting-matters.ts";
import { indicatorById } from "./dictionary.ts";
import { countedMatter, step } from "./fixtures.ts";
import { add, figureOf } from "./rules.ts";
import type { Counters, Delta } from "./terms.ts";

test("a dispute comes back once: reopened, or with the same parties as a new one", () => {
  const closedAt = startOfLocalDay("2026-01-01");
  const closed = countedMatter({
    kind: "dispute",
    outcome: "agreement_performed",
    closedAt,
    disposition: "closed",
  });
  const back = relapseDelta({ ...closed, campaignIds: [] }, closedAt + 20 * DAY_MS);
  assert.deepEqual(back.entries[0]?.counters, { disputes_relapsed: 1 });
  assert.deepEqual(
    relapseDelta({ ...closed, campaignIds: [] }, closedAt + 91 * DAY_MS).entries,
    [],
  );
  const reopened = countedMatter({ kind: "dispute", reopened: 1 });
  const sum = matterDelta({
    before: closed,
    after: reopened,
    events: ["reopened"],
    campaignIds: [],
    now: closedAt + 30 * DAY_MS,
    cameBack: true,
  });
  assert.equal(
    sum.entries.some(({ counters }) => "disputes_relapsed" in counters),
    false,
  );
});

test("K28 counts written agreements on their first day, and which of them a court confirmed", () => {
  const written = performing();
  const { agreement } = written;
  assert.ok(agreement !== null);
  const oral = { ...written, agreement: { ...agreement, form: "oral" as const } };
  const confirmed = { ...written, confirmation: { appliedOn: "2026-11-20", granted: true } };
  assert.deepEqual(agreementDelta(null, oral, []).entries, []);
  const sum = join([agreementDelta(null, written, []), agreementDelta(written, confirmed, [])]);
  assert.deepEqual(
    sum.entries.map(({ on, counters }) => [on, counters]),
    [[agreement.effectiveOn, { agreements_written: 1, agreements_confirmed: 1 }]],
  );
});

const HAZARD: CountedHazard = {
  id: "h1",
  placeId: "p1",
  subtype: "ebike_charging",
  stationId: "s1",
  beatId: null,
  campaignIds: [],
  registeredAt: startOfLocalDay("2026-01-05"),
  clearedAt: startOfLocalDay("2026-01-10"),
  merged: null,
};

test("a cleared hazard came back when its sort is found at its place within 180 days", () => {
  const later = (days: number, some: Partial<CountedHazard> = {}): CountedHazard => ({
    ...HAZARD,
    id: "h2",
    registeredAt: (HAZARD.clearedAt ?? 0) + days * DAY_MS,
    clearedAt: null,
    ...some,
  });
  const count = (other: CountedHazard): number | undefined =>
    recurrenceDelta([HAZARD, other]).entries[0]?.counters["hazards_recurred"];
  assert.equal(count(later(180)), 1);
  assert.equal(count(later(181)), undefined);
  assert.equal(count(later(30, { subtype: "unlit_path" })), undefined);
  assert.equal(count(later(30, { placeId: "p2" })), undefined);
  // Found before the first was cleared: one and the same, not come back.
  assert.equal(count(later(-1)), undefined);
});

test("what several reported is one hazard, and comes back once", () => {
  const merged = { into: "h1", number: "", from: "accepted" } as const;
  const again: CountedHazard = {
    ...HAZARD,
    id: "h3",
    registeredAt: (HAZARD.clearedAt ?? 0) + DAY_MS,
    clearedAt: null,
  };
  // Its second reporter's matter is cleared with it; K30 counts the hazard once, and so does K32.
  const other: CountedHazard = { ...HAZARD, id: "h2", merged };
  assert.deepEqual(
    recurrenceDelta([HAZARD, other, again]).entries.map(({ counters }) => counters),
    [{ hazards_recurred: 1 }],
  );
  // A late word on what was known before: the same one, not another.
  const late = { ...again, merged: { ...merged, into: "h4" } };
  assert.deepEqual(recurrenceDelta([HAZARD, late]).entries, []);
  assert.equal(recursAnew(other, HAZARD), true, "it stands alone again");
});

test("K39: whoever stands for himself again after his matter ended with another's counts both its end and its return", () => {
  const closedAt = startOfLocalDay("2026-11-10");
  const merged = { into: "m1", number: "", from: "accepted" } as const;
  const ended = countedMatter({ closedAt, disposition: "merged", merged, outcome: "adopted" });
  const again = countedMatter({ reopened: 1 });
  const sum = (some: readonly Delta[]): Counters =>
    join(some)
      .entries.filter(({ book }) => book === "event")
      .reduce((all, { counters }) => add(all, counters), {});
  const closing = sum([step({ ...ended, closedAt: null, disposition: null }, ended, closedAt)]);
  assert.equal(closing["matters_closed"] ?? 0, 0, "one problem, at its main matter");
  const { matters_closed, matters_reopened } = sum([
    step(ended, again, closedAt + DAY_MS, ["reopened"]),
  ]);
  assert.deepEqual([matters_closed, matters_reopened], [1, 1]);
});

test("K41 tells why, for what ended unsolved or was not taken up", () => {
  const at = startOfLocalDay("2026-11-25");
  const ends = (some: Partial<CountedMatter>): Counters[] =>
    step(null, countedMatter({ closedAt: at, disposition: "closed", ...some }), at)
      .entries.filter(({ book, counters }) => book === "event" && "reason_no_means" in counters)
      .map(({ counters }) => counters);
  assert.equal(ends({ outcome: "not_adopted", reason: "no_means" }).length, 1);
  assert.equal(ends({ outcome: "partly", reason: "no_means" }).length, 1);
  // Brought to its end by another body, it is told all the same.
  const elsewhere = { disposition: "closed_referred", outcome: "partly" } as const;
  assert.equal(ends({ ...elsewhere, reason: "no_means" }).length, 1);
  assert.equal(ends({ outcome: "adopted", reason: null }).length, 0);
  assert.equal(ends({ outcome: "not_adopted", reason: "no_means", disposition: null }).length, 0);
  const found = indicatorById("K41");
  assert.ok(found !== null);
  const counters = { reason_no_means: 3, reason_in_court: 2 };
  const figure = figureOf(found, { counters, lifetimes: [], reach: "period" });
  assert.deepEqual(figure, { kind: "count", value: 5 });
});

test("K42: in hand and told by eight the next morning, and no minute later", () => {
  const registered = startOfLocalDay("2026-11-02") + 20 * 3_600_000;
  const open = countedMatter({ registeredAt: registered, acceptedAt: registered });
  const told = (hours: number): number | undefined => {
    const now = registered + hours * 3_600_000;
    return step(open, { ...open, informedAt: now }, now, ["informed"]).entries.find(
      ({ book }) => book === "due_morning",
    )?.counters["ended_in_time"];
  };
  assert.equal(told(12), 1);
  assert.equal(told(12.1), undefined);
  const due = (some: Partial<CountedMatter>): boolean =>
    step(null, countedMatter(some), registered).entries.some(({ book }) => book === "due_morning");
  assert.equal(due({}), true);
  // Nobody waits to hear.
  assert.equal(due({ feedback: "none" }), false);
  assert.equal(due({ reporter: "officer" }), false);
});

test("K40 counts each sending and each return, whatever they led to", () => {
  const matter = countedMatter();
  const at = startOfLocalDay("2026-11-25");
  const sum = join([
    step(matter, matter, at, ["assigned"]),
    step(matter, matter, at, ["assignment_returned"]),
    step(matter, matter, at, ["assigned"]),
  ]);
  assert.deepEqual(sum.entries[0]?.counters, { referrals_sent: 2, referrals_returned: 1 });
});
