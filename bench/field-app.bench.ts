/**
 * The officer's phone with a full beat: what has to be loaded first, how long an offline start takes
 * and how long a tap takes until it is on the disk, in Chromium slowed down four times. The size of
 * the residents' first load stands beside it, and how long they wait for it.
 */
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import { aBeat, FakeServer, TEST_LOGIN, TEST_PASSWORD } from "../apps/field/shell/testing.ts";
import { servePhone } from "./field-server.ts";
import { residentsWait } from "./residents-page.ts";

export const name = "field-app";

const MUST = {
  firstLoadKiB: 300,
  publicFirstLoadKiB: 80,
  publicUsableMs: 2_000,
  startMs: 1_500,
  tapMs: 100,
} as const;
const RECORDS = 34_000;
const THROTTLING = 4;
const PIN = "402917";
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

/**
 * KiB of what has to be there before the app can be used: of the phone all of it, since it must work
 * without a network; of the residents' page what it names to be loaded at once.
 */
function firstLoad(app: "field" | "public"): { gzipKiB: number; brotliKiB: number } | null {
  const folder = fileURLToPath(new URL(`../apps/${app}/dist/`, import.meta.url));
  if (!existsSync(join(folder, "index.html"))) return null;
  const page = readFileSync(join(folder, "index.html"));
  const named = page
    .toString()
    .matchAll(/<(?:script|link)\b[^>]*?(?:src|href)="\/(?:field\/)?([^"]+\.(?:js|css))"/g);
  const needed =
    app === "field"
      ? globSync("assets/*.{js,css}", { cwd: folder })
      : Array.from(named, ([, file = ""]) => file);
  const files = [page, ...needed.map((file) => readFileSync(join(folder, file)))];
  const kib = (pack: (file: Buffer) => Buffer) =>
    Math.round(files.reduce((sum, file) => sum + pack(file).length, 0) / 102.4) / 10;
  return {
    gzipKiB: kib((file) => gzipSync(file)),
    brotliKiB: kib((file) => brotliCompressSync(file)),
  };
}

/** A resident's phone that has never been here. */
async function aPhone(): Promise<BrowserContext> {
  const profile = mkdtempSync(join(tmpdir(), "wanjia-resident-"));
  const context = await browser(profile);
  context.on("close", () => remove(profile));
  return context;
}

/** A browser that was closed may still write for a moment. */
function remove(profile: string): void {
  rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}

async function browser(profile: string): Promise<BrowserContext> {
  const options = { locale: "zh-CN", timezoneId: "Asia/Shanghai" };
  const viewport = { width: 360, height: 640 };
  if (existsSync(DEBIAN)) {
    return chromium.launchPersistentContext(profile, {
      ...options,
      viewport,
      executablePath: DEBIAN,
      args: ARGS,
    });
  }
  const { default: packaged } = await import("@sparticuz/chromium");
  return chromium.launchPersistentContext(profile, {
    ...options,
    viewport,
    executablePath: await packaged.executablePath(),
    args: [...packaged.args, ...ARGS],
  });
}

/** Notes inside the page when things happen, by its own clock. */
function watch(): void {
  const marks: Record<string, number> = {};
  Object.assign(globalThis, { marks });
  const seen = (key: string, selector: string) => {
    if (marks[key] === undefined && document.querySelector(selector)) {
      marks[key] = performance.now();
    }
  };
  new MutationObserver(() => {
    seen("pin", ".pin");
    seen("list", ".block");
    seen("saved", ".undo");
  }).observe(document, { childList: true, subtree: true });
  document.addEventListener(
    "click",
    (event) => {
      const button = (event.target as Element).closest(".quick-button");
      if (button) {
        delete marks["saved"];
        marks["tap"] = event.timeStamp;
      }
    },
    true,
  );
  document.addEventListener("keydown", (event) => (marks["key"] = event.timeStamp), true);
}

async function marksOf(page: Page): Promise<Record<string, number>> {
  return page.evaluate(() => (globalThis as unknown as { marks: Record<string, number> }).marks);
}

async function slow(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: THROTTLING });
}

async function unlock(page: Page): Promise<void> {
  await page.waitForSelector(".pin");
  for (const digit of PIN) await page.keyboard.press(digit);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0);
}

export async function run(options: { readonly quick: boolean }) {
  const field = firstLoad("field");
  if (field === null) throw new Error("Build the apps first: npm run build");
  const residents = firstLoad("public");

  const buildings = options.quick ? 10 : 194;
  const homes = { buildings, floors: 6, entrances: 2, perEntrance: 3, houses: 16, untouched: 0 };
  const doors = buildings * 36 + 16;
  const matters = options.quick ? 100 : RECORDS - 2 * doors - buildings;
  const fake = new FakeServer(aBeat({ ...homes, matters, now: Date.now() }), () => Date.now());
  const records = fake.beat.places.size + fake.beat.doors.size + fake.beat.matters.size;
  const server = await servePhone(fake);
  const profile = mkdtempSync(join(tmpdir(), "wanjia-field-"));
  const context = await browser(profile);
  await context.addInitScript(watch);
  const url = `${server.address}/field/`;

  const first = await context.newPage();
  await first.goto(url);
  await first.fill("input[name=login]", TEST_LOGIN);
  await first.fill("input[name=password]", TEST_PASSWORD);
  await first.click("button[type=submit]");
  await unlock(first);
  await first.waitForTimeout(200);
  const syncFrom = Date.now();
  await unlock(first);
  await first.waitForSelector(".block", { timeout: 120_000 });
  await first.waitForFunction(
    async () => document.querySelector(".status")?.textContent?.includes("同步") ?? false,
    undefined,
    { timeout: 120_000 },
  );
  const firstSyncMs = Date.now() - syncFrom;
  await first.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await first.waitForTimeout(2_000);
  await first.close();

  await context.setOffline(true);
  const starts: number[] = [];
  const pinReady: number[] = [];
  const listAfterPin: number[] = [];
  for (let time = 0; time < (options.quick ? 2 : 7); time += 1) {
    const page = await context.newPage();
    await slow(context, page);
    await page.goto(url);
    await unlock(page);
    await page.waitForSelector(".block");
    const { pin = 0, key = 0, list = 0 } = await marksOf(page);
    pinReady.push(pin);
    listAfterPin.push(list - key);
    starts.push(pin + list - key);
    await page.close();
  }

  const page = await context.newPage();
  await page.goto(url);
  await unlock(page);
  await page.locator(".block").first().click();
  await page.waitForSelector(".w-tile");
  await page.waitForTimeout(1_000);
  await slow(context, page);
  const taps: number[] = [];
  for (let time = 0; time < (options.quick ? 5 : 20); time += 1) {
    await page.locator('.w-tile[data-tone="again"]').nth(0).click();
    const ended = await page.locator(".quick-button").count();
    if (ended === 0) throw new Error("this door can't be recorded");
    await page.evaluate(() => document.querySelector(".undo button")?.remove());
    await page.locator(".quick-button").first().click();
    await page.waitForFunction(
      () =>
        (globalThis as unknown as { marks: Record<string, number> }).marks["saved"] !== undefined,
    );
    const { tap = 0, saved = 0 } = await marksOf(page);
    taps.push(saved - tap);
    await page.waitForSelector("dialog", { state: "detached" });
  }
  await context.close();
  server.close();
  remove(profile);

  const waits = await residentsWait(aPhone, THROTTLING, options.quick ? 2 : 7);

  const tapP95 = Math.round(taps.toSorted((a, b) => a - b)[Math.ceil(taps.length * 0.95) - 1] ?? 0);
  const figures = {
    records,
    throttling: THROTTLING,
    firstLoadGzipKiB: field.gzipKiB,
    firstLoadBrotliKiB: field.brotliKiB,
    publicFirstLoadGzipKiB: residents?.gzipKiB ?? null,
    publicFirstLoadBrotliKiB: residents?.brotliKiB ?? null,
    publicUsableMs: median(waits),
    publicUsableWorstMs: Math.round(Math.max(...waits)),
    firstSyncMs,
    offlineStartMs: median(starts),
    offlineStartWorstMs: Math.round(Math.max(...starts)),
    pinReadyMs: median(pinReady),
    listAfterPinMs: median(listAfterPin),
    tapToSavedMs: median(taps),
    tapToSavedP95Ms: tapP95,
  };
  console.table(figures);
  return {
    ...figures,
    must: MUST,
    ok:
      field.gzipKiB <= MUST.firstLoadKiB &&
      residents !== null &&
      residents.gzipKiB <= MUST.publicFirstLoadKiB &&
      figures.publicUsableMs <= MUST.publicUsableMs &&
      figures.offlineStartMs <= MUST.startMs &&
      figures.tapToSavedMs <= MUST.tapMs,
  };
}
