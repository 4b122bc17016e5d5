import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Id } from "@wanjia/domain/shared/id";
import { newId } from "../platform/crypto.ts";
import { type Answer, type Client, type TestApp, TEST_NOW, testApp } from "../testing.ts";

let app: TestApp;
let officer: Client;
let leader: Client;
let feedback: Client;

before(async () => {
  app = await testApp();
  officer = await app.as("officer");
  leader = await app.as("leader");
  feedback = await app.as("feedback");
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
