import type { Browser, BrowserContext, BrowserContextOptions, Page } from "@playwright/test";
import { PASSWORD } from "../../server/testing-city.ts";
import { violationsOn } from "../axe.ts";
import { withCampaign } from "../campaign.ts";
import { receiptsOn } from "../public/pages.ts";
import { expect as patiently, test as base, type CityServer } from "../server.ts";

/** A city in the middle of a campaign; the phone is small and touched with a thumb. */
export const test = base.extend<{ campaign: void }>({
  campaign: [
    async ({ city }, use) => {
      await withCampaign(city);
      await use();
    },
    { auto: true, timeout: 120_000 },
  ],
  viewport: { width: 360, height: 640 },
  hasTouch: true,
});
test.setTimeout(180_000);

/** A full machine is no fault of the phone. */
export const expect = patiently.configure({ timeout: 40_000 });

const PIN = "402917";

/** Types the six digits; the pad listens to the keyboard as well as to the thumb. */
export async function enterPin(page: Page, pin = PIN): Promise<void> {
  const pad = page.locator(".pin");
  await expect(pad).toBeVisible();
  for (const digit of pin) await pad.getByRole("button", { name: digit, exact: true }).click();
}

/** Signs a member in on a new phone and waits until the beat is on it. */
export async function signIn(page: Page, address: string, login: string): Promise<void> {
  await page.goto(`${address}/field/`);
  await page.getByLabel("账号").fill(login);
  await page.getByLabel("登录密码").fill(PASSWORD);
  await page.getByRole("button", { name: "登录" }).click();
  await expect(page.getByRole("heading", { name: "设一个六位数字密码" })).toBeVisible();
  await enterPin(page);
  await expect(page.getByRole("heading", { name: "再输一遍" })).toBeVisible();
  await enterPin(page);
  await expect(page.getByRole("heading", { name: "今天" })).toBeVisible();
  await expect(page.locator(".block").first()).toBeVisible();
}

/** A new phone with a member signed in. */
export async function newPhone(
  browser: Browser,
  city: CityServer,
  login = "officer",
  options: BrowserContextOptions = {},
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await signIn(page, city.address, login);
  return { context, page };
}

/** All rows of the phone's database by table, as anybody could read them; bytes become text. */
export function storedRows(
  page: Page,
): Promise<Record<string, readonly Record<string, unknown>[]>> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((done) => {
      const request = indexedDB.open("wanjia-field");
      request.addEventListener("success", () => done(request.result));
    });
    const found: Record<string, Record<string, unknown>[]> = {};
    for (const name of database.objectStoreNames) {
      const rows = await new Promise<Record<string, unknown>[]>((done) => {
        const request = database.transaction(name).objectStore(name).getAll();
        request.addEventListener("success", () => done(request.result));
      });
      found[name] = rows.map((row) =>
        row["data"] instanceof ArrayBuffer
          ? { ...row, data: new TextDecoder().decode(row["data"]) }
          : row,
      );
    }
    database.close();
    return found;
  });
}

export async function openBuilding(page: Page, estate = "东亭花园"): Promise<void> {
  await page.locator(".block", { hasText: estate }).click();
  await expect(page.locator(".w-tile").first()).toBeVisible();
}

export function tile(page: Page, label: string) {
  return page.locator(".w-tile", { hasText: label });
}

/** Nobody answered: two taps from the grid, one more where a card is left. */
export async function knock(page: Page, label: string, { card = false } = {}): Promise<void> {
  await tile(page, label).click();
  if (card) await page.getByLabel("留了联系卡").check();
  await page.getByRole("button", { name: "没人应", exact: true }).click();
  await expect(page.locator("dialog")).toHaveCount(0);
}

/** The service worker has everything: from the next start on no network is needed. */
export async function readyForOffline(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await page.waitForFunction(async () => {
    for (const name of await caches.keys()) {
      if ((await (await caches.open(name)).keys()).length > 3) return true;
    }
    return false;
  });
}

/** As an officer in a hurry: not even the ten seconds for taking back are waited for. */
export async function sendNow(page: Page): Promise<void> {
  await page.locator(".status").click();
  await page.getByRole("button", { name: "现在送出" }).click();
  await page.getByRole("button", { name: "关闭" }).click();
  await expect(page.locator("dialog")).toHaveCount(0);
}

/** All that was recorded has reached the server and its receipts were checked. */
export async function expectAllSent(page: Page): Promise<void> {
  await sendNow(page);
  await expect(page.locator(".status")).toContainText("都已送达");
}

export async function expectAccessible(page: Page, name: string): Promise<void> {
  const found = await violationsOn(page);
  expect(
    found.filter((one) => /^(serious|critical) /.test(one)),
    name,
  ).toEqual([]);
}

/** What somebody at the door brings up: which kind, which button of it, in which words. */
export interface Heard {
  readonly kind: "意见建议" | "要帮办的事" | "纠纷" | "安全隐患";
  readonly type: string;
  readonly text: string;
}

/** A whole visit with what was heard, which has reached the server when it ends. */
export async function visitAndHear(
  page: Page,
  label: string,
  ...heard: Heard[]
): Promise<readonly string[]> {
  const receipts = await hear(page, label, ...heard);
  await expectAllSent(page);
  return receipts;
}

/** Fills a visit at the doorstep with what was heard there, and records it. */
export async function recordVisit(page: Page, label: string, ...heard: Heard[]): Promise<void> {
  await tile(page, label).click();
  await page.getByRole("button", { name: "填写走访" }).click();
  await page.getByLabel("已出示证件").check();
  await page.getByRole("button", { name: "口头说明并留卡" }).click();
  for (const { kind, type, text } of heard) {
    await page.getByRole("button", { name: kind, exact: true }).click();
    await page.getByRole("button", { name: type, exact: true }).click();
    await page.getByLabel("说了什么").fill(text);
    await page.getByRole("button", { name: "记下这件事" }).click();
  }
  await page.getByRole("button", { name: "记录走访" }).click();
}

/**
 * A whole visit at the doorstep with what was heard there. Answers the receipts that the resident was
 * handed, as they are typed.
 */
export async function hear(
  page: Page,
  label: string,
  ...heard: Heard[]
): Promise<readonly string[]> {
  await recordVisit(page, label, ...heard);
  // Whoever waits for an answer is handed a receipt; a hazard is the officers' own find.
  let receipts: readonly string[] = [];
  if (heard.some(({ kind }) => kind !== "安全隐患")) {
    const written = page.getByRole("button", { name: "住户已经记下" });
    await expect(written).toBeVisible();
    receipts = await receiptsOn(page);
    await written.click();
  }
  await expect(tile(page, label)).toContainText("已见");
  return receipts;
}
