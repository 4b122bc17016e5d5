import type { Page } from "@playwright/test";
import { choose, expect, expectAccessible, open, pick, signIn, test } from "./desk.ts";

/** Chooses an order of the menu beside a place's name. */
async function order(page: Page, name: string) {
  await page.getByRole("button", { name: "变更" }).click();
  await pick(page.getByRole("menuitem", { name, exact: true }));
  return page.getByRole("dialog");
}

test("a house is added, a home below a building too, and a refusal is said in words", async ({
  page,
  city,
}) => {
  await signIn(page, city, "leader");
  await open(page, city, "/places");
  await page.getByRole("button", { name: "登记地址" }).click();
  const form = page.getByRole("dialog");
  await expectAccessible(page);
  await form.getByRole("button", { name: "登记", exact: true }).click();
  await expect(form.getByText("请选择类型。")).toBeVisible();
  await choose(form, "类型", "农村住房");
  await form.getByLabel("街路巷（村组）").fill("三组");
  await form.getByLabel("门牌号").fill("18号");
  await choose(form, "警务区", "东亭警务区");
  await form.getByRole("button", { name: "登记", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "3组18号" })).toBeVisible();

  await open(page, city, `/places/${city.city.buildings.east}`);
  const below = await order(page, "登记下级地址");
  await choose(below, "类型", "户室");
  await below.getByLabel("单元").fill("2");
  await below.getByLabel("户室").fill("303");
  await below.getByRole("button", { name: "登记", exact: true }).click();
  await expect(below.getByRole("alert")).toContainText("该社区已有同样的地址");
  await below.getByLabel("户室").fill("305");
  await below.getByRole("button", { name: "登记", exact: true }).click();
  await expect(
    page.getByRole("heading", { level: 1, name: "东亭花园1幢2单元305室" }),
  ).toBeVisible();
});

test("a home is split into two and merged back", async ({ page, city }) => {
  await signIn(page, city, "leader");
  await open(page, city, `/places/${city.city.door("east", 1, 4)}`);
  const form = await order(page, "拆分");
  const parts = form.getByLabel("户室");
  await parts.first().fill("104A");
  await form.getByRole("button", { name: "拆分" }).click();
  await expect(form.getByText("请填写，每处要不一样。")).toBeVisible();
  await parts.last().fill("104B");
  await expectAccessible(page);
  await form.getByRole("button", { name: "拆分" }).click();
  await expect(page.getByText("由它接替")).toBeVisible();
  const [first, second] = ["东亭花园1幢2单元104A室", "东亭花园1幢2单元104B室"];
  await expect(page.getByRole("link", { name: first })).toBeVisible();
  await page.getByRole("link", { name: second }).click();
  await expect(page.getByRole("heading", { level: 1, name: second })).toBeVisible();
  const merge = await order(page, "并入");
  await merge.getByLabel("并入的地址").fill("东亭花园1幢2单元104A");
  await pick(page.getByTitle(first, { exact: true }));
  await merge.getByRole("button", { name: "并入" }).click();
  await expect(page.getByRole("link", { name: first })).toBeVisible();
});

test("places that are chosen in the list go to another beat together, by keyboard", async ({
  page,
  city,
}) => {
  await signIn(page, city, "office");
  await open(page, city, `/places?q=${encodeURIComponent("南浦里1幢")}`);
  const rows = page.locator("tbody tr");
  await expect(rows.first()).toBeVisible();
  await rows.first().focus();
  await page.keyboard.press("x");
  await expect(page.getByText("已选 1 条")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "划转 1 处" }).click();
  const form = page.getByRole("dialog");
  await choose(form, "警务区", "西亭警务区");
  await expect(form.getByText("这个警务区没有登记网格。")).toBeVisible();
  await form.getByRole("button", { name: "划转", exact: true }).click();
  await expect(page.getByText("已划转 13 处（含下级）")).toBeVisible();
  await expect(page.getByRole("row", { name: /西亭警务区/ }).first()).toBeVisible();
});

test("plates for a whole building are issued in one go and printed on one sheet", async ({
  page,
  city,
}) => {
  await signIn(page, city, "officer");
  await open(page, city, `/places/${city.city.buildings.east}`);
  await page.getByRole("button", { name: "给整栋发门牌" }).click();
  await expect(page.getByText(/新发 \d+ 块，原有 0 块/)).toBeVisible();
  await page.getByRole("button", { name: "给整栋发门牌" }).click();
  await expect(page.getByText("每一户都有门牌，没有新发。")).toBeVisible();
  const sheet = page.waitForEvent("popup");
  await page.getByRole("link", { name: "打印门牌" }).click();
  const printed = await sheet;
  expect(await printed.locator("article").count()).toBeGreaterThanOrEqual(12);
});
