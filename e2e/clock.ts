import type { BrowserContext } from "@playwright/test";

/** What the pages of a context take for the time. */
export async function moveClock(context: BrowserContext, ahead: number): Promise<void> {
  await context.addInitScript((ms) => {
    const Real = Date;
    class Moved extends Real {
      constructor(...parts: []) {
        if (parts.length === 0) super(Real.now() + ms);
        else super(...parts);
      }

      static override now(): number {
        return Real.now() + ms;
      }
    }
    globalThis.Date = Moved as DateConstructor;
  }, ahead);
}
