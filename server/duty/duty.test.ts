import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type TodayList, todayOf } from "@wanjia/domain/duty/today";
import type { Id } from "@wanjia/domain/shared/id";
import { DAY_MS, HOUR_MS, startOfLocalDay } from "@wanjia/domain/shared/instant";
import { newId } from "../platform/crypto.ts";
import { type Client, type TestApp, testApp } from "../testing.ts";

const DAY = "2026-11-11";
const MORNING = startOfLocalDay(DAY) + 10 * HOUR_MS;
const NEXT_MORNING = MORNING + DAY_MS - 2 * HOUR_MS;

let app: TestApp;
let officer: Client;
let leader: Client;

before(async () => {
  app = await testApp();
  await at(MORNING);
});
after(() => app.close());

/** Sessions end with the clock that the tests turn. */
async function at(now: number): Promise<void> {
  app.clock.set(now);
  officer = await app.as("officer");
  leader = await app.as("leader");
}

async function raised(text: string): Promise<Id> {
  const id = newId(app.clock.now());
  const reply = await officer.post("/matters", {
    id,
    kind: "opinion",
    subtype: "patrol",
    text,
    placeId: app.city.door("east", 1, 1),
    reporter: "resident",
    feedback: "none",
  });
  assert.equal(reply.status, 200, reply.text);
  return id;
}

async function today(client: Client): Promise<Record<string, number>> {
  const { body, status, text } = await client.get("/duty/today");
  assert.equal(status, 200, text);
  return Object.fromEntries(body.lists.map(({ key, total }: any) => [key, total.count]));
}

test("a station's day: what came in is followed, what is left is explained, and it is signed once", async () => {
  const taken = await raised("希望晚上多到小区后门巡逻");
  const left = await raised("楼下广场舞音量太大");
  const accepted = await officer.post(`/matters/${taken}/steps`, {
    version: 1,
    step: { type: "accept" },
  });
  assert.equal(accepted.status, 200, accepted.text);

  const day = `/duty/days/${app.city.stations.first}/${DAY}`;
  const running = await leader.get(day);
  assert.equal(running.status, 200, running.text);
  assert.equal(running.body.maySign, false);
  const early = await leader.post(`${day}/signature`, { left: [] });
  assert.equal(early.body.code, "day-not-over");
  assert.equal((await today(leader))["unsigned_days"], 0);
  assert.equal((await today(leader))["untouched"], 1);
  assert.equal((await today(officer))["my_untouched"], 1);

  await at(NEXT_MORNING);
  assert.equal((await today(leader))["unsigned_days"], 1);
  const { items } = (await leader.get("/duty/days?state=unsigned")).body;
  assert.deepEqual(
    items.map((row: any) => [row.day, row.cameIn, row.untouched]),
    [[DAY, 2, 1]],
  );
  const open = (await leader.get(day)).body;
  assert.equal(open.maySign, true);
  assert.deepEqual(
    [open.figures.came_in, open.figures.taken_up, open.figures.untouched],
    [2, 1, 1],
  );
  assert.deepEqual(
    open.left.map(({ id, why }: any) => [id, why]),
    [[left, null]],
  );

  assert.equal((await leader.post(`${day}/signature`, {})).body.code, "left-unexplained");
  const said = { left: [{ matterId: left, why: "handler_away" }], note: "今早先打电话" };
  const personal = { ...said, note: "先打 13800001111" };
  assert.equal((await leader.post(`${day}/signature`, personal)).body.code, "note-forbidden");
  const signed = await leader.post(`${day}/signature`, said);
  assert.equal(signed.status, 200, signed.text);
  assert.equal((await leader.post(`${day}/signature`, said)).body.code, "day-signed");

  // What was signed stays as it was, whatever becomes of the matters.
  await officer.post(`/matters/${left}/steps`, { version: 1, step: { type: "accept" } });
  const kept = (await leader.get(day)).body;
  assert.equal(kept.figures.untouched, 1);
  assert.equal(kept.left[0].why, "handler_away");
  assert.equal((await today(leader))["unsigned_days"], 0);

  const auditor = await app.as("auditor");
  const trail = await auditor.get("/audit?action=station_day.signed");
  assert.equal(trail.body.items.length, 1, trail.text);
});

test("a day is for its station's leader; others see it, or do not", async () => {
  const day = `/duty/days/${app.city.stations.first}/${DAY}`;
  assert.equal((await officer.get(day)).status, 403);
  assert.equal((await (await app.as("southLeader")).get(day)).status, 404);
  const inspector = await app.as("inspector");
  assert.equal((await inspector.get(day)).body.maySign, false);
  assert.equal((await inspector.post(`${day}/signature`, {})).status, 403);
  const foreign = await app.as("foreignLeader");
  assert.equal((await foreign.get(day)).status, 404);
});

/** Where each screen reads its list. */
const ENDPOINTS: Readonly<Record<TodayList["screen"], string>> = {
  matters: "/matters",
  answers: "/answers",
  appointments: "/appointments",
  complaints: "/complaints",
  mediations: "/mediations",
  data_requests: "/data-requests",
  referrals: "/referrals",
  rechecks: "/rechecks/findings",
  tips: "/tips",
  days: "/duty/days",
};

test("each role's lists count what their screens show", async () => {
  const members = {
    leader: "station_leader",
    officer: "community_officer",
    feedback: "feedback_centre",
    inspector: "inspectorate",
    dpo: "dpo",
    propertyManager: "partner",
    detective: "business_unit",
    auxiliary: "auxiliary",
  } as const;
  for (const [member, role] of Object.entries(members)) {
    const client = await app.as(member as keyof typeof members);
    const counted = await today(client);
    const lists = todayOf(role);
    assert.deepEqual(
      Object.keys(counted),
      lists.map(({ key }) => key),
    );
    for (const { key, screen, filter } of lists) {
      const { mine, ...rest } = { mine: undefined, ...filter };
      const own = mine === undefined ? [] : [["handlerId", app.city.members[member as "dpo"].id]];
      const query = new URLSearchParams([...Object.entries(rest), ...own] as string[][]);
      const asks = screen === "rechecks" && role === "feedback_centre";
      const endpoint = asks ? "/rechecks/doors" : ENDPOINTS[screen];
      const { body, text } = await client.get(`${endpoint}?${query.toString()}`);
      // A second look is short and comes in one page.
      const total = screen === "rechecks" ? body.items?.length : body.total?.count;
      assert.equal(total, counted[key], `${role} ${key}: ${text}`);
      assert.equal(body.items.length, counted[key], `${role} ${key}`);
    }
  }
  assert.equal((await (await app.as("auditor")).get("/duty/today")).status, 403);
});

test("several matters are handed on together, and each refusal is told", async () => {
  const [first, second] = [await raised("路口红绿灯太短"), await raised("早市占道")];
  const elsewhere = newId(app.clock.now());
  const to = app.city.members.colleague.id;
  const ids = [first, second, elsewhere];
  const reply = await leader.post("/matters/assignments", { to, ids });
  assert.equal(reply.status, 200, reply.text);
  assert.deepEqual(new Set(reply.body.assigned), new Set([first, second]));
  assert.equal(reply.body.refused.length, 1);
  assert.equal((await leader.get(`/matters/${first}`)).body.assigneeId, to);
  const west = { to: app.city.members.westOfficer.id, ids: [first] };
  const refused = (await leader.post("/matters/assignments", west)).body.refused;
  assert.equal(refused.length, 1);
  assert.match(refused[0].why, /[一-龥]/);
  assert.equal((await (await app.as("auxiliary")).post("/matters/assignments", west)).status, 403);
});
