import assert from "node:assert/strict";
import { test } from "node:test";
import { ROLES } from "../organisation/terms.ts";
import { mayCampaign, mayPlanFor } from "./policy.ts";

test("the campaign office alone opens and closes campaigns", () => {
  for (const action of ["open", "close"] as const) {
    assert.deepEqual(
      ROLES.filter((role) => mayCampaign(role, action)),
      ["campaign_office"],
    );
  }
});

test("a station leader plans for his own stations, the campaign office for all", () => {
  const leader = { role: "station_leader", stationIds: ["a"] } as const;
  assert.equal(mayPlanFor(leader, ["a"]), true);
  assert.equal(mayPlanFor(leader, ["a", "b"]), false);
  assert.equal(mayPlanFor(leader, []), false);
  assert.equal(mayPlanFor({ role: "campaign_office", stationIds: [] }, ["a", "b"]), true);
});
