import assert from "node:assert/strict";
import test from "node:test";
import { DAY_MS, HOUR_MS, startOfLocalDay } from "@wanjia/domain/shared/instant";
import { addKnock, NEW_DOOR } from "@wanjia/domain/visits/door";
import type { CorrectVisit, DoorState, RecordVisit, Trace } from "@wanjia/domain/visits/terms";
import { householdForm } from "@wanjia/domain/visits/form-household";
import type { Mine, Pack, PlaceRecord } from "../shell/records.ts";
import { aBeat, FakeServer, TEST_EVENING, TEST_IDS } from "../shell/testing.ts";
import { ladderText } from "./ladder-text.ts";
import { visits as zh } from "./messages.zh-CN.ts";
import { summarise, todayList } from "./building-list.ts";
import { buildingView } from "./building-view.ts";
import { ladder, slots } from "./come-again.ts";
import {
  check,
  correctable,
  formFor,
  noAnswer,
  seeDoor,
  seeDoors,
  surroundings,
  usualTeam,
  type Officer,
  type VisitCommand,
} from "./view-model.ts";

const context = { version: "1", sections: new FakeServer(aBeat()).context() };
const around = surroundings(context);
const TODAY = startOfLocalDay("2026-11-10");
const officer: Officer = {
  id: TEST_IDS.officer,
  stationId: TEST_IDS.station,
  beatIds: [TEST_IDS.beat],
};

function aPlace(changes: Partial<PlaceRecord> = {}): PlaceRecord {
  return {
    id: "01990000-0000-7000-8000-000700000001",
    kind: "dwelling_unit",
    buildingId: "01990000-0000-7000-8000-000600000001",
    communityId: TEST_IDS.community,
    estateName: "听澜苑",
    buildingNo: "3",
    entranceNo: "1",
    floorNo: "12",
    unitNo: "1203",
    sortKey: "a",
    status: "confirmed",
    ...changes,
  };
}

function knocked(knocks: readonly (readonly [daysAgo: number, hour: number, trace: Trace])[]) {
  return knocks.reduce<DoorState>(
    (door, [daysAgo, hour, trace], at) =>
      addKnock(door, {
        id: `01980000-0000-7000-8000-${String(at).padStart(12, "0")}`,
        at: TODAY - daysAgo * DAY_MS + hour * HOUR_MS,
        trace,
        campaignIds: [TEST_IDS.campaign],
        cardLeft: false,
        last: false,
      }),
    NEW_DOOR,
  );
}

function aPack(place: PlaceRecord, door?: DoorState): Pack {
  return {
    key: place.buildingId ?? "",
    beat: TEST_IDS.beat,
    places: { [place.id]: place },
    doors: door ? { [place.id]: door } : {},
  };
}

let numbers = 0;
function aCommand(body: RecordVisit, base: number | null = null): VisitCommand {
  numbers += 1;
  const id = `01991000-0000-7000-8000-${String(numbers).padStart(12, "0")}`;
  return { id, type: "visits.record", at: body.startedAt, base, body };
}

function mineOf(command: VisitCommand, place: PlaceRecord): Mine {
  return { command, block: place.buildingId ?? "", placeId: place.id, label: "" };
}

/** i18next in miniature: enough to read a sentence as the officer reads it. */
function t(key: string, values: Record<string, unknown> = {}): string {
  let text: unknown = zh;
  for (const part of key.split(".")) text = (text as Record<string, unknown>)[part];
  return String(text).replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]));
}

function sentence(door: DoorState | undefined, now: number): string {
  const place = aPlace();
  const seen = seeDoor(aPack(place, door), place, [], around, now);
  return ladderText(ladder(seen, now), t, "zh-CN");
}

test("an untried door says so, and one tried by day asks for the evening", () => {
  assert.equal(sentence(undefined, TODAY + 18 * HOUR_MS), "还没来过。");
  const twice = knocked([
    [6, 10, "absent"],
    [4, 15, "absent"],
  ]);
  assert.equal(
    sentence(twice, TODAY + 16 * HOUR_MS),
    "来过 2 次没人应，都在白天；今天 17:30 后再来。",
  );
  assert.equal(
    sentence(twice, TODAY + 18 * HOUR_MS),
    "来过 2 次没人应，都在白天；现在是晚上，正合适。",
  );
  assert.match(sentence(twice, TODAY + 22 * HOUR_MS), /；明天 17:30 后再来。$/);
});

test("outside of any campaign the sentence tells of the knocks of late, as the grid does", () => {
  const place = aPlace();
  const door = knocked([
    [6, 10, "absent"],
    [4, 15, "absent"],
  ]);
  const seen = seeDoor(aPack(place, door), place, [], { ...around, campaigns: [] }, TEST_EVENING);
  assert.equal(seen.status, "again");
  assert.match(ladderText(ladder(seen, TEST_EVENING), t, "zh-CN"), /^来过 2 次没人应，都在白天；/);
});

test("a door tried by day and in the evening waits for the weekend", () => {
  const door = knocked([
    [5, 10, "absent"],
    [1, 19, "absent"],
  ]);
  assert.equal(
    sentence(door, TEST_EVENING),
    "来过 2 次没人应，在白天、晚上；11月14日 周六 09:00 后再来。",
  );
});

test("what this phone recorded shows at once, and only once when it comes back with the pull", () => {
  const place = aPlace();
  const command = aCommand(
    noAnswer(place.id, [TEST_IDS.officer], TEST_EVENING, { cardLeft: false, last: false }),
  );
  const mine = [mineOf(command, place)];
  const before = seeDoor(aPack(place), place, mine, around, TEST_EVENING);
  assert.deepEqual([before.status, before.pending, before.base], ["again", true, null]);
  const pulled = seeDoor(aPack(place, before.state), place, mine, around, TEST_EVENING);
  assert.deepEqual([pulled.status, pulled.pending, pulled.base], ["again", false, 1]);
  assert.equal(pulled.state.attempts.length, 1);
});

test("a refused record leaves its door as it was", () => {
  const place = aPlace();
  const command = aCommand(
    noAnswer(place.id, [TEST_IDS.officer], TEST_EVENING, { cardLeft: false, last: false }),
  );
  const mine = [{ ...mineOf(command, place), refused: true as const }];
  assert.equal(seeDoor(aPack(place), place, mine, around, TEST_EVENING).status, "open");
});

test("a correction stands for what it corrects, before and after the pull", () => {
  const place = aPlace();
  const wrong = aCommand(
    noAnswer(place.id, [TEST_IDS.officer], TEST_EVENING, { cardLeft: false, last: false }),
  );
  const visit: RecordVisit = {
    placeId: place.id,
    outcome: "completed_doorstep",
    startedAt: TEST_EVENING,
    endedAt: TEST_EVENING,
    team: [TEST_IDS.officer],
    idShown: true,
    noticeGiven: "oral_and_card",
  };
  const body: CorrectVisit = { corrects: wrong.id, reason: "点错了", visit };
  const right: VisitCommand = {
    id: "01991000-0000-7000-8000-00000000c0c0",
    type: "visits.correct",
    at: TEST_EVENING + 60_000,
    base: null,
    body,
  };
  const mine = [mineOf(wrong, place), mineOf(right, place)];
  const seen = seeDoor(aPack(place), place, mine, around, TEST_EVENING + 60_000);
  assert.equal(seen.status, "met");
  assert.deepEqual(
    seen.state.attempts.map(({ id }) => id),
    [right.id],
  );
  const pulled = seeDoor(aPack(place, seen.state), place, mine, around, TEST_EVENING + 60_000);
  assert.deepEqual([pulled.status, pulled.state.attempts.length], ["met", 1]);
  assert.deepEqual(
    correctable(mine, place.id, TEST_EVENING).map(({ command }) => command.id),
    [right.id],
  );
});

test("a door whose resident declined is refused on the phone already, unless the resident asks", () => {
  const place = aPlace();
  const door = knocked([[5, 19, "ended"]]);
  const pack = aPack(place, door);
  const seen = seeDoor(pack, place, [], around, TEST_EVENING);
  assert.equal(seen.status, "ended");
  const body: RecordVisit = {
    placeId: place.id,
    outcome: "completed_doorstep",
    startedAt: TEST_EVENING,
    endedAt: TEST_EVENING,
    team: [TEST_IDS.officer],
    idShown: true,
    noticeGiven: "oral_and_card",
  };
  const refusal = check(pack, seen, aCommand(body, seen.base), officer, around, []);
  assert.equal(refusal?.code, "ended-in-campaign");
  const asked = aCommand({ ...body, arranged: "resident_request" }, seen.base);
  assert.equal(check(pack, seen, asked, officer, around, []), null);
});

test("an auxiliary alone is refused; with the planned officer the team is right at once", () => {
  const place = aPlace();
  const pack = aPack(place);
  const seen = seeDoor(pack, place, [], around, TEST_EVENING);
  const alone = noAnswer(place.id, [TEST_IDS.auxiliary], TEST_EVENING, {
    cardLeft: false,
    last: false,
  });
  const self: Officer = { ...officer, id: TEST_IDS.auxiliary };
  assert.equal(check(pack, seen, aCommand(alone), self, around, [])?.code, "auxiliary-alone");
  const [campaign] = around.campaigns;
  assert.ok(campaign);
  const team = {
    id: "t",
    name: "一组",
    stationId: TEST_IDS.station,
    memberIds: [TEST_IDS.auxiliary, TEST_IDS.colleague],
  };
  const planned = { ...around, campaigns: [{ ...campaign, teams: [team] }] };
  assert.deepEqual(usualTeam(TEST_IDS.auxiliary, planned, undefined), [
    TEST_IDS.auxiliary,
    TEST_IDS.colleague,
  ]);
  assert.deepEqual(usualTeam(TEST_IDS.officer, around, undefined), [TEST_IDS.officer]);
});

test("floors go from top to bottom, basements below, doors by entrance", () => {
  const unit = (floorNo: string, entranceNo: string, unitNo: string): PlaceRecord =>
    aPlace({ id: `${entranceNo}-${unitNo}`, floorNo, entranceNo, unitNo, sortKey: unitNo });
  const places = [
    unit("1", "1", "101"),
    unit("2", "2", "203"),
    unit("12", "1", "1201"),
    unit("B1", "1", "B101"),
    unit("2", "1", "201"),
    unit("12", "10", "1209"),
  ];
  const pack: Pack = {
    key: "b",
    beat: TEST_IDS.beat,
    places: Object.fromEntries(places.map((place) => [place.id, place])),
    doors: {},
  };
  const view = buildingView(seeDoors(pack, [], around, TEST_EVENING), TEST_EVENING, false);
  assert.deepEqual(view.entrances, ["1", "2", "10"]);
  assert.deepEqual(
    view.floors.map(({ floor, byEntrance }) => [
      floor,
      ...byEntrance.map((doors) => doors.map(({ place }) => place.unitNo).join(" ")),
    ]),
    [
      ["12", "1201", "", "1209"],
      ["2", "201", "203", ""],
      ["1", "101", "", ""],
      ["B1", "B101", "", ""],
    ],
  );
  assert.deepEqual(view.next, ["1-1201", "1-201", "1-101", "1-B101", "2-203"]);
});

test("only the doors still to meet are shown when asked, and the counts stay those of the building", () => {
  const met = aPlace({ id: "01990000-0000-7000-8000-000700000011", unitNo: "1", sortKey: "1" });
  const open = aPlace({ id: "01990000-0000-7000-8000-000700000012", unitNo: "2", sortKey: "2" });
  const pack: Pack = {
    key: "b",
    beat: TEST_IDS.beat,
    places: { [met.id]: met, [open.id]: open },
    doors: { [met.id]: knocked([[3, 19, "met"]]) },
  };
  const view = buildingView(seeDoors(pack, [], around, TEST_EVENING), TEST_EVENING, true);
  assert.equal(view.floors.flatMap(({ byEntrance }) => byEntrance.flat()).length, 1);
  assert.deepEqual([view.total, view.counts.met, view.counts.open], [2, 1, 1]);
});

test("today begins with what is agreed, then what is due; what is done comes last", () => {
  const block = (key: string, door?: DoorState) => {
    const place = aPlace({ id: `01990000-0000-7000-8000-00070000000${key}`, buildingNo: key });
    const summary = summarise(
      aPack({ ...place, buildingId: key }, door),
      [],
      context,
      TEST_EVENING,
    );
    assert.ok(summary);
    return { ...summary, key };
  };
  const from = TODAY + 20 * HOUR_MS;
  const agreed = {
    ...knocked([[1, 19, "later"]]),
    appointment: {
      value: { from, to: from + HOUR_MS },
      version: 1,
      at: TODAY,
      by: TEST_IDS.officer,
    },
  };
  const list = todayList(
    [
      block("1", knocked([[3, 19, "met"]])),
      block("2"),
      block("3", knocked([[4, 10, "absent"]])),
      block("4", agreed),
    ],
    TEST_EVENING,
  );
  assert.deepEqual(
    list.map(({ summary, reason, due }) => `${summary.key} ${reason} ${due}`),
    ["4 appointment 0", "3 due 1", "2 open 0", "1 done 0"],
  );
});

test("workplaces lead by day, homes in the evening", () => {
  const block = (key: string, kind: PlaceRecord["kind"]) => {
    const id = `01990000-0000-7000-8000-00070000000${key}`;
    const place = aPlace({ id, kind, buildingNo: key, buildingId: key });
    const summary = summarise(aPack(place), [], context, TEST_EVENING);
    assert.ok(summary);
    return summary;
  };
  const blocks = [block("1", "dwelling_unit"), block("2", "shop")];
  const keys = (now: number) => todayList(blocks, now).map(({ summary }) => summary.key);
  assert.deepEqual(keys(TODAY + 10 * HOUR_MS), ["2", "1"]);
  assert.deepEqual(keys(TODAY + 19 * HOUR_MS), ["1", "2"]);
});

test("the times offered lie ahead, this evening first, the weekend among them", () => {
  const offered = slots(TEST_EVENING);
  assert.equal(offered.length, 4);
  assert.ok(offered.every(({ from }) => from > TEST_EVENING));
  assert.equal(offered[0]?.from, TODAY + 19 * HOUR_MS);
  assert.ok(offered.some(({ from }) => from === startOfLocalDay("2026-11-14") + 10 * HOUR_MS));
  assert.equal(slots(TODAY + 20 * HOUR_MS)[0]?.from, TODAY + DAY_MS + 19 * HOUR_MS);
});

test("an expired form is not offered", () => {
  const old = { ...householdForm, marks: { ...householdForm.marks, expiresOn: "2026-11-09" } };
  const place = aPlace();
  const forms = { ...around, forms: [old] };
  assert.equal(formFor(place, TEST_IDS.campaign, forms, TEST_EVENING), null);
  assert.equal(formFor(place, TEST_IDS.campaign, around, TEST_EVENING)?.code, "form_household");
  assert.equal(formFor(aPlace({ kind: "shop" }), null, around, TEST_EVENING)?.code, "form_shop");
});
