import { readFile } from "node:fs/promises";
import { another, open } from "../console/desk.ts";
import {
  expect,
  expectAllSent,
  hear,
  knock,
  newPhone,
  openBuilding,
  test,
  tile,
} from "../field/phone.ts";
import { follow, RESIDENT } from "../public/pages.ts";

test("a full phone says so, keeps what it has, and what it could not send is sent from its file at a desk, once", async ({
  city,
  browser,
}) => {
  const { context, page } = await newPhone(browser, city, "westofficer");
  await openBuilding(page, "西亭花园");
  await context.setOffline(true);
  await knock(page, "201");
  const [receipt = ""] = await hear(page, "203", {
    kind: "意见建议",
    type: "巡逻防控",
    text: "晚上多来走走",
  });
  await expect(page.locator(".status")).toContainText("未送 2");

  const session = await context.newCDPSession(page);
  const origin = city.address;
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1 });
  // For half a minute the browser still counts with the room it was last told of.
  const noticed = page.waitForTimeout(35_000);

  await page.locator(".status").click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "导出未送出的工作" }).click();
  const file = await (await download).path();
  expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({
    format: "wanjia-unsent",
    version: 1,
  });
  await expect(page.getByText("已导出 2 条")).toBeVisible();
  const code = await page.locator("[data-code]").textContent();
  await page.getByRole("button", { name: "关闭" }).click();

  const desk = await another(browser, city, "westOfficer");
  for (const answer of ["新收到 2 条", "早已收到 2 条"]) {
    await open(desk, city, "/visits/import");
    await desk.locator("input[type=file]").setInputFiles(file);
    const passphrase = desk.getByLabel("导出时手机上显示的口令");
    await passphrase.fill("AAAA-AAAA-AAAA-AAAA");
    await desk.getByRole("button", { name: "打开文件" }).click();
    await expect(desk.getByRole("alert").filter({ hasText: "口令不对" })).toBeVisible();
    // Typed as people type.
    await passphrase.fill((code ?? "").toLowerCase().replaceAll("-", " "));
    await desk.getByRole("button", { name: "打开文件" }).click();
    await desk.getByRole("button", { name: "发送 2 条" }).click();
    await expect(desk.getByRole("status").filter({ hasText: answer })).toBeVisible();
  }
  // The list does not tell who was out from who declined.
  await open(desk, city, "/visits");
  await expect(desk.getByRole("row", { name: /西亭花园.*201.*未见面/ })).toHaveCount(1);
  await desk.context().close();
  // Whoever spoke at the door holds a receipt that is true, though the phone never sent a word.
  const resident = await (await browser.newContext(RESIDENT)).newPage();
  await follow(resident, city, receipt);
  await expect(resident.getByText("已收到，等民警签收")).toBeVisible();
  await resident.context().close();

  await noticed;
  await tile(page, "202").click();
  await page.getByRole("button", { name: "没人应", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("没有存上：手机存储满了");
  await page.getByRole("button", { name: "关闭" }).click();
  await expect(tile(page, "202")).toContainText("未访");
  await expect(tile(page, "201")).toContainText("再去");
  await expect(page.locator(".status")).toContainText("未送 2");
  await page.locator(".status").click();
  await expect(page.getByText("手机存储满了，新的记录存不进去")).toBeVisible();
  await page.getByRole("button", { name: "关闭" }).click();

  await session.send("Storage.overrideQuotaForOrigin", { origin });
  await context.setOffline(false);
  await knock(page, "202");
  await expect(tile(page, "202")).toContainText("再去");
  await expectAllSent(page);
  await context.close();
});
