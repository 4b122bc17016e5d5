import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Id } from "@wanjia/domain/shared/id";
import { newId } from "../platform/crypto.ts";
import { type Client, type TestApp, TEST_NOW, testApp } from "../testing.ts";

let app: TestApp;
let officer: Client;
let feedback: Client;
let manager: Client;
let committee: Client;

before(async () => {
  app = await testApp();
  officer = await app.as("officer");
  feedback = await app.as("feedback");
  manager = await app.as("propertyManager");
  committee = await app.as("committeeMember");
});

after(() => app.close());

const ANY = {
  kind: null,
  subtype: null,
  grade: null,
  placeKind: null,
  stationId: null,
  communityId: null,
};

function rule(when: object, target: object, number: number | null = null) {
  return { number, when: { ...ANY, ...when }, target, basis: "物业管理条例 45" };
}

async function write(when: object, target: object, number: number | null = null) {
  const saved = await feedback.post("/routing/rules", rule(when, target, number));
  assert.equal(saved.status, 200, saved.text);
  return saved.body;
}

async function raise(changes: object = {}): Promise<Id> {
  const answer = await officer.post("/matters", {
    id: newId(TEST_NOW),
    kind: "hazard",
    subtype: "unlit_path",
    text: "三楼楼道灯不亮",
    placeId: app.city.door("east", 3, 1),
    reporter: "resident",
    feedback: "phone",
    ...changes,
  });
  assert.equal(answer.status, 200, answer.text);
  return answer.body.id;
}

async function step(client: Client, id: Id, order: object) {
  const { body } = await client.get(`/matters/${id}`);
  return client.post(`/matters/${id}/steps`, { version: body.version, step: order });
}

const suggested = async (id: Id, client = officer) =>
  (await client.get(`/matters/${id}/routing`)).body;

test("a table is written, tried on what happened, and switched on as it was tried", async () => {
  const { propertyCompany, members, communities } = app.city;
  const company = { to: "partner", id: propertyCompany };
  const detective = { to: "unit", id: members.detective.id };
  const lamp = await raise();
  assert.deepEqual(await suggested(lamp), { version: null, rule: null, obstacle: null });
  const order = { basis: "duty", text: "三楼楼道灯不亮，请修复", type: "refer" };
  assert.equal((await step(officer, lamp, { ...order, to: propertyCompany })).status, 200);
  const clutter = await raise({ subtype: "blocked_exit" });
  assert.equal((await step(officer, clutter, { type: "accept" })).status, 200);
  const patrol = await raise({ kind: "opinion", subtype: "patrol" });
  const undecided = await raise({ subtype: "dog_control" });

  assert.equal((await officer.post("/routing/rules", rule({}, company))).status, 403);
  assert.equal((await feedback.post("/routing/trial")).body.code, "routing-no-draft");
  await write({ kind: "hazard" }, { to: "station", id: null });
  await write({ kind: "hazard", subtype: "unlit_path" }, { to: "station", id: null });
  const here = { kind: "hazard", communityId: communities.east };
  const local = await write({ ...here, subtype: "unlit_path" }, company);
  assert.equal(
    local.rules[2].when.stationId,
    app.city.stations.first,
    "a community brings its own",
  );
  assert.equal(local.rules[2].target.name, "东亭物业");
  const tied = await feedback.post("/routing/rules", rule({ placeKind: "shop" }, detective));
  assert.deepEqual([tied.status, tied.body.params], [422, { one: 1, other: 4 }]);
  assert.match(tied.body.detail, /第 1 条和第 4 条/);
  const nobody = await feedback.post(
    "/routing/rules",
    rule({ kind: "dispute" }, { ...detective, id: members.officer.id }),
  );
  assert.equal(nobody.body.code, "routing-target-gone");
  assert.equal((await feedback.post("/routing/on")).body.code, "routing-untried");

  const trial = (await feedback.post("/routing/trial")).body;
  const verdicts = new Map(
    trial.rows.map((row: { id: Id; verdict: string }) => [row.id, row.verdict]),
  );
  assert.deepEqual(
    [lamp, clutter, patrol, undecided].map((id) => verdicts.get(id)),
    ["same", "same", "uncovered", "undecided"],
  );
  const moved = trial.rows.find(({ id }: { id: Id }) => id === lamp);
  assert.deepEqual([moved.rule, moved.would.name, moved.went.name], [3, "东亭物业", "东亭物业"]);
  await write({ kind: "opinion", subtype: "patrol" }, detective);
  assert.equal((await feedback.post("/routing/on")).body.code, "routing-untried", "changed since");
  assert.equal((await feedback.post("/routing/trial")).body.tally.uncovered, 0);
  const { body: before } = await officer.get("/routing");
  assert.deepEqual([before.on, before.draft.tried.tally.same], [null, 2]);
  const on = await feedback.post("/routing/on");
  assert.deepEqual([on.status, on.body.version, on.body.rules.length], [200, 1, 4], on.text);

  const { rule: why, obstacle } = await suggested(patrol);
  assert.deepEqual([why.number, why.target.id, obstacle], [4, members.detective.id, null]);
  assert.equal((await suggested(lamp)).obstacle, "already_there");
  const foreign = await app.as("southOfficer");
  assert.equal((await foreign.get(`/matters/${lamp}/routing`)).status, 404);
  const trail = (await (await app.as("auditor")).get("/audit?action=routing.switched-on")).body;
  assert.deepEqual(trail.items[0].detail, { version: 1, rules: 4 });
});

test("the next version begins as a copy, changes nothing that was handed on, and can be given up", async () => {
  const { members } = app.city;
  const detective = { to: "unit", id: members.detective.id };
  const lamp = await raise();
  const sent = await step(officer, lamp, {
    type: "refer",
    to: app.city.propertyCompany,
    basis: "duty",
    text: "三楼楼道灯不亮，请修复",
  });
  assert.equal(sent.body.referral.bodyName, "东亭物业");
  const draft = await write({ kind: "hazard", subtype: "unlit_path" }, detective, 2);
  assert.deepEqual([draft.version, draft.rules.length], [2, 4]);
  const without = await feedback.delete("/routing/rules/3");
  assert.deepEqual([without.status, without.body.rules.length], [200, 3], without.text);
  assert.equal((await feedback.delete("/routing/rules/3")).status, 404);
  assert.equal((await suggested(lamp)).rule.number, 3, "the draft says nothing yet");
  await feedback.post("/routing/trial");
  assert.equal((await feedback.post("/routing/on")).body.version, 2);
  assert.equal((await suggested(lamp)).rule.target.id, members.detective.id);
  const { body } = await officer.get(`/matters/${lamp}`);
  assert.equal(body.referral.bodyName, "东亭物业", "what was handed on stays");
  await write({ kind: "hazard" }, { to: "partner", id: app.city.committee }, 1);
  assert.equal((await feedback.delete("/routing/draft")).status, 200);
  const { on, draft: none, before } = (await officer.get("/routing")).body;
  assert.deepEqual(
    [on.version, none, before.map(({ version }: { version: number }) => version)],
    [2, null, [1]],
  );
});

test("a matter that went by the table stays with its first recipient until it is accepted, and after two returns the feedback centre decides", async () => {
  await write({ kind: "service_request" }, { to: "partner", id: app.city.propertyCompany });
  await feedback.post("/routing/trial");
  assert.equal((await feedback.post("/routing/on")).status, 200);
  const id = await raise({ kind: "service_request", subtype: "minor_repair" });
  const { rule: found } = await suggested(id);
  const order = { type: "refer", basis: "duty", law: found.basis, text: "楼道灯不亮，请修复" };
  const first = await step(officer, id, { ...order, to: found.target.id });
  assert.equal(first.body.responsibleName, "江沐阳");
  const back = { type: "return_assignment", reason: "公共照明不归物业" };
  const answer = (client: Client, referral: Id) =>
    client.post(`/referrals/${referral}/steps`, { step: back });
  assert.equal((await answer(manager, first.body.referral.id)).status, 200);
  const second = await step(officer, id, { ...order, to: app.city.committee });
  assert.equal((await answer(committee, second.body.referral.id)).status, 200);
  const again = await step(officer, id, { ...order, to: found.target.id });
  assert.equal(again.body.code, "arbiter-decides");
  assert.equal((await officer.get(`/matters/${id}`)).body.responsibleName, "江沐阳");
  assert.equal((await suggested(id, feedback)).rule.target.id, found.target.id);
  const decided = await step(feedback, id, { ...order, to: found.target.id });
  assert.equal((await answer(manager, decided.body.referral.id)).body.code, "arbiter-decides");
  const taken = await manager.post(`/referrals/${decided.body.referral.id}/steps`, {
    step: { type: "accept" },
  });
  assert.equal(taken.body.state, "accepted");
});

test("no table sends a dispute that must not be mediated to a body that would mediate it", async () => {
  await write({ kind: "dispute" }, { to: "partner", id: app.city.committee });
  await feedback.post("/routing/trial");
  assert.equal((await feedback.post("/routing/on")).status, 200);
  const id = await raise({ kind: "dispute", subtype: "family", text: "两家争吵" });
  assert.equal((await suggested(id)).obstacle, null);
  await step(officer, id, { type: "screen", stopSigns: ["party_in_fear"], way: "court" });
  assert.equal((await suggested(id)).obstacle, "may_not_receive");
});
