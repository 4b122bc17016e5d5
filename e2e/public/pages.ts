import type { Page } from "@playwright/test";
import { violationsOn } from "../axe.ts";
import { expect } from "../server.ts";

/** On a common phone by day, and on a small one in the dark. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const [width, height, colorScheme] of [
    [390, 844, "light"],
    [360, 640, "dark"],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    expect(await violationsOn(page), `${width} px, ${colorScheme}`).toEqual([]);
  }
}
