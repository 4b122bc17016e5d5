import type { Page } from "@playwright/test";
import { DAY_MS, localDate, monthOf, startOfLocalDay } from "@wanjia/domain/shared/instant";
import { newId } from "../../server/platform/crypto.ts";
import {
  expect,
  expectAccessible as expectDeskAccessible,
  open,
  signIn,
  test,
} from "../console/desk.ts";
import type { CityServer } from "../server.ts";
import { expectAccessible } from "./pages.ts";

const WORDS = "北门到车棚那一段路灯坏了半个月晚上什么都看不见";

/** Twelve opinions and three hazards of last month, as the station registered them. */
async function fillMonth(city: CityServer, month: string): Promise<void> {
  const { members, communities, stations, beats, bureau } = city.city;
  const at = startOfLocalDay(`${month}-12`);
  for (let n = 0; n < 15; n += 1) {
    const [kind, subtype] = n < 12 ? ["opinion", "patrol"] : ["hazard", "unlit_path"];
    await city.database.pool.query(
      `insert into matter (bureau_id, id, number, kind, subtype, state, version, station_id, beat_id, community_id, place_id, campaign_ids,
          origin, reporter, text, feedback, anonymous, responsible_id, grade, registered_at, due_on, reopened, rest)
        values ($1, $2, $3, $4, $5, 'registered', 1, $6, $7, $8, $9, '{}', 'officer', 'resident', $10, 'none', false, $11, $12,
          to_timestamp($13::float8 / 1000), 'infinity', 0, '{}')`,
      [
        bureau,
        newId(at + n),
        `TEST${1000 + n}`,
        kind,
        subtype,
        stations.first,
        beats.east,
        communities.east,
        city.city.door("east", 1, 1),
        n === 0 ? WORDS : "路灯不亮",
        members.officer.id,
        kind === "hazard" ? "ordinary" : null,
        at + n,
      ],
    );
  }
}

async function write(page: Page, said: string, did: string): Promise<void> {
  await page.getByLabel("群众说的").fill(said);
  await page.getByLabel("我们办的").fill(did);
  await page.getByRole("button", { name: "存草稿" }).click();
}

test("what a community said hangs once it was written, read by somebody else and published", async ({
  browser,
  city,
}) => {
  test.setTimeout(240_000);
  const month = monthOf(
    localDate(startOfLocalDay(`${monthOf(localDate(Date.now()))}-01`) - DAY_MS),
  );
  await fillMonth(city, month);
  const path = `/bulletins/${city.city.communities.east}/${month}`;
  const resident = await (
    await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "zh-CN" })
  ).newPage();
  await test.step("a resident finds nothing yet", async () => {
    await resident.goto(`${city.address}/`);
    await resident.getByRole("link", { name: /社区板报/ }).click();
    await expect(resident.getByText("还没有公布的板报。", { exact: false })).toBeVisible();
  });

  const leader = await (await browser.newContext({ locale: "zh-CN" })).newPage();
  await test.step("the leader writes it in his own words and hands it in", async () => {
    await signIn(leader, city, "leader");
    await open(leader, city, path);
    await expect(leader.getByText("意见建议 · 巡逻防控")).toBeVisible();
    await leader.getByRole("button", { name: "再写一件" }).click();
    await write(leader, "路灯坏了半个月晚上什么都看不见", "换了三盏灯");
    await expect(leader.getByText("和群众登记的原话一样", { exact: false })).toBeVisible();
    await write(leader, "北门一带夜里太暗", "换了三盏灯，派出所看过");
    await expect(leader.getByText("草稿已存")).toBeVisible();
    await leader.getByRole("button", { name: "再写一件" }).click();
    const second = leader.getByRole("group", { name: "第 2 件" });
    await second.getByLabel("群众说的").fill("希望地下车库装监控");
    await second.getByLabel("我们办的").fill("要动用维修资金，业主大会没有通过");
    await expectDeskAccessible(leader);
    await second.getByRole("button", { name: "删去" }).click();
    await leader.getByRole("button", { name: "提交审核" }).click();
    await expect(leader.getByText("已提交民意中心审核")).toBeVisible();
    await expect(leader.getByText("待审核").first()).toBeVisible();
  });

  await test.step("the feedback centre reads and publishes it", async () => {
    const desk = await (await browser.newContext({ locale: "zh-CN" })).newPage();
    await signIn(desk, city, "feedback");
    await open(desk, city, `/bulletins?month=${month}`);
    await desk
      .getByRole("row", { name: /待审核/ })
      .getByRole("link")
      .click();
    await expect(desk.getByText("换了三盏灯，派出所看过")).toBeVisible();
    await desk.getByRole("button", { name: "审核通过，公布" }).click();
    await expect(desk.getByRole("link", { name: /打开公布的页面/ })).toBeVisible();
    await expectDeskAccessible(desk);
    await desk.close();
  });

  await test.step("the resident reads it, small numbers held back, on paper too", async () => {
    await resident.reload();
    await resident.getByRole("link", { name: /双乐派出所/ }).click();
    await expect(resident.getByText("北门一带夜里太暗")).toBeVisible();
    await expect(resident.locator("main")).not.toContainText(WORDS);
    await expect(resident.getByRole("row", { name: /安全隐患/ })).toContainText("不足 10 件");
    await expectAccessible(resident);
    await resident.emulateMedia({ media: "print" });
    await expect(resident.getByRole("button", { name: "打印这张板报" })).toBeHidden();
    await resident.emulateMedia({ media: "screen" });
    await resident.getByRole("button", { name: "English" }).click();
    await expect(
      resident.getByRole("heading", { name: "Some things of this month" }),
    ).toBeVisible();
    await resident.getByRole("button", { name: "中文" }).click();
  });

  await test.step("a correction hangs beside what it corrects", async () => {
    await leader.reload();
    await leader.getByRole("button", { name: "写更正版" }).click();
    await leader.getByLabel("更正了什么").fill("灯是四盏");
    await write(leader, "北门一带夜里太暗", "换了四盏灯，派出所看过");
    await expect(leader.getByText("草稿已存")).toBeVisible();
    await leader.getByRole("button", { name: "提交审核" }).click();
    await expect(leader.getByText("已提交民意中心审核")).toBeVisible();
    await resident.reload();
    await expect(resident.getByText("换了三盏灯，派出所看过")).toBeVisible();
    await expect(resident.getByText("灯是四盏")).toHaveCount(0);
  });
});
