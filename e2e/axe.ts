import type { Page } from "@playwright/test";
import axe from "axe-core";

/**
 * What axe finds on the page, a line each. It is brought into a page once and asked for faults alone:
 * what passed, and where each element stands, nobody reads.
 */
export async function violationsOn(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(async () => {
    // What fades in is pale on its way: it is looked at where it comes to rest. A colour that is
    // inherited begins to change only when its parent's has: one ends, and the next begins.
    const moving = (): Animation[] =>
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    // A sheet that was just asked for needs a few frames before it begins to move.
    for (let still = 0; still < 8;) {
      const found = moving();
      for (const animation of found) animation.finish();
      still = found.length === 0 ? still + 1 : 0;
      await new Promise((done) => requestAnimationFrame(done));
    }
    const { violations } = await axe.run(document, {
      resultTypes: ["violations"],
      preload: false,
      selectors: false,
    });
    return violations.map(
      ({ id, impact, nodes }) =>
        `${impact} ${id}: ${nodes
          .map(({ html }) => html)
          .slice(0, 3)
          .join(" | ")}`,
    );
  });
}
