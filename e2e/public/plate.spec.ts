import { plateCode } from "@wanjia/domain/places/plate";
import { asMember } from "../members.ts";
import { issuePlate } from "../plates.ts";
import { expect as base, test } from "../server.ts";
import { expectAccessible } from "./pages.ts";

const expect = base.configure({ timeout: 20_000 });

test.use({ viewport: { width: 390, height: 844 } });

test("a door plate opens the promise, the duty phone, the officers and the notice", async ({
  page,
  city,
}) => {
  const code = await issuePlate(city);
  await page.goto(`${city.address}/p/${code}`);
  await expect(page.getByRole("heading", { level: 1, name: "双乐派出所" })).toBeVisible();
  await expect(page.getByText("走访是自愿的")).toBeVisible();
  await expect(page.getByRole("link", { name: /打给派出所/ })).toHaveAttribute("href", /^tel:/);
  await expect(page.getByText("江沐阳", { exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: /12389/ })).toHaveAttribute("href", "tel:12389");
  await expect(page.getByText("不收集", { exact: true })).toBeVisible();
  // No address of the door: whoever copies a plate learns nothing about a home.
  await expect(page.locator("main")).not.toContainText("101室");
  await expectAccessible(page);
});

test("the page is read in English and in large letters", async ({ page, city }) => {
  const code = await issuePlate(city);
  await page.goto(`${city.address}/p/${code}`);
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.getByRole("heading", { name: "Visits are voluntary" })).toBeVisible();
  await expect(page.getByText("Not collected")).toBeVisible();
  await page.getByRole("button", { name: "Large text" }).click();
  const size = await page.evaluate(() => getComputedStyle(document.documentElement).fontSize);
  expect(size).toBe("20px");
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await expectAccessible(page);
});

test("a plate that nobody issued is warned of", async ({ page, city }) => {
  await page.goto(`${city.address}/p/${plateCode(new Uint8Array(16).fill(9))}`);
  await expect(page.getByRole("alert")).toContainText("没有这个门牌");
  await expect(page.getByRole("link", { name: /110/ })).toHaveAttribute("href", "tel:110");
  await expectAccessible(page);
});

test("a plate that was withdrawn says so, and whom to ask", async ({ page, city }) => {
  const code = await issuePlate(city);
  await asMember(city, "officer").post(`/places/plates/${code}/withdraw`);
  await page.goto(`${city.address}/p/${code}`);
  await expect(page.getByRole("alert")).toContainText("这块门牌已经停用");
  await expect(page.getByRole("heading", { name: "请问双乐派出所" })).toBeVisible();
  await expect(page.getByRole("link", { name: /打给派出所/ })).toHaveAttribute("href", /^tel:/);
  await expectAccessible(page);
});

test("a misread number is told without a warning, and can be typed again", async ({
  page,
  city,
}) => {
  const code = await issuePlate(city);
  await page.goto(`${city.address}/p/ABC`);
  await expect(page.getByRole("heading", { name: "编号不对" })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("输入门牌上的编号").fill(code.toLowerCase());
  await page.getByRole("button", { name: "查这个门牌" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "双乐派出所" })).toBeVisible();
});

test("the home page tells how to know a true plate", async ({ page, city }) => {
  await page.goto(`${city.address}/`);
  await expect(page.getByRole("heading", { name: "怎样分辨真门牌" })).toBeVisible();
  await expectAccessible(page);
});
