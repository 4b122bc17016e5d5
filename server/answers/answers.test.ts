import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { after, before, test, type TestContext } from "node:test";
import type { Id } from "@wanjia/domain/shared/id";
import { DAY_MS, HOUR_MS, startOfLocalDay } from "@wanjia/domain/shared/instant";
import { createApp } from "../app.ts";
import { newId } from "../platform/crypto.ts";
import { type Client, type TestApp, testApp } from "../testing.ts";
import { forget, remind, settle, settleLost, takeDue, takeReceipt, takeReply } from "./commands.ts";
import { messengerOver } from "./messenger.ts";
import { SmppGateway, smppSettings } from "./smpp.ts";
import { Centre, until } from "./testing.ts";
import { isSigned, signed, WebhookGateway } from "./webhook.ts";

let app: TestApp;
let officer: Client;
let leader: Client;
let feedback: Client;
/** A number of its own for each test: what is counted for one is not counted for another. */
let numbers = 0;
const nextNumber = (): string => `1201234${String((numbers += 1)).padStart(4, "0")}`;
/** A Wednesday, ten in the morning: texts may go out. */
const MORNING = startOfLocalDay("2026-11-11") + 10 * HOUR_MS;

before(async () => {
  app = await testApp();
  await at(MORNING);
});
after(() => app.close());

/** Sessions end with the clock that the tests turn. */
async function at(now: number): Promise<void> {
  app.clock.set(now);
  officer = await app.as("officer");
  leader = await app.as("leader");
  feedback = await app.as("feedback");
}

function asSystem<T>(work: Parameters<typeof app.database.asSystem<T>>[1]): Promise<T> {
  return app.database.asSystem(app.city.bureau, work);
}

async function step(client: Client, id: Id, order: object): Promise<any> {
  const { body } = await client.get(`/matters/${id}`);
  const taken = await client.post(`/matters/${id}/steps`, { version: body.version, step: order });
  assert.equal(taken.status, 200, taken.text);
  return taken.body;
}

interface Raised {
  readonly phone?: string | null;
  readonly mode?: string;
  readonly text?: string;
  readonly draft?: object;
}

/** A request of a resident, done and answered. */
async function answered({ phone = nextNumber(), mode = "sms", text, draft }: Raised = {}) {
  const id = await raised(phone, draft);
  await step(officer, id, { type: "resolve", outcome: "delivered", text: "已上门办好" });
  await step(officer, id, {
    type: "answer",
    mode,
    text: text ?? "【双乐派出所】身份证已上门办好。有不同意见请拨0591-12001100，或拨12345。",
  });
  return id;
}

async function raised(phone: string | null, draft: object = {}): Promise<Id> {
  const id = newId(app.clock.now());
  const answer = await officer.post("/matters", {
    id,
    kind: "service_request",
    subtype: "id_papers",
    text: "老人身份证到期，想上门办",
    placeId: app.city.door("east", 1, 1),
    reporter: "resident",
    feedback: "sms",
    ...(phone === null ? {} : { contact: { phone, consent: true } }),
    ...draft,
  });
  assert.equal(answer.status, 200, answer.text);
  return id;
}

async function messagesOf(id: Id): Promise<any[]> {
  const { status, body, text } = await officer.get(`/answers?matterId=${id}`);
  assert.equal(status, 200, text);
  return body.items;
}

test("an answer waits in the outbox from the step on, its words and its number sealed", async () => {
  const phone = nextNumber();
  const id = await answered({ phone });
  const [message, ...more] = await messagesOf(id);
  assert.equal(more.length, 0);
  assert.deepEqual(
    [message.purpose, message.channel, message.state, message.notBefore],
    ["answer", "sms", "queued", MORNING],
  );
  const { body } = await officer.get(`/answers/${message.id}`);
  assert.match(body.text, /上门办好/);
  assert.deepEqual(body.steps, ["mark", "cancel"]);
  const { rows } = await app.database.pool.query("select * from message where id = $1", [
    message.id,
  ]);
  const kept = Object.values(rows[0] as object).map((value) =>
    Buffer.isBuffer(value) ? value.toString("latin1") : JSON.stringify(value),
  );
  assert.ok(!kept.some((value) => value.includes(phone) || value.includes("上门")));
  assert.equal((await (await app.as("auxiliary")).get("/answers")).status, 403);
  assert.equal((await app.stranger.get("/answers")).status, 401);
});

test("whoever waits longer hears by how much and why, on the way that was chosen", async () => {
  const opinion = { kind: "opinion", subtype: "patrol" };
  const id = await raised(nextNumber(), opinion);
  const more = { type: "extend", purpose: "finish", amount: 5, why: "要等房管部门的回函" };
  await step(leader, id, { ...more, told: "sms" });
  const [message, ...others] = await messagesOf(id);
  assert.equal(others.length, 0);
  assert.deepEqual([message.purpose, message.channel], ["interim", "sms"]);
  const { body } = await officer.get(`/answers/${message.id}`);
  assert.match(body.text, /延长5 个工作日。原因：要等房管部门的回函。/);
  const aloud = await raised(nextNumber(), opinion);
  await step(leader, aloud, { ...more, told: "phone" });
  assert.deepEqual(await messagesOf(aloud), []);
});

test("what would hurt, reach nobody or is not wanted is held, and says why", async () => {
  const states = async (id: Id) => {
    const [message] = await messagesOf(id);
    return [message.state, message.reason];
  };
  assert.deepEqual(await states(await answered({ phone: null })), ["held", "no_number"]);
  assert.deepEqual(await states(await answered({ phone: "0591-12001100" })), [
    "held",
    "not_mobile",
  ]);
  const complaint = { kind: "service_request", subtype: "missing_person" };
  const harmful = await answered({ draft: complaint });
  assert.deepEqual(await states(harmful), ["held", "may_harm"]);
  const [message] = await messagesOf(harmful);
  const again = await officer.post(`/answers/${message.id}/steps`, { step: "again" });
  assert.deepEqual([again.status, again.body.code], [409, "wrong-message-state"]);
  const marked = await officer.post(`/answers/${message.id}/steps`, { step: "mark" });
  assert.deepEqual([marked.body.state, marked.body.byHand], ["sent", true]);
  assert.deepEqual(await messagesOf(await answered({ mode: "phone" })), []);
});

test("an answer that coaches, or is too long for a text, is refused before anything is kept", async () => {
  const id = newId(app.clock.now());
  await officer.post("/matters", {
    id,
    kind: "opinion",
    subtype: "patrol",
    text: "希望晚上多到后门巡逻",
    placeId: app.city.door("east", 1, 1),
    reporter: "resident",
    feedback: "phone",
  });
  await step(officer, id, { type: "resolve", outcome: "adopted", text: "已加入巡逻" });
  const answer = async (text: string) => {
    const { body } = await officer.get(`/matters/${id}`);
    return officer.post(`/matters/${id}/steps`, {
      version: body.version,
      step: { type: "answer", mode: "sms", text },
    });
  };
  const coached = await answer("已加入巡逻，民调来电时请回答非常满意");
  assert.deepEqual([coached.status, coached.body.code], [422, "text-coaches"]);
  const long = await answer("已".repeat(121));
  assert.deepEqual([long.status, long.body.code], [422, "text-too-long"]);
  assert.deepEqual(await messagesOf(id), []);
});

test("a text answered at night waits for the morning; a later answer takes its place", async () => {
  await at(startOfLocalDay("2026-11-11") + 21 * HOUR_MS);
  const id = await answered();
  const [night] = await messagesOf(id);
  assert.equal(night.notBefore, startOfLocalDay("2026-11-12") + 9 * HOUR_MS);
  assert.deepEqual(await asSystem(takeDue), []);
  await step(feedback, id, { type: "reopen", reason: "not_solved", text: "还没有收到" });
  const [taken] = await messagesOf(id);
  assert.equal(taken.state, "cancelled");
  await at(MORNING);
});

test("a stop sign that is heard after a text was written keeps it in", async () => {
  await at(startOfLocalDay("2026-11-11") + 21 * HOUR_MS);
  const id = await raised(nextNumber(), { kind: "dispute", subtype: "neighbour_noise" });
  await step(officer, id, {
    type: "inform",
    mode: "sms",
    text: "已约双方周五面谈，下一步再告诉您。",
  });
  const [waiting] = await messagesOf(id);
  assert.equal(waiting.state, "queued");
  await step(officer, id, { type: "screen", stopSigns: ["party_in_fear"] });
  const [held] = await messagesOf(id);
  assert.deepEqual([held.state, held.reason], ["held", "may_harm"]);
  assert.deepEqual((await officer.get(`/answers/${held.id}`)).body.steps, ["mark", "cancel"]);
  await at(MORNING);
});

test("a text is the gateway's once; what came of it follows its receipts", async () => {
  const phone = nextNumber();
  const id = await answered({ phone });
  const [ours] = (await asSystem(takeDue)).filter(({ to }) => to === phone);
  assert.ok(ours);
  assert.equal((await asSystem(takeDue)).length, 0);
  await asSystem((tx) => settle(tx, ours.id, { kind: "accepted", references: ["r1", "r2"] }));
  // Said twice, it counts once.
  await asSystem((tx) => settle(tx, ours.id, { kind: "later" }));
  for (const reference of ["r1", "r1", "r2"]) {
    assert.equal((await messagesOf(id))[0].state, "sent");
    assert.equal(await asSystem((tx) => takeReceipt(tx, reference, true)), true);
  }
  assert.equal((await messagesOf(id))[0].state, "delivered");
  assert.equal(await asSystem((tx) => takeReceipt(tx, "nobody's", true)), false);
});

test("what was on its way when something broke is never sent again by itself", async () => {
  const id = await answered();
  await asSystem(takeDue);
  await asSystem((tx) => settleLost(tx, { kind: "unknown" }));
  assert.equal((await messagesOf(id))[0].state, "sending");
  app.clock.set(MORNING + 5 * 60_000);
  await asSystem((tx) => settleLost(tx, { kind: "unknown" }));
  const [lost] = await messagesOf(id);
  assert.deepEqual([lost.state, lost.reason], ["held", "uncertain"]);
  assert.deepEqual(await asSystem(takeDue), []);
  const again = await leader.post(`/answers/${lost.id}/steps`, { step: "again" });
  assert.equal(again.body.state, "queued", again.text);
  assert.equal((await asSystem(takeDue)).length, 1);
});

/** Lets the gateway take whatever is due. */
async function sendAll(): Promise<string[]> {
  const outgoing = await asSystem(takeDue);
  for (const { id } of outgoing) {
    await asSystem((tx) => settle(tx, id, { kind: "accepted", references: [id] }));
  }
  return outgoing.map(({ text }) => text);
}

test("one question, one reminder, and a reply that becomes a callback of who asked", async () => {
  const phone = nextNumber();
  const id = await answered({ phone });
  await sendAll();
  const asked = await feedback.post("/answers/ask", { matterId: id });
  assert.equal(asked.status, 200, asked.text);
  assert.match(asked.body.text, /回复1非常满意.*退订回T/);
  const twice = await feedback.post("/answers/ask", { matterId: id });
  assert.equal(twice.body.code, "no-question-open");
  assert.equal((await officer.post("/answers/ask", { matterId: id })).status, 403);
  assert.equal((await sendAll()).length, 1);
  await at(MORNING + 3 * DAY_MS);
  assert.equal(await asSystem(remind), 1);
  assert.equal(await asSystem(remind), 0);
  const [reminder] = await sendAll();
  assert.match(reminder ?? "", /以后不再问/);
  await asSystem((tx) => takeReply(tx, `+86${phone}`, " 4 "));
  const { body } = await feedback.get(`/matters/${id}`);
  assert.equal(body.state, "called_back");
  const call = body.timeline.findLast(({ type }: { type: string }) => type === "called_back");
  assert.deepEqual([call.body.mode, call.body.satisfaction], ["sms", 2]);
  assert.equal(call.memberId, app.city.members.feedback.id);
  // Dissatisfied: somebody rings up, and a clock says by when.
  assert.ok(body.clocks.some(({ purpose }: { purpose: string }) => purpose === "human_callback"));
  await at(MORNING + 6 * DAY_MS);
  assert.equal(await asSystem(remind), 0);
});

test("T is the last word: nothing more goes to that number, whatever it is about", async () => {
  const phone = nextNumber();
  const id = await answered({ phone });
  await asSystem((tx) => takeReply(tx, phone, "T"));
  const [message] = await messagesOf(id);
  assert.deepEqual([message.state, message.reason], ["held", "do_not_contact"]);
  const [next] = await messagesOf(await answered({ phone }));
  assert.equal(next.reason, "do_not_contact");
  const again = await officer.post(`/answers/${message.id}/steps`, { step: "again" });
  assert.equal(again.body.code, "still-held");
});

test("the words go thirty days after they were said, and what leads to a number with them", async () => {
  const id = await answered();
  await sendAll();
  const [message] = await messagesOf(id);
  await asSystem((tx) => takeReceipt(tx, message.id, true));
  await at(app.clock.now() + 31 * DAY_MS);
  await asSystem(forget);
  const { body } = await officer.get(`/answers/${message.id}`);
  assert.deepEqual([body.text, body.state], [null, "delivered"]);
  const { rows } = await app.database.pool.query(
    "select number_hash from message where id = $1 and text_cipher is null",
    [message.id],
  );
  assert.deepEqual(rows, [{ number_hash: null }]);
});

// -- gateways -------------------------------------------------------------------------------------

/** A messenger that is connected to a centre, both gone with the test. */
async function connected(t: TestContext) {
  const centre = new Centre();
  const port = await centre.listen();
  let gateway: SmppGateway | undefined;
  const settings = {
    ...smppSettings(`smpp://wanjia:secret@127.0.0.1:${port}`, "106900"),
    patience: { answer: 2000, betweenLinks: 60_000, reconnectFirst: 5, reconnectMost: 20, busy: 5 },
  };
  const messenger = messengerOver(
    app.database,
    (news) => (gateway = new SmppGateway(settings, news)),
    null,
  );
  t.after(async () => {
    await messenger.stop();
    await centre.close();
  });
  const ready = () => until(() => gateway?.ready() === true);
  await ready();
  return { centre, messenger, ready };
}

function stateOf(id: Id): Promise<string> {
  return messagesOf(id).then(([{ state, reason }]) => (reason === null ? state : reason));
}

test("a text goes to the centre in UCS-2 pieces that the phone joins, and its receipts come home", async (t) => {
  await at(MORNING);
  const { centre, messenger } = await connected(t);
  const phone = nextNumber();
  const words = `【双乐派出所】${"身份证已上门办好。".repeat(9)}有不同意见请拨12345。`;
  const id = await answered({ phone, text: words });
  await messenger.round();
  assert.equal(await stateOf(id), "sent");
  const pieces = centre.submitted.filter((pdu) => pdu.destination_addr === phone);
  assert.equal(pieces.length, 2);
  assert.deepEqual(
    pieces.map(({ data_coding, esm_class, registered_delivery }) => [
      data_coding,
      esm_class,
      registered_delivery,
    ]),
    [
      [8, 0x40, 1],
      [8, 0x40, 1],
    ],
  );
  assert.equal(pieces.map(({ short_message }) => String(short_message?.message)).join(""), words);
  assert.deepEqual(
    pieces.map(({ short_message }) => short_message?.udh?.[0]?.subarray(-2).toString("hex")),
    ["0201", "0202"],
  );
  const receipt = (name: string, words = "stat:DELIVRD") =>
    centre.deliver({
      esm_class: 4,
      source_addr: phone,
      short_message: `id:${name} sub:001 dlvrd:001 ${words} err:000 text:`,
    });
  assert.equal(await receipt("n1", "stat:ENROUTE"), 0);
  assert.equal(await receipt("n1"), 0);
  assert.equal(await stateOf(id), "sent");
  // The other form of a receipt: fields of its own.
  await centre.deliver({ esm_class: 4, receipted_message_id: "n2", message_state: 2 });
  assert.equal(await stateOf(id), "delivered");
});

test("a line that is cut while a text is under way leaves it to a person; the next one goes", async (t) => {
  const { centre, messenger, ready } = await connected(t);
  centre.answer = () => "cut";
  const lost = await answered();
  await messenger.round();
  assert.equal(await stateOf(lost), "uncertain");
  await ready();
  assert.ok(centre.binds >= 2);
  centre.answer = () => ({ name: "later" });
  const next = await answered();
  await messenger.round();
  assert.deepEqual([await stateOf(lost), await stateOf(next)], ["uncertain", "sent"]);
  assert.equal(centre.submitted.length, 2);
});

test("a centre that is busy gets it later, one that refuses is not asked again, one that is silent nobody knows", async (t) => {
  const { centre, messenger } = await connected(t);
  centre.answer = () => ({ status: 0x58 });
  const busy = await answered();
  await messenger.round();
  assert.equal(await stateOf(busy), "queued");
  centre.answer = () => ({ status: 0x0b });
  const refused = await answered();
  await messenger.round();
  assert.equal(await stateOf(refused), "refused");
  centre.answer = () => "silence";
  const silent = await answered();
  await messenger.round();
  assert.equal(await stateOf(silent), "uncertain");
  centre.answer = () => ({ name: "at-last" });
  await at(MORNING + 2 * 60_000);
  await messenger.round();
  assert.deepEqual(
    [await stateOf(busy), await stateOf(refused), await stateOf(silent)],
    ["sent", "refused", "uncertain"],
  );
});

test("a centre that refuses the binding is asked again; a reply that comes over it is a callback", async (t) => {
  const { centre, messenger, ready } = await connected(t);
  centre.refusals.push(0x0e, 0x0d);
  const before = centre.binds;
  centre.cut();
  await until(() => centre.binds >= before + 3);
  await ready();
  const phone = nextNumber();
  const id = await answered({ phone });
  await messenger.round();
  assert.equal((await feedback.post("/answers/ask", { matterId: id })).status, 200);
  await messenger.round();
  const said = Buffer.from("１", "utf16le").swap16();
  const status = await centre.deliver({
    source_addr: `86${phone}`,
    destination_addr: "106900",
    data_coding: 8,
    short_message: said,
  });
  assert.equal(status, 0);
  const { body } = await feedback.get(`/matters/${id}`);
  assert.equal(body.state, "called_back");
});

test("over a webhook a text has a key of its own, and nothing unsigned is heard", async (t) => {
  const heard: { key: unknown; right: boolean; body: any }[] = [];
  const secret = "a secret that only this test and its gateway know";
  const statuses = [500, 200];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const right = isSigned(
        secret,
        String(request.headers["x-wanjia-signature"]),
        body,
        app.clock.now(),
      );
      heard.push({ key: request.headers["idempotency-key"], right, body: JSON.parse(body) });
      response.writeHead(statuses.shift() ?? 200, { "content-type": "application/json" });
      response.end(JSON.stringify({ reference: `w-${(JSON.parse(body) as { id: Id }).id}` }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/`;
  const messenger = messengerOver(
    app.database,
    () => new WebhookGateway({ url, secret }, () => app.clock.now()),
    null,
  );
  t.after(async () => {
    await messenger.stop();
    server.close();
  });
  await at(MORNING + 3 * HOUR_MS + 2 * HOUR_MS);
  const phone = nextNumber();
  const id = await answered({ phone });
  await messenger.round();
  assert.equal(await stateOf(id), "queued");
  await at(app.clock.now() + 2 * 60_000);
  await messenger.round();
  assert.equal(await stateOf(id), "sent");
  const [message] = await messagesOf(id);
  const ours = heard.filter(({ body }) => body.to === phone);
  assert.deepEqual(
    ours.map(({ key, right }) => [key, right]),
    [
      [message.id, true],
      [message.id, true],
    ],
  );

  Object.assign(process.env, { WANJIA_SMS_WEBHOOK: url, WANJIA_SMS_WEBHOOK_SECRET: secret });
  t.after(() => {
    delete process.env["WANJIA_SMS_WEBHOOK"];
    delete process.env["WANJIA_SMS_WEBHOOK_SECRET"];
  });
  const listening = await createApp({ services: app.services, log: "silent" });
  t.after(() => listening.close());
  const bring = (body: object, signature?: string) => {
    const payload = JSON.stringify(body);
    return listening.inject({
      method: "POST",
      url: "/api/v1/answers/gateway",
      headers: {
        "x-wanjia-csrf": "1",
        "content-type": "application/json",
        "x-wanjia-signature": signature ?? signed(secret, app.clock.now(), payload),
      },
      payload,
    });
  };
  const receipts = { receipts: [{ reference: `w-${message.id}`, arrived: true }] };
  assert.equal((await bring(receipts, "t=1,v1=00")).statusCode, 401);
  const old = signed(secret, app.clock.now() - 10 * 60_000, JSON.stringify(receipts));
  assert.equal((await bring(receipts, old)).statusCode, 401);
  assert.equal(await stateOf(id), "sent");
  assert.equal((await bring(receipts)).statusCode, 200);
  assert.equal(await stateOf(id), "delivered");
  assert.equal((await bring({ receipts: "many" })).statusCode, 400);
  assert.equal((await bring({ replies: [{ from: phone, text: "T" }] })).statusCode, 200);
  const [next] = await messagesOf(await answered({ phone }));
  assert.equal(next.reason, "do_not_contact");
});
