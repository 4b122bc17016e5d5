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
    // The page's own theme follows the device; pages that the server draws have none.
    await page.waitForFunction(
      (scheme) => (document.documentElement.dataset["theme"] ?? scheme) === scheme,
      colorScheme,
    );
    // Colours begin to change with the next frame; then they can be looked at where they come to rest.
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    expect(await violationsOn(page), `${width} px, ${colorScheme}`).toEqual([]);
  }
}
