import type { Locator, Page } from "@playwright/test";
import type { CityServer } from "../server.ts";
import { choose, expect, open, pick } from "./desk.ts";

/** Presses the button of a step, which may lie among the others behind one more. */
export async function press(page: Page, step: string): Promise<void> {
  const button = page.getByRole("button", { name: step, exact: true });
  const more = page.getByRole("button", { name: /^(其他操作|更多)$/ });
  await expect(button.or(more).first()).toBeVisible();
  if ((await button.count()) > 0) return button.click();
  await more.click();
  await pick(page.getByRole("menuitem", { name: step, exact: true }));
}

/** Opens a step's form, fills it in, sends it, and waits until the page shows it as done. */
export async function take(
  page: Page,
  step: string,
  fill: (form: Locator) => Promise<void> = async () => {},
): Promise<void> {
  await press(page, step);
  const form = page.getByRole("dialog", { name: step });
  await expect(form).toBeVisible();
  await fill(form);
  await form.getByRole("button", { name: step, exact: true }).click();
  await expect(form).toBeHidden();
}

export function radio(form: Locator, name: string): Promise<void> {
  return form.getByRole("radio", { name, exact: true }).check();
}

/** The officer takes a matter as his own; from then on it is his to the end. */
export async function accept(page: Page): Promise<void> {
  await press(page, "签收");
  await expect(page.getByText("已签收，等开始办理", { exact: false })).toBeVisible();
}

/** Somebody who never handled it asks by telephone, and is told that it is solved. */
export async function callBack(page: Page): Promise<void> {
  await take(page, "回访", async (form) => {
    await radio(form, "联系上了");
    await radio(form, "已解决");
  });
}

/** An officer writes down a hazard that he found himself, and is on its page. */
export async function foundHazard(
  page: Page,
  city: CityServer,
  subtype: string,
  text: string,
): Promise<void> {
  await open(page, city, "/matters");
  await page.getByRole("button", { name: "登记一件事" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("地点").fill("东亭花园");
  await pick(page.locator(".ant-select-item-option").first());
  await form.getByRole("radio", { name: "安全隐患" }).check();
  await choose(form, "细类", subtype);
  await form.getByRole("radio", { name: "民警发现" }).check();
  await form.getByLabel("反映的内容").fill(text);
  await form.getByRole("button", { name: "登记", exact: true }).click();
  await expect(page.getByRole("heading", { name: `安全隐患 · ${subtype}` })).toBeVisible();
}
