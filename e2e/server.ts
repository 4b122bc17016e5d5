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

/** `test` with a server of its own for each worker: `city.address`, `city.city.members`. */
export const test = base.extend<object, { city: CityServer }>({
  city: [
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const server = await startCityServer();
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});
export { expect } from "@playwright/test";
