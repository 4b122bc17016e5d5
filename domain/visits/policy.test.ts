import assert from "node:assert/strict";
import { test } from "node:test";
import { ROLES } from "../organisation/terms.ts";
import {
  LISTED_OUTCOMES,
  listedAs,
  maySeeOutcome,
  mayVisit,
  OUTCOMES_LISTED_AS,
} from "./policy.ts";
import { OUTCOMES } from "./terms.ts";

test("refusals, wishes and empty homes read like a door where nobody answered", () => {
  for (const outcome of [
    "refused",
    "asked_not_to_visit",
    "vacant_observed",
    "no_answer",
  ] as const) {
    assert.equal(listedAs(outcome), "not_met");
  }
});

test("every outcome is listed as exactly one", () => {
  const all = LISTED_OUTCOMES.flatMap((listed) => OUTCOMES_LISTED_AS[listed]);
  assert.deepEqual([...all].sort(), [...OUTCOMES].sort());
});

test("only who was there sees exactly what came of a visit", () => {
  const visit = { memberId: "a", team: ["a", "b"] };
  assert.deepEqual(
    ["a", "b", "c"].map((member) => maySeeOutcome(member, visit)),
    [true, true, false],
  );
});

test("administrators, auditors and observers have no part in visits", () => {
  for (const role of [
    "sys_admin",
    "security_admin",
    "auditor",
    "external_observer",
    "volunteer",
    "grid_worker",
  ] as const) {
    for (const action of [
      "record",
      "list",
      "see",
      "export",
      "see_doors",
      "see_occupancy",
    ] as const) {
      assert.equal(mayVisit(role, action), false, `${role} ${action}`);
    }
  }
});

test("how a home is used is for the beat's community officer alone; an auxiliary exports nothing", () => {
  const readers = ROLES.filter((role) => mayVisit(role, "see_occupancy"));
  assert.deepEqual(readers, ["community_officer"]);
  assert.equal(mayVisit("auxiliary", "export"), false);
});
