import assert from "node:assert/strict";
import { test } from "node:test";
import { isValidOn, post, reachOn, seatsLeft } from "./rules.ts";
import type { Posting } from "./terms.ts";

const officer: Posting = {
  id: "p1",
  memberId: "m1",
  role: "community_officer",
  stationId: "s1",
  beatId: "b1",
  partnerId: null,
  validFrom: "2026-01-01",
  validTo: null,
};
const sworn = { sworn: true };
const beat = { stationId: "s1" };

test("an auxiliary can't hold an officer's post", () => {
  assert.equal(post(officer, { sworn: false }, beat, []).ok, false);
  assert.equal(post({ ...officer, role: "auxiliary" }, { sworn: false }, beat, []).ok, true);
});

test("an officer's post needs a beat of its own station", () => {
  assert.deepEqual(post({ ...officer, beatId: null }, sworn, null, []), {
    ok: false,
    refusal: { code: "seat-missing", params: { seat: "beat" } },
  });
  const elsewhere = post(officer, sworn, { stationId: "s2" }, []);
  assert.equal(!elsewhere.ok && elsewhere.refusal.code, "beat-of-another-station");
});

test("each post has its seat and no other, and ends after it begins", () => {
  const code = (posting: Partial<Posting>, beatOf: { stationId: string } | null = null) => {
    const answer = post({ ...officer, ...posting }, sworn, beatOf, []);
    return answer.ok ? null : answer.refusal.code;
  };
  const partner = { role: "partner", stationId: null, beatId: null, partnerId: "k1" } as const;
  assert.equal(code(partner), null);
  assert.equal(code({ ...partner, partnerId: null }), "seat-missing");
  assert.equal(code({ partnerId: "k1" }, beat), "seat-missing");
  assert.equal(code({ ...partner, stationId: "s1" }), "seat-missing");
  assert.equal(code({ role: "station_leader", stationId: null, beatId: null }), "seat-missing");
  assert.equal(code({ validTo: officer.validFrom }, beat), "ends-before-it-begins");
});

test("the same post can't be held twice in the same days, but again later", () => {
  const ended = { ...officer, validTo: "2026-06-01" };
  const again = { ...officer, id: "p2", validFrom: "2026-06-01" };
  assert.equal(post(again, sworn, beat, [ended]).ok, true);
  const overlapping = post({ ...again, validFrom: "2026-05-31" }, sworn, beat, [ended]);
  assert.equal(!overlapping.ok && overlapping.refusal.code, "postings-overlap");
  assert.equal(post({ ...again, beatId: "b2" }, sworn, beat, [officer]).ok, true, "a second beat");
});

test("a posting is valid from its first day to the day before its end", () => {
  const posting = { ...officer, validTo: "2026-06-01" };
  assert.deepEqual(
    ["2025-12-31", "2026-01-01", "2026-05-31", "2026-06-01"].map((day) => isValidOn(posting, day)),
    [false, true, true, false],
  );
});

test("an officer of two beats sees both; a leader sees the station; nobody sees by a past post", () => {
  const second = { ...officer, id: "p2", beatId: "b2" };
  assert.deepEqual(reachOn([officer, second], "2026-02-01"), {
    role: "community_officer",
    scope: "beat",
    stationIds: ["s1"],
    beatIds: ["b1", "b2"],
  });
  const leader: Posting = { ...officer, id: "p3", role: "station_leader", beatId: null };
  assert.deepEqual(reachOn([officer, leader], "2026-02-01"), {
    role: "station_leader",
    scope: "station",
    stationIds: ["s1"],
    beatIds: [],
  });
  assert.equal(reachOn([{ ...officer, validTo: "2026-01-02" }], "2026-02-01"), null);
});

test("a partner stands for one body, and works for nobody inside", () => {
  const partner: Posting = {
    ...officer,
    role: "partner",
    stationId: null,
    beatId: null,
    partnerId: "k1",
  };
  assert.equal(post(partner, { sworn: false }, null, []).ok, true);
  const seatMissing = { ok: false, refusal: { code: "seat-missing", params: { seat: "partner" } } };
  assert.deepEqual(post({ ...partner, partnerId: null }, sworn, null, []), seatMissing);
  assert.deepEqual(post({ ...partner, stationId: "s1" }, sworn, null, []), seatMissing);
  assert.equal(post({ ...officer, partnerId: "k1" }, sworn, beat, []).ok, false);
  assert.deepEqual(post(partner, sworn, null, [officer]), {
    ok: false,
    refusal: { code: "postings-overlap" },
  });
  assert.equal(reachOn([partner], "2026-11-02")?.partnerId, "k1");
});

test("an officer posted elsewhere may send what his phone recorded where he was, for thirty days", () => {
  const before = { ...officer, validTo: "2026-06-01" };
  const now = { ...officer, id: "p2", beatId: "b2", stationId: "s2", validFrom: "2026-06-01" };
  const left = { stationIds: ["s1"], beatIds: ["b1"] };
  assert.deepEqual(seatsLeft([before, now], "2026-06-01"), left);
  assert.deepEqual(seatsLeft([before, now], "2026-06-30"), left);
  assert.equal(seatsLeft([before, now], "2026-07-01"), null, "a month later no more");
  assert.equal(seatsLeft([before, now], "2026-05-31"), null, "not left yet");
  assert.equal(seatsLeft([before], "2026-06-01"), null, "nobody's officer sends nothing");
  const leader: Posting = { ...now, role: "station_leader", beatId: null };
  assert.equal(seatsLeft([before, leader], "2026-06-01"), null);
});
