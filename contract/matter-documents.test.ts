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
  // Nobody's name: who gets it is written by hand.
  assert.ok(!text.includes("沈立群"));
});

test("there is no reply before an answer, and no paper of another kind", () => {
  assert.equal(paperOf("reply", { ...matter, timeline: [] }), null);
  assert.equal(paperOf("advice", matter), null);
  assert.equal(paperOf("register", { ...matter, timeline: [] })?.title, "民情事项登记表");
});
