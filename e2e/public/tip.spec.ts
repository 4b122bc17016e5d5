import type { Browser, Page } from "@playwright/test";
import { choose, expectAccessible as expectDeskAccessible, open, signIn } from "../console/desk.ts";
import type { Member } from "../console/desk.ts";
import {
  enterPin,
  expectAccessible as expectPhoneAccessible,
  newPhone,
  storedRows,
} from "../field/phone.ts";
import { type CityServer, expect as base, test } from "../server.ts";
import { expectAccessible } from "./pages.ts";

const expect = base.configure({ timeout: 20_000 });

const TEXT = "三号楼后面的仓库夜里有人卸没有牌子的汽油桶";
const TOLD = "有人上门冒充验房收押金，开一辆没牌的白车";
const ANSWER = "已经查封，谢谢您。";
const PASSPHRASES = { detective: "春风又绿江南岸 1086", detectivePartner: "明月何时照我还 1086" };

/** A member's desk in a browser of its own. */
async function deskOf(browser: Browser, city: CityServer, member: Member): Promise<Page> {
  const page = await (await browser.newContext({ locale: "zh-CN" })).newPage();
  await signIn(page, city, member);
  await open(page, city, "/tips");
  await expect(page.getByRole("heading", { level: 1, name: "线索" })).toBeVisible();
  return page;
}

async function enterPassphrase(page: Page, verb: string, passphrase: string): Promise<void> {
  await page.getByRole("button", { name: verb, exact: true }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("口令", { exact: true }).fill(passphrase);
  const repeat = form.getByLabel("再输一次");
  if ((await repeat.count()) > 0) await repeat.fill(passphrase);
  await form.getByRole("button", { name: verb, exact: true }).click();
  await expect(form).toBeHidden();
}

test("a tip goes sealed from a stranger to two keepers, and its answer back by the receipt", async ({
  browser,
  city,
}) => {
  test.setTimeout(240_000);
  const resident = await (
    await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "zh-CN" })
  ).newPage();
  await test.step("nobody receives tips yet, and the page says whom to call", async () => {
    await resident.goto(`${city.address}/tip`);
    await expect(resident.getByRole("heading", { name: "现在不能在这里举报" })).toBeVisible();
    await expectAccessible(resident);
  });

  await test.step("an administrator names a unit and its keepers", async () => {
    const admin = await deskOf(browser, city, "admin");
    await admin.getByRole("button", { name: "增加接收单位" }).first().click();
    const form = admin.getByRole("dialog");
    await form.getByLabel("名称", { exact: true }).fill("刑侦大队");
    await form.getByLabel("英文名称").fill("Criminal Investigation");
    await choose(form, "保管人", "卫明察");
    await choose(form, "保管人", "钟慎言");
    await admin.keyboard.press("Escape");
    await form.getByRole("button", { name: "增加接收单位" }).click();
    await expect(admin.getByText("卫明察（未设口令）、钟慎言（未设口令）")).toBeVisible();
    await expectDeskAccessible(admin);
  });

  const first = await deskOf(browser, city, "detective");
  const second = await deskOf(browser, city, "detectivePartner");
  await test.step("both keepers set a passphrase, one makes the key", async () => {
    await enterPassphrase(first, "设我的口令", PASSPHRASES.detective);
    await expect(first.getByText("至少要两位保管人设好口令")).toBeVisible();
    await enterPassphrase(second, "设我的口令", PASSPHRASES.detectivePartner);
    await first.getByRole("button", { name: "生成密钥" }).click();
    await first.getByRole("dialog").getByRole("button", { name: "生成密钥" }).click();
    await expect(first.getByText("第 1 号 · 生成于", { exact: false })).toBeVisible();
    await expectDeskAccessible(first);
  });

  const phone = await newPhone(browser, city, "officer", {
    viewport: { width: 390, height: 844 },
    locale: "zh-CN",
    hasTouch: true,
  });
  let told = "";
  await test.step("an officer without a network seals what he is told, and keeps nothing", async () => {
    const { page, context } = phone;
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload();
    await enterPin(page);
    await page.getByRole("link", { name: "事项" }).click();
    await context.setOffline(true);
    await page.getByRole("button", { name: "有人提供线索（密封）" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByRole("button", { name: "诈骗" }).click();
    await sheet.getByRole("textbox", { name: "对方讲的事" }).fill(TOLD);
    await expectPhoneAccessible(page, "a tip to seal");

    await sheet.getByRole("button", { name: "封好，给回执" }).click();
    await expect(sheet.getByRole("heading", { name: "已经封好，请交回执" })).toBeVisible();
    told = (await sheet.getByTestId("receipt-code").innerText()).replaceAll(/\s+/g, " ");
    await expectPhoneAccessible(page, "the receipt");

    await sheet.getByRole("button", { name: "对方已抄好，关闭" }).click();
    await expect(page.getByText("有 1 条密封线索等联网送出。")).toBeVisible();
    await page.reload();
    await enterPin(page);
    const rows = JSON.stringify(await storedRows(page));
    for (const word of ["验房", told.slice(0, 6), "fraud"]) expect(rows).not.toContain(word);

    const sent = page.waitForRequest((one) => one.url().endsWith("/api/v1/public/tips"));
    await context.setOffline(false);
    const request = await sent;
    expect(request.postData()).not.toContain("验房");
    expect((await request.allHeaders())["cookie"]).toBeUndefined();
    await expect(page.getByText("条密封线索等联网送出", { exact: false })).toBeHidden();
  });

  let receipt = "";
  await test.step("a resident writes, and gets a receipt", async () => {
    const sent = resident.waitForRequest((one) => one.url().endsWith("/api/v1/public/tips"));
    await resident.goto(`${city.address}/`);
    await resident.getByRole("link", { name: /举报线索/ }).click();
    await resident.getByRole("button", { name: "加密并提交" }).click();
    await expect(resident.getByText("请写下您知道的事。")).toBeVisible();
    await resident.getByRole("button", { name: "枪支爆炸物" }).click();
    await resident.getByRole("textbox", { name: "您知道的事" }).fill(TEXT);
    await expectAccessible(resident);
    await resident.getByRole("button", { name: "加密并提交" }).click();
    expect((await sent).postData()).not.toContain("汽油");
    await expect(resident.getByRole("heading", { name: "已经加密送达" })).toBeVisible();
    await expectAccessible(resident);
    receipt = (await resident.getByTestId("receipt-code").innerText()).replaceAll(/\s+/g, " ");
    expect(receipt).toMatch(/^(\d{6} ){5}\d{6}$/);
    expect(await resident.evaluate(() => JSON.stringify(localStorage))).not.toContain("汽油");
  });

  await test.step("two keepers open it together, and take it over", async () => {
    await first.getByRole("button", { name: "申请开启" }).click();
    await expect(first.getByText("等另一位保管人同意", { exact: false })).toBeVisible();
    await expect(second.getByText("卫明察 申请开启第 1 号密钥", { exact: false })).toBeVisible();
    await enterPassphrase(second, "同意", PASSPHRASES.detectivePartner);
    await enterPassphrase(first, "输入口令打开", PASSPHRASES.detective);
    await first.getByRole("button", { name: "枪支爆炸物" }).click();
    const drawer = first.getByRole("dialog");
    await drawer.getByRole("button", { name: "打开内容" }).click();
    await expect(drawer.getByText(TEXT)).toBeVisible();
    await expectDeskAccessible(first);
    await drawer.getByRole("button", { name: "已录入，接管" }).click();
    await first.locator(".ant-modal").getByRole("button", { name: "已录入，接管" }).click();
    await expect(drawer.getByText("接收单位已接管")).toBeVisible();
    await expect(drawer.getByText(TEXT)).toBeHidden();
    await drawer.getByRole("button", { name: "关闭" }).click();
  });

  await test.step("what the officer sealed opens in the same way", async () => {
    await first.getByRole("button", { name: "诈骗" }).click();
    const drawer = first.getByRole("dialog");
    await drawer.getByRole("button", { name: "打开内容" }).click();
    await expect(drawer.getByText(TOLD)).toBeVisible();
    await drawer.getByRole("button", { name: "关闭" }).click();
    await first.getByRole("button", { name: "枪支爆炸物" }).click();
  });

  await test.step("the unit answers, and the receipt alone opens it", async () => {
    const drawer = first.getByRole("dialog");
    await drawer.getByLabel("答复举报人").fill(ANSWER);
    await drawer.getByRole("button", { name: "加密答复" }).click();
    await expect(drawer.getByText("已答复", { exact: true })).toBeVisible();
    await resident.goto(`${city.address}/receipt`);
    await resident.getByRole("textbox", { name: "回执" }).fill(told);
    await resident.getByRole("button", { name: "查结果" }).click();
    await expect(resident.getByText("已收到，等接收单位打开")).toBeVisible();
    await resident.goto(`${city.address}/receipt`);
    await resident
      .getByRole("textbox", { name: "回执" })
      .fill(receipt.replace(/^\d/, (digit) => String(9 - Number(digit))));
    await resident.getByRole("button", { name: "查结果" }).click();
    await expect(resident.getByText("第 1 组不对", { exact: false })).toBeVisible();
    await resident.getByRole("textbox", { name: "回执" }).fill(receipt);
    await resident.getByRole("button", { name: "查结果" }).click();
    await expect(resident.getByText(ANSWER)).toBeVisible();
    await expectAccessible(resident);
    expect(resident.url()).toBe(`${city.address}/receipt`);
    await resident.getByRole("button", { name: "大字" }).click();
    await resident.getByRole("button", { name: "English" }).click();
    await expect(resident.getByRole("heading", { name: "Your answer" })).toBeVisible();
    const overflow = await resident.evaluate(
      () => document.documentElement.scrollWidth - innerWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
