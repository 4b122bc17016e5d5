import assert from "node:assert/strict";
import { after, test } from "node:test";
import { DAY_MS } from "@wanjia/domain/shared/instant";
import { toBase64Url } from "@wanjia/sync/bytes";
import { lookOf } from "@wanjia/sync/receipt-keys";
import { newId } from "../platform/crypto.ts";
import { TEST_NOW, testApp } from "../testing.ts";
import { dumpAll, tracesOf } from "../testing-dump.ts";
import { newReceiptCode, solvedPuzzle } from "../testing-intake.ts";

const app = await testApp();
after(() => app.close());
const { city, stranger } = app;
const officer = await app.as("officer");
const dpo = await app.as("dpo");
const PHONE = "13900002222";
const TEXT = "登记的门号不是我家，请改成对面那一户";

let minutes = 0;
function nextMinute(): void {
  minutes += 1;
  app.clock.set(TEST_NOW + minutes * 60_000);
}
const newLook = async (): Promise<string> => toBase64Url(await lookOf(newReceiptCode()));

async function post(path: string, body: object) {
  nextMinute();
  return stranger.post(path, { ...body, puzzle: await solvedPuzzle(stranger) });
}

/** A matter heard at the door, with a receipt handed over. */
async function aMatter(): Promise<{ id: string; look: string }> {
  const id = newId(app.clock.now());
  const raised = await officer.post("/matters", {
    id,
    placeId: city.door("east", 1, 1),
    kind: "service_request",
    subtype: "other",
    text: "楼道灯坏了",
    reporter: "resident",
    feedback: "phone",
    contact: { phone: PHONE, salutation: "王女士", consent: true },
  });
  assert.equal(raised.status, 200, raised.text);
  const look = await newLook();
  const issued = await officer.post(`/matters/${id}/receipts`, { look });
  assert.equal(issued.status, 200, issued.text);
  return { id, look };
}

test("by the receipt one sees what is held and who looked, and withdraws consent at once", async () => {
  const { id, look } = await aMatter();
  await officer.post(`/matters/${id}/contact/reveal`, { purpose: "answer" });
  await (await app.as("leader")).post(`/matters/${id}/contact/reveal`, { purpose: "call_back" });
  const { body, text } = await stranger.post("/public/data", { look });
  assert.equal(body.subject, "matter");
  const held = (data: string) => body.held.find((one: { data: string }) => one.data === data);
  assert.equal(held("phone").shown, "139****2222");
  assert.deepEqual(held("phone").after, { amount: 30, unit: "days" });
  assert.ok(held("words") && held("history"));
  assert.deepEqual(
    body.looks.map(({ role, unit, times }: Record<string, unknown>) => [role, unit, times]).sort(),
    [
      ["community_officer", "双乐派出所", 1],
      ["station_leader", "双乐派出所", 1],
    ],
  );
  assert.ok(!/江沐阳|沈立群|13900002222/.test(text), "units and counts, never names");

  const gone = await post("/public/data/withdraw", { look });
  assert.equal(gone.status, 200, gone.text);
  assert.equal(gone.body.mayWithdraw, false);
  assert.ok(!gone.text.includes("139****2222"));
  const revealed = await officer.post(`/matters/${id}/contact/reveal`, { purpose: "answer" });
  assert.equal(revealed.status, 404);
  assert.equal(
    (await post("/public/data", { look: await newLook() })).body.code,
    "receipt-unknown",
  );
});

test("a request has its working days, is answered with reasons once, and read by the receipt", async () => {
  const { look } = await aMatter();
  const asked = await post("/public/data/requests", { look, kind: "correction", text: TEXT });
  assert.equal(asked.status, 200, asked.text);
  const [request] = asked.body.requests;
  // Fifteen working days from a Tuesday: three weeks, at the end of the day.
  assert.equal(Math.ceil((request.dueAt - TEST_NOW) / DAY_MS), 22);
  const twice = await post("/public/data/requests", { look, kind: "correction", text: TEXT });
  assert.equal(twice.body.code, "request-open");

  const list = await dpo.get("/data-requests?progress=open");
  assert.equal(list.body.items.length, 1);
  const { body: detail } = await dpo.get(`/data-requests/${request.id}`);
  assert.equal(detail.text, TEXT);
  const decide = (body: object) =>
    dpo.post(`/data-requests/${request.id}/decision`, { version: 1, decision: "granted", ...body });
  assert.equal((await decide({ answer: " " })).body.code, "decision-text-missing");
  assert.equal(
    (await decide({ answer: "已改为对面一户。", version: 7 })).body.code,
    "stale-version",
  );
  assert.equal((await decide({ answer: "已改为对面一户。" })).body.decision, "granted");
  assert.equal((await decide({ answer: "再改" })).body.code, "request-decided");
  nextMinute();
  const { body } = await stranger.post("/public/data", { look });
  assert.deepEqual(
    [body.requests[0].decision, body.requests[0].answer],
    ["granted", "已改为对面一户。"],
  );
  const dump = await dumpAll(app.database);
  const traces = tracesOf(TEXT).filter((trace) => dump.includes(trace));
  assert.deepEqual(traces, [], "what was asked is sealed");
});

test("a granted deletion takes the contact along; nobody else sees requests", async () => {
  const { id, look } = await aMatter();
  const asked = await post("/public/data/requests", { look, kind: "deletion", text: "请删掉" });
  const [request] = asked.body.requests;
  for (const member of ["leader", "office", "inspector", "auditor"] as const) {
    const client = await app.as(member);
    const seen = await client.get("/data-requests");
    assert.ok(seen.status === 403 || seen.body.items.length === 0, member);
    assert.ok(
      [403, 404].includes((await client.get(`/data-requests/${request.id}`)).status),
      member,
    );
  }
  const decided = await dpo.post(`/data-requests/${request.id}/decision`, {
    version: 1,
    decision: "partly",
    answer: "电话、称呼已删。事项按档案规定保存五年。",
  });
  assert.equal(decided.status, 200, decided.text);
  const { body } = await officer.get(`/matters/${id}`);
  assert.equal(body.contact, null);
});

test("a complaint's requests go past the data protection officer to its handler; paper has a receipt of its own", async () => {
  const look = await newLook();
  const sent = await post("/public/complaints", {
    bureauId: city.bureau,
    about: "station",
    stationId: city.stations.first,
    kind: "delay",
    text: "来得太晚",
    contact: { phone: PHONE, consent: true },
    look,
  });
  assert.equal(sent.status, 200, sent.text);
  const asked = await post("/public/data/requests", { look, kind: "copy", text: "要一份答复" });
  assert.equal(asked.body.subject, "complaint");
  const open = (member: "dpo" | "inspector") =>
    app.as(member).then((client) => client.get("/data-requests?progress=open"));
  assert.equal((await open("dpo")).body.items.length, 0);
  assert.equal((await open("inspector")).body.items.length, 1);
  const withdrawn = await post("/public/data/withdraw", { look });
  assert.equal(withdrawn.body.mayWithdraw, false);
  const inspector = await app.as("inspector");
  const files = await inspector.get("/complaints");
  const file = await inspector.get(`/complaints/${files.body.items[0].id}`);
  assert.deepEqual(
    file.body.timeline.map(({ type, memberName }: Record<string, unknown>) => [type, memberName]),
    [
      ["received", null],
      ["consent_withdrawn", null],
    ],
    "the file says why nobody can be reached",
  );

  const slip = await newLook();
  const typed = await officer.post("/data-requests", {
    kind: "explanation",
    text: "为什么记录我家的走访时间",
    origin: "paper",
    look: slip,
  });
  assert.equal(typed.status, 200, typed.text);
  nextMinute();
  const { body } = await stranger.post("/public/data", { look: slip });
  assert.deepEqual([body.subject, body.requests.length], ["none", 1]);
  assert.equal((await open("dpo")).body.items.length, 1);
});
