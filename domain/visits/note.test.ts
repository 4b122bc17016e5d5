import assert from "node:assert/strict";
import { test } from "node:test";
import { inspectText } from "../privacy/inspect.ts";
import { HOUR_MS } from "../shared/instant.ts";
import { NEW_DOOR } from "./door.ts";
import { accepted, aNote, COLLEAGUE, EVENING, HOME, refusal } from "./fixtures.ts";
import { note } from "./note.ts";

test("two officers who write a hint without knowing of each other keep both, marked", () => {
  const mine = accepted(note(NEW_DOOR, { placeId: HOME, accessHint: "按101#" }, aNote()));
  const both = accepted(
    note(mine.door, { placeId: HOME, accessHint: "找门卫" }, aNote({ author: COLLEAGUE })),
  );
  assert.equal(both.door.accessHint?.value, "找门卫");
  assert.deepEqual(both.door.accessHint?.others, ["按101#"]);
  const settled = accepted(
    note(both.door, { placeId: HOME, accessHint: "按101#后找门卫" }, aNote({ base: 2 })),
  );
  assert.equal(settled.door.accessHint?.others, undefined);
});

test("fields that only one of them set never collide", () => {
  const hint = accepted(note(NEW_DOOR, { placeId: HOME, accessHint: "按101#" }, aNote()));
  const appointment = { from: EVENING, to: EVENING + HOUR_MS };
  const both = accepted(
    note(hint.door, { placeId: HOME, appointment }, aNote({ author: COLLEAGUE })),
  );
  assert.equal(both.door.accessHint?.value, "按101#");
  assert.deepEqual(both.door.appointment?.value, appointment);
});

test("a note must note something and hold no identity number", () => {
  assert.equal(refusal(note(NEW_DOOR, { placeId: HOME }, aNote())), "nothing-to-note");
  const text = "990101199001010015";
  assert.equal(
    refusal(note(NEW_DOOR, { placeId: HOME, accessHint: text }, aNote({ inspect: inspectText }))),
    "text-forbidden",
  );
});
