import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { startOfLocalDay } from "../shared/instant.ts";
import { ENDED_KEYS, figuresOf, HEARD_KEYS, showsAnything } from "./figures.ts";
import { begin, type BulletinContext, decide, verbatimRun } from "./rules.ts";
import {
  type Bulletin,
  BULLETIN_COMMANDS,
  BULLETIN_LIMITS,
  type BulletinCommand,
  type BulletinEntry,
} from "./terms.ts";

const LEADER = { memberId: "m1", role: "station_leader" } as const;
const READER = { memberId: "m2", role: "feedback_centre" } as const;
const SOME = figuresOf({ "opinion.patrol": 14, "hazard.unlit_path": 12 }, {});
const NOTHING = figuresOf({ "opinion.patrol": 3 }, {});
const ENTRY: BulletinEntry = {
  said: "夜里小区北门太暗",
  did: "已请物业装了两盏灯",
  result: "done",
  reason: null,
};
const START = begin("b1", { stationId: "s1", communityId: "c1", month: "2026-10" }, null);

function context(some: Partial<BulletinContext> = {}): BulletinContext {
  return {
    actor: LEADER,
    now: startOfLocalDay("2026-11-03"),
    residentsWords: [],
    figures: SOME,
    forbidden: () => false,
    ...some,
  };
}

function after(bulletin: Bulletin, command: BulletinCommand, some: Partial<BulletinContext> = {}) {
  const decided = decide(bulletin, command, context(some));
  assert.ok(decided.ok, JSON.stringify(decided));
  return decided.value;
}

function refusal(
  bulletin: Bulletin,
  command: BulletinCommand,
  some: Partial<BulletinContext> = {},
): string | null {
  const decided = decide(bulletin, command, context(some));
  return decided.ok ? null : decided.refusal.code;
}

const written = after(START, { type: "write", entries: [ENTRY] });
const released = after(written, { type: "release" });
const published = after(released, { type: "publish" }, { actor: READER });

test("it is written, released, read by somebody else and published, and then stands", () => {
  assert.equal(published.state, "published");
  assert.deepEqual(published.figures, SOME);
  assert.equal(refusal(released, { type: "publish" }), "not-permitted");
  const own = { actor: { ...READER, memberId: LEADER.memberId } };
  assert.equal(refusal(released, { type: "publish" }, own), "bulletin-own-text");
  for (const type of BULLETIN_COMMANDS) {
    const command = { type, entries: [], why: "不清楚" } as BulletinCommand;
    for (const actor of [LEADER, READER]) {
      assert.ok(
        ["wrong-state", "not-permitted"].includes(refusal(published, command, { actor }) ?? ""),
      );
    }
  }
});

test("nothing of a month that is not over is written or hangs", () => {
  const now = startOfLocalDay("2026-10-31");
  assert.equal(refusal(START, { type: "write", entries: [] }, { now }), "bulletin-month-open");
});

test("a sheet without a word and without a count that may be shown is not released", () => {
  const empty = after(START, { type: "write", entries: [] });
  assert.equal(refusal(empty, { type: "release" }, { figures: NOTHING }), "bulletin-empty");
  assert.equal(refusal(empty, { type: "release" }), null);
  assert.equal(refusal(written, { type: "release" }, { figures: NOTHING }), null);
});

test("what was not done has its reason, and what comes back says why", () => {
  const entry = { ...ENTRY, result: "cannot" as const };
  assert.equal(refusal(START, { type: "write", entries: [entry] }), "bulletin-reason-needed");
  const reasoned = { ...entry, reason: "needs_other_body" as const };
  assert.equal(refusal(START, { type: "write", entries: [reasoned] }), null);
  assert.equal(
    refusal(released, { type: "send_back", why: "" }, { actor: READER }),
    "text-missing",
  );
  const back = after(
    released,
    { type: "send_back", why: "第一条看得出是哪一户" },
    { actor: READER },
  );
  assert.deepEqual([back.state, back.returned], ["draft", "第一条看得出是哪一户"]);
});

test("a sheet has room for so much, and a first edition corrects nothing", () => {
  const write = (entries: readonly BulletinEntry[], more: object = {}) =>
    refusal(START, { type: "write", entries, ...more });
  const { entries: most, saidLength } = BULLETIN_LIMITS;
  assert.equal(write(Array<BulletinEntry>(most).fill(ENTRY)), null);
  assert.equal(write(Array<BulletinEntry>(most + 1).fill(ENTRY)), "bulletin-too-many");
  assert.equal(write([{ ...ENTRY, said: "长".repeat(saidLength + 1) }]), "text-too-long");
  assert.equal(write([ENTRY], { correction: "上月数字有误" }), "wrong-state");
  const forbidden = (text: string) => text.includes("灯");
  assert.equal(
    refusal(START, { type: "write", entries: [ENTRY] }, { forbidden }),
    "text-forbidden",
  );
});

test("a resident's own words are not printed, however the marks are changed", () => {
  const words = ["楼下烧烤店傍晚开始油烟往上冒，窗户不敢开"];
  assert.equal(verbatimRun("烧烤店傍晚 开始油烟，往上冒", words), "烧烤店傍晚开始油烟往");
  assert.equal(verbatimRun("夏天夜市的油烟", words), null);
  const entry = { ...ENTRY, said: "有人说烧烤店傍晚开始油烟往上冒" };
  assert.equal(
    refusal(START, { type: "write", entries: [entry] }, { residentsWords: words }),
    "bulletin-verbatim",
  );
});

test("a correction is the next edition with the counts of the first, and says what it puts right", () => {
  const next = begin("b2", published, published);
  assert.equal(next.edition, 2);
  const silent = after(next, { type: "write", entries: [ENTRY] });
  assert.equal(refusal(silent, { type: "release" }), "bulletin-correction-needed");
  const said = after(next, { type: "write", entries: [ENTRY], correction: "灯是三盏" });
  const again = after(
    after(said, { type: "release" }),
    { type: "publish" },
    { actor: READER, figures: figuresOf({ "opinion.patrol": 15 }, {}) },
  );
  assert.deepEqual(again.figures, SOME);
});

test("no count below ten hangs, and none can be worked out from the others", () => {
  const counts = fc.dictionary(fc.constantFrom(...HEARD_KEYS), fc.nat(30));
  const ends = fc.dictionary(fc.constantFrom(...ENDED_KEYS), fc.nat(30));
  fc.assert(
    fc.property(counts, ends, (heard, ended) => {
      const figures = figuresOf(heard, ended);
      for (const [column, counted] of [
        [figures.heard, heard],
        [figures.ended, ended],
      ] as const) {
        const hidden = column.rows.filter(({ count }) => count === null);
        for (const { key, count } of column.rows) {
          if (count !== null) assert.ok(count === counted[key] && count >= 10);
        }
        if (column.total.count === null) continue;
        assert.notEqual(hidden.length, 1, "one hidden cell is the total less the others");
      }
      assert.equal(
        showsAnything(figures),
        [figures.heard, figures.ended].some(({ rows }) => rows.some(({ count }) => count !== null)),
      );
    }),
  );
});

test("a quarrel within a family is in no count", () => {
  assert.deepEqual(figuresOf({ "dispute.family": 40 }, {}).heard.rows, []);
});
