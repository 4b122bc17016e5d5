import { readFile } from "node:fs/promises";
import { expect, expectAllSent, knock, newPhone, openBuilding, test, tile } from "./phone.ts";

test("a full phone says so, keeps what it has, and gives it away as a file", async ({
  city,
  browser,
}) => {
  const { context, page } = await newPhone(browser, city, "westofficer");
  await openBuilding(page, "西亭花园");
  await context.setOffline(true);
  await knock(page, "201");
  await expect(page.locator(".status")).toContainText("未送 1");

  const session = await context.newCDPSession(page);
  const origin = city.address;
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1 });
  // For half a minute the browser still counts with the room it was last told of.
  await page.waitForTimeout(35_000);
  await tile(page, "202").click();
  await page.getByRole("button", { name: "没人应", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("没有存上：手机存储满了");
  await page.getByRole("button", { name: "关闭" }).click();
  await expect(tile(page, "202")).toContainText("未访");
  await expect(tile(page, "201")).toContainText("再去");
  await expect(page.locator(".status")).toContainText("未送 1");

  await page.locator(".status").click();
  await expect(page.getByText("手机存储满了，新的记录存不进去")).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "导出未送出的工作" }).click();
  const file = await readFile(await (await download).path(), "utf8");
  expect(JSON.parse(file)).toMatchObject({ format: "wanjia-unsent", version: 1 });
  await expect(page.getByText("已导出 1 条")).toBeVisible();
  await page.getByRole("button", { name: "关闭" }).click();

  await session.send("Storage.overrideQuotaForOrigin", { origin });
  await context.setOffline(false);
  await knock(page, "202");
  await expect(tile(page, "202")).toContainText("再去");
  await expectAllSent(page);
  await context.close();
});
