import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type BrowserContext, type Page } from "@playwright/test";
import { PASSWORD } from "../../server/testing-city.ts";
import {
  enterPin,
  expect,
  knock,
  openBuilding,
  readyForOffline,
  signIn,
  test,
  tile,
} from "./phone.ts";

/** Doors knocked at with no network; the browser is killed the moment each is told as recorded. */
const DOORS = ["101", "102", "201", "202"] as const;

/** The whole browser goes at once, as when the phone's battery is taken out: nobody is told. */
async function kill(context: BrowserContext): Promise<void> {
  const session = await context.browser()?.newBrowserCDPSession();
  if (!session) throw new Error("this browser says nothing of its processes");
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const main = processInfo.find(({ type }) => type === "browser");
  if (!main) throw new Error("the browser's own process is not among its processes");
  const gone = new Promise((done) => {
    context.on("close", done);
  });
  process.kill(main.id, "SIGKILL");
  await gone;
}

test("the browser is killed at once after each record and in the middle of sending, and nothing is lost", async ({
  city,
  launchOptions,
  viewport,
}) => {
  const profile = mkdtempSync(join(tmpdir(), "wanjia-phone-"));
  const start = async (): Promise<{ context: BrowserContext; page: Page }> => {
    const context = await chromium.launchPersistentContext(profile, {
      ...launchOptions,
      viewport,
      hasTouch: true,
      locale: "zh-CN",
      timezoneId: "Asia/Shanghai",
      reducedMotion: "reduce",
    });
    return { context, page: await context.newPage() };
  };
  const startOffline = async () => {
    const phone = await start();
    await phone.context.setOffline(true);
    await phone.page.goto(`${city.address}/field/`);
    await enterPin(phone.page);
    return phone;
  };
  /** The sign-in of a browser that is killed may not be on the disk yet: the work always is. */
  const startSignedOut = async () => {
    const phone = await start();
    await phone.context.clearCookies();
    await phone.page.goto(`${city.address}/field/`);
    await enterPin(phone.page);
    await phone.page.locator(".status").click();
    await phone.page.getByRole("button", { name: "重新登录" }).click();
    await phone.page.getByLabel("登录密码").fill(PASSWORD);
    return phone;
  };
  try {
    const first = await start();
    await signIn(first.page, city.address, "officer");
    await readyForOffline(first.page);
    await kill(first.context);

    for (const [already, door] of DOORS.entries()) {
      const { context, page } = await startOffline();
      if (already > 0) await expect(page.locator(".status")).toContainText(`未送 ${already}`);
      await openBuilding(page);
      await knock(page, door);
      await expect(tile(page, door)).toContainText("再去");
      await kill(context);
    }

    const sending = await startSignedOut();
    const underWay = sending.page.waitForRequest("**/sync/push");
    await sending.page.getByRole("button", { name: "登录", exact: true }).click();
    await underWay;
    await kill(sending.context);

    const { context, page } = await startSignedOut();
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await page.getByRole("button", { name: "现在送出" }).click();
    await expect(page.locator(".status")).toContainText("都已送达");
    await expect(page.getByText("已核对的签名回执").locator("+ dd")).toHaveText(
      `${DOORS.length} 份`,
    );
    await page.getByRole("button", { name: "关闭" }).click();
    await openBuilding(page);
    for (const door of DOORS) {
      await tile(page, door).click();
      await expect(page.getByText("来过 1 次没人应")).toBeVisible();
      await page.keyboard.press("Escape");
    }
    await context.close();
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
});
