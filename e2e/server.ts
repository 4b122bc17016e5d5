import { fileURLToPath } from "node:url";
import { test as base } from "@playwright/test";
import { createApp, jobsOf } from "../server/app.ts";
import { startJobs } from "../server/platform/jobs.ts";
import { testServices, type TestServices } from "../server/testing.ts";

const APPS = fileURLToPath(new URL("../apps/", import.meta.url));

export interface CityServer extends TestServices {
  readonly address: string;
  stop(): Promise<void>;
}

/** A real server on a real port with the built apps and the fixture city; the clock is the machine's. */
async function startCityServer(): Promise<CityServer> {
  const services = await testServices();
  const app = await createApp({ services: services.services, apps: APPS, log: "silent" });
  const background = await startJobs(services.database, jobsOf(services.database), (error) =>
    console.error(error),
  );
  const address = await app.listen({ host: "127.0.0.1", port: 0 });
  return {
    ...services,
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
