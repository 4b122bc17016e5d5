import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DAY_MS, startOfLocalDay } from "../shared/instant.ts";
import { compact, join, visitDelta } from "./counting.ts";
import { indicatorById, INDICATORS } from "./dictionary.ts";
import { countedMatter, countedVisit, step } from "./fixtures.ts";
import { parsePeriod, periodBetween, periodKey } from "./periods.ts";
import { audienceOf, mayOpenRecords, maySeeLevel, maySeePeriod } from "./policy.ts";
import { renderFigure, renderInterval } from "./rendering.ts";
import { addQuantities, coverageWithoutWishes, figureOf, roundsOf } from "./rules.ts";
import { showFigure, showWishes } from "./suppression.ts";
import { showColumn, showCount, showShare } from "../shared/suppression.ts";
import { quantileDays, survivalCurve } from "./survival.ts";
import { type Counters, type Figure, type Lifetime, UNITS } from "./terms.ts";
import { roundsChange, totalsOf } from "./totals.ts";

const CAMPAIGN = "01939000-0000-7000-8000-0000000000c1";

function figure(id: string, counters: Counters, reach: "campaign" | "period" = "campaign"): Figure {
  const found = indicatorById(id);
  assert.ok(found !== null, id);
  return figureOf(found, { counters, lifetimes: [], reach });
}

function printed(id: string, counters: Counters): string {
  const found = indicatorById(id);
  assert.ok(found !== null, id);
  return renderFigure(found, figure(id, counters), { as: "shown" }, "zh");
}

// -- the dictionary -------------------------------------------------------------------------------

test("the dictionary holds K01-K09, K12-K18, K20-K42, K58-K61 and K71-K76, each once, in both languages", () => {
  const range = (from: number, to: number): string[] =>
    Array.from({ length: to - from + 1 }, (_, i) => `K${String(from + i).padStart(2, "0")}`);
  const wanted = [
    ...range(1, 9),
    ...range(12, 18),
    "K15a",
    ...range(20, 42),
    ...range(58, 61),
    ...range(71, 76),
  ];
  assert.deepEqual(INDICATORS.map(({ id }) => id).sort(), wanted.sort());
  for (const { label, formula, unit } of INDICATORS) {
    assert.ok(label.zh !== "" && label.en !== "" && formula.zh !== "" && formula.en !== "");
    assert.ok(UNITS[unit].zh !== "" && UNITS[unit].en !== "");
  }
});

test("nothing counts refusals, tips for each household, or anything for each officer", () => {
  for (const { name } of INDICATORS) {
    assert.doesNotMatch(name, /refus|rank|score|photo|step|like|per_officer|per_house|key_person/);
  }
});

// -- traps of the printed reports (domain.md §0.3) ------------------------------------------------

test("trap 1: a text printed twice does not double a count: each record counts once", () => {
  const visit = countedVisit();
  const twice = join([visitDelta(visit), visitDelta(visit), visitDelta(visit, -1)]);
  assert.equal(twice.entries[0]?.counters["household_visits"], 1);
});

test("trap 2: 户, 户次, 人次, 件, 起, 条, 处 and 家 are never added to one another", () => {
  const units = Object.keys(UNITS) as (keyof typeof UNITS)[];
  for (const a of units) {
    for (const b of units) {
      const sum = addQuantities({ value: 137_435, unit: a }, { value: 3292, unit: b });
      assert.equal(sum.ok, a === b, `${a} + ${b}`);
    }
  }
});

test("trap 2: 137,435 household visits at 109,300 homes are 109,300 households", () => {
  const counters = { households: 109_300, household_visits: 137_435 };
  assert.equal(printed("K02", counters), "109300户");
  assert.equal(printed("K03", counters), "137435户次");
});

test("trap 5: a rate is printed only over its own denominator", () => {
  const rate = figure("K26", { disputes_resolved: 826, disputes_cohort_ended: 0 });
  assert.deepEqual(rate, { kind: "share", numerator: 0, denominator: 0 });
  assert.equal(printed("K26", { disputes_resolved: 826 }), "—");
});

test("trap 7: an opinion that is not adopted, with reasons, is answered all the same", () => {
  const at = startOfLocalDay("2026-11-25");
  const before = countedMatter();
  const after = countedMatter({ outcome: "not_adopted", resolvedAt: at, answeredAt: at });
  const sum = join([step(null, before, at), step(before, after, at, ["resolved", "answered"])]);
  const events = sum.entries.filter(({ book }) => book === "event").map(({ counters }) => counters);
  assert.deepEqual(events, [{ opinions: 1 }, { opinions_studied: 1 }]);
  const due = sum.entries.find(({ book }) => book === "due_opinion");
  assert.deepEqual(due?.counters, { due: 1, open: 1, own_due: 1, own_in_time: 1 });
});

test("found is not fixed, registered is not resolved", () => {
  const counters = { hazards_found: 9, hazards_cleared: 2, disputes_registered: 7 };
  assert.equal(printed("K29", counters), "9处");
  assert.equal(printed("K30", counters), "2处");
  assert.equal(printed("K25", counters), "0起");
});

test("a joint visit of two officers is one visit and two officers", () => {
  const delta = visitDelta(countedVisit({ team: ["a", "b"] }));
  assert.equal(delta.entries[0]?.counters["household_visits"], 1);
  assert.deepEqual(
    delta.presence.map(({ subjectId }) => subjectId),
    ["a", "b"],
  );
});

test("one visit counts once for each campaign that it falls under, and once for the bureau", () => {
  const delta = visitDelta(countedVisit({ campaignIds: [CAMPAIGN, "other"] }));
  assert.deepEqual(
    delta.entries.map(({ campaignId }) => campaignId),
    [null, CAMPAIGN, "other"],
  );
});

// -- figures --------------------------------------------------------------------------------------

test("coverage takes demolished and non-residential homes off, and prints the variant", () => {
  const counters = {
    households: 60,
    units: 120,
    excluded_demolished: 5,
    excluded_not_residential: 15,
    do_not_visit: 20,
  };
  assert.equal(printed("K06", counters), "60.0%");
  assert.deepEqual(coverageWithoutWishes(counters), {
    kind: "share",
    numerator: 60,
    denominator: 80,
  });
  assert.equal(printed("K06", { households: 119_999, units: 120_000 }), "99.9%");
});

test("a figure that needs a campaign's list of homes is not offered for a calendar period", () => {
  assert.deepEqual(figure("K06", {}, "period"), { kind: "absent", reason: "not-offered" });
  assert.deepEqual(figure("K17", {}, "campaign"), { kind: "absent", reason: "not-offered" });
});

test("rounds of a building: the fewest attempts by which nine in ten were met or ended", () => {
  assert.equal(roundsOf({ units: 10, done_1: 5, done_3: 4 }), 3);
  assert.equal(roundsOf({ units: 10, done_1: 5, done_3: 3 }), null);
  assert.equal(roundsOf({ units: 10, excluded_not_residential: 1, done_1: 5, done_3: 3 }), null);
  assert.equal(roundsOf({ units: 10, excluded_not_residential: 2, done_1: 5, done_3: 3 }), 3);
  assert.equal(roundsOf({ units: 1, done_12: 1 }), 12);
  assert.equal(roundsOf({}), null);
});

test("a building that moves from four rounds to three moves its beat's histogram", () => {
  const before = { units: 10, done_1: 5, done_4: 4 };
  assert.deepEqual(roundsChange(before, { units: 10, done_1: 5, done_3: 4 }), {
    passes_3: 1,
    passes_4: -1,
  });
  assert.deepEqual(roundsChange(before, before), {});
});

test("half of the matters ended: open ones count for as long as they have waited", () => {
  const ended = (days: number, n = 1): Lifetime => ({ days, n, ended: true });
  const open = (days: number, n = 1): Lifetime => ({ days, n, ended: false });
  const half = (some: Lifetime[]): number | null => quantileDays(some, 0.5).days;
  assert.equal(half([ended(2), ended(4), ended(6), ended(8)]), 4);
  // A mean of closed ones would say 2; eight are still open after 30 days.
  assert.equal(half([ended(2, 2), open(30, 8)]), null);
  assert.equal(quantileDays([ended(1, 9), open(40)], 0.9).days, 1);
  assert.equal(half([]), null);
  // The remission times of Freireich et al. 1963 (6-mercaptopurine arm), the textbook example of
  // Kaplan-Meier: its median is 23 weeks, from 13 on; no upper end is reached.
  const weeks = [ended(6, 3), open(6), ended(7), open(9), ended(10), open(10), open(11), ended(13)];
  weeks.push(ended(16), open(17), open(19), open(20), ended(22), ended(23), open(25), open(32, 2));
  weeks.push(open(34), open(35));
  assert.deepEqual(quantileDays(weeks, 0.5), { days: 23, low: 13, high: null });
});

test("the band is Greenwood's: leukaemia patients of Miller 1997, maintained", () => {
  const ended = (days: number): Lifetime => ({ days, n: 1, ended: true });
  const open = (days: number): Lifetime => ({ days, n: 1, ended: false });
  const weeks = [ended(9), ended(13), open(13), ended(18), ended(23), open(28), ended(31)];
  weeks.push(ended(34), open(45), ended(48), open(161));
  const curve = survivalCurve(weeks);
  // Survival and standard errors as R's `survfit` prints them.
  const wanted = [
    [9, 0.909, 0.0867],
    [13, 0.818, 0.1163],
    [18, 0.716, 0.1397],
    [23, 0.614, 0.1526],
    [31, 0.491, 0.1642],
    [34, 0.368, 0.1627],
    [48, 0.184, 0.1535],
  ] as const;
  for (const [i, [day, share, error]] of wanted.entries()) {
    const at = curve[i];
    assert.ok(at !== undefined && at.day === day);
    assert.equal(at.open.toFixed(3), share.toFixed(3));
    // Back from the log-log scale: both ends lie equally far from the estimate there.
    const scale = (s: number): number => Math.log(-Math.log(s));
    const width = (scale(at.low) - scale(at.high)) / 2 / 1.959963984540054;
    assert.ok(Math.abs(width * -Math.log(at.open) * at.open - error) < 0.0002, `day ${day}`);
  }
});

test("the curve falls, inside its band, whatever ended when", () => {
  const lifetime = fc.record({
    days: fc.nat(60),
    ended: fc.boolean(),
    n: fc.integer({ min: 1, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(lifetime, { maxLength: 40 }), (some) => {
      let before = 1;
      for (const { open, low, high, ended, inHand } of survivalCurve(some)) {
        assert.ok(open < before && low <= open && open <= high && low >= 0 && high <= 1);
        assert.ok(ended <= inHand);
        before = open;
      }
      const { days, low, high } = quantileDays(some, 0.5);
      if (days !== null) assert.ok(low !== null && low <= days);
      if (high !== null) assert.ok(days !== null && days <= high);
    }),
  );
});

test("a middle that was not reached is said to be so", () => {
  const found = indicatorById("K36");
  assert.ok(found !== null);
  const none = { days: null, low: null, high: null, kind: "duration" } as const;
  assert.equal(renderFigure(found, { ...none, n: 8 }, { as: "shown" }, "zh"), "尚未达到");
  assert.equal(renderFigure(found, { ...none, n: 0 }, { as: "shown" }, "zh"), "—");
  assert.equal(renderInterval({ days: 23, low: 13, high: null }, "zh"), "13天以上");
});

// -- periods --------------------------------------------------------------------------------------

test("months, quarters and years are offered, any other stretch of days is refused", () => {
  assert.deepEqual(parsePeriod("2026-Q4"), {
    ok: true,
    value: { kind: "quarter", key: "2026-Q4", from: "2026-10-01", to: "2027-01-01" },
  });
  assert.equal(parsePeriod("2026-12").ok, true);
  assert.equal(parsePeriod("2026").ok, true);
  for (const key of ["2026-13", "2026-Q5", "2026-W47", "26", "", "2026-11-22", "2026-1"]) {
    assert.equal(parsePeriod(key).ok, false, key);
  }
  assert.equal(periodBetween("2026-11-01", "2026-12-01").ok, true);
  assert.equal(periodBetween("2026-10-01", "2027-01-01").ok, true);
  assert.deepEqual(periodBetween("2026-11-03", "2026-11-20"), {
    ok: false,
    refusal: { code: "period-not-offered", params: { period: "2026-11-03/2026-11-20" } },
  });
});

test("a day falls in one month, one quarter and one year", () => {
  assert.equal(periodKey("quarter", "2026-09-30"), "2026-Q3");
  assert.equal(periodKey("quarter", "2026-10-01"), "2026-Q4");
  assert.equal(periodKey("month", "2026-11-22"), "2026-11");
  assert.equal(periodKey("all", "2026-11-22"), "all");
});

// -- contributions --------------------------------------------------------------------------------

test("a correction leaves what the corrected visit would have left by itself", () => {
  const wrong = countedVisit({ campaignIds: [CAMPAIGN], leafletCount: 3 });
  const right = countedVisit({ campaignIds: [CAMPAIGN], outcome: "no_answer", completed: false });
  const corrected = join([visitDelta(wrong), visitDelta(wrong, -1), visitDelta(right)]);
  assert.deepEqual(corrected, compact(visitDelta(right)));
});

test("a reopened matter is no longer done, and its closing and reopening both stay counted", () => {
  const at = (day: string): number => startOfLocalDay(day) + 3_600_000;
  const open = countedMatter({ kind: "dispute", registeredAt: at("2026-11-02") });
  const closed = {
    ...open,
    outcome: "agreement_reached" as const,
    closedAt: at("2026-11-20"),
    disposition: "closed" as const,
  };
  const reopened = { ...open, reopened: 1 };
  const sum = join([
    step(null, open, at("2026-11-02"), ["registered"]),
    step(open, closed, at("2026-11-20"), ["closed"]),
    step(closed, reopened, at("2026-12-30"), ["reopened"]),
  ]);
  const on = (day: string): Counters | undefined =>
    sum.entries.find((entry) => entry.book === "event" && entry.on === day)?.counters;
  assert.deepEqual(on("2026-11-02"), { disputes_registered: 1 });
  assert.deepEqual(on("2026-11-20"), {
    matters_closed: 1,
    dispute_settlements: 1,
    disputes_relapsed: 1,
  });
  assert.deepEqual(on("2026-12-30"), { matters_reopened: 1 });
});

test("a dispute reopened after more than 90 days is no relapse", () => {
  const closed = countedMatter({
    kind: "dispute",
    outcome: "agreement_performed",
    closedAt: startOfLocalDay("2026-01-01"),
    disposition: "closed",
  });
  const now = startOfLocalDay("2026-01-01") + 91 * DAY_MS;
  const sum = step(closed, countedMatter({ kind: "dispute", reopened: 1 }), now, ["reopened"]);
  assert.equal(
    sum.entries.some(({ counters }) => "disputes_relapsed" in counters),
    false,
  );
});

test("totals do not depend on the order or the grouping of what is added", () => {
  const visit = fc.record({
    beatId: fc.constantFrom("b1", "b2", null),
    buildingId: fc.constantFrom("h1", "h2"),
    campaignIds: fc.subarray(["c1", "c2"]),
    completed: fc.boolean(),
    leafletCount: fc.nat(4),
    visitedAt: fc.integer({ min: 1_790_000_000_000, max: 1_800_000_000_000 }),
  });
  fc.assert(
    fc.property(fc.array(visit, { maxLength: 30 }), fc.nat(29), (visits, cut) => {
      const deltas = visits.map((some) => visitDelta(countedVisit(some)));
      const whole = totalsOf(deltas.flatMap(({ entries }) => entries));
      const folded = totalsOf([
        ...join(deltas.slice(cut).reverse()).entries,
        ...join(deltas.slice(0, cut)).entries,
      ]);
      assert.deepEqual(
        [...folded].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, line]) => [key, line.counters]),
        [...whole].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, line]) => [key, line.counters]),
      );
    }),
  );
});

// -- suppression ----------------------------------------------------------------------------------

test("a handler sees exact counts, the bureau <5, the public nothing below 10", () => {
  assert.deepEqual(showCount(3, "handler"), { as: "shown" });
  assert.deepEqual(showCount(4, "internal"), { as: "small", below: 5 });
  assert.deepEqual(showCount(5, "internal"), { as: "shown" });
  assert.deepEqual(showCount(9, "public"), { as: "small", below: 10 });
  assert.deepEqual(showCount(0, "public"), { as: "shown" });
});

test("shares need 30 cases inside, 100 outside, and five on either side", () => {
  assert.equal(showShare(15, 29, "internal").as, "withheld");
  assert.equal(showShare(15, 30, "internal").as, "shown");
  assert.equal(showShare(4, 60, "internal").as, "withheld");
  assert.equal(showShare(56, 60, "internal").as, "withheld");
  assert.equal(showShare(50, 99, "public").as, "withheld");
  assert.equal(showShare(50, 100, "public").as, "shown");
  assert.equal(showShare(1, 2, "handler").as, "shown");
});

test("wishes for no visit are shown from 10 on, even to those who knock", () => {
  assert.deepEqual(showWishes(9), { as: "small", below: 10 });
  assert.deepEqual(showWishes(10), { as: "shown" });
  assert.deepEqual(showWishes(0), { as: "shown" });
});

test("stations, leaflets and sites are no households: their small counts are shown", () => {
  const stations = indicatorById("K01");
  assert.ok(stations !== null);
  assert.deepEqual(showFigure(stations, { kind: "count", value: 1 }, "public"), { as: "shown" });
});

test("tips below ten and complaints below twenty are shown to nobody", () => {
  const shown = (id: string, figure: Figure, audience: "handler" | "public"): string => {
    const found = indicatorById(id);
    assert.ok(found !== null);
    return showFigure(found, figure, audience).as;
  };
  for (const audience of ["handler", "public"] as const) {
    assert.equal(shown("K33", { kind: "count", value: 9 }, audience), "small");
    assert.equal(shown("K33", { kind: "count", value: 10 }, audience), "shown");
    assert.equal(shown("K71", { kind: "count", value: 19 }, audience), "small");
    assert.equal(shown("K71", { kind: "count", value: 20 }, audience), "shown");
    assert.equal(
      shown("K73", { kind: "share", numerator: 4, denominator: 60 }, audience),
      "withheld",
    );
  }
});

test("one small cell takes the next smallest with it, so that the total does not tell it", () => {
  const column = showColumn([3, 40, 12], "internal");
  assert.deepEqual(
    column.rows.map(({ as }) => as),
    ["small", "shown", "withheld"],
  );
  assert.equal(column.total.as, "shown");
});

test("two cells of one that sum to two would be told by the total", () => {
  assert.deepEqual(
    showColumn([1, 1, 50, 60], "internal").rows.map(({ as }) => as),
    ["small", "small", "withheld", "shown"],
  );
  assert.deepEqual(
    showColumn([1, 2, 50, 60], "internal").rows.map(({ as }) => as),
    ["small", "small", "shown", "shown"],
  );
});

test("with nothing left to hide behind, the total is held back", () => {
  assert.equal(showColumn([2, 0, 0], "internal").total.as, "withheld");
});

test("rows never add up to a total that a wider table holds back", () => {
  const column = showColumn([20, 30], "internal", true);
  assert.equal(column.total.as, "withheld");
  assert.deepEqual(
    column.rows.map(({ as }) => as),
    ["withheld", "shown"],
  );
});

test("no shown cells and total together give a hidden cell one possible value", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(15), { minLength: 1, maxLength: 8 }),
      fc.constantFrom("internal" as const, "public" as const),
      (values, audience) => {
        const { rows, total } = showColumn(values, audience);
        if (total.as !== "shown") return;
        // Whoever knows the rules knows that a withheld cell is no small one, and the smallest of the others.
        const bound = audience === "internal" ? 5 : 10;
        const shown = values.filter((value, index) => value > 0 && rows[index]?.as === "shown");
        const highest = Math.min(1000, ...shown);
        const ranges = rows.map((showing, index) => {
          const value = values[index] ?? 0;
          if (showing.as === "shown") return [value, value] as const;
          return showing.as === "small"
            ? ([1, showing.below - 1] as const)
            : ([bound, highest] as const);
        });
        const sum = values.reduce((a, b) => a + b, 0);
        for (const [index, range] of ranges.entries()) {
          if (rows[index]?.as === "shown") continue;
          const others = ranges.filter((_, i) => i !== index);
          const least = Math.max(range[0], sum - others.reduce((a, [, high]) => a + high, 0));
          const most = Math.min(range[1], sum - others.reduce((a, [low]) => a + low, 0));
          assert.ok(least < most, `${values.join(",")}: cell ${index} must be ${least}`);
        }
      },
    ),
    { numRuns: 5000 },
  );
});

test("a withheld cell is no small one, and whoever knows that learns nothing more", () => {
  const shown = (values: readonly number[]) =>
    showColumn(values, "internal").rows.map(({ as }) => as);
  // Of six in two cells one is below five and the other is not: 1 and 5.
  assert.deepEqual(shown([1, 5, 40, 60]), ["small", "withheld", "withheld", "shown"]);
  // The smallest of the others is withheld: not above six, so the other is not below four.
  assert.deepEqual(shown([4, 6, 6, 40]), ["small", "withheld", "withheld", "shown"]);
});

// -- policy ---------------------------------------------------------------------------------------

test("who may open records sees exact figures; an observer sees stations by quarter", () => {
  assert.equal(audienceOf("community_officer"), "handler");
  assert.equal(audienceOf("campaign_office"), "internal");
  assert.equal(audienceOf("external_observer"), "public");
  assert.equal(audienceOf("sys_admin"), null);
  assert.equal(mayOpenRecords("campaign_office"), false);
  assert.equal(maySeeLevel("external_observer", "station"), true);
  assert.equal(maySeeLevel("external_observer", "beat"), false);
  assert.equal(maySeeLevel("campaign_office", "building"), false);
  assert.equal(maySeePeriod("external_observer", "month"), false);
  assert.equal(maySeePeriod("external_observer", "quarter"), true);
});
