import assert from "node:assert/strict";
import { test } from "node:test";
import {
  aPlan,
  AUXILIARY,
  BEAT,
  COMMUNITY,
  OFFICER,
  STATION,
} from "@wanjia/domain/campaigns/fixtures";
import {
  emptyPlan,
  formObstacle,
  freeCode,
  hasSworn,
  membersOfStation,
  planDays,
  stepOf,
  suggestTeams,
  targetTable,
  whyNotYet,
  withStations,
  type PlanFacts,
  type TeamMember,
} from "./view-model.ts";

const today = "2026-11-22";
const OTHER = "00000000-0000-4000-8000-000000000102";

const facts: PlanFacts = {
  today,
  stations: [{ id: STATION }, { id: OTHER }],
  beats: [{ id: BEAT, stationId: STATION }],
  communities: [{ id: COMMUNITY, stationId: STATION }],
  members: [
    { id: OFFICER, sworn: true },
    { id: AUXILIARY, sworn: false },
  ],
  forms: [
    {
      code: "form_household",
      version: 1,
      marks: { expiresOn: "2027-12-31" },
      placeKinds: ["dwelling_unit", "rural_house"],
    },
  ],
};

function member(id: string, changes: Partial<TeamMember> = {}): TeamMember {
  const posting = {
    role: "community_officer" as const,
    stationId: STATION,
    beatId: BEAT,
    validFrom: "2026-01-01",
    validTo: null,
  };
  return { id, name: id, sworn: true, active: true, postings: [posting], ...changes };
}

test("an empty plan lasts thirty days and is asked for its name first", () => {
  const plan = emptyPlan(today);
  assert.equal(planDays(plan), 30);
  const refusal = whyNotYet(plan, facts);
  assert.equal(refusal?.code, "name-missing");
  assert.equal(stepOf("name-missing"), "basics");
});

test("a whole plan may be opened", () => {
  assert.equal(whyNotYet(aPlan(), facts), null);
});

test("each thing that is missing leads to the step where it is mended", () => {
  const cases = [
    [{ stationIds: [] }, "scope"],
    [{ forms: [] }, "forms"],
    [{ teams: [] }, "teams"],
    [{ endsOn: "2026-10-01" }, "basics"],
    [{ leaflets: [{ code: "A", name: "x", nameEn: "x", stock: 1 }] }, "materials"],
  ] as const;
  for (const [changes, step] of cases) {
    const refusal = whyNotYet(aPlan(changes), facts);
    assert.equal(refusal && stepOf(refusal.code), step);
  }
});

test("a team of auxiliaries alone is seen before it is sent", () => {
  const [team] = aPlan().teams;
  assert.ok(team && hasSworn(team, facts.members));
  const alone = aPlan({ teams: [{ ...team, memberIds: [AUXILIARY] }] });
  assert.equal(whyNotYet(alone, facts)?.code, "auxiliary-alone");
  assert.equal(hasSworn({ memberIds: [AUXILIARY] }, facts.members), false);
});

test("a station that is left out takes its areas and teams along", () => {
  const plan = aPlan({
    target: { kinds: ["shop"], beatIds: [BEAT], communityIds: [COMMUNITY] },
  });
  const changed = withStations(plan, [OTHER], facts);
  assert.deepEqual(changed.target, { kinds: ["shop"], beatIds: [], communityIds: [] });
  assert.deepEqual(changed.teams, []);
  assert.deepEqual(withStations(plan, [STATION, OTHER], facts).teams, plan.teams);
});

test("suggested teams follow the beats and never lack a sworn officer", () => {
  const beats = [
    { id: BEAT, stationId: STATION, name: "东亭" },
    { id: "empty", stationId: STATION, name: "西亭" },
    { id: "elsewhere", stationId: OTHER, name: "南浦" },
  ];
  const auxiliary = member("aux", { sworn: false });
  const gone = member("gone", { active: false });
  const teams = suggestTeams(
    aPlan(),
    beats,
    [auxiliary, member("officer"), gone],
    today,
    () => "new",
  );
  assert.deepEqual(teams, [
    { id: "new", name: "东亭", stationId: STATION, memberIds: ["officer", "aux"] },
  ]);
});

test("whoever was posted elsewhere yesterday is not offered today", () => {
  const former = member("former");
  const ended = {
    ...former,
    postings: former.postings.map((posting) => ({ ...posting, validTo: today })),
  };
  assert.deepEqual(membersOfStation([ended], STATION, today), []);
});

test("a form that can't be chosen says why", () => {
  const [form] = facts.forms;
  assert.ok(form);
  assert.equal(formObstacle(form, aPlan()), null);
  assert.equal(formObstacle(form, aPlan({ endsOn: "2028-01-01" })), "expires_early");
  assert.equal(
    formObstacle(form, aPlan({ target: { kinds: ["shop"], beatIds: [], communityIds: [] } })),
    "unsuitable",
  );
});

test("a new item's code is free", () => {
  assert.equal(freeCode([]), "item_1");
  assert.equal(freeCode([{ code: "item_2" }]), "item_3");
});

test("targets add up by beat and by kind", () => {
  const table = targetTable([
    { stationId: "s", beatId: "b", kind: "shop", places: 2 },
    { stationId: "s", beatId: "b", kind: "dwelling_unit", places: 40 },
    { stationId: "s", beatId: null, kind: "shop", places: 1 },
  ]);
  assert.equal(table.total, 43);
  assert.deepEqual(
    table.lines.map((line) => line.total),
    [42, 1],
  );
  assert.deepEqual(table.kinds, ["shop", "dwelling_unit"]);
});
