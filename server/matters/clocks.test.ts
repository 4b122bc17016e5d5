import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ClockRuleRow } from "@wanjia/contract/clock-rules";
import { CLOCK_RULES } from "@wanjia/domain/matters/clock-table";
import type { Id } from "@wanjia/domain/shared/id";
import { DAY_MS, type Instant } from "@wanjia/domain/shared/instant";
import { newId } from "../platform/crypto.ts";
import { type Client, type TestApp, TEST_NOW, testApp } from "../testing.ts";
import { sweepClocks } from "./commands.ts";
import { matterJobs } from "./jobs.ts";

let app: TestApp;

before(async () => {
  app = await testApp();
});

after(() => app.close());

/** Sessions end after a while without work: whoever acts later signs in later. */
const at = (now: Instant) => app.clock.set(now);

async function raise(client: Client, changes: object = {}) {
  const answer = await client.post("/matters", {
    id: newId(app.clock.now()),
    kind: "hazard",
    subtype: "unlit_path",
    text: "三楼楼道灯不亮",
    placeId: app.city.door("east", 1, 1),
    reporter: "resident",
    feedback: "phone",
    ...changes,
  });
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}

async function step(client: Client, id: Id, order: object) {
  const { body } = await client.get(`/matters/${id}`);
  return client.post(`/matters/${id}/steps`, { version: body.version, step: order });
}

async function sweep(): Promise<void> {
  const job = matterJobs(app.database)["matters.clocks"];
  await job?.run({} as never, { id: "test", signal: new AbortController().signal });
}

const idsOf = (answer: { body: { items: { id: Id }[] } }) => answer.body.items.map(({ id }) => id);

test("a missed limit is raised once, waits for the leader's word, and then goes to the bureau", async () => {
  const { id, next, dueOn } = await raise(await app.as("officer"));
  assert.deepEqual([next.purpose, dueOn], ["finish", "2026-11-13"]);
  at(next.dueAt);
  await sweep();
  await sweep();

  const leader = await app.as("leader");
  const { body } = await leader.get(`/matters/${id}`);
  const raised = body.timeline.filter((event: { type: string }) => event.type === "raised");
  assert.equal(raised.length, 1, "sweeping twice raises once");
  assert.deepEqual([raised[0].role, raised[0].memberName], ["system", null]);
  assert.deepEqual([body.next.raisedTo, body.next.task], ["station", "station"]);
  assert.ok(idsOf(await leader.get("/matters?work=tasks")).includes(id));
  assert.ok(idsOf(await leader.get("/matters?work=overdue")).includes(id));
  assert.ok(!idsOf(await (await app.as("southLeader")).get("/matters?work=tasks")).includes(id));
  assert.ok(!idsOf(await (await app.as("feedback")).get("/matters?work=tasks")).includes(id));
  assert.equal(
    (await step(await app.as("officer"), id, { type: "supervise", text: "-" })).status,
    403,
  );

  const said = await step(leader, id, { type: "supervise", text: "已联系物业，今晚更换" });
  assert.equal(said.status, 200, said.text);
  assert.equal(said.body.next.task, null);
  assert.ok(!idsOf(await leader.get("/matters?work=tasks")).includes(id));

  at(next.dueAt + 4 * DAY_MS);
  await sweep();
  const centre = await app.as("feedback");
  assert.ok(idsOf(await centre.get("/matters?work=tasks")).includes(id));
  const auditor = await app.as("auditor");
  const trail = await auditor.get(`/audit?subjectId=${id}&size=50`);
  assert.ok(
    trail.body.items.some((row: { detail: { events: string[] } }) =>
      row.detail.events.includes("raised"),
    ),
  );
  at(TEST_NOW);
});

test("where the leader answers for it himself, the bureau is told at once", async () => {
  const { id, next } = await raise(await app.as("leader"), {
    placeId: app.city.door("east", 2, 1),
  });
  at(next.dueAt);
  await sweep();
  const { body } = await (await app.as("feedback")).get(`/matters/${id}`);
  assert.equal(body.next.raisedTo, "bureau");
  at(TEST_NOW);
});

test("the sweep goes on where it was stopped, and one portion at a time", async () => {
  const officer = await app.as("southOfficer");
  const south = { placeId: app.city.door("south", 1, 1) };
  const both = [await raise(officer, south), await raise(officer, south)];
  const [first, second] = both.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  at(first.next.dueAt);
  const look = { id: first.id, lookAt: first.next.dueAt };
  await app.database.asSystem(app.city.bureau, (tx) => sweepClocks(tx, look));
  const leader = await app.as("southLeader");
  const raisedTo = async (id: Id) => (await leader.get(`/matters/${id}`)).body.next.raisedTo;
  assert.deepEqual([await raisedTo(first.id), await raisedTo(second.id)], [null, "station"]);
  await sweep();
  assert.equal(await raisedTo(first.id), "station");
  at(TEST_NOW);
});

test("a pause and an extension come from above, and the list of work follows", async () => {
  const officer = await app.as("officer");
  const leader = await app.as("leader");
  const { id } = await raise(officer, {
    kind: "opinion",
    subtype: "patrol",
    placeId: app.city.door("east", 2, 2),
  });
  for (const type of ["accept", "start"])
    assert.equal((await step(officer, id, { type })).status, 200);
  const more = { type: "extend", purpose: "finish", amount: 5, why: "涉及两个部门", told: "phone" };
  assert.equal((await step(officer, id, more)).body.code, "not-permitted");
  const longer = await step(leader, id, more);
  assert.equal(longer.body.dueOn, "2026-12-08");
  const clock = longer.body.clocks.find((one: { purpose: string }) => one.purpose === "finish");
  assert.deepEqual([clock.source, clock.extension.most], ["信访工作条例 29", 10]);

  const wait = { type: "suspend", reason: "awaiting_other_body", text: "等城管回函" };
  const waiting = await step(leader, id, wait);
  assert.deepEqual([waiting.body.state, waiting.body.dueOn], ["suspended", null]);
  assert.equal(
    (await leader.get(`/matters?work=paused`)).body.items.length,
    0,
    "its interim word runs",
  );
  const told = await step(officer, id, { type: "inform", mode: "phone", text: "在等城管回函" });
  assert.equal(told.status, 200, told.text);
  const row = (await leader.get(`/matters?state=suspended`)).body.items[0];
  assert.deepEqual([row.id, row.next.purpose], [id, "pause_review"]);
  const again = await step(officer, id, { type: "resume" });
  assert.deepEqual([again.body.state, again.body.dueOn], ["in_progress", "2026-12-08"]);
});

test("the counts of the lists are those of their rows, in one's own reach", async () => {
  at(TEST_NOW + 3 * DAY_MS);
  for (const name of ["officer", "leader", "southLeader", "feedback"] as const) {
    const client = await app.as(name);
    const { lists } = (await client.get("/matters/work")).body;
    for (const work of Object.keys(lists)) {
      const page = (await client.get(`/matters?work=${work}&size=200`)).body;
      assert.deepEqual(lists[work], page.total, `${name} ${work}`);
      assert.equal(page.total.count, page.items.length);
    }
  }
  const leader = await app.as("leader");
  const today = await leader.get("/matters?work=today&kind=hazard&state=registered&size=1");
  assert.equal(today.body.items.length, 1);
  const other = await leader.get(`/matters?work=today&size=1&cursor=${today.body.next ?? "last"}`);
  assert.notEqual(other.body.items[0]?.id, undefined);
  assert.equal((await (await app.as("dpo")).get("/matters/work")).status, 403);
  at(TEST_NOW);
});

test("a limit that a later release brings joins the bureau's table, and what was there stays", async () => {
  const legal = await app.as("legal");
  const list = async () => (await legal.get("/matters/clock-rules")).body.items;
  const sorted = (items: readonly ClockRuleRow[]) =>
    items.toSorted((a, b) => a.id.localeCompare(b.id) || a.version - b.version);
  const before = sorted(await list());
  await app.database.pool.query(
    "update clock_rule set amount = 8 where rule = 'permit.residence' and version = 1",
  );
  await app.database.pool.query(
    "delete from clock_rule where rule = 'report.accept_admin_complex'",
  );
  const changed = before.map((rule) =>
    rule.id === "permit.residence" ? { ...rule, amount: 8 } : rule,
  );
  assert.deepEqual(sorted(await list()), changed);
  assert.deepEqual(sorted(await list()), changed, "written down, not only shown");
  const { rows } = await app.database.pool.query(
    "select rule from clock_rule where rule = 'report.accept_admin_complex'",
  );
  assert.equal(rows.length, 1);
  await app.database.pool.query(
    "update clock_rule set amount = 15 where rule = 'permit.residence' and version = 1",
  );
});

test("a bureau starts with the table, writes new versions ahead, and rewrites nothing", async () => {
  const legal = await app.as("legal");
  const { items } = (await legal.get("/matters/clock-rules")).body;
  assert.equal(items.length, CLOCK_RULES.length);
  const told = new Map(items.map(({ id, reference }: ClockRuleRow) => [id, reference]));
  const ids = ["hazard.ordinary", "property.collect", "dsr", "hotline.jinan"];
  const ofReports = CLOCK_RULES.filter(({ id }) => id.startsWith("report."));
  assert.equal(ofReports.length, 3);
  assert.deepEqual(
    [...ids, ...ofReports.map(({ id }) => id)].map((id) => told.get(id)),
    [false, false, false, true, ...ofReports.map(() => true)],
    "what nothing starts is said to be there to look up",
  );
  const {
    version: _v,
    subject: _s,
    purpose: _p,
    kinds: _k,
    reference: _r,
    ...hazard
  } = items.find(({ id }: { id: string }) => id === "hazard.ordinary");
  const save = (client: Client, changes: object) =>
    client.post("/matters/clock-rules", { ...hazard, ...changes });
  const from = "2026-11-12";
  assert.equal((await save(await app.as("leader"), { from })).status, 403);
  assert.equal((await save(legal, { from: "2026-11-10" })).body.code, "rule-too-early");
  assert.equal((await save(legal, { from, amount: 0 })).body.code, "rule-amount");
  const old = await raise(await app.as("officer"), { placeId: app.city.door("east", 3, 1) });
  const saved = await save(legal, { from, amount: 1, source: "局办〔2026〕12号" });
  assert.deepEqual([saved.status, saved.body.version], [200, 2]);
  assert.equal((await save(legal, { from, amount: 5 })).body.code, "rule-too-early", "no overlap");
  const later = await save(legal, { from: "2026-11-20", amount: 9 });
  const taken = await legal.delete(`/matters/clock-rules/hazard.ordinary/${later.body.version}`);
  assert.equal(taken.status, 200, taken.text);

  at(TEST_NOW + 2 * DAY_MS);
  const officer = await app.as("officer");
  const young = await raise(officer, { placeId: app.city.door("east", 3, 2) });
  assert.equal(young.dueOn, "2026-11-13");
  assert.equal(
    (await officer.get(`/matters/${old.id}`)).body.dueOn,
    "2026-11-13",
    "as it was given",
  );
  const tooLate = await (await app.as("legal")).delete("/matters/clock-rules/hazard.ordinary/2");
  assert.equal(tooLate.body.code, "rule-in-force");
  const auditor = await app.as("auditor");
  assert.equal((await auditor.get("/audit?action=clock-rule.saved")).body.items.length, 2);
  const foreign = await app.as("foreignOffice");
  assert.equal((await foreign.get("/matters/clock-rules")).status, 403);
  at(TEST_NOW);
});

const DAYS_2027 = `休 2027-01-01~2027-01-03 元旦
班 2027-01-09
休 2027-02-05~2027-02-12 春节
休 2027-10-01~2027-10-07 国庆`;

test("the next year's working days are loaded, and what waited for them has its date", async () => {
  at(Date.UTC(2026, 11, 29));
  const legal = await app.as("legal");
  const standing = async () => (await legal.get("/workdays")).body;
  const { through, daysLeft, endsSoon } = await standing();
  assert.deepEqual([through, daysLeft, endsSoon], ["2026-12-31", 2, true]);
  const officer = await app.as("officer");
  const { id, dueOn } = await raise(officer, {
    kind: "opinion",
    subtype: "facilities",
    placeId: app.city.door("east", 2, 3),
  });
  assert.equal(dueOn, null, "a date that might be wrong is not promised");

  const year = { year: 2027, days: DAYS_2027, source: "国办发明电〔2026〕1号" };
  assert.equal((await officer.post("/workdays", year)).status, 403);
  const wrong = await legal.post("/workdays", { ...year, days: `${DAYS_2027}\n二月放假` });
  assert.deepEqual([wrong.status, wrong.body.code], [422, "workdays-unreadable"]);
  assert.match(wrong.body.detail, /第 5 行/);
  const loaded = await legal.post("/workdays", year);
  assert.deepEqual(loaded.body, { through: "2027-12-31", holidays: 18, makeUpDays: 1 });
  const after = await standing();
  assert.deepEqual([after.endsSoon, after.years[0].makeUpDays], [false, ["2027-01-09"]]);

  at(Date.UTC(2026, 11, 29) + DAY_MS);
  await sweep();
  const [dated] = [(await (await app.as("officer")).get(`/matters/${id}`)).body];
  assert.equal(dated.dueOn, "2027-01-19", "fifteen working days, the make-up day among them");
  const foreign = await app.as("foreignOffice");
  assert.equal((await foreign.get("/workdays")).status, 403);
  at(TEST_NOW);
});
