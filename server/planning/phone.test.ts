/** What a phone brings to the plan after hours without a network. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { WalkView } from "@wanjia/contract/planning";
import type { Id } from "@wanjia/domain/shared/id";
import { HOUR_MS, MINUTE_MS, startOfLocalDay } from "@wanjia/domain/shared/instant";
import type { OpenTx } from "../platform/database.ts";
import { type Client, type TestApp, TEST_NOW, testApp } from "../testing.ts";
import { addEastBuilding } from "../testing-city.ts";
import { planBureau } from "./commands.ts";
import { Planner } from "./planner.ts";
import { anId, openWalks, type PhonePlan, phonePlan, TOMORROW } from "./testing.ts";

let app: TestApp;
let leader: Client;
let campaign: Id;
const planner = new Planner();

before(async () => {
  app = await testApp({ jobs: true });
  leader = await app.as("leader");
  const { bureau, members } = app.city;
  await app.database.asSystem(bureau, (tx) => addEastBuilding(tx as OpenTx, 2));
  campaign = await openWalks(app, [
    { name: "一组", memberIds: [members.officer.id, members.auxiliary.id] },
    { name: "二组", memberIds: [members.colleague.id] },
  ]);
  await plan();
});

after(async () => {
  await planner.close();
  await app.close();
});

function plan(): Promise<void> {
  const { signal } = new AbortController();
  return planBureau(app.database, planner, app.city.bureau, TOMORROW, signal);
}

async function dayOf(): Promise<{ walks: WalkView[] }> {
  const query = `campaignId=${campaign}&stationId=${app.city.stations.first}&day=${TOMORROW}`;
  return (await leader.get(`/planning/day?${query}`)).body;
}

/** A phone that settles walks; `send` is what its outbox does when there is a network again. */
async function aPhone(member: "officer" | "auxiliary") {
  const device = anId();
  const client = await app.as(member, device);
  const registered = await client.post("/sync/devices", { id: device, name: "手机", protocol: 2 });
  assert.equal(registered.status, 200, registered.text);
  const order = (walk: PhonePlan["walks"][number], base: number, step: object, ago = 0) => ({
    id: anId(),
    type: "planning.settle",
    at: TEST_NOW - ago,
    base,
    body: {
      walkId: walk.id,
      campaignId: walk.campaignId,
      teamId: walk.teamId,
      day: walk.day,
      from: walk.from,
      step,
    },
  });
  const send = async (commands: readonly object[]) => {
    const answer = await client.post("/sync/push", {
      protocol: 2,
      device,
      deviceNow: TEST_NOW,
      commands,
    });
    assert.equal(answer.status, 200, answer.text);
    return (
      answer.body.answers as { status: string; refusal?: { code: string }; batch?: Id }[]
    ).map(({ status, refusal, batch }) => ({ said: refusal?.code ?? status, batch }));
  };
  const own = async () => {
    const { walks } = await phonePlan(client);
    const found = walks.find(({ state, stops }) => state === "planned" && stops.length > 0);
    assert.ok(found);
    return found;
  };
  return { client, order, send, own };
}

test("what an officer settled without a network is judged as it arrives, and receipted", async () => {
  const phone = await aPhone("officer");
  const walk = await phone.own();
  const { version } = walk;
  const trailOf = async (id: Id): Promise<number> => {
    const { rows } = await app.database.pool.query(
      "select count(*)::int as rows from audit where subject_id = $1",
      [id],
    );
    return rows[0].rows;
  };
  const before = await trailOf(walk.id);
  const same = async () => (await phonePlan(phone.client)).walks.find(({ id }) => id === walk.id);
  // Three steps, one on the other, in one push; sent again they get the same receipts.
  const steps = [
    phone.order(walk, version, { kind: "refuse", reason: "weather" }),
    phone.order(walk, version + 1, { kind: "restore" }),
    phone.order(walk, version + 2, { kind: "pin", pinned: false }),
  ];
  const first = await phone.send(steps);
  assert.deepEqual(
    first.map(({ said }) => said),
    ["accepted", "accepted", "accepted"],
  );
  const again = await phone.send(steps);
  assert.deepEqual(
    again.map(({ said, batch }) => [said, batch]),
    first.map(({ batch }) => ["had", batch]),
  );
  const seen = await same();
  assert.deepEqual([seen?.state, seen?.version], ["planned", version + 3]);
  assert.equal(seen?.changed?.byId, app.city.members.officer.id);
  const told = (await dayOf()).walks.find(({ id }) => id === walk.id);
  assert.deepEqual(
    told?.changes.slice(-3).map(({ change: what }) => what),
    ["refused", "restored", "unpinned"],
  );
  assert.equal((await trailOf(walk.id)) - before, 3, "and nothing twice");

  // Somebody was quicker: an order that he saw otherwise isn't changed; that he doesn't go, holds.
  const late = [
    phone.order(walk, version, { kind: "pin", pinned: true }),
    phone.order(walk, version, { kind: "refuse", reason: "ill" }),
  ];
  assert.deepEqual(
    (await phone.send(late)).map(({ said }) => said),
    ["walk-changed", "accepted"],
  );
  assert.equal((await same())?.state, "refused");
  const whole = { kind: "reorder", buildings: ["elsewhere"] };
  const back = { kind: "restore" };
  const wrong = await phone.send([
    phone.order(walk, version + 4, back),
    phone.order(walk, version + 5, whole),
    phone.order(walk, version + 5, { kind: "jump" }),
  ]);
  assert.deepEqual(
    wrong.map(({ said }) => said),
    ["accepted", "walk-order-incomplete", "malformed-command"],
  );

  // Planned anew meanwhile, under another id: that nobody goes is said of the hours.
  const anew = { ...walk, id: anId() };
  const unpinned = phone.order(walk, version + 5, { kind: "pin", pinned: false });
  const said = await phone.send([
    phone.order(anew, 1, { kind: "pin", pinned: true }),
    phone.order(anew, 1, { kind: "refuse", reason: "ill" }),
    phone.order(walk, version + 6, back),
    { ...unpinned, base: version + 7 },
  ]);
  assert.deepEqual(
    said.map((one) => one.said),
    ["walk-changed", "accepted", "accepted", "accepted"],
  );

  // A walk that others go isn't his to settle, nor is any an auxiliary's.
  const helper = await aPhone("auxiliary");
  const theirs = await helper.own();
  assert.deepEqual(
    (await helper.send([helper.order(theirs, theirs.version, { kind: "pin", pinned: true })])).map(
      (one) => one.said,
    ),
    ["walk-changed"],
  );
});

test("a time agreed at a door without a network is a window of tomorrow's plan, on the phone too", async () => {
  const phone = await aPhone("officer");
  const placeId = app.city.door("east", 2, 3);
  const from = startOfLocalDay(TOMORROW) + 18.5 * HOUR_MS;
  // Three hours in a basement: the resident opens, asks for tomorrow evening, and nobody hears of it.
  const at = TEST_NOW - 3 * HOUR_MS;
  const visit = {
    id: anId(),
    type: "visits.record",
    at,
    base: 0,
    body: {
      placeId,
      outcome: "rescheduled",
      startedAt: at - 2 * MINUTE_MS,
      endedAt: at,
      team: [app.city.members.officer.id],
      noticeGiven: "oral_and_card",
      idShown: true,
      appointment: { from, to: from + HOUR_MS },
    },
  };
  const [taken] = await phone.send([visit]);
  assert.equal(taken?.said, "accepted", JSON.stringify(taken));
  await plan();
  const { rows } = await app.database.pool.query(
    `select s.at_minute as at, s.reason, w.crew::text[] as crew from walk_stop s
      join walk w on w.bureau_id = s.bureau_id and w.id = s.walk_id where w.day = $1 and s.place_id = $2`,
    [TOMORROW, placeId],
  );
  assert.equal(rows.length, 1);
  assert.equal(rows[0].reason, "appointment");
  assert.ok(rows[0].at >= 18.5 * 60 && rows[0].at <= 19.5 * 60, `at ${rows[0].at}`);
  const told = (await phonePlan(phone.client)).walks.flatMap(({ stops }) => stops);
  assert.ok(
    (told as unknown[][]).some(
      ([, door, , reason]) => door === placeId && reason === "appointment",
    ),
  );
  // Its walk is no longer given up: not on the phone, not at the desk.
  const evening = (await dayOf()).walks.find(({ choices }) =>
    choices.some(({ reason }) => reason === "appointment"),
  );
  assert.ok(evening);
  const no = await leader.post(`/planning/walks/${evening.id}/refuse`, {
    version: evening.version,
    reason: "weather",
  });
  assert.equal(no.body.code, "appointment-missed", no.text);
});
