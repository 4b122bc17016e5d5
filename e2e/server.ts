import { fileURLToPath } from "node:url";
import { test as base } from "@playwright/test";
import { createApp, jobsOf } from "../server/app.ts";
import { startJobs } from "../server/platform/jobs.ts";
import type { Clock } from "../server/platform/clock.ts";
import { testServices, type TestServices } from "../server/testing.ts";

const APPS = fileURLToPath(new URL("../apps/", import.meta.url));

/** The machine's clock, which a story may put forward by days. */
class MovingClock implements Clock {
  #ahead = 0;

  now(): number {
    return Date.now() + this.#ahead;
  }

  advance(ms: number): void {
    this.#ahead += ms;
  }
}

export interface CityServer extends TestServices {
  readonly clock: MovingClock;
  readonly address: string;
  stop(): Promise<void>;
}

/** A real server on a real port with the built apps and the fixture city. */
async function startCityServer(): Promise<CityServer> {
  const clock = new MovingClock();
  const services = await testServices(clock);
  const app = await createApp({ services: services.services, apps: APPS, log: "silent" });
  const background = await startJobs(services.database, jobsOf(services.database), (error) =>
    console.error(error),
  );
  const address = await app.listen({ host: "127.0.0.1", port: 0 });
  return {
    ...services,
    clock,
    address,
    async stop() {
      await app.close();
      await background.stop();
      await services.close();
    },
  };
}

/** The city of this worker and the file that it was made for. */
let running: { readonly file: string; readonly city: CityServer } | undefined;

async function stopCity(): Promise<void> {
  const before = running;
  running = undefined;
  await before?.city.stop();
}

/**
 * `test` with a server of its own for each file: `city.address`, `city.city.members`. The tests of a
 * file follow each other in one city; what another file did to its city is never seen.
 */
export const test = base.extend<{ city: CityServer }, { lastCity: void }>({
  lastCity: [
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      await use();
      await stopCity();
    },
    { scope: "worker", auto: true, timeout: 60_000 },
  ],
  city: [
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use, { file }) => {
      if (running?.file !== file) {
        await stopCity();
        running = { file, city: await startCityServer() };
      }
      await use(running.city);
    },
    { timeout: 120_000 },
  ],
});
export { expect } from "@playwright/test";
