import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DAY_MS } from "@wanjia/domain/shared/instant";
import { printNumber } from "@wanjia/domain/matters/number";
import { newId } from "../platform/crypto.ts";
import { TEST_NOW, testApp } from "../testing.ts";

const app = await testApp();
after(() => app.close());

const { city } = app;
const officer = await app.as("officer");
const leader = await app.as("leader");
const southOfficer = await app.as("southOfficer");
const feedback = await app.as("feedback");

async function raise(who: typeof officer, placeId: string, text: string, kind = "opinion") {
  const id = newId(app.clock.now());
  const answer = await who.post("/matters", {
    id,
    kind,
    subtype: "other",
    text,
    placeId,
    reporter: "officer",
    feedback: "none",
  });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body;
}

async function found(who: typeof officer, words: string, more = ""): Promise<string[]> {
  const answer = await who.get(`/matters?words=${encodeURIComponent(words)}${more}`);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body.items.map(({ text }: { text: string }) => text);
}

const LAMP = "小区后门路灯不亮，老人看不清台阶";
const SMOKE = "楼下烧烤店油烟大，晚上吵到十二点";
const LATER = "路灯修好又坏，请再看看";
const SOUTH = "南门外路灯被撞歪";

before(async () => {
  await raise(officer, city.door("east", 1, 1), LAMP, "hazard");
  await raise(officer, city.door("east", 1, 2), SMOKE);
  app.clock.set(TEST_NOW + 40 * DAY_MS);
  await raise(southOfficer, city.door("south", 1, 1), SOUTH);
  app.clock.advance(60_000);
  await raise(officer, city.door("east", 2, 1), LATER);
});
after(() => app.clock.set(TEST_NOW));

test("a word of two signs finds what holds it, the newest first, and nothing else", async () => {
  assert.deepEqual(await found(officer, "路灯"), [LATER, LAMP]);
  assert.deepEqual(await found(officer, "烧烤"), [SMOKE]);
  assert.deepEqual(await found(officer, "油烟　晚上"), [SMOKE]);
  assert.deepEqual(await found(officer, "路灯 烧烤"), []);
  assert.deepEqual(await found(officer, "灯坏"), [], "signs that do not stand together");
});

test("its place and its number find a matter too", async () => {
  const { body } = await officer.get(`/matters?words=${encodeURIComponent("烧烤")}`);
  const [{ place, number }] = body.items;
  assert.ok((await found(officer, place.slice(-8))).includes(SMOKE));
  assert.deepEqual(await found(officer, printNumber(number)), [SMOKE]);
});

test("everybody finds what lies in his reach, and narrows it by kind, state and station", async () => {
  assert.deepEqual(await found(leader, "路灯"), [LATER, LAMP]);
  assert.deepEqual(await found(southOfficer, "路灯"), [SOUTH]);
  assert.deepEqual(await found(feedback, "路灯"), [LATER, SOUTH, LAMP]);
  assert.deepEqual(await found(feedback, "路灯", `&stationId=${city.stations.second}`), [SOUTH]);
  assert.deepEqual(await found(feedback, "路灯", "&kind=hazard"), [LAMP]);
  assert.deepEqual(await found(feedback, "路灯", "&state=registered&progress=open"), [
    LATER,
    SOUTH,
    LAMP,
  ]);
  assert.deepEqual(await found(feedback, "路灯", "&state=closed"), []);
  assert.deepEqual(await found(officer, "路灯", `&stationId=${city.stations.second}`), []);
});

test("pages lead forth and back, and say how many there are", async () => {
  const page = async (cursor: string) =>
    (
      await feedback.get(
        `/matters?words=${encodeURIComponent("路灯")}&size=2${cursor === "" ? "" : `&cursor=${cursor}`}`,
      )
    ).body;
  const texts = ({ items }: { items: { text: string }[] }) => items.map(({ text }) => text);
  const first = await page("");
  assert.deepEqual(texts(first), [LATER, SOUTH]);
  assert.deepEqual(first.total, { count: 3, more: false });
  assert.equal(first.prev, null);
  const second = await page(first.next);
  assert.deepEqual(texts(second), [LAMP]);
  assert.equal(second.next, null);
  assert.deepEqual(texts(await page(second.prev)), [LATER, SOUTH]);
  const last = await page("last");
  assert.deepEqual(texts(last), [SOUTH, LAMP]);
  assert.deepEqual(texts(await page(last.prev)), [LATER]);
});

test("a corrected text is found by its new words and no longer by the old ones", async () => {
  const { id, version } = await raise(officer, city.door("east", 2, 2), "井盖松动");
  const corrected = await officer.post(`/matters/${id}/steps`, {
    version,
    step: { type: "correct", text: "栏杆松动", why: "听错" },
  });
  assert.equal(corrected.status, 200);
  assert.deepEqual(await found(officer, "井盖"), []);
  assert.deepEqual(await found(officer, "栏杆"), ["栏杆松动"]);
});

test("one sign, and whatever looks for a person, is answered with a sentence", async () => {
  for (const [typed, code] of [
    ["灯", "search-too-short"],
    ["王先生", "search-personal"],
    ["13812345678", "search-personal"],
  ] as const) {
    for (const path of ["/matters", "/matters/export"]) {
      const answer = await leader.get(`${path}?words=${encodeURIComponent(typed)}`);
      assert.equal(answer.status, 422, path);
      assert.equal(answer.body.code, code);
      assert.ok(answer.body.detail.length > 10);
    }
  }
});

test("the file holds what the list shows", async () => {
  const answer = await leader.get(`/matters/export?words=${encodeURIComponent("烧烤")}`);
  assert.equal(answer.status, 200);
  assert.ok(String(answer.text ?? answer.body).includes("油烟"));
  assert.ok(!String(answer.text ?? answer.body).includes("栏杆"));
});

test("another bureau finds nothing of it", async () => {
  const foreign = await app.as("foreignOfficer");
  assert.deepEqual(await found(foreign, "路灯"), []);
});

// -- one problem, many reporters ------------------------------------------------------------------

async function step(who: typeof officer, id: string, order: object) {
  const { version } = (await who.get(`/matters/${id}`)).body;
  return who.post(`/matters/${id}/steps`, { version, step: order });
}

async function smokeAt(door: number, text: string): Promise<string> {
  const id = newId(app.clock.now());
  const answer = await officer.post("/matters", {
    id,
    kind: "opinion",
    subtype: "facilities",
    text,
    placeId: city.door("east", 3, door),
    reporter: "resident",
    feedback: "phone",
    contact: { phone: "12001234567", consent: true },
  });
  assert.equal(answer.status, 200);
  return id;
}

test("what may be the same problem is offered, is worked on once, and each reporter is answered", async () => {
  const main = await smokeAt(1, "烧烤店油烟飘进家里，晚上很吵");
  const asked = {
    kind: "opinion",
    subtype: "facilities",
    placeId: city.door("east", 3, 2),
    text: "烧烤油烟呛人，窗户不敢开",
  };
  const offered = await officer.post("/matters/similar", asked);
  assert.ok(offered.body.items.some(({ id }: { id: string }) => id === main));
  const [second, third] = [
    await smokeAt(2, asked.text),
    await smokeAt(3, "烧烤店晚上太吵，油烟也大"),
  ];
  assert.equal((await step(southOfficer, second, { type: "merge", into: main })).status, 404);
  for (const id of [second, third]) {
    const merged = await step(officer, id, { type: "merge", into: main });
    assert.equal(merged.status, 200, JSON.stringify(merged.body));
    assert.equal(merged.body.state, "merged");
    assert.equal(merged.body.merged.into, main);
  }
  const seen = await officer.get(`/matters/${main}`);
  assert.deepEqual(
    new Set(seen.body.reporters.map(({ id }: { id: string }) => id)),
    new Set([second, third]),
  );
  const twice = await step(officer, main, { type: "merge", into: second });
  assert.equal(twice.body.code, "merge-ended");
  assert.equal(
    (await officer.post("/matters/similar", asked)).body.items.filter(
      ({ id }: { id: string }) => id === second || id === third,
    ).length,
    0,
    "what was merged is offered no more",
  );

  // The third is another problem after all.
  const apart = await step(leader, third, { type: "unmerge", text: "是另一家店" });
  assert.deepEqual([apart.body.state, apart.body.merged], ["registered", null]);

  const solved = await step(officer, main, { type: "resolve", outcome: "adopted", text: "已搬迁" });
  assert.equal(solved.status, 200, JSON.stringify(solved.body));
  const told = (await officer.get(`/matters/${second}`)).body;
  assert.deepEqual([told.state, told.outcome], ["resolved", "adopted"]);
  assert.equal((await officer.get(`/matters/${third}`)).body.state, "registered");
  const early = await step(feedback, second, { type: "close", waiver: "not_sampled" });
  assert.equal(early.body.code, "feedback-needed");
  await step(officer, second, { type: "answer", mode: "phone", text: "烧烤店已搬迁" });
  const closed = await step(feedback, second, { type: "close", waiver: "not_sampled" });
  assert.deepEqual([closed.body.state, closed.body.disposition], ["closed", "merged"]);
  assert.equal((await officer.get(`/matters/${main}`)).body.state, "resolved");
});

test("when the main matter is worked on again, those who wait wait for the new outcome", async () => {
  const main = await smokeAt(1, "垃圾房气味很大");
  const other = await smokeAt(2, "垃圾房气味难闻");
  await step(officer, main, { type: "resolve", outcome: "adopted", text: "已清运" });
  const merged = await step(officer, other, { type: "merge", into: main });
  assert.deepEqual([merged.body.state, merged.body.outcome], ["resolved", "adopted"]);
  await step(leader, main, { type: "reopen", reason: "came_back", text: "又有气味" });
  const waiting = (await officer.get(`/matters/${other}`)).body;
  assert.deepEqual([waiting.state, waiting.outcome], ["merged", null]);
  const left = await step(feedback, main, { type: "withdraw", text: "本人不再反映" });
  assert.equal(left.status, 200, JSON.stringify(left.body));
  assert.deepEqual((await officer.get(`/matters/${other}`)).body.merged, null);
});
