import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Id } from "@wanjia/domain/shared/id";
import {
  DAY_MS,
  HOUR_MS,
  localDate,
  sameDayLater,
  startOfLocalDay,
} from "@wanjia/domain/shared/instant";
import excel from "exceljs";
import { newId } from "../platform/crypto.ts";
import { type Answer, type Client, TEST_NOW, type TestApp, testApp } from "../testing.ts";
import { forgetContacts, lapseSome } from "./commands.ts";

let app: TestApp;
let officer: Client;
let leader: Client;
const TODAY = localDate(TEST_NOW);
const HEADER = "台账编号,物品类别,数量,估价（元）,批准日期,物主称呼,物主电话";

before(async () => {
  app = await testApp();
  await signIn();
});
after(() => app.close());

/** Sessions end with the clock that the tests turn. */
async function signIn(): Promise<void> {
  officer = await app.as("officer");
  leader = await app.as("leader");
}

function send(client: Client, file: string | Buffer, station = app.city.stations.first) {
  return client.post(`/property/imports?stationId=${station}`, file, {
    "content-type": "application/octet-stream",
  });
}

async function take(client: Client, id: Id, step: object): Promise<Answer> {
  const { body } = await client.get(`/property/${id}`);
  return client.post(`/property/${id}/steps`, { version: body.version, step });
}

async function must(client: Client, id: Id, ...steps: object[]): Promise<any> {
  let body: unknown;
  for (const step of steps) {
    const answer = await take(client, id, step);
    assert.equal(answer.status, 200, `${JSON.stringify(step)}: ${answer.text}`);
    body = answer.body;
  }
  return body;
}

/** An item of its own for a test. */
async function listed(registerNo: string, row = "电动自行车,1,2600,2026-11-02,甲女士,12001112222") {
  const sent = await send(leader, `${HEADER}\n${registerNo},${row}\n`);
  assert.equal(sent.status, 200, sent.text);
  const { body } = await officer.get(`/property?number=${encodeURIComponent(registerNo)}`);
  return body.items[0].id as Id;
}

async function meeting(): Promise<any> {
  const from = app.clock.now() + 4 * DAY_MS;
  const arranged = await leader.post("/return-meetings", {
    id: newId(app.clock.now()),
    stationId: app.city.stations.first,
    venue: "双乐所一楼大厅",
    from,
    to: from + HOUR_MS,
    slotMinutes: 30,
    seats: 1,
  });
  assert.equal(arranged.status, 200, arranged.text);
  return arranged.body;
}

function handOver(listNo: string, changes: object = {}) {
  const { members } = app.city;
  return {
    type: "hand_over",
    receiver: "owner",
    rightChecked: true,
    agentIsOfficer: false,
    confirmed: true,
    listNo,
    officers: [members.officer.id, members.leader.id],
    ...changes,
  };
}

const told = { type: "notify", mode: "phone", reached: true };

test("a list with a word of the case, an identity number or a column too many is refused whole", async () => {
  const row = "A-1,手机,1,900,2026-11-02,甲女士,12001112222";
  for (const [header, cells, code, column] of [
    [`${HEADER},犯罪嫌疑人`, `${row},甲`, "forbidden-column", "犯罪嫌疑人"],
    [`${HEADER},简要案情`, `${row},盗窃`, "forbidden-column", "简要案情"],
    [`${HEADER},身份证号`, `${row},`, "forbidden-column", "身份证号"],
    [`${HEADER},备注`, `${row},`, "forbidden-column", "备注"],
    [`${HEADER},颜色`, `${row},红`, "unknown-column", "颜色"],
    [HEADER, `A-1,手机,1,900,2026-11-02,110101199003070169,`, "id-number-in-column", "物主称呼"],
    ["物品类别,估价,批准日期", "手机,900,2026-11-02", "missing-column", "台账编号"],
  ] as const) {
    const sent = await send(leader, `${header}\n${cells}\n`);
    assert.deepEqual(
      [sent.status, sent.body.code, sent.body.params?.column],
      [422, code, column],
      sent.text,
    );
  }
  const bad = await send(leader, `${HEADER}\n${row}\nA-2,飞船,1,很多,2026-11-02,,\n`);
  assert.deepEqual(bad.body, {
    added: 0,
    known: 0,
    problems: [
      { row: 3, field: "itemClass" },
      { row: 3, field: "valueYuan" },
    ],
  });
  assert.equal((await send(leader, "")).body.code, "no-header");
  const { body } = await officer.get("/property");
  assert.equal(body.total.count, 0);
});

test("a list comes in once, as CSV or XLSX, for the leader's own station", async () => {
  const file = `${HEADER}\nB-1,手机,2,1800,2026-11-02,,\nB-2,现金,,500,2026/11/2,,\n`;
  assert.equal((await send(officer, file)).status, 403);
  assert.equal((await send(leader, file, app.city.stations.second)).status, 403);
  assert.deepEqual((await send(leader, file)).body, { added: 2, known: 0, problems: [] });
  const book = new excel.Workbook();
  const sheet = book.addWorksheet("清单");
  sheet.addRow(HEADER.split(","));
  sheet.addRow(["B-2", "现金", 1, 500, "2026-11-02"]);
  sheet.addRow(["B-3", "汽车", 1, 90_000, "2026-11-02", "乙先生", "12003334444"]);
  const sent = await send(leader, Buffer.from(await book.xlsx.writeBuffer()));
  assert.deepEqual(sent.body, { added: 1, known: 1, problems: [] }, sent.text);
  const { body } = await officer.get("/property?itemClass=car");
  assert.deepEqual([body.items[0].registerNo, body.items[0].band], ["B-3", "under_100000"]);
  assert.doesNotMatch(JSON.stringify(body), /valueYuan/);
});

test("told, booked for a slot and handed over before two officers; the figures know of it", async () => {
  const id = await listed("C-1");
  const other = await listed("C-2");
  for (const one of [id, other]) await must(officer, one, told);
  const found = (await officer.get(`/property/${id}`)).body;
  assert.equal(found.collectBy, sameDayLater(TODAY, 6));
  assert.deepEqual([found.term.version, found.term.months, found.monthsLeft], [1, 6, 3]);
  assert.deepEqual(found.contact, { phone: "120****2222", salutation: true });
  const seen = await officer.post(`/property/${id}/contact/reveal`, { purpose: "answer" });
  assert.deepEqual(seen.body, { phone: "12001112222", salutation: "甲女士" });

  const planned = await meeting();
  const [first, second] = planned.slots;
  const book = { type: "book", meetingId: planned.id, at: first.at };
  await must(officer, id, book);
  assert.equal((await take(officer, other, book)).body.code, "slot-full");
  await must(officer, other, { ...book, at: second.at });
  const stale = await officer.post(`/property/${id}/steps`, { version: 1, step: told });
  assert.equal(stale.body.code, "stale-version");

  app.clock.set(first.at);
  await signIn();
  const agent = { receiver: "agent", agentIsOfficer: true };
  const refused = await take(officer, id, handOver("发还〔2026〕1号", agent));
  assert.equal(refused.body.code, "officer-may-not-collect");
  const { members } = app.city;
  for (const officers of [
    [members.officer.id, members.auxiliary.id],
    [members.officer.id, members.southOfficer.id],
    [members.officer.id],
  ]) {
    const answer = await take(officer, id, handOver("发还〔2026〕1号", { officers }));
    assert.equal(answer.body.code, "two-officers");
  }
  const done = await must(officer, id, handOver("发还〔2026〕1号"));
  assert.deepEqual([done.state, done.paperNo, done.steps], ["returned", "发还〔2026〕1号", []]);
  await must(officer, other, handOver("发还〔2026〕2号"));

  const shown = (await leader.get(`/return-meetings/${planned.id}`)).body;
  assert.deepEqual(
    shown.slots.map(({ items }: any) => items.map((one: any) => [one.registerNo, one.returned])),
    [[["C-1", true]], [["C-2", true]]],
  );
  const figures = await leader.get(`/property-figures?from=${TODAY}&to=2026-12-31`);
  assert.deepEqual(figures.body, {
    returned: { items: 2, valueYuan: 5200, meetings: 1 },
    byClass: [{ itemClass: "e_bike", items: 2, valueYuan: 5200 }],
    medianDays: 4,
    unclaimed: { items: 0, of: 2 },
  });

  const path = `/insight/stations/${app.city.stations.first}/card?period=2026`;
  const { body: card } = await leader.get(path);
  const figure = (id: string) => card.figures.find((cell: any) => cell.id === id).figure;
  assert.deepEqual(
    ["K58", "K59", "K60"].map((id) => figure(id).value),
    [5200, 2, 1],
  );
  assert.deepEqual([figure("K61").days, figure("K61").n], [4, 2]);
  for (const id of ["K58", "K59", "K60"]) {
    const records = await leader.get(
      `/insight/records?indicator=${id}&period=2026&stationId=${app.city.stations.first}`,
    );
    assert.equal(records.body.sum, figure(id).value, `${id} opens onto what it counts`);
  }
});

test("a meeting called off sends those who were booked back to waiting", async () => {
  const id = await listed("D-1");
  await must(officer, id, told);
  const planned = await meeting();
  await must(officer, id, { type: "book", meetingId: planned.id, at: planned.slots[1].at });
  const path = `/return-meetings/${planned.id}/call-off`;
  assert.equal((await officer.post(path, {})).status, 403);
  const sheet = path.replace("/call-off", "/sheet");
  assert.equal((await officer.get(sheet)).status, 200, "numbers, no names");
  assert.equal((await (await app.as("auxiliary")).get(sheet)).status, 403);
  const off = await leader.post(path, {});
  assert.deepEqual([off.status, off.body.cancelled, off.body.booked], [200, true, 0]);
  const { body } = await officer.get(`/property/${id}`);
  assert.deepEqual([body.state, body.slotAt], ["owner_notified", null]);
  assert.deepEqual(body.timeline.at(-1).body, { reason: "meeting_cancelled" });
  const again = await take(officer, id, { type: "book", meetingId: planned.id, at: planned.from });
  assert.equal(again.body.code, "meeting-unknown");
});

test("six months by, nobody came; three more, and then it is the state's", async () => {
  const id = await listed("E-1", "现金,1,800,2026-11-02,,");
  const began = localDate(app.clock.now());
  await must(officer, id, { type: "announce" });
  const sweep = () => app.database.asSystem(app.city.bureau, lapseSome);
  const goTo = async (day: string) => {
    app.clock.set(startOfLocalDay(day) + 9 * HOUR_MS);
    await sweep();
    await signIn();
    return (await leader.get(`/property/${id}`)).body;
  };
  assert.equal((await goTo(sameDayLater(began, 6))).state, "unclaimed_notice");
  const late = await goTo("2027-06-01");
  assert.equal(late.state, "unclaimed");
  assert.equal(
    (await take(officer, id, { type: "hand_to_state", receiptNo: "国库1号" })).status,
    403,
  );
  const more = { type: "extend", months: 3, reason: "other" };
  assert.equal((await take(leader, id, { ...more, months: 4 })).body.code, "too-many-months");
  assert.equal((await must(leader, id, more)).state, "unclaimed_notice");
  assert.equal((await goTo(sameDayLater(began, 9))).state, "unclaimed_notice");
  assert.equal((await goTo("2027-09-10")).state, "unclaimed");
  const gone = await must(leader, id, { type: "hand_to_state", receiptNo: "国库〔2027〕3号" });
  assert.equal(gone.state, "handed_to_state");
  const figures = await leader.get("/property-figures?from=2027-01-01&to=2027-12-31");
  assert.equal(figures.body.unclaimed.items >= 1, true);
  assert.equal(figures.body.returned.items, 0);
});

test("another station, other roles and another bureau see nothing of it", async () => {
  const id = await listed("F-1");
  for (const member of ["southOfficer", "southLeader", "foreignLeader"] as const) {
    const client = await app.as(member);
    assert.equal((await client.get("/property")).body.total.count, 0, member);
    assert.equal((await client.get(`/property/${id}`)).status, 404, member);
  }
  for (const member of ["auxiliary", "feedback", "inspector", "admin", "mediator"] as const) {
    const client = await app.as(member);
    for (const path of ["/property", `/property/${id}`, "/return-meetings"]) {
      assert.equal((await client.get(path)).status, 403, `${member} ${path}`);
    }
    const looked = await client.post(`/property/${id}/contact/reveal`, { purpose: "answer" });
    assert.equal(looked.status, 403);
  }
});

test("how to reach an owner is sealed, looked at with a trace, and gone thirty days after the end", async () => {
  const id = await listed("G-1");
  await officer.post(`/property/${id}/contact/reveal`, { purpose: "answer" });
  await must(leader, id, { type: "withdraw", reason: "ownership_disputed" });
  const forget = () => app.database.asSystem(app.city.bureau, forgetContacts);
  app.clock.set(app.clock.now() + 29 * DAY_MS);
  await forget();
  await signIn();
  assert.notEqual((await officer.get(`/property/${id}`)).body.contact, null);
  app.clock.set(app.clock.now() + 2 * DAY_MS);
  await forget();
  await signIn();
  assert.equal((await officer.get(`/property/${id}`)).body.contact, null);
  const auditor = await app.as("auditor");
  const { body } = await auditor.get("/audit?action=contact.revealed");
  assert.ok(body.items.some((fact: any) => fact.subjectId === id));
  const all = await auditor.get("/audit?size=200");
  assert.doesNotMatch(all.text, /12001112222|甲女士/);
});
