import assert from "node:assert/strict";
import { test } from "node:test";
import { gapsIn } from "@wanjia/domain/answers/content";
import {
  MATTER_KINDS,
  MATTER_LIMITS,
  type MatterOutcome,
  OUTCOMES,
} from "@wanjia/domain/matters/terms";
import { coaching } from "@wanjia/domain/shared/coaching";
import fc from "fast-check";
import { answerText, questionText, type ToAnswer } from "./answer-texts.ts";

const CASES = MATTER_KINDS.flatMap((kind) =>
  [...OUTCOMES[kind], "declined" as const, null].map((outcome): ToAnswer => ({
    kind,
    outcome: outcome as MatterOutcome | null,
    reason: "no_means",
    text: "三号楼后门的路灯坏了一个多月，晚上看不清路，老人不敢出门",
    number: "K7M2Q9XA",
    stationName: "双乐派出所",
    dutyPhone: "0591-12001100",
    registeredAt: Date.UTC(2026, 10, 3),
    done: "已联系路灯所，十一月二十日换了灯，并请物业每周查看一次。",
  })),
);

test("every template fits into a text, says who and how to disagree, and wishes for no answer", () => {
  for (const of of CASES) {
    const text = answerText(of, "sms");
    assert.ok(text.length <= MATTER_LIMITS.smsLength, `${text.length}: ${text}`);
    assert.equal(coaching(text), null, text);
    // The next step is for the writer to say.
    const gaps = gapsIn(text.replaceAll("＿＿", "请您到窗口"), of);
    assert.deepEqual(gaps, [], text);
  }
});

test("whatever was said and done, a text keeps its length and the way to disagree", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...CASES),
      fc.string({ unit: "grapheme", maxLength: 1000 }),
      fc.string({ unit: "grapheme", maxLength: 500 }),
      (of, said, done) => {
        const text = answerText({ ...of, text: said, done }, "sms");
        assert.ok(text.length <= MATTER_LIMITS.smsLength, text);
        assert.match(text, /^【双乐派出所】/);
        assert.match(text, /12345/);
        assert.ok(text.isWellFormed());
      },
    ),
  );
});

test("paper keeps the whole of what was done, and a notice board no number", () => {
  for (const of of CASES) {
    const done = of.done?.replace("。", "") ?? "";
    assert.ok(answerText(of, "letter").includes(done));
    assert.ok(!answerText(of, "notice_board").includes("K7M2"));
  }
});

test("the question offers every answer and wishes for none; the reminder says that it is the last", () => {
  for (const of of CASES) {
    assert.equal(coaching(questionText(of, false)), null);
    assert.equal(coaching(questionText(of, true)), null);
    assert.match(questionText(of, true), /以后不再问/);
  }
});
