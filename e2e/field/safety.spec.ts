import { readFile } from "node:fs/promises";
import {
  enterPin,
  expect,
  expectAllSent,
  knock,
  openBuilding,
  newPhone,
  storedRows,
  signIn,
  test,
  tile,
} from "./phone.ts";

test("unsent work leaves the phone as a sealed file, and only then may the officer sign out", async ({
  city,
  browser,
}) => {
  const { context, page } = await newPhone(browser, city);
  await context.setOffline(true);
  await openBuilding(page);
  await knock(page, "301");
  await page.goto(`${city.address}/field/#/settings`);
  await page.getByRole("button", { name: "退出并清除这部手机里的记录" }).click();
  const leave = page.getByRole("button", { name: "退出", exact: true });
  await expect(leave).toBeDisabled();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "导出未送出的工作" }).click();
  const file = await readFile(await (await download).path(), "utf8");
  expect(JSON.parse(file)).toMatchObject({ format: "wanjia-unsent", version: 1 });
  expect(file).not.toContain("no_answer");
  await expect(page.locator("[data-code]")).toHaveText(/^[A-Z2-9]{4}(-[A-Z2-9]{4}){3}$/);
  await expect(leave).toBeEnabled();
  await leave.click();
  await expect(page.getByLabel("账号")).toBeVisible();
  await context.close();
});

test("the password of the file comes into sight by itself, also in the largest letters", async ({
  city,
  browser,
}) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(() => {
    const preferences = { textScale: 2, mode: "system", locale: "zh-CN" };
    localStorage.setItem("wanjia-field-preferences", JSON.stringify(preferences));
  });
  await signIn(page, city.address, "officer");
  await context.setOffline(true);
  await openBuilding(page);
  await knock(page, "201");
  await page.locator(".status").click();
  await page.getByRole("button", { name: "导出未送出的工作" }).click();
  await expect(page.locator("[data-code]")).toBeInViewport({ ratio: 1 });
  await context.close();
});

test("a wrong PIN opens nothing, the right one does, and nothing lies open on the disk", async ({
  city,
  browser,
}) => {
  const { context, page } = await newPhone(browser, city);
  await openBuilding(page);
  await knock(page, "302");
  await page.reload();
  await enterPin(page, "402918");
  await expect(page.getByText("还可以试 9 次")).toBeVisible();
  const stored = JSON.stringify(await storedRows(page));
  expect(stored.length).toBeGreaterThan(500);
  for (const word of ["no_answer", "fullText", "unitNo", "placeId"]) {
    expect(stored.includes(word), word).toBe(false);
  }
  await enterPin(page);
  await expectAllSent(page);
  await context.close();
});

test("a phone that was switched off at the desk erases itself", async ({ city, browser }) => {
  const { context, page } = await newPhone(browser, city);
  const { meta = [] } = await storedRows(page);
  const device = String(meta.find(({ key }) => key === "device")?.["value"]);
  const reply = await page.request.post(`${city.address}/api/v1/sync/devices/${device}/revoke`, {
    headers: { "x-wanjia-csrf": "1" },
    data: {},
  });
  expect(reply.status(), await reply.text()).toBe(200);
  await openBuilding(page);
  await knock(page, "303");
  await page.locator(".status").click();
  await page.getByRole("button", { name: "现在送出" }).click();
  await expect(page.getByText("这部手机已被停用")).toBeVisible();
  await context.close();
});

test("the grid is walked with the arrow keys and a door opened without a mouse; a second tab takes over, and the first one steps aside", async ({
  city,
  browser,
}) => {
  const { context, page } = await newPhone(browser, city);
  await openBuilding(page);
  await tile(page, "303").focus();
  await page.keyboard.press("ArrowRight");
  await expect(tile(page, "304")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(tile(page, "204")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.locator("dialog")).toHaveCount(0);
  const second = await context.newPage();
  await second.goto(`${city.address}/field/`);
  await expect(second.getByRole("heading", { name: "已在另一个窗口打开" })).toBeVisible();
  await second.getByRole("button", { name: "在这里继续" }).click();
  await enterPin(second);
  await expect(second.locator(".block").first()).toBeVisible();
  await expect(page.getByRole("heading", { name: "已在另一个窗口打开" })).toBeVisible();
  await context.close();
});
