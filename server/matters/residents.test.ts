import assert from "node:assert/strict";
import { after, test } from "node:test";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "@wanjia/domain/shared/instant";
import { toBase64Url } from "@wanjia/sync/bytes";
import { lookOf } from "@wanjia/sync/receipt-keys";
import { testApp } from "../testing.ts";
import { dumpAll, tracesOf } from "../testing-dump.ts";
import { aPhoto, newReceiptCode, solvedPuzzle } from "../testing-intake.ts";
import { forgetPhotos } from "./photos.ts";

const app = await testApp();
after(() => app.close());
const { city, stranger } = app;

const officer = await app.as("officer");
const leader = await app.as("leader");
const PHONE = "12012345678";

async function plateOf(place: string): Promise<string> {
  const { body, text } = await officer.post(`/places/${place}/plates`);
  assert.ok(body?.id, text);
  return body.id as string;
}
const plate = await plateOf(city.door("east", 1, 1));

const lookFor = async (code: string) => toBase64Url(await lookOf(code));

/** Seldom enough, unless a test says otherwise, that nothing counts as a flood. */
async function say(code: string, changes: object = {}, later = 7 * MINUTE_MS) {
  app.clock.advance(later);
  return stranger.post("/public/matters", {
    plate,
    spot: "building",
    kind: "opinion",
    subtype: "patrol",
    text: "希望晚上多到后门巡逻",
    feedback: "page",
    look: await lookFor(code),
    puzzle: await solvedPuzzle(stranger),
    ...changes,
  });
}

const follow = async (code: string) =>
  stranger.post("/public/matters/follow", { look: await lookFor(code) });

async function act(code: string, path: string, body: object = {}) {
  const puzzle = await solvedPuzzle(stranger);
  return stranger.post(`/public/matters/${path}`, { look: await lookFor(code), puzzle, ...body });
}

async function find(number: string, client = leader) {
  const { body } = await client.get(`/matters?number=${number}`);
  const { id } = body.items[0];
  return (await client.get(`/matters/${id}`)).body;
}

async function step(number: string, order: object, client = officer) {
  const { id, version } = await find(number, client);
  const answer = await client.post(`/matters/${id}/steps`, { version, step: order });
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}

const SAYING = {
  contacted: true,
  solved: "yes",
  satisfaction: 4,
  respectful: 5,
  informed: 3,
  mayContact: false,
  text: "",
};

test("what is around a plate: floors and entrances by number, and no address", async () => {
  const { body, text } = await stranger.get(`/public/plates/${plate}/around`);
  assert.deepEqual(body, {
    home: true,
    building: true,
    estate: false,
    entrances: ["1", "2"],
    floors: ["1", "2", "3"],
  });
  assert.equal(text.includes("花园"), false);
});

test("an opinion from the page is the beat officer's, is answered, called back on the page and closed by another", async () => {
  const code = newReceiptCode();
  const said = await say(code, {
    feedback: "phone",
    contact: { phone: PHONE, salutation: "王女士", consent: true },
  });
  assert.equal(said.status, 200, said.text);
  const { number } = said.body;
  assert.equal(said.body.state, "registered");
  assert.equal(said.body.unit.dutyPhone, "0990-110011");
  assert.equal(said.body.next.purpose, "interim");
  const matter = await find(number);
  assert.equal(matter.responsibleId, city.members.officer.id);
  assert.equal(matter.origin, "web");
  assert.equal(matter.placeId, city.buildings.east, "the building, not the home");
  assert.equal(matter.contact.phone, "120****5678");
  assert.deepEqual([matter.timeline[0].role, matter.timeline[0].memberName], ["resident", null]);

  await step(number, { type: "inform", mode: "phone", text: "正在排班" });
  await step(number, { type: "note", text: "里面人讲的话" });
  await step(number, { type: "resolve", outcome: "adopted", text: "列入巡逻路线" });
  const claimed = (await follow(code)).body;
  assert.deepEqual([claimed.state, claimed.outcome, claimed.answer], ["resolved", null, null]);
  assert.equal(claimed.informed.text, "正在排班");
  await step(number, { type: "answer", mode: "phone", text: "后门每晚两次巡逻" });
  const told = await follow(code);
  assert.equal(told.body.answer.text, "后门每晚两次巡逻");
  assert.deepEqual(told.body.steps, ["answer_callback", "reopen", "withdraw"]);
  for (const secret of ["里面人讲的话", "列入巡逻路线", "江沐阳", PHONE]) {
    assert.equal(told.text.includes(secret), false, secret);
  }

  const answered = await act(code, "callback", SAYING);
  assert.equal(answered.body.state, "called_back", answered.text);
  const handled = await find(number, officer);
  const own = await officer.post(`/matters/${handled.id}/steps`, {
    version: handled.version,
    step: { type: "close" },
  });
  assert.equal(own.body.code, "not-permitted");
  await step(number, { type: "close", lesson: "同类情况先看现场" }, leader);
  assert.match((await leader.get(`/matters/${handled.id}`)).text, /同类情况先看现场/);
  const closed = (await follow(code)).body;
  assert.doesNotMatch(JSON.stringify(closed), /同类情况先看现场/);
  assert.deepEqual([closed.state, closed.outcome, closed.steps], ["closed", "adopted", ["reopen"]]);

  const dump = await dumpAll(app.database);
  for (const secret of [PHONE, "王女士", code]) {
    for (const trace of tracesOf(secret)) assert.equal(dump.includes(trace), false, trace);
  }
});

test("who is not satisfied has it taken up again by the same body, within thirty days of its end", async () => {
  const code = newReceiptCode();
  const { number } = (await say(code)).body;
  await step(number, { type: "resolve", outcome: "adopted", text: "列入" });
  await step(number, { type: "answer", mode: "page", text: "每晚两次" });
  const no = await act(code, "callback", { ...SAYING, solved: "no", satisfaction: 1 });
  assert.equal(no.status, 200, no.text);
  const again = await act(code, "reopen", { reason: "not_solved", text: "三晚都没看见人" });
  assert.deepEqual([again.body.state, again.body.reopened], ["in_progress", 1], again.text);
  assert.deepEqual([again.body.answer.text, again.body.answer.stands], ["每晚两次", false]);
  assert.equal(again.body.next.purpose, "redo");
  const matter = await find(number);
  assert.equal(matter.responsibleId, city.members.officer.id);
  await step(number, { type: "resolve", outcome: "partly", reason: "no_means", text: "人手" });
  await step(number, { type: "answer", mode: "page", text: "改为每晚一次" });
  await act(code, "callback", { ...SAYING, solved: "partly" });
  await step(number, { type: "close" }, leader);
  app.clock.advance(30 * DAY_MS);
  const late = await act(code, "reopen", { reason: "came_back", text: "又没人" });
  assert.deepEqual([late.status, late.body.code], [409, "reopen-too-late"]);
});

test("a resident withdraws of his own accord, once", async () => {
  const code = newReceiptCode();
  await say(code);
  assert.equal((await act(code, "withdraw", { text: "" })).body.state, "withdrawn");
  assert.equal((await act(code, "withdraw", { text: "" })).body.code, "wrong-state");
});

test("a hazard is placed by its floor; help may be asked for at the door; conduct goes to the leader", async () => {
  const hazard = await say(newReceiptCode(), {
    kind: "hazard",
    subtype: "blocked_exit",
    spot: "floor",
    part: "3",
    text: "消防门被锁",
  });
  const { number } = hazard.body;
  const found = await find(number);
  assert.equal(found.text, "【3层公共部位】消防门被锁");
  assert.deepEqual([found.grade, found.placeId], ["ordinary", city.buildings.east]);
  const home = await say(newReceiptCode(), { kind: "hazard", subtype: "other", spot: "door" });
  assert.equal(home.body.code, "spot-unknown");
  const help = await say(newReceiptCode(), {
    kind: "service_request",
    subtype: "papers_at_home",
    spot: "door",
  });
  assert.equal((await find(help.body.number)).placeId, city.door("east", 1, 1));
  const conduct = await say(newReceiptCode(), { subtype: "police_conduct" });
  assert.equal((await find(conduct.body.number)).responsibleId, city.members.leader.id);
});

test("violence is not mediated away, and its receipt tells a stranger nothing", async () => {
  const code = newReceiptCode();
  const said = await say(code, {
    kind: "dispute",
    subtype: "family",
    stopSigns: ["violence_at_home"],
    text: "他喝了酒就动手",
  });
  assert.equal(said.status, 200, said.text);
  const { body } = await follow(code);
  assert.deepEqual(
    [body.guarded, body.kind, body.state, body.steps, body.next],
    [true, null, null, [], null],
  );
  const matter = await find(said.body.number);
  assert.deepEqual([matter.suitable, matter.stopSigns], [false, ["violence_at_home"]]);
});

test("refused: forbidden words, a phone without consent or use, another's spot, a plate that isn't one", async () => {
  const codes: [object, string][] = [
    [{ text: "身份证 990101199001011237" }, "text-forbidden"],
    [{ text: " " }, "text-missing"],
    [{ feedback: "phone" }, "phone-invalid"],
    [{ feedback: "phone", contact: { phone: PHONE, consent: false } }, "contact-without-consent"],
    [{ feedback: "none", contact: { phone: PHONE, consent: true } }, "contact-without-purpose"],
    [{ feedback: "letter" }, "wish-unknown"],
    [{ spot: "floor", part: "7" }, "spot-unknown"],
    [{ subtype: "gas_smell" }, "unknown-subtype"],
    [{ plate: "ABC" }, "plate-malformed"],
  ];
  for (const [changes, code] of codes) {
    const answer = await say(newReceiptCode(), changes);
    assert.equal(answer.body.code, code, answer.text);
  }
  assert.equal((await follow(newReceiptCode())).body.code, "receipt-unknown");
});

test("photos: bare pictures only, sealed on the disk, seen with a trace, gone half a year after the end", async () => {
  const code = newReceiptCode();
  const picture = aPhoto();
  const noted = await say(newReceiptCode(), { photos: [aPhoto({ exif: true })] });
  assert.equal(noted.body.code, "photo-with-notes");
  const four = await say(newReceiptCode(), { photos: Array.from({ length: 4 }, () => picture) });
  assert.equal(four.body.code, "too-many-photos");
  const quarrel = await say(newReceiptCode(), {
    kind: "dispute",
    subtype: "other",
    photos: [picture],
  });
  assert.equal(quarrel.body.code, "photo-unwanted");
  const said = await say(code, { photos: [picture, picture] });
  assert.equal(said.status, 200, said.text);
  const dump = await dumpAll(app.database);
  assert.equal(dump.includes(picture.slice(0, 60)), false);
  const { id, photos } = await find(said.body.number, officer);
  assert.equal(photos, 2);
  const shown = await officer.post(`/matters/${id}/photos/reveal`);
  assert.deepEqual(
    shown.body.photos.map(({ image, shows }: { image: string; shows: string }) => [image, shows]),
    [
      [picture, "as_reported"],
      [picture, "as_reported"],
    ],
  );
  const west = await app.as("westOfficer");
  assert.equal((await west.post(`/matters/${id}/photos/reveal`)).status, 404);
  const { rows } = await app.database.pool.query(
    "select 1 from audit where action = 'photo.viewed'",
  );
  assert.equal(rows.length, 1);
  await act(code, "withdraw", { text: "" });
  const left = async () => {
    await app.database.asSystem(city.bureau, forgetPhotos);
    return (await app.database.pool.query("select 1 from matter_photo")).rowCount;
  };
  app.clock.advance(185 * DAY_MS);
  assert.equal(await left(), 2);
  app.clock.advance(2 * DAY_MS);
  assert.equal(await left(), 0);
});

test("a receipt for what was heard at the door: a handler's follows and reopens, another's answers too", async () => {
  const id = "01990000-0000-7000-8000-0000000e0001";
  const raised = await officer.post("/matters", {
    id,
    kind: "opinion",
    subtype: "patrol",
    text: "后门没人管",
    placeId: city.door("east", 1, 2),
    reporter: "resident",
    feedback: "in_person",
  });
  assert.equal(raised.status, 200, raised.text);
  assert.equal(raised.body.mayIssueReceipt, true);
  const [mine, theirs] = [newReceiptCode(), newReceiptCode()];
  const issue = async (client: typeof officer, code: string) =>
    client.post(`/matters/${id}/receipts`, { look: await lookFor(code) });
  assert.equal((await issue(officer, mine)).status, 200);
  assert.equal((await issue(leader, theirs)).status, 200);
  assert.equal((await issue(await app.as("westOfficer"), newReceiptCode())).status, 404);
  const { number } = (await follow(mine)).body;
  await step(number, { type: "resolve", outcome: "adopted", text: "列入" });
  await step(number, { type: "answer", mode: "in_person", text: "已安排" });
  assert.deepEqual((await follow(mine)).body.steps, ["reopen"]);
  const faked = await act(mine, "callback", SAYING);
  assert.deepEqual([faked.status, faked.body.code], [403, "receipt-from-handler"]);
  assert.equal((await act(theirs, "callback", SAYING)).body.state, "called_back");
});

test("a building can't flood a station", async () => {
  app.clock.advance(HOUR_MS);
  const refused: string[] = [];
  for (let i = 0; i < 12; i += 1) {
    const answer = await say(newReceiptCode(), {}, 0);
    if (answer.status !== 200) refused.push(answer.body.code);
  }
  assert.deepEqual(refused, ["station-flooded", "station-flooded"]);
});

test("without JavaScript: the plate, saying something once however often it is sent, and following it", async () => {
  app.clock.advance(HOUR_MS);
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const post = (path: string, fields: Record<string, string>) =>
    stranger.post(`//plain/${path}`, new URLSearchParams(fields).toString(), form);
  const shown = await stranger.get(`//plain/p/${plate}?lang=zh-CN`);
  assert.equal(shown.status, 200);
  assert.match(shown.text, /双乐派出所/);
  assert.match(shown.text, /江沐阳/);
  assert.equal(/<script|101室|东亭花园/.test(shown.text), false);
  assert.match((await stranger.get(`//plain/p/${plate}?lang=en`)).text, /Shuangle Police Station/);
  const asked = await stranger.get(`//plain/p/${plate}/say/hazard?lang=zh-CN`);
  assert.match(asked.text, /3 层楼道/);
  const receipt = /name="receipt" value="(\d{36})"/.exec(asked.text)?.[1] ?? "";
  const said = {
    receipt,
    subtype: "unlit_path",
    spot: "floor:3",
    text: "<b>灯</b>不亮",
    feedback: "page",
  };
  const path = `p/${plate}/say/hazard?lang=zh-CN`;
  const slip = await post(path, { ...said, feedback: "phone" });
  assert.deepEqual([slip.status, /号码/.test(slip.text)], [422, true], slip.text);
  assert.match(slip.text, /&#60;b&#62;灯/, "what was typed is there, and is no HTML");
  assert.ok(slip.text.includes(receipt));
  const sent = await post(path, said);
  assert.equal(sent.status, 200, sent.text);
  const number = /\b[1-9A-Z]{4}-[1-9A-Z]{4}\b/.exec(sent.text)?.[0] ?? "";
  assert.match((await post(path, said)).text, new RegExp(number));
  assert.equal((await find(number)).text, "【3层公共部位】<b>灯</b>不亮");
  const state = await post("receipt?lang=zh-CN", { receipt });
  assert.match(state.text, /已收到，等民警签收/);
  assert.equal((await post("receipt", { receipt: newReceiptCode() })).status, 404);
  assert.equal((await post("receipt", { receipt: "1" })).status, 404);
  const other = await stranger.post(`//plain/${path}`, "text=x", {
    ...form,
    origin: "https://elsewhere.example",
  });
  assert.equal(other.status, 403);
  assert.equal(/<form[^>]*receipt\/(callback|reopen)/.test(state.text), false, "not answered yet");

  app.clock.advance(HOUR_MS);
  await step(number, { type: "resolve", outcome: "rectified", text: "换了灯" });
  await step(number, { type: "answer", mode: "page", text: "灯换好了" });
  const answered = await post("receipt?lang=zh-CN", { receipt });
  assert.match(answered.text, /灯换好了/);
  const callback = { receipt, contacted: "no", solved: "no", satisfaction: "2", text: "<i>还黑" };
  const unanswered = await post("receipt/callback?lang=zh-CN", { ...callback, solved: "" });
  assert.deepEqual([unanswered.status, /请回答三个问题/.test(unanswered.text)], [422, true]);
  assert.match(unanswered.text, /&#60;i&#62;还黑/, "what was typed is still there");
  const heard = await post("receipt/callback?lang=zh-CN", callback);
  assert.match(heard.text, /谢谢，记下了/);
  const twice = await post("receipt/callback?lang=zh-CN", callback);
  assert.deepEqual([twice.status, /当前的状态/.test(twice.text)], [422, true]);
  app.clock.advance(HOUR_MS);
  const again = { receipt, reason: "not_solved", text: "第二天又黑了" };
  assert.equal((await post("receipt/reopen", { ...again, text: " " })).status, 422);
  const reopened = await post("receipt/reopen?lang=en", again);
  assert.match(reopened.text, /It is taken up again\./);
  const seen = await find(number);
  assert.deepEqual([seen.state, seen.reopened], ["in_progress", 1]);
  assert.equal((await post("receipt/withdraw?lang=en", { receipt })).status, 422);
  const guessed = await post("receipt/reopen", { ...again, receipt: newReceiptCode() });
  assert.equal(guessed.status, 404);
  for (const bad of ["\0", "'; drop table matter; --", "x".repeat(5000), "floor:99", "\u202e𠮷"]) {
    app.clock.advance(HOUR_MS);
    const other = newReceiptCode();
    for (const fields of [{ text: bad }, { spot: bad }, { subtype: bad }, { feedback: bad }]) {
      const answer = await post(path, { ...said, receipt: other, ...fields });
      assert.ok(answer.status < 500, answer.text);
    }
    assert.ok((await post("receipt", { receipt: bad })).status < 500);
    assert.ok((await post(`p/${encodeURIComponent(bad)}/say/hazard`, said)).status < 500);
  }
  const codes: number[] = [];
  for (let i = 0; i < 8; i += 1) codes.push((await post("receipt", { receipt })).status);
  assert.ok(codes.includes(429), "a puzzle is not asked for, so little is let in");
});

test("a day that next year's holidays decide is said to be open, not left out", async () => {
  app.clock.advance(HOUR_MS);
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const code = newReceiptCode();
  const help = { kind: "service_request", subtype: "id_papers", text: "想换身份证" };
  const said = await say(code, { ...help, spot: "door" });
  assert.equal(said.status, 200, said.text);
  assert.deepEqual(said.body.next, { purpose: "finish", dueAt: null });
  const page = await stranger.post(
    "//plain/receipt?lang=zh-CN",
    new URLSearchParams({ receipt: code }).toString(),
    form,
  );
  assert.match(page.text, /最晚答复您：哪一天，等明年的放假安排公布后算出/);
});

test("without JavaScript too much from one network is told in minutes, with the way that is open", async () => {
  app.clock.advance(HOUR_MS);
  const form = { "content-type": "application/x-www-form-urlencoded" };
  let last = "";
  for (let i = 0; i < 7; i += 1) {
    const fields = { receipt: newReceiptCode(), subtype: "patrol", spot: "building", text: "" };
    const typed = new URLSearchParams(fields).toString();
    const sent = await stranger.post(`//plain/p/${plate}/say/opinion?lang=zh-CN`, typed, form);
    assert.equal(sent.status, i < 6 ? 422 : 429);
    last = sent.text;
  }
  assert.match(last, /请 \d{1,2} 分钟后再来；等不及请拨打派出所值班电话/);
});
