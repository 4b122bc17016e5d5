import assert from "node:assert/strict";
import { test } from "node:test";
import { type Role, ROLES } from "@wanjia/domain/organisation/terms";
import { areaOf, areas, areasFor, homeOf } from "./areas.ts";

const OFFICER =
  "today board campaigns visits appointments matters answers mediations property places organisation clock_rules routing devices rechecks";
const OFFICE = "board campaigns report_card places organisation devices";

/** What each role finds at the desk: every part answers it, and no part refuses it. */
const SHOWN: Readonly<Record<Role, string>> = {
  community_officer:
    "today board campaigns visits appointments matters answers mediations property listings places plates organisation clock_rules routing devices rechecks",
  seconded_officer: OFFICER,
  auxiliary: OFFICER.replace(" answers mediations property", "").replace(" routing", ""),
  station_leader:
    "today board campaigns visits appointments matters days answers mediations property listings report_card bulletins places plates organisation clock_rules routing devices rechecks",
  feedback_centre:
    "today board campaigns appointments matters days answers mediations listings report_card bulletins places organisation clock_rules routing devices complaints rechecks data_requests",
  business_unit: "today campaigns matters clock_rules routing tips",
  inspectorate:
    "today board campaigns visits matters days listings report_card places organisation clock_rules routing devices complaints rechecks data_requests",
  legal_unit: "board campaigns report_card places organisation clock_rules routing devices",
  dpo: `today ${OFFICE} data_requests`,
  campaign_office:
    "board campaigns visits appointments listings report_card places plates imports organisation devices",
  security_admin: "organisation devices tips",
  sys_admin: "organisation clock_rules routing devices tips",
  auditor: "audit",
  external_observer: "board report_card",
  grid_worker: "places organisation devices",
  mediator: "today mediations",
  volunteer: "",
  partner: "today referrals",
};

for (const role of ROLES) {
  test(`the desk of ${role}`, () => {
    assert.equal(
      areasFor(role)
        .map(({ key }) => key)
        .join(" "),
      SHOWN[role],
    );
  });
}

test("shortcuts and paths are each used once", () => {
  assert.equal(new Set(areas.map((area) => area.shortcut)).size, areas.length);
  assert.equal(new Set(areas.map((area) => area.path)).size, areas.length);
});

test("an address belongs to its area, however deep", () => {
  assert.equal(areaOf("/visits/abc/doors")?.key, "visits");
  assert.equal(areaOf("/visitsabc"), undefined);
});

test("the desk opens at the first thing the role may see", () => {
  assert.equal(homeOf("station_leader"), "/today");
  assert.equal(homeOf("auditor"), "/audit");
});
