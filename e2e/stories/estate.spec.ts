import { DAY_MS } from "../../domain/shared/instant.ts";
import { plantEstates } from "../../server/listings/testing-estates.ts";
import { another, expect, expectAccessible, open, signIn, test } from "../console/desk.ts";
import { take } from "../console/steps.ts";
import { issuePlate } from "../plates.ts";
import {
  expectAccessible as expectResidentAccessible,
  follow,
  RESIDENT,
  sayAtPlate,
  sayItIsSolved,
} from "../public/pages.ts";
import type { CityServer } from "../server.ts";

const TEXT = "小区没有物业，谁都能进，电动车老丢";
const ANSWER = "小区已由几个部门联合挂牌整治，做什么、谁负责都在网上公示。不同意可以拨打值班电话。";

/** A home of an estate. */
async function homeIn({ database }: CityServer, estate: string): Promise<string> {
  const found = await database.pool.query<{ id: string }>(
    `select home.id from place home join place building on building.id = home.parent_id
      where building.parent_id = $1 and home.kind = 'dwelling_unit' limit 1`,
    [estate],
  );
  return found.rows[0]?.id ?? "";
}

test.setTimeout(300_000);

test("twelve thefts after nine: said at a door, listed jointly in public, put right, tested by somebody else, taken off", async ({
  page,
  city,
  browser,
}) => {
  const estates = await plantEstates(city, { 锦湖小区: 60, 桃园里: 80 });
  const resident = await (await browser.newContext(RESIDENT)).newPage();
  const { receipt, number } = await sayAtPlate(
    resident,
    city,
    { kind: "提意见、建议", type: "巡逻防控", text: TEXT },
    await issuePlate(city, await homeIn(city, estates["锦湖小区"] ?? "")),
  );
  const listed = async () => {
    await resident.goto(`${city.address}/listed`);
    await expect(resident.getByRole("heading", { name: "挂牌整治的小区" })).toBeVisible();
  };
  await listed();
  await expect(resident.getByText("现在没有挂牌整治的小区。")).toBeVisible();

  await signIn(page, city, "office");
  await open(page, city, "/listings");
  const bring = async (from: string, to: string, lines: string) => {
    await page.getByRole("button", { name: "导入小区数字" }).click();
    const form = page.getByRole("dialog", { name: "导入小区数字" });
    await form.getByLabel("从", { exact: true }).fill(from);
    await form.getByLabel("到（不含）").fill(to);
    await form.getByLabel("数据来源").fill("刑侦大队统计");
    await form.getByLabel("小区和件数").fill(lines);
    await form.getByRole("button", { name: "导入", exact: true }).click();
    await expect(form).toBeHidden();
  };
  await bring("2024-09-01", "2025-03-01", "锦湖小区 9\n桃园里 6");
  await bring("2025-09-01", "2026-03-01", "锦湖小区 12\n桃园里 3");
  const figures = page.getByRole("table", { name: "小区数字" });
  await expect(figures.getByRole("row", { name: /锦湖小区.*12.*9.*\+33\.3%/ })).toBeVisible();
  await expect(figures.getByRole("row", { name: /桃园里.*<5/ })).toBeVisible();
  await expectAccessible(page);

  const leader = await another(browser, city, "leader");
  await open(leader, city, "/listings");
  await leader.getByRole("button", { name: "提出挂牌：锦湖小区" }).click();
  const propose = leader.getByRole("dialog");
  await propose.getByRole("checkbox", { name: "没有物业管理" }).check();
  await propose.getByLabel("原因分析").fill("没有物业，出入口敞开");
  await propose.getByRole("button", { name: "提出挂牌" }).click();
  await expect(leader.getByRole("heading", { name: "锦湖小区" })).toBeVisible();
  const address = leader.url();

  await page.goto(address);
  await page.getByRole("button", { name: "联合挂牌" }).click();
  const order = page.getByRole("dialog", { name: "联合挂牌" });
  await order.getByLabel("联合文件编号").fill("云综治〔2026〕3号");
  await order.getByLabel("责任街道").fill("锦湖街道");
  await order.getByRole("button", { name: "联合挂牌" }).click();
  await expect(order.getByText("至少还要一个部门", { exact: false })).toBeVisible();
  await order.getByRole("checkbox", { name: "街道办事处" }).check();
  await order.getByRole("button", { name: "联合挂牌" }).click();
  await expect(order).toBeHidden();
  await page.getByRole("link", { name: "挂牌整治公示" }).click();
  await expect(page.getByText("同比上升33.3%", { exact: false })).toBeVisible();
  await expectAccessible(page);

  await test.step("whoever lives there reads it, and is answered", async () => {
    await listed();
    await expect(resident.getByRole("heading", { name: "锦湖小区" })).toBeVisible();
    await expect(resident.getByText("上升 33.3%", { exact: false })).toBeVisible();
    await expect(resident.getByText("没有物业管理")).toBeVisible();
    await expectResidentAccessible(resident);
    const officer = await another(browser, city, "officer");
    await open(officer, city, `/matters?number=${number}`);
    await officer.getByRole("link", { name: number }).click();
    await take(officer, "报办理结果", async (form) => {
      await form.getByRole("radio", { name: "采纳", exact: true }).check();
      await form.getByLabel("做了什么").fill("小区已联合挂牌");
    });
    await take(officer, "答复群众", async (form) => {
      await form.getByRole("radio", { name: /凭回执/ }).check();
      await form.getByLabel("答复内容").fill(ANSWER);
    });
    await follow(resident, city, receipt);
    await expect(resident.getByText(ANSWER)).toBeVisible();
    await sayItIsSolved(resident);
    await signIn(officer, city, "feedback");
    await officer.reload();
    await take(officer, "办结");
    await officer.context().close();
    await follow(resident, city, receipt);
    await expect(resident.getByText("已办结", { exact: true })).toBeVisible();
  });

  await leader.goto(address);
  await leader.getByRole("button", { name: "加措施" }).click();
  const measure = leader.getByRole("dialog", { name: "加措施" });
  await measure.getByRole("radio", { name: "街道办事处" }).check();
  await measure.getByLabel("做什么").fill("成立业主委员会");
  const day = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  await measure.getByLabel("完成期限").fill(day);
  await measure.getByRole("button", { name: "加措施" }).click();
  await expect(measure).toBeHidden();
  await leader.getByRole("button", { name: "报进展" }).click();
  const tell = leader.getByRole("dialog", { name: "报进展" });
  await tell.getByRole("radio", { name: "成立业主委员会" }).check();
  await tell.getByRole("radio", { name: "已经完成" }).check();
  await tell.getByLabel("做到哪一步").fill("业委会已备案，请了保安");
  await tell.getByRole("button", { name: "报进展" }).click();
  await expect(tell).toBeHidden();
  await expect(leader.getByRole("button", { name: "摘牌验收" })).toHaveCount(0);
  await expectAccessible(leader);
  await leader.context().close();

  await test.step("two months long it stays listed", async () => {
    city.clock.advance(55 * DAY_MS);
    await listed();
    await expect(resident.getByRole("heading", { name: "锦湖小区" })).toBeVisible();
  });

  const inspector = await another(browser, city, "inspector");
  await inspector.goto(address);
  await inspector.getByRole("button", { name: "摘牌验收" }).click();
  const check = inspector.getByRole("dialog", { name: "摘牌验收" });
  for (const yes of await check.getByRole("radio", { name: "是", exact: true }).all()) {
    await yes.check();
  }
  await check.getByLabel("问了几位居民").fill("20");
  await check.getByLabel("几位认为已经改善").fill("16");
  await check.getByLabel("验收情况").fill("逐项核对，居民评议合格");
  await expectAccessible(inspector);
  await check.getByRole("button", { name: "摘牌验收" }).click();
  await expect(check).toBeHidden();
  await expect(inspector.getByText("问了 20 人，16 人认为改善")).toBeVisible();
  await inspector.context().close();

  await signIn(page, city, "office");
  await page.goto(address);
  await page.getByRole("button", { name: "摘牌", exact: true }).click();
  const off = page.getByRole("dialog", { name: "摘牌", exact: true });
  await off.getByRole("button", { name: "摘牌", exact: true }).click();
  await expect(off).toBeHidden();
  await expect(page.getByText("已摘牌，不再公示。")).toBeVisible();
  await expect(page.getByRole("link", { name: "摘牌公示" })).toBeVisible();
  await expect(page.getByRole("link", { name: "挂牌整治公示" })).toHaveCount(0);
  await listed();
  await expect(resident.getByText("现在没有挂牌整治的小区。")).toBeVisible();
});
