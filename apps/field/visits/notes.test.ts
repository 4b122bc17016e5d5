import assert from "node:assert/strict";
import test from "node:test";
import type { Id } from "@wanjia/domain/shared/id";
import { NEW_DOOR } from "@wanjia/domain/visits/door";
import type { DoorState, NoteDoor } from "@wanjia/domain/visits/terms";
import type { Mine, Pack, PlaceRecord } from "../shell/records.ts";
import { aBeat, FakeServer, TEST_EVENING, TEST_IDS } from "../shell/testing.ts";
import type { NoteCommand } from "./notes.ts";
import { isWished } from "./come-again.ts";
import { checkNote, seeDoor, surroundings } from "./view-model.ts";

const around = surroundings({ version: "1", sections: new FakeServer(aBeat()).context() });
const officer = { id: TEST_IDS.officer, stationId: TEST_IDS.station, beatIds: [TEST_IDS.beat] };
const place: PlaceRecord = {
  id: "01990000-0000-7000-8000-000700000001",
  kind: "dwelling_unit",
  buildingId: "01990000-0000-7000-8000-000600000001",
  communityId: TEST_IDS.community,
  unitNo: "1203",
  status: "confirmed",
};
let numbers = 0;

function aPack(door?: DoorState): Pack {
  return {
    key: place.buildingId ?? "",
    beat: TEST_IDS.beat,
    places: { [place.id]: place },
    doors: door ? { [place.id]: door } : {},
  };
}

function aNote(body: Omit<NoteDoor, "placeId">, base: number | null, by: Id = officer.id): Mine {
  numbers += 1;
  const command: NoteCommand = {
    id: `01990000-0000-7000-8000-0000000000${String(numbers).padStart(2, "0")}`,
    type: "visits.note",
    at: TEST_EVENING,
    base,
    body: { placeId: place.id, ...body },
  };
  return { command, block: place.buildingId ?? "", placeId: place.id, label: "1203", by };
}

const see = (mine: readonly Mine[], door?: DoorState) =>
  seeDoor(aPack(door), place, mine, around, TEST_EVENING);

test("a hint how to get in shows at its door at once", () => {
  const seen = see([aNote({ accessHint: "按101#" }, null)]);
  assert.equal(seen.state.accessHint?.value, "按101#");
  assert.equal(seen.pending, true);
});

test("the wish for no visits shows at once, and can be taken back by whoever had seen it", () => {
  const wish = aNote({ doNotVisit: true }, null);
  assert.equal(isWished(see([wish]), TEST_EVENING), true);
  const back = aNote({ doNotVisit: false }, null);
  assert.equal(isWished(see([wish, back]), TEST_EVENING), false);
});

test("what was pulled afterwards is shown as it came, not mixed with the note once more", () => {
  const theirs = { value: "找门卫", version: 5, at: TEST_EVENING, by: TEST_IDS.colleague };
  const pulled: DoorState = { ...NEW_DOOR, version: 5, accessHint: theirs };
  const seen = see([aNote({ accessHint: "按101#" }, 3)], pulled);
  assert.deepEqual(seen.state.accessHint, theirs);
  assert.equal(seen.pending, false);
});

test("the phone refuses what the server would: an ID number in the hint, nothing to note", () => {
  const said = (mine: Mine) =>
    checkNote(aPack(), see([]), mine.command as NoteCommand, officer)?.code ?? null;
  assert.equal(said(aNote({ accessHint: "11010519491231002X 的门" }, null)), "text-forbidden");
  assert.equal(said(aNote({}, null)), "nothing-to-note");
  assert.equal(said(aNote({ accessHint: "按101#" }, null)), null);
});
