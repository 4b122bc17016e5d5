import type { Page } from "@playwright/test";
import { violationsOn } from "../axe.ts";
import { expect } from "../server.ts";

/** On a common phone and on a small one, by day and in the dark. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const size of [
    { width: 390, height: 844 },
    { width: 360, height: 640 },
  ]) {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      expect(await violationsOn(page), `${size.width} px, ${colorScheme}`).toEqual([]);
    }
  }
}
