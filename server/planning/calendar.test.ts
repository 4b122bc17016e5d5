import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { WalkView } from "@wanjia/contract/planning";
import { clockText } from "@wanjia/domain/planning/settling";
import { startOfLocalDay } from "@wanjia/domain/shared/instant";
import { type Client, type TestApp, testApp } from "../testing.ts";
import { planBureau } from "./commands.ts";
import { Planner } from "./planner.ts";
import { openWalks, TOMORROW } from "./testing.ts";

let app: TestApp;
let leader: Client;
let officer: Client;
/** The officer's walks of tomorrow. */
let own: WalkView[];

before(async () => {
  app = await testApp({ jobs: true });
  [leader, officer] = await Promise.all([app.as("leader"), app.as("officer")]);
  const { id } = app.city.members.officer;
  const campaign = await openWalks(app, [{ name: "一组", memberIds: [id] }]);
  const planner = new Planner();
  const { signal } = new AbortController();
  await planBureau(app.database, planner, app.city.bureau, TOMORROW, signal);
  await planner.close();
  const day = await leader.get(
    `/planning/day?campaignId=${campaign}&stationId=${app.city.stations.first}&day=${TOMORROW}`,
  );
  own = day.body.walks.filter(({ state }: WalkView) => state === "planned");
});

after(() => app.close());

function change(walk: WalkView, step: string, body: object) {
  return officer.post(`/planning/walks/${walk.id}/${step}`, { version: walk.version, ...body });
}

test("an event of the calendar is the walk itself, and one in the later hours begins at its first door", async () => {
  const { path } = (await officer.post("/planning/calendars")).body;
  const [walk] = own;
  assert.ok(walk);
  const eventsOf = async () => eventsIn((await app.stranger.get(`/${path}`)).text);
  const stampOf = (minute: number): string => {
    const at = new Date(startOfLocalDay(TOMORROW) + minute * 60_000).toISOString();
    return `${at.slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
  };
  const events = await eventsOf();
  assert.equal(new Set(events.map(({ UID }) => UID)).size, events.length);
  const event = events.find(({ UID }) => UID === walk.id);
  assert.equal(event?.["DTSTART"], stampOf(walk.from));
  assert.match(event?.["DTSTAMP"] ?? "", /^\d{8}T\d{6}Z$/);
  assert.equal(event?.["SEQUENCE"], String(walk.version));
  assert.match(
    event?.["DESCRIPTION"] ?? "",
    new RegExp(`^${clockText(walk.choices[0]?.at ?? 0)} `),
  );
  const first = walk.from + 95;
  await app.database.pool.query(
    "update walk set choices = jsonb_set(choices, '{0,at}', to_jsonb($2::int)) where id = $1",
    [walk.id, first],
  );
  const late = (await eventsOf()).find(({ UID }) => UID === walk.id);
  assert.equal(late?.["DTSTART"], stampOf(first));
  assert.ok((late?.["DTEND"] ?? "") > (late?.["DTSTART"] ?? ""));
  await app.database.pool.query("update walk set choices = $2 where id = $1", [
    walk.id,
    JSON.stringify(walk.choices),
  ]);
  // What nobody goes isn't in it any more.
  const gone = await change(walk, "refuse", { reason: "ill" });
  assert.equal((await eventsOf()).length, events.length - 1);
  assert.equal((await change(gone.body, "restore", {})).status, 200);
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
  assert.deepEqual(
    readCalendar(feed.text)?.map(({ day }) => day),
    [TOMORROW],
  );
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

/** The properties of each event, by their names. */
function eventsIn(text: string): Record<string, string>[] {
  const [, ...events] = text.replaceAll(/\r\n[ \t]/g, "").split("BEGIN:VEVENT\r\n");
  return events.map((event) =>
    Object.fromEntries(
      event
        .split("\r\n")
        .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)]),
    ),
  );
}

/** The days of a calendar's events, by the rules of RFC 5545: folded lines, one component in another. */
function readCalendar(text: string): { day: string }[] {
  assert.ok(text.split("\r\n").every((line) => Buffer.byteLength(line) <= 75));
  const lines = text.replaceAll(/\r\n[ \t]/g, "").split("\r\n");
  assert.equal(lines[0], "BEGIN:VCALENDAR");
  const days = new Set<string>();
  for (const line of lines) {
    const [, start] = /^DTSTART:(\d{8}T\d{6}Z)$/.exec(line) ?? [];
    if (start === undefined) continue;
    const iso = start.replace(/^(\d{4})(\d\d)(\d\d)T.*$/, "$1-$2-$3");
    days.add(iso);
  }
  return [...days].map((day) => ({ day }));
}
