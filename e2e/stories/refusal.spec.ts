import { pick, expectAccessible as expectDeskAccessible, open, signIn } from "../console/desk.ts";
import { expectAllSent, newPhone, openBuilding, tile } from "../field/phone.ts";
import { withCampaign } from "../campaign.ts";
import { expect as base, test } from "../server.ts";
import { issuePlate } from "../plates.ts";
import { expectAccessible, RESIDENT } from "../public/pages.ts";
import type { Page } from "@playwright/test";

const expect = base.configure({ timeout: 30_000 });

async function receiptOn(page: Page): Promise<string> {
  return (await page.getByTestId("receipt-code").innerText()).replaceAll(/\s+/g, " ");
}

async function askBy(page: Page, address: string, receipt: string): Promise<void> {
  await page.goto(`${address}/receipt`);
  await page.getByRole("textbox", { name: "回执" }).fill(receipt);
  await page.getByRole("button", { name: "查结果" }).click();
}

test("a resident asks for an evening, another for no visits: both are heeded on desk and phone", async ({
  browser,
  city,
}) => {
  test.setTimeout(300_000);
  await withCampaign(city);
  const { address } = city;
  const wanted = await issuePlate(city);
  const quiet = await issuePlate(city, city.city.door("east", 1, 2));
  const resident = await (await browser.newContext(RESIDENT)).newPage();
  let visit = "";
  let silence = "";

  await test.step("one asks for an evening, without a name", async () => {
    await resident.goto(`${address}/p/${wanted}`);
    await resident.getByRole("link", { name: "约民警上门，或者不要上门" }).click();
    await expect(resident.getByRole("button", { name: /请民警来一趟/ })).toBeVisible();
    await expectAccessible(resident);
    await resident.getByRole("button", { name: /请民警来一趟/ }).click();
    await resident.locator(".site-choice").first().click();
    await resident.getByRole("button", { name: "19:00–21:00" }).click();
    await expect(resident.getByRole("heading", { name: /要改时间时怎样告诉您/ })).toBeVisible();
    await resident.getByLabel("电话").fill("13900001111");
    await resident.getByRole("button", { name: "下一步" }).click();
    await expect(resident.getByText("留联系方式要您同意", { exact: false })).toBeVisible();
    await expectAccessible(resident);
    await resident.getByRole("checkbox", { name: /我同意用这个方式/ }).check();
    await resident.getByRole("button", { name: "下一步" }).click();
    await expect(resident.getByRole("heading", { name: "核对一下" })).toBeVisible();
    await expect(resident.getByText("13900001111")).toBeVisible();
    await expectAccessible(resident);
    await resident.getByRole("button", { name: "约这个时间" }).click();
    await expect(resident.getByRole("heading", { name: "已交给派出所" })).toBeVisible();
    await expectAccessible(resident);
    visit = await receiptOn(resident);
  });

  await test.step("another wants no visits", async () => {
    await resident.goto(`${address}/p/${quiet}/visit`);
    await resident.getByRole("button", { name: /^不要上门/ }).click();
    await expect(resident.getByText("提交后马上生效", { exact: false })).toBeVisible();
    await resident.getByRole("button", { name: "不要上门", exact: true }).click();
    await expect(resident.getByRole("heading", { name: "记下了，不再上门" })).toBeVisible();
    silence = await receiptOn(resident);
  });

  const { page: phone } = await newPhone(browser, city, "officer", RESIDENT);
  await test.step("the officer's phone shows the one and doesn't offer the other, and says no why", async () => {
    await openBuilding(phone);
    await expect(tile(phone, "101")).toHaveAttribute("data-tone", "appointment");
    await expect(tile(phone, "102")).toHaveAttribute("data-tone", "ended");
    await tile(phone, "101").click();
    await expect(phone.getByText("住户在门牌网页上想约", { exact: false })).toBeVisible();
    await phone.getByRole("button", { name: "就按这个时间来" }).click();
    await expect(phone.locator("dialog")).toHaveCount(0);
    await tile(phone, "102").click();
    await expect(phone.locator("dialog")).toBeVisible();
    await expect(phone.getByRole("button", { name: "没人应", exact: true })).toHaveCount(0);
    await phone.keyboard.press("Escape");
    await expect(phone.locator("dialog")).toHaveCount(0);
  });

  await test.step("a third declines at the door: thanked, and not offered again", async () => {
    await tile(phone, "201").click();
    await phone.getByRole("button", { name: "谢绝", exact: true }).click();
    await expect(phone.getByText("不问原因", { exact: false })).toBeVisible();
    await phone.getByRole("button", { name: "只留卡" }).click();
    await expect(tile(phone, "201")).toHaveAttribute("data-tone", "ended");
    await phone.getByRole("button", { name: "只看未见" }).click();
    await expect(tile(phone, "202")).toBeVisible();
    for (const quiet of ["102", "201"]) await expect(tile(phone, quiet)).toHaveCount(0);
    await expectAllSent(phone);
  });

  await test.step("the desk sees it agreed, and types in a wish on paper", async () => {
    const desk = await (await browser.newContext({ locale: "zh-CN" })).newPage();
    await signIn(desk, city, "leader");
    // Who declined is told apart from nobody: not by name, not by a word, not by a colour.
    await open(desk, city, "/visits");
    const declined = desk.getByRole("row", { name: /东亭花园.*201/ });
    await expect(declined).toContainText("未见面");
    await expect(declined).not.toContainText(/谢绝|婉拒|拒/);
    await open(desk, city, "/appointments");
    const row = desk.getByRole("row").filter({ hasText: "1单元101" });
    await expect(row).toContainText("已约定");
    await expect(desk.getByRole("row").filter({ hasText: "1单元102" })).toHaveCount(0);
    await row.getByRole("button", { name: "看号码" }).click();
    await expect(desk.locator(".ant-modal-confirm-title")).toHaveText("13900001111");
    await desk.getByRole("button", { name: "看完了" }).click();
    await expectDeskAccessible(desk);
    await desk.getByRole("button", { name: "代填纸质表" }).click();
    const form = desk.getByRole("dialog");
    await form.getByRole("radio", { name: "不要上门" }).check();
    await form.getByRole("combobox", { name: "哪一户" }).fill("东亭花园1幢2单元103");
    await pick(desk.locator(".ant-select-dropdown:visible").getByTitle("东亭花园1幢2单元103室"));
    await form.getByRole("button", { name: "登记并出回执" }).click();
    await expect(desk.getByTestId("receipt-code")).toBeVisible();
    await desk.getByRole("button", { name: "已交给住户" }).click();
    await expect(desk.getByTestId("receipt-code")).toHaveCount(0);
  });

  await test.step("by their receipts both see how it stands; the quiet one changes its mind", async () => {
    await askBy(resident, address, visit);
    await expect(resident.getByText("已约定")).toBeVisible();
    await expectAccessible(resident);
    await askBy(resident, address, silence);
    await expect(resident.getByText("已生效，不再上门")).toBeVisible();
    await resident.getByRole("button", { name: "收回：可以来走访了" }).click();
    await resident.getByRole("button", { name: "确定" }).click();
    await expect(resident.getByText("已经按您的意思改好。")).toBeVisible();
    await expect(resident.getByText("已收回")).toBeVisible();
  });
});
