import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { matterNumber, printNumber } from "@wanjia/domain/matters/number";
import type { Id } from "@wanjia/domain/shared/id";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "@wanjia/domain/shared/instant";
import type { RecordVisit, VisitMatter } from "@wanjia/domain/visits/terms";
import { newId } from "../platform/crypto.ts";
import { type Answer, type Client, type TestApp, TEST_NOW, testApp } from "../testing.ts";
import { forgetContacts, registerHeard } from "./commands.ts";

let app: TestApp;
let officer: Client;
let colleague: Client;
let leader: Client;
let feedback: Client;

before(async () => {
  app = await testApp();
  officer = await app.as("officer");
  colleague = await app.as("colleague");
  leader = await app.as("leader");
  feedback = await app.as("feedback");
});

after(() => app.close());

function draft(changes: object = {}) {
  return {
    id: newId(TEST_NOW),
    kind: "opinion",
    subtype: "patrol",
    text: "希望晚上多到小区后门巡逻",
    placeId: app.city.door("east", 1, 1),
    reporter: "resident",
    feedback: "phone",
    contact: { phone: "12001234567", salutation: "李女士", consent: true },
    ...changes,
  };
}

async function raise(changes: object = {}, client = officer) {
  const answer = await client.post("/matters", draft(changes));
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}

/** Takes a step with the matter as the client sees it now. */
async function step(client: Client, id: Id, order: object): Promise<Answer> {
  const { body } = await client.get(`/matters/${id}`);
  return client.post(`/matters/${id}/steps`, { version: body?.version, step: order });
}

async function steps(id: Id, ...orders: readonly (readonly [Client, object])[]) {
  let last: Answer | undefined;
  for (const [client, order] of orders) {
    last = await step(client, id, order);
    assert.equal(last.status, 200, `${JSON.stringify(order)}: ${last.text}`);
  }
  return last?.body;
}

const resolve = { type: "resolve", outcome: "adopted", text: "已加入夜间巡逻路线" };
const answerResident = { type: "answer", mode: "phone", text: "后门每晚巡逻两次，谢谢建议" };
const callBack = {
  type: "call_back",
  mode: "phone",
  reached: true,
  solved: "yes",
  satisfaction: 4,
  text: "",
};

test("a matter goes the whole way, each step with its event and its audit row", async () => {
  const { id } = await raise();
  const closed = await steps(
    id,
    [officer, { type: "accept" }],
    [officer, { type: "start" }],
    [officer, resolve],
    [officer, answerResident],
    [feedback, callBack],
    [leader, { type: "close" }],
  );
  assert.equal(closed.state, "closed");
  assert.equal(closed.disposition, "closed");
  assert.deepEqual(
    closed.timeline.map((event: { type: string }) => event.type),
    ["registered", "accepted", "started", "resolved", "answered", "called_back", "closed"],
  );
  assert.equal(closed.timeline.at(-1).memberName, "沈立群");

  const auditor = await app.as("auditor");
  const trail = await auditor.get(`/audit?subjectId=${id}&size=50`);
  assert.deepEqual(
    trail.body.items
      .map(
        (row: { detail: { from: string; to: string } }) => `${row.detail.from} > ${row.detail.to}`,
      )
      .toSorted(),
    [
      "accepted > in_progress",
      "called_back > closed",
      "feedback_given > called_back",
      "in_progress > resolved",
      "null > registered",
      "registered > accepted",
      "resolved > feedback_given",
    ],
  );
});

test("the handler can neither call back nor close his own matter", async () => {
  const { id } = await raise();
  await steps(id, [officer, resolve], [officer, answerResident]);
  const called = await step(officer, id, { ...callBack, mode: "in_person" });
  assert.deepEqual([called.status, called.body.code], [403, "handler-cannot-call-back"]);
  const closed = await step(officer, id, { type: "close" });
  assert.deepEqual([closed.status, closed.body.code], [403, "not-permitted"]);

  const own = await raise({ placeId: app.city.door("east", 1, 2) }, leader);
  await steps(own.id, [leader, resolve], [leader, answerResident], [feedback, callBack]);
  const byHandler = await step(leader, own.id, { type: "close" });
  assert.deepEqual([byHandler.status, byHandler.body.code], [403, "handler-cannot-close"]);
  assert.match(byHandler.body.detail, /没有经手/);
});

test("an officer of another beat sees nothing of it, nor does another station or bureau", async () => {
  const { id, number } = await raise();
  for (const name of ["westOfficer", "southOfficer", "southLeader", "foreignLeader"] as const) {
    const client = await app.as(name);
    assert.equal((await client.get(`/matters/${id}`)).status, 404, name);
    assert.equal((await client.get(`/matters?number=${number}`)).body.items.length, 0, name);
    const tried = await client.post(`/matters/${id}/steps`, {
      version: 1,
      step: { type: "accept" },
    });
    assert.equal(tried.status, 404, name);
    const reveal = await client.post(`/matters/${id}/contact/reveal`, { purpose: "answer" });
    assert.equal(reveal.status, 404, name);
  }
  for (const name of ["admin", "auditor", "observer", "office", "legal"] as const) {
    const client = await app.as(name);
    assert.equal((await client.get("/matters")).status, 403, name);
    assert.equal((await client.get(`/matters/${id}`)).status, 404, name);
  }
});

test("the phone number is masked; each look needs a purpose and is kept", async () => {
  const { id, contact } = await raise();
  assert.deepEqual(contact, { phone: "120****4567", salutation: true });
  assert.ok(!JSON.stringify(await officer.get(`/matters/${id}`)).includes("12001234567"));

  const noPurpose = await officer.post(`/matters/${id}/contact/reveal`, {});
  assert.equal(noPurpose.status, 400);
  const seen = await officer.post(`/matters/${id}/contact/reveal`, { purpose: "answer" });
  assert.deepEqual(seen.body, { phone: "12001234567", salutation: "李女士" });
  assert.equal(
    (await colleague.post(`/matters/${id}/contact/reveal`, { purpose: "answer" })).status,
    403,
    "not the handler",
  );

  const auditor = await app.as("auditor");
  const trail = await auditor.get(`/audit?subjectId=${id}&action=contact.revealed`);
  assert.equal(trail.body.items.length, 1);
  assert.equal(trail.body.items[0].purpose, "answer");
  assert.ok(!trail.text.includes("12001234567"));
});

test("thirty looks an hour are enough for calling; the next is refused and kept", async () => {
  const caller = await app.as("southOfficer");
  const { id } = await raise({ placeId: app.city.door("south", 1, 1) }, caller);
  const look = (client: Client) =>
    client.post(`/matters/${id}/contact/reveal`, { purpose: "answer" });
  for (let n = 0; n < 30; n += 1) assert.equal((await look(caller)).status, 200);
  const refused = await look(caller);
  assert.deepEqual([refused.status, refused.body.code], [429, "too-many-looks"]);
  assert.match(refused.body.detail, /30/);
  const auditor = await app.as("auditor");
  const trail = await auditor.get(`/audit?subjectId=${id}&action=contact.withheld`);
  assert.equal(trail.body.items.length, 1);
  app.clock.advance(refused.body.params.minutes * MINUTE_MS);
  assert.equal((await look(await app.as("southOfficer"))).status, 200);
  app.clock.set(TEST_NOW);
});

test("nothing in the database shows the number in clear", async () => {
  const { id } = await raise({ contact: { phone: "12007654321", consent: true } });
  const stored = await app.database.pool.query(
    `select (select string_agg(c::text, ' ') from contact c where matter_id = $1) as contact,
       (select string_agg(m::text, ' ') from matter m where id = $1) as matter,
       (select string_agg(e::text, ' ') from matter_event e where matter_id = $1) as event`,
    [id],
  );
  assert.ok(String(stored.rows[0].contact).includes("120****4321"));
  assert.ok(!JSON.stringify(stored.rows).includes("12007654321"));
});

test("a contact goes 30 days after the matter ended, and stays when it is reopened", async () => {
  const first = await raise();
  const second = await raise();
  const end = [
    [officer, resolve],
    [officer, answerResident],
    [feedback, { type: "close", waiver: "not_sampled" }],
  ] as const;
  await steps(first.id, ...end);
  await steps(second.id, ...end, [
    feedback,
    { type: "reopen", reason: "came_back", text: "又没人巡逻了" },
  ]);
  app.clock.set(TEST_NOW + 30 * DAY_MS);
  try {
    await app.database.asSystem(app.city.bureau, forgetContacts);
    const now = await app.as("leader");
    assert.equal((await now.get(`/matters/${first.id}`)).body.contact, null);
    assert.equal((await now.get(`/matters/${second.id}`)).body.contact.phone, "120****4567");
  } finally {
    app.clock.set(TEST_NOW);
  }
});

test("of two who act on the same version, the second is told that it is stale", async () => {
  const { id, version } = await raise();
  const orders = await Promise.all(
    [officer, officer, leader].map((client) =>
      client.post(`/matters/${id}/steps`, {
        version,
        step: { type: "correct", why: "听错", text: `更正 ${Math.random()}` },
      }),
    ),
  );
  assert.deepEqual(
    orders.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 409, 409],
  );
  assert.ok(orders.some(({ body }) => body.code === "stale-version"));
  const noted = await officer.post(`/matters/${id}/steps`, {
    step: { type: "note", text: "住户补充：晚上十点以后" },
  });
  assert.equal(noted.status, 200, "a note contradicts nothing");
});

test("handing over asks somebody whose posting covers the place, and stays with the first until he accepts", async () => {
  const { id } = await raise();
  const { members } = app.city;
  const offered = await officer.get(`/matters/${id}/assignees`);
  const ids = offered.body.items.map((one: { id: Id }) => one.id);
  assert.ok(ids.includes(members.colleague.id) && ids.includes(members.leader.id));
  assert.ok(!ids.includes(members.westOfficer.id) && !ids.includes(members.auxiliary.id));
  const far = await step(officer, id, { type: "assign", to: members.westOfficer.id });
  assert.deepEqual([far.status, far.body.code], [422, "assignee-out-of-scope"]);

  const asked = await steps(id, [officer, { type: "assign", to: members.colleague.id }]);
  assert.equal(asked.responsibleId, members.officer.id);
  const accepted = await steps(id, [colleague, { type: "accept" }]);
  assert.equal(accepted.responsibleId, members.colleague.id);
});

test("a hazard an officer found ends after another one has looked again", async () => {
  const { id } = await raise({
    kind: "hazard",
    subtype: "blocked_exit",
    reporter: "officer",
    contact: undefined,
  });
  const close = { type: "close", waiver: "no_reporter" };
  await steps(id, [officer, { type: "resolve", outcome: "rectified", text: "物业已清理" }]);
  assert.equal((await step(leader, id, close)).body.code, "recheck-needed");
  const seen = { type: "recheck", cleared: true, text: "楼道畅通" };
  assert.equal((await step(officer, id, seen)).body.code, "finder-cannot-recheck");
  const closed = await steps(id, [colleague, seen], [leader, close]);
  assert.deepEqual([closed.outcome, closed.state], ["cleared", "closed"]);
});

test("the desk asks for a contact as the door does: for an answer, with consent, and no ID number", async () => {
  const contact = { phone: "12001234567", salutation: "李女士" };
  const refused = async (changes: object) => {
    const { status, body } = await officer.post("/matters", draft(changes));
    return [status, body.code];
  };
  assert.deepEqual(await refused({ contact: { ...contact, consent: false } }), [
    422,
    "contact-without-consent",
  ]);
  assert.deepEqual(await refused({ feedback: "none" }), [422, "contact-without-purpose"]);
  assert.deepEqual(await refused({ text: "身份证 990101199001010015" }), [422, "text-forbidden"]);
  const { contact: kept } = await raise({ contact: { salutation: "李女士", consent: false } });
  assert.equal(kept, null, "a name without consent isn't kept");
});

test("a hazard carries its grade from the entry on, and a leader can put it right", async () => {
  const gas = { kind: "hazard", subtype: "gas_smell", reporter: "officer", feedback: "none" };
  const plain = { ...gas, contact: undefined };
  assert.equal((await raise(plain)).grade, "ordinary");
  const grave = await raise({ ...plain, grade: "major_candidate" });
  assert.equal(grave.grade, "major_candidate");
  await steps(grave.id, [officer, { type: "correct", grade: "ordinary", why: "已关阀检测" }]);
  assert.equal((await officer.get(`/matters/${grave.id}`)).body.grade, "ordinary");
  const other = await officer.post("/matters", draft({ grade: "ordinary" }));
  assert.deepEqual([other.status, other.body.code], [422, "of-other-kind"]);
});

test("an auxiliary officer reads and notes, and raises or exports nothing", async () => {
  const auxiliary = await app.as("auxiliary");
  const { id } = await raise();
  const seen = await auxiliary.get(`/matters/${id}`);
  assert.deepEqual([seen.body.steps, seen.body.mayReveal], [["note"], false]);
  const tried = await auxiliary.post("/matters", draft());
  assert.deepEqual([tried.status, tried.body.code], [403, "sworn-officer-needed"]);
  assert.equal((await auxiliary.get("/matters/export?format=csv")).status, 403);
});

test("raising twice under one id keeps one matter", async () => {
  const once = draft();
  const first = await officer.post("/matters", once);
  const again = await officer.post("/matters", { ...once, text: "别的内容" });
  assert.deepEqual([first.status, again.status], [200, 200]);
  assert.equal(again.body.text, once.text);
  assert.equal(again.body.timeline.length, 1);
});

test("a matter can't be raised at a place out of reach", async () => {
  const answer = await officer.post("/matters", draft({ placeId: app.city.door("south", 1, 1) }));
  assert.deepEqual([answer.status, answer.body.code], [422, "place-unknown"]);
});

test("the list filters, counts truly, goes forth and back, and finds a number as it was heard", async () => {
  const west = await app.as("westOfficer");
  const ids: Id[] = [];
  for (let i = 0; i < 7; i += 1) {
    app.clock.set(TEST_NOW + i * HOUR_MS);
    const { id } = await raise(
      {
        kind: "service_request",
        subtype: "papers_at_home",
        placeId: app.city.door("west", 1, 1 + (i % 4)),
      },
      west,
    );
    ids.push(id);
  }
  app.clock.set(TEST_NOW);
  const filter = "kind=service_request&progress=open&size=3";
  const first = (await west.get(`/matters?${filter}`)).body;
  assert.deepEqual(first.total, { count: 7, more: false });
  assert.deepEqual(
    first.items.map((row: { id: Id }) => row.id),
    ids.toReversed().slice(0, 3),
  );
  const second = (await west.get(`/matters?${filter}&cursor=${first.next}`)).body;
  const last = (await west.get(`/matters?${filter}&cursor=last`)).body;
  assert.deepEqual(
    last.items.map((row: { id: Id }) => row.id),
    ids.slice(0, 3).toReversed(),
  );
  const back = (await west.get(`/matters?${filter}&cursor=${second.prev}`)).body;
  assert.deepEqual(back.items, first.items);
  assert.equal(first.items[0].place.includes("西亭") || first.items[0].place !== "", true);

  const number = printNumber(matterNumber(ids[2] ?? "")).toLowerCase();
  const found = (await west.get(`/matters?number=${encodeURIComponent(number)}`)).body;
  assert.deepEqual(
    found.items.map((row: { id: Id }) => row.id),
    [ids[2]],
  );
  assert.equal((await west.get("/matters?number=AAAA-AAAA")).body.items.length, 0);
  assert.equal((await west.get("/matters?sort=text")).status, 400);
  assert.equal((await west.get("/matters?cursor=nonsense")).status, 400);
});

test("due dates sort the work: overdue, today, soon", async () => {
  const south = await app.as("southOfficer");
  const { id, dueOn } = await raise(
    { kind: "hazard", subtype: "unlit_path", placeId: app.city.door("south", 2, 1) },
    south,
  );
  assert.equal(dueOn, "2026-11-13", "three working days after a Tuesday");
  const due = async (when: string) =>
    (await south.get(`/matters?due=${when}`)).body.items.map((row: { id: Id }) => row.id);
  assert.deepEqual(await due("soon"), [id]);
  app.clock.set(TEST_NOW + 3 * DAY_MS);
  assert.deepEqual(await due("today"), [id]);
  app.clock.set(TEST_NOW + 4 * DAY_MS);
  assert.deepEqual(await due("overdue"), [id]);
  app.clock.set(TEST_NOW);
});

test("the file holds what the list shows, in both languages, and no contact", async () => {
  const { number } = await raise();
  const csv = await leader.get("/matters/export?format=csv");
  assert.equal(csv.status, 200);
  assert.ok(csv.text.startsWith("\u{FEFF}编号,类别"));
  assert.ok(csv.text.includes(printNumber(number)) && csv.text.includes("巡逻防控"));
  assert.ok(!csv.text.includes("1200") && !csv.text.includes("李女士"));
  const english = await leader.get("/matters/export?format=csv", { "accept-language": "en" });
  assert.ok(english.text.includes("Number,Kind") && english.text.includes("Patrols"));
  const unsorted = await leader.get("/matters/export?sort=colour");
  assert.deepEqual([unsorted.status, unsorted.body.code], [400, "unknown-sort"]);
  const xlsx = await leader.get("/matters/export?format=xlsx");
  assert.equal(xlsx.text.slice(0, 2), "PK");
});

// -- out of visits --------------------------------------------------------------------------------

function principalOf(member: "officer" | "auxiliary") {
  const { city } = app;
  return {
    bureauId: city.bureau,
    memberId: city.members[member].id,
    role: city.members[member].role,
    scope: "beat",
    stationIds: [city.stations.first],
    beatIds: [city.beats.east],
    locale: "zh-CN",
  } as const;
}

/** A phone of the officer, registered. */
async function phoneOf(): Promise<{ device: Id; phone: Client }> {
  const device = newId(TEST_NOW);
  const phone = await app.as("officer", device);
  const registered = await phone.post("/sync/devices", { id: device, name: "警务通", protocol: 2 });
  assert.equal(registered.status, 200, registered.text);
  return { device, phone };
}

function commandOf(type: string, body: unknown, at = TEST_NOW - 2 * HOUR_MS) {
  return { id: newId(TEST_NOW), type, at, base: null, body };
}

/** Pushes commands and answers how each was decided. */
async function push(
  { device, phone }: { device: Id; phone: Client },
  ...commands: readonly object[]
): Promise<string[]> {
  const pushed = await phone.post("/sync/push", {
    protocol: 2,
    device,
    deviceNow: TEST_NOW,
    commands,
  });
  assert.equal(pushed.status, 200, pushed.text);
  return pushed.body.answers.map(
    (one: { status: string; refusal?: { code: string } }) => one.refusal?.code ?? one.status,
  );
}

/** A visit at the doorstep that heard these matters. */
function visitWith(matters: readonly VisitMatter[]): RecordVisit {
  const { city } = app;
  return {
    placeId: city.door("east", 2, 1),
    outcome: "completed_doorstep",
    startedAt: TEST_NOW - HOUR_MS,
    endedAt: TEST_NOW - HOUR_MS + 5 * MINUTE_MS,
    team: [city.members.officer.id, city.members.auxiliary.id],
    noticeGiven: "oral_and_card",
    idShown: true,
    matters,
  };
}

test("what is heard on a visit becomes matters in the visit's transaction, once", async () => {
  const phone = await phoneOf();
  const opinion = newId(TEST_NOW);
  const hazard = newId(TEST_NOW);
  const visit = visitWith([
    {
      id: opinion,
      kind: "opinion",
      subtype: "traffic",
      text: "路口乱停车",
      wantsAnswer: true,
      contact: { phone: "12009998888", salutation: "王先生", preference: "sms", consent: true },
    },
    {
      id: hazard,
      kind: "hazard",
      subtype: "of a newer phone",
      text: "楼道堆物",
      wantsAnswer: false,
      // Not in the register: the door stands in.
      placeId: newId(TEST_NOW),
    },
  ]);
  const record = commandOf("visits.record", visit, visit.endedAt);
  assert.deepEqual(await push(phone, record), ["accepted"]);
  assert.deepEqual(await push(phone, record), ["had"]);

  const heard = (await officer.get(`/matters/${opinion}`)).body;
  assert.equal(heard.visitId, record.id);
  assert.equal(heard.feedback, "sms");
  assert.equal(heard.contact.phone, "120****8888");
  assert.equal(heard.registeredAt, TEST_NOW - HOUR_MS);
  assert.equal(heard.responsibleId, app.city.members.officer.id);
  assert.equal(heard.timeline.length, 1);
  const found = (await officer.get(`/matters/${hazard}`)).body;
  assert.deepEqual(
    [found.subtype, found.reporter, found.feedback, found.placeId],
    ["other", "officer", "none", visit.placeId],
  );
  const byVisit = (await officer.get(`/matters?visitId=${record.id}`)).body;
  assert.equal(byVisit.total.count, 2);

  // The other member of the team found it too: he can't be the one who looks again.
  await steps(hazard, [officer, { type: "resolve", outcome: "rectified", text: "已清理" }]);
  const visitTable = await app.database.pool.query("select v::text from visit v where id = $1", [
    record.id,
  ]);
  assert.ok(!JSON.stringify(visitTable.rows).includes("12009998888"));
});

test("a refused visit leaves no matter behind", async () => {
  const phone = await phoneOf();
  const id = newId(TEST_NOW);
  const visit = visitWith([
    { id, kind: "opinion", subtype: "patrol", text: "不应留下", wantsAnswer: false },
  ]);
  const { members } = app.city;
  const refused = await push(
    phone,
    commandOf("visits.record", { ...visit, team: [members.auxiliary.id] }),
  );
  assert.notDeepEqual(refused, ["accepted"]);
  assert.equal((await officer.get(`/matters/${id}`)).status, 404);
});

test("five hundred matters of a batch of visits cost a handful of statements", async () => {
  const { city } = app;
  const registration = {
    stationId: city.stations.first,
    beatId: city.beats.east,
    communityId: null,
    visitId: newId(TEST_NOW),
    campaignIds: [],
    origin: "visit",
    recipientId: city.members.officer.id,
    finders: [],
  } as const;
  const heard = Array.from({ length: 500 }, (_, i) => ({
    draft: {
      ...draft({ contact: undefined }),
      id: newId(TEST_NOW),
      kind: "opinion",
      subtype: "patrol",
      reporter: "resident",
      feedback: "none",
      text: `意见 ${i}`,
    } as const,
    registration,
    doorId: city.door("east", 1, 1),
    at: TEST_NOW,
  }));
  let statements = 0;
  await app.database.transact(principalOf("officer"), async (tx) => {
    const { client } = tx as unknown as { client: { query: (...all: unknown[]) => unknown } };
    const query = client.query.bind(client);
    client.query = (...all: unknown[]) => {
      statements += 1;
      return query(...all);
    };
    await registerHeard(tx, heard);
    client.query = query;
  });
  // One of them only where the clock rules have to be read anew.
  assert.ok(statements <= 6, `${statements} statements`);
  const listed = (await officer.get("/matters?kind=opinion&size=1")).body;
  assert.ok(listed.total.count >= 500);
});

// -- phones ---------------------------------------------------------------------------------------

test("a phone raises and notes through sync, and pulls a short text without contact", async () => {
  const phone = await phoneOf();
  const raised = draft({ text: "长".repeat(400) });
  assert.deepEqual(
    await push(
      phone,
      commandOf("matters.raise", raised),
      commandOf("matters.raise", draft({ placeId: app.city.door("south", 1, 1) })),
      commandOf("matters.raise", { kind: "tip" }),
      commandOf("matters.note", { matterId: raised.id, text: "补充一" }),
      commandOf("matters.note", { matterId: raised.id, text: "补充二" }),
    ),
    ["accepted", "place-unknown", "malformed-command", "accepted", "accepted"],
  );
  const kept = (await officer.get(`/matters/${raised.id}`)).body;
  assert.equal(kept.registeredAt, TEST_NOW - 2 * HOUR_MS);
  assert.deepEqual(
    kept.timeline.map((event: { seq: number; type: string }) => [event.seq, event.type]),
    [
      [1, "registered"],
      [2, "noted"],
      [3, "noted"],
    ],
  );

  const stopped = await raise({
    kind: "dispute",
    subtype: "family",
    text: "听到打骂声",
    stopSigns: ["violence_at_home"],
    contact: undefined,
  });
  const pulled = await phone.phone.get(
    `/sync/pull?device=${phone.device}&beat=${app.city.beats.east}`,
  );
  assert.equal(pulled.status, 200);
  const records = pulled.text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const bodyOf = (id: Id) =>
    records.find((one) => Array.isArray(one) && one[0] === "matter" && one[1] === id)?.[2];
  assert.equal(bodyOf(raised.id).text.length, 200);
  assert.equal(bodyOf(raised.id).state, "registered");
  assert.equal(bodyOf(stopped.id).text, "", "nothing on a phone may endanger somebody at home");
  assert.ok(!pulled.text.includes("12001234567") && !pulled.text.includes("120****4567"));
});

test("history is never rewritten: the application's role can't change an event", async () => {
  const { id } = await raise();
  await assert.rejects(
    app.database.transact(principalOf("officer"), async (tx) => {
      const { client } = tx as unknown as { client: { query(text: string): Promise<unknown> } };
      await client.query(`delete from matter_event where matter_id = '${id}'`);
    }),
    /permission denied/,
  );
});
