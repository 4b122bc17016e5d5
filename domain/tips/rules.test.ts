import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../shared/instant.ts";
import type { Result } from "../shared/result.ts";
import { tipFigures } from "./figures.ts";
import {
  answer,
  askOpening,
  grantOpening,
  hourOf,
  makeKey,
  OPENING_MINUTES,
  readSealed,
  receive,
  RETIRED_KEY_DAYS,
  takeOver,
} from "./rules.ts";
import type { Tip, TipDraft, TipKey, TipOpening } from "./terms.ts";

const NOW = 1_794_000_000_000;
const KEEPERS = ["a", "b", "c"];
const key: TipKey = { id: "k", unitId: "u", number: 1, retiredAt: null, holders: 3 };
const draft: TipDraft = {
  id: "t",
  unitId: "u",
  keyId: "k",
  category: "fraud",
  wantsAnswer: true,
  bytes: 1200,
};

function codeOf(result: Result<unknown>): string | null {
  return result.ok ? null : result.refusal.code;
}

test("a tip is received with the hour, and nothing finer", () => {
  const received = receive(draft, key, NOW + 12_345);
  assert.ok(received.ok);
  assert.equal(received.value.receivedAt % HOUR_MS, 0);
});

test("a retired key, another unit's key and a book are refused", () => {
  const old = { ...key, retiredAt: NOW - RETIRED_KEY_DAYS * DAY_MS };
  assert.equal(codeOf(receive(draft, old, NOW)), "tip-key-retired");
  assert.equal(codeOf(receive(draft, old, NOW - 1)), null, "sealed before the phone could know");
  assert.equal(codeOf(receive(draft, { ...key, unitId: "v" }, NOW)), "tip-unit-closed");
  assert.equal(codeOf(receive(draft, undefined, NOW)), "tip-unit-closed");
  assert.equal(codeOf(receive({ ...draft, bytes: 20_000 }, key, NOW)), "tip-too-long");
});

test("a key that two keepers no longer open takes nothing more", () => {
  assert.equal(codeOf(receive(draft, { ...key, holders: 1 }, NOW)), "tip-unit-closed");
  const retired = { ...key, holders: 1, retiredAt: NOW };
  assert.equal(codeOf(receive(draft, retired, NOW)), "tip-key-retired");
});

test("a key needs two keepers, and a share for each of them", () => {
  assert.equal(codeOf(makeKey(["a"], ["a"], "a")), "keepers-too-few");
  assert.equal(codeOf(makeKey(KEEPERS, ["a", "b"], "a")), "shares-incomplete");
  assert.equal(codeOf(makeKey(KEEPERS, ["a", "b", "x"], "a")), "shares-incomplete");
  assert.equal(codeOf(makeKey(["b", "c"], ["b", "c"], "a")), "keeper-not-enrolled");
  assert.equal(codeOf(makeKey(KEEPERS, KEEPERS, "a")), null);
});

test("one keeper asks, another agrees, once and in time; neither does both", () => {
  const asked = askOpening("o", "k", KEEPERS, "a", NOW);
  assert.ok(asked.ok);
  assert.equal(codeOf(askOpening("o", "k", KEEPERS, "x", NOW)), "keeper-not-enrolled");
  const grant = (by: string, at = NOW) => grantOpening(asked.value, KEEPERS, by, at);
  assert.equal(codeOf(grant("a")), "second-person-needed");
  assert.equal(codeOf(grant("x")), "keeper-not-enrolled");
  const over = NOW + OPENING_MINUTES * MINUTE_MS;
  assert.equal(codeOf(grant("b", over)), "opening-expired");
  const granted = grant("b", over - 1);
  assert.ok(granted.ok);
  assert.equal(codeOf(grantOpening(granted.value, KEEPERS, "c", NOW)), "opening-granted");

  const received = receive(draft, key, NOW);
  assert.ok(received.ok);
  const tip = received.value;
  assert.equal(codeOf(readSealed(tip, granted.value, "a", over)), "opening-expired");
  assert.equal(codeOf(readSealed(tip, asked.value, "a", NOW)), "second-person-needed");
  assert.equal(codeOf(answer(tip, NOW)), "tip-wrong-state");
  const taken = takeOver(tip, granted.value, "a", NOW);
  assert.ok(taken.ok);
  assert.equal(codeOf(readSealed(taken.value, granted.value, "a", NOW)), "tip-wrong-state");
});

type Order = { readonly who: string; readonly wait: number } & (
  | { readonly does: "ask" | "take" | "answer" | "read" }
  | { readonly does: "grant" }
);
const order: fc.Arbitrary<Order> = fc.record({
  who: fc.constantFrom("a", "b", "c", "stranger"),
  wait: fc.constantFrom(0, MINUTE_MS, 20 * MINUTE_MS, HOUR_MS),
  does: fc.constantFrom("ask", "grant", "take", "answer", "read"),
});

test("whatever is tried: no text without two keepers, and none after it was taken over", () => {
  fc.assert(
    fc.property(fc.array(order, { maxLength: 40 }), fc.boolean(), (orders, wantsAnswer) => {
      const born = receive({ ...draft, wantsAnswer }, key, NOW);
      assert.ok(born.ok);
      let tip: Tip = born.value;
      let opening: TipOpening | undefined;
      let now = NOW;
      const change = <T>(result: Result<T>): T | undefined =>
        result.ok ? result.value : undefined;
      for (const { who, does, wait } of orders) {
        now += wait;
        const before = tip;
        switch (does) {
          case "ask":
            opening = change(askOpening("o", "k", KEEPERS, who, now)) ?? opening;
            break;
          case "grant":
            if (opening) opening = change(grantOpening(opening, KEEPERS, who, now)) ?? opening;
            break;
          case "take":
            tip = change(takeOver(tip, opening, who, now)) ?? tip;
            break;
          case "answer":
            tip = change(answer(tip, now)) ?? tip;
            break;
          case "read": {
            if (!readSealed(tip, opening, who, now).ok) break;
            assert.equal(tip.state, "received");
            assert.equal(opening?.askedBy, who);
            assert.ok(opening.grantedBy !== null && opening.grantedBy !== who);
            assert.ok([who, opening.grantedBy].every((one) => KEEPERS.includes(one)));
            assert.ok(now < opening.askedAt + OPENING_MINUTES * MINUTE_MS);
          }
        }
        if (before.state === "received" && tip.state !== "received") {
          assert.ok(opening !== undefined && opening.grantedBy !== null && opening.askedBy === who);
        }
        assert.equal(tip.sealed, tip.state === "received");
        assert.equal(tip.routedAt !== null, tip.state !== "received");
        assert.equal(tip.answerGivenAt !== null, tip.state === "answered");
        assert.ok(tip.state !== "answered" || wantsAnswer);
        assert.ok(tip.routedAt === null || tip.routedAt >= tip.receivedAt);
        const rank = ["received", "transferred", "answered"];
        assert.ok(rank.indexOf(tip.state) >= rank.indexOf(before.state), "never back");
      }
    }),
  );
});

test("figures show from ten on, and a median and a rate with them", () => {
  const routed = (hours: number, answered: boolean) => ({
    receivedAt: hourOf(NOW),
    routedAt: hourOf(NOW) + hours * HOUR_MS,
    wantsAnswer: true,
    answerGivenAt: answered ? NOW + DAY_MS : null,
  });
  const nine = Array.from({ length: 9 }, (_, i) => routed(i, true));
  assert.deepEqual(tipFigures(nine), {
    received: null,
    routed: null,
    medianHoursToRoute: null,
    feedbackRate: null,
  });
  assert.deepEqual(tipFigures([...nine, routed(30, false)]), {
    received: 10,
    routed: 10,
    medianHoursToRoute: 4,
    feedbackRate: 0.9,
  });
});
