import assert from "node:assert/strict";
import { after, test } from "node:test";
import { DAY_MS, MINUTE_MS, sameDayLater, startOfLocalDay } from "@wanjia/domain/shared/instant";
import { toBase64Url } from "@wanjia/sync/bytes";
import { lookOf } from "@wanjia/sync/receipt-keys";
import { verifyFigures } from "../insight/verify.ts";
import { eraseAsked, eraseOutlived } from "../matters/erasing.ts";
import { newId } from "../platform/crypto.ts";
import { TEST_NOW, testApp } from "../testing.ts";
import { dumpAll, tracesOf } from "../testing-dump.ts";
import { aPhoto, newReceiptCode, solvedPuzzle } from "../testing-intake.ts";

const app = await testApp();
after(() => app.close());
const { city, stranger } = app;
const officer = await app.as("officer");
const leader = await app.as("leader");
const feedback = await app.as("feedback");
const dpo = await app.as("dpo");

let minutes = 0;
function nextMinute(): void {
  minutes += 8;
  app.clock.set(TEST_NOW + minutes * MINUTE_MS);
}
const newLook = async (): Promise<string> => toBase64Url(await lookOf(newReceiptCode()));

/** Words that stand nowhere else, one for each place where something can be written. */
const SAID = "三楼住户半夜唱梨园戏吵得睡不着";
const NOTED = "敲门劝说过两次唱的是陈三五娘";
const ANSWERED = "已约定晚上十点后不再排练曲目";
const CALLED = "回访说夜里果然安静如初";
const WORDS = [SAID, NOTED, ANSWERED, CALLED];

async function post(path: string, body: object) {
  nextMinute();
  return stranger.post(path, { ...body, puzzle: await solvedPuzzle(stranger) });
}

async function step(id: string, order: object, client = officer) {
  nextMinute();
  const { body } = await client.get(`/matters/${id}`);
  const answer = await client.post(`/matters/${id}/steps`, { version: body.version, step: order });
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}

async function heard(extra: object = {}): Promise<{ id: string; look: string; number: string }> {
  nextMinute();
  const id = newId(app.clock.now());
  const raised = await officer.post("/matters", {
    id,
    placeId: city.door("east", 1, 1),
    kind: "service_request",
    subtype: "other",
    text: SAID,
    reporter: "resident",
    feedback: "phone",
    contact: { phone: "13900002222", salutation: "王女士", consent: true },
    ...extra,
  });
  assert.equal(raised.status, 200, raised.text);
  const look = await newLook();
  assert.equal((await officer.post(`/matters/${id}/receipts`, { look })).status, 200);
  const { body } = await officer.get(`/matters/${id}`);
  return { id, look, number: body.number };
}

async function toTheEnd(id: string): Promise<void> {
  await step(id, { type: "accept" });
  await step(id, { type: "start" });
  await step(id, { type: "note", text: NOTED });
  await step(id, { type: "resolve", outcome: "delivered", text: "处理完毕" });
  await step(id, { type: "answer", mode: "phone", text: ANSWERED });
  await step(
    id,
    {
      type: "call_back",
      mode: "phone",
      reached: true,
      solved: "yes",
      satisfaction: 5,
      text: CALLED,
    },
    feedback,
  );
  await step(id, { type: "close" }, leader);
}

async function deletionOf(look: string, decision = "granted") {
  const asked = await post("/public/data/requests", { look, kind: "deletion", text: "请全部删掉" });
  assert.equal(asked.status, 200, asked.text);
  const [request] = asked.body.requests;
  const decided = await dpo.post(`/data-requests/${request.id}/decision`, {
    version: 1,
    decision,
    answer: "同意删除。",
  });
  assert.equal(decided.status, 200, decided.text);
  return decided.body;
}

async function tracesLeft(words: readonly string[] = WORDS): Promise<string[]> {
  // What lies in dead versions of rows is the disk's, not the table's: docs/restraint.md.
  const dump = await dumpAll(app.database);
  return words.filter((word) => tracesOf(word).some((trace) => dump.includes(trace)));
}

const found = async (text: string) =>
  (await officer.get(`/matters?${new URLSearchParams({ words: text }).toString()}`)).body.items as {
    id: string;
  }[];

test("after a granted deletion none of the words is anywhere in the database, and the figures agree", async () => {
  const { id, look, number } = await heard();
  await toTheEnd(id);
  assert.deepEqual(await tracesLeft(), WORDS, "they were there");
  assert.equal((await found("梨园戏")).length, 1);

  const decided = await deletionOf(look);
  assert.deepEqual(decided.gone, ["contact", "photos", "words", "door"]);
  assert.deepEqual(decided.kept, ["figures"]);
  assert.deepEqual(await tracesLeft(), []);
  assert.deepEqual(await found("梨园戏"), []);
  assert.equal((await found(number)).length, 1, "its number still finds it");

  const { body } = await officer.get(`/matters/${id}`);
  assert.deepEqual(
    [body.text, body.state, body.outcome, body.contact, typeof body.wordsGoneAt],
    ["", "closed", "delivered", null, "number"],
  );
  const mine = await stranger.post("/public/data", { look });
  const held = mine.body.held.map(({ data }: { data: string }) => data);
  assert.deepEqual(held, ["history"]);
  assert.deepEqual(mine.body.requests[0].kept, ["figures"]);
  assert.deepEqual((await verifyFigures(app.database)).differences, []);
});

test("what is still worked on keeps its words until it ends; the night after, they are gone", async () => {
  const { id, look } = await heard();
  const { gone, kept } = await deletionOf(look);
  assert.deepEqual(
    [gone, kept],
    [
      ["contact", "photos"],
      ["open", "figures"],
    ],
  );
  assert.equal((await officer.get(`/matters/${id}`)).body.text, SAID);
  assert.equal(await app.database.asSystem(city.bureau, eraseAsked), true);
  assert.equal((await officer.get(`/matters/${id}`)).body.text, SAID, "still needed");

  const withdrawn = await post("/public/matters/withdraw", { look, text: "不办了" });
  assert.ok([200, 403].includes(withdrawn.status));
  if (withdrawn.status === 403) await toTheEnd(id);
  await app.database.asSystem(city.bureau, eraseAsked);
  assert.deepEqual(await tracesLeft(), []);
  assert.deepEqual((await verifyFigures(app.database)).differences, []);
});

test("granted in part, the contact and the photos go and the words stay", async () => {
  const { id, look } = await heard();
  const { gone, kept } = await deletionOf(look, "partly");
  assert.deepEqual(
    [gone, kept],
    [
      ["contact", "photos"],
      ["by_decision", "figures"],
    ],
  );
  const { body } = await officer.get(`/matters/${id}`);
  assert.deepEqual([body.text, body.contact], [SAID, null]);
  await deletionOf(look);
  await toTheEnd(id);
  await app.database.asSystem(city.bureau, eraseAsked);
  assert.deepEqual(await tracesLeft(), []);
});

test("where somebody may be in danger the words are kept as evidence, and that is said", async () => {
  const { id, look } = await heard({
    kind: "dispute",
    subtype: "family",
    stopSigns: ["party_in_fear"],
  });
  const { gone, kept } = await deletionOf(look);
  assert.deepEqual([gone, kept], [["contact", "photos"], ["protection"]]);
  const { body } = await officer.get(`/matters/${id}`);
  assert.deepEqual([body.text, body.contact], [SAID, null]);
});

test("photos and what was passed on go along; that it was passed on stays", async () => {
  const plate = await officer.post(`/places/${city.door("east", 2, 1)}/plates`);
  assert.equal(plate.status, 200, plate.text);
  const look = await newLook();
  const sent = await post("/public/matters", {
    plate: plate.body.id,
    spot: "building",
    kind: "hazard",
    subtype: "unlit_path",
    text: SAID,
    feedback: "page",
    photos: [aPhoto()],
    look,
  });
  assert.equal(sent.status, 200, sent.text);
  const { body: list } = await leader.get(
    `/matters?${new URLSearchParams({ words: sent.body.number }).toString()}`,
  );
  const id: string = list.items[0].id;
  const photos = async () =>
    (await officer.post(`/matters/${id}/photos/reveal`)).body.photos.length;
  assert.equal(await photos(), 1);
  const withdrawn = await post("/public/matters/withdraw", { look, text: "修好了" });
  assert.equal(withdrawn.status, 200, withdrawn.text);
  await deletionOf(look);
  assert.equal(await photos(), 0);
  assert.deepEqual(await tracesLeft([SAID]), [SAID], "of the one in danger above");
  assert.deepEqual((await verifyFigures(app.database)).differences, []);
});

test("five years after its end the words of a matter go; a day before they stand", async () => {
  const { id, look } = await heard({ text: "路口的井盖松动咣当作响整夜" });
  await toTheEnd(id);
  const { body } = await officer.get(`/matters/${id}`);
  const end = startOfLocalDay(sameDayLater("2026-11-10", 60));
  const outlive = async (now: number) => {
    app.clock.set(now);
    return app.database.asSystem(city.bureau, (tx) => eraseOutlived(tx, null));
  };
  assert.ok(body.closedAt < end);
  await outlive(end - DAY_MS);
  assert.deepEqual(await tracesLeft(["路口的井盖松动咣当作响整夜"]), [
    "路口的井盖松动咣当作响整夜",
  ]);
  assert.equal(await outlive(end + 2 * DAY_MS), null);
  assert.deepEqual(await tracesLeft(["路口的井盖松动咣当作响整夜"]), []);
  assert.deepEqual(await outlive(end + 3 * DAY_MS), null, "done once");
  assert.equal((await stranger.post("/public/data", { look })).body.code, "receipt-unknown");
  assert.deepEqual((await verifyFigures(app.database)).differences, []);
});

test("history can only lose its words, by the server alone, and never gains any", async () => {
  const write = (body: string) =>
    app.database.asSystem(city.bureau, async (tx) => {
      const { client } = tx as unknown as { client: { query(text: string): Promise<unknown> } };
      await client.query(`update matter_event set body = body || '${body}'::jsonb`);
    });
  await assert.rejects(write('{"text": "另一种说法"}'), /row-level security/);
});
