import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  HAZARD_STANDINGS,
  MATTER_KINDS,
  MATTER_SUBTYPES,
  type MatterKind,
} from "../matters/terms.ts";
import {
  covers,
  gapsOf,
  mayBeSwitchedOn,
  ruleFor,
  sameTarget,
  takeOut,
  tieOf,
  tryOn,
  weightOf,
  writeRule,
} from "./rules.ts";
import {
  ROUTING_LIMITS,
  type RoutedMatter,
  type RoutingConditions,
  type RoutingRule,
  type RoutingRuleDraft,
  type RoutingTarget,
} from "./terms.ts";

const ANY: RoutingConditions = {
  kind: null,
  subtype: null,
  grade: null,
  placeKind: null,
  stationId: null,
  communityId: null,
};
const STATION: RoutingTarget = { to: "station", id: null };
const GAS: RoutingTarget = { to: "partner", id: "gas" };
const PROPERTY: RoutingTarget = { to: "partner", id: "property" };

function draft(
  when: Partial<RoutingConditions>,
  target: RoutingTarget,
  number: number | null = null,
): RoutingRuleDraft {
  return { number, when: { ...ANY, ...when }, target, basis: "" };
}

/** A table of rules that were accepted one after another. */
function table(...drafts: readonly RoutingRuleDraft[]): readonly RoutingRule[] {
  return drafts.reduce<readonly RoutingRule[]>((rules, one) => {
    const written = writeRule(rules, one);
    assert.ok(written.ok, JSON.stringify(written));
    return written.value;
  }, []);
}

test("a table has an end", () => {
  const [one] = table(draft({ kind: "opinion" }, STATION));
  assert.ok(one !== undefined);
  const full = Array<RoutingRule>(ROUTING_LIMITS.rules).fill(one);
  const more = writeRule(full, draft({ kind: "hazard" }, STATION));
  assert.equal(more.ok ? null : more.refusal.code, "routing-too-many");
});

const LAMP: RoutedMatter = {
  kind: "hazard",
  subtype: "unlit_path",
  grade: "ordinary",
  placeKind: "dwelling_unit",
  stationId: "s1",
  communityId: "c1",
};
const HERE = { stationId: "s1", communityId: "c1" } as const;
const SMELL = { ...LAMP, subtype: "gas_smell" };

test("the rule that says more wins over the one that says less, whichever was written first", () => {
  const rules = table(
    draft({ kind: "hazard", subtype: "gas_smell" }, GAS),
    draft({ kind: "hazard" }, STATION),
    draft({ kind: "hazard", ...HERE }, PROPERTY),
  );
  const to = (matter: RoutedMatter) => ruleFor(rules, matter)?.target;
  assert.deepEqual(to(LAMP), PROPERTY);
  assert.deepEqual(to({ ...LAMP, communityId: "c2" }), STATION);
  assert.deepEqual(to({ ...SMELL, communityId: null }), GAS);
  assert.deepEqual(to({ ...LAMP, kind: "opinion", subtype: "patrol", grade: null }), undefined);
});

test("two rules that say equally much of one matter are refused, until a third settles it", () => {
  const rules = table(draft({ kind: "hazard", subtype: "gas_smell", grade: "ordinary" }, GAS));
  const tied = writeRule(rules, draft({ kind: "hazard", ...HERE }, PROPERTY));
  assert.ok(!tied.ok);
  assert.deepEqual(tied.refusal, { code: "routing-tie", params: { one: 1, other: 2 } });
  assert.ok(writeRule(rules, draft({ kind: "hazard", ...HERE }, GAS)).ok, "both name the same");
  const settled = table(
    draft({ kind: "hazard", subtype: "gas_smell", grade: "ordinary" }, GAS),
    draft({ kind: "hazard", subtype: "gas_smell", grade: "ordinary", ...HERE }, PROPERTY),
    draft({ kind: "hazard", ...HERE }, PROPERTY),
  );
  assert.equal(ruleFor(settled, SMELL)?.number, 2);
  const bare = takeOut(settled, 2);
  assert.equal(!bare.ok && bare.refusal.code, "routing-tie", "what settles it stays");
  const twice = writeRule(settled, draft({ kind: "hazard", ...HERE }, PROPERTY));
  assert.equal(!twice.ok && twice.refusal.code, "routing-tie", "the same is not said twice");
});

test("a rule that fits no matter is refused, and so is a number that isn't there", () => {
  const codes = [
    draft({ subtype: "gas_smell" }, GAS),
    draft({ kind: "opinion", subtype: "gas_smell" }, GAS),
    draft({ kind: "dispute", grade: "major" }, GAS),
    draft({ communityId: "c1" }, GAS),
    draft({ kind: "hazard" }, GAS, 7),
    { ...draft({ kind: "hazard" }, GAS), basis: "法".repeat(101) },
  ].map((one) => {
    const written = writeRule([], one);
    return written.ok ? "accepted" : written.refusal.code;
  });
  assert.deepEqual(codes, [
    ...Array.from({ length: 4 }, () => "routing-mismatch"),
    "routing-rule-unknown",
    "routing-basis-long",
  ]);
});

test("what no rule covers everywhere is named", () => {
  const rules = table(
    draft({ kind: "hazard" }, STATION),
    draft({ kind: "opinion", subtype: "traffic" }, GAS),
    draft({ kind: "dispute", ...HERE }, PROPERTY),
  );
  const gaps = new Map(gapsOf(rules).map(({ kind, subtypes }) => [kind, subtypes]));
  assert.equal(gaps.has("hazard"), false);
  assert.equal(gaps.get("opinion")?.includes("traffic"), false);
  assert.equal(gaps.get("opinion")?.includes("patrol"), true);
  assert.equal(gaps.get("dispute")?.length, MATTER_SUBTYPES.dispute.length, "elsewhere");
});

test("a table is switched on as it was tried, with everybody there whom it names", () => {
  const rules = table(draft({ kind: "hazard" }, GAS));
  const code = (one: Parameters<typeof mayBeSwitchedOn>[0], there = true) => {
    const result = mayBeSwitchedOn(one, () => there);
    return result.ok ? "on" : result.refusal.code;
  };
  assert.equal(code({ rules: [], revision: 1, triedRevision: 1 }), "routing-empty");
  assert.equal(code({ rules, revision: 2, triedRevision: null }), "routing-untried");
  assert.equal(code({ rules, revision: 2, triedRevision: 1 }), "routing-untried");
  assert.equal(code({ rules, revision: 2, triedRevision: 2 }, false), "routing-target-gone");
  assert.equal(code({ rules, revision: 2, triedRevision: 2 }), "on");
});

// -- any table, any matter ------------------------------------------------------------------------

const STATIONS = { c1: "s1", c2: "s1", c3: "s2" } as const;
const kinds = fc.constantFrom<MatterKind>(...MATTER_KINDS);
const subtypes = (kind: MatterKind) => fc.constantFrom(...MATTER_SUBTYPES[kind].slice(0, 2));
const communities = fc.constantFrom(...(Object.keys(STATIONS) as (keyof typeof STATIONS)[]));
const placeKinds = fc.constantFrom("dwelling_unit", "shop");
const standing = fc.constantFrom(...HAZARD_STANDINGS);

const matters: fc.Arbitrary<RoutedMatter> = fc
  .record({ kind: kinds, placeKind: placeKinds, community: communities })
  .chain(({ kind, placeKind, community }) =>
    fc.record({
      kind: fc.constant(kind),
      subtype: subtypes(kind),
      grade: kind === "hazard" ? standing : fc.constant(null),
      placeKind: fc.constant(placeKind as RoutedMatter["placeKind"]),
      stationId: fc.constant(STATIONS[community]),
      communityId: fc.option(fc.constant(community)),
    }),
  );

/** Rules are blurred matters: some of what one is, and nothing else. */
const drafts: fc.Arbitrary<RoutingRuleDraft> = fc
  .record({
    matter: matters,
    keep: fc.record({
      kind: fc.boolean(),
      subtype: fc.boolean(),
      grade: fc.boolean(),
      placeKind: fc.boolean(),
      stationId: fc.boolean(),
      communityId: fc.boolean(),
    }),
    target: fc.constantFrom(STATION, GAS, PROPERTY),
  })
  .map(({ matter, keep, target }) =>
    draft(
      {
        kind: keep.kind ? matter.kind : null,
        subtype: keep.kind && keep.subtype ? (matter.subtype as never) : null,
        grade: keep.kind && keep.grade ? matter.grade : null,
        placeKind: keep.placeKind ? matter.placeKind : null,
        stationId: keep.stationId ? matter.stationId : null,
        communityId: keep.stationId && keep.communityId ? matter.communityId : null,
      },
      target,
    ),
  );
/** Whatever of a heap of rules is accepted one by one, and some of it taken out again. */
const tables = fc.tuple(fc.array(drafts, { maxLength: 14 }), fc.nat(14)).map(([some, out]) => {
  const written = some.reduce<readonly RoutingRule[]>((rules, one) => {
    const next = writeRule(rules, one);
    return next.ok ? next.value : rules;
  }, []);
  const left = takeOut(written, out);
  return left.ok ? left.value : written;
});

test("in any table that was accepted, every matter goes to one body, in whatever order its rules stand", () => {
  fc.assert(
    fc.property(tables, matters, fc.infiniteStream(fc.nat()), (rules, matter, random) => {
      assert.equal(tieOf(rules), null);
      const rule = ruleFor(rules, matter);
      const candidates = rules.filter(({ when }) => covers(when, matter));
      assert.equal(rule === null, candidates.length === 0, "a gap only where no rule covers it");
      if (rule === null) return;
      for (const one of candidates) {
        assert.ok(weightOf(one.when) <= weightOf(rule.when));
        if (weightOf(one.when) < weightOf(rule.when)) continue;
        assert.ok(sameTarget(one.target, rule.target), `${one.number} against ${rule.number}`);
      }
      const shuffled = rules
        .map((one) => ({ one, key: random.next().value as number }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ one }) => one);
      const again = ruleFor(shuffled, matter);
      assert.ok(again !== null && sameTarget(again.target, rule.target));
    }),
    { numRuns: 400 },
  );
});

test("a kind that is no gap is covered at every place, and a trial counts each matter once", () => {
  fc.assert(
    fc.property(tables, fc.array(matters, { maxLength: 8 }), (rules, some) => {
      const gaps = new Map(gapsOf(rules).map(({ kind, subtypes: missing }) => [kind, missing]));
      for (const matter of some) {
        if (gaps.get(matter.kind)?.includes(matter.subtype) === true) continue;
        assert.notEqual(ruleFor(rules, matter), null);
      }
      const { tally, tried } = tryOn(
        rules,
        some.map((matter) => ({ ...matter, went: STATION })),
      );
      const counted = Object.values(tally).reduce((sum, one) => sum + one, 0);
      assert.deepEqual([counted, tried.length, tally.undecided], [some.length, some.length, 0]);
    }),
    { numRuns: 200 },
  );
});
