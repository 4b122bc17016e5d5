import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { drawLot } from "@wanjia/domain/matters/hazard-lot";
import type { Id } from "@wanjia/domain/shared/id";
import { DAY_MS } from "@wanjia/domain/shared/instant";
import { toBase64Url } from "@wanjia/sync/bytes";
import { lookOf } from "@wanjia/sync/receipt-keys";
import { newId } from "../platform/crypto.ts";
import { type Client, type TestApp, testApp } from "../testing.ts";
import { aPhoto, newReceiptCode, solvedPuzzle } from "../testing-intake.ts";
import { hazardJobs } from "./jobs.ts";

let app: TestApp;
let officer: Client;
let colleague: Client;
let leader: Client;

before(async () => {
  app = await testApp();
  await signIn();
});
after(() => app.close());

/** Sessions end after a while without work: whoever acts later signs in later. */
async function signIn(): Promise<void> {
  officer = await app.as("officer");
  colleague = await app.as("colleague");
  leader = await app.as("leader");
}

async function raise(changes: object = {}) {
  const answer = await officer.post("/matters", {
    id: newId(app.clock.now()),
    kind: "hazard",
    subtype: "blocked_exit",
    text: "单元出口堆满杂物",
    placeId: app.city.buildings.east,
    reporter: "officer",
    feedback: "none",
    ...changes,
  });
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}

async function step(client: Client, id: Id, order: object) {
  const { body } = await client.get(`/matters/${id}`);
  return client.post(`/matters/${id}/steps`, { version: body.version, step: order });
}

async function steps(id: Id, ...orders: readonly (readonly [Client, object])[]) {
  let body;
  for (const [client, order] of orders) {
    const answer = await step(client, id, order);
    assert.equal(answer.status, 200, answer.text);
    body = answer.body;
  }
  return body;
}

const slip = (fixBy: string) => ({
  type: "advise",
  party: "property_company",
  fixBy,
  text: "请清空出口",
});
const fixed = { type: "resolve", outcome: "rectified", text: "已清空" };
const looked = { type: "recheck", cleared: true, text: "出口畅通" };
const notice = { body: "fire_service", number: "消限字〔2026〕12号" };

test("advice at home is advice only, elsewhere the order's number is kept, and both have their papers", async () => {
  const home = await raise({ placeId: app.city.door("east", 1, 1), subtype: "overloaded_wiring" });
  assert.equal(home.hazard.atHome, true);
  const day = home.hazard.latestFixDay;
  const ordered = await step(officer, home.id, { ...slip(day), party: "owner", notice });
  assert.deepEqual([ordered.status, ordered.body.code], [422, "home-advice-only"]);
  const none = await officer.get(`/matters/${home.id}/papers/advice`);
  assert.equal(none.status, 404, "no slip yet");

  const common = await raise();
  assert.equal(common.hazard.atHome, false);
  const late = await step(officer, common.id, slip("2027-01-01"));
  assert.deepEqual([late.status, late.body.code], [422, "fix-day"]);
  const told = await steps(common.id, [officer, { ...slip(day), notice }]);
  assert.deepEqual(told.hazard.advice.notice, notice);
  const paper = await officer.get(`/matters/${common.id}/papers/advice`);
  assert.equal(paper.status, 200);
  assert.equal((await officer.get(`/matters/${common.id}/papers/order`)).status, 404);
  assert.equal((await officer.get("/matters/x/papers/advice")).status, 404);
});

test("a grave hazard is referred within a day, taken over within five, and the competent body decides its grade", async () => {
  const grave = await raise({ grade: "major_candidate" });
  const running = (matter: { clocks: { purpose: string }[] }) =>
    matter.clocks.map(({ purpose }) => purpose);
  assert.ok(["report", "hand_over"].every((purpose) => running(grave).includes(purpose)));
  const order = { type: "refer", to: app.city.fireService, basis: "duty", text: "出口焊死" };
  const sent = await steps(grave.id, [officer, order]);
  assert.ok(running(sent).includes("hand_over") && !running(sent).includes("report"));
  const letter = await officer.get(`/matters/${grave.id}/papers/referral`);
  assert.equal(letter.status, 200);
  const major = await steps(
    grave.id,
    [officer, { type: "relay", said: "accepted", text: "支队值班室已接收" }],
    [officer, { type: "hear_body", major: true, number: "12号", text: "属重大火灾隐患" }],
  );
  assert.deepEqual([major.grade, major.hazard.transfer.number], ["major", "12号"]);
  assert.deepEqual([major.state, running(major).includes("hand_over")], ["referred", false]);
});

test("the same at the same place comes back linked, and the weekly lot is drawn once and can be drawn again", async () => {
  const first = await raise({ subtype: "flooding" });
  await steps(first.id, [officer, slip(first.hazard.latestFixDay)], [officer, fixed]);
  assert.equal((await step(officer, first.id, looked)).body.code, "finder-cannot-recheck");
  await steps(first.id, [colleague, looked]);
  const again = await raise({ subtype: "flooding" });
  assert.equal(again.hazard.earlier.id, first.id);
  const other = await raise({ subtype: "falling_object" });
  assert.equal(other.hazard.earlier, null);

  app.clock.set(app.clock.now() + 8 * DAY_MS);
  await signIn();
  const job = hazardJobs(app.database)["hazards.draw"];
  const run = () => job?.run({} as never, { id: "test", signal: new AbortController().signal });
  await run();
  await run();
  const { items } = (await leader.get("/hazards/lots")).body;
  assert.equal(items.length, 1);
  const [lot] = items;
  assert.deepEqual([lot.cleared, lot.drawn], [1, 1]);
  assert.deepEqual(drawLot([first.id], lot.id), [lot.items[0].matterId], "its id is its seed");
  const drawn = (await leader.get(`/matters/${first.id}`)).body;
  assert.ok(drawn.steps.includes("verify"));
  const fell = await steps(first.id, [leader, { type: "verify", stands: false, text: "又堵" }]);
  assert.deepEqual([fell.state, fell.hazard.lot.stands], ["in_progress", false]);
  const after = (await leader.get("/hazards/lots")).body.items[0].items[0];
  assert.equal(after.stands, false);
  const south = await app.as("southOfficer");
  assert.deepEqual((await south.get("/hazards/lots")).body.items[0].items, []);
  assert.equal((await (await app.as("auditor")).get("/hazards/lots")).status, 403);
});

test("a resident's word with a photo of the place clears it: by his receipt, or by the callback and the officer's photo", async () => {
  const { stranger: client } = app;
  const code = newReceiptCode();
  const look = toBase64Url(await lookOf(code));
  const reported = { reporter: "resident", feedback: "page" };
  const told = { type: "answer", mode: "page", text: "出口已清空" };
  const own = await raise(reported);
  // The resident's own receipt, as one that the centre hands over by telephone.
  const centre = await app.as("feedback");
  assert.equal((await centre.post(`/matters/${own.id}/receipts`, { look })).status, 200);
  await steps(own.id, [officer, fixed], [officer, told]);
  const callback = {
    look,
    contacted: true,
    solved: "yes",
    satisfaction: 5,
    mayContact: false,
    text: "",
  };
  const say = async (photos: readonly string[]) =>
    client.post("/public/matters/callback", {
      ...callback,
      photos,
      puzzle: await solvedPuzzle(client),
    });
  assert.equal((await say([aPhoto({ exif: true })])).body.code, "photo-with-notes");
  const four = await say(Array.from({ length: 4 }, () => aPhoto()));
  assert.equal(four.body.code, "too-many-photos");
  const confirmed = await say([aPhoto()]);
  assert.deepEqual([confirmed.status, confirmed.body.outcome], [200, "cleared"], confirmed.text);
  const page = (await officer.get(`/matters/${own.id}`)).body;
  assert.deepEqual([page.outcome, page.photos, page.hazard.recheck], ["cleared", 1, null]);
  assert.deepEqual(
    page.timeline.slice(-3).map(({ type }: { type: string }) => type),
    ["place_shown", "called_back", "confirmed"],
  );
  assert.equal((await officer.get(`/matters/${own.id}/papers/recheck`)).status, 200);
  assert.equal((await step(centre, own.id, { type: "close" })).body.disposition, "closed");

  const phoned = await raise({ ...reported, feedback: "notice_board" });
  await steps(phoned.id, [officer, fixed], [officer, { ...told, mode: "notice_board" }]);
  const shown = { type: "show_place", photos: [aPhoto()] };
  assert.equal((await step(colleague, phoned.id, shown)).body.code, "not-responsible");
  const noted = await step(officer, phoned.id, { ...shown, photos: [aPhoto({ exif: true })] });
  assert.equal(noted.body.code, "photo-with-notes");
  const photo = await steps(phoned.id, [officer, shown]);
  assert.deepEqual([photo.outcome, photo.photos], ["rectified", 1]);
  const seen = (await leader.post(`/matters/${phoned.id}/photos/reveal`)).body.photos;
  assert.deepEqual([seen.length, seen[0].shows, seen[0].image], [1, "put_right", aPhoto()]);
  const call = { type: "call_back", mode: "phone", reached: true, solved: "yes", text: "" };
  assert.equal((await steps(phoned.id, [centre, call])).outcome, "cleared");

  const home = await raise({ ...reported, placeId: app.city.door("east", 1, 1) });
  const claimed = await steps(home.id, [officer, fixed]);
  assert.ok(!claimed.steps.includes("show_place"), "nobody of the house takes a photo in a home");
  const refused = await step(officer, home.id, shown);
  assert.deepEqual([refused.status, refused.body.code], [409, "photo-out-of-place"]);
  assert.equal((await officer.get(`/matters/${home.id}`)).body.photos, 0);
});
