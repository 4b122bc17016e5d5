import type { Page } from "@playwright/test";
import { AxeBuilder } from "@axe-core/playwright";
import { PASSWORD } from "../../server/testing-city.ts";
import { expect as patiently } from "../server.ts";

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

export async function openBuilding(page: Page, estate = "东亭花园"): Promise<void> {
  await page.locator(".block", { hasText: estate }).click();
  await expect(page.locator(".w-tile").first()).toBeVisible();
}

export function tile(page: Page, label: string) {
  return page.locator(".w-tile", { hasText: label });
}

/** Nobody answered: two taps from the grid. */
export async function knock(page: Page, label: string): Promise<void> {
  await tile(page, label).click();
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

/** All that was recorded has reached the server and its receipts were checked. */
export async function expectAllSent(page: Page): Promise<void> {
  await expect(page.locator(".status")).toContainText("都已送达");
}

export async function expectAccessible(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const told = serious.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map(({ html }) => html)
        .slice(0, 3)
        .join(" | ")}`,
  );
  expect(told, name).toEqual([]);
}
