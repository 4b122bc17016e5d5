import { defineConfig } from "@playwright/test";
import { browserProgram } from "./browser.ts";

const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

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
    launchOptions: { executablePath: await browserProgram(), args: ARGS },
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    // What slides or fades makes a slow machine slower, and a press in the middle of it get lost.
    contextOptions: { reducedMotion: "reduce" },
    screenshot: "only-on-failure",
  },
});
