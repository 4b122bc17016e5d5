import assert from "node:assert/strict";
import { after, test } from "node:test";
import { DAY_MS, HOUR_MS } from "@wanjia/domain/shared/instant";
import { cardCode } from "@wanjia/domain/visits/card-code";
import { toBase64Url } from "@wanjia/sync/bytes";
import { lookOf } from "@wanjia/sync/receipt-keys";
import { TEST_NOW, testApp } from "../testing.ts";
import { newReceiptCode, solvedPuzzle } from "../testing-intake.ts";
import { passAppointments } from "./commands.ts";

const app = await testApp();
after(() => app.close());
const { city, stranger } = app;
const officer = await app.as("officer");
const leader = await app.as("leader");

const plateOf = async (placeId: string): Promise<string> =>
  (await leader.post(`/places/${placeId}/plates`, {})).body.id;
const newLook = async (): Promise<string> => toBase64Url(await lookOf(newReceiptCode()));

let minutes = 0;
/** A neighbour asks from one address: the next minute comes sooner in a test. */
function nextMinute(): void {
  minutes += 1;
  app.clock.set(TEST_NOW + minutes * 60_000);
}

async function wish(plate: string, body: object) {
  nextMinute();
  const look = await newLook();
  const puzzle = await solvedPuzzle(stranger);
  const { status, body: answer } = await stranger.post("/public/wishes", {
    plate,
    look,
    puzzle,
    ...body,
  });
  return { status, answer, look };
}

async function statusOf(placeId: string): Promise<string> {
  const { body } = await officer.get(`/buildings/${city.buildings.east}/doors`);
  return body.items.find((door: { placeId: string }) => door.placeId === placeId).status;
}

async function offered(plate: string) {
  nextMinute();
  return (await stranger.post("/public/wishes/offers", { plate })).body;
}

/** As the desk is shown it, and as whoever asks for it in full is told. */
async function numberOf(id: string): Promise<string | null> {
  const { items } = (await leader.get("/appointments?size=200")).body;
  const { phone } = items.find((one: { id: string }) => one.id === id);
  const purpose = { purpose: "arrange_service" };
  const told = await leader.post(`/appointments/${id}/contact/reveal`, purpose);
  assert.equal(told.status, phone === null ? 404 : 200);
  return phone;
}

test("a number that was left for a visit goes with it: called off, or settled by another time", async () => {
  const door = city.door("east", 3, 4);
  const plate = await plateOf(door);
  const contact = { phone: "13900002222", consent: true };
  const ask = async (n: number) => {
    const window = (await offered(plate)).windows[n];
    const made = await wish(plate, { wish: { kind: "visit", window, contact } });
    assert.equal(made.status, 200, JSON.stringify(made.answer));
    const { items } = (await leader.get("/appointments?size=200&state=asked")).body;
    return items.find(
      ({ placeId, from }: { placeId: string; from: number }) =>
        placeId === door && from === window.from,
    ).id;
  };
  const first = await ask(0);
  assert.equal(await numberOf(first), "139****2222");
  const second = await ask(3);
  assert.deepEqual([await numberOf(first), await numberOf(second)], ["139****2222", "139****2222"]);
  const step = async (id: string, what: "confirm" | "cancel") => {
    const taken = await leader.post(`/appointments/${id}/steps`, { step: what });
    assert.equal(taken.status, 200, taken.text);
  };
  await step(second, "confirm");
  assert.deepEqual([await numberOf(first), await numberOf(second)], [null, "139****2222"]);
  await step(second, "cancel");
  assert.equal(await numberOf(second), null);
});

test("a stranger who asks at the same door ends nobody's wish, learns of none, and takes no more room", async () => {
  const door = city.door("east", 3, 3);
  const plate = await plateOf(door);
  const { windows } = await offered(plate);
  const asking = async (n: number) =>
    (await wish(plate, { wish: { kind: "visit", window: windows[n] } })).look;
  const stateOf = async (look: string): Promise<string> => {
    nextMinute();
    return (await stranger.post("/public/wishes/follow", { look })).body.state;
  };
  const bookedAt = async (): Promise<number | undefined> => {
    const { rows } = await app.database.pool.query(
      "select state -> 'asked' ->> 'from' as from from door where id = $1",
      [door],
    );
    return Number(rows[0].from);
  };
  const resident = await asking(4);
  const strange = await asking(5);
  const third = await asking(6);
  for (const look of [resident, strange, third]) assert.equal(await stateOf(look), "asked");
  assert.equal(await bookedAt(), windows[4].from);
  assert.deepEqual((await offered(plate)).windows, windows, "three wishes, one door's room");

  // The stranger takes his back: the resident's stands. The resident takes his back: the third comes forward.
  const takeBack = async (look: string) => {
    nextMinute();
    const puzzle = await solvedPuzzle(stranger);
    const back = await stranger.post("/public/wishes/take-back", { look, puzzle });
    assert.equal(back.body.state, "cancelled", back.text);
  };
  await takeBack(strange);
  assert.deepEqual([await stateOf(resident), await bookedAt()], ["asked", windows[4].from]);
  await takeBack(resident);
  assert.deepEqual([await stateOf(third), await bookedAt()], ["asked", windows[6].from]);

  // Time passes one by: the other comes forward by itself. A visit that meets somebody serves whoever asked.
  const last = windows.length - 1;
  const again = await asking(last);
  app.clock.set(windows[6].to + DAY_MS);
  await app.database.asSystem(city.bureau, passAppointments);
  assert.deepEqual(
    [await stateOf(third), await stateOf(again), await bookedAt()],
    ["cancelled", "asked", windows[last].from],
  );
  app.clock.set(windows[last].from + HOUR_MS);
  const startedAt = windows[last].from;
  const met = await officer.post("/visits", {
    placeId: door,
    outcome: "completed_doorstep",
    startedAt,
    endedAt: startedAt + 60_000,
    team: [city.members.officer.id],
    noticeGiven: "oral_and_card",
    idShown: true,
  });
  assert.equal(met.status, 200, met.text);
  assert.equal(await stateOf(again), "kept");
});

test("a visit asked for on the page is confirmed at the desk, and the plan gets its window", async () => {
  const door = city.door("east", 1, 1);
  const plate = await plateOf(door);
  const { doors, windows } = await offered(plate);
  assert.equal(doors, null);
  const [window] = windows;
  const contact = { phone: "13900001111", consent: true };
  const asked = await wish(plate, { wish: { kind: "visit", window, contact } });
  assert.equal(asked.status, 200, JSON.stringify(asked.answer));
  assert.equal(asked.answer.state, "asked");
  assert.equal(await statusOf(door), "appointment");

  const listed = await leader.get("/appointments?state=asked");
  const [row] = listed.body.items;
  assert.deepEqual([row.placeId, row.origin, row.phone], [door, "page", "139****1111"]);
  const revealed = await leader.post(`/appointments/${row.id}/contact/reveal`, {
    purpose: "call_back",
  });
  assert.equal(revealed.body.phone, "13900001111");
  assert.equal(
    (await leader.post(`/appointments/${row.id}/steps`, { step: "confirm" })).status,
    200,
  );
  const again = await leader.post(`/appointments/${row.id}/steps`, { step: "confirm" });
  assert.equal(again.body.code, "appointment-wrong-state");

  // Where the plan looks for it.
  const { rows } = await app.database.pool.query(
    "select state -> 'appointment' as booked from door where id = $1",
    [door],
  );
  assert.deepEqual(
    rows.map(({ booked }) => [booked.value.from, booked.value.to]),
    [[window.from, window.to]],
  );

  // The officer comes in time and meets somebody.
  app.clock.set(window.from + HOUR_MS);
  const met = await officer.post("/visits", {
    placeId: door,
    outcome: "completed_doorstep",
    startedAt: window.from + HOUR_MS / 2,
    endedAt: window.from + HOUR_MS,
    team: [city.members.officer.id],
    noticeGiven: "oral_and_card",
    idShown: true,
  });
  assert.equal(met.status, 200, met.text);
  const followed = await stranger.post("/public/wishes/follow", { look: asked.look });
  assert.deepEqual([followed.body.state, followed.body.mayTakeBack], ["kept", false]);
  assert.equal(await numberOf(row.id), null, "his number was for this once");
});

test("no visits is heeded at once, shows nowhere why, and is taken back with its receipt alone", async () => {
  const door = city.door("east", 1, 2);
  const plate = await plateOf(door);
  const quiet = await wish(plate, { wish: { kind: "no_visits" } });
  assert.equal(quiet.answer.state, "holding");
  assert.equal(await statusOf(door), "ended");
  // Asking for a visit without the card opens nothing, and says nothing of it.
  const [window] = (await offered(plate)).windows;
  const asked = await wish(plate, { wish: { kind: "visit", window } });
  assert.equal(asked.answer.state, "asked");
  assert.equal(await statusOf(door), "ended");

  nextMinute();
  const back = await stranger.post("/public/wishes/take-back", {
    look: quiet.look,
    puzzle: await solvedPuzzle(stranger),
  });
  assert.equal(back.body.state, "ended");
  assert.equal(await statusOf(door), "appointment", "now the time asked for is seen");
  nextMinute();
  const twice = await stranger.post("/public/wishes/take-back", {
    look: quiet.look,
    puzzle: await solvedPuzzle(stranger),
  });
  assert.equal(twice.body.code, "appointment-wrong-state");
  const trail = await (await app.as("auditor")).get("/audit?action=wish.made");
  const said = JSON.stringify(trail.body.items);
  assert.ok(trail.body.items.length >= 3 && !/no_visits|visit_asked|quiet/.test(said), said);
});

test("the code on a card left at the door confirms at once, also at a building's plate", async () => {
  const door = city.door("east", 2, 3);
  const plate = await plateOf(city.buildings.east);
  const { doors, windows } = await offered(plate);
  assert.deepEqual(doors.find(({ id }: { id: string }) => id === door).label, "2-203");
  const startedAt = TEST_NOW + minutes * 60_000 - 10 * 60_000;
  const knock = await officer.post("/visits", {
    placeId: door,
    outcome: "no_answer",
    startedAt,
    endedAt: startedAt + 60_000,
    team: [city.members.officer.id],
    cardLeft: true,
  });
  assert.equal(knock.status, 200, knock.text);
  const cardCodeOf = cardCode(knock.body.id);
  const window = windows.at(-1);
  const wrong = await wish(plate, { cardCode: "00000000", wish: { kind: "visit", window } });
  assert.equal(wrong.answer.code, "card-code-wrong");
  const unsaid = await wish(plate, { wish: { kind: "visit", window } });
  assert.equal(unsaid.answer.code, "door-unknown");
  const agreed = await wish(plate, { cardCode: cardCodeOf, wish: { kind: "visit", window } });
  assert.equal(agreed.answer.state, "confirmed");
  assert.equal(await statusOf(door), "appointment");
  // Two years, not three months: whoever has the card lives there.
  const quiet = await wish(plate, { cardCode: cardCodeOf, wish: { kind: "no_visits" } });
  assert.ok(quiet.answer.until > TEST_NOW + 700 * DAY_MS);
  const follow = await stranger.post("/public/wishes/follow", { look: agreed.look });
  assert.equal(follow.body.state, "cancelled");
});

test("a time agreed at the door is in the list; nobody came: it is missed, and a late phone mends it", async () => {
  const door = city.door("east", 3, 1);
  const from = TEST_NOW + 3 * DAY_MS;
  const noted = await officer.post(`/doors/${door}/notes`, {
    base: 0,
    appointment: { from, to: from + HOUR_MS },
  });
  assert.equal(noted.status, 200, noted.text);
  const stateOf = async () =>
    (await leader.get("/appointments")).body.items.find(
      (row: { placeId: string }) => row.placeId === door,
    );
  assert.deepEqual([(await stateOf()).state, (await stateOf()).origin], ["confirmed", "door"]);
  app.clock.set(from + 2 * DAY_MS);
  await app.database.asSystem(city.bureau, passAppointments);
  assert.equal((await stateOf()).state, "missed");
  await officer.post("/visits", {
    placeId: door,
    outcome: "completed_inside",
    startedAt: from + 60_000,
    endedAt: from + 600_000,
    team: [city.members.officer.id],
    noticeGiven: "oral_and_card",
    idShown: true,
    entryConsent: true,
  });
  assert.equal((await stateOf()).state, "kept");
});

test("the desk types in paper; others' doors and strange receipts are not there", async () => {
  minutes += 20_000;
  nextMinute();
  const door = city.door("east", 3, 2);
  const look = await newLook();
  const from = TEST_NOW + minutes * 60_000 + DAY_MS;
  const window = { from, to: from + 2 * HOUR_MS };
  const take = { wish: { kind: "visit", window }, origin: "paper", look };
  assert.equal((await leader.post(`/doors/${door}/wishes`, take)).status, 200);
  const followed = await stranger.post("/public/wishes/follow", { look });
  assert.equal(followed.body.state, "confirmed");
  const south = await app.as("southLeader");
  assert.equal((await south.post(`/doors/${door}/wishes`, take)).status, 404);
  assert.equal((await south.get("/appointments")).body.items.length, 0);
  const observer = await app.as("observer");
  assert.equal((await observer.get("/appointments")).status, 403);
  nextMinute();
  const unknown = await stranger.post("/public/wishes/follow", { look: await newLook() });
  assert.deepEqual([unknown.status, unknown.body.code], [404, "receipt-unknown"]);
  const nowhere = await stranger.post("/public/wishes/offers", { plate: "nonsense" });
  assert.equal(nowhere.body.code, "plate-unknown");
});
