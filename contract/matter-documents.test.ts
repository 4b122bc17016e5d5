import assert from "node:assert/strict";
import { test } from "node:test";
import { type MatterPaper, paperOf } from "./matter-documents.ts";

const matter: MatterPaper & { hazard: null; grade: null } = {
  number: "K7M2Q9XA",
  kind: "opinion",
  subtype: "police_conduct",
  place: "东亭花园1幢",
  stationName: "双乐派出所",
  dutyPhone: "0591-12001100",
  responsibleName: "沈立群",
  reporter: "resident",
  anonymous: false,
  feedback: "letter",
  text: "窗口排队太久",
  registeredAt: Date.UTC(2026, 10, 3),
  dueOn: "2026-11-24",
  outcome: "partly",
  reason: "no_means",
  referral: null,
  timeline: [
    { type: "resolved", at: Date.UTC(2026, 10, 4), body: { text: "中午加开一个窗口" } },
    {
      type: "answered",
      at: Date.UTC(2026, 10, 5),
      body: { text: "中午已加开窗口，有异议拨12345" },
    },
  ],
  hazard: null,
  grade: null,
};

test("a reply says what was raised, done and decided, why, and how to disagree", () => {
  const paper = paperOf("reply", matter);
  const text = JSON.stringify(paper?.blocks);
  for (const part of ["窗口排队太久", "中午加开", "中午已加开", "缺少条件", "12345", "12389"]) {
    assert.ok(text.includes(part), part);
  }
  assert.deepEqual(paper?.blocks.at(-1), { kind: "seal", of: "双乐派出所", on: "2026-11-05" });
  // Nobody's name: who gets it is written by hand.
  assert.ok(!text.includes("沈立群"));
});

test("there is no reply before an answer, and no paper of another kind", () => {
  assert.equal(paperOf("reply", { ...matter, timeline: [] }), null);
  assert.equal(paperOf("advice", matter), null);
  assert.equal(paperOf("register", { ...matter, timeline: [] })?.title, "民情事项登记表");
});

test("a letter of referral says place, problem and basis, and nobody's name or number", () => {
  assert.equal(paperOf("referral", matter), null);
  const sent = {
    type: "referred",
    at: Date.UTC(2026, 10, 6),
    body: { basis: "duty", law: "物业管理条例 35", text: "楼道灯不亮，请维修", contact: null },
  };
  const paper = paperOf("referral", {
    ...matter,
    reporter: "resident",
    referral: { bodyName: "岚岸物业服务有限公司", sentAt: sent.at },
    timeline: [...matter.timeline, sent],
  });
  const said = JSON.stringify(paper);
  assert.equal(paper?.title, "事项转办函");
  for (const word of ["岚岸物业服务有限公司", "东亭花园1幢", "楼道灯不亮", "物业管理条例 35"]) {
    assert.ok(said.includes(word), word);
  }
  for (const word of ["沈立群", "窗口排队太久"]) assert.equal(said.includes(word), false, word);
  assert.match(said, /没有同意转交联系方式/);
});
