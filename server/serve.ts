import { existsSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { startMessenger } from "./answers/messenger.ts";
import { createApp, jobsOf } from "./app.ts";
import { principalFinder } from "./organisation/principal.ts";
import { systemClock } from "./platform/clock.ts";
import { DatabaseInUse } from "./platform/embedded.ts";
import { startJobs } from "./platform/jobs.ts";
import { SchemaRefused } from "./platform/migrate.ts";
import { openServices, type Settings, settingsOf } from "./platform/start.ts";
import type { Services } from "./platform/http.ts";

// Collected when it has grown by two fifths, the heap of a busy server takes a fifth less memory, for
// a third more processor time in a first package, and none that could be measured elsewhere.
setFlagsFromString("--heap-growing-percent=40");

const APPS = fileURLToPath(new URL("../apps/", import.meta.url));

export interface Running {
  readonly address: string;
  readonly services: Services;
  stop(): Promise<void>;
}

/** Starts the whole server; stopping finishes what is in flight. */
export async function start(settings: Settings, demo: boolean): Promise<Running> {
  const services = await openServices(settings, systemClock, demo, (database, clock) =>
    principalFinder(database, clock, demo),
  );
  const app = await createApp({
    services,
    apps: existsSync(APPS) ? APPS : undefined,
    log: settings.log,
    trustedProxies: settings.trustedProxies,
  });
  const background = await startJobs(services.database, jobsOf(services.database), (error, job) =>
    app.log.error({ err: error, job }, "job failed"),
  );
  const { database, clock } = services;
  const messenger = await startMessenger(database, clock, process.env, app.log);
  const address = await app.listen({ host: settings.host, port: settings.port });
  let stopping: Promise<void> | null = null;
  const stop = (): Promise<void> =>
    (stopping ??= (async () => {
      await app.close();
      await messenger?.stop();
      await background.stop();
      await services.close();
    })());
  return { address, services, stop };
}

/** Stops cleanly on the signals of a service manager and of a terminal. */
export function stopOnSignals(running: Running): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      void running.stop().then(() => process.exit(0));
    });
  }
}

/** A refusal to start that its reader can act on: the sentence, without a stack. */
export function explainAndExit(error: unknown): never {
  const known = error instanceof DatabaseInUse || error instanceof SchemaRefused;
  console.error(known ? error.message : error);
  process.exit(1);
}

/** `npm start`. */
export async function main(): Promise<void> {
  try {
    const running = await start(settingsOf(process.env), false);
    stopOnSignals(running);
    flushCompileCache();
    console.log(`Wanjia is ready at ${running.address}`);
  } catch (error) {
    explainAndExit(error);
  }
}
