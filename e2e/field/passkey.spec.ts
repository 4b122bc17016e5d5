import type { Page } from "@playwright/test";
import { enterPin, expect, newPhone, openBuilding, test } from "./phone.ts";

/** A phone with a fingerprint reader that always says yes; `hasPrf` is whether it computes secrets. */
async function withFinger(page: Page, hasPrf: boolean): Promise<{ lift(): Promise<void> }> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      ctap2Version: "ctap2_1",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      hasPrf,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    lift: async () => {
      await session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
    },
  };
}

/** Passkeys belong to a name, not to a number: a phone reaches its server by name. */
const named = (address: string) => address.replace("127.0.0.1", "localhost");

async function setUp(page: Page, address: string): Promise<void> {
  await page.goto(`${address}/field/#/settings`);
  await page.getByRole("button", { name: "设置本机解锁" }).click();
  await enterPin(page);
}

test("a finger opens the phone without a network; the PIN still does", async ({
  city,
  browser,
}) => {
  const byName = { ...city, address: named(city.address) };
  const { context, page } = await newPhone(browser, byName);
  const finger = await withFinger(page, true);
  await setUp(page, byName.address);
  await expect(page.getByRole("button", { name: "不再用本机解锁" })).toBeVisible();
  await page.getByRole("button", { name: "锁上" }).click();
  await context.setOffline(true);
  await page.getByRole("button", { name: "用本机解锁打开" }).click();
  await page.getByRole("link", { name: "今天" }).click();
  await openBuilding(page);
  await page.goto(`${byName.address}/field/#/settings`);
  await page.getByRole("button", { name: "锁上" }).click();
  await finger.lift();
  await page.getByRole("button", { name: "用本机解锁打开" }).click();
  await expect(page.getByText("没有核对成功")).toBeVisible();
  await enterPin(page);
  await page.getByRole("button", { name: "不再用本机解锁" }).click();
  await page.getByRole("button", { name: "锁上" }).click();
  await expect(page.locator(".pin")).toBeVisible();
  await expect(page.getByRole("button", { name: "用本机解锁打开" })).toHaveCount(0);
  await context.close();
});

test("where a finger computes no secret the PIN stays, and the officer is told", async ({
  city,
  browser,
}) => {
  const byName = { ...city, address: named(city.address) };
  const { context, page } = await newPhone(browser, byName);
  await withFinger(page, false);
  await setUp(page, byName.address);
  await expect(page.getByText("没有设成")).toBeVisible();
  await context.close();
});
