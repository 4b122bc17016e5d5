import type { Page } from "@playwright/test";
import { expect, open, signIn, test } from "./desk.ts";

/** Holds back the answers of a list until it is told to let them go. */
async function holdBack(page: Page, path: string): Promise<() => void> {
  const held = Promise.withResolvers<void>();
  await page.route(path, async (route) => {
    await held.promise;
    await route.continue();
  });
  return held.resolve;
}

test("the row in hand stays in hand when the list is read anew", async ({ page, city }) => {
  await signIn(page, city, "office");
  await open(page, city, `/places?beatId=${city.city.beats.east}`);
  const rows = page.locator("tbody tr");
  await expect(rows.nth(4)).toBeVisible();
  const address = (await rows.nth(3).getByRole("link").textContent()) ?? "";
  const door = rows.filter({ hasText: address });
  const letGo = await holdBack(page, "**/api/v1/places?*");
  // The other order is asked for; while it is on its way, the old rows stay and can be worked.
  await page.getByRole("button", { name: "地址", exact: true }).click();
  await rows.nth(2).focus();
  await page.keyboard.press("ArrowDown");
  await expect(door).toBeFocused();
  letGo();
  await expect(page.getByRole("status").filter({ hasText: "更新" })).toHaveCount(0);
  await expect(door).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: address })).toBeVisible();
});

test("a page opened from its row is read out from its title, however late it comes", async ({
  page,
  city,
}) => {
  await signIn(page, city, "office");
  await open(page, city, `/places?beatId=${city.city.beats.east}`);
  const row = page.locator("tbody tr").nth(1);
  await expect(row).toBeVisible();
  const address = (await row.getByRole("link").textContent()) ?? "";
  const letGo = await holdBack(page, "**/api/v1/places/*");
  await row.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/places\/[^?]+$/);
  letGo();
  await expect(page.getByRole("heading", { level: 1, name: address })).toBeFocused();
});

test("Escape leads from the search back to the page's keys, with what was sought", async ({
  page,
  city,
}) => {
  await signIn(page, city, "office");
  await open(page, city, "/places");
  await expect(page.locator("tbody tr").first()).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.insertText("东亭花园");
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/=%E4%B8%9C/);
  await expect(page.getByRole("searchbox")).toHaveValue("东亭花园");
  await expect(page.locator("tbody tr").first()).toContainText("东亭花园");
  await expect(page.getByRole("status").filter({ hasText: "更新" })).toHaveCount(0);
  await page.keyboard.press("j");
  await expect(page.locator("tbody tr").first()).toBeFocused();
});

test("pages are turned by keyboard one after the other", async ({ page, city }) => {
  await signIn(page, city, "office");
  await open(page, city, "/places?size=5");
  const first = page.locator("tbody tr").first();
  await first.focus();
  for (let turned = 0; turned < 3; turned += 1) {
    const before = (await first.textContent()) ?? "";
    await page.keyboard.press("n");
    await expect(first).not.toHaveText(before);
    await expect(first).toBeFocused();
  }
});
