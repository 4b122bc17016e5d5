import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Id } from "@wanjia/domain/shared/id";
import { DAY_MS } from "@wanjia/domain/shared/instant";
import { newId } from "../platform/crypto.ts";
import { type Answer, type Client, type TestApp, TEST_NOW, testApp } from "../testing.ts";

let app: TestApp;
let officer: Client;
let leader: Client;
let feedback: Client;
let manager: Client;
let committee: Client;

before(async () => {
  app = await testApp();
  officer = await app.as("officer");
  leader = await app.as("leader");
  feedback = await app.as("feedback");
  manager = await app.as("propertyManager");
  committee = await app.as("committeeMember");
});

after(() => app.close());

async function raise(changes: object = {}): Promise<Id> {
  const id = newId(TEST_NOW);
  const answer = await officer.post("/matters", {
    id,
    kind: "service_request",
    subtype: "minor_repair",
    text: "三楼李女士说楼道灯坏了两周，晚上不敢下楼",
    placeId: app.city.door("east", 3, 1),
    reporter: "resident",
    feedback: "phone",
    contact: { phone: "12001234567", salutation: "李女士", consent: true },
    ...changes,
  });
  assert.equal(answer.status, 200, answer.text);
  return id;
}

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

const refer = (changes: object = {}) => ({
  type: "refer",
  to: app.city.propertyCompany,
  basis: "duty",
  law: "物业管理条例 45",
  text: "三楼楼道灯不亮，请修复",
  ...changes,
});
const done = { type: "resolve", outcome: "delivered", text: "已更换灯具并试亮" };

test("a body without an account: its words are noted, its result answers the resident, and it ends as another body’s", async () => {
  const id = await raise();
  const sent = await steps(id, [officer, { type: "accept" }], [officer, refer()]);
  assert.equal(sent.state, "accepted");
  assert.equal(sent.referral.bodyName, "东亭物业");
  assert.equal(sent.responsibleId, app.city.members.officer.id);
  assert.ok(sent.clocks.some(({ purpose }: { purpose: string }) => purpose === "take_over"));
  const taken = await steps(id, [
    officer,
    { type: "relay", said: "accepted", text: "王经理电话答应两天内修" },
  ]);
  assert.equal(taken.state, "referred");
  const purposes = taken.clocks.map((clock: { purpose: string; pausedAt: number | null }) => [
    clock.purpose,
    clock.pausedAt !== null,
  ]);
  assert.deepEqual(purposes.toSorted(), [
    ["finish", true],
    ["other_result", false],
  ]);
  const closed = await steps(
    id,
    [officer, done],
    [officer, { type: "answer", mode: "phone", text: "物业已更换楼道灯" }],
    [feedback, { type: "call_back", mode: "phone", reached: true, solved: "yes", text: "" }],
    [leader, { type: "close" }],
  );
  assert.deepEqual([closed.state, closed.disposition], ["closed", "closed_referred"]);
  const referred = closed.timeline.find(({ type }: { type: string }) => type === "referred");
  assert.equal(referred.body.toName, "东亭物业");
});

test("nobody’s name or number leaves the house, and a body that must not hear of it doesn’t", async () => {
  const id = await raise();
  const named = await step(officer, id, refer({ text: "请联系 110105199003078515 的住户" }));
  assert.deepEqual([named.status, named.body.code], [422, "text-forbidden"]);
  const nobody = await step(officer, id, refer({ to: newId(TEST_NOW) }));
  assert.deepEqual([nobody.status, nobody.body.code], [422, "body-unknown"]);
  const dispute = await raise({ kind: "dispute", subtype: "family", stopSigns: ["party_in_fear"] });
  const stopped = await step(officer, dispute, refer({ to: app.city.committee }));
  assert.deepEqual([stopped.status, stopped.body.code], [422, "mediation-stopped"]);
});

async function referred(changes: object = {}): Promise<{ id: Id; referral: Id }> {
  const id = await raise();
  const sent = await steps(id, [officer, refer(changes)]);
  return { id, referral: sent.referral.id };
}

test("a partner accepts and answers; the officer sees who and what, and the limit stands still meanwhile", async () => {
  const { id, referral } = await referred();
  const { body } = await manager.get("/referrals?progress=open");
  const row = body.items.find((one: { id: Id }) => one.id === referral);
  assert.deepEqual(
    [row.state, row.place, row.text, row.law],
    ["sent", "东亭花园1幢1单元301室", "三楼楼道灯不亮，请修复", "物业管理条例 45"],
  );
  assert.equal(JSON.stringify(row).includes("李女士"), false);
  const early = await manager.post(`/referrals/${referral}/steps`, { step: done });
  assert.deepEqual([early.status, early.body.code], [409, "wrong-state"]);
  const taken = await manager.post(`/referrals/${referral}/steps`, { step: { type: "accept" } });
  assert.deepEqual([taken.status, taken.body.state], [200, "accepted"], taken.text);
  const answered = await manager.post(`/referrals/${referral}/steps`, { step: done });
  assert.deepEqual([answered.status, answered.body.state], [200, "answered"], answered.text);
  const matter = await officer.get(`/matters/${id}`);
  assert.equal(matter.body.state, "resolved");
  const last = matter.body.timeline.at(-1);
  assert.deepEqual([last.type, last.role, last.memberName], ["resolved", "partner", "田物业"]);
  const trail = await (await app.as("auditor")).get(`/audit?subjectId=${referral}`);
  assert.deepEqual(
    trail.body.items.map(({ action, actorRole }: { action: string; actorRole: string }) => [
      action,
      actorRole,
    ]),
    [
      ["referral.step", "partner"],
      ["referral.step", "partner"],
    ],
  );
});

test("what a body is late with leads its day, until it has answered", async () => {
  const { referral } = await referred();
  const late = async (client: Client) => {
    const [{ total }] = (await client.get("/duty/today")).body.lists;
    const { items } = (await client.get("/referrals?progress=overdue")).body;
    assert.equal(total.count, items.length);
    return items.filter(({ id }: { id: Id }) => id === referral).length;
  };
  assert.equal(await late(manager), 0);
  app.clock.set(TEST_NOW + 60 * DAY_MS);
  const later = await app.as("propertyManager");
  assert.equal(await late(later), 1);
  for (const step of [{ type: "accept" }, done]) {
    const reply = await later.post(`/referrals/${referral}/steps`, { step });
    assert.equal(reply.status, 200, reply.text);
  }
  assert.equal(await late(later), 0);
  app.clock.set(TEST_NOW);
});

test("a body returns once with its reason; after the second return the feedback centre decides for good", async () => {
  const { id, referral } = await referred();
  const back = { type: "return_assignment", reason: "公共照明不归物业" };
  const nothing = await manager.post(`/referrals/${referral}/steps`, {
    step: { ...back, reason: " " },
  });
  assert.equal(nothing.body.code, "text-missing");
  assert.equal((await manager.post(`/referrals/${referral}/steps`, { step: back })).status, 200);
  const again = await manager.post(`/referrals/${referral}/steps`, { step: back });
  assert.equal(again.body.code, "wrong-state");
  const second = await steps(id, [officer, refer({ to: app.city.committee })]);
  await committee.post(`/referrals/${second.referral.id}/steps`, { step: back });
  assert.equal((await step(officer, id, refer())).body.code, "arbiter-decides");
  const decided = await steps(id, [feedback, refer()]);
  const kept = await manager.post(`/referrals/${decided.referral.id}/steps`, { step: back });
  assert.deepEqual([kept.status, kept.body.code], [403, "arbiter-decides"]);
  const taken = await manager.post(`/referrals/${decided.referral.id}/steps`, {
    step: { type: "accept" },
  });
  assert.equal(taken.body.state, "accepted");
});

test("a partner sees what was sent to its own body, and nothing else at any endpoint", async () => {
  const { id, referral } = await referred({ to: app.city.committee });
  assert.equal((await manager.get(`/referrals/${referral}`)).status, 404);
  const theirs = await manager.post(`/referrals/${referral}/steps`, { step: { type: "accept" } });
  assert.equal(theirs.status, 404);
  const { body: document } = await app.stranger.get("//openapi.json");
  const ids = [id, referral, app.city.members.officer.id, app.city.door("east", 3, 1)];
  const told = ["李女士", "1234567", "江沐阳", "沈立群", "西亭", "南浦", "温和解", "东亭花园", id];
  let asked = 0;
  const paths = Object.entries(document.paths as Record<string, Record<string, unknown>>);
  for (const [path] of paths.filter(([, operations]) => "get" in operations)) {
    // What anybody may ask without signing in is no sight of a partner's.
    if (path.startsWith("/public") || path === "/referrals") continue;
    for (const known of path.includes("{") ? ids : ids.slice(0, 1)) {
      const asking = path.replaceAll(/\{\w+\}/g, known);
      const answer = await manager.get(`${asking}?from=2026-01-01&to=2027-01-01&format=csv&q=东亭`);
      asked += 1;
      assert.ok(answer.status < 500, `${asking}: ${answer.status} ${answer.text}`);
      const leaks = answer.status < 300 ? told.filter((one) => answer.text.includes(one)) : [];
      assert.deepEqual(leaks, [], asking);
    }
  }
  assert.ok(asked > 60, `${asked} asked`);
});

async function form(path: string, fields: Record<string, string>, headers: object = {}) {
  return app.app.inject({
    method: "POST",
    url: path,
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    payload: new URLSearchParams(fields).toString(),
  });
}

test("a link opens one referral without an account, until it is answered, ended or too old", async () => {
  const { id, referral } = await referred();
  const made = await officer.post(`/referrals/${referral}/link`);
  assert.equal(made.status, 200, made.text);
  const { path } = made.body;
  const secret = path.slice("/referral/".length);
  assert.ok(Buffer.from(secret, "base64url").length >= 16);
  const { rows } = await app.database.pool.query("select referral::text from referral");
  assert.equal(JSON.stringify(rows).includes(secret), false, "only its hash is kept");

  const page = await app.app.inject({ url: path });
  assert.equal(page.statusCode, 200);
  assert.match(page.body, /三楼楼道灯不亮/);
  assert.doesNotMatch(page.body, /李女士|1200123|<script/);
  const foreign = await form(path, { type: "accept" }, { "sec-fetch-site": "cross-site" });
  assert.equal(foreign.statusCode, 403);
  assert.equal((await form(path, { type: "accept" })).statusCode, 200);
  const wrong = await form(path, { type: "resolve", outcome: "cannot", text: "缺零件" });
  assert.equal(wrong.statusCode, 422, "a reason is needed");
  const answered = await form(path, { type: "resolve", outcome: "delivered", text: "<b>已修</b>" });
  assert.equal(answered.statusCode, 200);
  assert.match(answered.body, /&#60;b&#62;已修/);
  const matter = await officer.get(`/matters/${id}`);
  const last = matter.body.timeline.at(-1);
  assert.deepEqual([last.type, last.role, last.memberName], ["resolved", "partner", "东亭物业"]);
  assert.equal((await app.app.inject({ url: path })).statusCode, 404, "used up");

  const other = await referred();
  const first = await officer.post(`/referrals/${other.referral}/link`);
  const renewed = await officer.post(`/referrals/${other.referral}/link`);
  assert.equal((await app.app.inject({ url: first.body.path })).statusCode, 404, "replaced");
  assert.equal((await app.app.inject({ url: renewed.body.path })).statusCode, 200);
  const ended = await officer.delete(`/referrals/${other.referral}/link`);
  assert.equal(ended.status, 200, ended.text);
  assert.equal((await app.app.inject({ url: renewed.body.path })).statusCode, 404, "ended");
  const old = await officer.post(`/referrals/${other.referral}/link`);
  const south = await app.as("southOfficer");
  assert.equal((await south.post(`/referrals/${other.referral}/link`)).status, 404);
  app.clock.set(TEST_NOW + 31 * DAY_MS);
  assert.equal((await app.app.inject({ url: old.body.path })).statusCode, 404, "too old");
  app.clock.set(TEST_NOW);
});
