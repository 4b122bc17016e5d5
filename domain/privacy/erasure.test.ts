import assert from "node:assert/strict";
import { test } from "node:test";
import { DATA_DECISIONS, DATA_REQUEST_KINDS, DATA_SUBJECT_KINDS } from "./terms.ts";
import { type ErasableMatter, erasureOf } from "./erasure.ts";

const ORDINARY: ErasableMatter = {
  ended: true,
  guarded: false,
  mediated: false,
  passedOn: false,
};
const granted = { kind: "deletion", decision: "granted" } as const;
const of = (matter: Partial<ErasableMatter>) =>
  erasureOf(granted, "matter", { ...ORDINARY, ...matter });

test("the words of what has ended go, with the door; what figures count stays", () => {
  assert.deepEqual(of({}), {
    words: "now",
    gone: ["contact", "photos", "words", "door"],
    kept: ["figures"],
  });
});

test("what is still worked on keeps its words until its end, and says so", () => {
  const { words, gone, kept } = of({ ended: false });
  assert.equal(words, "at_end");
  assert.deepEqual(gone, ["contact", "photos"]);
  assert.deepEqual(kept, ["open", "figures"]);
});

test("where somebody may be in danger the words are evidence and stay", () => {
  assert.deepEqual(of({ guarded: true }), {
    words: "kept",
    gone: ["contact", "photos"],
    kept: ["protection"],
  });
});

test("an agreement and a handing on leave their trace, without words", () => {
  assert.deepEqual(of({ mediated: true, passedOn: true }).kept, [
    "mediated",
    "passed_on",
    "figures",
  ]);
});

test("granted in part, the contact goes and the words stay; refused, nothing goes", () => {
  const partly = erasureOf({ kind: "deletion", decision: "partly" }, "matter", ORDINARY);
  assert.deepEqual([partly.words, partly.gone], ["kept", ["contact", "photos"]]);
  const refused = erasureOf({ kind: "deletion", decision: "refused" }, "matter", ORDINARY);
  assert.deepEqual(refused, { words: "kept", gone: [], kept: [] });
  const copy = erasureOf({ kind: "copy", decision: "granted" }, "matter", ORDINARY);
  assert.deepEqual(copy.gone, []);
});

test("a complaint's file is kept sealed for ten years; what nobody can open is left alone", () => {
  assert.deepEqual(erasureOf(granted, "complaint", undefined).kept, ["complaint_file"]);
  assert.deepEqual(erasureOf(granted, "tip", undefined).gone, []);
});

test("only a granted deletion deletes, whatever it is asked of", () => {
  for (const kind of DATA_REQUEST_KINDS) {
    for (const decision of [...DATA_DECISIONS, null]) {
      for (const subject of DATA_SUBJECT_KINDS) {
        const { gone, words } = erasureOf({ kind, decision }, subject, ORDINARY);
        const deletes = kind === "deletion" && (decision === "granted" || decision === "partly");
        const keeps = subject === "matter" || subject === "complaint" || subject === "appointment";
        assert.equal(gone.length > 0, deletes && keeps);
        assert.ok(words === "kept" || decision === "granted");
      }
    }
  }
});
