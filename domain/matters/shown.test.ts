import assert from "node:assert/strict";
import { test } from "node:test";
import { eventsOf, evolve } from "./evolve.ts";
import {
  after,
  clockwork,
  colleague,
  feedbackCentre,
  HEARD_AT,
  leader,
  matter,
  officer,
  refusalOf,
} from "./fixtures.ts";
import { decideByResident, residentOf } from "./resident.ts";
import type { Matter, MatterCommand } from "./terms.ts";

const fixed = { type: "resolve", outcome: "rectified", text: "已清理" } as const;
const shown = { type: "show_place", photos: 1, atHome: false } as const;
const told = { type: "answer", mode: "phone", text: "已清理" } as const;
const called = (solved: "yes" | "partly" | "no"): MatterCommand => ({
  type: "call_back",
  mode: "phone",
  reached: true,
  solved,
  text: "",
});

const hazard = (changes: Parameters<typeof matter>[0] = {}): Matter =>
  matter({ kind: "hazard", subtype: "blocked_exit", ...changes });
const answered = (start = hazard()): Matter => after(start, [officer, fixed], [officer, told]);

function said(
  state: Matter,
  solved: "yes" | "no",
  photos: number | undefined,
  issuedBy: string | null = null,
) {
  const command = { type: "answer_callback", contacted: true, solved, satisfaction: 4 } as const;
  return decideByResident(
    state,
    { ...command, mayContact: false, photos, text: "" },
    issuedBy,
    clockwork(),
  );
}
function saying(state: Matter, solved: "yes" | "no", photos?: number): Matter {
  const decision = said(state, solved, photos);
  if (!decision.ok) throw new Error(decision.refusal.code);
  return eventsOf(decision.value, state.version, residentOf(state), HEARD_AT).reduce(evolve, state);
}

test("a photo of the place and the word of whoever reported it clear a hazard, in either order", () => {
  const first = after(answered(), [officer, shown], [feedbackCentre, called("yes")]);
  const last = after(answered(), [feedbackCentre, called("yes")], [officer, shown]);
  for (const cleared of [first, last]) {
    assert.deepEqual([cleared.outcome, cleared.clearedAt], ["cleared", HEARD_AT]);
    assert.deepEqual([cleared.hazard?.confirmedAt, cleared.hazard?.recheck], [HEARD_AT, null]);
    assert.ok(!cleared.clocks.some(({ purpose }) => purpose === "finish"));
    const closed = after(cleared, [feedbackCentre, { type: "close" }]);
    assert.deepEqual([closed.state, closed.outcome], ["closed", "cleared"]);
  }
});

test("neither does it alone, nor half a word", () => {
  const photo = after(answered(), [officer, shown]);
  const word = after(answered(), [feedbackCentre, called("yes")]);
  const half = after(photo, [feedbackCentre, called("partly")]);
  for (const open of [photo, word, half]) {
    assert.equal(open.outcome, "rectified");
    assert.equal(
      refusalOf(open, feedbackCentre, { type: "close", waiver: "not_sampled" }),
      "recheck-needed",
    );
  }
  // Whoever looked by himself clears it as before.
  const looked = { type: "recheck", cleared: true, text: "出口畅通" } as const;
  assert.equal(after(photo, [colleague, looked]).outcome, "cleared");
});

test("whoever holds the receipt shows the place and confirms it in one step", () => {
  const cleared = saying(answered(), "yes", 2);
  assert.deepEqual([cleared.state, cleared.outcome], ["called_back", "cleared"]);
  assert.equal(cleared.hazard?.shown?.photos, 2);
  assert.ok(!cleared.handlers.includes(residentOf(cleared)));
  assert.equal(saying(answered(), "yes").outcome, "rectified");
  assert.equal(saying(after(answered(), [officer, shown]), "yes").outcome, "cleared");
  assert.equal(saying(answered(), "no", 1).outcome, "rectified");
  // By a handler's own receipt nothing is confirmed.
  const own = said(answered(), "yes", 1, officer.memberId);
  assert.equal(!own.ok && own.refusal.code, "receipt-from-handler");
});

test("what an officer found himself is looked at by another officer, photo or not", () => {
  const found = hazard({ reporter: "officer", feedback: "none" });
  const shownToo = after(found, [officer, fixed], [officer, told], [officer, shown]);
  assert.equal(after(shownToo, [feedbackCentre, called("yes")]).outcome, "rectified");
});

test("photos belong to a claim: none before it, none in a home, three at most, and an old one proves nothing new", () => {
  assert.equal(refusalOf(hazard(), officer, shown), "wrong-state");
  assert.equal(refusalOf(answered(), colleague, shown), "not-responsible");
  assert.equal(refusalOf(answered(), officer, { ...shown, atHome: true }), "photo-out-of-place");
  const two = after(answered(), [leader, { ...shown, photos: 2 }]);
  assert.equal(refusalOf(two, officer, { ...shown, photos: 2 }), "too-many-photos");
  assert.equal(after(two, [officer, shown]).hazard?.shown?.photos, 3);
  assert.ok(two.handlers.includes(leader.memberId), "whoever shows it has a part in it");

  const failed = after(answered(), [officer, shown], [feedbackCentre, called("no")]);
  const again = after(failed, [
    feedbackCentre,
    { type: "reopen", reason: "not_solved", text: "又堵了" },
  ]);
  const later = { ...clockwork(), now: HEARD_AT + 1000 };
  const claimed = eventsOf(
    [{ type: "resolved", outcome: "rectified", reason: null, text: "再清" }],
    again.version,
    officer.memberId,
    later.now,
  ).reduce(evolve, again);
  const once = after(claimed, [officer, told], [feedbackCentre, called("yes")]);
  assert.equal(once.outcome, "rectified");
});

test("photos come with a hazard that is said to be put right, and with nothing else", () => {
  const opinion = after(
    matter({ kind: "opinion" }),
    [officer, { type: "resolve", outcome: "adopted", text: "已增加巡逻" }],
    [officer, told],
  );
  const refused = said(opinion, "yes", 1);
  assert.equal(!refused.ok && refused.refusal.code, "photo-out-of-place");
});
