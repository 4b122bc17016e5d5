import assert from "node:assert/strict";
import { test } from "node:test";
import {
  englishNames,
  lastDay,
  liaisonGaps,
  linkCandidates,
  nameIndex,
  postingState,
  seatFields,
  sortPostings,
} from "./view-model.ts";

const today = "2026-11-22";

function posting(validFrom: string, validTo: string | null = null, beatId: string | null = "b1") {
  return { validFrom, validTo, beatId, stationId: "s1" };
}

test("a posting ends before its first day without it", () => {
  assert.equal(postingState(posting("2026-01-01", today), today), "past");
  assert.equal(postingState(posting("2026-01-01", "2026-11-23"), today), "current");
  assert.equal(postingState(posting("2026-11-23"), today), "future");
  assert.equal(lastDay(posting("2026-01-01", "2026-11-23")), "2026-11-22");
  assert.equal(lastDay(posting("2026-01-01")), null);
});

test("current postings stand before those to come and those gone by", () => {
  const past = posting("2024-01-01", "2025-01-01");
  const current = posting("2025-01-01");
  const future = posting("2027-01-01");
  assert.deepEqual(sortPostings([past, future, current], today), [current, future, past]);
});

test("an officer's posting asks for a beat, a leader's for a station, an inspector's for neither", () => {
  assert.deepEqual(seatFields("community_officer"), { station: true, beat: true, partner: false });
  assert.deepEqual(seatFields("station_leader"), { station: true, beat: false, partner: false });
  assert.deepEqual(seatFields("inspectorate"), { station: false, beat: false, partner: false });
  assert.deepEqual(seatFields(undefined), { station: false, beat: false, partner: false });
});

test("an unknown unit is shown by nothing, an English name only in English", () => {
  const units = [{ id: "s1", name: "城东所", nameEn: "East" }];
  assert.equal(nameIndex(units, true)("s1"), "East");
  assert.equal(nameIndex(units, false)("s1"), "城东所");
  assert.equal(nameIndex(units, false)("s2"), "");
  assert.equal(nameIndex(units, false)(null), "");
});

test("a station that a record names by its full or its short name is read in English", () => {
  const units = [{ id: "s1", name: "城东派出所", shortName: "城东所", nameEn: "East Station" }];
  assert.equal(englishNames(units, true)("城东派出所"), "East Station");
  assert.equal(englishNames(units, true)("城东所"), "East Station");
  assert.equal(englishNames(units, true)("物业公司"), "物业公司");
  assert.equal(englishNames(units, true)(null), null);
  assert.equal(englishNames(units, false)("城东所"), "城东所");
});

test("a community's own beat offers its officers first, and no auxiliary is offered", () => {
  const member = (id: string, over: object) => ({
    id,
    name: id,
    number: id,
    sworn: true,
    active: true,
    postings: [posting("2026-01-01")],
    ...over,
  });
  const members = [
    member("station", { postings: [posting("2026-01-01", null, null)] }),
    member("elsewhere", { postings: [{ ...posting("2026-01-01", null, null), stationId: "s2" }] }),
    member("auxiliary", { sworn: false }),
    member("left", { active: false }),
    member("former", { postings: [posting("2025-01-01", "2026-01-01")] }),
    member("beat", {}),
  ];
  assert.deepEqual(
    linkCandidates(members, { stationId: "s1", beatId: "b1" }, today).map(({ id }) => id),
    ["beat", "station"],
  );
});

test("a gap is a community without an officer", () => {
  assert.equal(liaisonGaps([{ liaison: null }, { liaison: {} }]).length, 1);
});
