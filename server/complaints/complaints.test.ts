import assert from "node:assert/strict";
import { after, test } from "node:test";
import { DAY_MS, HOUR_MS, localDate, startOfLocalDay } from "@wanjia/domain/shared/instant";
import { toBase64Url } from "@wanjia/sync/bytes";
import { lookOf } from "@wanjia/sync/receipt-keys";
import { type Client, testApp } from "../testing.ts";
import type { CityMember } from "../testing-city.ts";
import { dumpAll, tracesOf } from "../testing-dump.ts";
import { newReceiptCode, solvedPuzzle } from "../testing-intake.ts";
import { addressesOf, isPublic, operationsOf, SEARCHES } from "../testing-walk.ts";
import { endComplaints } from "./commands.ts";

const app = await testApp();
after(() => app.close());
const { city } = app;

const TEXT = "报警以后一个多小时没有人来，电话里还说这点小事不要烦";
const PHONE = "12012345678";
const inspector = await app.as("inspector");

const operations = await operationsOf(app);

/** What takes words but searches nothing. */
const NO_SEARCH = [
  "action",
  "beat",
  "day",
  "device",
  "from",
  "on",
  "to",
  "cursor",
  "sort",
  "have",
  "name",
  "parent",
  "todo",
  "period",
  "month",
  "year",
];

test("every way to search is among those that are walked", () => {
  const free = operations.flatMap(({ path, operation }) =>
    (operation.parameters ?? [])
      .filter(({ in: place, schema }) => place === "query" && schema.type === "string")
      .filter(({ name, schema }) => schema.enum === undefined && !name.endsWith("Id"))
      .map(({ name }) => `${name} ${path}`),
  );
  const unknown = free.filter(
    (one) => ![...SEARCHES, ...NO_SEARCH].includes(one.split(" ")[0] ?? ""),
  );
  assert.deepEqual(unknown, []);
});

/** What is asked for in a body rather than in an address. */
const ASKED_BY_POST: Readonly<Record<string, object>> = {
  "/matters/similar": {
    kind: "opinion",
    subtype: "police_conduct",
    placeId: city.door("east", 1, 1),
    text: TEXT,
  },
  "/planning/day": { day: "2026-11-11" },
  "/routing/trial": {},
};

/** What is handed in without naming a record: nothing is read of what others handed in. */
const HANDED_IN = [
  "/answers/ask",
  "/campaigns",
  "/complaints",
  "/data-requests",
  "/data-requests/withdrawals",
  "/forms",
  "/listings",
  "/listings/counts",
  "/matters",
  "/matters/assignments",
  "/matters/clock-rules",
  "/matters/paper-steps",
  "/mediations",
  "/organisation/members",
  "/places",
  "/places/reassign",
  "/planning/calendars",
  "/places/imports",
  "/planning/roster",
  "/property/imports",
  "/return-meetings",
  "/routing/draft",
  "/routing/on",
  "/routing/rules",
  "/sync/devices",
  "/sync/import",
  "/sync/push",
  "/sync/reconcile",
  "/tips/openings",
  "/tips/units",
  "/visits",
  "/workdays",
];

test("every endpoint is walked, or known to take in without showing", () => {
  const unknown = operations
    // With a receipt of 96 bits anyone may ask; nobody is signed in there.
    .filter(({ path, method }) => method !== "get" && !path.includes("{"))
    .filter(({ path }) => !isPublic(path))
    .filter(({ path }) => ASKED_BY_POST[path] === undefined && !HANDED_IN.includes(path))
    .map(({ path, method }) => `${method} ${path}`);
  assert.deepEqual(unknown, []);
});

/** Every id that could lead to a complaint or to whom it concerns. */
function addresses(complaintId: string, open: boolean): readonly string[] {
  const ids = [complaintId, city.members.officer.id, city.stations.first] as const;
  return addressesOf(operations, app, [...ids], "小事", open);
}

async function look(client: Client, complaintId: string): Promise<Record<string, string>> {
  const seen: Record<string, string> = {};
  for (const target of addresses(complaintId, client === app.stranger)) {
    const { status, text } = await client.get(target);
    assert.ok(status < 500, `${target}: ${text}`);
    seen[target.replaceAll(complaintId, "{complaint}")] =
      `${status} ${text.replaceAll(complaintId, "{complaint}")}`;
  }
  for (const [path, body] of Object.entries(ASKED_BY_POST)) {
    const { status, text } = await client.post(path, body);
    assert.ok(status < 500, `${path}: ${text}`);
    seen[path] = `${status} ${text}`;
  }
  return seen;
}

/** Orders that name a complaint are answered as if there were none. */
async function order(client: Client, complaintId: string): Promise<Record<string, string>> {
  const answers: Record<string, string> = {};
  for (const { path, method } of operations) {
    if (method === "get" || !path.includes("{")) continue;
    const target = path.replaceAll(/\{\w+\}/g, complaintId);
    const bodies: object[] = [
      {},
      { version: 1, step: { type: "note", text: "看看" } },
      { purpose: "ask" },
    ];
    for (const body of bodies) {
      const answer =
        method === "delete"
          ? await client.delete(target)
          : await client[method as "post" | "put"](target, body);
      answers[`${method} ${path} ${JSON.stringify(body)}`] =
        `${answer.status} ${answer.body?.code ?? ""}`;
    }
  }
  return answers;
}

/** What is answered otherwise than before. */
function changes(before: Record<string, string>, now: Record<string, string>): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(now)])]
    .filter((target) => before[target] !== now[target])
    .map((target) => `${target}: ${before[target]} -> ${now[target]}`);
}

async function complain(code: string, changes: object = {}): Promise<any> {
  const answer = await app.stranger.post("/public/complaints", {
    bureauId: city.bureau,
    about: "station",
    stationId: city.stations.first,
    kind: "inaction",
    text: TEXT,
    happenedOn: "2026-11-09",
    contact: { phone: PHONE, salutation: "王女士", consent: true },
    look: toBase64Url(await lookOf(code)),
    puzzle: await solvedPuzzle(app.stranger),
    ...changes,
  });
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}

const followed = async (code: string) =>
  (await app.stranger.post("/public/complaints/follow", { look: toBase64Url(await lookOf(code)) }))
    .body;

async function step(id: string, order: object, as: Client = inspector) {
  const { body } = await as.get(`/complaints/${id}`);
  return as.post(`/complaints/${id}/steps`, { version: body?.version ?? 0, step: order });
}

const newest = async (client: Client = inspector) =>
  (await client.get("/complaints?sort=-received")).body.items[0];

/** Whoever could be concerned, his chain, and everybody else who handles none of it. */
const OTHERS = [
  // First: the looks of the others leave rows of their own in the trail.
  "auditor",
  "officer",
  "colleague",
  "auxiliary",
  "leader",
  "southLeader",
  "office",
  "feedback",
  "legal",
  "dpo",
  "admin",
  "observer",
  "detective",
] as const satisfies readonly CityMember[];

const CODE = newReceiptCode();

test("no endpoint tells those complained of, their leaders or anyone else that there is a complaint", async () => {
  const clients = new Map<CityMember | "stranger", Client>();
  for (const member of OTHERS) clients.set(member, await app.as(member));
  const nowhere = "01990000-0000-7000-8000-00ffffffffff";
  clients.set("stranger", app.stranger);
  const before = new Map<
    CityMember | "stranger",
    [Record<string, string>, Record<string, string>]
  >();
  for (const [member, client] of clients) {
    const ordered = await order(client, nowhere);
    before.set(member, [{}, ordered]);
  }
  const { rows } = await app.database.pool.query<{ id: string }>("select id from audit");
  const trail = rows.map(({ id }) => id);
  const forgetLooks = () =>
    app.database.pool.query("delete from audit where id <> all ($1)", [trail]);
  // The first walk is also the one that writes down what is made when first asked for.
  const unseen = await look(inspector, nowhere);
  await forgetLooks();
  for (const [member, client] of clients) before.get(member)![0] = await look(client, nowhere);
  await forgetLooks();

  await complain(CODE);
  const { id } = await newest();
  // Handled as far as it goes: each step might leave a trace somewhere.
  const { officer } = city.members;
  for (const one of [
    { type: "receipt" },
    { type: "name", memberIds: [officer.id] },
    { type: "check", result: "investigate", text: "调取接警记录" },
    { type: "hear", text: "当晚同时有三起警情" },
    { type: "find", finding: "partly", text: "到场慢属实", remedy: "调整备勤" },
    { type: "answer", text: "您反映的情况部分属实，已经改正。" },
  ]) {
    const answer = await step(id, one);
    assert.equal(answer.status, 200, answer.text);
  }
  const shown = await inspector.post(`/complaints/${id}/contact/reveal`, { purpose: "answer" });
  assert.deepEqual(shown.body, { phone: PHONE, salutation: "王女士" });

  for (const [member, client] of clients) {
    assert.deepEqual(changes(before.get(member)![0], await look(client, id)), [], member);
  }
  for (const [member, client] of clients) {
    assert.deepEqual(changes(before.get(member)![1], await order(client, id)), [], member);
  }
  assert.notDeepEqual(await look(inspector, id), unseen, "the walk sees what there is to see");
});

test("what a complaint says is read by its handlers alone, also on a stolen disk", async () => {
  const dump = await dumpAll(app.database);
  for (const secret of [TEXT, PHONE, "王女士", "到场慢属实", CODE]) {
    for (const trace of tracesOf(secret)) assert.equal(dump.includes(trace), false, trace);
  }
});

test("an inspector whom it concerns, or who was posted there, sees nothing of it", async () => {
  const { id } = await newest();
  const named = await step(id, { type: "name", memberIds: [city.members.inspector.id] });
  assert.deepEqual([named.status, named.body ?? null], [200, null]);
  assert.equal((await inspector.get(`/complaints/${id}`)).status, 404);
  assert.deepEqual((await inspector.get("/complaints")).body.items, []);
  assert.deepEqual((await inspector.get("/complaint-units?year=2026")).body.items, []);
  const gone = await inspector.post(`/complaints/${id}/contact/reveal`, { purpose: "ask" });
  assert.equal(gone.status, 404);
  await app.database.pool.query("update complaint set concerned = '{}'");
  await app.database.pool.query(
    `insert into posting (bureau_id, id, member_id, role, station_id, beat_id, valid_from, valid_to)
     values ($1, gen_random_uuid(), $2, 'station_leader', $3, null, '2025-01-01', '2025-06-01')`,
    [city.bureau, city.members.inspector.id, city.stations.first],
  );
  assert.equal((await inspector.get(`/complaints/${id}`)).status, 404);
  assert.deepEqual((await inspector.get("/complaints")).body.items, []);
  assert.deepEqual((await inspector.get("/complaint-units?year=2026")).body.items, []);
  await app.database.pool.query("delete from posting where valid_to = '2025-06-01'");
  const [unit] = (await inspector.get("/complaint-units?year=2026")).body.items;
  assert.deepEqual([unit.about, unit.complaints, unit.complaints_answered], ["station", 1, 1]);
  assert.equal((await inspector.get(`/complaints/${id}`)).status, 200);
});

test("the complainant follows it, disagrees once, and is told by somebody else", async () => {
  const answered = await followed(CODE);
  assert.equal(answered.state, "answered");
  assert.equal(answered.finding, "partly");
  assert.equal(answered.answer, "您反映的情况部分属实，已经改正。");
  assert.equal(answered.mayAskReview, true);
  const { id } = await newest();
  const body = {
    look: toBase64Url(await lookOf(CODE)),
    text: "没有说那句话的事",
    puzzle: await solvedPuzzle(app.stranger),
  };
  const asked = await app.stranger.post("/public/complaints/review", body);
  assert.equal(asked.body.state, "under_review", asked.text);
  const own = await step(id, { type: "decide_review", result: "upheld", text: "维持" });
  assert.deepEqual([own.status, own.body.code], [403, "reviewer-was-finder"]);
  await app.database.pool.query("update complaint set found_by = $1", [city.members.legal.id]);
  const decided = await step(id, {
    type: "decide_review",
    result: "changed",
    finding: "substantiated",
    text: "录音里有这句话",
  });
  assert.equal(decided.status, 200, decided.text);
  assert.equal((await step(id, { type: "answer", text: "复核认定属实，向您道歉。" })).status, 200);
  const ended = await followed(CODE);
  assert.deepEqual([ended.state, ended.finding], ["closed", "substantiated"]);
  assert.equal(ended.answer, "复核认定属实，向您道歉。");
  const puzzle = await solvedPuzzle(app.stranger);
  const again = await app.stranger.post("/public/complaints/review", { ...body, puzzle });
  assert.equal(again.body.code, "complaint-wrong-state");
});

test("limits run, an answer nobody disputes ends after a month, and the contact goes", async () => {
  const code = newReceiptCode();
  // Later than the first one, so that it is the newest.
  app.clock.advance(HOUR_MS);
  const sent = await complain(code, { about: "unknown", stationId: null });
  assert.equal(sent.dueAt, app.clock.now() + 24 * HOUR_MS);
  app.clock.advance(HOUR_MS);
  const { id } = await newest();
  assert.equal((await step(id, { type: "receipt" })).status, 200);
  // 2026-11-10 is a Tuesday: three working days end with the Friday.
  assert.equal((await followed(code)).dueAt, startOfLocalDay("2026-11-14"));
  assert.equal(
    (await step(id, { type: "check", result: "not_police", text: "城管的事" })).status,
    200,
  );
  assert.equal((await step(id, { type: "answer", text: "已转告城管热线 12345。" })).status, 200);
  const end = () => app.database.asSystem(city.bureau, endComplaints);
  app.clock.advance(29 * DAY_MS);
  await end();
  assert.equal((await followed(code)).state, "answered");
  app.clock.advance(3 * DAY_MS);
  await end();
  assert.equal((await followed(code)).state, "closed");
  const contacts = async () =>
    (await app.database.pool.query("select 1 from complaint_contact")).rowCount;
  assert.equal(await contacts(), 1, `the first one ended before ${localDate(app.clock.now())}`);
  app.clock.advance(31 * DAY_MS);
  await end();
  assert.equal(await contacts(), 0);
});

test("a complaint about the inspectorate goes to the feedback centre, and is typed in for others", async () => {
  const code = newReceiptCode();
  const feedback = await app.as("feedback");
  const typed = await (
    await app.as("inspector")
  ).post("/complaints", {
    about: "inspectorate",
    stationId: null,
    kind: "delay",
    text: "督察三个月没有答复",
    origin: "letter",
    look: toBase64Url(await lookOf(code)),
  });
  assert.deepEqual([typed.status, typed.body ?? null], [200, null], typed.text);
  assert.equal((await followed(code)).handledBy, "feedback_centre");
  const { id } = await newest(feedback);
  assert.equal((await (await app.as("inspector")).get(`/complaints/${id}`)).status, 404);
  const withdrawn = await app.stranger.post("/public/complaints/withdraw", {
    look: toBase64Url(await lookOf(code)),
    puzzle: await solvedPuzzle(app.stranger),
  });
  assert.equal(withdrawn.body.state, "found", "somebody still looks and answers");
});

test("figures are of finished quarters, and nothing below twenty", async () => {
  const { body } = await app.stranger.get(`/public/complaints/figures?bureauId=${city.bureau}`);
  assert.equal(body.figures, null);
  assert.ok(body.to <= localDate(app.clock.now()));
});

test("K71-K73 stand on the bureau's card of a finished year alone, and on no station's", async () => {
  const now = app.clock.now();
  app.clock.set(startOfLocalDay("2027-02-01"));
  const leader = await app.as("leader");
  const bureauWide = await app.as("inspector");
  const cells = async (client: Client, path: string) => {
    const { status, body, text } = await client.get(`/insight/${path}`);
    assert.equal(status, 200, text);
    return body.figures.filter(({ id }: { id: string }) => /^K7[123]$/.test(id));
  };
  const [received, ...shares] = await cells(bureauWide, "bureau/card?period=2026");
  assert.deepEqual(received.showing, { as: "small", below: 20 });
  assert.deepEqual(
    shares.map(({ figure }: { figure: unknown }) => figure),
    [null, null],
  );
  for (const period of ["2026-Q4", "2026-11", "2027"]) {
    assert.deepEqual(await cells(bureauWide, `bureau/card?period=${period}`), []);
  }
  assert.deepEqual(await cells(leader, `stations/${city.stations.first}/card?period=2026`), []);
  assert.equal((await leader.get("/insight/bureau/card?period=2026")).status, 403);
  app.clock.set(now);
});

test("ten years after its end a file is gone, words and trail with it, and not a day before", async () => {
  const end = () => app.database.asSystem(city.bureau, endComplaints);
  const files = async (state: string) =>
    (await app.database.pool.query("select 1 from complaint where state = $1", [state])).rowCount;
  const trails = async () =>
    (await app.database.pool.query("select distinct complaint_id from complaint_event")).rowCount;
  await end();
  const [open, closed] = [
    await app.database.pool.query("select 1 from complaint"),
    await files("closed"),
  ];
  assert.ok((closed ?? 0) > 0);
  const now = app.clock.now();
  app.clock.advance(9 * 365 * DAY_MS);
  await end();
  assert.equal((await app.database.pool.query("select 1 from complaint")).rowCount, open.rowCount);
  app.clock.advance(2 * 365 * DAY_MS);
  await end();
  const left = (await app.database.pool.query("select 1 from complaint")).rowCount ?? 0;
  assert.ok(left < (open.rowCount ?? 0));
  assert.equal(await trails(), left);
  app.clock.set(now);
});
