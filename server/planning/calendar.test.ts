import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import ICAL from "ical.js";
import type { WalkView } from "@wanjia/contract/planning";
import type { Id } from "@wanjia/domain/shared/id";
import { clockText } from "@wanjia/domain/planning/settling";
import { startOfLocalDay } from "@wanjia/domain/shared/instant";
import { addEastBuilding } from "../testing-city.ts";
import type { OpenTx } from "../platform/database.ts";
import { type Client, type TestApp, testApp } from "../testing.ts";
import { planBureau } from "./commands.ts";
import { Planner } from "./planner.ts";
import { openWalks, TOMORROW } from "./testing.ts";

let app: TestApp;
let leader: Client;
let officer: Client;
/** The officer's walks of tomorrow. */
let own: WalkView[];
let campaign: Id;
const planner = new Planner();

function plan(): Promise<void> {
  const { signal } = new AbortController();
  return planBureau(app.database, planner, app.city.bureau, TOMORROW, signal);
}

before(async () => {
  app = await testApp({ jobs: true });
  [leader, officer] = await Promise.all([app.as("leader"), app.as("officer")]);
  const { id } = app.city.members.officer;
  campaign = await openWalks(app, [
    { name: "一组", memberIds: [id] },
    { name: "二组", memberIds: [app.city.members.colleague.id] },
  ]);
  await app.database.asSystem(app.city.bureau, (tx) => addEastBuilding(tx as OpenTx, 2));
  await plan();
  own = (await day()).filter(
    ({ state, crew }) => state === "planned" && crew.some((member) => member.id === id),
  );
  assert.ok(own.length > 0);
});

after(async () => {
  await planner.close();
  await app.close();
});

function change(walk: WalkView, step: string, body: object) {
  return officer.post(`/planning/walks/${walk.id}/${step}`, { version: walk.version, ...body });
}

/** Another project's parser, as calendar programs use it: what it can't read, they can't. */
function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents("vevent").map((one) => new ICAL.Event(one));
  return { calendar, events };
}

async function feedOf(client: Client): Promise<{ path: string; text: () => Promise<string> }> {
  const { path } = (await client.post("/planning/calendars")).body;
  return { path, text: async () => (await app.stranger.get(`/${path}`)).text };
}

/** The walks of the day as the desk sees them. */
async function day(): Promise<WalkView[]> {
  const query = `campaignId=${campaign}&stationId=${app.city.stations.first}&day=${TOMORROW}`;
  return (await leader.get(`/planning/day?${query}`)).body.walks;
}

function at(minute: number): Date {
  return new Date(startOfLocalDay(TOMORROW) + minute * 60_000);
}

test("a calendar program reads each walk as one event at its own hours, wherever the program is", async () => {
  const { text } = await feedOf(officer);
  const feed = await text();
  // By RFC 5545 lines end in CR LF and have 75 octets at most; a character is never cut in two.
  for (const line of feed.split("\r\n")) {
    assert.ok(Buffer.byteLength(line) <= 75, line);
    assert.doesNotMatch(line, /\uFFFD|\n/);
  }
  const { calendar, events } = read(feed);
  assert.equal(calendar.getFirstPropertyValue("version"), "2.0");
  // Its own properties come before its events, or a strict program stops there.
  assert.doesNotMatch(feed.slice(feed.indexOf("END:VEVENT")), /END:VEVENT\r\n(?!BEGIN:|END:)/);
  assert.equal(events.length, own.length);
  assert.equal(new Set(events.map(({ uid }) => uid)).size, events.length);
  for (const walk of own) {
    const event = events.find(({ uid }) => uid === walk.id);
    assert.ok(event);
    assert.equal(event.startDate.zone, ICAL.Timezone.utcTimezone);
    assert.deepEqual(event.startDate.toJSDate(), at(walk.from));
    const ends = event.endDate.toJSDate().valueOf() - at(walk.endsAt).valueOf();
    assert.ok(ends >= 0 && ends <= 60_000, "to the full minute");
    assert.equal(event.component.getFirstPropertyValue("status"), "CONFIRMED");
    assert.equal(event.sequence, walk.version);
    const names = [...new Set(walk.choices.map(({ name }) => name))];
    assert.equal(event.summary, `平安入户：${names.slice(0, 3).join("、")}`);
    assert.equal(
      event.description,
      walk.choices.map(({ at: minute, name }) => `${clockText(minute)} ${name}`).join("\n"),
    );
  }
  // Written anew by the parser, it says the same.
  const again = read(calendar.toString());
  assert.deepEqual(
    again.events.map(({ uid, summary }) => [uid, summary]),
    events.map(({ uid, summary }) => [uid, summary]),
  );
});

test("a walk that begins in the later hours of its block stands in the calendar from its first door", async () => {
  const [walk] = own;
  assert.ok(walk);
  const { text } = await feedOf(officer);
  const first = walk.from + 95;
  await app.database.pool.query(
    "update walk set choices = jsonb_set(choices, '{0,at}', to_jsonb($2::int)) where id = $1",
    [walk.id, first],
  );
  const late = read(await text()).events.find(({ uid }) => uid === walk.id);
  assert.deepEqual(late?.startDate.toJSDate(), at(first));
  assert.ok(late.endDate.toJSDate() > late.startDate.toJSDate());
  await app.database.pool.query("update walk set choices = $2 where id = $1", [
    walk.id,
    JSON.stringify(walk.choices),
  ]);
});

test("planned anew, a walk is the same event; called off, it is cancelled; and each change counts on", async () => {
  const { text } = await feedOf(officer);
  const other = await feedOf(await app.as("colleague"));
  const told = async () =>
    new Map(
      read(await text()).events.map((event) => [
        event.uid,
        {
          sequence: Number(event.sequence),
          status: event.component.getFirstPropertyValue("status"),
        },
      ]),
    );
  const before = await told();
  await plan();
  const anew = await told();
  assert.deepEqual([...anew.keys()].toSorted(), [...before.keys()].toSorted());
  const [walk] = (await day()).filter(({ id }) => before.has(id));
  assert.ok(walk);
  const sequences = [before.get(walk.id)?.sequence ?? 0, anew.get(walk.id)?.sequence ?? 0];
  const gone = await change(walk, "refuse", { reason: "ill" });
  assert.equal(gone.status, 200, gone.text);
  const cancelled = await told();
  assert.equal(cancelled.get(walk.id)?.status, "CANCELLED");
  sequences.push(cancelled.get(walk.id)?.sequence ?? 0);
  assert.equal((await change(gone.body, "restore", {})).status, 200);
  const back = await told();
  assert.equal(back.get(walk.id)?.status, "CONFIRMED");
  sequences.push(back.get(walk.id)?.sequence ?? 0);
  assert.deepEqual(
    sequences,
    [...new Set(sequences)].toSorted((a, b) => a - b),
  );
  const [now] = (await day()).filter(({ id }) => id === walk.id);
  assert.equal((await change(now ?? walk, "refuse", { reason: "ill" })).status, 200);
  await plan();
  assert.equal((await told()).get(walk.id)?.status, "CANCELLED", "after the next plan, too");
  const colleagues = read(await other.text()).events;
  assert.ok(
    colleagues.every(({ uid }) => !back.has(uid)),
    "his own walks, and nobody else's",
  );
});

test("an officer's calendar holds his walks and no door, and ends when he says so", async () => {
  const made = await officer.post("/planning/calendars");
  assert.equal(made.status, 200, made.text);
  const path = `/${made.body.path}`;
  const feed = await app.stranger.get(path);
  assert.equal(feed.status, 200);
  assert.match(String(feed.headers["content-type"]), /text\/calendar/);
  assert.match(feed.text, /SUMMARY:平安入户：东亭花园/);
  assert.doesNotMatch(feed.text, /室|单元/);
  const { rows } = await app.database.pool.query("select hash from calendar_link");
  assert.ok(rows.every(({ hash }) => !path.includes(hash.toString("base64url"))));
  // A wrong link and an old one answer alike.
  const wrong = await app.stranger.get(path.replace(/.\.ics$/, "!.ics"));
  assert.equal(wrong.status, 404);
  const again = await officer.post("/planning/calendars");
  assert.equal((await app.stranger.get(path)).status, 404, "a new link ends the old one");
  assert.equal((await leader.delete(`/planning/calendars/${again.body.id}`)).status, 404);
  assert.equal((await officer.delete(`/planning/calendars/${again.body.id}`)).status, 200);
  const ended = await app.stranger.get(`/${again.body.path}`);
  assert.deepEqual([ended.status, ended.text], [wrong.status, wrong.text]);
});
