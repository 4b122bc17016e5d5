import assert from "node:assert/strict";
import { after, test } from "node:test";
import { toBase64Url } from "@wanjia/sync/bytes";
import { lookOf } from "@wanjia/sync/receipt-keys";
import { newId } from "../platform/crypto.ts";
import { testApp } from "../testing.ts";
import { newReceiptCode, solvedPuzzle } from "../testing-intake.ts";

const app = await testApp();
after(() => app.close());
const { city, stranger } = app;
const officer = await app.as("officer");
const feedback = await app.as("feedback");
const PHONE = "13900002222";
const CALLBACK = {
  type: "answer_callback",
  contacted: true,
  solved: "partly",
  satisfaction: 3,
  respectful: 5,
  informed: 2,
  mayContact: false,
  text: "",
};

const newLook = async (): Promise<string> => toBase64Url(await lookOf(newReceiptCode()));
const onPaper = (named: object, step: object, client = feedback) =>
  client.post("/matters/paper-steps", { named, step });

async function step(id: string, order: object) {
  app.clock.advance(60_000);
  const { body } = await officer.get(`/matters/${id}`);
  const answer = await officer.post(`/matters/${id}/steps`, { version: body.version, step: order });
  assert.equal(answer.status, 200, answer.text);
}

/** Said at the officer's door, answered; its receipt was given by the feedback centre. */
async function answered(): Promise<{ id: string; look: string; number: string }> {
  app.clock.advance(60_000);
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
  assert.equal((await feedback.post(`/matters/${id}/receipts`, { look })).status, 200);
  for (const order of [
    { type: "accept" },
    { type: "start" },
    { type: "resolve", outcome: "delivered", text: "换了灯" },
    { type: "answer", mode: "phone", text: "灯换好了" },
  ]) {
    await step(id, order);
  }
  return { id, look, number: (await officer.get(`/matters/${id}`)).body.number };
}

test("a callback on paper has every question of the page, and no handler types it in", async () => {
  const { id, look } = await answered();
  const own = await onPaper({ look }, CALLBACK, officer);
  assert.equal(own.body.code, "receipt-from-handler");
  const typed = await onPaper({ look }, CALLBACK);
  assert.deepEqual([typed.status, typed.body.state], [200, "called_back"], typed.text);
  const { body } = await officer.get(`/matters/${id}`);
  const { body: said } = body.timeline.find(({ type }: { type: string }) => type === "called_back");
  assert.deepEqual(
    [said.mode, said.satisfaction, said.respectful, said.informed, said.mayContact],
    ["paper", 3, 5, 2, false],
  );
  const auditor = await app.as("auditor");
  const trail = await auditor.get("/audit?action=matter.typed_from_paper");
  assert.deepEqual(
    trail.body.items.map(({ actorId, detail }: Record<string, unknown>) => [actorId, detail]),
    [[city.members.feedback.id, { step: "answer_callback" }]],
  );
});

test("a slip has it taken up again, whoever types it, by receipt or by number", async () => {
  const reopen = { type: "reopen", reason: "not_solved", text: "灯又不亮了" };
  const { look } = await answered();
  const typed = await onPaper({ look }, reopen, officer);
  assert.deepEqual([typed.status, typed.body.state], [200, "in_progress"], typed.text);
  const { number } = await answered();
  const named = await onPaper({ number: ` ${number.toLowerCase()} ` }, reopen, officer);
  assert.deepEqual([named.status, named.body.number], [200, number], named.text);
  const west = await app.as("westOfficer");
  const beyond = await onPaper({ number }, reopen, west);
  assert.equal(beyond.body.code, "named-unknown", "a number is a name, and no key");
  assert.equal((await onPaper({ look: await newLook() }, reopen)).body.code, "named-unknown");
  assert.equal((await onPaper({ number: "12345678" }, reopen)).body.code, "named-unknown");
});

test("a slip withdraws it, by somebody who never handled it", async () => {
  const { look } = await answered();
  const withdraw = { type: "withdraw", text: "不办了" };
  assert.equal((await onPaper({ look }, withdraw, officer)).body.code, "receipt-from-handler");
  const typed = await onPaper({ look }, withdraw);
  assert.deepEqual([typed.status, typed.body.state], [200, "withdrawn"], typed.text);
  for (const member of ["auditor", "dpo", "office"] as const) {
    const client = await app.as(member);
    assert.equal((await onPaper({ look }, withdraw, client)).status, 403, member);
  }
});

test("consent withdrawn on paper deletes the number at once, by receipt or by number", async () => {
  const typed = (named: object, client = officer) =>
    client.post("/data-requests/withdrawals", { named });
  for (const by of ["look", "number"] as const) {
    const matter = await answered();
    const gone = await typed({ [by]: matter[by] });
    assert.equal(gone.status, 200, gone.text);
    assert.equal((await officer.get(`/matters/${matter.id}`)).body.contact, null);
  }
  assert.equal((await typed({ look: await newLook() })).body.code, "named-unknown");

  const look = await newLook();
  const complaint = await stranger.post("/public/complaints", {
    bureauId: city.bureau,
    about: "station",
    stationId: city.stations.first,
    kind: "delay",
    text: "来得太晚",
    contact: { phone: PHONE, consent: true },
    look,
    puzzle: await solvedPuzzle(stranger),
  });
  assert.equal(complaint.status, 200, complaint.text);
  assert.deepEqual((await typed({ look })).body, { done: true }, "not a word of what it was");
  const auditor = await app.as("auditor");
  const trail = await auditor.get("/audit?action=consent.withdrawn");
  assert.ok(trail.body.items.every(({ actorId }: { actorId: unknown }) => actorId === null));
});

test("a request on paper reaches the matter that it names, and its deletion is a deletion", async () => {
  const { id, number } = await answered();
  const look = await newLook();
  const asked = await officer.post("/data-requests", {
    kind: "deletion",
    text: "请删掉",
    number,
    origin: "paper",
    look,
  });
  assert.equal(asked.status, 200, asked.text);
  const dpo = await app.as("dpo");
  const { body } = await dpo.get("/data-requests?progress=open");
  const [request] = body.items;
  assert.deepEqual([request.subjectKind, request.number], ["matter", number]);
  const decided = await dpo.post(`/data-requests/${request.id}/decision`, {
    version: 1,
    decision: "granted",
    answer: "同意。",
  });
  assert.deepEqual(decided.body.gone, ["contact", "photos"], decided.text);
  assert.equal((await officer.get(`/matters/${id}`)).body.contact, null);
  const mine = await stranger.post("/public/data", { look });
  assert.equal(mine.body.subject, "none", "the slip of a request opens its answer alone");
});
