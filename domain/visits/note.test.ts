import assert from "node:assert/strict";
import { test } from "node:test";
import { inspectText } from "../privacy/inspect.ts";
import { HOUR_MS } from "../shared/instant.ts";
import { NEW_DOOR } from "./door.ts";
import { accepted, anId, aNote, COLLEAGUE, EVENING, HOME, refusal } from "./fixtures.ts";
import { MAX_HINT, note } from "./note.ts";
import { MAX_OTHERS } from "./terms.ts";

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

test("a hint is short, and a time agreed on ends after it begins", () => {
  const long = { placeId: HOME, accessHint: "长".repeat(MAX_HINT + 1) };
  assert.equal(refusal(note(NEW_DOOR, long, aNote())), "note-too-long");
  const appointment = { from: EVENING + HOUR_MS, to: EVENING };
  assert.equal(
    refusal(note(NEW_DOOR, { placeId: HOME, appointment }, aNote())),
    "appointment-reversed",
  );
});

test("what too many wrote without knowing of each other has to be settled before it grows", () => {
  const hints = ["按101#", "找门卫", "走后门", "打电话", "敲窗", "按铃"];
  const times = hints.map((_, n) => ({
    from: EVENING + n * HOUR_MS,
    to: EVENING + (n + 1) * HOUR_MS,
  }));
  const write = (fields: readonly object[]): (string | undefined)[] => {
    let door = NEW_DOOR;
    return fields.map((field, n) => {
      const answer = note(door, { placeId: HOME, ...field }, aNote({ author: anId(60 + n) }));
      if (answer.ok) door = answer.value.door;
      return refusal(answer);
    });
  };
  const full = [...Array<undefined>(MAX_OTHERS + 1), "too-many-versions"];
  assert.deepEqual(write(hints.map((accessHint) => ({ accessHint }))), full);
  assert.deepEqual(write(times.map((appointment) => ({ appointment }))), full);
});
