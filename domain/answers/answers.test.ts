import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { matter } from "../matters/fixtures.ts";
import { MATTER_KINDS, MATTER_SUBTYPES, type MatterSubtype, STOP_SIGNS } from "../matters/terms.ts";
import { coaching } from "../shared/coaching.ts";
import { DAY_MS, HOUR_MS, type Instant, localTime, startOfLocalDay } from "../shared/instant.ts";
import { gapsIn } from "./content.ts";
import { message, MORNING, REACHABLE } from "./fixtures.ts";
import { maySendAt, nextSending, quarterOf } from "./hours.ts";
import { mayHarm, plan } from "./plan.ts";
import {
  attempted,
  begun,
  forgetAt,
  handled,
  isDue,
  openSteps,
  overtaken,
  receipted,
  remindAt,
  replied,
  replyOf,
  saidBy,
  withheld,
} from "./sending.ts";
import { piecesOf } from "./sms.ts";
import {
  type Attempt,
  CHANNELS,
  type Message,
  MESSAGE_PURPOSES,
  MESSAGE_STEPS,
  type MessageStep,
  REPLIES,
} from "./terms.ts";

const moments = fc.integer({ min: MORNING - 400 * DAY_MS, max: MORNING + 400 * DAY_MS });

test("a text waits for the morning, the afternoon or the next day, and never longer than it has to", () => {
  fc.assert(
    fc.property(moments, (now) => {
      const next = nextSending(now);
      const { hour, minute } = localTime(next);
      const clock = hour + minute / 60;
      assert.ok((clock >= 9 && clock < 12) || (clock >= 14.5 && clock < 20.5), String(clock));
      assert.ok(next >= now && next - now <= 12.5 * HOUR_MS);
      assert.equal(nextSending(next), next);
      assert.equal(maySendAt(now), next === now);
    }),
  );
  const at = (hours: number): Instant => startOfLocalDay("2026-12-31") + hours * HOUR_MS;
  assert.equal(nextSending(at(12)), at(14.5));
  assert.equal(nextSending(at(20.5)), startOfLocalDay("2027-01-01") + 9 * HOUR_MS);
  assert.deepEqual([quarterOf(at(23)), quarterOf(at(24))], ["2026-Q4", "2027-Q1"]);
});

/** Every sort of matter there is, with any stop signs; the listed ones must stay silent. */
const sorts = fc.constantFrom(...MATTER_KINDS).chain((kind) =>
  fc.record({
    kind: fc.constant(kind),
    subtype: fc.constantFrom<MatterSubtype>(...MATTER_SUBTYPES[kind]),
    stopSigns: fc.oneof(fc.constant([]), fc.subarray([...STOP_SIGNS])),
    suitable: fc.constantFrom(null, true, false),
  }),
);
const reaches = fc.record({
  number: fc.constantFrom("mobile" as const, "landline" as const, "none" as const),
  doNotContact: fc.boolean(),
  contactsOfMatter: fc.nat({ max: 3 }),
  contactsInQuarter: fc.nat({ max: 4 }),
});

test("no message goes by itself where there is violence, a child, fear, or the police are meant", () => {
  const silent: readonly MatterSubtype[] = ["family", "school", "police_conduct", "missing_person"];
  let kept = 0;
  fc.assert(
    fc.property(
      sorts,
      reaches,
      fc.constantFrom(...MESSAGE_PURPOSES),
      fc.constantFrom(...CHANNELS),
      moments,
      (sort, reach, purpose, channel, now) => {
        const { suitable, ...draft } = sort;
        const one = { ...matter(draft), suitable };
        const listed =
          sort.stopSigns.length > 0 || sort.suitable === false || silent.includes(sort.subtype);
        assert.equal(mayHarm(one), listed);
        const planned = plan(purpose, channel, one, reach, now);
        if (!listed) return;
        kept += 1;
        assert.deepEqual([planned.state, planned.reason], ["held", "may_harm"]);
        const first = message({ purpose, channel, ...planned });
        // Also one that was on its way before it was heard.
        for (const held of [first, withheld(message({ purpose, channel, notBefore: now }))]) {
          assert.ok(!isDue(held, nextSending(now)));
          assert.deepEqual(openSteps(held), ["mark", "cancel"]);
          const again = plan(purpose, channel, one, REACHABLE, now);
          assert.ok(!handled({ ...held, reason: "no_number" }, "again", again, now).ok);
        }
      },
    ),
    { numRuns: 1000 },
  );
  assert.ok(kept > 300);
});

test("answers are never capped; questions are, by matter and by number", () => {
  const asked = { ...REACHABLE, contactsOfMatter: 2, contactsInQuarter: 3 };
  const reasonOf = (purpose: Message["purpose"], reach = asked) =>
    plan(purpose, "sms", matter(), reach, MORNING).reason;
  assert.equal(reasonOf("answer"), null);
  assert.equal(reasonOf("interim"), null);
  assert.equal(reasonOf("callback"), "matter_cap");
  assert.equal(reasonOf("reminder", { ...asked, contactsOfMatter: 1 }), "number_cap");
  assert.equal(reasonOf("callback", { ...asked, contactsOfMatter: 1, contactsInQuarter: 2 }), null);
  assert.equal(reasonOf("answer", { ...REACHABLE, doNotContact: true }), "do_not_contact");
  assert.equal(reasonOf("answer", { ...REACHABLE, number: "landline" }), "not_mobile");
  assert.equal(
    plan("answer", "letter", matter(), { ...REACHABLE, number: "none" }, MORNING).reason,
    null,
  );
});

// -- sending --------------------------------------------------------------------------------------

type Happening =
  | { readonly does: "tick"; readonly attempt: Attempt; readonly crash: boolean }
  | { readonly does: "receipt"; readonly arrived: boolean; readonly part: number }
  | { readonly does: "step"; readonly step: MessageStep }
  | { readonly does: "overtake" }
  | { readonly does: "reply"; readonly reply: (typeof REPLIES)[number] };

const happenings = fc.array(
  fc.record({
    after: fc.integer({ min: 0, max: 6 * HOUR_MS }),
    happening: fc.oneof<fc.Arbitrary<Happening>[]>(
      fc.record({
        does: fc.constant("tick" as const),
        attempt: fc.constantFrom<Attempt>(
          { kind: "accepted", references: ["a", "b"] },
          { kind: "refused" },
          { kind: "later" },
          { kind: "unknown" },
        ),
        crash: fc.boolean(),
      }),
      fc.record({
        does: fc.constant("receipt" as const),
        arrived: fc.boolean(),
        part: fc.nat({ max: 2 }),
      }),
      fc.record({ does: fc.constant("step" as const), step: fc.constantFrom(...MESSAGE_STEPS) }),
      fc.record({ does: fc.constant("overtake" as const) }),
      fc.record({ does: fc.constant("reply" as const), reply: fc.constantFrom(...REPLIES) }),
    ),
  }),
  { maxLength: 40 },
);

test("whatever happens, the gateway gets a message at most once unless somebody says so", () => {
  fc.assert(
    fc.property(happenings, (story) => {
      let state = message();
      let now = MORNING;
      /** Times the gateway may have taken it since somebody last said to send it. */
      let taken = 0;
      for (const { after, happening } of story) {
        now += after;
        const before = state;
        switch (happening.does) {
          case "tick":
            if (state.state === "sending") {
              // The server came up again: what it was about to hear is lost.
              state = attempted(state, { kind: "unknown" }, now);
            } else if (isDue(state, now)) {
              assert.ok(maySendAt(now));
              state = begun(state, now);
              const { kind } = happening.attempt;
              if (kind === "accepted" || kind === "unknown" || happening.crash) taken += 1;
              if (!happening.crash) state = attempted(state, happening.attempt, now);
            }
            break;
          case "receipt":
            state = receipted(state, "abc"[happening.part] ?? "", happening.arrived, now);
            break;
          case "step": {
            const anew = plan("answer", "sms", matter(), REACHABLE, now);
            const done = handled(state, happening.step, anew, now);
            assert.equal(done.ok, openSteps(state).includes(happening.step));
            if (done.ok && happening.step === "again") taken = 0;
            if (done.ok) state = done.value;
            break;
          }
          case "overtake":
            state = overtaken(state, now);
            break;
          case "reply":
            state = replied(state, happening.reply, now);
        }
        assert.ok(taken <= 1, `sent ${taken} times`);
        if (before.state === "cancelled" || before.state === "delivered" || before.byHand) {
          assert.equal(state.state, before.state);
        }
        const ended = ["delivered", "failed", "cancelled"].includes(state.state) || state.byHand;
        assert.equal(state.endedAt !== null, ended, JSON.stringify(state));
        const keeps = ended || state.state === "sent";
        assert.equal(forgetAt(state) !== null, keeps);
      }
    }),
  );
});

test("a gateway that is away is tried again ever more seldom, and given up at last", () => {
  let state = message();
  let now = MORNING;
  const waits: number[] = [];
  while (state.state === "queued") {
    now = state.notBefore;
    state = attempted(begun(state, now), { kind: "later" }, now);
    if (state.state === "queued") waits.push((nextSending(state.notBefore) - now) / 60_000);
  }
  assert.deepEqual([state.state, state.reason], ["failed", "given_up"]);
  assert.deepEqual(waits.slice(0, 4), [1, 2, 4, 8]);
  assert.ok(maySendAt(state.attemptedAt ?? 0));
});

test("a message in pieces has arrived when all of them have, and has not when one has not", () => {
  const sent = attempted(
    begun(message(), MORNING),
    { kind: "accepted", references: ["a", "b"] },
    MORNING,
  );
  const half = receipted(sent, "b", true, MORNING);
  assert.equal(half.state, "sent");
  assert.equal(receipted(half, "a", true, MORNING).state, "delivered");
  assert.equal(receipted(half, "a", false, MORNING).reason, "undelivered");
  assert.equal(receipted(half, "elsewhere", false, MORNING).state, "sent");
});

test("a question is repeated once at most, in the hours, and not when something came back", () => {
  const asked = message({ purpose: "callback", state: "delivered", sentAt: MORNING });
  assert.equal(remindAt(asked), MORNING + 2 * DAY_MS);
  assert.equal(remindAt(replied(asked, "2", MORNING)), null);
  assert.equal(remindAt({ ...asked, purpose: "reminder" }), null);
  assert.equal(remindAt({ ...asked, purpose: "answer" }), null);
});

test("a reply is one sign in any writing; only 0 says that nothing was solved", () => {
  assert.deepEqual([" 1 ", "５", "t", "Ｔ", "退订", "1分", "很好", ""].map(replyOf), [
    "1",
    "5",
    "T",
    "T",
    "T",
    "words",
    "words",
    "words",
  ]);
  assert.deepEqual(saidBy("1"), { solved: "do_not_know", satisfaction: 5 });
  assert.deepEqual(saidBy("5"), { solved: "do_not_know", satisfaction: 1 });
  assert.deepEqual(saidBy("0"), { solved: "no" });
  assert.deepEqual([saidBy("T"), saidBy("words")], [null, null]);
  const first = replied(message(), "2", MORNING);
  assert.equal(replied(first, "5", MORNING).reply, "2");
  assert.equal(replied(first, "T", MORNING).reply, "T");
});

// -- texts ----------------------------------------------------------------------------------------

test("the pieces of a text are the text, each fits, and no sign is cut", () => {
  const signs = fc.string({
    unit: fc.constantFrom("后", "门", "路", "灯", "a", "0", "，", "\u{20000}", "\u{1F6A8}"),
    maxLength: 500,
  });
  fc.assert(
    fc.property(signs, (text) => {
      const pieces = piecesOf(text);
      assert.equal(pieces.join(""), text);
      for (const piece of pieces) {
        assert.ok(piece.length <= (pieces.length === 1 ? 70 : 67));
        assert.ok(piece.isWellFormed());
      }
    }),
  );
  assert.deepEqual(
    [70, 71, 134, 135].map((length) => piecesOf("答".repeat(length)).length),
    [1, 2, 2, 3],
  );
});

test("texts that tell a resident what to say are known; thanks, warnings and questions are not", () => {
  for (const bad of [
    "民意调查来电时请回答非常满意",
    "期待您回答10分",
    "恳请您给我们打满分",
    "接到电话请说：很安全",
    "参考答案：安全、满意",
    "您的满意是我们最大的动力",
    "希望您评五星好评",
    "请您支持工作打十分",
  ]) {
    assert.notEqual(coaching(bad), null, bad);
  }
  for (const good of [
    "十分感谢您的建议，请注意用电安全",
    "请您对处理结果是否满意告诉我们",
    "请在十分钟内到场，注意安全",
    "如不满意请拨12345",
    "请您放心，楼道已经安全",
    "已加装照明，小区更安全了",
  ]) {
    assert.equal(coaching(good), null, good);
  }
});

test("what an answer lacks is named: who, why not, what next, how to disagree", () => {
  const unsolved = { outcome: "cannot" } as const;
  assert.deepEqual(gapsIn("办好了", { outcome: "delivered" }), ["who", "disagree"]);
  assert.deepEqual(gapsIn("办不了", unsolved), ["who", "why_not", "next", "disagree"]);
  assert.deepEqual(gapsIn("因没有依据未能办理，可以向区城管局申请，有异议拨12345", unsolved), []);
  assert.deepEqual(gapsIn("因＿＿未能办理，已转城管，有异议拨12345", unsolved), ["blank"]);
});
