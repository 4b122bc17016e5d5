import assert from "node:assert/strict";
import { test } from "node:test";
import { countsOf, planSituation } from "./fixtures.ts";
import { cityRates } from "./rates.ts";
import { type DayWalk, settle, type TeamDay } from "./settle.ts";
import { beginsAt } from "./settling.ts";
import { planUnit } from "./unit.ts";

/** A team's day as it was planned. */
function aTeamDay(): { of: TeamDay; walks: readonly [DayWalk, DayWalk] } {
  const situation = planSituation({ day: 3 });
  const counts = countsOf(situation);
  const { plan, beliefs } = planUnit(
    cityRates(counts),
    { situation, counts },
    { kept: [], refused: [] },
  );
  const walks = plan.walks.map((walk, i): DayWalk => ({
    id: `w${i}`,
    state: "planned",
    reason: null,
    pinned: false,
    walk,
  }));
  const [first, second] = walks;
  assert.ok(first !== undefined && second !== undefined);
  return {
    of: { situation, beliefs, coverage: [], walks, elsewhere: new Set() },
    walks: [first, second],
  };
}

/** Somebody knocked at the walk's last door yesterday. */
function triedYesterday(of: TeamDay, { walk: { stops } }: DayWalk): TeamDay {
  const tried = stops.at(-1)?.doorId;
  const { situation } = of;
  const buildings = situation.buildings.map((building) => ({
    ...building,
    doors: building.doors.map((door) =>
      door.id === tried ? { ...door, lastTried: situation.day - 1 } : door,
    ),
  }));
  return { ...of, situation: { ...situation, buildings } };
}

test("a walk that breaks a rule by now isn't pinned, and the rule is named; letting go is never refused", () => {
  const { of, walks } = aTeamDay();
  const [walk, other] = walks;
  const pin = { kind: "pin", pinned: true } as const;
  assert.equal(settle(of, walk, pin).ok, true);
  const now = triedYesterday(of, walk);
  assert.deepEqual(settle(now, walk, pin), { ok: false, refusal: { code: "too-soon-again" } });
  assert.equal(settle(now, other, pin).ok, true, "the other walk breaks nothing");
  const shorter = {
    ...of,
    situation: {
      ...of.situation,
      blocks: of.situation.blocks.map((block) => ({ ...block, to: block.to - 60 })),
    },
  };
  assert.deepEqual(settle(shorter, walk, pin), { ok: false, refusal: { code: "not-on-roster" } });
  const settled = settle(now, { ...walk, pinned: true }, { kind: "pin", pinned: false });
  assert.equal(settled.ok && settled.value.pinned, false);
});

test("a walk is refused, taken up again and put in another order, each only where it stands so", () => {
  const { of, walks } = aTeamDay();
  const [walk, other] = walks;
  const codeOf = (answer: ReturnType<typeof settle>) => (answer.ok ? null : answer.refusal.code);
  const refused = settle(of, walk, { kind: "refuse", reason: "other" });
  assert.ok(refused.ok);
  assert.equal(codeOf(settle(of, walk, { kind: "restore" })), "walk-wrong-state");
  const refuseAgain = settle(of, refused.value, { kind: "refuse", reason: "other" });
  assert.equal(codeOf(refuseAgain), "walk-wrong-state");
  const pinned = { ...walk, pinned: true };
  assert.equal(codeOf(settle(of, pinned, { kind: "pin", pinned: true })), "walk-wrong-state");
  const some = { kind: "reorder", buildings: [] } as const;
  assert.equal(codeOf(settle(of, walk, some)), "walk-order-incomplete");

  const doors = new Set(walk.walk.stops.map(({ doorId }) => doorId));
  const gone = { ...of, walks: [refused.value, other], elsewhere: doors };
  assert.equal(codeOf(settle(gone, refused.value, { kind: "restore" })), "walk-taken-over");
});

test("a walk in the later hours of its block begins at its first door, any other with its block", () => {
  assert.equal(beginsAt(18 * 60, 19 * 60 + 40.4), 19 * 60 + 40);
  assert.equal(beginsAt(18 * 60, 18 * 60 + 9), 18 * 60, "the way there is part of the work");
  assert.equal(beginsAt(18 * 60, undefined), 18 * 60);
});
