import type { Browser, Locator, Page } from "@playwright/test";
import { violationsOn } from "../axe.ts";
import { type Member, seat } from "../members.ts";
import { expect as base, test, type CityServer } from "../server.ts";

/** Passwords are slow to check by design, and CI machines are slow as they are. */
export const expect = base.configure({ timeout: 20_000 });
export { test };
export { type Member, seat as signIn } from "../members.ts";

const DESK = { locale: "zh-CN", viewport: { width: 1280, height: 720 } };

/** Somebody else at another desk. */
export async function another(browser: Browser, city: CityServer, member: Member): Promise<Page> {
  const page = await (await browser.newContext(DESK)).newPage();
  await seat(page, city, member);
  return page;
}

/** Nothing serious for those who use a keyboard, a screen reader or strong glasses. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await violationsOn(page)).toEqual([]);
}

export async function open(page: Page, city: CityServer, path: string): Promise<void> {
  await page.goto(`${city.address}/console${path}`);
}

/**
 * Presses an entry of a list or menu that has just opened. It moves until it has found its place, and
 * a slow machine's mouse would press where it was: the press goes to the entry, wherever that is.
 */
export async function pick(entry: Locator): Promise<void> {
  await expect(entry).toBeVisible();
  await entry.dispatchEvent("click");
}

/** Chooses from a list that opens below its field; the page behind may say the same words. */
export async function choose(form: Locator | Page, field: string, option: string): Promise<void> {
  await form.getByRole("combobox", { name: field }).click();
  const page = "goto" in form ? form : form.page();
  await pick(page.locator(".ant-select-dropdown:visible").getByTitle(option, { exact: true }));
}
