import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { MEDIATION_DOCUMENTS } from "@wanjia/contract/mediation-documents";
import type { Id } from "@wanjia/domain/shared/id";
import {
  addDays,
  DAY_MS,
  HOUR_MS,
  localDate,
  startOfLocalDay,
} from "@wanjia/domain/shared/instant";
import { toBase64Url } from "@wanjia/sync/bytes";
import { lookOf } from "@wanjia/sync/receipt-keys";
import { newId } from "../platform/crypto.ts";
import { type Answer, type Client, TEST_NOW, type TestApp, testApp } from "../testing.ts";
import { newReceiptCode } from "../testing-intake.ts";
import { partOf } from "../testing-zip.ts";
import { addressesOf, isPublic, operationsOf } from "../testing-walk.ts";
import { verifyFigures } from "../insight/verify.ts";
import { forgetContacts } from "./commands.ts";

let app: TestApp;
let officer: Client;
let colleague: Client;
let leader: Client;
let feedback: Client;
let mediator: Client;
let room: Id;

before(async () => {
  app = await testApp();
  for (const one of Object.values(sign)) await one();
  room = newId(TEST_NOW);
  const { stations } = app.city;
  const body = { stationId: stations.first, name: "双乐所调解室", seats: 8, active: true };
  assert.equal((await officer.put(`/mediation-rooms/${room}`, body)).status, 403);
  const saved = await leader.put(`/mediation-rooms/${room}`, body);
  assert.equal(saved.status, 200, saved.text);
  const southLeader = await app.as("southLeader");
  const taken = await southLeader.put(`/mediation-rooms/${room}`, {
    ...body,
    stationId: stations.second,
  });
  assert.equal(taken.status, 404, "another station's room");
});

after(() => app.close());

const sign = {
  officer: async () => (officer = await app.as("officer")),
  colleague: async () => (colleague = await app.as("colleague")),
  leader: async () => (leader = await app.as("leader")),
  feedback: async () => (feedback = await app.as("feedback")),
  mediator: async () => (mediator = await app.as("mediator")),
};

/** Sessions end with the clock that the tests turn: whoever is needed signs in again. */
async function goTo(instant: number, ...who: (keyof typeof sign)[]): Promise<void> {
  app.clock.set(instant);
  for (const one of who) await sign[one]();
}

async function take(client: Client, path: string, order: object): Promise<Answer> {
  const { body } = await client.get(path);
  return client.post(`${path}/steps`, { version: body?.version, step: order });
}

async function must(client: Client, path: string, ...orders: object[]): Promise<any> {
  let body: unknown;
  for (const order of orders) {
    const answer = await take(client, path, order);
    assert.equal(answer.status, 200, `${JSON.stringify(order)}: ${answer.text}`);
    body = answer.body;
  }
  return body;
}

/** A dispute that was screened, raised by the officer at a door. */
async function dispute(floor: number, number: number): Promise<Id> {
  const id = newId(app.clock.now());
  const raised = await officer.post("/matters", {
    id,
    kind: "dispute",
    subtype: "neighbour_noise",
    text: "楼上深夜拖椅子，两家都愿意坐下来谈",
    placeId: app.city.door("east", floor, number),
    reporter: "resident",
    feedback: "phone",
  });
  assert.equal(raised.status, 200, raised.text);
  await must(officer, `/matters/${id}`, { type: "accept" }, { type: "screen", stopSigns: [] });
  return id;
}

async function opened(matterId: Id, changes: object = {}): Promise<Id> {
  const id = newId(app.clock.now());
  const answer = await officer.post("/mediations", {
    id,
    matterId,
    form: "people",
    sides: [
      { part: "resident", contact: { phone: "12001112222", salutation: "甲女士", consent: true } },
      { part: "resident", contact: { phone: "12003334444", salutation: "乙先生", consent: true } },
    ],
    ...changes,
  });
  assert.equal(answer.status, 200, answer.text);
  return id;
}

const yes = (side: string) => ({ type: "answer_of_side", side, agrees: true, mode: "phone" });

function panel() {
  const { members, committee } = app.city;
  return {
    type: "set_panel",
    officers: [members.officer.id, members.colleague.id],
    mediatorId: members.mediator.id,
    committeeId: committee,
    handOverNo: "东亭民调〔2026〕18号",
  };
}

function booking(from = app.clock.now() + DAY_MS) {
  return {
    type: "book",
    sessionId: newId(app.clock.now()),
    roomId: room,
    from,
    to: from + 2 * HOUR_MS,
    open: false,
  };
}

test("a dispute is mediated, performed, followed up, and closed after each side was called alone", async () => {
  const matterId = await dispute(1, 1);
  const about = await officer.get(`/matters/${matterId}/mediations`);
  assert.deepEqual(about.body, { items: [], mayOpen: true, earlier: [] });
  const id = await opened(matterId);
  const path = `/mediations/${id}`;

  const held = await take(officer, `/matters/${matterId}`, {
    type: "resolve",
    outcome: "agreement_reached",
    text: "谈好了",
  });
  assert.deepEqual([held.status, held.body.code], [409, "mediation-runs"]);
  const steps: string[] = (await officer.get(`/matters/${matterId}`)).body.steps;
  assert.ok(steps.includes("note") && !steps.includes("resolve"), steps.join(" "));
  assert.equal((await officer.get("/mediations?next=ask_sides")).body.items[0].id, id);
  assert.equal((await officer.get("/mediations?next=follow_up")).body.items.length, 0);

  const ready = await must(officer, path, yes("a"), yes("b"), panel());
  assert.equal(ready.limitOn, "2026-12-10");
  assert.equal(ready.committee.name, "东亭社区人民调解委员会");
  const from = app.clock.now() + DAY_MS;
  await must(colleague, path, booking(from));
  const day = localDate(from);
  const calendar = await officer.get(`/mediation-rooms?from=${day}&days=1`);
  assert.equal(calendar.body.taken[0].mediationId, id);
  const others = await (await app.as("westOfficer")).get(`/mediation-rooms?from=${day}&days=1`);
  assert.deepEqual(
    others.body.taken.map((one: { mediationId: Id | null }) => one.mediationId),
    [null],
  );

  await goTo(from + HOUR_MS, "officer", "leader", "feedback", "mediator");
  const attendance = { a: "present", b: "accompanied" };
  // The mediator sees neither the matter nor the rooms, and what he records reaches both.
  await must(
    mediator,
    path,
    { type: "hold", attendance, result: "agreement" },
    {
      type: "agree",
      form: "written",
      number: "东亭调协〔2026〕7号",
      effectiveOn: day,
      performBy: addDays(day, 7),
      obliged: ["b"],
      amount: "none",
    },
  );
  const reached = await officer.get(`/matters/${matterId}`);
  assert.deepEqual([reached.body.state, reached.body.outcome], ["resolved", "agreement_reached"]);
  assert.equal((await mediator.get(`/matters/${matterId}`)).status, 404);

  await must(officer, path, { type: "perform", side: "b", on: day });
  assert.equal((await officer.get(`/matters/${matterId}`)).body.outcome, "agreement_performed");
  const early = await take(leader, `/matters/${matterId}`, {
    type: "close",
    waiver: "unreachable",
  });
  assert.equal(early.body.code, "mediation-runs");

  const seen = await feedback.get(path);
  assert.equal(seen.body.callsOnly, true);
  assert.deepEqual(seen.body.timeline, []);
  assert.deepEqual(seen.body.officers, []);
  const call = (side: string, changes = {}) => ({
    type: "call_back",
    side,
    alone: true,
    reached: true,
    solved: "yes",
    satisfaction: 4,
    ...changes,
  });
  const first: string = seen.body.nextToCall;
  const second = first === "a" ? "b" : "a";
  const unanswered = await take(feedback, path, call(first));
  assert.equal(unanswered.body.code, "answer-first");
  await must(officer, `/matters/${matterId}`, {
    type: "answer",
    mode: "phone",
    text: "双方已经谈好，夜里十点后不再拖动家具。",
  });
  assert.equal((await take(feedback, path, call(second))).body.code, "not-next");
  assert.equal((await take(feedback, path, call(first, { alone: false }))).body.code, "not-alone");
  const phone = await feedback.post(`${path}/sides/${first}/contact/reveal`, {
    purpose: "call_back",
  });
  assert.equal(phone.body.phone, first === "a" ? "12001112222" : "12003334444");
  await must(feedback, path, call(first), call(second, { solved: "partly", satisfaction: 3 }));
  assert.equal((await feedback.get(path)).status, 404, "nothing is left for him to do");
  const called = await officer.get(`/matters/${matterId}`);
  assert.equal(called.body.state, "called_back");
  assert.equal(called.body.timeline.at(-1).body.solved, "partly", "as the less content side says");
  await must(leader, `/matters/${matterId}`, { type: "close" });

  // The court confirms what both asked it to; and within ninety days the two are back with another.
  await must(
    officer,
    path,
    { type: "seek_confirmation", on: localDate(app.clock.now()), together: true },
    { type: "decide_confirmation", granted: true },
  );
  app.clock.advance(HOUR_MS);
  await opened(await dispute(1, 1), { earlierId: id });
  await opensFor(officer, 1);
  await opensFor(leader, 0);

  const performedOn = startOfLocalDay(day);
  for (const days of [7, 30, 90]) {
    await goTo(performedOn + days * DAY_MS + 10 * HOUR_MS, "mediator");
    await must(mediator, path, { type: "follow_up", result: "kept" });
  }
  const end = await mediator.get(path);
  assert.deepEqual([end.body.state, end.body.ending], ["ended", "performed"]);

  // A contact goes thirty days after the end.
  app.clock.advance(31 * DAY_MS);
  await app.database.asSystem(app.city.bureau, forgetContacts);
  const left = await app.database.pool.query(
    "select 1 from mediation_contact where mediation_id = $1",
    [id],
  );
  assert.equal(left.rows.length, 0);
  await goTo(app.clock.now(), "officer", "leader");

  // It comes back: a new mediation of another dispute at the place is linked to this one.
  const again = await dispute(1, 1);
  const { body } = await officer.get(`/matters/${again}/mediations`);
  assert.equal(body.earlier[0].mediationId, id);
  const next = await opened(again, { earlierId: id });
  assert.equal((await officer.get(`/mediations/${next}`)).body.earlierId, id);
  await goTo(TEST_NOW, "officer", "leader");
});

/** Who sits with the sides opens the records of both figures; who does not is told how many there are. */
async function opensFor(client: Client, own: number): Promise<void> {
  for (const [indicator, kind] of [
    ["K27", "matter"],
    ["K28", "mediation"],
  ]) {
    const { body, text } = await client.get(
      `/insight/records?indicator=${indicator}&period=2026-11`,
    );
    assert.deepEqual([body.sum, body.hidden, body.items.length], [1, 1 - own, own], text);
    assert.ok(body.items.every((row: { kind: string }) => row.kind === kind));
  }
}

test("figures of agreements and of disputes that came back are what the records say", async () => {
  const { differences } = await verifyFigures(app.database);
  assert.deepEqual(differences, []);
  const { rows } = await app.database.pool.query<{ written: number }>(
    `select sum((e->5->>'agreements_written')::int)::int as written
      from tally_delta, jsonb_array_elements(body->'e') e where e->>1 is null`,
  );
  assert.ok((rows[0]?.written ?? 0) >= 1);
});

test("a stop sign ends it for good, and the dispute is shown the right way", async () => {
  const matterId = await dispute(1, 2);
  const id = await opened(matterId);
  await must(officer, `/mediations/${id}`, yes("a"), {
    type: "stop",
    stopSigns: ["violence_at_home"],
  });
  const matter = (await officer.get(`/matters/${matterId}`)).body;
  assert.deepEqual([matter.suitable, matter.outcome], [false, "not_suitable"]);
  const screened = matter.timeline.findLast((one: { type: string }) => one.type === "screened");
  assert.equal(screened.body.way, "domestic_violence_protection");
  const second = await officer.post("/mediations", {
    id: newId(TEST_NOW),
    matterId,
    form: "people",
    sides: [{ part: "resident" }, { part: "resident" }],
  });
  assert.equal(second.body.code, "mediation-stopped");
});

test("one refusal ends it; when both were told of their other ways, the dispute failed", async () => {
  const matterId = await dispute(1, 3);
  const id = await opened(matterId);
  const path = `/mediations/${id}`;
  await must(officer, path, yes("a"), { ...yes("b"), agrees: false });
  assert.equal((await officer.get(`/matters/${matterId}`)).body.outcome, null);
  await must(
    officer,
    path,
    { type: "notify", side: "a", mode: "letter" },
    { type: "notify", side: "b", mode: "letter" },
  );
  const { outcome, reason, state } = (await officer.get(`/matters/${matterId}`)).body;
  assert.deepEqual([outcome, reason, state], ["failed", "party_refuses", "resolved"]);
});

/** A number of the committee's file, how to reach either side, and what one of them said. */
const FILE_NO = "东亭民调〔2026〕77号";
const SECRETS = /77号|12001112222|12003334444|甲女士|乙先生|"closedDoors"/;

test("nobody sees it but those who sit with the sides; the wall holds that in every table", async () => {
  const matterId = await dispute(2, 1);
  const id = await opened(matterId);
  const path = `/mediations/${id}`;
  for (const name of [
    "colleague",
    "westOfficer",
    "leader",
    "mediator",
    "feedback",
    "inspector",
    "legal",
    "office",
    "auditor",
    "admin",
    "foreignLeader",
  ] as const) {
    const client = await app.as(name);
    assert.equal((await client.get(path)).status, 404, name);
    assert.equal((await client.get(`${path}/sides/a`)).status, 404, name);
    assert.equal((await client.get(`${path}/people`)).status, 404, name);
    const reveal = { purpose: "mediation" };
    assert.equal((await client.post(`${path}/sides/a/contact/reveal`, reveal)).status, 404, name);
    const step = { version: 1, step: { type: "urge" } };
    assert.equal((await client.post(`${path}/steps`, step)).status, 404, name);
    assert.equal((await client.post(`${path}/documents/record`, {})).status, 404, name);
    const list = await client.get("/mediations");
    const items: { id: Id }[] = list.body.items ?? [];
    assert.ok(!items.some((one) => one.id === id), name);
  }
  // Nor is anything of it told anywhere else: to those who work beside it, and to a side with its receipt.
  const walked = await opened(await dispute(3, 2));
  await must(officer, `/mediations/${walked}`, yes("a"), { ...panel(), handOverNo: FILE_NO });
  const operations = await operationsOf(app);
  const { body: about } = await officer.get(`/mediations/${walked}`);
  const ids = [walked, about.matterId as string] as const;
  for (const name of ["leader", "feedback", "inspector", "auditor"] as const) {
    const client = await app.as(name);
    for (const target of addressesOf(operations, app, [...ids], "楼上")) {
      const { text, status } = await client.get(target);
      assert.ok(status < 500 && !SECRETS.test(text), `${name} ${target}: ${text}`);
    }
  }
  const look = toBase64Url(await lookOf(newReceiptCode()));
  const issued = await officer.post(`/matters/${about.matterId}/receipts`, { look });
  assert.equal(issued.status, 200, issued.text);
  let answered = 0;
  for (const { path: target, method, operation } of operations) {
    const fields = operation.requestBody?.content["application/json"]?.schema.properties;
    if (!isPublic(target) || method !== "post" || fields?.["look"] === undefined) continue;
    const body = { look, text: "-", reason: "not_solved", kind: "access" };
    const { text, status } = await app.stranger.post(target, body);
    assert.ok(status < 500 && !SECRETS.test(text), `${target}: ${text}`);
    if (status === 200) answered += 1;
  }
  assert.ok(answered > 0, "the receipt opens its own page");
  const { members, bureau, stations } = app.city;
  const rowsFor = (member: keyof typeof members, role: "station_leader" | "mediator") =>
    app.database.transact(
      {
        bureauId: bureau,
        memberId: members[member].id,
        role,
        scope: role === "mediator" ? "none" : "station",
        stationIds: [stations.first],
        beatIds: [],
        locale: "zh-CN",
      },
      async (tx) => {
        const { client } = tx as unknown as {
          client: { query(sql: string): Promise<{ rows: { n: number }[] }> };
        };
        const counted = [];
        for (const table of ["mediation", "mediation_event", "mediation_contact"]) {
          const where = table === "mediation" ? "id" : "mediation_id";
          const { rows } = await client.query(
            `select count(*) as n from ${table} where ${where} = '${id}'`,
          );
          counted.push(Number(rows[0]?.n));
        }
        return counted;
      },
    );
  assert.deepEqual(await rowsFor("leader", "station_leader"), [0, 0, 0]);
  await must(officer, path, yes("a"), yes("b"), panel());
  assert.deepEqual(await rowsFor("mediator", "mediator"), [1, 5, 2]);
  // Whom a side would not have sees no more of it.
  await must(officer, path, { type: "object", side: "a", memberId: members.mediator.id });
  assert.deepEqual(await rowsFor("mediator", "mediator"), [0, 0, 0]);
  assert.equal((await take(officer, path, panel())).body.code, "objected-to");

  // The dispute changes hands, and its mediation goes along.
  await must(leader, `/matters/${matterId}`, { type: "assign", to: members.leader.id });
  await must(leader, `/matters/${matterId}`, { type: "accept" });
  assert.equal((await officer.get(path)).status, 404);
  assert.equal((await leader.get(path)).status, 200);
});

test("each side's page and contact is its own, and clear numbers stand nowhere", async () => {
  const id = await opened(await dispute(2, 2));
  const path = `/mediations/${id}`;
  await must(officer, path, yes("a"));
  const a = await officer.get(`${path}/sides/a`);
  assert.deepEqual([a.body.side, a.body.agrees], ["a", true]);
  assert.ok(!/乙|12003334444|"b"/.test(a.text));
  const page = await officer.get(path);
  assert.ok(!/12001112222|12003334444/.test(page.text));
  const stored = await app.database.pool.query(
    `select (select string_agg(m::text, ' ') from mediation m) as a, (select string_agg(e::text, ' ') from mediation_event e) as b,
       (select string_agg(c::text, ' ') from mediation_contact c) as c, (select string_agg(x::text, ' ') from audit x) as d`,
  );
  assert.ok(!/12001112222|甲女士/.test(JSON.stringify(stored.rows)));
});

test("two who book the same room at the same time: one gets it", async () => {
  const paths = [];
  for (const door of [3, 4]) {
    const path = `/mediations/${await opened(await dispute(2, door))}`;
    await must(officer, path, yes("a"), yes("b"), {
      ...panel(),
      officers: [app.city.members.officer.id],
      mediatorId: undefined,
    });
    paths.push(path);
  }
  const from = app.clock.now() + 5 * DAY_MS;
  const answers = await Promise.all(paths.map((path) => take(officer, path, booking(from))));
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200, 409]));
});

test("what is typed for a document stands in it, and nowhere else", async () => {
  const id = await opened(await dispute(3, 1));
  const path = `/mediations/${id}`;
  await must(officer, path, yes("a"), yes("b"), panel());
  const secret = "楼上同意铺地毯，费用四百元";
  for (const kind of MEDIATION_DOCUMENTS) {
    const made = await app.app.inject({
      method: "POST",
      url: `/api/v1${path}/documents/${kind}`,
      headers: { cookie: officer.cookie, "x-wanjia-csrf": "1" },
      payload: { fill: { terms: secret, facts: secret } },
    });
    assert.equal(made.statusCode, 200, kind);
    const xml = partOf(made.rawPayload, "word/document.xml");
    assert.ok(xml.includes("仿宋"), kind);
    const room = ["application", "record", "agreement", "oral_agreement"].includes(kind);
    assert.equal(xml.includes(secret), room, kind);
    assert.ok(!xml.includes("甲女士"));
  }
  const { rows } = await app.database.pool.query<{ name: string }>(
    "select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace",
  );
  for (const { name } of rows) {
    const found = await app.database.pool.query(
      `select 1 from "${name}" t where t::text like '%铺地毯%' limit 1`,
    );
    assert.equal(found.rows.length, 0, name);
  }
  const wrong = await officer.post(`${path}/documents/verdict`, {});
  assert.equal(wrong.status, 404);
  const malformed = await officer.post(`${path}/documents/record`, { fill: { terms: 7 } });
  assert.equal(malformed.status, 400);
});
