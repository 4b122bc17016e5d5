import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DAY_MS, startOfLocalDay } from "../shared/instant.ts";
import { type DataRequest, decideRequest, kindsFor, mayAskFor, requestCounts } from "./requests.ts";
import { DATA_DECISIONS, DATA_REQUEST_KINDS, REQUEST_LIMITS } from "./terms.ts";

const NOW = startOfLocalDay("2026-11-10");
const waiting: DataRequest = {
  id: "r",
  version: 1,
  kind: "deletion",
  handledBy: "dpo",
  receivedAt: NOW,
  dueAt: NOW + 21 * DAY_MS,
  decidedAt: null,
  decision: null,
};

function codeOf(answer: ReturnType<typeof decideRequest> | ReturnType<typeof mayAskFor>) {
  return answer.ok ? null : answer.refusal.code;
}

test("one may ask again once one was answered, and never of what is sealed", () => {
  assert.equal(codeOf(mayAskFor("deletion", "删掉电话", "matter", [])), null);
  assert.equal(codeOf(mayAskFor("deletion", "删掉电话", "matter", [waiting])), "request-open");
  assert.equal(codeOf(mayAskFor("correction", "门号写错了", "matter", [waiting])), null);
  const told = { ...waiting, decidedAt: NOW };
  assert.equal(codeOf(mayAskFor("deletion", "还是要删", "matter", [told])), null);
  assert.equal(codeOf(mayAskFor("copy", " ", "matter", [])), "request-text-missing");
  assert.deepEqual(kindsFor("tip"), []);
  for (const kind of DATA_REQUEST_KINDS) {
    assert.equal(codeOf(mayAskFor(kind, "看看", "tip", [])), "request-not-here");
  }
});

test("what is asked and what is answered have an end, and an answer is to what was read", () => {
  const long = "长".repeat(REQUEST_LIMITS.textLength + 1);
  assert.equal(codeOf(mayAskFor("copy", long, "matter", [])), "request-text-too-long");
  const decide = (answer: string, version = 1) =>
    codeOf(decideRequest(waiting, "granted", answer, version, NOW));
  assert.equal(decide("已删除。"), null);
  assert.equal(decide("已删除。", 2), "stale-version");
  assert.equal(decide("长".repeat(REQUEST_LIMITS.answerLength + 1)), "decision-text-too-long");
});

test("whatever is tried in whatever order, a request is decided once, with reasons", () => {
  const tries = fc.array(
    fc.record({
      decision: fc.constantFrom(...DATA_DECISIONS),
      answer: fc.constantFrom("", "  ", "已删除电话。", "x".repeat(1001)),
      version: fc.integer({ min: 0, max: 3 }),
      at: fc.integer({ min: 0, max: 60 }),
    }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(tries, (all) => {
      let request = waiting;
      let decisions = 0;
      for (const { decision, answer, version, at } of all) {
        const taken = decideRequest(request, decision, answer, version, NOW + at * DAY_MS);
        if (!taken.ok) continue;
        decisions += 1;
        assert.ok(answer.trim() !== "");
        assert.equal(taken.value.version, request.version + 1);
        request = taken.value;
      }
      assert.ok(decisions <= 1);
      assert.equal(request.decision !== null, request.decidedAt !== null);
      const counts = requestCounts([request], NOW + 90 * DAY_MS);
      assert.equal(counts.requests_due, 1, "its time is over by now, decided or not");
      const inTime = request.decidedAt !== null && request.decidedAt < NOW + 21 * DAY_MS;
      assert.equal(counts.requests_on_time, Number(inTime));
    }),
  );
});
