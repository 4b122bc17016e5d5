import { readFile } from "node:fs/promises";
import { withCampaign } from "../campaign.ts";
import { test } from "../server.ts";
import {
  enterPin,
  expect,
  expectAccessible,
  expectAllSent,
  knock,
  openBuilding,
  signIn,
  tile,
} from "./phone.ts";

test.setTimeout(180_000);
test.beforeAll(({ city }) => withCampaign(city));
test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

test("unsent work leaves the phone as a sealed file, and only then may the officer sign out", async ({
  city,
  browser,
}) => {
  const context = await browser.newContext({ acceptDownloads: true });
  const page = await context.newPage();
  await signIn(page, city.address, "officer");
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

test("a wrong PIN opens nothing, the right one does, and nothing lies open on the disk", async ({
  city,
  browser,
}) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, city.address, "officer");
  await openBuilding(page);
  await knock(page, "302");
  await page.reload();
  await enterPin(page, "402918");
  await expect(page.getByText("还可以试 9 次")).toBeVisible();
  const stored = await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((done) => {
      const request = indexedDB.open("wanjia-field");
      request.addEventListener("success", () => done(request.result));
    });
    let text = "";
    for (const name of database.objectStoreNames) {
      const rows = await new Promise<unknown[]>((done) => {
        const request = database.transaction(name).objectStore(name).getAll();
        request.addEventListener("success", () => done(request.result));
      });
      for (const row of rows as Record<string, unknown>[]) {
        text += JSON.stringify(row);
        if (row["data"] instanceof ArrayBuffer) text += new TextDecoder().decode(row["data"]);
      }
    }
    database.close();
    return text;
  });
  expect(stored.length).toBeGreaterThan(500);
  for (const word of ["no_answer", "fullText", "unitNo", "placeId"]) {
    expect(stored.includes(word), word).toBe(false);
  }
  await enterPin(page);
  await expectAllSent(page);
  await context.close();
});

test("a phone that was switched off at the desk erases itself", async ({ city, browser }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, city.address, "officer");
  const device = await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((done) => {
      const request = indexedDB.open("wanjia-field");
      request.addEventListener("success", () => done(request.result));
    });
    return new Promise<string>((done) => {
      const request = database.transaction("meta").objectStore("meta").get("device");
      request.addEventListener("success", () => done(request.result.value));
    });
  });
  const reply = await page.request.post(`${city.address}/api/v1/sync/devices/${device}/revoke`, {
    headers: { "x-wanjia-csrf": "1" },
    data: {},
  });
  expect(reply.status(), await reply.text()).toBe(200);
  await openBuilding(page);
  await knock(page, "303");
  await expect(page.getByText("这部手机已被停用")).toBeVisible();
  await context.close();
});

test("a second tab takes over, and the first one steps aside", async ({ city, browser }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, city.address, "officer");
  const second = await context.newPage();
  await second.goto(`${city.address}/field/`);
  await expect(second.getByRole("heading", { name: "已在另一个窗口打开" })).toBeVisible();
  await second.getByRole("button", { name: "在这里继续" }).click();
  await enterPin(second);
  await expect(second.locator(".block").first()).toBeVisible();
  await expect(page.getByRole("heading", { name: "已在另一个窗口打开" })).toBeVisible();
  await context.close();
});

for (const [name, options] of [
  ["by day", {}],
  ["in the dark", { colorScheme: "dark" }],
  ["with the largest letters", { textScale: 2 }],
] as const) {
  test(`every screen can be used by everybody, ${name}`, async ({ city, browser }) => {
    const context = await browser.newContext(
      "colorScheme" in options ? { colorScheme: options.colorScheme } : {},
    );
    const page = await context.newPage();
    if ("textScale" in options) {
      await page.addInitScript(() => {
        const preferences = { textScale: 2, mode: "system", locale: "zh-CN" };
        localStorage.setItem("wanjia-field-preferences", JSON.stringify(preferences));
      });
    }
    await page.goto(`${city.address}/field/`);
    await expect(page.getByLabel("账号")).toBeVisible();
    await expectAccessible(page, "sign-in");
    await signIn(page, city.address, "officer");
    await expectAccessible(page, "today");
    await page.getByRole("button", { name: "改", exact: true }).click();
    await expectAccessible(page, "team");
    await page.getByRole("button", { name: "就这些人" }).click();
    await openBuilding(page);
    await expectAccessible(page, "building");
    await page.getByRole("button", { name: "图例" }).click();
    await expectAccessible(page, "legend");
    await page.getByRole("button", { name: "关闭" }).click();
    await tile(page, "304").click();
    await expectAccessible(page, "door");
    for (const stage of ["门口见面", "谢绝", "改天再来", "别的情况"]) {
      await page.getByRole("button", { name: stage }).click();
      await expectAccessible(page, stage);
      await page.locator("dialog").getByRole("button", { name: "返回" }).click();
    }
    await page.getByRole("button", { name: "上门怎么说" }).click();
    await expectAccessible(page, "script");
    await page.getByRole("button", { name: "关闭" }).last().click();
    await page.getByRole("button", { name: "填写走访" }).click();
    await expect(page.getByRole("button", { name: "记录走访" })).toBeVisible();
    await expectAccessible(page, "visit");
    await page.getByRole("button", { name: "意见建议" }).click();
    await expectAccessible(page, "matter in a visit");
    await page.getByRole("button", { name: "关闭" }).click();
    await page.getByRole("button", { name: "不填了" }).click();
    await page.locator(".status").click();
    await expectAccessible(page, "status");
    await page.getByRole("button", { name: "关闭" }).click();
    for (const path of ["matters", "settings", "refused"]) {
      await page.goto(`${city.address}/field/#/${path}`);
      await expect(page.locator("h1")).toBeVisible();
      await expectAccessible(page, path);
    }
    await context.close();
  });
}

test("the grid is walked with the arrow keys and a door recorded without a mouse", async ({
  city,
  browser,
}) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, city.address, "officer");
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
  await context.close();
});
