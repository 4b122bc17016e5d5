import type { Page } from "@playwright/test";
import { violationsOn } from "../axe.ts";
import { issuePlate } from "../plates.ts";
import { type CityServer, expect as base } from "../server.ts";

const expect = base.configure({ timeout: 30_000 });

/** A resident's phone. */
export const RESIDENT = { viewport: { width: 390, height: 844 }, locale: "zh-CN" } as const;

/** The receipts that a page shows, as they are typed: 36 digits. */
export async function receiptsOn(page: Page): Promise<readonly string[]> {
  const shown = await page.getByTestId("receipt-code").allInnerTexts();
  return shown.map((code) => code.replaceAll(/\s+/g, ""));
}

/** Opens what a receipt says now, by the way that the camera takes. */
export async function follow(page: Page, city: CityServer, receipt: string): Promise<void> {
  await page.goto("about:blank");
  await page.goto(`${city.address}/receipt#${receipt}`);
  await expect(page.getByRole("heading", { name: "您反映的事" })).toBeVisible();
}

/** What a resident brings up: which button, which of its aspects, in which words. */
export interface Said {
  readonly kind: string;
  readonly type: string;
  readonly text: string;
}

/** Written on the page that the plate of a door opens, to read the answer there. */
export async function sayAtPlate(
  page: Page,
  city: CityServer,
  { kind, type, text }: Said,
  plate?: string,
): Promise<{ readonly receipt: string; readonly number: string }> {
  await page.goto(`${city.address}/p/${plate ?? (await issuePlate(city))}/say`);
  await page.getByRole("button", { name: kind }).click();
  await page.getByLabel("哪一方面").selectOption({ label: type });
  await page.getByRole("textbox", { name: "说说情况" }).fill(text);
  await page.getByRole("button", { name: "凭回执在网上看" }).click();
  await page.getByRole("button", { name: "提交", exact: true }).click();
  await expect(page.getByRole("heading", { name: "已经收到" })).toBeVisible();
  const [receipt = ""] = await receiptsOn(page);
  return {
    receipt,
    number: /编号 (\S{9})/.exec(await page.locator("main").innerText())?.[1] ?? "",
  };
}

/** The resident, asked on the page of the receipt, says that it is solved. */
export async function sayItIsSolved(page: Page): Promise<void> {
  await page.getByRole("button", { name: "有", exact: true }).click();
  await page.getByRole("button", { name: "已解决" }).click();
  await page.getByRole("button", { name: "满意", exact: true }).click();
  await page.getByRole("button", { name: "提交", exact: true }).click();
  await expect(page.getByText("谢谢，记下了。")).toBeVisible();
}

/** On a common phone by day, and on a small one in the dark. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const [width, height, colorScheme] of [
    [390, 844, "light"],
    [360, 640, "dark"],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    // The page's own theme follows the device; pages that the server draws have none.
    await page.waitForFunction(
      (scheme) => (document.documentElement.dataset["theme"] ?? scheme) === scheme,
      colorScheme,
    );
    expect(await violationsOn(page), `${width} px, ${colorScheme}`).toEqual([]);
  }
}
