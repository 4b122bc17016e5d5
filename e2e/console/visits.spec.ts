import { choose, expect, expectAccessible, open, pick, signIn, test } from "./desk.ts";

test("a paper form becomes a visit, shows in the building and is corrected", async ({
  page,
  city,
}) => {
  await signIn(page, city, "officer");
  await open(page, city, `/visits/new?placeId=${city.city.door("east", 2, 3)}`);
  await page.getByRole("button", { name: "保存走访记录" }).click();
  await expect(page.getByRole("alert")).toContainText("请选择结果。");
  await page.getByLabel("走访日期").fill("2026-01-05");
  await page.getByLabel("走访日期").fill(await today(page));
  await page.getByLabel("开始", { exact: true }).fill("00:01");
  await page.getByLabel("结束", { exact: true }).fill("00:02");
  await page.getByRole("combobox", { name: "结果" }).click();
  await pick(page.getByTitle("门前走访", { exact: true }));
  await page.getByRole("combobox", { name: "告知方式" }).click();
  await pick(page.getByTitle("口头告知并留卡", { exact: true }));
  await page.getByRole("checkbox", { name: "已出示证件" }).check();
  await page.getByLabel("备注").fill("联系人 12012345678");
  await expect(page.getByText("看起来是电话号码", { exact: false })).toBeVisible();
  await page.getByLabel("备注").fill("楼道灯不亮");
  await expectAccessible(page);
  await page.getByRole("button", { name: "保存走访记录" }).click();
  await expect(page.getByText(/已保存/)).toBeVisible();

  await open(page, city, `/buildings/${city.city.buildings.east}`);
  await expect(page.getByText(/已见面 1 户/)).toBeVisible();
  await expectAccessible(page);

  await open(page, city, "/visits");
  await page
    .getByRole("row", { name: /门前走访/ })
    .first()
    .click();
  await page.getByRole("button", { name: "更正这条记录" }).click();
  await page.getByLabel("更正原因").fill("结果录错");
  await page.getByRole("combobox", { name: "结果" }).click();
  await pick(page.getByTitle("在别处见面", { exact: true }));
  await page.getByRole("button", { name: "保存更正" }).click();
  await expect(page.getByRole("heading", { name: "记录与更正" })).toBeVisible();
  await expect(page.getByText("结果录错")).toBeVisible();
  await expectAccessible(page);
});

test("paper brings an appointment and an inspection's number; a leader mends what he can't see", async ({
  page,
  city,
}) => {
  await signIn(page, city, "officer");
  await open(page, city, `/visits/new?placeId=${city.city.door("east", 1, 2)}`);
  await page.getByLabel("走访日期").fill(await today(page));
  await page.getByLabel("开始", { exact: true }).fill("00:03");
  await page.getByLabel("结束", { exact: true }).fill("00:05");
  await choose(page, "结果", "婉拒");
  await choose(page, "告知方式", "群众不愿听");
  await page.getByRole("checkbox", { name: "已出示证件" }).check();
  await choose(page, "房屋使用", "出租");
  await choose(page, "认识社区民警", "不知道");
  await page.getByLabel("约定日期").fill("2027-01-05");
  await page.getByRole("button", { name: "保存走访记录" }).click();
  await expect(page.getByRole("alert")).toContainText("约定时间没有填全");
  await page.getByLabel("约定从").fill("19:00");
  await page.getByLabel("约定到").fill("20:00");
  await choose(page, "走访性质", "行政检查（另案）");
  await page.getByRole("button", { name: "保存走访记录" }).click();
  await expect(page.getByRole("alert")).toContainText("编号");
  await page.getByLabel("检查文书编号").fill("检2026-11");
  await expectAccessible(page);
  await page.getByRole("button", { name: "保存走访记录" }).click();
  await expect(page.getByText(/已保存/)).toBeVisible();

  await signIn(page, city, "leader");
  await open(page, city, "/visits");
  await page
    .getByRole("row", { name: /未见面/ })
    .first()
    .click();
  await page.getByRole("button", { name: "更正这条记录" }).click();
  await expect(page.getByText("按原记录，不改")).toBeVisible();
  await page.getByLabel("更正原因").fill("时间录错");
  await page.getByLabel("开始", { exact: true }).fill("00:01");
  await expectAccessible(page);
  await page.getByRole("button", { name: "保存更正" }).click();
  await expect(page.getByRole("heading", { name: "记录与更正" })).toBeVisible();
  await expect(page.getByText("时间录错")).toBeVisible();
});

async function today(page: { evaluate: <T>(work: () => T) => Promise<T> }): Promise<string> {
  return page.evaluate(() =>
    new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(new Date()),
  );
}
