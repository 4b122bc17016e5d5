import { open, signIn as signInAtDesk } from "../console/desk.ts";
import { expect, knock, newPhone, openBuilding, test } from "./phone.ts";

test("what a phone could not send is sent from its file at a desk, once", async ({
  city,
  browser,
}) => {
  const { context: phone, page } = await newPhone(browser, city, "westofficer");
  await phone.setOffline(true);
  await openBuilding(page, "西亭花园");
  await knock(page, "104");
  await page.goto(`${city.address}/field/#/settings`);
  await page.getByRole("button", { name: "退出并清除这部手机里的记录" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "导出未送出的工作" }).click();
  const file = await (await download).path();
  const code = await page.locator("[data-code]").textContent();

  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const desk = await context.newPage();
  await signInAtDesk(desk, city, "westOfficer");
  for (const answer of ["新收到 1 条", "早已收到 1 条"]) {
    await open(desk, city, "/visits/import");
    await desk.locator("input[type=file]").setInputFiles(file);
    const passphrase = desk.getByLabel("导出时手机上显示的口令");
    await passphrase.fill("AAAA-AAAA-AAAA-AAAA");
    await desk.getByRole("button", { name: "打开文件" }).click();
    await expect(desk.getByRole("alert").filter({ hasText: "口令不对" })).toBeVisible();
    // Typed as people type.
    await passphrase.fill((code ?? "").toLowerCase().replaceAll("-", " "));
    await desk.getByRole("button", { name: "打开文件" }).click();
    await desk.getByRole("button", { name: "发送 1 条" }).click();
    await expect(desk.getByRole("status").filter({ hasText: answer })).toBeVisible();
  }
  // The list does not tell who was out from who declined.
  await open(desk, city, "/visits");
  await expect(desk.getByRole("row", { name: /西亭花园.*104.*未见面/ })).toHaveCount(1);
  await context.close();
  await phone.close();
});
