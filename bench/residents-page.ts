/**
 * How long a resident waits who scans the plate at his door with a cheap phone: from the tap until
 * station and duty telephone stand there, with nothing cached, the processor slowed down four times
 * and the network to what Lighthouse calls slow 4G.
 */
import type { BrowserContext } from "playwright-core";
import { CITY } from "../server/testing-city.ts";
import {
  type BenchServer,
  fillFixtureCity,
  openBenchDatabase,
  startBenchServer,
} from "./harness.ts";

/** Round trip in ms, bytes a second down and up. */
const SLOW_4G = { latency: 150, downloadThroughput: 1_638_400 / 8, uploadThroughput: 675_000 / 8 };

/** Milliseconds of each of `times` visits. */
export async function residentsWait(
  open: () => Promise<BrowserContext>,
  throttling: number,
  times: number,
): Promise<number[]> {
  const target = await openBenchDatabase({ embedded: true, databaseUrl: undefined });
  let server: BenchServer | undefined;
  try {
    await (await fillFixtureCity(target)).close();
    server = await startBenchServer(target);
    const page = `${server.address}/p/${await issuePlate(server)}`;
    const waits: number[] = [];
    for (let time = 0; time < times; time += 1) {
      const context = await open();
      waits.push(await wait(context, page, throttling));
      await context.close();
    }
    return waits;
  } finally {
    await server?.stop();
    await target.drop();
  }
}

async function issuePlate(server: BenchServer): Promise<string> {
  const answer = await fetch(`${server.address}/api/v1/places/${CITY.door("east", 1, 1)}/plates`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-wanjia-csrf": "1",
      cookie: await server.signIn("officer"),
    },
    body: "{}",
  });
  if (!answer.ok) throw new Error(`no plate: ${await answer.text()}`);
  return ((await answer.json()) as { id: string }).id;
}

/** By the page's own clock, which begins with the navigation. */
async function wait(context: BrowserContext, url: string, throttling: number): Promise<number> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", { offline: false, ...SLOW_4G });
  await session.send("Emulation.setCPUThrottlingRate", { rate: throttling });
  await page.goto(url, { waitUntil: "commit" });
  const usable = await page.waitForFunction(() =>
    document.querySelector(".site-call[data-main]") === null ? 0 : performance.now(),
  );
  return (await usable.jsonValue()) as number;
}
