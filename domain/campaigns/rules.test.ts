import assert from "node:assert/strict";
import { test } from "node:test";
import { startOfLocalDay } from "../shared/instant.ts";
import { aCampaign, aPlan, AUXILIARY, BEAT, CAMPAIGN, openingFacts, STATION } from "./fixtures.ts";
import { campaignsFor, close, draft, edit, open, setTeams } from "./rules.ts";
import type { CampaignPlan } from "./terms.ts";

const HOUR = 3_600_000;

function refusal(result: { ok: boolean; refusal?: { code: string } }): string | undefined {
  return result.ok ? undefined : result.refusal?.code;
}

test("a complete draft is opened", () => {
  const opened = open(aCampaign(), openingFacts());
  assert.ok(opened.ok);
  assert.equal(opened.value.state, "open");
  assert.equal(opened.value.version, 2);
});

const REFUSED_AT_OPENING: readonly (readonly [string, string, Partial<CampaignPlan>])[] = [
  ["a campaign without stations", "stations-missing", { stationIds: [] }],
  ["a station of nobody", "station-unknown", { stationIds: [BEAT] }],
  [
    "a campaign about no kind of place",
    "target-missing",
    { target: { kinds: [], communityIds: [], beatIds: [] } },
  ],
  [
    "an area outside the campaign's stations",
    "target-outside-stations",
    { target: { kinds: ["dwelling_unit"], communityIds: [], beatIds: [STATION] } },
  ],
  ["a campaign without forms", "forms-missing", { forms: [] }],
  ["an unknown form", "form-unknown", { forms: [{ code: "form_household", version: 9 }] }],
  ["a form that expires before the last day", "form-expires-early", { endsOn: "2028-01-31" }],
  [
    "a form for homes in a campaign about shops",
    "form-unsuitable",
    { target: { kinds: ["shop"], communityIds: [], beatIds: [] } },
  ],
  ["a campaign without teams", "teams-missing", { teams: [] }],
  [
    "a team of auxiliaries alone",
    "auxiliary-alone",
    { teams: [{ id: CAMPAIGN, name: "x", stationId: STATION, memberIds: [AUXILIARY] }] },
  ],
  [
    "a team without members",
    "team-empty",
    { teams: [{ id: CAMPAIGN, name: "x", stationId: STATION, memberIds: [] }] },
  ],
  [
    "a team of thirty-one",
    "team-too-large",
    {
      teams: [
        {
          id: CAMPAIGN,
          name: "x",
          stationId: STATION,
          memberIds: Array<string>(31).fill(AUXILIARY),
        },
      ],
    },
  ],
  [
    "a team of another station",
    "team-outside-stations",
    { teams: [{ id: CAMPAIGN, name: "x", stationId: BEAT, memberIds: [AUXILIARY] }] },
  ],
  [
    "a team with somebody unknown",
    "team-member-unknown",
    { teams: [{ id: CAMPAIGN, name: "x", stationId: STATION, memberIds: [STATION] }] },
  ],
  ["a period that is over", "period-over", { startsOn: "2026-09-01", endsOn: "2026-09-30" }],
];
for (const [what, code, changes] of REFUSED_AT_OPENING) {
  test(`${what} can't be opened`, () => {
    assert.equal(refusal(open(aCampaign(changes), openingFacts())), code);
  });
}

test("a draft must have a name and a period that runs forward", () => {
  assert.equal(refusal(draft(CAMPAIGN, aPlan({ name: " " }))), "name-missing");
  assert.equal(refusal(draft(CAMPAIGN, aPlan({ endsOn: "2026-10-31" }))), "period-reversed");
});

test("a campaign is over within a bounded time", () => {
  assert.equal(refusal(draft(CAMPAIGN, aPlan({ endsOn: "2099-12-31" }))), "period-too-long");
});

test("what is open is not opened again, and what is closed gets no other teams", () => {
  const opened = open(aCampaign(), openingFacts());
  assert.ok(opened.ok);
  assert.equal(refusal(open(opened.value, openingFacts())), "campaign-not-draft");
  const closed = aCampaign({ state: "closed" });
  assert.equal(refusal(setTeams(closed, closed.teams, openingFacts())), "campaign-not-open");
});

test("phases lie within the period", () => {
  const phase = { name: "准备", nameEn: "", startsOn: "2026-10-30", endsOn: "2026-11-02" };
  assert.equal(refusal(draft(CAMPAIGN, aPlan({ phases: [phase] }))), "phase-outside-period");
  const back = { ...phase, startsOn: "2026-11-08", endsOn: "2026-11-05" };
  assert.equal(refusal(draft(CAMPAIGN, aPlan({ phases: [back] }))), "period-reversed");
});

test("leaflets are named once and counted in whole numbers", () => {
  const item = { code: "anti_fraud", name: "反诈", nameEn: "", stock: 10 };
  assert.equal(refusal(draft(CAMPAIGN, aPlan({ leaflets: [item, item] }))), "stock-repeated");
  assert.equal(
    refusal(draft(CAMPAIGN, aPlan({ leaflets: [{ ...item, stock: 1.5 }] }))),
    "stock-invalid",
  );
});

test("a draft that somebody else changed meanwhile is not overwritten", () => {
  const first = edit(aCampaign(), aPlan({ aim: "一" }), 1);
  assert.ok(first.ok);
  assert.equal(refusal(edit(first.value, aPlan({ aim: "二" }), 1)), "campaign-changed");
});

test("an open campaign is no longer edited, but its teams may change", () => {
  const opened = open(aCampaign(), openingFacts());
  assert.ok(opened.ok);
  assert.equal(refusal(edit(opened.value, aPlan(), 2)), "campaign-not-draft");
  assert.ok(setTeams(opened.value, opened.value.teams, openingFacts()).ok);
  assert.equal(refusal(setTeams(opened.value, [], openingFacts())), "teams-missing");
});

test("closing early makes today the last day", () => {
  const closed = close(aCampaign({ state: "open" }), "2026-11-12");
  assert.ok(closed.ok);
  assert.equal(closed.value.endsOn, "2026-11-12");
  assert.equal(refusal(close(closed.value, "2026-11-13")), "campaign-not-open");
});

const HOME = { kind: "dwelling_unit", stationId: STATION, beatId: BEAT, communityId: null };

test("a visit counts once for each campaign that is about its place at its time", () => {
  const at = startOfLocalDay("2026-11-30") + 23 * HOUR;
  const a = aCampaign({ state: "open" });
  const b = aCampaign({ id: BEAT, state: "closed" });
  const c = aCampaign({ id: STATION, state: "draft" });
  assert.deepEqual(campaignsFor(HOME, at, [a, b, c]), [BEAT, CAMPAIGN]);
  assert.deepEqual(campaignsFor(HOME, at + HOUR, [a, b, c]), [], "the day after the last");
  assert.deepEqual(campaignsFor({ ...HOME, kind: "shop" }, at, [a]), []);
  assert.deepEqual(campaignsFor({ ...HOME, stationId: BEAT }, at, [a]), []);
});

test("a campaign about one beat does not count visits elsewhere", () => {
  const at = startOfLocalDay("2026-11-10");
  const one = aCampaign({
    state: "open",
    target: { kinds: ["dwelling_unit"], communityIds: [], beatIds: [BEAT] },
  });
  assert.deepEqual(campaignsFor(HOME, at, [one]), [CAMPAIGN]);
  assert.deepEqual(campaignsFor({ ...HOME, beatId: null }, at, [one]), []);
});
