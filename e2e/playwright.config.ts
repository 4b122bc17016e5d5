import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const DEBIAN = "/usr/bin/chromium";
const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The machine's Chromium if there is one, else the one that comes as a package. */
async function browser(): Promise<{ executablePath: string; args: string[] }> {
  if (existsSync(DEBIAN)) return { executablePath: DEBIAN, args: ARGS };
  const { default: chromium } = await import("@sparticuz/chromium");
  return { executablePath: await chromium.executablePath(), args: [...chromium.args, ...ARGS] };
}

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.ts",
  outputDir: "../test-results",
  // Each with a city of its own; much of the time goes by waiting for the phone to queue its work.
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    launchOptions: await browser(),
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    // What slides or fades makes a slow machine slower, and a press in the middle of it get lost.
    contextOptions: { reducedMotion: "reduce" },
    screenshot: "only-on-failure",
  },
});
